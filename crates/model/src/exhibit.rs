//! Exhibits (図表), their tables and charts, and footnotes.

use serde::{Deserialize, Serialize};

use crate::Region;

/// What an exhibit shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExhibitKind {
    /// Rows and columns.
    Table,
    /// Bars, lines, pies.
    Chart,
    /// Boxes and arrows.
    Diagram,
    /// A picture.
    Photo,
    /// A map.
    Map,
}

impl ExhibitKind {
    /// The name used in the document JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Chart => "chart",
            Self::Diagram => "diagram",
            Self::Photo => "photo",
            Self::Map => "map",
        }
    }
}

/// A captioned figure or table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exhibit {
    /// Id within the file (`x1`).
    pub id: String,
    /// Label as printed (`図表Ⅰ-4-1-1`); `None` where none is printed.
    pub label: Option<String>,
    /// The number alone (`Ⅰ-4-1-1`).
    pub number: Option<String>,
    /// Title without the number.
    pub caption: String,
    /// What it shows.
    pub kind: ExhibitKind,
    /// Section it belongs to.
    pub section: Option<String>,
    /// Where it stands.
    pub regions: Vec<Region>,
    /// Text after （出典）.
    pub source: Option<String>,
    /// Its notes (注, ※).
    pub notes: Vec<String>,
    /// Recovered tables; empty for a picture.
    pub tables: Vec<Table>,
    /// Recovered chart.
    pub chart: Option<Chart>,
    /// Ids of its blocks: caption, content, source, notes.
    #[serde(default)]
    pub blocks: Vec<String>,
}

/// Rows of cells; a cell covered by a span is not repeated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Rows from top to bottom.
    pub rows: Vec<Vec<Cell>>,
}

/// One cell of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Text, lines joined.
    pub text: String,
    /// Rows it covers.
    pub row_span: u32,
    /// Columns it covers.
    pub col_span: u32,
    /// Whether it heads a row or column.
    pub header: bool,
}

/// A chart with printed values.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// What kind of chart (`bar`, `stacked_bar`, `line`, `pie`), if known.
    pub kind: Option<String>,
    /// The values that could be attributed with certainty.
    pub points: Vec<ChartPoint>,
}

/// One printed value of a chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChartPoint {
    /// Series by the legend; `None` where the chart has one.
    pub series: Option<String>,
    /// Category by the axis or slice.
    pub category: String,
    /// The value.
    pub value: f64,
    /// Unit by the axis title or the label.
    pub unit: Option<String>,
    /// The value as printed.
    pub printed: String,
}

/// Where a footnote's marker stood in the body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Id of the block.
    pub block: String,
    /// Characters of that block's text before the marker.
    pub offset: usize,
}

/// A footnote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Footnote {
    /// Id within the file (`n1`).
    pub id: String,
    /// Marker as printed (`＊3`).
    pub marker: String,
    /// Body without the marker, lines joined, URLs rejoined.
    pub text: String,
    /// Addresses in the body.
    pub urls: Vec<String>,
    /// Physical page on which the body starts.
    pub page: u32,
    /// Where its marker stands; empty where none was found.
    pub anchors: Vec<Anchor>,
    /// Id of the block that holds the body.
    #[serde(default)]
    pub block: Option<String>,
}

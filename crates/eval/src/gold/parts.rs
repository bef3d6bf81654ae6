//! What the measures compare: the parts of an annotation, folded and checked.

use super::file::TableCell;
use crate::fold::Folded;

/// A block in reading order.
#[derive(Debug)]
pub(crate) struct GoldBlock {
    pub(crate) kind: String,
    pub(crate) pages: Vec<u32>,
    pub(crate) head: Vec<char>,
    pub(crate) tail: Vec<char>,
    /// Stands where the page had room: its place in the order says nothing.
    pub(crate) floating: bool,
}

/// An exhibit.
#[derive(Debug)]
pub(crate) struct GoldExhibit {
    pub(crate) label: String,
    pub(crate) number: Option<String>,
    pub(crate) caption: String,
    pub(crate) kind: Option<String>,
    pub(crate) pages: Vec<u32>,
    pub(crate) source: String,
    /// Nothing is known of the source.
    pub(crate) any_source: bool,
}

/// A table of an exhibit.
#[derive(Debug)]
pub(crate) struct GoldTable {
    pub(crate) exhibit: Option<String>,
    pub(crate) rows: Vec<Vec<TableCell>>,
}

/// A value printed in a chart.
#[derive(Debug)]
pub(crate) struct GoldPoint {
    pub(crate) exhibit: Option<String>,
    pub(crate) series: String,
    pub(crate) category: String,
    pub(crate) value: f64,
}

/// A reference to an exhibit.
#[derive(Debug)]
pub(crate) struct GoldReference {
    pub(crate) target: String,
    pub(crate) page: Option<u32>,
}

/// A passage whose mentions and events are annotated completely.
#[derive(Debug)]
pub(crate) struct Passage {
    pub(crate) id: String,
    pub(crate) page: Option<u32>,
    pub(crate) head: Vec<char>,
    pub(crate) tail: Vec<char>,
    /// With and without marks of notes; `None` where the gold quotes only head and tail.
    pub(crate) text: Option<(Folded, Folded)>,
    /// Dates and quantities are not annotated completely.
    pub(crate) partial: bool,
}

/// A figure stated in prose, or one of a table or chart.
#[derive(Debug, Default)]
pub(crate) struct GoldObservation {
    pub(crate) page: Option<u32>,
    pub(crate) value: Option<f64>,
    pub(crate) quote: Vec<char>,
    /// What a table or chart prints for it: category, series. Empty for a figure in prose.
    pub(crate) tokens: Vec<String>,
    /// Number of the exhibit, where it has one.
    pub(crate) exhibit: Option<String>,
    /// Other figures in the same quote may be right too.
    pub(crate) open: bool,
}

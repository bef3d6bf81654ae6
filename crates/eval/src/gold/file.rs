//! The gold format as it is written: one JSON object a report. What a measure does not need is not read.

use std::collections::BTreeSet;

use hakusho_model::{EventKind, MentionKind};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::GoldError;

/// The whole file.
#[derive(Debug, Deserialize)]
pub(super) struct GoldFile {
    pub(super) doc: Option<String>,
    pub(super) file: Option<String>,
    pub(super) pdf: Option<String>,
    #[serde(default)]
    complete: Map<String, Value>,
    pub(super) pages: Option<Vec<PageRow>>,
    pub(super) sections: Option<Vec<SectionRow>>,
    pub(super) reading_order: Option<Vec<BlockRow>>,
    pub(super) exhibits: Option<Vec<ExhibitRow>>,
    pub(super) tables: Option<Vec<TableRow>>,
    pub(super) chart_data: Option<Vec<PointRow>>,
    pub(super) footnotes: Option<Vec<FootnoteRow>>,
    pub(super) xrefs: Option<Vec<ReferenceRow>>,
    pub(super) artifacts: Option<Vec<ArtifactRow>>,
    pub(super) passages: Option<Vec<PassageRow>>,
    pub(super) mentions: Option<Vec<MentionRow>>,
    pub(super) events: Option<Vec<EventRow>>,
    pub(super) observations: Option<Vec<ObservationRow>>,
}

/// A page: physical index from 1, printed number.
#[derive(Debug, Deserialize)]
pub(crate) struct PageRow {
    pub(crate) index: u32,
    pub(crate) label: Option<String>,
}

/// A heading.
#[derive(Debug, Deserialize)]
pub(crate) struct SectionRow {
    pub(crate) id: Option<String>,
    pub(crate) level: Option<f64>,
    pub(crate) label: Option<String>,
    #[serde(default)]
    pub(crate) title: String,
    pub(crate) page: Option<u32>,
    /// Where the key is not there, the level says what is above.
    #[serde(default)]
    pub(crate) parent: Given<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct BlockRow {
    pub(super) kind: String,
    pub(super) page: Option<u32>,
    pub(super) pages: Option<Vec<u32>>,
    pub(super) head: Option<String>,
    pub(super) tail: Option<String>,
    #[serde(default)]
    pub(super) float: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct ExhibitRow {
    pub(super) number: Option<String>,
    /// A label that is given and empty: none is printed.
    #[serde(default)]
    pub(super) label: Given<String>,
    pub(super) caption: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) page: Option<u32>,
    pub(super) pages: Option<Vec<u32>>,
    pub(super) source: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct TableRow {
    pub(super) exhibit: Option<String>,
    #[serde(default)]
    pub(super) rows: Vec<Vec<TableCell>>,
}

/// A cell with the rows and columns it covers.
#[derive(Debug, Deserialize)]
pub(crate) struct TableCell {
    #[serde(default)]
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) rowspan: usize,
    #[serde(default)]
    pub(crate) colspan: usize,
}

#[derive(Debug, Deserialize)]
pub(super) struct PointRow {
    pub(super) exhibit: Option<String>,
    pub(super) series: Option<String>,
    pub(super) category: Option<String>,
    pub(super) value: f64,
}

/// A footnote.
#[derive(Debug, Deserialize)]
pub(crate) struct FootnoteRow {
    pub(crate) marker: String,
    pub(crate) page: Option<u32>,
    #[serde(default)]
    pub(crate) text: String,
    pub(crate) anchor_before: Option<String>,
    #[serde(default)]
    pub(crate) urls: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ReferenceRow {
    pub(super) page: Option<u32>,
    pub(super) target: Option<String>,
}

/// Furniture.
#[derive(Debug, Deserialize)]
pub(crate) struct ArtifactRow {
    pub(crate) page: Option<u32>,
    #[serde(default)]
    pub(crate) text: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct PassageRow {
    pub(super) id: String,
    pub(super) page: Option<u32>,
    pub(super) head: Option<String>,
    pub(super) tail: Option<String>,
    pub(super) text: Option<String>,
}

/// A mention.
#[derive(Debug, Deserialize)]
pub(crate) struct MentionRow {
    pub(crate) passage: String,
    #[serde(default)]
    pub(crate) surface: String,
    #[serde(default)]
    pub(crate) occurrence: usize,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) canonical: Option<String>,
    pub(crate) alt: Option<String>,
    /// `name`, `abbrev` or `alias` where the surface is a name of its own; else what it is.
    pub(crate) mention: Option<String>,
    pub(crate) value: Option<GoldValue>,
    #[serde(default)]
    pub(crate) nested: bool,
    #[serde(default)]
    pub(crate) optional: bool,
    #[serde(default)]
    pub(crate) flags: Vec<String>,
    /// Folded characters of its passage, where the annotation gives places instead of words.
    #[serde(skip)]
    pub(crate) span: Option<(usize, usize)>,
    /// Annotated, but nothing that a document has.
    #[serde(skip)]
    pub(crate) ignored: bool,
}

/// A value as the gold writes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum GoldValue {
    /// `2024-04`, `35-60 %`.
    Text(String),
    /// A number without a unit.
    Number(f64),
    /// In parts.
    Parts {
        /// The value or the lower end.
        value: Option<f64>,
        /// The upper end.
        max: Option<f64>,
        /// The unit.
        unit: Option<String>,
    },
}

/// An event.
#[derive(Debug, Deserialize)]
pub(crate) struct EventRow {
    pub(crate) passage: String,
    #[serde(rename = "type")]
    pub(crate) kind: EventKind,
    #[serde(default)]
    pub(crate) actor: Vec<String>,
    #[serde(default)]
    pub(crate) affected: Vec<String>,
    pub(crate) date: Option<String>,
    #[serde(default)]
    pub(crate) counts: Vec<CountRow>,
    #[serde(default)]
    pub(crate) summary: String,
    #[serde(default)]
    pub(crate) weak: bool,
    /// What it is stated in, where that is not a passage.
    #[serde(skip)]
    pub(crate) text: Option<Vec<char>>,
}

/// A number of an event.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct CountRow {
    pub(crate) value: Option<f64>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ObservationRow {
    pub(super) page: Option<u32>,
    pub(super) text: Option<String>,
    pub(super) value: Option<f64>,
}

/// Tells `null` from a key that is not there.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Given<T> {
    /// The key is not there.
    #[default]
    Absent,
    /// It is there; `None` is `null`.
    Said(Option<T>),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Given<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Option::deserialize(from).map(Self::Said)
    }
}

impl GoldFile {
    /// Drops the lists that the file says are not complete: nothing can be measured by them. For most lists an empty one
    /// means the same; an empty list of sections, exhibits, footnotes or references means that the report has none.
    pub(super) fn drop_unannotated(&mut self) {
        let complete = std::mem::take(&mut self.complete);
        let off = |list: &str| complete.get(list) == Some(&Value::Bool(false));
        self.pages.take_if(|rows| rows.is_empty() || off("pages"));
        self.sections.take_if(|_| off("sections"));
        self.reading_order.take_if(|rows| rows.is_empty() || off("reading_order"));
        self.exhibits.take_if(|_| off("exhibits"));
        self.tables.take_if(|rows| rows.is_empty() || off("tables"));
        self.chart_data.take_if(|rows| rows.is_empty() || off("chart_data"));
        self.footnotes.take_if(|_| off("footnotes"));
        self.xrefs.take_if(|_| off("xrefs"));
        let no_order = self.reading_order.is_none();
        self.artifacts.take_if(|rows| rows.is_empty() || no_order || off("artifacts"));
        let no_passages = self.passages.as_ref().is_none_or(Vec::is_empty);
        self.mentions.take_if(|rows| rows.is_empty() || no_passages);
        self.events.take_if(|rows| rows.is_empty() || no_passages || off("events"));
        self.observations.take_if(|rows| rows.is_empty() || off("observations"));
    }

    /// Whether the file says that a list holds all there are.
    pub(super) fn all_of(&self, list: &str) -> bool {
        self.complete.get(list).and_then(Value::as_str).is_some_and(|s| s.starts_with("all"))
    }

    /// What serde cannot see: ids that lead nowhere, words that are not known, pages before the first.
    pub(super) fn check(&self) -> Result<(), GoldError> {
        let mut passages = BTreeSet::new();
        for (i, p) in rows(self.passages.as_ref()) {
            if !passages.insert(p.id.as_str()) {
                return Err(wrong("passages", i, format!("the id `{}` is used twice", p.id)));
            }
            if p.text.as_ref().or(p.head.as_ref()).is_none_or(String::is_empty) {
                return Err(wrong("passages", i, format!("`{}` has neither `text` nor `head`", p.id)));
            }
        }
        for (i, m) in rows(self.mentions.as_ref()) {
            known(&passages, "mentions", i, &m.passage)?;
            if MentionKind::parse(&m.kind).is_none() {
                let all = MentionKind::ALL.map(MentionKind::as_str).join(", ");
                return Err(wrong("mentions", i, format!("the type `{}` is none of {all}", m.kind)));
            }
        }
        for (i, e) in rows(self.events.as_ref()) {
            known(&passages, "events", i, &e.passage)?;
        }
        let first =
            |list, row: Option<usize>| row.map_or(Ok(()), |i| Err(wrong(list, i, "pages count from 1".to_owned())));
        first("pages", rows(self.pages.as_ref()).position(|(_, p)| p.index == 0))?;
        first("reading_order", rows(self.reading_order.as_ref()).position(|(_, b)| b.page == Some(0)))
    }
}

fn rows<T>(list: Option<&Vec<T>>) -> impl Iterator<Item = (usize, &T)> {
    list.into_iter().flatten().enumerate()
}

fn known(passages: &BTreeSet<&str>, list: &'static str, index: usize, id: &str) -> Result<(), GoldError> {
    if passages.contains(id) {
        return Ok(());
    }
    Err(wrong(list, index, format!("there is no passage `{id}`")))
}

fn wrong(list: &'static str, index: usize, problem: String) -> GoldError {
    GoldError::Row { list, row: index + 1, problem }
}

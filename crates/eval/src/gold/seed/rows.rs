//! The seed format as it is written: a JSON list of passages, and one JSON object a line for everything else.

use hakusho_model::EventKind;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::gold::GoldError;
use crate::gold::file::{CountRow, Given, GoldValue};

/// A row with its place, so that what is wrong with it can be named.
#[derive(Debug)]
pub(super) struct Row<T> {
    pub(super) file: &'static str,
    /// From 1.
    pub(super) line: usize,
    pub(super) it: T,
}

/// Lines `line_start` to `line_end` of the text, from 1, that are annotated completely.
#[derive(Debug, Deserialize)]
pub(super) struct PassageRow {
    pub(super) id: String,
    pub(super) doc: String,
    pub(super) line_start: usize,
    pub(super) line_end: usize,
}

/// A mention by line and column, in characters.
#[derive(Debug, Deserialize)]
pub(super) struct MentionRow {
    pub(super) doc: String,
    pub(super) passage: String,
    pub(super) line_start: usize,
    pub(super) line_end: usize,
    pub(super) col_start: usize,
    pub(super) col_end: usize,
    pub(super) surface: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) canonical: Option<String>,
    pub(super) alt: Option<String>,
    pub(super) value: Option<GoldValue>,
    pub(super) mention: Option<String>,
    #[serde(default)]
    pub(super) nested: bool,
    #[serde(default)]
    pub(super) optional: bool,
    #[serde(default)]
    pub(super) flags: Vec<String>,
}

/// What has happened; one row may stand for two incidents.
#[derive(Debug, Deserialize)]
pub(super) struct IncidentRow {
    pub(super) id: String,
    pub(super) doc: String,
    #[serde(rename = "type")]
    pub(super) kind: EventKind,
    pub(super) text: String,
    #[serde(default)]
    pub(super) actor: Vec<String>,
    #[serde(default)]
    pub(super) affected: Vec<String>,
    pub(super) date: Option<String>,
    pub(super) disclosed: Option<String>,
    #[serde(default)]
    pub(super) counts: Vec<CountRow>,
    #[serde(default)]
    pub(super) money: Vec<CountRow>,
    #[serde(default)]
    pub(super) summary: String,
    #[serde(default)]
    pub(super) notes: String,
}

/// A figure of a table, a chart or the text.
#[derive(Debug, Deserialize)]
pub(super) struct StatRow {
    pub(super) doc: String,
    pub(super) line: usize,
    pub(super) table: String,
    #[serde(default)]
    pub(super) dims: Map<String, Value>,
    /// A list stands for what no single figure is.
    pub(super) value: Option<Value>,
    pub(super) unit: Option<String>,
}

/// A section, exhibit, footnote or piece of furniture.
#[derive(Debug, Deserialize)]
pub(super) struct StructureRow {
    pub(super) kind: String,
    pub(super) doc: String,
    pub(super) level: Option<f64>,
    pub(super) label: Option<String>,
    pub(super) title: Option<String>,
    pub(super) number: Option<String>,
    pub(super) caption: Option<String>,
    /// Where the key is not there, nothing is known of the source.
    #[serde(default)]
    pub(super) source: Given<String>,
    pub(super) ref_lines: Option<Vec<usize>>,
    pub(super) marker_line: Option<usize>,
    pub(super) marker_context: Option<String>,
    pub(super) text: Option<String>,
    pub(super) artefact: Option<String>,
    #[serde(default)]
    pub(super) lines: Vec<usize>,
}

/// Every line of a file as a row, empty lines left out.
pub(super) fn parse<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<Vec<Row<T>>, GoldError> {
    let full = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    full.map(|(i, line)| match serde_json::from_str(line) {
        Ok(it) => Ok(Row { file, line: i + 1, it }),
        Err(error) => Err(GoldError::Line { file, line: i + 1, problem: error.to_string() }),
    })
    .collect()
}

impl<T> Row<T> {
    /// What is wrong with the row.
    pub(super) fn wrong(&self, problem: impl Into<String>) -> GoldError {
        GoldError::Line { file: self.file, line: self.line, problem: problem.into() }
    }
}

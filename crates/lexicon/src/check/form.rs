//! The form of a table as text: header, cells, line ends, marks.

use super::{Findings, Table};
use crate::entries::COLUMNS;

/// Headers of the tables that hold words and not entries.
const WORD_HEADERS: [&str; 10] = [
    "name\tinitial\tfirst_year\tstart\tend",
    "type\tclass\tword\tnote",
    "role\tword\tnote",
    "role\tword\tclass\tnote",
    "role\tword\tvalue\tnote",
    "word\tnote",
    "from\tto\tnote",
    "word",
    "role\tword",
    "type\tclass\tword",
];

/// Whether a text is an imported layer.
pub(crate) fn is_layer(text: &str) -> bool {
    text.starts_with("# hakusho lexicon layer")
}

/// Checks the form; says whether it is a table of entries, whose rows can be looked at.
pub(crate) fn check(table: &Table, findings: &mut Findings) -> bool {
    marks(table, findings);
    let lines = || table.text.lines().enumerate().map(|(i, l)| (i + 1, l.trim_end_matches('\r')));
    let Some((line, header)) = lines().find(|(_, l)| !l.is_empty() && !l.starts_with('#')) else {
        findings.error(table, 1, "header", "the table has no header row");
        return false;
    };
    let entries = header.split('\t').eq(COLUMNS);
    if !entries && !WORD_HEADERS.contains(&header) {
        let wanted = COLUMNS.join(" ");
        findings.error(table, line, "header", format!("the header is none that is known; entries have {wanted}"));
        return false;
    }
    let width = header.split('\t').count();
    for (number, row) in lines().filter(|(n, l)| *n > line && !l.is_empty() && !l.starts_with('#')) {
        let cells: Vec<&str> = row.split('\t').collect();
        if cells.len() > width || entries && cells.len() != width {
            findings.error(table, number, "cells", format!("{} cells where the header has {width}", cells.len()));
        }
        if cells.iter().any(|c| c.trim() != *c) {
            findings.warning(table, number, "spaces", "a cell begins or ends with a space");
        }
        let empty = if entries { "id" } else { "the first column" };
        if cells.first().is_none_or(|c| c.trim().is_empty()) {
            findings.error(table, number, "empty", format!("{empty} must not be empty"));
        }
    }
    entries
}

/// Byte order mark, line ends, empty lines, the last line.
fn marks(table: &Table, findings: &mut Findings) {
    let text = &table.text;
    if text.starts_with('\u{FEFF}') {
        findings.error(table, 1, "form", "the table begins with a byte order mark");
    }
    if let Some(at) = text.lines().position(str::is_empty) {
        findings.warning(table, at + 1, "form", "an empty line");
    }
    if let Some(at) = text.split('\n').position(|l| l.ends_with('\r')) {
        findings.error(table, at + 1, "form", "lines end with CR LF; they must end with LF");
    }
    if !text.is_empty() && !text.ends_with('\n') {
        findings.warning(table, text.lines().count(), "form", "the last line does not end");
    }
}

//! A layer: names that were imported from an official list, beside the curated tables.
//!
//! It is a table as those of `ontology/lexicon`, with comments in front that say where it comes from.

use std::fmt::Write as _;

use crate::entries::{COLUMNS, Entry, read_entries};
use crate::tsv::TableError;

/// First line of a layer file.
const MARK: &str = "# hakusho lexicon layer";
/// Lines that are named for one reason; the others are only counted.
const LISTED: usize = 50;

/// Names from an official list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Where it comes from.
    pub origin: Origin,
    /// Its entries, sorted by id.
    pub entries: Vec<Entry>,
}

/// Where a layer comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Kind of the list (`hojin`).
    pub kind: String,
    /// Name of the file that was read.
    pub file: String,
    /// SHA-256 of that file.
    pub sha256: String,
    /// Terms under which the list may be used, with the notice to keep.
    pub licence: String,
    /// Date the list speaks for (`2026-10-31`), empty if unknown.
    pub date: String,
    /// Rows that were read, with those skipped.
    pub rows: usize,
    /// Entries that came of them.
    pub entries: usize,
    /// Rows that gave no entry, by reason.
    pub skipped: Vec<Skipped>,
}

/// Rows that gave no entry for one reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Skipped {
    /// Why.
    pub reason: String,
    /// How many.
    pub count: usize,
    /// The first of them: line of the file, or number of the object in a JSON list.
    pub lines: Vec<usize>,
}

impl Origin {
    /// Rows that gave no entry.
    pub fn skipped_rows(&self) -> usize {
        self.skipped.iter().map(|s| s.count).sum()
    }
}

/// Counts skipped rows by reason, in the order in which the reasons first came up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Skips(Vec<Skipped>);

impl Skips {
    pub(crate) fn add(&mut self, line: usize, reason: &str) {
        let at = self.0.iter().position(|s| s.reason == reason).unwrap_or_else(|| {
            self.0.push(Skipped { reason: reason.to_owned(), ..Skipped::default() });
            self.0.len() - 1
        });
        self.0[at].count += 1;
        if self.0[at].lines.len() < LISTED {
            self.0[at].lines.push(line);
        }
    }

    /// Rows skipped so far.
    pub(crate) fn count(&self) -> usize {
        self.0.iter().map(|s| s.count).sum()
    }

    pub(crate) fn finish(self) -> Vec<Skipped> {
        self.0
    }
}

impl Layer {
    /// The layer as the text of its file.
    pub fn to_tsv(&self) -> String {
        let mut out = header(&self.origin);
        out.push_str(&COLUMNS.join("\t"));
        out.push('\n');
        for entry in &self.entries {
            write_row(&mut out, entry);
        }
        out
    }

    /// Reads a layer's file; `file` is what errors call it.
    ///
    /// # Errors
    /// When the file does not begin as a layer does, or a row is malformed.
    pub fn parse(file: &str, text: &str) -> Result<Self, TableError> {
        let origin = Origin::parse(file, text)?;
        Ok(Self { origin, entries: read_entries(file, text)? })
    }
}

impl Origin {
    /// Reads only where a layer comes from, without its rows.
    ///
    /// # Errors
    /// When the file does not begin as a layer does.
    pub fn parse(file: &str, text: &str) -> Result<Self, TableError> {
        if !text.starts_with(MARK) {
            return Err(TableError::new(file, 1, format!("a layer begins with `{MARK}`; `lexicon import` makes it")));
        }
        let mut origin = Self::default();
        for line in text.lines().take_while(|l| l.starts_with('#')) {
            let Some((key, value)) = line.trim_start_matches(['#', ' ']).split_once(": ") else { continue };
            let value = value.trim();
            match key {
                "kind" => value.clone_into(&mut origin.kind),
                "file" => value.clone_into(&mut origin.file),
                "sha256" => value.clone_into(&mut origin.sha256),
                "licence" => value.clone_into(&mut origin.licence),
                "date" => value.clone_into(&mut origin.date),
                "rows" => origin.rows = value.parse().unwrap_or_default(),
                "entries" => origin.entries = value.parse().unwrap_or_default(),
                _ => origin.skipped.extend(key.strip_prefix("skipped ").and_then(|count| skipped(count, value))),
            }
        }
        Ok(origin)
    }
}

fn header(origin: &Origin) -> String {
    let mut out = format!("{MARK}\n");
    let lines = [
        ("kind", one_line(&origin.kind)),
        ("file", one_line(&origin.file)),
        ("sha256", one_line(&origin.sha256)),
        ("licence", one_line(&origin.licence)),
        ("date", one_line(&origin.date)),
        ("rows", origin.rows.to_string()),
        ("entries", origin.entries.to_string()),
    ];
    for (key, value) in lines {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "# {key}: {value}");
    }
    for s in &origin.skipped {
        let lines: Vec<String> = s.lines.iter().map(ToString::to_string).collect();
        let more = if s.count > s.lines.len() { " …" } else { "" };
        let _ = writeln!(out, "# skipped {}: {} [{}{more}]", s.count, one_line(&s.reason), lines.join(" "));
    }
    out
}

fn skipped(count: &str, value: &str) -> Option<Skipped> {
    let (reason, lines) = value.strip_suffix(']')?.rsplit_once(" [")?;
    let lines = lines.split(' ').filter_map(|n| n.parse().ok()).collect();
    Some(Skipped { reason: reason.to_owned(), count: count.parse().ok()?, lines })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn write_row(out: &mut String, entry: &Entry) {
    let pairs = |list: &[(String, String)]| list.iter().map(|(a, b)| format!("{a}:{b}")).collect::<Vec<_>>().join("|");
    let cells = [
        entry.id.as_str(),
        entry.kind.as_str(),
        &entry.class,
        &entry.ja,
        &entry.en,
        &entry.aliases.join("|"),
        &entry.weak.join("|"),
        &entry.country,
        &pairs(&entry.ids),
        &entry.valid,
        &pairs(&entry.links),
        &entry.source,
    ];
    out.push_str(&cells.join("\t"));
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entries::tests::entry;

    #[test]
    fn a_layer_reads_as_it_was_written() {
        let skipped = Skipped { reason: "no [name]".to_owned(), count: 60, lines: (3..53).collect() };
        let layer = Layer {
            origin: Origin {
                kind: "hojin".to_owned(),
                file: "all 2026.csv".to_owned(),
                sha256: "ab".to_owned(),
                licence: "PDL1.0: keep the notice".to_owned(),
                date: "2026-10-31".to_owned(),
                rows: 61,
                entries: 1,
                skipped: vec![skipped],
            },
            entries: vec![entry("org/x/a", "甲社", &["甲"])],
        };
        assert_eq!(Layer::parse("l.tsv", &layer.to_tsv()), Ok(layer));
    }

    #[test]
    fn a_table_without_an_origin_is_no_layer() {
        let error = Layer::parse("l.tsv", "id\ttype\n").expect_err("no layer");
        assert_eq!((error.file.as_str(), error.line), ("l.tsv", 1));
    }
}

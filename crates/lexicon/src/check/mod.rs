//! What is wrong in tables of names: their form, their identifiers, their links, their names.
//!
//! The rules are those of `ontology/lexicon/README.md`. Nothing here stops at the first fault.

mod form;
mod links;
mod names;
mod rows;
mod valid;
mod vocabulary;

use hakusho_model::MentionKind;

use crate::embedded::FILES;
use crate::entries::{COLUMNS, Entry, read_entries};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The table must not be used so.
    Error,
    /// Worth a look.
    Warning,
}

impl Severity {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Something wrong in a table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Table.
    pub file: String,
    /// Line from 1.
    pub line: usize,
    /// How bad it is.
    pub severity: Severity,
    /// Name of the rule (`check-digit`).
    pub rule: &'static str,
    /// What is wrong, in words.
    pub message: String,
}

/// A table to be checked, or to be known while others are checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// File name.
    pub name: String,
    /// Text.
    pub text: String,
    /// Whether what is wrong in it is reported. One that is not judged only tells which ids and names there are.
    pub judged: bool,
}

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// By table and line.
    pub findings: Vec<Finding>,
    /// Tables judged.
    pub tables: usize,
    /// Entries of the judged tables by type, in the order of the document JSON's list; types without entries are left out.
    pub counts: Vec<(MentionKind, usize)>,
}

impl Report {
    /// How many findings are so bad.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|f| f.severity == severity).count()
    }
}

/// The tables that come with the program.
pub fn embedded_tables() -> Vec<Table> {
    let table =
        |(name, text): &(&str, &str)| Table { name: (*name).to_owned(), text: (*text).to_owned(), judged: true };
    FILES.iter().map(table).collect()
}

/// Where entries stand, and what is found in them.
pub(crate) struct Sheet<'t> {
    pub(crate) table: &'t Table,
    /// Whether it is an imported layer: generated, so it needs no eye on style.
    pub(crate) layer: bool,
    /// Line and entry.
    pub(crate) entries: Vec<(usize, Entry)>,
}

/// Collects findings of judged tables.
#[derive(Default)]
pub(crate) struct Findings(Vec<Finding>);

impl Findings {
    pub(crate) fn error(&mut self, table: &Table, line: usize, rule: &'static str, message: impl Into<String>) {
        self.add(table, line, Severity::Error, rule, message.into());
    }

    pub(crate) fn warning(&mut self, table: &Table, line: usize, rule: &'static str, message: impl Into<String>) {
        self.add(table, line, Severity::Warning, rule, message.into());
    }

    fn add(&mut self, table: &Table, line: usize, severity: Severity, rule: &'static str, message: String) {
        if table.judged {
            self.0.push(Finding { file: table.name.clone(), line, severity, rule, message });
        }
    }
}

/// Checks tables, knowing all of them. The order of the tables changes nothing but which of two equal ids is the first.
pub fn check(tables: &[Table]) -> Report {
    let mut findings = Findings::default();
    let mut sheets = Vec::new();
    for table in tables {
        if form::check(table, &mut findings) {
            sheets.push(sheet(table, &mut findings));
        }
    }
    for sheet in &sheets {
        rows::check(sheet, &mut findings);
    }
    rows::check_ids(&sheets, &mut findings);
    links::check(&sheets, &mut findings);
    names::check(&sheets, &mut findings);
    let mut found = findings.0;
    found.sort();
    found.dedup();
    Report { findings: found, tables: tables.iter().filter(|t| t.judged).count(), counts: counts(&sheets) }
}

/// Reads the rows one by one, so that a malformed one costs only itself.
fn sheet<'t>(table: &'t Table, findings: &mut Findings) -> Sheet<'t> {
    let header = COLUMNS.join("\t");
    let mut entries = Vec::new();
    for (i, line) in table.text.lines().enumerate() {
        let line = line.trim_end_matches('\r');
        if line.is_empty() || line.starts_with('#') || line == header {
            continue;
        }
        match read_entries(&table.name, &format!("{header}\n{line}\n")) {
            Ok(read) => entries.extend(read.into_iter().map(|e| (i + 1, e))),
            Err(error) => findings.error(table, i + 1, "row", error.problem),
        }
    }
    Sheet { table, layer: form::is_layer(&table.text), entries }
}

fn counts(sheets: &[Sheet<'_>]) -> Vec<(MentionKind, usize)> {
    let of = |kind| {
        let judged = sheets.iter().filter(|s| s.table.judged).flat_map(|s| &s.entries);
        judged.filter(|(_, e)| e.kind == kind).count()
    };
    MentionKind::ALL.into_iter().map(|kind| (kind, of(kind))).filter(|(_, count)| *count > 0).collect()
}

#[cfg(test)]
mod tests;

//! Rules of a single row, and of ids over all rows.

use rustc_hash::FxHashMap;

use super::vocabulary::{SOURCES, id_fits, identifier_problem, kinds};
use super::{Findings, Sheet, Table, valid};
use crate::entries::Entry;
use crate::ids::is_alpha2;
use crate::normalize::match_key;

pub(crate) fn check(sheet: &Sheet<'_>, findings: &mut Findings) {
    for (line, entry) in &sheet.entries {
        row(sheet.table, *line, entry, findings);
    }
    for pair in sheet.entries.windows(2) {
        let ((_, before), (line, entry)) = (&pair[0], &pair[1]);
        if before.id > entry.id {
            let message = format!("`{}` stands after `{}`; rows are sorted by id", entry.id, before.id);
            findings.error(sheet.table, *line, "order", message);
        }
    }
}

/// Ids that stand twice, in any table.
pub(crate) fn check_ids(sheets: &[Sheet<'_>], findings: &mut Findings) {
    let mut first: FxHashMap<&str, (&str, usize)> = FxHashMap::default();
    for sheet in sheets.iter().filter(|s| !s.layer) {
        for (line, entry) in &sheet.entries {
            match first.get(entry.id.as_str()) {
                Some((file, other)) => {
                    let message = format!("`{}` stands in `{file}` line {other} too", entry.id);
                    findings.error(sheet.table, *line, "duplicate-id", message);
                }
                None => {
                    first.insert(&entry.id, (&sheet.table.name, *line));
                }
            }
        }
    }
}

fn row(table: &Table, line: usize, entry: &Entry, findings: &mut Findings) {
    let kind = entry.kind;
    if entry.class.is_empty() {
        findings.error(table, line, "empty", "kind must not be empty");
    } else if !kinds(kind).contains(&entry.class.as_str()) {
        findings.error(table, line, "kind", format!("`{}` is no kind of {}", entry.class, kind.as_str()));
    }
    if entry.source.is_empty() {
        findings.error(table, line, "empty", "source must not be empty");
    } else if !SOURCES.contains(&entry.source.as_str()) {
        findings.error(table, line, "source", format!("`{}` is no known source", entry.source));
    }
    if !id_fits(&entry.id, kind, &entry.class) {
        findings.error(table, line, "id", format!("`{}` is not built as an id of {} is", entry.id, kind.as_str()));
    }
    if !entry.country.is_empty() && !is_alpha2(&entry.country) {
        findings.error(table, line, "country", format!("`{}` is no ISO 3166-1 alpha-2 code", entry.country));
    }
    for (scheme, value) in &entry.ids {
        if let Some((rule, message)) = identifier_problem(scheme, value) {
            findings.error(table, line, rule, message);
        }
    }
    same_number(table, line, entry, findings);
    if let Some(message) = Some(&entry.valid).filter(|v| !v.is_empty()).and_then(|v| valid::problem(v)) {
        findings.error(table, line, "valid", message);
    }
    both_strengths(table, line, entry, findings);
}

/// An id made of a number says the same number as the identifiers do.
fn same_number(table: &Table, line: usize, entry: &Entry, findings: &mut Findings) {
    let made_of =
        [("org/jp/univ/", "school"), ("org/jp/", "hojin"), ("law/jp/x/", ""), ("law/jp/", "egov"), ("country/", "iso")];
    let Some((prefix, scheme)) = made_of.iter().find(|(prefix, _)| entry.id.starts_with(prefix)) else { return };
    let number = &entry.id[prefix.len()..];
    match entry.identifier(scheme) {
        Some(value) if value != number => {
            findings.error(table, line, "id", format!("the id says `{number}` and `{scheme}` says `{value}`"));
        }
        // Codes with X are given out by whoever uses them (XK for Kosovo), not by ISO.
        None if !scheme.is_empty() && !entry.id.starts_with("country/X") => {
            findings.error(table, line, "id", format!("`ids` lacks `{scheme}:{number}`, of which the id is made"));
        }
        _ => {}
    }
}

/// A name that is an alias and weak: it is weak, so it should not stand among the aliases.
fn both_strengths(table: &Table, line: usize, entry: &Entry, findings: &mut Findings) {
    let weak: Vec<String> = entry.weak.iter().map(|w| match_key(w).text()).collect();
    for alias in entry.aliases.iter().filter(|a| weak.contains(&match_key(a).text())) {
        findings.error(table, line, "alias-and-weak", format!("`{alias}` is an alias and weak; weak wins"));
    }
}

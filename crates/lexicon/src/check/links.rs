//! Links between entries: relations that are known, targets that are there.

use rustc_hash::FxHashSet;

use super::vocabulary::RELATIONS;
use super::{Findings, Sheet};

pub(crate) fn check(sheets: &[Sheet<'_>], findings: &mut Findings) {
    let ids: FxHashSet<&str> = sheets.iter().flat_map(|s| &s.entries).map(|(_, e)| e.id.as_str()).collect();
    for sheet in sheets {
        for (line, entry) in &sheet.entries {
            for (relation, target) in &entry.links {
                if !RELATIONS.contains(&relation.as_str()) {
                    findings.error(sheet.table, *line, "link", format!("`{relation}` is no known relation"));
                }
                let iri = target.starts_with("http://") || target.starts_with("https://") || target.starts_with("urn:");
                if !iri && !ids.contains(target.as_str()) {
                    findings.error(sheet.table, *line, "link", format!("no entry has the id `{target}`"));
                }
                if *target == entry.id {
                    findings.error(sheet.table, *line, "link", "the entry is linked to itself");
                }
            }
        }
    }
}

//! Rules of names: what is too short, on the stop list, or another thing's name too.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::{Findings, Sheet};
use crate::entries::Entry;
use crate::matcher::{Strength, stop_list, surfaces};
use crate::normalize::match_key;

/// Most characters of an alias that is too short to be safe anywhere.
const SHORT: usize = 2;

/// Where a name stands: sheet, place in it, and as what it is written.
type Place<'a> = (usize, usize, &'a str);

pub(crate) fn check(sheets: &[Sheet<'_>], findings: &mut Findings) {
    let stop = stop_list();
    let mut owners: BTreeMap<String, Vec<Place<'_>>> = BTreeMap::new();
    for (s, sheet) in sheets.iter().enumerate() {
        for (at, (line, entry)) in sheet.entries.iter().enumerate() {
            for (surface, key) in plain(entry) {
                // A stop word as a label is never found, as an alias it is a fault.
                if stop.contains(&key) && entry.aliases.iter().any(|a| a == surface) {
                    findings.error(
                        sheet.table,
                        *line,
                        "stop",
                        format!("`{surface}` is on the stop list and can be no alias"),
                    );
                }
                let short = key.chars().count() <= SHORT && entry.aliases.iter().any(|a| a == surface);
                if short && !sheet.layer {
                    findings.warning(
                        sheet.table,
                        *line,
                        "short",
                        format!("`{surface}` is a short alias; is it safe anywhere?"),
                    );
                }
                owners.entry(key).or_default().push((s, at, surface));
            }
        }
    }
    for places in owners.values().filter(|p| p.len() > 1) {
        ambiguous(sheets, places, findings);
    }
}

/// Plain surfaces with their keys, each key once.
fn plain(entry: &Entry) -> Vec<(&str, String)> {
    let weak: FxHashSet<String> = entry.weak.iter().map(|w| match_key(w).text()).collect();
    let mut seen = weak;
    let found = surfaces(entry).filter(|(_, strength)| *strength == Strength::Plain);
    found.map(|(s, _)| (s, match_key(s).text())).filter(|(_, key)| seen.insert(key.clone())).collect()
}

/// One warning for a name that several entries have, at the first of them that is judged.
fn ambiguous(sheets: &[Sheet<'_>], places: &[Place<'_>], findings: &mut Findings) {
    let entry = |place: &Place<'_>| &sheets[place.0].entries[place.1].1;
    let first = &places[0];
    // A layer's row with the same identifiers is the same thing.
    let same = |place: &Place<'_>| {
        entry(place).id == entry(first).id || entry(place).ids.iter().any(|i| entry(first).ids.contains(i))
    };
    if places.iter().all(same) {
        return;
    }
    let Some(at) = places.iter().find(|p| sheets[p.0].table.judged) else { return };
    let ids: Vec<String> = places.iter().map(|p| format!("`{}`", entry(p).id)).collect();
    let message = format!("`{}` is a plain name of {} entries: {}", at.2, places.len(), ids.join(", "));
    findings.warning(sheets[at.0].table, sheets[at.0].entries[at.1].0, "ambiguous", message);
}

//! Curated entries and imported layers to one list: the curated row wins, the layer adds names to it.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::entries::Entry;
use crate::layer::Layer;
use crate::matcher::{Strength, surfaces};
use crate::normalize::match_key;

/// Identifiers that one thing has and no other. A 証券コード is given out again.
const IDENTITIES: [&str; 8] = ["hojin", "egov", "lawno", "school", "dantai", "iso", "attack", "edinet"];

/// Entries of the curated tables, then those that layers add, these sorted by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Merged {
    pub(crate) entries: Vec<Entry>,
    /// How many of them are curated.
    pub(crate) curated: usize,
}

/// Merges layers, given in a fixed order, into the curated entries.
///
/// A layer's row that has the id or an identifier of a known entry adds its names and its other identifiers to it; id, kind
/// and label stay. A name that is a plain surface of another curated entry is not taken over.
/// A name that an earlier layer has as plain for another thing becomes weak in both.
pub(crate) fn merge(curated: Vec<Entry>, layers: Vec<Layer>) -> Merged {
    if layers.is_empty() {
        return Merged { curated: curated.len(), entries: curated };
    }
    let count = curated.len();
    let taken = plain_keys(&curated);
    let mut entries = curated;
    let mut index = Index::new(&entries);
    for layer in layers {
        for row in layer.entries {
            match index.find(&row) {
                Some(at) => join(&mut entries[at], row),
                None => {
                    index.add(entries.len(), &row);
                    entries.push(row);
                }
            }
        }
    }
    yield_to_curated(&mut entries, count, &taken);
    weaken_rivals(&mut entries[count..]);
    entries[count..].sort_by(|a, b| a.id.cmp(&b.id));
    Merged { entries, curated: count }
}

/// Which entry has an id or an identifier; where curated entries share one, the first.
struct Index {
    ids: FxHashMap<String, usize>,
    identifiers: FxHashMap<(String, String), usize>,
}

impl Index {
    fn new(entries: &[Entry]) -> Self {
        let mut index = Self { ids: FxHashMap::default(), identifiers: FxHashMap::default() };
        entries.iter().enumerate().for_each(|(at, entry)| index.add(at, entry));
        index
    }

    fn add(&mut self, at: usize, entry: &Entry) {
        self.ids.entry(entry.id.clone()).or_insert(at);
        for pair in identities(entry) {
            self.identifiers.entry(pair.clone()).or_insert(at);
        }
    }

    fn find(&self, row: &Entry) -> Option<usize> {
        self.ids.get(&row.id).or_else(|| identities(row).find_map(|pair| self.identifiers.get(pair))).copied()
    }
}

fn identities(entry: &Entry) -> impl Iterator<Item = &(String, String)> {
    entry.ids.iter().filter(|(scheme, _)| IDENTITIES.contains(&scheme.as_str()))
}

/// Match keys that are a plain surface of an entry, with the entry's id.
fn plain_keys(entries: &[Entry]) -> FxHashMap<String, Vec<usize>> {
    let mut keys: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, entry) in entries.iter().enumerate() {
        let weak: FxHashSet<String> = entry.weak.iter().map(|w| match_key(w).text()).collect();
        for (surface, strength) in surfaces(entry) {
            let key = match_key(surface).text();
            if strength == Strength::Plain && !weak.contains(&key) {
                keys.entry(key).or_default().push(at);
            }
        }
    }
    keys
}

/// Adds names and identifiers of a layer's row to a known entry. Known surfaces keep their strength.
fn join(known: &mut Entry, row: Entry) {
    let mut have: FxHashSet<String> = surfaces(known).map(|(s, _)| match_key(s).text()).collect();
    let weak: FxHashSet<String> = row.weak.iter().map(|w| match_key(w).text()).collect();
    let found: Vec<(String, Strength)> = surfaces(&row).map(|(s, strength)| (s.to_owned(), strength)).collect();
    for (surface, strength) in found {
        let key = match_key(&surface).text();
        let plain = strength == Strength::Plain && !weak.contains(&key);
        if have.insert(key) {
            if plain { &mut known.aliases } else { &mut known.weak }.push(surface);
        }
    }
    for pair in row.ids {
        if !known.ids.iter().any(|(scheme, _)| *scheme == pair.0) {
            known.ids.push(pair);
        }
    }
}

/// Takes names out of layers' rows, and out of what they added, that are plain surfaces of another curated entry.
///
/// A label cannot be taken out: it becomes weak, and as weak it never outdoes the curated name.
fn yield_to_curated(entries: &mut [Entry], curated: usize, taken: &FxHashMap<String, Vec<usize>>) {
    for (at, entry) in entries.iter_mut().enumerate() {
        let rival = |name: &str| {
            let owners = taken.get(&match_key(name).text());
            // What stood in the curated tables from the beginning stays as it is.
            owners.is_some_and(|owners| !owners.contains(&at))
        };
        if at >= curated {
            let label = rival(&entry.ja).then(|| entry.ja.clone());
            let english = (!entry.en.is_empty() && rival(&entry.en)).then(|| entry.en.clone());
            entry.aliases.retain(|n| !rival(n));
            entry.weak.retain(|n| !rival(n));
            entry.weak.extend(label.into_iter().chain(english));
        } else {
            entry.aliases.retain(|n| !rival(n));
        }
    }
}

/// Names that rows of several layers have as plain need support in all of them.
fn weaken_rivals(entries: &mut [Entry]) {
    let keys = plain_keys(entries);
    for (at, entry) in entries.iter_mut().enumerate() {
        let shared = |name: &str| keys.get(&match_key(name).text()).is_some_and(|o| o.iter().any(|other| *other != at));
        let mut found: Vec<String> =
            surfaces(entry).filter(|(n, s)| *s == Strength::Plain && shared(n)).map(|(n, _)| n.to_owned()).collect();
        if found.is_empty() {
            continue;
        }
        entry.aliases.retain(|n| !found.contains(n));
        found.retain(|n| !entry.weak.contains(n));
        entry.weak.append(&mut found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entries::tests::entry;
    use crate::layer::Origin;

    fn with_ids(mut entry: Entry, ids: &[(&str, &str)]) -> Entry {
        entry.ids = ids.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        entry
    }

    fn layer(entries: Vec<Entry>) -> Layer {
        Layer { origin: Origin::default(), entries }
    }

    fn curated() -> Vec<Entry> {
        vec![
            with_ids(entry("org/x/kokudo", "見本国土庁", &["MKC"]), &[("hojin", "1")]),
            entry("org/x/kaisha", "架空商事", &[]),
        ]
    }

    #[test]
    fn the_same_identifier_is_the_same_thing() {
        let row = with_ids(entry("org/jp/1", "みほん国土庁", &["MKC"]), &[("hojin", "1"), ("edinet", "E1")]);
        let merged = merge(curated(), vec![layer(vec![row])]);
        assert_eq!((merged.entries.len(), merged.curated), (2, 2));
        let known = &merged.entries[0];
        assert_eq!((known.id.as_str(), known.ja.as_str()), ("org/x/kokudo", "見本国土庁"));
        assert_eq!(known.aliases, ["MKC", "みほん国土庁"]);
        assert_eq!(known.identifier("edinet"), Some("E1"));
    }

    #[test]
    fn two_layers_with_one_identifier_make_one_entry() {
        let row = |id: &str, ja: &str| with_ids(entry(id, ja, &[]), &[("hojin", "7")]);
        let merged = merge(
            curated(),
            vec![layer(vec![row("org/jp/7", "甲乙丙丁")]), layer(vec![row("org/jp/7", "甲乙丙丁社")])],
        );
        assert_eq!(merged.entries.len(), 3);
        assert_eq!(merged.entries[2].aliases, ["甲乙丙丁社"]);
    }

    #[test]
    fn a_curated_name_has_no_rival() {
        let merged =
            merge(curated(), vec![layer(vec![entry("org/jp/9", "架空商事", &["見本国土庁", "架空商事本店"])])]);
        let row = &merged.entries[2];
        assert_eq!(
            (row.aliases.clone(), row.weak.clone()),
            (vec!["架空商事本店".to_owned()], vec!["架空商事".to_owned()])
        );
        // Nor does what a layer adds to one curated entry take another's name.
        let added = with_ids(entry("org/jp/1", "架空商事", &[]), &[("hojin", "1")]);
        let merged = merge(curated(), vec![layer(vec![added])]);
        assert_eq!(merged.entries[0].aliases, ["MKC"]);
    }

    #[test]
    fn a_name_in_two_layers_is_weak_in_both() {
        let merged = merge(
            curated(),
            vec![layer(vec![entry("org/jp/8", "丙丁商会", &[])]), layer(vec![entry("org/jp/7", "丙丁商会", &[])])],
        );
        let weak: Vec<_> = merged.entries[2..].iter().map(|e| (e.id.as_str(), e.weak.clone())).collect();
        let name = vec!["丙丁商会".to_owned()];
        assert_eq!(weak, [("org/jp/7", name.clone()), ("org/jp/8", name)]);
    }

    #[test]
    fn without_layers_nothing_changes() {
        assert_eq!(merge(curated(), Vec::new()).entries, curated());
    }
}

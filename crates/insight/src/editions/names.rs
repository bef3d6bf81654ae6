//! Things that only one of two editions names.

use std::collections::{BTreeMap, BTreeSet};

use hakusho_model::{Entity, MentionKind};
use serde::Serialize;

use super::Place;
use super::edition::Edition;
use super::words::Words;

/// A thing that one edition names and the other does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Name {
    /// IRI.
    pub id: String,
    /// Type.
    #[serde(rename = "type")]
    pub kind: MentionKind,
    /// What the report calls it.
    pub label: String,
    /// Whether an authority list has it.
    pub listed: bool,
    /// How often it is named.
    pub times: usize,
    /// The sentence or row that names it first.
    pub first: Place,
}

/// Things named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NameDiff {
    /// How many both editions name.
    pub kept: usize,
    /// Only in the later: by type, those named most often first.
    pub new: Vec<Name>,
    /// Only in the earlier.
    pub gone: Vec<Name>,
}

/// Things are the same by their IRI, or by type and name: what a list has may have been unlisted before, and the survey of
/// another year is the same survey.
pub(super) fn compare(before: &Edition<'_>, after: &Edition<'_>) -> NameDiff {
    let (earlier, later) = (Names::of(before), Names::of(after));
    NameDiff {
        kept: later.entities.values().filter(|e| earlier.has(e)).count(),
        new: later.without(&earlier, after),
        gone: earlier.without(&later, before),
    }
}

struct Names<'d> {
    entities: BTreeMap<&'d str, &'d Entity>,
    words: BTreeSet<(MentionKind, String)>,
}

impl<'d> Names<'d> {
    fn of(edition: &Edition<'d>) -> Self {
        let mut names = Self { entities: BTreeMap::new(), words: BTreeSet::new() };
        for entity in edition.documents.iter().flat_map(|d| &d.entities) {
            names.entities.entry(&entity.id).or_insert(entity);
            for label in [Some(&entity.label), entity.name.as_ref()].into_iter().flatten() {
                names.words.insert((entity.kind, Words::new(label).key));
            }
        }
        names
    }

    fn has(&self, entity: &Entity) -> bool {
        let called = |label: &String| self.words.contains(&(entity.kind, Words::new(label).key));
        self.entities.contains_key(entity.id.as_str())
            || called(&entity.label)
            || entity.name.as_ref().is_some_and(called)
    }

    /// What is here and not there.
    fn without(&self, other: &Self, edition: &Edition<'_>) -> Vec<Name> {
        let mut seen: BTreeMap<&str, (usize, Place)> = BTreeMap::new();
        for (file, document) in edition.documents.iter().enumerate() {
            for mention in &document.mentions {
                let Some(id) = mention.entity.as_deref() else { continue };
                if let Some((times, _)) = seen.get_mut(id) {
                    *times += 1;
                } else if let Some(block) = edition.block(file, &mention.block) {
                    seen.insert(id, (1, edition.sentence(file, block, mention.start, mention.end)));
                }
            }
        }
        let name = |e: &&Entity| {
            let (times, first) = seen.get(e.id.as_str())?;
            Some(Name {
                id: e.id.clone(),
                kind: e.kind,
                label: e.label.clone(),
                listed: e.listed,
                times: *times,
                first: first.clone(),
            })
        };
        let mut out: Vec<Name> = self.entities.values().filter(|e| !other.has(e)).filter_map(name).collect();
        out.sort_by(|a, b| (a.kind, b.times, &a.first, &a.id).cmp(&(b.kind, a.times, &b.first, &b.id)));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::diff;
    use super::super::testing::{document, name};

    fn check(before: &[(&str, &str)], after: &[(&str, &str)], new: &[(&str, usize)], gone: &[(&str, usize)]) {
        let report = |names: &[(&str, &str)]| {
            let mut document = document();
            for (id, label) in names {
                name(&mut document, id, label);
            }
            document
        };
        let found = diff(&[&report(before)], &[&report(after)]).names;
        let list = |names: &[super::Name]| names.iter().map(|n| (n.label.clone(), n.times)).collect::<Vec<_>>();
        let expected = |names: &[(&str, usize)]| names.iter().map(|(l, n)| ((*l).to_owned(), *n)).collect::<Vec<_>>();
        assert_eq!((list(&found.new), list(&found.gone)), (expected(new), expected(gone)), "{before:?} {after:?}");
    }

    #[test]
    fn what_is_named_once_and_no_more() {
        check(&[("a", "甲社")], &[("a", "甲社")], &[], &[]);
        check(
            &[("a", "甲社")],
            &[("b", "乙社"), ("c", "丙社"), ("c", "丙社")],
            &[("丙社", 2), ("乙社", 1)],
            &[("甲社", 1)],
        );
    }

    #[test]
    fn another_iri_with_the_same_name_is_the_same_thing() {
        check(&[("nil/a", "甲社")], &[("jp/1", "甲社")], &[], &[]);
        check(&[("nil/t2023", "調査2023")], &[("nil/t2024", "調査2024")], &[], &[]);
    }
}

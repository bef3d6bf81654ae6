//! Entries that share a surface: what speaks for each of them, and which one is far enough ahead to be linked.

use std::collections::{BTreeMap, BTreeSet};

use hakusho_lexicon::{Entry, Hit, Strength, bounds, match_key};
use hakusho_model::MentionKind;

use crate::candidate::{Candidate, Target};
use crate::linker::Text;
use crate::scope::Scope;

/// How far the best must be ahead of the next, in thousandths.
pub(crate) const MARGIN: i32 = 150;
/// Rule of a mention whose surface several entries share without one being ahead.
pub(crate) const RULE: &str = "ambiguous";

/// Another name of the entry stands in the report.
const CO_MENTION: i32 = 300;
/// A place of the entry's country stands in the same block.
const COUNTRY: i32 = 200;
/// The surface is the entry's label and no alias.
const LABEL: i32 = 100;
/// Another name of the same class stands in the same block.
const CLASS: i32 = 50;
/// The entry's dates are known and hold the edition's year.
const VALID: i32 = 50;
/// The entry's dates are known and do not hold the edition's year.
const NOT_VALID: i32 = -400;

/// The surfaces that a report prints, to ask which entries it names in other words. Asked only where surfaces are shared,
/// which is rare: nothing is prepared.
#[derive(Clone, Copy)]
pub(crate) struct Met<'t>(pub(crate) &'t [Text<'t>]);

impl Met<'_> {
    /// Whether the report prints another plain surface of the entry than this one.
    fn by_another_name(&self, entry: u32, key: &str) -> bool {
        let other = |t: &Text<'_>, h: &Hit| {
            let surface: String = t.chars[h.start..h.end].iter().collect();
            match_key(&surface).text() != key
        };
        self.0.iter().any(|t| t.hits.iter().any(|h| h.entry == entry && h.strength == Strength::Plain && other(t, h)))
    }
}

/// What the score of an entry rests on.
pub(crate) struct Setting<'a> {
    pub(crate) entries: &'a [Entry],
    pub(crate) met: Met<'a>,
    /// Surfaces of the block.
    pub(crate) hits: &'a [Hit],
    /// Year of the edition.
    pub(crate) year: Option<i32>,
}

/// Score of an entry with what it is made of, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Score {
    pub(crate) points: i32,
    pub(crate) reasons: Vec<String>,
}

impl Score {
    fn add(&mut self, points: i32, holds: bool, reason: &str) {
        if holds {
            self.points += points;
            self.reasons.push(format!("{reason} {points:+}"));
        }
    }
}

impl Setting<'_> {
    /// What speaks for an entry behind a surface that spans `start..end` in the block.
    pub(crate) fn score(&self, number: u32, surface: &str, (start, end): (usize, usize)) -> Score {
        let entry = &self.entries[number as usize];
        let key = match_key(surface).text();
        let beside =
            |h: &&Hit| (h.end <= start || end <= h.start) && h.strength == Strength::Plain && h.entry != number;
        let near = |fits: &dyn Fn(&Entry) -> bool| {
            self.hits.iter().filter(beside).any(|h| fits(&self.entries[h.entry as usize]))
        };
        let country = |e: &Entry| e.kind == MentionKind::Loc && e.country == entry.country;
        let class = |e: &Entry| e.kind == entry.kind && e.class == entry.class;
        let valid = self.year.and_then(|year| holds(&entry.valid, year));
        let mut score = Score::default();
        score.add(CO_MENTION, self.met.by_another_name(number, &key), "another of its names is in the report");
        score.add(COUNTRY, !entry.country.is_empty() && near(&country), "its country is named in the block");
        score.add(LABEL, match_key(&entry.ja).text() == key, "it is its label");
        score.add(CLASS, !entry.class.is_empty() && near(&class), "others of its class are named in the block");
        score.add(VALID, valid == Some(true), "it was in force in the edition's year");
        score.add(NOT_VALID, valid == Some(false), "it was not in force in the edition's year");
        score
    }
}

/// Whether an EDTF interval holds a year; `None` where the entry states no dates.
fn holds(interval: &str, year: i32) -> Option<bool> {
    let (from, to) = interval.split_once('/').filter(|_| !interval.is_empty())?;
    let year = format!("{year:04}");
    let after = bounds(from).is_none_or(|(first, _)| first[..4] <= *year);
    let before = bounds(to).is_none_or(|(_, last)| *year <= last[..4]);
    Some(after && before)
}

/// The entry that is ahead of all others by [`MARGIN`]; one alone needs no lead.
pub(crate) fn winner(scores: &[(u32, i32)]) -> Option<u32> {
    let best = scores.iter().max_by_key(|(entry, points)| (*points, std::cmp::Reverse(*entry)))?;
    let next = scores.iter().filter(|(entry, _)| *entry != best.0).map(|(_, points)| *points).max();
    next.is_none_or(|next| best.1 - next >= MARGIN).then_some(best.0)
}

/// Leaves one candidate where several entries of a type share a span: the one that is ahead, else one without an entity.
pub(crate) fn settle(scope: &Scope<'_>, candidates: Vec<Candidate>, met: Met<'_>, year: Option<i32>) -> Vec<Candidate> {
    let mut groups: BTreeMap<(usize, usize, MentionKind), BTreeSet<u32>> = BTreeMap::new();
    for c in &candidates {
        if let Some(entry) = c.entry() {
            groups.entry((c.start, c.end, c.kind)).or_default().insert(entry);
        }
    }
    groups.retain(|_, entries| entries.len() > 1);
    if groups.is_empty() {
        return candidates;
    }
    let setting = Setting { entries: scope.entries, met, hits: scope.hits, year };
    let chosen: BTreeMap<_, Option<u32>> = groups
        .into_iter()
        .map(|(at, entries)| {
            let surface = scope.text(at.0, at.1);
            let points = |e: u32| (e, setting.score(e, &surface, (at.0, at.1)).points);
            (at, winner(&entries.into_iter().map(points).collect::<Vec<_>>()))
        })
        .collect();
    candidates.into_iter().filter_map(|c| settled(c, &chosen)).collect()
}

/// A candidate after its group was settled; an undecided group leaves its entries out and keeps its type.
fn settled(c: Candidate, chosen: &BTreeMap<(usize, usize, MentionKind), Option<u32>>) -> Option<Candidate> {
    match (chosen.get(&(c.start, c.end, c.kind)), c.entry()) {
        (Some(Some(winner)), Some(entry)) => (*winner == entry).then_some(c),
        (Some(None), Some(_)) => Some(Candidate { target: Target::None, rule: RULE, ..c }),
        _ => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_of_150_links_and_one_of_149_does_not() {
        assert_eq!(winner(&[(1, 300), (2, 150)]), Some(1));
        assert_eq!(winner(&[(1, 299), (2, 150)]), None);
        assert_eq!(winner(&[(2, 0), (1, 0)]), None);
        assert_eq!(winner(&[(7, -400)]), Some(7));
        assert_eq!(winner(&[]), None);
        assert_eq!(winner(&[(3, 100), (1, 400), (2, 250)]), Some(1));
    }

    #[test]
    fn dates_of_entries() {
        let check = |interval: &str, year, expected| assert_eq!(holds(interval, year), expected, "{interval} {year}");
        check("2001-01-06/..", 2001, Some(true));
        check("2001-01-06/..", 2000, Some(false));
        check("../2001-01-05", 2001, Some(true));
        check("1998/2013", 2014, Some(false));
        check("", 2014, None);
    }
}

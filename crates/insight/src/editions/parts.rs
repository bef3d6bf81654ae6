//! What became of a part of the report: a section or an exhibit.

use serde::Serialize;

use super::Place;
use super::align::Pairs;
use super::words::Words;

/// What became of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartFate {
    /// The same title under another number, or within another section.
    Moved,
    /// Another title in the same place.
    Renamed,
    /// Both.
    MovedAndRenamed,
    /// Only in the later edition.
    New,
    /// Only in the earlier edition.
    Gone,
}

/// A section or an exhibit as printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its number as printed (`第1節`, `図表1-1-1`).
    pub number: Option<String>,
    /// Its title.
    pub title: String,
    /// Numbers (or titles) of the sections around it, from the outer to the inner.
    pub within: Vec<String>,
    /// Its heading or caption.
    pub place: Option<Place>,
}

/// What became of one part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartChange {
    /// In one word.
    pub fate: PartFate,
    /// Likeness of the titles in thousandths, years not counted; `None` for what is new or gone.
    pub likeness: Option<u32>,
    /// As it was.
    pub before: Option<Part>,
    /// As it is.
    pub after: Option<Part>,
}

/// What became of all parts of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PartDiff {
    /// How many have the same title in the same place.
    pub kept: usize,
    /// How many of those differ in a year of the title only.
    pub another_year: usize,
    /// The others: in the order of the later edition, then those gone.
    pub changes: Vec<PartChange>,
}

/// What the comparison of parts needs to know of one.
pub(super) trait Comparable {
    fn words(&self) -> &Words;
    fn part(&self) -> &Part;
}

/// Sorts pairs into kept and changed; `same_place` says whether both stand in the same place.
pub(super) fn report<T: Comparable>(
    before: &[T],
    after: &[T],
    pairs: &Pairs,
    same_place: impl Fn(usize, usize) -> bool,
) -> PartDiff {
    let mut diff = PartDiff::default();
    for (j, later) in after.iter().enumerate() {
        let Some(i) = pairs.before[j] else {
            let after = Some(later.part().clone());
            diff.changes.push(PartChange { fate: PartFate::New, likeness: None, before: None, after });
            continue;
        };
        let earlier = &before[i];
        let likeness = earlier.words().likeness(later.words());
        let fate = match (likeness == 1000, same_place(i, j)) {
            (true, true) => {
                diff.kept += 1;
                diff.another_year += usize::from(earlier.words().plain != later.words().plain);
                continue;
            }
            (true, false) => PartFate::Moved,
            (false, true) => PartFate::Renamed,
            (false, false) => PartFate::MovedAndRenamed,
        };
        let (before, after) = (Some(earlier.part().clone()), Some(later.part().clone()));
        diff.changes.push(PartChange { fate, likeness: Some(likeness), before, after });
    }
    for i in pairs.gone() {
        let before = Some(before[i].part().clone());
        diff.changes.push(PartChange { fate: PartFate::Gone, likeness: None, before, after: None });
    }
    diff
}

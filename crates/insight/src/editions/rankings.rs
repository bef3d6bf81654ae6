//! Rankings of two editions: who moved, and whether the printed place of the year before is that of the earlier edition.

use std::collections::BTreeMap;

use hakusho_model::{Exhibit, RankEntry};
use serde::Serialize;

use super::Place;
use super::align::{Pairs, candidates};
use super::edition::Edition;
use super::exhibits::ExhibitPairs;
use super::words::Words;

/// Likeness from which the words of two places are taken for one thing.
const LIKE: u32 = 600;
/// Likeness of captions from which two rankings are taken for one.
const LIKE_CAPTION: u32 = 500;

/// One thing of a ranking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Move {
    /// What is ranked, as the later edition (or, where it is gone, the earlier) prints it.
    pub item: String,
    /// The thing of that name (IRI).
    pub entity: Option<String>,
    /// Its place then; `None` where it had none.
    pub before: Option<u32>,
    /// Its place now; `None` where it has none.
    pub after: Option<u32>,
    /// Place of the year before (昨年順位) as the newer of both prints it.
    pub printed_previous: Option<u32>,
    /// Whether the newer of both calls it new.
    pub printed_new: bool,
    /// Whether what the newer prints is true of the older; `None` where that cannot be told.
    pub agrees: Option<bool>,
}

/// A ranking that both editions have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RankingDiff {
    /// What is ranked (個人, 組織).
    pub perspective: String,
    /// Number and caption then.
    pub before: String,
    /// Number and caption now.
    pub after: String,
    /// Where it stands in the earlier edition.
    pub place_before: Option<Place>,
    /// Where it stands in the later edition.
    pub place_after: Option<Place>,
    /// Whether the printed places of the year before were compared: the years are neighbours, or not known.
    pub checked: bool,
    /// All its things: by place now, then those gone by place then.
    pub moves: Vec<Move>,
}

impl RankingDiff {
    /// Whether everything has the place it had.
    pub fn is_empty(&self) -> bool {
        self.moves.iter().all(|m| m.before == m.after)
    }
}

struct Ranking<'d> {
    file: usize,
    exhibit: &'d Exhibit,
    caption: Words,
    perspective: Words,
    survey: Option<Words>,
    entries: Vec<(&'d RankEntry, Words)>,
}

impl Ranking<'_> {
    fn year(&self) -> Option<i32> {
        let survey = self.survey.iter().flat_map(|s| &s.years);
        self.caption.years.iter().chain(survey).next().copied()
    }

    fn name(&self) -> String {
        let label = self.exhibit.label.as_deref().unwrap_or("");
        format!("{label} {}", self.exhibit.caption).trim().to_owned()
    }
}

pub(super) fn compare(before: &Edition<'_>, after: &Edition<'_>, exhibits: &ExhibitPairs) -> Vec<RankingDiff> {
    let (earlier, later) = (rankings(before), rankings(after));
    let mut pairs = Pairs::new(earlier.len(), later.len());
    pairs.take(candidates(&pairs, |i, j| worth(&earlier[i], &later[j], exhibits)));
    let joined = |j: usize| pairs.before[j].map(|i| describe((before, &earlier[i]), (after, &later[j])));
    (0..later.len()).filter_map(joined).collect()
}

fn rankings<'d>(edition: &Edition<'d>) -> Vec<Ranking<'d>> {
    let mut out: Vec<Ranking<'d>> = Vec::new();
    for (file, document) in edition.documents.iter().enumerate() {
        let mut index: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for entry in &document.rankings {
            let Some(exhibit) = document.exhibits.iter().find(|x| x.id == entry.exhibit) else { continue };
            let at = *index.entry((&entry.exhibit, &entry.perspective)).or_insert_with(|| {
                out.push(Ranking {
                    file,
                    exhibit,
                    caption: Words::new(&exhibit.caption),
                    perspective: Words::new(&entry.perspective),
                    survey: entry.survey.as_deref().map(Words::new),
                    entries: Vec::new(),
                });
                out.len() - 1
            });
            out[at].entries.push((entry, Words::new(&entry.item)));
        }
    }
    out
}

/// Rankings are one where the perspective is the same, and exhibit, survey or caption.
fn worth(a: &Ranking<'_>, b: &Ranking<'_>, exhibits: &ExhibitPairs) -> Option<u32> {
    let likeness = a.caption.likeness(&b.caption);
    let here = exhibits.after(a.file, &a.exhibit.id);
    let exhibit = here.is_some_and(|(file, id)| *file == b.file && *id == b.exhibit.id);
    let survey = matches!((&a.survey, &b.survey), (Some(a), Some(b)) if a.key == b.key);
    let same = a.perspective.key == b.perspective.key && (exhibit || survey || likeness >= LIKE_CAPTION);
    same.then(|| likeness + 500 * u32::from(exhibit) + 200 * u32::from(survey))
}

fn align(before: &Ranking<'_>, after: &Ranking<'_>) -> Pairs {
    let mut pairs = Pairs::new(before.entries.len(), after.entries.len());
    pairs.take(candidates(&pairs, |i, j| {
        let ((a, x), (b, y)) = (&before.entries[i], &after.entries[j]);
        let likeness = x.likeness(y);
        let entity = a.entity.is_some() && a.entity == b.entity;
        // The printed words are surer than the thing recognised in them.
        (entity || likeness >= LIKE).then(|| likeness.max(LIKE * u32::from(entity)))
    }));
    pairs
}

fn describe(before: (&Edition<'_>, &Ranking<'_>), after: (&Edition<'_>, &Ranking<'_>)) -> RankingDiff {
    let ((_, a), (_, b)) = (before, after);
    let pairs = align(a, b);
    let gap = a.year().zip(b.year()).map(|(x, y)| y - x);
    let checked = gap.is_none_or(|gap| gap.abs() == 1);
    let backwards = gap.is_some_and(|gap| gap < 0);
    let (older, newer) = if backwards { (b, a) } else { (a, b) };
    let places = older.entries.iter().map(|(e, _)| e.rank).max().unwrap_or(0);
    let describe = |i: Option<usize>, j: Option<usize>| {
        let (x, y) = (i.map(|i| a.entries[i].0), j.map(|j| b.entries[j].0));
        let (old, new) = if backwards { (y, x) } else { (x, y) };
        let agrees = new.filter(|_| checked).and_then(|n| agrees(old.map(|o| o.rank), n, places));
        Move {
            item: y.or(x).map(|e| e.item.clone()).unwrap_or_default(),
            entity: y.or(x).and_then(|e| e.entity.clone()),
            before: x.map(|e| e.rank),
            after: y.map(|e| e.rank),
            printed_previous: new.and_then(|n| n.previous),
            printed_new: new.is_some_and(|n| n.is_new),
            agrees,
        }
    };
    let mut moves: Vec<Move> = (0..b.entries.len()).map(|j| describe(pairs.before[j], Some(j))).collect();
    moves.sort_by_key(|m| m.after);
    let mut gone: Vec<Move> = pairs.gone().map(|i| describe(Some(i), None)).collect();
    gone.sort_by_key(|m| m.before);
    moves.extend(gone);
    debug_assert!(newer.entries.len() <= moves.len());
    RankingDiff {
        perspective: b.entries.first().map(|(e, _)| e.perspective.clone()).unwrap_or_default(),
        before: a.name(),
        after: b.name(),
        place_before: place(before.0, a),
        place_after: place(after.0, b),
        checked,
        moves,
    }
}

/// Whether what an entry prints of the year before is true of its place then; a list that ends at `places` says nothing of
/// places behind it.
fn agrees(old: Option<u32>, new: &RankEntry, places: u32) -> Option<bool> {
    match (old, new.previous) {
        (old, None) if new.is_new => Some(old.is_none()),
        (_, None) => None,
        (Some(old), Some(printed)) => Some(old == printed),
        (None, Some(printed)) => (printed <= places).then_some(false),
    }
}

fn place(edition: &Edition<'_>, ranking: &Ranking<'_>) -> Option<Place> {
    let block = ranking.exhibit.blocks.iter().find_map(|id| edition.block(ranking.file, id))?;
    Some(edition.whole(ranking.file, block))
}

#[cfg(test)]
mod tests {
    use super::super::diff;
    use super::super::testing::{document, exhibit, rank};
    use super::*;

    /// Place, item, printed place before (0 for new).
    type Row<'r> = (u32, &'r str, Option<u32>);

    /// `item before→after` with `!` where the printed place before is wrong, `?` where that cannot be told.
    fn check(years: (i32, i32), before: &[Row<'_>], after: &[Row<'_>], expected: &[&str]) {
        let report = |year: i32, rows: &[Row<'_>]| {
            let mut document = document();
            let id = exhibit(&mut document, "1-1", &format!("十大脅威{year}の順位"));
            for (place, item, previous) in rows {
                rank(&mut document, &id, *place, item, *previous);
            }
            document
        };
        let found = diff(&[&report(years.0, before)], &[&report(years.1, after)]).rankings;
        let place = |p: Option<u32>| p.map_or_else(|| "-".to_owned(), |p| p.to_string());
        let line = |m: &Move| {
            let mark = m.agrees.map_or("?", |a| if a { "" } else { "!" });
            format!("{} {}→{}{mark}", m.item, place(m.before), place(m.after))
        };
        let lines: Vec<String> = found.iter().flat_map(|r| &r.moves).map(line).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn moves_and_what_is_printed_of_the_year_before() {
        let before = [(1, "恐喝の手口", None), (2, "詐欺の手口", None), (3, "誤送信", None)];
        let after = [(1, "詐欺の手口", Some(2)), (2, "恐喝の手口", Some(2)), (3, "新しい脅し", Some(0))];
        let expected = ["詐欺の手口 2→1", "恐喝の手口 1→2!", "新しい脅し -→3", "誤送信 3→-?"];
        check((2023, 2024), &before, &after, &expected);
    }

    #[test]
    fn places_behind_the_end_of_the_list_cannot_be_checked() {
        let before = [(1, "恐喝の手口", None), (2, "詐欺の手口", None)];
        check((2023, 2024), &before, &[(1, "誤送信", Some(3))], &["誤送信 -→1?", "恐喝の手口 1→-?", "詐欺の手口 2→-?"]);
        check((2023, 2024), &before, &[(1, "誤送信", Some(2))], &["誤送信 -→1!", "恐喝の手口 1→-?", "詐欺の手口 2→-?"]);
    }

    #[test]
    fn what_is_called_new_but_was_there_does_not_agree() {
        check((2023, 2024), &[(1, "誤送信", None)], &[(1, "誤送信", Some(0))], &["誤送信 1→1!"]);
    }

    #[test]
    fn only_neighbouring_years_are_checked_in_both_directions() {
        let (old, new) = ([(1, "誤送信", None)], [(1, "誤送信", Some(2))]);
        check((2023, 2024), &old, &new, &["誤送信 1→1!"]);
        check((2024, 2023), &new, &old, &["誤送信 1→1!"]);
        check((2022, 2024), &old, &new, &["誤送信 1→1?"]);
    }
}

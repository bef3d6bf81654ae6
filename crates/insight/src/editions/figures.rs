//! Figures of two editions: what has another value, and whether time moved on or the report corrected itself.

use std::collections::{BTreeMap, BTreeSet};

use hakusho_model::{BlockKind, Observation};
use serde::Serialize;

use super::Place;
use super::edition::Edition;
use super::exhibits::ExhibitPairs;
use super::words::Words;

/// Characters, besides numbers, that the words before a figure in running text need to tell what it counts.
const TELLING: usize = 6;

/// How two values of one thing relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Both are for the same year or wave: the later edition corrects, or contradicts, the earlier one.
    Revised,
    /// Both are for the same year, but their exhibits list different things for it: その他 may be another rest.
    Regrouped,
    /// The later value is for another year, or the report does not say for which.
    Updated,
}

/// A figure as printed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// As printed.
    pub printed: String,
    /// Value.
    pub value: f64,
    /// Unit.
    pub unit: Option<String>,
    /// Year or wave it is for, where row, series or caption say so.
    pub year: Option<i32>,
    /// Number (or caption) of its exhibit; `None` in running text.
    pub exhibit: Option<String>,
    /// Its row, or the sentence that states it.
    pub place: Option<Place>,
}

/// A figure with another value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigureChange {
    /// How the values relate.
    pub relation: Relation,
    /// What is counted: group, row and series, or the words before it.
    pub item: String,
    /// As it was.
    pub before: Figure,
    /// As it is.
    pub after: Figure,
}

/// What became of all figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct FigureDiff {
    /// How many have the same value in both.
    pub same: usize,
    /// The others that stand in both; revised ones first, then in the order of the later edition.
    pub changes: Vec<FigureChange>,
    /// How many have no counterpart in the later edition.
    pub only_before: usize,
    /// How many have no counterpart in the earlier edition.
    pub only_after: usize,
}

/// Where a figure may have its counterpart: pair of exhibits, survey, or running text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Scope {
    Exhibit(usize, String),
    Survey(String),
    Text,
}

/// What a figure counts: scope, names without years, unit.
type Key = (Scope, Vec<String>, String);

struct Item<'d> {
    file: usize,
    observation: &'d Observation,
    /// Names of row, groups and series that say more than when, sorted: a turned chart is the same chart.
    names: Vec<String>,
    unit: String,
    year: Option<i32>,
    survey: Option<String>,
}

pub(super) fn compare(before: &Edition<'_>, after: &Edition<'_>, exhibits: &ExhibitPairs) -> FigureDiff {
    let (earlier, later) = (items(before), items(after));
    let mut joined = Joined::default();
    let in_exhibit = |item: &Item<'_>, first: bool| {
        let id = item.observation.exhibit.as_deref()?;
        let at = if first { exhibits.after(item.file, id)?.clone() } else { (item.file, id.to_owned()) };
        Some((Scope::Exhibit(at.0, at.1), item.names.clone(), String::new()))
    };
    let in_survey = |item: &Item<'_>, _: bool| {
        let survey = item.observation.exhibit.as_ref().and(item.survey.clone())?;
        Some((Scope::Survey(survey), item.names.clone(), item.unit.clone()))
    };
    let in_text = |item: &Item<'_>, _: bool| {
        let told = item.names.iter().flat_map(|n| n.chars()).filter(|c| c.is_alphabetic()).count();
        let in_text = item.observation.exhibit.is_none() && told >= TELLING;
        in_text.then(|| (Scope::Text, item.names.clone(), item.unit.clone()))
    };
    join(&earlier, &later, &mut joined, in_exhibit);
    join(&earlier, &later, &mut joined, in_survey);
    join(&earlier, &later, &mut joined, in_text);
    join_equal(&earlier, &later, &mut joined);
    let mut diff = FigureDiff {
        only_before: earlier.len() - joined.before.len(),
        only_after: later.len() - joined.after.len(),
        ..FigureDiff::default()
    };
    joined.pairs.sort_unstable();
    for (a, b) in joined.pairs.iter().map(|(j, i)| (&earlier[*i], &later[*j])) {
        if same_value(a.observation.value, b.observation.value) {
            diff.same += 1;
            continue;
        }
        let relation = match a.year.is_some() && a.year == b.year {
            true if peers(&earlier, a) == peers(&later, b) => Relation::Revised,
            true => Relation::Regrouped,
            false => Relation::Updated,
        };
        let (before, now) = (figure(before, a), figure(after, b));
        diff.changes.push(FigureChange { relation, item: item_name(b.observation), before, after: now });
    }
    diff.changes.sort_by_key(|c| c.relation);
    diff
}

/// All names that the exhibit of a figure has for its year; a sentence stands alone.
fn peers<'i>(items: &'i [Item<'_>], of: &Item<'_>) -> BTreeSet<&'i [String]> {
    let exhibit = &of.observation.exhibit;
    let beside = |i: &&Item<'_>| i.file == of.file && i.observation.exhibit == *exhibit && i.year == of.year;
    let all = items.iter().filter(|_| exhibit.is_some()).filter(beside);
    all.map(|i| i.names.as_slice()).collect()
}

fn same_value(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

/// Figures that state something of their own: numbers in notes and sources do not.
fn items<'d>(edition: &Edition<'d>) -> Vec<Item<'d>> {
    let mut out = Vec::new();
    for (file, document) in edition.documents.iter().enumerate() {
        let captions: BTreeMap<&str, Words> =
            document.exhibits.iter().map(|x| (x.id.as_str(), Words::new(&x.caption))).collect();
        let surveys: BTreeMap<&str, &str> =
            document.entities.iter().map(|e| (e.id.as_str(), e.label.as_str())).collect();
        for observation in &document.observations {
            let block = observation.block.as_deref().and_then(|id| edition.block(file, id));
            let beside = |k| matches!(k, BlockKind::Note | BlockKind::SourceNote | BlockKind::Caption);
            if block.is_some_and(|b| beside(b.kind)) {
                continue;
            }
            let caption = observation.exhibit.as_deref().and_then(|id| captions.get(id));
            let survey = observation.survey.as_deref().map(|id| Words::new(surveys.get(id).unwrap_or(&id)).key);
            let (names, year) = names(observation, caption);
            let unit = Words::new(observation.unit.as_deref().unwrap_or("")).plain;
            out.push(Item { file, observation, names, unit, year, survey });
        }
    }
    out
}

/// What a figure counts, and for which year.
fn names(observation: &Observation, caption: Option<&Words>) -> (Vec<String>, Option<i32>) {
    let wave = || observation.wave.as_deref().and_then(|w| w.get(..4)?.parse().ok());
    if observation.exhibit.is_none() {
        let words = Words::without_numbers(&observation.category);
        let year = wave().or_else(|| words.years.last().copied());
        return (vec![words.key], year);
    }
    let parts = observation.series.iter().chain(&observation.group).chain([&observation.category]);
    let parts: Vec<Words> = parts.map(|p| Words::new(p)).filter(|w| !w.key.is_empty()).collect();
    let own = parts.iter().flat_map(|w| &w.years).copied().next();
    // A caption with several years says nothing of one row.
    let of_caption = caption.and_then(|c| if let [year] = c.years[..] { Some(year) } else { None });
    let mut names: Vec<String> = parts.into_iter().filter(|w| !w.is_time()).map(|w| w.key).collect();
    names.sort();
    (names, wave().or(own).or(of_caption))
}

/// Figures joined so far. One may be joined twice: with that of its year, and with the latest.
#[derive(Default)]
struct Joined {
    /// Positions in the later and the earlier edition.
    pairs: Vec<(usize, usize)>,
    before: BTreeSet<usize>,
    after: BTreeSet<usize>,
}

impl Joined {
    fn join(&mut self, i: usize, j: usize) {
        self.pairs.push((j, i));
        self.before.insert(i);
        self.after.insert(j);
    }
}

/// Joins figures of one key that are not joined yet: those of the same year, and the latest of both editions.
fn join(earlier: &[Item<'_>], later: &[Item<'_>], joined: &mut Joined, key: impl Fn(&Item<'_>, bool) -> Option<Key>) {
    let mut keys: BTreeMap<Key, (Years, Years)> = BTreeMap::new();
    for (i, item) in earlier.iter().enumerate().filter(|(i, _)| !joined.before.contains(i)) {
        if let Some(key) = key(item, true) {
            add(&mut keys.entry(key).or_default().0, item.year, i);
        }
    }
    for (j, item) in later.iter().enumerate().filter(|(j, _)| !joined.after.contains(j)) {
        if let Some(key) = key(item, false) {
            add(&mut keys.entry(key).or_default().1, item.year, j);
        }
    }
    for (a, b) in keys.values() {
        for (year, i) in a {
            if let (Some(i), Some(Some(j))) = (i, b.get(year)) {
                joined.join(*i, *j);
            }
        }
        // `None` sorts first: a figure without a year is the latest only where none has one.
        if let (Some((x, Some(i))), Some((y, Some(j)))) = (a.last_key_value(), b.last_key_value())
            && x != y
        {
            joined.join(*i, *j);
        }
    }
}

/// Joins what is left of figures in the same words with the same value, in order: repeats, and words that tell little.
fn join_equal(earlier: &[Item<'_>], later: &[Item<'_>], joined: &mut Joined) {
    let key = |i: &Item<'_>| {
        let o = i.observation;
        (o.exhibit.is_some(), i.names.clone(), i.year, i.unit.clone(), o.value.to_bits())
    };
    let mut left: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (i, item) in earlier.iter().enumerate().rev().filter(|(i, _)| !joined.before.contains(i)) {
        left.entry(key(item)).or_default().push(i);
    }
    for (j, item) in later.iter().enumerate() {
        if !joined.after.contains(&j)
            && let Some(i) = left.get_mut(&key(item)).and_then(Vec::pop)
        {
            joined.join(i, j);
        }
    }
}

/// The figure of each year; `None` where several cannot be told apart, and so are not compared.
type Years = BTreeMap<Option<i32>, Option<usize>>;

fn add(years: &mut Years, year: Option<i32>, item: usize) {
    years.entry(year).and_modify(|one| *one = None).or_insert(Some(item));
}

fn item_name(observation: &Observation) -> String {
    let parts = observation.group.iter().chain([&observation.category]).chain(&observation.series);
    parts.map(|p| p.trim()).filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" / ")
}

fn figure(edition: &Edition<'_>, item: &Item<'_>) -> Figure {
    let o = item.observation;
    let document = edition.documents[item.file];
    let exhibit = o.exhibit.as_ref().and_then(|id| document.exhibits.iter().find(|x| x.id == *id));
    Figure {
        printed: o.printed.clone(),
        value: o.value,
        unit: o.unit.clone(),
        year: item.year,
        exhibit: exhibit.map(|x| x.label.clone().unwrap_or_else(|| x.caption.clone())),
        place: place(edition, item),
    }
}

/// The row of a table or the sentence that has the figure; a chart as a whole.
fn place(edition: &Edition<'_>, item: &Item<'_>) -> Option<Place> {
    let o = item.observation;
    if let Some(block) = o.block.as_deref().and_then(|id| edition.block(item.file, id)) {
        let at = find(&block.text, &format!("{}{}", o.category, o.printed)).map(|(_, end)| end);
        let end = at.unwrap_or(0);
        return Some(edition.sentence(item.file, block, end.saturating_sub(o.printed.chars().count()), end));
    }
    let exhibit = edition.documents[item.file].exhibits.iter().find(|x| Some(&x.id) == o.exhibit.as_ref())?;
    let blocks = || exhibit.blocks.iter().filter_map(|id| edition.block(item.file, id));
    let body = blocks().find(|b| matches!(b.kind, BlockKind::Table | BlockKind::Chart | BlockKind::Figure));
    let block = body.or_else(|| blocks().next())?;
    let mut start = 0;
    for row in block.text.split('\n').filter(|_| block.kind == BlockKind::Table) {
        let end = start + row.chars().count();
        if row.contains(o.category.as_str()) && row.split('\t').any(|cell| cell.trim() == o.printed) {
            return Some(edition.place(item.file, block, start, end));
        }
        start = end + 1;
    }
    Some(edition.whole(item.file, block))
}

/// Characters at which a text holds another.
fn find(text: &str, part: &str) -> Option<(usize, usize)> {
    let at = text.find(part)?;
    let start = text[..at].chars().count();
    Some((start, start + part.chars().count()))
}

#[cfg(test)]
mod tests {
    use super::super::diff;
    use super::super::testing::{document, exhibit, figure, sentence_figure};
    use super::*;

    /// Caption of one exhibit, and names with values.
    type Exhibit<'r> = (&'r str, &'r [(&'r str, f64)]);

    fn check(before: Exhibit<'_>, after: Exhibit<'_>, same: usize, expected: &[(Relation, f64, f64)]) {
        let report = |(caption, rows): Exhibit<'_>| {
            let mut document = document();
            let id = exhibit(&mut document, "1-1", caption);
            for (name, value) in rows {
                figure(&mut document, &id, name, *value);
            }
            document
        };
        let found = diff(&[&report(before)], &[&report(after)]).figures;
        let changes: Vec<(Relation, f64, f64)> =
            found.changes.iter().map(|c| (c.relation, c.before.value, c.after.value)).collect();
        assert_eq!((found.same, &changes[..]), (same, expected), "{before:?} and {after:?}");
    }

    #[test]
    fn values_of_one_exhibit() {
        use Relation::{Revised, Updated};
        let check1 = |a, b, same, expected: &[_]| check(("件数の推移", a), ("件数の推移", b), same, expected);
        check1(&[("甲", 1.0)], &[("甲", 1.0)], 1, &[]);
        check1(&[("甲", 1.0)], &[("甲", 2.0)], 0, &[(Updated, 1.0, 2.0)]);
        check1(&[("2021", 1.0)], &[("2021", 2.0)], 0, &[(Revised, 1.0, 2.0)]);
        // Of a series over years the latest counts; the year both have is restated.
        check1(&[("2021", 1.0), ("2022", 5.0)], &[("2022", 5.0), ("2023", 9.0)], 1, &[(Updated, 5.0, 9.0)]);
        let both = [(Revised, 5.0, 6.0), (Updated, 5.0, 9.0)];
        check1(&[("2021", 1.0), ("2022", 5.0)], &[("2022", 6.0), ("2023", 9.0)], 0, &both);
        check1(&[("2021", 1.0), ("2022", 5.0)], &[("2021", 1.0), ("2022", 5.0)], 2, &[]);
        // What cannot be told apart is not compared, but its repeats are known.
        check1(&[("甲", 1.0), ("甲", 2.0)], &[("甲", 3.0)], 0, &[]);
        check1(&[("甲", 1.0), ("甲", 2.0)], &[("甲", 2.0), ("甲", 1.0)], 2, &[]);
    }

    #[test]
    fn the_caption_says_for_which_year() {
        let (a, b) = ("原因（2022年度）", "原因（2023年度）");
        check((a, &[("甲", 1.0)]), (b, &[("甲", 2.0)]), 0, &[(Relation::Updated, 1.0, 2.0)]);
        check((a, &[("甲", 1.0)]), (a, &[("甲", 2.0)]), 0, &[(Relation::Revised, 1.0, 2.0)]);
    }

    #[test]
    fn what_an_exhibit_lists_besides_decides_whether_a_value_is_revised() {
        let caption = "相談の件数（2023年度）";
        let before = [("甲", 1.0), ("その他", 5.0)];
        check((caption, &before), (caption, &[("甲", 1.0), ("その他", 6.0)]), 1, &[(Relation::Revised, 5.0, 6.0)]);
        let after = [("甲", 1.0), ("乙", 2.0), ("その他", 3.0)];
        check((caption, &before), (caption, &after), 1, &[(Relation::Regrouped, 5.0, 3.0)]);
    }

    #[test]
    fn a_turned_chart_is_the_same_chart() {
        let (mut before, mut after) = (document(), document());
        let id = exhibit(&mut before, "1-1", "件数");
        figure(&mut before, &id, "甲", 1.0);
        before.observations[0].series = Some("2022年".to_owned());
        let id = exhibit(&mut after, "1-1", "件数");
        figure(&mut after, &id, "2022年", 2.0);
        after.observations[0].series = Some("甲".to_owned());
        let found = diff(&[&before], &[&after]).figures;
        assert_eq!(found.changes.iter().map(|c| c.relation).collect::<Vec<_>>(), [Relation::Revised]);
    }

    #[test]
    fn sentences_are_compared_by_the_words_before_the_figure() {
        let check = |a: &str, b: &str, found: usize| {
            let (mut before, mut after) = (document(), document());
            sentence_figure(&mut before, a, 412.0, "412件");
            sentence_figure(&mut after, b, 468.0, "468件");
            assert_eq!(diff(&[&before], &[&after]).figures.changes.len(), found, "{a} and {b}");
        };
        check("2022年度に公表された事案は", "2023年度に公表された事案は", 1);
        check("事案は367件で、前年の", "事案は412件で、前年の", 1);
        check("公表された事案は", "寄せられた相談は", 0);
        // Six characters tell enough, five do not.
        check("事案の件数は", "事案の件数は", 1);
        check("事案件数は", "事案件数は", 0);
    }
}

//! Sections of two editions, aligned by number and title.

use std::collections::BTreeMap;

use hakusho_model::Section;

use super::align::{Pairs, candidates};
use super::edition::Edition;
use super::parts::{Comparable, Part, PartDiff, report};
use super::words::Words;

/// Likeness from which titles are taken for two forms of one.
const LIKE: u32 = 500;
/// The same, where number and surroundings are the same.
const LIKE_IN_PLACE: u32 = 300;
/// What the same surroundings, and the same number, add to the likeness.
const BONUS: u32 = 100;
/// Sections within that both must share to be one under other titles.
const SHARED: usize = 2;
/// How often pairs found so far may lead to more.
const ROUNDS: usize = 4;

/// A section with its place in the tree of all files.
struct Item {
    /// Key of the section within the edition: file and id.
    key: (usize, String),
    parent: Option<usize>,
    number: Option<Words>,
    words: Words,
    part: Part,
}

impl Comparable for Item {
    fn words(&self) -> &Words {
        &self.words
    }

    fn part(&self) -> &Part {
        &self.part
    }
}

/// Which section, by file and id, goes with which.
pub(super) struct SectionPairs(BTreeMap<(usize, String), (usize, String)>);

impl SectionPairs {
    /// Whether two sections, each by file and id, are the same one.
    pub(super) fn are_one(&self, before: (usize, Option<&String>), after: (usize, Option<&String>)) -> bool {
        let (Some(a), Some(b)) = (before.1, after.1) else { return before.1.is_none() && after.1.is_none() };
        self.0.get(&(before.0, a.clone())).is_some_and(|(file, id)| *file == after.0 && id == b)
    }
}

pub(super) fn compare(before: &Edition<'_>, after: &Edition<'_>) -> (PartDiff, SectionPairs) {
    let (earlier, later) = (items(before), items(after));
    let pairs = align(&earlier, &later);
    let diff = report(&earlier, &later, &pairs, |i, j| {
        same_number(&earlier[i], &later[j]) && same_parent(&pairs, &earlier[i], &later[j])
    });
    let joined = pairs.iter().map(|(i, j)| (earlier[i].key.clone(), later[j].key.clone())).collect();
    (diff, SectionPairs(joined))
}

/// All sections; the months of chronologies, which are no sections to a reader, left out.
fn items(edition: &Edition<'_>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::new();
    for (file, document) in edition.documents.iter().enumerate() {
        let mut index: BTreeMap<&str, usize> = BTreeMap::new();
        for section in &document.sections {
            let words = Words::new(&section.title);
            if words.is_time() {
                continue;
            }
            let parent = section.parent.as_deref().and_then(|p| index.get(p)).copied();
            index.insert(&section.id, out.len());
            let within = parent.map_or_else(Vec::new, |p| around(&out[p]));
            let part = Part {
                number: section.label.clone(),
                title: section.title.clone(),
                within,
                place: place(edition, file, section),
            };
            let number = section.label.as_deref().map(Words::new);
            out.push(Item { key: (file, section.id.clone()), parent, number, words, part });
        }
    }
    out
}

fn around(parent: &Item) -> Vec<String> {
    let name = parent.part.number.clone().unwrap_or_else(|| parent.part.title.clone());
    parent.part.within.iter().cloned().chain([name]).collect()
}

/// Its heading, or what first stands in it.
fn place(edition: &Edition<'_>, file: usize, section: &Section) -> Option<super::Place> {
    let heading = section.heading.as_deref().and_then(|id| edition.block(file, id));
    let inside = || edition.documents[file].blocks.iter().find(|b| b.section.as_deref() == Some(&section.id));
    heading.or_else(inside).map(|block| edition.whole(file, block))
}

fn same_number(a: &Item, b: &Item) -> bool {
    a.number.as_ref().map(|w| &w.plain) == b.number.as_ref().map(|w| &w.plain)
}

fn same_parent(pairs: &Pairs, a: &Item, b: &Item) -> bool {
    match (a.parent, b.parent) {
        (Some(p), Some(q)) => pairs.after[p] == Some(q),
        (None, None) => true,
        _ => false,
    }
}

fn align(before: &[Item], after: &[Item]) -> Pairs {
    let mut pairs = Pairs::new(before.len(), after.len());
    equal_titles(before, after, &mut pairs);
    for _ in 0..ROUNDS {
        let known = pairs.clone();
        let found = pairs.take(candidates(&known, |i, j| {
            let (a, b) = (&before[i], &after[j]);
            let (near, number) = (same_parent(&known, a, b), same_number(a, b));
            let likeness = a.words.likeness(&b.words);
            let numbered = number && a.number.is_some();
            // Equal titles that are still apart are titles of many sections.
            let own = near || likeness < 1000;
            let enough = likeness >= LIKE && own || likeness >= LIKE_IN_PLACE && near && numbered;
            enough.then(|| likeness + BONUS * (u32::from(near) + u32::from(numbered)))
        }));
        if found + by_content(before, after, &mut pairs) == 0 {
            break;
        }
    }
    pairs
}

/// Joins sections under other titles of which at least half of what stands directly within is the same.
fn by_content(before: &[Item], after: &[Item], pairs: &mut Pairs) -> usize {
    let count = |items: &[Item]| {
        let mut count = vec![0usize; items.len()];
        items.iter().filter_map(|item| item.parent).for_each(|p| count[p] += 1);
        count
    };
    let (earlier, later) = (count(before), count(after));
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (i, j) in pairs.iter() {
        if let (Some(p), Some(q)) = (before[i].parent, after[j].parent)
            && pairs.free(p, q)
        {
            *shared.entry((p, q)).or_default() += 1;
        }
    }
    let enough = |((p, q), n): (&(usize, usize), &usize)| {
        (*n >= SHARED && 2 * n >= earlier[*p].max(later[*q])).then_some((*n as u32, *p, *q))
    };
    let found = shared.iter().filter_map(enough).collect();
    pairs.take(found)
}

/// Equal titles go together where their surroundings are alike, or where no other section has the title (はじめに stands
/// in every chapter).
fn equal_titles(before: &[Item], after: &[Item], pairs: &mut Pairs) {
    let mut titles: BTreeMap<&str, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (i, item) in before.iter().enumerate() {
        titles.entry(&item.words.key).or_default().0.push(i);
    }
    for (j, item) in after.iter().enumerate() {
        titles.entry(&item.words.key).or_default().1.push(j);
    }
    let around = |i: usize, j: usize| match (before[i].parent, after[j].parent) {
        (Some(p), Some(q)) => before[p].words.likeness(&after[q].words),
        (None, None) => 1000,
        _ => 0,
    };
    for (earlier, later) in titles.values() {
        let all = earlier.iter().flat_map(|i| later.iter().map(move |j| (*i, *j)));
        let alike = all.filter_map(|(i, j)| {
            let likeness = around(i, j);
            let number = u32::from(same_number(&before[i], &after[j]));
            (likeness >= LIKE).then_some((likeness + BONUS * number, i, j))
        });
        let alike = alike.collect();
        pairs.take(alike);
        if let ([i], [j]) = (&earlier[..], &later[..])
            && pairs.free(*i, *j)
        {
            pairs.join(*i, *j);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::PartFate::{Gone, Moved, MovedAndRenamed, New, Renamed};
    use super::super::testing::{document, section};
    use super::super::{PartChange, PartFate, diff};

    /// `number title` of each section, `>` before it for each level.
    fn check(before: &[&str], after: &[&str], kept: usize, expected: &[(PartFate, &str)]) {
        let tree = |lines: &[&str]| {
            let mut document = document();
            let mut open: Vec<String> = Vec::new();
            for line in lines {
                let title = line.trim_start_matches('>');
                open.truncate(line.len() - title.len());
                let (number, title) = title.split_once(' ').unwrap_or(("", title));
                open.push(section(&mut document, open.last().cloned(), number, title));
            }
            document
        };
        let found = diff(&[&tree(before)], &[&tree(after)]).sections;
        let name = |c: &PartChange| {
            let part = c.after.as_ref().or(c.before.as_ref()).expect("one of them");
            (c.fate, part.title.clone())
        };
        let changes: Vec<(PartFate, String)> = found.changes.iter().map(name).collect();
        let expected: Vec<(PartFate, String)> = expected.iter().map(|(f, t)| (*f, (*t).to_owned())).collect();
        assert_eq!((found.kept, changes), (kept, expected), "{before:?} and {after:?}");
    }

    #[test]
    fn what_becomes_of_sections() {
        check(&["1 脅威の動向"], &["1 脅威の動向"], 1, &[]);
        check(&["1 2023年の脅威"], &["1 2024年の脅威"], 1, &[]);
        check(&["1 脅威の動向"], &["2 脅威の動向"], 0, &[(Moved, "脅威の動向")]);
        check(&["1 脅威の動向"], &["1 脅威と動向"], 0, &[(Renamed, "脅威と動向")]);
        check(&["1 脅威の動向"], &["2 脅威と動向"], 0, &[(MovedAndRenamed, "脅威と動向")]);
        check(&["1 脅威の動向"], &["1 制度"], 0, &[(New, "制度"), (Gone, "脅威の動向")]);
        check(&["はじめに"], &["はじめに"], 1, &[]);
    }

    #[test]
    fn a_chapter_that_moves_takes_its_sections_along() {
        let before = ["1 動向の章", ">1 脅威", ">2 対策"];
        check(&before, &["2 動向の章", ">1 脅威", ">2 対策"], 2, &[(Moved, "動向の章")]);
    }

    #[test]
    fn a_chapter_with_a_new_title_is_known_by_its_sections() {
        let before = ["1 情報の章", ">1 脅威", ">2 対策", ">3 制度"];
        let renamed = [(MovedAndRenamed, "安全をめぐって")];
        let mut after = vec!["2 安全をめぐって", ">1 脅威", ">2 対策", ">3 制度"];
        check(&before, &after, 3, &renamed);
        after.extend([">4 甲", ">5 乙"]);
        let others = [(New, "安全をめぐって"), (New, "甲"), (New, "乙"), (Gone, "情報の章")];
        after[3] = ">3 丙";
        // Two of five are not half, two of four are.
        let all = [(Moved, "脅威"), (Moved, "対策"), (New, "丙"), (New, "甲"), (New, "乙")];
        let expected: Vec<_> = [&others[..1], &all[..], &[(Gone, "情報の章"), (Gone, "制度")]].concat();
        check(&before, &after, 0, &expected);
        after.pop();
        check(&before, &after, 2, &[(MovedAndRenamed, "安全をめぐって"), (New, "丙"), (New, "甲"), (Gone, "制度")]);
    }

    #[test]
    fn a_title_of_every_chapter_stays_in_its_chapter() {
        let before = ["1 通信の章", ">はじめに", "2 放送の章", ">はじめに"];
        let after = ["1 放送の章", ">はじめに", "2 電波の部", ">はじめに"];
        let expected =
            [(Moved, "放送の章"), (New, "電波の部"), (New, "はじめに"), (Gone, "通信の章"), (Gone, "はじめに")];
        check(&before, &after, 1, &expected);
    }

    #[test]
    fn less_likeness_is_enough_in_the_same_place() {
        // Three of ten pairs: 2·3 / (8 + 6) is 428.
        let (a, b) = ("誤送信と設定の誤り", "メールの誤送信");
        check(&[&format!("1 {a}")], &[&format!("1 {b}")], 0, &[(Renamed, b)]);
        check(&[&format!("1 {a}")], &[&format!("2 {b}")], 0, &[(New, b), (Gone, a)]);
    }

    #[test]
    fn months_of_a_chronology_are_no_sections() {
        check(&["1 動き", ">2023年4月"], &["1 動き", ">2024年5月", ">2024年6月"], 1, &[]);
    }
}

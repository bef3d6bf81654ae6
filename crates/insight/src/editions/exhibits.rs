//! Exhibits of two editions, aligned by number, caption and what they list.

use std::collections::{BTreeMap, BTreeSet};

use hakusho_model::Exhibit;

use super::align::{Pairs, candidates};
use super::edition::Edition;
use super::parts::{Comparable, Part, PartDiff, report};
use super::sections::SectionPairs;
use super::words::Words;

/// Likeness of captions from which two are taken for one.
const LIKE: u32 = 500;
/// The same, where they have one number or list the same things.
const LIKE_WITH_SUPPORT: u32 = 300;
/// Share of the same rows or series from which exhibits list the same things.
const SAME_CONTENT: u32 = 600;
/// What a shared number adds.
const NUMBER: u32 = 100;
/// What a shared section adds.
const SECTION: u32 = 50;

struct Item<'d> {
    file: usize,
    exhibit: &'d Exhibit,
    number: Option<String>,
    words: Words,
    /// Rows and series of its figures.
    content: BTreeSet<String>,
    part: Part,
}

impl Comparable for Item<'_> {
    fn words(&self) -> &Words {
        &self.words
    }

    fn part(&self) -> &Part {
        &self.part
    }
}

/// Which exhibit, by file and id, goes with which.
#[derive(Default)]
pub(super) struct ExhibitPairs(BTreeMap<(usize, String), (usize, String)>);

impl ExhibitPairs {
    /// The later exhibit that goes with an earlier one.
    pub(super) fn after(&self, file: usize, id: &str) -> Option<&(usize, String)> {
        self.0.get(&(file, id.to_owned()))
    }
}

/// Whether an exhibit has a number or caption; pieces without either cannot be told apart.
pub(super) fn is_named(exhibit: &Exhibit) -> bool {
    exhibit.label.is_some() || !exhibit.caption.trim().is_empty()
}

pub(super) fn compare(before: &Edition<'_>, after: &Edition<'_>, sections: &SectionPairs) -> (PartDiff, ExhibitPairs) {
    let (earlier, later) = (items(before), items(after));
    let mut pairs = Pairs::new(earlier.len(), later.len());
    pairs.take(candidates(&pairs, |i, j| worth(&earlier[i], &later[j], sections)));
    let diff = report(&earlier, &later, &pairs, |i, j| earlier[i].number == later[j].number);
    let key = |item: &Item<'_>| (item.file, item.exhibit.id.clone());
    (diff, ExhibitPairs(pairs.iter().map(|(i, j)| (key(&earlier[i]), key(&later[j]))).collect()))
}

fn items<'d>(edition: &Edition<'d>) -> Vec<Item<'d>> {
    let mut out = Vec::new();
    for (file, document) in edition.documents.iter().enumerate() {
        for exhibit in document.exhibits.iter().filter(|x| is_named(x)) {
            let block = exhibit.blocks.iter().find_map(|id| edition.block(file, id));
            let section = document.sections.iter().find(|s| exhibit.section.as_ref() == Some(&s.id));
            let part = Part {
                number: exhibit.label.clone(),
                title: exhibit.caption.clone(),
                within: section.iter().map(|s| s.label.clone().unwrap_or_else(|| s.title.clone())).collect(),
                place: block.map(|b| edition.whole(file, b)),
            };
            let figures = document.observations.iter().filter(|o| o.exhibit.as_ref() == Some(&exhibit.id));
            let names = figures.flat_map(|o| o.series.iter().chain([&o.category]));
            let content = names.map(|n| Words::new(n)).filter(|w| !w.is_time()).map(|w| w.key).collect();
            let number = exhibit.number.as_deref().map(|n| Words::new(n).plain);
            out.push(Item { file, exhibit, number, words: Words::new(&exhibit.caption), content, part });
        }
    }
    out
}

fn worth(a: &Item<'_>, b: &Item<'_>, sections: &SectionPairs) -> Option<u32> {
    let likeness = a.words.likeness(&b.words);
    let number = a.number.is_some() && a.number == b.number;
    let shared = a.content.intersection(&b.content).count();
    let all = a.content.union(&b.content).count();
    let content = (1000 * shared).checked_div(all).unwrap_or(0) as u32;
    let support = number || content >= SAME_CONTENT;
    let section = sections.are_one((a.file, a.exhibit.section.as_ref()), (b.file, b.exhibit.section.as_ref()));
    (likeness >= LIKE || likeness >= LIKE_WITH_SUPPORT && support).then(|| {
        let titles = likeness.max((6 * likeness + 4 * content) / 10);
        titles + NUMBER * u32::from(number) + SECTION * u32::from(section)
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{document, exhibit, figure};
    use super::super::{PartFate, diff};

    /// Number, caption and the names of the values of each exhibit.
    type Row<'r> = (&'r str, &'r str, &'r [&'r str]);

    fn check(before: &[Row<'_>], after: &[Row<'_>], expected: &[PartFate]) {
        let report = |rows: &[Row<'_>]| {
            let mut document = document();
            for (number, caption, names) in rows {
                let id = exhibit(&mut document, number, caption);
                for name in *names {
                    figure(&mut document, &id, name, 1.0);
                }
            }
            document
        };
        let found = diff(&[&report(before)], &[&report(after)]).exhibits;
        let fates: Vec<PartFate> = found.changes.iter().map(|c| c.fate).collect();
        assert_eq!(fates, expected, "{before:?} and {after:?}");
    }

    #[test]
    fn what_becomes_of_exhibits() {
        use PartFate::{Gone, Moved, MovedAndRenamed, New, Renamed};
        check(&[("1-1", "原因（2022年度）", &[])], &[("1-1", "原因（2023年度）", &[])], &[]);
        check(&[("1-1", "漏えいの原因", &[])], &[("2-1", "漏えいの原因", &[])], &[Moved]);
        check(&[("1-1", "相談の件数", &[])], &[("1-1", "相談の件数の推移", &[])], &[Renamed]);
        check(&[("1-1", "相談の件数", &[])], &[("2-1", "相談の件数の推移", &[])], &[MovedAndRenamed]);
        check(&[("1-1", "相談の件数", &[])], &[("1-1", "電子契約の利用", &[])], &[New, Gone]);
    }

    #[test]
    fn the_same_rows_hold_up_a_new_caption() {
        let rows = ["多要素認証", "訓練", "更新の管理"];
        let (a, b) = ("対策の実施状況", "対策の実施と課題の一覧（％）");
        check(&[("1-1", a, &rows)], &[("2-1", b, &rows)], &[PartFate::MovedAndRenamed]);
        check(&[("1-1", a, &rows)], &[("2-1", b, &["甲", "乙"])], &[PartFate::New, PartFate::Gone]);
    }

    #[test]
    fn pieces_without_number_and_caption_are_not_compared() {
        check(&[("", "", &[])], &[], &[]);
    }
}

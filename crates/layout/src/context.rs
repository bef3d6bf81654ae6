//! The chapters a file stands in, as its running heads and side tabs name them: an extract that begins in 第4節 still
//! knows its 章 and 部.

use std::collections::BTreeMap;

use hakusho_model::{Artifact, ArtifactKind, Context, Rect, Section};

use crate::chars::{is_digit, is_space};
use crate::numbering::{System, heading_label};
use crate::references::section_number;

/// Largest white space between a number and its title, in points.
const REACH: f32 = 40.0;

/// What the furniture says of volumes, parts, chapters and sections that no heading of the file has, from the outer to the inner.
pub(crate) fn context(artifacts: &[Artifact], sections: &[Section]) -> Vec<Context> {
    let headed: Vec<(System, u32)> =
        sections.iter().filter_map(|s| heading_label(s.label.as_deref()?).map(|l| (l.system, l.value))).collect();
    let mut found: BTreeMap<(System, u32), Named> = BTreeMap::new();
    for artifact in artifacts.iter().filter(|a| a.kind != ArtifactKind::PageNumber) {
        let Some((number, label, rest)) = numbered(&artifact.text) else { continue };
        if headed.contains(&number) {
            continue;
        }
        let title = if rest.is_empty() { beside(artifact, artifacts).unwrap_or_default() } else { rest };
        let named = found.entry(number).or_insert_with(|| Named { label, ..Named::default() });
        if !title.is_empty() {
            *named.titles.entry(title).or_insert(0) += 1;
        }
        if named.pages.last() != Some(&artifact.page) {
            named.pages.push(artifact.page);
        }
    }
    found.into_values().map(Named::settle).collect()
}

/// What the furniture says of one number.
#[derive(Default)]
struct Named {
    label: String,
    /// Titles, and how often each stands.
    titles: BTreeMap<String, u32>,
    pages: Vec<u32>,
}

impl Named {
    fn settle(self) -> Context {
        let title = self.titles.into_iter().rev().max_by_key(|(_, n)| *n).map(|(title, _)| title);
        Context { label: self.label, title, pages: self.pages }
    }
}

/// The number in a running head, its label, and what follows: `令和6年版　情報通信白書　第Ⅰ部`.
fn numbered(text: &str) -> Option<((System, u32), String, String)> {
    let chars: Vec<char> = text.chars().collect();
    let starts = |at: &usize| *at == 0 || is_space(chars[at - 1]);
    let (at, (len, number)) =
        (0..chars.len()).filter(starts).find_map(|at| section_number(&chars[at..]).map(|found| (at, found)))?;
    let label: String = chars[at..at + len].iter().collect();
    let rest: String = chars[at + len..].iter().collect();
    let rest = rest.trim_matches(is_space);
    // 第１章新たな is no number of its own; a page number is no title.
    let apart = chars.get(at + len).is_none_or(|c| is_space(*c));
    apart.then(|| (number, label, if rest.chars().all(is_digit) { String::new() } else { rest.to_owned() }))
}

/// The furniture next to a number that stands alone: its title, behind it or before it in one line or one tab.
fn beside(number: &Artifact, artifacts: &[Artifact]) -> Option<String> {
    let gap = |b: &Rect| {
        let (across, down) =
            ((b.x0 - number.bbox.x1).max(number.bbox.x0 - b.x1), (b.y0 - number.bbox.y1).max(number.bbox.y0 - b.y1));
        if b.y_overlap(&number.bbox) > 0.0 {
            across
        } else if b.x_overlap(&number.bbox) > 0.0 {
            down
        } else {
            f32::MAX
        }
    };
    artifacts
        .iter()
        .filter(|a| a.page == number.page && a.kind == number.kind && a.bbox != number.bbox)
        .filter(|a| numbered(&a.text).is_none() && is_title(&a.text) && gap(&a.bbox) < REACH)
        .min_by(|a, b| gap(&a.bbox).total_cmp(&gap(&b.bbox)))
        .map(|a| a.text.clone())
}

/// Words, not a mark or a number.
fn is_title(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn artifact(kind: ArtifactKind, page: u32, text: &str, bbox: [f32; 4]) -> Artifact {
        let [x0, y0, x1, y1] = bbox;
        Artifact { kind, page, text: text.to_owned(), bbox: Rect::new(x0, y0, x1, y1) }
    }

    fn section(label: &str) -> Section {
        let (label, title) = (Some(label.to_owned()), String::new());
        Section { id: "s1".to_owned(), parent: None, level: 1, label, title, heading: None }
    }

    #[test]
    fn heads_and_tabs_name_part_and_chapter() {
        let furniture = [
            artifact(ArtifactKind::RunningHead, 1, "第４節", [500.0, 10.0, 530.0, 20.0]),
            artifact(ArtifactKind::RunningHead, 1, "見本の動向", [400.0, 10.0, 480.0, 20.0]),
            artifact(ArtifactKind::SideTab, 1, "第2章", [570.0, 100.0, 580.0, 130.0]),
            artifact(ArtifactKind::SideTab, 1, "見本の市場", [570.0, 140.0, 580.0, 200.0]),
            artifact(ArtifactKind::RunningFoot, 1, "令和99年版　見本白書　第Ⅰ部", [60.0, 800.0, 200.0, 810.0]),
            artifact(ArtifactKind::RunningFoot, 2, "令和99年版　見本白書　第Ⅰ部", [60.0, 800.0, 200.0, 810.0]),
        ];
        let found = context(&furniture, &[section("第4節")]);
        let plain: Vec<(&str, Option<&str>, &[u32])> =
            found.iter().map(|c| (c.label.as_str(), c.title.as_deref(), c.pages.as_slice())).collect();
        assert_eq!(plain, [("第Ⅰ部", None, &[1, 2][..]), ("第2章", Some("見本の市場"), &[1][..])]);
    }

    #[test]
    fn titles_stand_near_and_numbers_apart() {
        let head = |x: f32| {
            let number = artifact(ArtifactKind::RunningHead, 1, "第1章", [0.0, 10.0, 30.0, 20.0]);
            let title = artifact(ArtifactKind::RunningHead, 1, "見本", [x, 10.0, x + 20.0, 20.0]);
            context(&[number, title], &[])[0].title.clone()
        };
        assert_eq!((head(69.0), head(70.0)), (Some("見本".to_owned()), None));
        assert!(!is_title("＊6") && is_title("見本"));
        assert_eq!(numbered("第1章新たな時代"), None);
        assert_eq!(numbered("第１部　見本の変革").map(|n| n.2).as_deref(), Some("見本の変革"));
        assert_eq!(numbered("第２部 121").map(|n| n.2).as_deref(), Some(""));
        assert_eq!(numbered("通商白書 2023"), None);
    }
}

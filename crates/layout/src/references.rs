//! References in the text: to exhibits by their number (図表Ⅰ-4-1-2) and to sections by theirs (第4章第1節).
//!
//! A reference is a claim of the report, to be resolved: what does not lead to one thing in this file stays open.

use std::collections::BTreeMap;

use hakusho_lexicon::LayoutWords;
use hakusho_model::{Block, BlockKind, Code, Diagnostic, Document, Reference, Section, Severity};

use crate::chars::{is_kanji, is_space};
use crate::numbering::{System, exhibit_number, heading_label, number_key};

/// Longest number of a section, in characters.
const LONGEST: usize = 8;

/// Resolves the references of all blocks; open ones become diagnostics.
pub(crate) fn resolve(document: &mut Document, words: &LayoutWords) {
    let exhibits: BTreeMap<String, String> =
        document.exhibits.iter().rev().filter_map(|x| Some((number_key(x.number.as_deref()?), x.id.clone()))).collect();
    let outline = Outline::new(&document.sections);
    let mut open = Vec::new();
    for block in &mut document.blocks {
        if block.kind == BlockKind::Caption || !block.kind.is_running_text() && block.kind != BlockKind::Table {
            continue;
        }
        for (start, end, number) in to_exhibits(&block.text, words) {
            let exhibit = exhibits.get(&number_key(&number)).cloned();
            if exhibit.is_none() && block.kind.is_running_text() {
                open.push(dangling(block, start, end));
            }
            block.refs.push(Reference { start, end, exhibit, section: None });
        }
        // A heading does not refer to itself.
        if !block.kind.is_running_text() || block.kind == BlockKind::Heading {
            continue;
        }
        for found in to_sections(&block.text, words) {
            let section = outline.find(&found.path, block.section.as_deref());
            if section.is_none() && found.cued {
                open.push(dangling(block, found.start, found.end));
            }
            if section.is_some() || found.cued {
                block.refs.push(Reference { start: found.start, end: found.end, exhibit: None, section });
            }
        }
        block.refs.sort_by_key(|r| (r.start, r.end));
    }
    document.diagnostics.extend(open);
}

fn dangling(block: &Block, start: usize, end: usize) -> Diagnostic {
    let printed: String = block.text.chars().skip(start).take(end - start).collect();
    Diagnostic {
        code: Code::DanglingReference,
        severity: Severity::Info,
        page: block.lines.iter().find(|l| l.start <= start && start < l.end).map(|l| l.page),
        message: format!("the text refers to {printed}, which is not in this file"),
    }
}

/// References to exhibits: start and end in characters, and the number.
fn to_exhibits(text: &str, words: &LayoutWords) -> Vec<(usize, usize, String)> {
    let mut out = Vec::new();
    let mut skip_until = 0;
    let mut before = ' ';
    let heads: Vec<char> = words.exhibit.iter().filter_map(|w| w.chars().next()).chain(['第']).collect();
    for (index, (at, ch)) in text.char_indices().enumerate() {
        if at >= skip_until && heads.contains(&ch) {
            let word_starts = !(before.is_ascii_alphanumeric() && ch.is_ascii_alphanumeric());
            if word_starts && let Some((len, number)) = exhibit_number(&text[at..], words) {
                let n = text[at..at + len].chars().count();
                // 代表1名, 発表2件: the word is the tail of another.
                let tail_of_word = is_kanji(before) && matches!(ch, '表' | '図');
                if !tail_of_word {
                    out.push((index, index + n, number));
                    skip_until = at + len;
                }
            }
        }
        before = ch;
    }
    out
}

/// A number of a section in the text, from the outer to the inner (第4章第1節).
struct ToSection {
    start: usize,
    end: usize,
    path: Vec<(System, u32)>,
    /// The words around it say that it is a reference.
    cued: bool,
}

fn to_sections(text: &str, words: &LayoutWords) -> Vec<ToSection> {
    if !text.contains('第') {
        return Vec::new();
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out: Vec<ToSection> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let mut end = at;
        let mut path = Vec::new();
        while let Some((len, step)) = section_number(&chars[end..]) {
            path.push(step);
            end += len;
        }
        // 民法第1章, 「白書」第2章: of another work.
        let of_another = at > 0 && (is_kanji(chars[at - 1]) || is_name(chars[at - 1]));
        if !path.is_empty() && !of_another {
            let rest: String = chars[end..].iter().take(LONGEST).collect();
            let cued = words.cue.iter().any(|c| rest.starts_with(c.as_str()));
            out.push(ToSection { start: at, end, path, cued });
        }
        at = end.max(at + 1);
    }
    out
}

fn is_name(c: char) -> bool {
    matches!(c, '\u{30A1}'..='\u{30FA}' | 'ー' | '」' | '』' | '）' | ')') || c.is_ascii_alphanumeric()
}

/// One number of a section at the start of some characters, with its length.
pub(crate) fn section_number(chars: &[char]) -> Option<(usize, (System, u32))> {
    if chars.first() != Some(&'第') || chars.get(1).is_some_and(|c| is_space(*c)) {
        return None;
    }
    let head: String = chars.iter().take(LONGEST).collect();
    let label = heading_label(&head)?;
    let named = matches!(label.system, System::Volume | System::Part | System::Chapter | System::Section);
    named.then(|| (label.text.chars().count(), (label.system, label.value)))
}

/// The sections that have a number, by what it says.
struct Outline<'a> {
    sections: &'a [Section],
    numbers: Vec<Option<(System, u32)>>,
}

impl<'a> Outline<'a> {
    fn new(sections: &'a [Section]) -> Self {
        let number = |s: &Section| heading_label(s.label.as_deref()?).map(|l| (l.system, l.value));
        Self { sections, numbers: sections.iter().map(number).collect() }
    }

    /// The one section that a path leads to, seen from a section: the nearest around it that holds such a path wins.
    fn find(&self, path: &[(System, u32)], from: Option<&str>) -> Option<String> {
        let hits: Vec<usize> = (0..self.sections.len()).filter(|&i| self.ends(i, path)).collect();
        if let [one] = hits[..] {
            return Some(self.sections[one].id.clone());
        }
        let mut around = from.and_then(|id| self.position(id));
        while let Some(k) = around {
            let inside: Vec<usize> = hits.iter().copied().filter(|&i| self.ancestors(i).any(|a| a == k)).collect();
            if let [one] = inside[..] {
                return Some(self.sections[one].id.clone());
            }
            around = self.parent(k);
        }
        None
    }

    /// Whether a section has the last number of a path, and sections around it the others.
    fn ends(&self, i: usize, path: &[(System, u32)]) -> bool {
        let Some((last, outer)) = path.split_last() else { return false };
        self.numbers[i] == Some(*last) && outer.iter().all(|n| self.ancestors(i).any(|a| self.numbers[a] == Some(*n)))
    }

    fn position(&self, id: &str) -> Option<usize> {
        self.sections.iter().position(|s| s.id == id)
    }

    fn parent(&self, i: usize) -> Option<usize> {
        self.position(self.sections[i].parent.as_deref()?)
    }

    fn ancestors(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.parent(i), |&k| self.parent(k))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_in_prose() {
        let words = LayoutWords::embedded();
        let found = to_exhibits("増加した（図表Ⅰ-4-1-1、図２）。発表3件、第1-1-2図のとおり。", &words);
        let numbers: Vec<&str> = found.iter().map(|f| f.2.as_str()).collect();
        assert_eq!(numbers, ["Ⅰ-4-1-1", "２", "1-1-2"]);
        assert_eq!((found[0].0, found[0].1), (5, 14));
    }

    #[test]
    fn sections_in_prose() {
        let words = LayoutWords::embedded();
        let check = |text: &str, expected: &[(usize, usize, usize, bool)]| {
            let found: Vec<_> =
                to_sections(text, &words).iter().map(|f| (f.start, f.end, f.path.len(), f.cued)).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("第４章第１節参照", &[(0, 6, 2, true)]);
        check("（第２節を参照）と、第3章では", &[(1, 4, 1, true), (10, 13, 1, false)]);
        check("民法第1章、「白書」第2章", &[]);
        check("第3回、第三者、第１条", &[]);
    }

    fn section(id: &str, parent: Option<&str>, label: &str) -> Section {
        Section {
            id: id.to_owned(),
            parent: parent.map(ToOwned::to_owned),
            level: 1,
            label: Some(label.to_owned()),
            title: String::new(),
            heading: None,
        }
    }

    #[test]
    fn the_nearest_section_is_meant() {
        let sections = [
            section("s1", None, "第1章"),
            section("s2", Some("s1"), "第1節"),
            section("s3", None, "第2章"),
            section("s4", Some("s3"), "第１節"),
            section("s5", Some("s3"), "第２節"),
        ];
        let outline = Outline::new(&sections);
        let check = |path: &str, from: &str, expected: Option<&str>| {
            let path = &to_sections(path, &LayoutWords::embedded())[0].path;
            assert_eq!(outline.find(path, Some(from)).as_deref(), expected);
        };
        check("第1節", "s5", Some("s4"));
        check("第1節", "s2", Some("s2"));
        check("第二節", "s1", Some("s5"));
        check("第2章第1節", "s1", Some("s4"));
        check("第3節", "s1", None);
        check("第1章第2節", "s1", None);
        assert_eq!(outline.find(&to_sections("第1節", &LayoutWords::embedded())[0].path, None), None);
    }
}

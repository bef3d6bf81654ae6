//! Footnote marks inside gold texts: the document keeps them apart from the text, so they do not count.

use super::file::FootnoteRow;
use crate::fold::{Folded, fold, note_mark, plain_chars};

/// Characters before a mark by which it is known.
const BEFORE: usize = 6;
/// Fewest of them that tell a bare digit from a number.
const LEAST_BEFORE: usize = 4;

/// Finds marks: `＊3` anywhere, and bare ones (`3`) by the words before them.
#[derive(Debug)]
pub(crate) struct Marks {
    known: Vec<(Vec<char>, Vec<char>)>,
}

impl Marks {
    /// The marks of these footnotes.
    pub(crate) fn of(notes: &[FootnoteRow]) -> Self {
        let mut known: Vec<(Vec<char>, Vec<char>)> = notes.iter().filter_map(mark).collect();
        known.sort_unstable();
        known.dedup();
        Self { known }
    }

    /// Length of the mark at an index; 0 where there is none.
    pub(crate) fn length_at(&self, chars: &[char], at: usize) -> usize {
        let starred = note_mark(chars, at);
        if starred > 0 {
            return starred;
        }
        let here = |(before, marker): &&(Vec<char>, Vec<char>)| {
            chars[at..].starts_with(marker) && chars[..at].ends_with(before)
        };
        self.known.iter().find(here).map_or(0, |(_, marker)| marker.len())
    }

    /// A text folded, without its marks.
    pub(crate) fn strip(&self, text: &str) -> Vec<char> {
        Folded::new(text).without(|chars, at| self.length_at(chars, at)).chars
    }
}

fn mark(note: &FootnoteRow) -> Option<(Vec<char>, Vec<char>)> {
    let before = plain_chars(note.anchor_before.as_deref()?);
    let before = before[before.len().saturating_sub(BEFORE)..].to_vec();
    let marker: Vec<char> = fold(&note.marker).chars().collect();
    (before.len() >= LEAST_BEFORE && !marker.is_empty()).then_some((before, marker))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, text: &str, want: &str) {
        let note = FootnoteRow {
            marker: "3".into(),
            page: None,
            text: String::new(),
            anchor_before: Some(before.into()),
            urls: vec![],
        };
        assert_eq!(Marks::of(&[note]).strip(text).iter().collect::<String>(), want);
    }

    #[test]
    fn a_bare_digit_is_a_mark_after_four_known_characters_but_not_after_three() {
        check("認証に改めた", "認証に改めた3。", "認証に改めた。");
        check("改めた後", "改めた後3。", "改めた後。");
        check("改めた", "改めた3。", "改めた3。");
        check("改めた", "改めた＊3。", "改めた。");
    }
}

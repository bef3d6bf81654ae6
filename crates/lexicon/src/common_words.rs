//! Words that are no name by themselves although a list has them as one, and the rule by which a listed name needs support.

use rustc_hash::FxHashSet;

use crate::embedded::FILES;
use crate::normalize::{fold, is_katakana, match_key};
use crate::tsv::rows;

/// Most characters of a name that needs support in any list.
const SHORT: usize = 2;
/// Most characters of a company's name that needs support: half a million companies have every short word among their names.
const SHORT_COMPANY: usize = 3;
/// The same for names in katakana alone.
const SHORT_KATAKANA_COMPANY: usize = 4;
/// Most letters of an English name of one plain word that needs support (`Anchor`, `Play`).
const SHORT_ENGLISH: usize = 6;

/// Tables whose words are common, and the column of the word.
const TABLES: [(&str, usize); 6] = [
    ("stop.tsv", 0),
    ("common-nouns.tsv", 0),
    ("event-words.tsv", 2),
    ("layout.tsv", 1),
    ("org-forms.tsv", 1),
    ("quantity.tsv", 1),
];

/// What list a name comes from, as far as it matters for how much the name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Caution {
    /// Lists that people keep: laws, bodies, places.
    Usual,
    /// Registers of companies: any word is somebody's name.
    Companies,
    /// English names of threats: any English word is somebody's name.
    English,
}

/// The common words, as match keys.
#[derive(Debug)]
pub(crate) struct CommonWords(FxHashSet<String>);

impl CommonWords {
    /// The words of the tables that come with the program.
    pub(crate) fn embedded() -> Self {
        let mut words = FxHashSet::default();
        for (table, column) in TABLES {
            let text = FILES.iter().find(|(name, _)| *name == table).map_or("word", |(_, text)| text);
            // A table that cannot be read is found by the check; here it has no words.
            let Ok(table) = rows(table, text) else { continue };
            words.extend(table.rows.iter().filter_map(|(_, cells)| cells.get(column)).map(|w| match_key(w).text()));
        }
        Self(words)
    }

    /// Whether a name needs support: it is short, written in hiragana alone, without a letter, or a common word.
    pub(crate) fn is_weak(&self, name: &str, caution: Caution) -> bool {
        let folded = fold(name).text();
        let length = folded.chars().filter(|c| !c.is_whitespace()).count();
        let all = |rule: fn(char) -> bool| folded.chars().all(rule);
        let short = match caution {
            Caution::Usual => SHORT,
            Caution::Companies if all(|c| is_katakana(c) || c == '・') => SHORT_KATAKANA_COMPANY,
            Caution::Companies => SHORT_COMPANY,
            Caution::English if all(|c| c.is_ascii_alphabetic()) && !has_inner_capital(&folded) => SHORT_ENGLISH,
            Caution::English => SHORT,
        };
        length <= short
            || all(is_hiragana)
            || !folded.chars().any(char::is_alphabetic)
            || self.0.contains(&match_key(name).text())
    }
}

/// Hiragana has no word boundaries that the matcher could see.
fn is_hiragana(ch: char) -> bool {
    matches!(u32::from(ch), 0x3041..=0x3096) || ch == 'ー'
}

/// `PlugX` and `APT` are no English words, `Anchor` and `anchor` are.
fn has_inner_capital(name: &str) -> bool {
    name.chars().skip(1).any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(caution: Caution, weak: &[&str], plain: &[&str]) {
        let words = CommonWords::embedded();
        for name in weak {
            assert!(words.is_weak(name, caution), "{name} should be weak");
        }
        for name in plain {
            assert!(!words.is_weak(name, caution), "{name} should be plain");
        }
    }

    #[test]
    fn two_characters_are_weak_and_three_are_not() {
        check(Caution::Usual, &["甲乙", "ＡＢ", "委員会", "デジタル", "さくらそう", "2024"], &["甲乙丙", "甲乙法"]);
    }

    #[test]
    fn companies_need_four_characters_and_five_in_katakana() {
        check(
            Caution::Companies,
            &["甲乙丙", "ミホン", "ミホンコ", "テクノロジー"],
            &["甲乙丙丁", "ミホンコウ", "ミホン商"],
        );
    }

    #[test]
    fn english_words_need_seven_letters_or_a_sign_of_a_name() {
        check(Caution::English, &["Anchor", "at", "cmd"], &["Anchors", "PlugX", "Mock Panda", "APT99"]);
    }
}

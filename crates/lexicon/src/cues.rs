//! Words that tell what a name beside them is: titles behind persons, endings of laws' and surveys' titles, words that lean
//! on a name before them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::embedded::FILES;
use crate::tsv::{TableError, rows};

/// One word with what the table notes beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// The characters, as printed.
    pub word: Vec<char>,
    /// The table's note, such as a country's code.
    pub note: String,
}

/// The table `cues.tsv`: words by role, longer ones first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cues(BTreeMap<String, Vec<Cue>>);

impl Cues {
    /// Reads the table.
    ///
    /// # Errors
    /// On a row without a word, or a word that its role has twice.
    pub fn read(file: &str, text: &str) -> Result<Self, TableError> {
        let mut cues = Self::default();
        for (line, cells) in rows(file, text)?.rows {
            let list = cues.0.entry(cells[0].to_owned()).or_default();
            let word: Vec<char> = cells[1].chars().collect();
            if word.is_empty() || list.iter().any(|c| c.word == word) {
                return Err(TableError::new(file, line, format!("`{}` is empty or there already", cells[1])));
            }
            list.push(Cue { word, note: cells[2].to_owned() });
        }
        for list in cues.0.values_mut() {
            list.sort_by(|a, b| b.word.len().cmp(&a.word.len()).then_with(|| a.word.cmp(&b.word)));
        }
        Ok(cues)
    }

    /// The words that come with the program. A malformed table, which a test excludes, has none.
    pub fn embedded() -> &'static Self {
        static CUES: LazyLock<Cues> = LazyLock::new(|| {
            let text = FILES.iter().find(|(name, _)| *name == "cues.tsv").map_or("role\tword\tnote", |(_, t)| t);
            Cues::read("cues.tsv", text).unwrap_or_default()
        });
        &CUES
    }

    /// The words of a role, longer ones first.
    pub fn list(&self, role: &str) -> &[Cue] {
        self.0.get(role).map_or(&[], Vec::as_slice)
    }

    /// The longest word of a role that ends the characters.
    pub fn ending(&self, role: &str, chars: &[char]) -> Option<&Cue> {
        self.list(role).iter().find(|c| chars.ends_with(&c.word))
    }

    /// The longest word of a role that begins the characters.
    pub fn beginning(&self, role: &str, chars: &[char]) -> Option<&Cue> {
        self.list(role).iter().find(|c| chars.starts_with(&c.word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn the_longest_word_of_a_role_wins() {
        let cues = Cues::embedded();
        let word = |c: Option<&Cue>| c.map(|c| c.word.iter().collect::<String>());
        assert_eq!(word(cues.ending("title", &chars("岸田総理大臣"))).as_deref(), Some("総理大臣"));
        assert_eq!(word(cues.beginning("anaphor_law", &chars("同法律が"))).as_deref(), Some("同法律"));
        assert_eq!(cues.ending("title", &chars("岸田")), None);
        assert!(cues.list("no such role").is_empty());
    }

    #[test]
    fn the_table_is_well_formed() {
        let text = FILES.iter().find(|(name, _)| *name == "cues.tsv").map_or("", |(_, t)| t);
        Cues::read("cues.tsv", text).expect("well formed");
        assert!(Cues::read("t.tsv", "role\tword\tnote\na\tx\na\tx\n").is_err(), "a word twice");
    }
}

//! Words that tell what a name beside them is: titles behind persons, endings of laws' and surveys' titles, words that lean
//! on a name before them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::embedded::FILES;
use crate::org_forms::CharSet;
use crate::tsv::{TableError, rows};

/// One word with what the table notes beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// The characters, as printed.
    pub word: Vec<char>,
    /// The table's note, such as a country's code.
    pub note: String,
}

/// The words of one role, longer ones first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CueList {
    words: Vec<Cue>,
    /// The characters that the words begin with: one look excludes most places of a text.
    heads: CharSet,
    /// The characters that they end with.
    tails: CharSet,
}

static NO_CUES: CueList = CueList { words: Vec::new(), heads: CharSet::EMPTY, tails: CharSet::EMPTY };

impl CueList {
    /// The words.
    pub fn words(&self) -> &[Cue] {
        &self.words
    }

    /// The longest word that begins the characters.
    #[inline]
    pub fn beginning(&self, chars: &[char]) -> Option<&Cue> {
        if !self.heads.contains(*chars.first()?) {
            return None;
        }
        self.words.iter().find(|c| chars.starts_with(&c.word))
    }

    /// The longest word that ends the characters.
    #[inline]
    pub fn ending(&self, chars: &[char]) -> Option<&Cue> {
        if !self.tails.contains(*chars.last()?) {
            return None;
        }
        self.words.iter().find(|c| chars.ends_with(&c.word))
    }

    fn add(&mut self, cue: Cue) {
        cue.word.first().into_iter().for_each(|c| self.heads.insert(*c));
        cue.word.last().into_iter().for_each(|c| self.tails.insert(*c));
        self.words.push(cue);
    }
}

/// The table `cues.tsv`: words by role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cues(BTreeMap<String, CueList>);

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
            if word.is_empty() || list.words.iter().any(|c| c.word == word) {
                return Err(TableError::new(file, line, format!("`{}` is empty or there already", cells[1])));
            }
            list.add(Cue { word, note: cells[2].to_owned() });
        }
        for list in cues.0.values_mut() {
            list.words.sort_by(|a, b| b.word.len().cmp(&a.word.len()).then_with(|| a.word.cmp(&b.word)));
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

    /// The words of a role; a role that the table does not have has none.
    pub fn role(&self, role: &str) -> &CueList {
        self.0.get(role).unwrap_or(&NO_CUES)
    }

    /// The words of a role, longer ones first.
    pub fn list(&self, role: &str) -> &[Cue] {
        self.role(role).words()
    }

    /// The longest word of a role that ends the characters.
    pub fn ending(&self, role: &str, chars: &[char]) -> Option<&Cue> {
        self.role(role).ending(chars)
    }

    /// The longest word of a role that begins the characters.
    pub fn beginning(&self, role: &str, chars: &[char]) -> Option<&Cue> {
        self.role(role).beginning(chars)
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

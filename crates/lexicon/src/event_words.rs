//! Words that state events, and the words beside them that say how.

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use hakusho_model::EventKind;

use crate::embedded::FILES;
use crate::normalize::is_katakana;
use crate::tsv::{TableError, rows};

/// A word that states an event, found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventHit<'w> {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// Type of the event.
    pub kind: EventKind,
    /// Finer class.
    pub class: &'w str,
    /// Whether the word names what happened; a `silent` one (無断で, 被害を受け) only tells that something did.
    pub names: bool,
}

/// The table `event-words.tsv`.
pub struct EventWords {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    senses: Vec<(EventKind, String, usize, bool)>,
    /// What follows an incident word when no single incident is meant.
    pub general: Vec<String>,
    /// 可能性: it may have happened.
    pub possible: Vec<String>,
    /// 予定: it will.
    pub planned: Vec<String>,
    /// なかった: it has not.
    pub negated: Vec<String>,
}

impl std::fmt::Debug for EventWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EventWords").field("words", &self.senses.len()).finish_non_exhaustive()
    }
}

impl EventWords {
    /// Reads the table.
    ///
    /// # Errors
    /// On a row with an unknown type or role.
    pub fn read(file: &str, text: &str) -> Result<Self, TableError> {
        let mut words = Self {
            automaton: None,
            senses: Vec::new(),
            general: Vec::new(),
            possible: Vec::new(),
            planned: Vec::new(),
            negated: Vec::new(),
        };
        let mut patterns: Vec<&str> = Vec::new();
        for (line, cells) in rows(file, text)?.rows {
            let (role, word) = (cells[0], cells[2]);
            let kind = match role {
                "incident" => EventKind::Incident,
                "enforcement" => EventKind::Enforcement,
                "lawsuit" => EventKind::Lawsuit,
                "legislation" => EventKind::Legislation,
                "announcement" => EventKind::Announcement,
                "general" | "possible" | "planned" | "negated" => {
                    words.list(role).push(word.to_owned());
                    continue;
                }
                other => return Err(TableError::new(file, line, format!("`{other}` is no type of event"))),
            };
            if word.is_empty() || patterns.contains(&word) {
                return Err(TableError::new(file, line, format!("`{word}` is empty or there already")));
            }
            patterns.push(word);
            words.senses.push((kind, cells[1].to_owned(), word.chars().count(), cells.get(3) != Some(&"silent")));
        }
        words.automaton =
            CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest).build(&patterns).ok();
        Ok(words)
    }

    fn list(&mut self, role: &str) -> &mut Vec<String> {
        match role {
            "general" => &mut self.general,
            "possible" => &mut self.possible,
            "planned" => &mut self.planned,
            _ => &mut self.negated,
        }
    }

    /// The words that come with the program.
    ///
    /// # Errors
    /// When the embedded table is malformed, which a test excludes.
    pub fn embedded() -> Result<Self, TableError> {
        let text = FILES.iter().find(|(name, _)| *name == "event-words.tsv").map_or("type\tclass\tword", |(_, t)| t);
        Self::read("event-words.tsv", text)
    }

    /// The words in a text, from left to right, without overlap.
    pub fn find(&self, text: &str) -> Vec<EventHit<'_>> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let (mut byte, mut chars) = (0, 0);
        automaton
            .leftmost_find_iter(text)
            .filter_map(|m| {
                chars += text[byte..m.start()].chars().count();
                byte = m.start();
                let (kind, class, length, names) = &self.senses[m.value() as usize];
                // コロナウイルス感染 is no infection of a computer: katakana does not begin within katakana.
                let first = text[m.start()..].chars().next().is_some_and(is_katakana);
                let within = first && text[..m.start()].chars().next_back().is_some_and(is_katakana);
                (!within).then_some(EventHit { start: chars, end: chars + length, kind: *kind, class, names: *names })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_wins_and_places_count_characters() {
        let words = EventWords::embedded().expect("well formed");
        let hits = words.find("行政処分と不正アクセスを公表");
        let found: Vec<(usize, usize, &str)> = hits.iter().map(|h| (h.start, h.end, h.class)).collect();
        assert_eq!(found, [(0, 4, "order"), (5, 11, "unauthorized_access"), (12, 14, "publish")]);
    }

    #[test]
    fn unknown_types_and_doubles_are_refused() {
        for text in ["type\tclass\tword\nfire\t-\t火事\n", "type\tclass\tword\nincident\ta\t流出\nincident\tb\t流出\n"]
        {
            assert!(EventWords::read("t.tsv", text).is_err());
        }
    }
}

//! Finding names in text: one automaton over the match keys of all surfaces, overlapping, with boundary rules.
//!
//! Half a million company names are a usual load, so what belongs to a pattern lies in flat lists, and the work on a text
//! beyond the automaton's own is done for hits alone.

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};
use hakusho_model::MentionKind;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::embedded::FILES;
use crate::entries::Entry;
use crate::normalize::{Folded, is_katakana, match_key};
use crate::tsv::rows;

/// How much a surface says by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Short, common or shared: needs support from its neighbours or a definition in the document.
    Weak,
    /// A name wherever it stands.
    Plain,
}

/// A surface found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// First printed character.
    pub start: usize,
    /// One past the last printed character.
    pub end: usize,
    /// Index of the entry.
    pub entry: u32,
    /// How much the surface says.
    pub strength: Strength,
}

/// What one pattern stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sense {
    pub(crate) entry: u32,
    pub(crate) strength: Strength,
    /// The surface is written in capitals and must be printed so (`WHO`).
    pub(crate) capitals: bool,
}

/// The automaton: each pattern's value is its number.
pub(crate) type Automaton = CharwiseDoubleArrayAhoCorasick<u32>;

/// Matches all surfaces of the lexicon.
pub struct Matcher {
    pub(crate) automaton: Option<Automaton>,
    /// Senses of pattern `n`: `senses[starts[n]..starts[n + 1]]`.
    pub(crate) starts: Vec<u32>,
    pub(crate) senses: Vec<Sense>,
}

impl std::fmt::Debug for Matcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Matcher").field("patterns", &self.patterns()).finish_non_exhaustive()
    }
}

impl Matcher {
    /// Builds the automaton over the surfaces of some entries.
    pub fn new(entries: &[Entry]) -> Self {
        let stop = stop_list();
        let mut index: FxHashMap<String, usize> = FxHashMap::default();
        let mut senses: Vec<Vec<Sense>> = Vec::new();
        for (number, entry) in entries.iter().enumerate() {
            for (surface, strength) in surfaces(entry) {
                let key = match_key(surface).text();
                if key.is_empty() || stop.contains(&key) {
                    continue;
                }
                let at = *index.entry(key).or_insert_with(|| {
                    senses.push(Vec::new());
                    senses.len() - 1
                });
                let sense = Sense { entry: number as u32, strength, capitals: is_acronym(surface) };
                match senses[at].iter_mut().find(|s| s.entry == sense.entry) {
                    // A surface listed as weak is weak, even where it is also the label.
                    Some(known) => known.strength = known.strength.min(strength),
                    None => senses[at].push(sense),
                }
            }
        }
        let mut patterns: Vec<(String, u32)> = index.into_iter().map(|(key, at)| (key, at as u32)).collect();
        // In order of the text the automaton is built faster, and the same bytes come of the same names.
        patterns.sort_unstable();
        // Building fails only without patterns: then there is nothing to find.
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new().build_with_values(patterns).ok();
        let mut starts = vec![0];
        starts.extend(senses.iter().scan(0, |end, list| {
            *end += list.len() as u32;
            Some(*end)
        }));
        Self { automaton, starts, senses: senses.concat() }
    }

    /// How many different surfaces are looked for.
    pub fn patterns(&self) -> usize {
        self.starts.len() - 1
    }

    /// Bytes that the automaton and its senses take in memory.
    pub fn heap_bytes(&self) -> usize {
        self.automaton.as_ref().map_or(0, CharwiseDoubleArrayAhoCorasick::heap_bytes)
            + self.starts.len() * size_of::<u32>()
            + self.senses.len() * size_of::<Sense>()
    }

    /// How many surfaces stand in a text that is a match key already, boundaries not looked at: the automaton's own work,
    /// for measuring it.
    pub fn count_in_key(&self, key: &str) -> usize {
        self.automaton.as_ref().map_or(0, |a| a.find_overlapping_iter(key).count())
    }

    /// All surfaces in a text that stand at word boundaries, also inside one another, by start and then longest first.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let printed: Vec<char> = text.chars().collect();
        self.find_in(&match_key(text), &printed)
    }

    /// As [`Self::find`], of a text whose [`match_key`] and characters are at hand.
    pub fn find_in(&self, key: &Folded, printed: &[char]) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut joined = String::with_capacity(key.chars.len() * 3);
        joined.extend(key.chars.iter().map(|c| c.ch));
        let mut raw = automaton.find_overlapping_iter(&joined).peekable();
        if raw.peek().is_none() {
            return Vec::new();
        }
        let at = starts_of_chars(&joined);
        let mut hits = Vec::new();
        for found in raw {
            let (start, end) = key.span(number_of(&at, found.start()), number_of(&at, found.end()));
            if !stands_free(printed, start, end) {
                continue;
            }
            for sense in self.senses_of(found.value()) {
                if !sense.capitals || printed[start..end].iter().any(|c| is_capital(*c)) {
                    hits.push(Hit { start, end, entry: sense.entry, strength: sense.strength });
                }
            }
        }
        hits.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)).then(a.entry.cmp(&b.entry)));
        hits
    }

    fn senses_of(&self, pattern: u32) -> &[Sense] {
        let at = pattern as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => self.senses.get(*from as usize..*to as usize).unwrap_or_default(),
            _ => &[],
        }
    }
}

/// Surfaces of an entry. English labels count as surfaces only for kinds whose names are printed in Latin letters.
pub(crate) fn surfaces(entry: &Entry) -> impl Iterator<Item = (&str, Strength)> {
    let latin = matches!(entry.kind, MentionKind::Org | MentionKind::Law | MentionKind::Cert | MentionKind::Product);
    let en = Some(entry.en.as_str()).filter(|s| latin && !s.is_empty());
    let plain = std::iter::once(entry.ja.as_str()).chain(en).chain(entry.aliases.iter().map(String::as_str));
    plain.map(|s| (s, Strength::Plain)).chain(entry.weak.iter().map(|s| (s.as_str(), Strength::Weak)))
}

pub(crate) fn stop_list() -> FxHashSet<String> {
    let text = FILES.iter().find(|(name, _)| *name == "stop.tsv").map_or("", |(_, text)| text);
    rows("stop.tsv", text)
        .map(|t| t.rows.iter().map(|(_, cells)| match_key(cells[0]).text()).collect())
        .unwrap_or_default()
}

/// The byte at which each character begins, and the length of the text.
fn starts_of_chars(text: &str) -> Vec<u32> {
    text.char_indices().map(|(i, _)| i as u32).chain([text.len() as u32]).collect()
}

/// Number of the character that begins at a byte.
fn number_of(starts: &[u32], byte: usize) -> usize {
    starts.partition_point(|s| (*s as usize) < byte)
}

/// Two to five capitals: an abbreviation that must be printed in capitals.
fn is_acronym(surface: &str) -> bool {
    let letters = surface.chars().filter(char::is_ascii_alphabetic).count();
    (2..=5).contains(&letters)
        && surface.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '/' | '&' | '.'))
}

fn is_capital(ch: char) -> bool {
    ch.is_ascii_uppercase() || ('Ａ'..='Ｚ').contains(&ch)
}

/// Word boundaries by script: katakana next to katakana, letters or digits next to letters or digits kill a match.
fn stands_free(printed: &[char], start: usize, end: usize) -> bool {
    let class = |c: char| match c {
        c if is_katakana(c) || matches!(u32::from(c), 0xFF66..=0xFF9F) => 1,
        c if c.is_ascii_alphanumeric()
            || matches!(u32::from(c), 0xFF10..=0xFF19 | 0xFF21..=0xFF3A | 0xFF41..=0xFF5A) =>
        {
            2
        }
        _ => 0,
    };
    let meets = |a: Option<&char>, b: Option<&char>| match (a, b) {
        (Some(&a), Some(&b)) => class(a) != 0 && class(a) == class(b),
        _ => false,
    };
    let before = start.checked_sub(1).and_then(|i| printed.get(i));
    !meets(before, printed.get(start)) && !meets(end.checked_sub(1).and_then(|i| printed.get(i)), printed.get(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entries::{COLUMNS, read_entries};

    fn matcher() -> (Matcher, Vec<Entry>) {
        let text = format!(
            "{}\norg/x/mic\tORG\tministry\t総務省\tMIC\t\t\norg/x/bureau\tORG\tbureau\t総務省情報流通行政局\t\t\t\nthreat/hk/virus\tTHREAT\tconcept\tウイルス\t\t\t\norg/x/who\tORG\tinternational\t世界保健機関\t\tWHO\t\norg/x/it\tORG\tcompany\tIT\t\t\t\ncountry/US\tLOC\tcountry\t米国\t\tアメリカ\t米\n",
            COLUMNS.join("\t")
        );
        let entries = read_entries("t.tsv", &text).expect("well formed");
        (Matcher::new(&entries), entries)
    }

    fn found(text: &str) -> Vec<String> {
        let (matcher, _) = matcher();
        let chars: Vec<char> = text.chars().collect();
        matcher.find(text).iter().map(|h| chars[h.start..h.end].iter().collect()).collect()
    }

    #[test]
    fn names_inside_names_are_found() {
        assert_eq!(found("総務省情報流通行政局は"), ["総務省情報流通行政局", "総務省"]);
    }

    #[test]
    fn script_boundaries() {
        assert_eq!(found("ウイルスの感染"), ["ウイルス"]);
        assert!(found("コロナウイルス").is_empty());
        assert!(found("ウイルスバスター").is_empty());
        assert!(found("ITU").is_empty());
        assert_eq!(found("「IT」"), ["IT"]);
    }

    #[test]
    fn abbreviations_want_capitals() {
        assert_eq!(found("ＷＨＯ及びWHO"), ["ＷＨＯ", "WHO"]);
        assert!(found("people who").is_empty());
    }

    #[test]
    fn weak_surfaces_say_so() {
        let (matcher, _) = matcher();
        assert_eq!(matcher.find("米は").first().map(|h| h.strength), Some(Strength::Weak));
    }
}

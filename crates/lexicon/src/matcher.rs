//! Finding names in text: one automaton over the match keys of all surfaces, overlapping, with boundary rules.

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
#[derive(Clone, Debug)]
struct Sense {
    entry: u32,
    strength: Strength,
    /// The surface is written in capitals and must be printed so (`WHO`).
    capitals: bool,
}

/// Matches all surfaces of the lexicon.
pub struct Matcher {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    senses: Vec<Vec<Sense>>,
    stop: FxHashSet<String>,
}

impl std::fmt::Debug for Matcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Matcher").field("patterns", &self.senses.len()).finish_non_exhaustive()
    }
}

impl Matcher {
    /// Builds the automaton over the surfaces of some entries.
    pub fn new(entries: &[Entry]) -> Self {
        let mut index: FxHashMap<String, usize> = FxHashMap::default();
        let mut patterns: Vec<String> = Vec::new();
        let mut senses: Vec<Vec<Sense>> = Vec::new();
        for (number, entry) in entries.iter().enumerate() {
            for (surface, strength) in surfaces(entry) {
                let key = match_key(surface).text();
                if key.is_empty() {
                    continue;
                }
                let at = *index.entry(key.clone()).or_insert_with(|| {
                    patterns.push(key);
                    senses.push(Vec::new());
                    patterns.len() - 1
                });
                let sense = Sense { entry: number as u32, strength, capitals: is_acronym(surface) };
                match senses[at].iter_mut().find(|s| s.entry == sense.entry) {
                    // A surface listed as weak is weak, even where it is also the label.
                    Some(known) => known.strength = known.strength.min(strength),
                    None => senses[at].push(sense),
                }
            }
        }
        let pairs = patterns.iter().enumerate().map(|(i, p)| (p.as_str(), i as u32));
        // Building fails only without patterns: then there is nothing to find.
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new().build_with_values(pairs).ok();
        Self { automaton, senses, stop: stop_list() }
    }

    /// All surfaces in a text that stand at word boundaries, also inside one another, by start and then longest first.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let printed: Vec<char> = text.chars().collect();
        self.find_in(&match_key(text), &printed)
    }

    /// As [`Self::find`], of a text whose [`match_key`] and characters are at hand.
    pub fn find_in(&self, key: &Folded, printed: &[char]) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let (joined, at) = joined(key);
        let mut hits = Vec::new();
        for found in automaton.find_overlapping_iter(&joined) {
            let (from, to) = (at[found.start()] as usize, at[found.end()] as usize);
            let (start, end) = key.span(from, to);
            if !stands_free(printed, start, end) || self.stop.contains(&joined[found.start()..found.end()]) {
                continue;
            }
            for sense in &self.senses[found.value() as usize] {
                if !sense.capitals || printed[start..end].iter().any(|c| is_capital(*c)) {
                    hits.push(Hit { start, end, entry: sense.entry, strength: sense.strength });
                }
            }
        }
        hits.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)).then(a.entry.cmp(&b.entry)));
        hits
    }
}

/// Surfaces of an entry. English labels count as surfaces only for kinds whose names are printed in Latin letters.
fn surfaces(entry: &Entry) -> impl Iterator<Item = (&str, Strength)> {
    let latin = matches!(entry.kind, MentionKind::Org | MentionKind::Law | MentionKind::Cert | MentionKind::Product);
    let en = Some(entry.en.as_str()).filter(|s| latin && !s.is_empty());
    let plain = std::iter::once(entry.ja.as_str()).chain(en).chain(entry.aliases.iter().map(String::as_str));
    plain.map(|s| (s, Strength::Plain)).chain(entry.weak.iter().map(|s| (s.as_str(), Strength::Weak)))
}

fn stop_list() -> FxHashSet<String> {
    let text = FILES.iter().find(|(name, _)| *name == "stop.tsv").map_or("", |(_, text)| text);
    rows("stop.tsv", text)
        .map(|t| t.rows.iter().map(|(_, cells)| match_key(cells[0]).text()).collect())
        .unwrap_or_default()
}

/// The key as a string, and for each byte offset the number of characters before it.
fn joined(key: &Folded) -> (String, Vec<u32>) {
    let text = key.text();
    let mut at = vec![0u32; text.len() + 1];
    let mut n = 0;
    for (i, ch) in text.char_indices() {
        for slot in &mut at[i..i + ch.len_utf8()] {
            *slot = n;
        }
        n += 1;
    }
    at[text.len()] = n;
    (text, at)
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

//! What a name that no list has may be: a misprint, a short form or a longer form of a listed one. Likeness only proposes; it
//! never links.

use std::collections::BTreeMap;

use hakusho_lexicon::{Cues, Entry, match_key};
use hakusho_model::{MentionKind, Proposal, order_proposals};

use crate::linker::Linker;

/// Characters that a key has at least for one that differs to be a misprint.
const MISPRINT: usize = 4;
/// Characters that a name has at least to be the beginning or the short form of another.
const SHORTEST: usize = 3;
/// Proposals for one name.
const MOST: usize = 5;

/// A plain name of an entry.
#[derive(Debug)]
pub(crate) struct Name {
    entry: u32,
    key: Vec<char>,
}

impl Name {
    /// The plain names of entries, as match keys.
    pub(crate) fn all(entries: &[Entry]) -> Vec<Self> {
        let plain = |e: &Entry| -> Vec<String> {
            let names = std::iter::once(&e.ja).chain([&e.en]).chain(&e.aliases);
            names.filter(|n| !n.is_empty() && !e.weak.contains(n)).cloned().collect()
        };
        let key = |name: &str| match_key(name).chars.iter().map(|c| c.ch).collect::<Vec<char>>();
        let numbered = entries.iter().enumerate();
        numbered.flat_map(|(i, e)| plain(e).into_iter().map(move |n| Self { entry: i as u32, key: key(&n) })).collect()
    }

    /// The entry and the key.
    #[cfg(test)]
    pub(crate) fn parts<'e>(&self, entries: &'e [Entry]) -> (&'e Entry, String) {
        (&entries[self.entry as usize], self.key.iter().collect())
    }
}

impl Linker {
    /// Entries of a type that a name may stand for, the likeliest first.
    pub(crate) fn proposals(&self, name: &str, kind: MentionKind) -> Vec<Proposal> {
        let whole: Vec<char> = match_key(name).chars.iter().map(|c| c.ch).collect();
        let bare = without_country(&whole);
        let mut best: BTreeMap<u32, (i32, &'static str)> = BTreeMap::new();
        for known in self.names().iter().filter(|n| self.entries()[n.entry as usize].kind == kind) {
            let found = [&whole[..], bare].into_iter().filter_map(|n| likeness(n, &known.key)).max();
            if let Some(found) = found {
                let slot = best.entry(known.entry).or_insert(found);
                *slot = found.max(*slot);
            }
        }
        let proposal = |(number, (score, reason)): (u32, (i32, &str))| {
            let entry = &self.entries()[number as usize];
            Proposal { entity: self.iri(entry), label: entry.ja.clone(), score, reasons: vec![reason.to_owned()] }
        };
        let mut out: Vec<Proposal> = best.into_iter().map(proposal).collect();
        order_proposals(&mut out);
        out.truncate(MOST);
        out
    }
}

/// A name without the one sign of a country before it (米連邦…).
fn without_country(name: &[char]) -> &[char] {
    let cue = Cues::embedded().beginning("country", name);
    cue.filter(|c| c.word.len() < name.len()).map_or(name, |c| &name[c.word.len()..])
}

/// How alike a name is to a listed one, in thousandths, and how; `None` where it is not.
fn likeness(name: &[char], known: &[char]) -> Option<(i32, &'static str)> {
    let (short, long) = (name.len().min(known.len()), name.len().max(known.len()));
    if name.is_empty() || known.is_empty() {
        return None;
    }
    let share = (1000 * short / long) as i32;
    if name == known {
        return Some((1000, "it is a listed name"));
    }
    if short >= MISPRINT && one_apart(name, known) {
        return Some((misprint(short), "one character differs from a listed name"));
    }
    if short < SHORTEST {
        return None;
    }
    if known.starts_with(name) {
        return Some((share - 100, "a listed name begins with it"));
    }
    if name.starts_with(known) {
        return Some((share - 100, "it begins with a listed name"));
    }
    (short >= MISPRINT && is_short_form(name, known))
        .then_some((share - 200, "it is a listed name with characters left out"))
}

/// Score of a name of that length with one other character: the longer, the likelier, and never sure enough to link.
fn misprint(length: usize) -> i32 {
    (900 - 1000 / length as i32).min(790)
}

/// Whether one insertion, deletion or replacement makes one of the other.
fn one_apart(a: &[char], b: &[char]) -> bool {
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    a.len().max(b.len()) - tail == 1
}

/// Whether a name is the other with characters left out inside: at least half is left, with its first and last one.
fn is_short_form(name: &[char], known: &[char]) -> bool {
    let ends = name.first() == known.first() && name.last() == known.last();
    let mut rest = known.iter();
    ends && name.len() * 2 >= known.len() && name.len() < known.len() && name.iter().all(|c| rest.any(|k| k == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_proposes_and_says_why() {
        let check = |name: &str, known: &str, expected: Option<&str>| {
            let chars = |s: &str| s.chars().collect::<Vec<char>>();
            let found = likeness(&chars(name), &chars(known)).map(|(_, reason)| reason);
            assert_eq!(found, expected, "{name} {known}");
        };
        check("情報処理推進機構", "情報処理推進機構", Some("it is a listed name"));
        check("情報処埋推進機構", "情報処理推進機構", Some("one character differs from a listed name"));
        // Two apart is another name.
        check("情報処埋進進機構", "情報処理推進機構", None);
        // Four characters may be misprinted, three are another name.
        check("三菱電気", "三菱電機", Some("one character differs from a listed name"));
        check("経産庁", "経産省", None);
        check("連邦委員会", "連邦取引委員会", Some("it is a listed name with characters left out"));
        check("三菱電機", "三菱重工業", None);
        check("総務省情報流通局", "総務省", Some("it begins with a listed name"));
        check("見本", "見本市", None);
    }
}

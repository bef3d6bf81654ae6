//! Short names that the report gives to names no list has: `2019年調査（以下「前回調査」という。）`, `○○研究会（ABC）`.

use std::collections::BTreeMap;

use hakusho_lexicon::{Folded, match_key};
use hakusho_model::MentionKind;

use crate::candidate::{Candidate, Target};
use crate::scope::Scope;

/// Longest short name.
const LONGEST: usize = 24;

/// What a short name stands for in this report.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Meaning {
    kind: MentionKind,
    target: Target,
    /// How sure the rule is, in thousandths.
    score: u16,
}

/// The short names of one report.
#[derive(Clone, Debug, Default)]
pub(crate) struct Learned(BTreeMap<String, Meaning>);

impl Learned {
    /// Takes up what the brackets behind the names of a block define.
    pub(crate) fn read(&mut self, scope: &Scope<'_>, names: &[Candidate]) {
        for name in names {
            self.take_up(scope, name);
            let Some((start, end)) = short_name(scope.chars, name.end) else { continue };
            let short = scope.text(start, end);
            // A short name that a list knows for another thing of the same type is that thing.
            let other = names
                .iter()
                .any(|c| c.start == start && c.end == end && c.target != name.target && c.rule == "gazetteer");
            let target = match &name.target {
                Target::Unlisted(None) => Target::Unlisted(Some(scope.text(name.start, name.end))),
                Target::Entry(_) | Target::Edition(..) | Target::Unlisted(_) => name.target.clone(),
                _ => continue,
            };
            if !other && !matches!(name.kind, MentionKind::Date | MentionKind::Qty | MentionKind::Loc) {
                self.0.insert(match_key(&short).text(), Meaning { kind: name.kind, target, score: 945 });
            }
        }
    }

    /// A name found by its slot is a name wherever the report prints it.
    fn take_up(&mut self, scope: &Scope<'_>, name: &Candidate) {
        let slot = matches!(name.rule, "head" | "slot" | "publisher") && name.target == Target::Unlisted(None);
        let surface = scope.text(name.start, name.end);
        let long = surface.chars().count() >= 3 && !surface.contains(['・', '、']);
        if slot && long && name.kind == MentionKind::Org {
            let meaning = Meaning { kind: name.kind, target: Target::Unlisted(None), score: 852 };
            self.0.entry(match_key(&surface).text()).or_insert(meaning);
        }
    }

    /// Where a block uses the short names.
    pub(crate) fn find(&self, scope: &Scope<'_>) -> Vec<Candidate> {
        let mut out = Vec::new();
        if self.0.is_empty() {
            return out;
        }
        let key = scope.key;
        let text: Vec<char> = key.chars.iter().map(|c| c.ch).collect();
        for (short, meaning) in &self.0 {
            let word: Vec<char> = short.chars().collect();
            for at in occurrences(&text, &word) {
                out.push(found(key, at, at + word.len(), meaning));
            }
        }
        out
    }
}

fn found(key: &Folded, from: usize, to: usize, meaning: &Meaning) -> Candidate {
    let (start, end) = key.span(from, to);
    Candidate::name(
        (start, end),
        meaning.kind,
        meaning.target.clone(),
        if meaning.score > 900 { "defined" } else { "again" },
        meaning.score,
    )
}

/// Where a word stands free: letters do not touch letters, katakana not katakana.
fn occurrences(text: &[char], word: &[char]) -> Vec<usize> {
    let class = |c: char| match c {
        c if c.is_ascii_alphanumeric() => 1,
        c if hakusho_lexicon::is_katakana(c) => 2,
        _ => 0,
    };
    let touches = |a: Option<char>, b: char| a.is_some_and(|a| class(a) != 0 && class(a) == class(b));
    let mut out = Vec::new();
    for at in 0..text.len().saturating_sub(word.len() - 1) {
        if text[at..].starts_with(word) {
            let before = at.checked_sub(1).map(|i| text[i]);
            let after = text.get(at + word.len()).copied();
            if !touches(before, word[0]) && !touches(after, word[word.len() - 1]) {
                out.push(at);
            }
        }
    }
    out
}

/// The short name that brackets behind a name give it.
fn short_name(chars: &[char], mut at: usize) -> Option<(usize, usize)> {
    if matches!(chars.get(at), Some('」' | '』')) {
        at += 1;
    }
    // A year or the foreign name may stand in brackets of its own before the definition.
    for _ in 0..2 {
        if !matches!(chars.get(at), Some('（' | '(')) {
            return None;
        }
        let close = at + chars[at..].iter().take(100).position(|c| matches!(c, '）' | ')'))?;
        if let Some(found) = hereafter(chars, at + 1, close) {
            return Some(found);
        }
        if let Some(found) = capitals(chars, at + 1, close) {
            return Some(found);
        }
        at = close + 1 + usize::from(matches!(chars.get(close + 1), Some('」')));
    }
    None
}

/// `以下「Y」という。`, `以下、Y`.
fn hereafter(chars: &[char], from: usize, to: usize) -> Option<(usize, usize)> {
    let mark = (from..to.saturating_sub(1)).find(|i| chars[*i] == '以' && chars[*i + 1] == '下')?;
    let open = mark + chars[mark..to].iter().position(|c| *c == '「')? + 1;
    let end = open + chars[open..to].iter().position(|c| *c == '」')?;
    (end > open + 1 && end - open <= LONGEST).then_some((open, end))
}

/// A whole bracket of capitals: `（NICT）`.
fn capitals(chars: &[char], from: usize, to: usize) -> Option<(usize, usize)> {
    let inner = &chars[from..to];
    let short =
        (2..=10).contains(&inner.len()) && inner.iter().all(|c| c.is_ascii_uppercase() || matches!(c, '-' | '/' | '&'));
    short.then_some((from, to))
}

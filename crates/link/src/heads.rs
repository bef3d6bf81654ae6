//! Whom a chronology entry is about (`・甲社、…`), and organisations that are described and not named (`米規制当局`).

use hakusho_lexicon::is_katakana;
use hakusho_model::MentionKind;

use crate::candidate::{Candidate, Target};
use crate::forms::is_name;
use crate::scope::{Scope, is_hiragana, is_kanji, is_latin};

/// Longest head of a chronology entry, in characters.
const HEAD: usize = 24;
/// Longest description.
const LONGEST: usize = 16;

/// The head of a chronology entry that nothing else has named.
pub(crate) fn head(scope: &Scope<'_>, known: &[Candidate]) -> Vec<Candidate> {
    let Some(start) = scope.head() else { return Vec::new() };
    let Some(length) = scope.chars[start..].iter().take(HEAD + 1).position(|c| matches!(c, '、' | '，')) else {
        return Vec::new();
    };
    let end = start + length;
    let name = &scope.chars[start..end];
    if name.ends_with(&['調', '査']) {
        let body = known.iter().any(|c| c.kind == MentionKind::Org && c.start >= start && c.end == end - 2);
        let named = body || name.len() > 3 && !name.iter().any(|c| is_hiragana(*c));
        let latin = scope.chars[start..end - 2]
            .iter()
            .rev()
            .take_while(|c| is_latin(**c) || matches!(c, ' ' | '/' | '-'))
            .count();
        let listed = known.iter().filter(|c| c.kind == MentionKind::Org && c.end == end - 2).map(|c| c.start).min();
        let from = listed.unwrap_or(if latin >= 3 { end - 2 - latin } else { start });
        if !named {
            return Vec::new();
        }
        // Whose survey it is, which no list has.
        let body = Candidate::name((from, end - 2), MentionKind::Org, Target::Unlisted(None), "head", 850);
        let survey = Candidate::name((from, end), MentionKind::Survey, Target::Unlisted(None), "head-survey", 960);
        return if listed.is_some() { vec![survey] } else { vec![survey, body] };
    }
    let plain = name.len() >= 2 && name.iter().all(|c| is_name(*c)) && !name.iter().all(|c| c.is_numeric());
    let taken =
        known.iter().any(|c| c.touches(start, end) && c.kind != MentionKind::Loc && c.kind != MentionKind::Product);
    if plain && !taken && !name.contains(&'・') {
        return vec![head_name(scope, start, end)];
    }
    joined_heads(scope, known, start, end)
}

/// A head without 他 (`○○他、`).
fn head_name(scope: &Scope<'_>, start: usize, end: usize) -> Candidate {
    let others = usize::from(scope.chars[end - 1] == '他' && end - start > 3);
    Candidate::name((start, end - others), MentionKind::Org, Target::Unlisted(None), "head", 850)
}

/// The parts of a head that names several: `甲社と乙社、`, `米・英・豪政府、`.
fn joined_heads(scope: &Scope<'_>, known: &[Candidate], start: usize, end: usize) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut from = start;
    let dots = scope.chars[..end].ends_with(&['政', '府']);
    for at in start..=end {
        let joint = at == end || scope.chars[at] == 'と' || dots && scope.chars[at] == '・';
        if !joint {
            continue;
        }
        let name = &scope.chars[from..at];
        let sign = dots && scope.cues.role("country").beginning(name).is_some_and(|c| c.word.len() == name.len());
        let plain = name.len() >= 2 && name.iter().all(|c| is_name(*c)) && !name.iter().all(|c| c.is_numeric());
        let taken = known.iter().any(|c| c.touches(from, at) && c.kind == MentionKind::Org);
        if !plain && !sign && !taken {
            return Vec::new();
        }
        if !taken {
            out.push(head_name(scope, from, at));
        }
        from = at + 1;
    }
    out
}

/// Organisations that stand for one without naming it, by the last word of the description.
pub(crate) fn described(scope: &Scope<'_>) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut at = 0;
    let words = scope.cues.role("desc");
    while at < scope.chars.len() {
        let Some(cue) = words.beginning(&scope.chars[at..]) else {
            at += 1;
            continue;
        };
        let end = at + cue.word.len();
        let mut start = at;
        while start > 0
            && at - start < LONGEST
            && (is_kanji(scope.chars[start - 1]) || is_katakana(scope.chars[start - 1]))
        {
            start -= 1;
        }
        // A description needs something that tells which one: 米規制当局, 個人情報保護監督機関, and entries always do.
        let told = start < at || scope.is_entry();
        if told && !scope.chars.get(end).is_some_and(|c| is_kanji(*c)) {
            out.push(Candidate::name((start, end), MentionKind::Org, Target::Unlisted(None), "described", 860));
        }
        at = end;
    }
    out
}

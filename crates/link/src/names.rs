//! Names of the lexicon in a block: which surfaces count, and how far each reaches.

use hakusho_lexicon::{Hit, Strength};
use hakusho_model::MentionKind;

use crate::candidate::{Candidate, Target};
use crate::scope::{Scope, is_kanji, is_latin};

/// Candidates for the surfaces of the lexicon.
pub(crate) fn names(scope: &Scope<'_>) -> Vec<Candidate> {
    let mut out = Vec::new();
    for hit in scope.hits {
        if is_part_of_word(scope, hit) {
            continue;
        }
        let kind = scope.entries[hit.entry as usize].kind;
        let end = if kind == MentionKind::Person { without_title(scope, hit) } else { hit.end };
        let Some((rule, score)) = strength(scope, hit) else { continue };
        let score = if kind == MentionKind::Product && is_used(scope, hit.end) { score + 7 } else { score };
        out.push(Candidate::name((hit.start, end), kind, Target::Entry(hit.entry), rule, score));
    }
    out
}

/// How sure a surface is, or `None` where it needs support that it does not have.
fn strength(scope: &Scope<'_>, hit: &Hit) -> Option<(&'static str, u16)> {
    let entry = &scope.entries[hit.entry as usize];
    let surface = scope.text(hit.start, hit.end);
    match hit.strength {
        Strength::Plain => Some(("gazetteer", 950)),
        Strength::Weak if scope.definitions.supports(&surface, hit.entry) => Some(("definition", 940)),
        Strength::Weak if is_head(scope, hit.start, hit.end) && entry.kind == MentionKind::Org => Some(("head", 900)),
        Strength::Weak if entry.kind == MentionKind::Org && is_listed(scope, hit) => Some(("list", 955)),
        Strength::Weak if entry.kind == MentionKind::Org && has_country(scope, hit.end) => Some(("country", 900)),
        Strength::Weak if is_renamed(scope, hit) => Some(("renamed", 900)),
        Strength::Weak if entry.kind == MentionKind::Person && is_titled(scope, hit.end) => Some(("title", 900)),
        Strength::Weak if entry.kind == MentionKind::Product && is_used(scope, hit.end) => Some(("used", 950)),
        Strength::Weak if is_home_government(scope, hit, &surface) => Some(("home-government", 860)),
        Strength::Weak => None,
    }
}

/// Whether a span is the head of a chronology entry.
fn is_head(scope: &Scope<'_>, start: usize, end: usize) -> bool {
    scope.head() == Some(start) && matches!(scope.chars.get(end), Some('、' | '，'))
}

/// `X（旧Twitter）`, `Twitter（現X）`: an old and a new name explain each other.
fn is_renamed(scope: &Scope<'_>, hit: &Hit) -> bool {
    let then = |at: usize| matches!(scope.chars.get(at..at + 2), Some(['（' | '(', '旧' | '現']));
    let inside = hit.start >= 2
        && matches!(scope.chars[hit.start - 2..hit.start], ['（' | '(', '旧' | '現'])
        && matches!(scope.chars.get(hit.end), Some('）' | ')'));
    then(hit.end) || inside
}

/// Whether a name stands in a list of organisations: `Microsoft、GitHub、OpenAI`, `JIPDEC/ITR`.
fn is_listed(scope: &Scope<'_>, hit: &Hit) -> bool {
    let joint =
        |i: Option<usize>| i.and_then(|i| scope.chars.get(i)).is_some_and(|c| matches!(c, '、' | '/' | '／' | '，'));
    let org = |h: &&Hit| scope.entries[h.entry as usize].kind == MentionKind::Org && h.strength == Strength::Plain;
    let left = joint(hit.start.checked_sub(1)) && scope.hits.iter().filter(org).any(|h| h.end + 1 == hit.start);
    let right = joint(Some(hit.end)) && scope.hits.iter().filter(org).any(|h| h.start == hit.end + 1);
    let slash = hit.start > 0 && matches!(scope.chars[hit.start - 1], '/' | '／');
    let and = scope.chars.get(hit.end) == Some(&'と') && scope.hits.iter().filter(org).any(|h| h.start == hit.end + 1);
    left && (right || slash) || and
}

/// `BT（英）`: the country in brackets behind a company.
fn has_country(scope: &Scope<'_>, end: usize) -> bool {
    let bracket = matches!((scope.chars.get(end), scope.chars.get(end + 2)), (Some('（' | '('), Some('）' | ')')));
    bracket && scope.cues.beginning("country", &scope.chars[end + 1..]).is_some()
}

/// Whether something is done by means of a name, which is then a service: `Twitter上で`, `X（旧Twitter）で拡散`.
fn is_used(scope: &Scope<'_>, end: usize) -> bool {
    let mut rest = &scope.chars[end..];
    if matches!(rest.first(), Some('（' | '(')) {
        let close = rest.iter().take(20).position(|c| matches!(c, '）' | ')')).unwrap_or(0);
        rest = &rest[close..];
    }
    let rest = if matches!(rest.first(), Some('）' | ')')) { &rest[1..] } else { rest };
    let text: String = rest.iter().take(6).collect();
    [
        "上で",
        "上に",
        "で拡散",
        "で公開",
        "に投稿",
        "への投稿",
        "での投稿",
        "アカウント",
        "のアカウント",
        "のユーザ",
        "の利用者",
    ]
    .iter()
    .any(|w| text.starts_with(w))
}

fn is_titled(scope: &Scope<'_>, end: usize) -> bool {
    let rest = &scope.chars[end..];
    scope.cues.beginning("title", rest).is_some()
        || rest.len() > 1
            && scope.cues.beginning("country", rest).is_some()
            && scope.cues.beginning("title", &rest[1..]).is_some()
}

/// 政府 alone is the reporting country's, unless another country's is meant.
fn is_home_government(scope: &Scope<'_>, hit: &Hit, surface: &str) -> bool {
    let before = hit.start.checked_sub(1).map(|i| scope.chars[i]);
    let free = before.is_none_or(|c| {
        matches!(c, '、' | '。' | '，' | '「' | '（' | '・' | '　' | ' ' | '\n' | '\t' | 'は' | 'が' | 'や')
    });
    let acts = ["は", "が", "や", "と", "も", "、", "及び", "において", "では", "によ"]
        .iter()
        .any(|w| scope.chars[hit.end..].starts_with(&w.chars().collect::<Vec<_>>()));
    let abroad = scope.hits.iter().any(|h| {
        let e = &scope.entries[h.entry as usize];
        h.start < hit.start
            && e.kind == MentionKind::Loc
            && e.class == "country"
            && e.country != "JP"
            && h.strength == Strength::Plain
    });
    surface == "政府" && free && acts && !abroad
}

/// End of a person's name without the office behind it (岸田総理大臣, バイデン米大統領).
fn without_title(scope: &Scope<'_>, hit: &Hit) -> usize {
    let mut name = &scope.chars[hit.start..hit.end];
    while let Some(cue) = scope.cues.ending("title", name).filter(|c| c.word.len() + 1 < name.len()) {
        name = &name[..name.len() - cue.word.len()];
        let sign = name.last().is_some_and(|c| scope.cues.list("alone").iter().any(|a| a.word == [*c]));
        if sign && name.len() > 2 && !is_kanji(name[name.len() - 2]) {
            name = &name[..name.len() - 1];
        }
    }
    hit.start + name.len()
}

/// Whether a surface is part of a longer word: 日本 in 日本語, 日本国 in 日本国内, a name behind a hyphen.
fn is_part_of_word(scope: &Scope<'_>, hit: &Hit) -> bool {
    let entry = &scope.entries[hit.entry as usize];
    let next = scope.chars.get(hit.end).copied();
    let place = entry.kind == MentionKind::Loc;
    let language = place && matches!(next, Some('語'));
    let home = place
        && scope.chars[..hit.end].ends_with(&['国'])
        && matches!(next, Some('内' | '民' | '外' | '産'))
        && hit.end - hit.start > 2;
    let hyphened = hit.start >= 2
        && scope.chars[hit.start - 1] == '-'
        && is_latin(scope.chars[hit.start - 2])
        && is_latin(scope.chars[hit.start]);
    // 中国軍 in 中国軍人: a word of people goes on.
    let people = entry.kind == MentionKind::Org && matches!(next, Some('人')) && scope.chars[hit.end - 1] == '軍';
    // マルウェア対策ソフト is a product and no threat.
    let remedy = entry.kind == MentionKind::Threat
        && ["対策ソフト", "対策製品", "対策ツール"]
            .iter()
            .any(|w| scope.chars[hit.end..].starts_with(&w.chars().collect::<Vec<_>>()));
    let county = place && matches!(next, Some('郡'));
    language || remedy || county || home || hyphened || people
}

//! Organisations, reports and products by what stands beside them: `GEM Partners「…」`, `欧州…団体（BEREC）`, `衛星Gaofen-7`.

use hakusho_lexicon::is_katakana;
use hakusho_model::{BlockKind, MentionKind};

use crate::candidate::{Candidate, Target};
use crate::forms::is_name;
use crate::scope::{Scope, is_kanji, is_latin};

/// Longest name, in characters.
const LONGEST: usize = 40;

/// Start of the run of name characters that ends at a place; spaces join Latin words only.
fn run_before(chars: &[char], end: usize) -> usize {
    let mut start = end;
    while start > 0 && end - start < LONGEST {
        let c = chars[start - 1];
        let space = c == ' ' && start >= 2 && is_latin(chars[start - 2]) && start < end && is_latin(chars[start]);
        if !is_name(c) && !space {
            break;
        }
        start -= 1;
    }
    while start < end && matches!(chars[start], '・' | '-' | '.' | '．' | ' ') {
        start += 1;
    }
    start
}

/// In lines of sources, whoever stands before a title in quotation marks.
pub(crate) fn publishers(scope: &Scope<'_>, known: &[Candidate]) -> Vec<Candidate> {
    let source = matches!(scope.block.kind, BlockKind::SourceNote);
    let note = matches!(scope.block.kind, BlockKind::Footnote | BlockKind::Note);
    let mut out = Vec::new();
    for at in (1..scope.chars.len()).filter(|i| (source || note) && matches!(scope.chars[*i], '「' | '『')) {
        let mut end = at;
        if matches!(scope.chars[end - 1], '）' | ')') {
            let Some(open) = scope.chars[..end].iter().rposition(|c| matches!(c, '（' | '(')) else { continue };
            // In a note, only a date in brackets tells that somebody is cited: CNN（2020.4.5）「…」.
            if note
                && !scope.chars[open + 1..end - 1]
                    .iter()
                    .all(|c| c.is_numeric() || matches!(c, '.' | '/' | '年' | '月' | '日'))
            {
                continue;
            }
            end = open;
        } else if note {
            continue;
        }
        let start = run_before(scope.chars, end);
        let name = &scope.chars[start..end];
        let taken = known.iter().any(|c| c.touches(start, end) && c.entry().is_some());
        let plain = name.len() >= 3
            && !name.iter().all(|c| c.is_numeric())
            && name.iter().any(|c| is_latin(*c) || is_katakana(*c));
        if plain && !taken {
            out.push(Candidate::name((start, end), MentionKind::Org, Target::Unlisted(None), "publisher", 860));
        }
    }
    out
}

/// A full name whose listed short form stands in brackets behind it: it is the same.
pub(crate) fn explained(scope: &Scope<'_>, known: &[Candidate]) -> Vec<Candidate> {
    let mut out = Vec::new();
    let short = |c: &&Candidate| {
        let capitals =
            scope.chars[c.start..c.end].iter().all(|x| x.is_ascii_uppercase() || matches!(x, '-' | '/' | '&'));
        let bracketed = c.start >= 2
            && matches!(scope.chars[c.start - 1], '（' | '(')
            && matches!(scope.chars.get(c.end), Some('）' | ')' | '、' | '：' | '，'));
        matches!(c.kind, MentionKind::Org | MentionKind::Product | MentionKind::Cert)
            && capitals
            && bracketed
            && c.entry().is_some()
    };
    for name in known.iter().filter(short) {
        let end = name.start - 1;
        let mut start = run_before(scope.chars, end);
        // A place or body that stands there too is another one: 米国連邦通信委員会 begins behind no comma.
        if let Some(other) = known
            .iter()
            .filter(|c| c.start <= start && c.end > start && c.end + 3 > end && c.end < end)
            .max_by_key(|c| c.end)
        {
            start = other.end;
        }
        let taken = known.iter().any(|c| c.end == end && c.entry().is_some());
        if end - start >= 4 && !taken && scope.chars[start..end].iter().any(|c| is_kanji(*c) || is_katakana(*c)) {
            out.push(Candidate::name((start, end), name.kind, name.target.clone(), "definition", 940));
        }
    }
    out
}

/// A body's report without a title: `総務省報告書によると`.
pub(crate) fn bodies_reports(scope: &Scope<'_>, known: &[Candidate]) -> Vec<Candidate> {
    let mut out = Vec::new();
    for body in known.iter().filter(|c| c.kind == MentionKind::Org) {
        let rest: String = scope.chars[body.end..].iter().take(10).collect();
        let word = ["報告書", "調査", "レポート"].iter().find(|w| rest.starts_with(*w));
        let Some(word) = word else { continue };
        let told = rest[word.len()..].starts_with("によ") || rest[word.len()..].starts_with("では");
        if told {
            let span = (body.start, body.end + word.chars().count());
            out.push(Candidate::name(span, MentionKind::Survey, Target::Unlisted(None), "body-report", 955));
        }
    }
    out
}

/// A Latin name behind the noun of a product: `衛星Gaofen-7`, `仮想通貨Libra`.
pub(crate) fn products(scope: &Scope<'_>, known: &[Candidate]) -> Vec<Candidate> {
    let mut out = Vec::new();
    for at in 1..scope.chars.len() {
        let opens = scope.chars[at].is_ascii_uppercase() && !is_latin(scope.chars[at - 1]);
        if !opens || scope.cues.ending("product", &scope.chars[..at]).is_none() {
            continue;
        }
        let length = scope.chars[at..].iter().take_while(|c| c.is_ascii_alphanumeric() || **c == '-').count();
        let word = &scope.chars[at..at + length];
        let small = word.iter().filter(|c| c.is_lowercase()).count();
        let taken = known.iter().any(|c| c.touches(at, at + length));
        if small >= 2 && !taken {
            out.push(Candidate::name(
                (at, at + length),
                MentionKind::Product,
                Target::Unlisted(None),
                "product-noun",
                870,
            ));
        }
    }
    out
}

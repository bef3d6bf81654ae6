//! Titles in quotation marks, and names that brackets repeat: `総務省（2021）「…調査」`, `「…法」（… Act）`, `ツール「X」`.

use hakusho_lexicon::{Cues, is_katakana};
use hakusho_model::{BlockKind, MentionKind};

use crate::candidate::{Candidate, Target};
use crate::scope::{Scope, ending_at, is_hiragana, is_kanji, is_latin};

/// Longest title, in characters.
const LONGEST: usize = 90;
/// Longest product or threat in quotation marks.
const SHORT: usize = 60;

/// A pair of quotation marks: the characters between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Quote {
    start: usize,
    end: usize,
}

/// Quotations, innermost ones too, that hold no full stop.
fn quotes(chars: &[char]) -> Vec<Quote> {
    let mut open: Vec<usize> = Vec::new();
    let mut out = Vec::new();
    for (i, c) in chars.iter().enumerate() {
        match c {
            '「' | '『' => open.push(i + 1),
            '」' | '』' => {
                if let Some(start) = open.pop().filter(|s| i > *s + 1 && i - s <= LONGEST) {
                    out.push(Quote { start, end: i });
                }
            }
            '。' | '\n' => open.clear(),
            _ => {}
        }
    }
    out
}

/// What stands in quotation marks and names a survey, a law, a scheme, a product or a threat.
pub(crate) fn titles(scope: &Scope<'_>, known: &[Candidate]) -> Vec<Candidate> {
    let mut out = Vec::new();
    for quote in quotes(scope.chars) {
        let quote = without_alias(scope, quote);
        let listed = known.iter().any(|c| {
            c.start <= quote.start && c.end >= quote.end && c.entry().is_some() && c.kind != MentionKind::Incident
        });
        if listed {
            continue;
        }
        if let Some((kind, rule, score)) = title(scope, known, quote) {
            out.push(Candidate::name((quote.start, quote.end), kind, Target::Unlisted(None), rule, score));
        }
    }
    out
}

fn title(scope: &Scope<'_>, known: &[Candidate], quote: Quote) -> Option<(MentionKind, &'static str, u16)> {
    let inside = &scope.chars[quote.start..quote.end];
    let core = without_year(inside);
    let cited = is_cited(scope, known, quote.start - 1);
    let ends =
        |role: &str| scope.cues.ending(role, core).filter(|c| core.len() > c.word.len() + 1).map(|c| c.word.len());
    let no_act = scope.cues.ending("no_act", core).is_some();
    let (law, survey) = (ends("law").filter(|_| !no_act).unwrap_or(0), ends("survey").unwrap_or(0));
    if law > survey && core.len() >= 4 && !is_clause(core) {
        return Some((MentionKind::Law, "title", 940));
    }
    if (survey >= 2 && (cited || core.len() >= 6)) && !is_clause(core) {
        return Some((MentionKind::Survey, if cited { "citation" } else { "title" }, 935));
    }
    let within = |kind: MentionKind| known.iter().any(|c| c.kind == kind && c.start == quote.start);
    if cited && inside.len() >= 6 && within(MentionKind::Law) {
        return Some((MentionKind::Law, "citation", 960));
    }
    if cited && inside.len() >= 6 && !is_clause(core) && !within(MentionKind::Event) {
        return Some((MentionKind::Survey, "citation", 905));
    }
    if inside.len() > SHORT {
        return None;
    }
    if ends("cert").is_some() {
        return Some((MentionKind::Cert, "title", 905));
    }
    if is_product(scope, quote, inside) {
        return Some((MentionKind::Product, "quoted-product", 905));
    }
    let counted = matches!(scope.chars.get(quote.end + 1..quote.end + 3), Some(['（' | '(', d]) if d.is_numeric());
    let told = counted || matches!(scope.block.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Box);
    (told && ends("threat").is_some() && !inside.iter().any(|c| matches!(c, '、' | 'た'))).then_some((
        MentionKind::Threat,
        "quoted-threat",
        960,
    ))
}

/// A quotation without the bracket that repeats its name in other letters: `「オンライン安全法（Online Safety Act）」`.
fn without_alias(scope: &Scope<'_>, quote: Quote) -> Quote {
    let inside = &scope.chars[quote.start..quote.end];
    let open = inside.iter().rposition(|c| matches!(c, '（' | '(')).filter(|o| *o >= 2);
    match (inside.last(), open) {
        (Some('）' | ')'), Some(open)) => {
            let bracket = &inside[open + 1..inside.len() - 1];
            let foreign = bracket.iter().filter(|c| is_latin(**c) || is_katakana(**c)).count() >= 4;
            let plain = bracket
                .iter()
                .all(|c| is_latin(*c) || is_katakana(*c) || c.is_numeric() || matches!(c, ' ' | '・' | '-'));
            Quote { end: if foreign && plain { quote.start + open } else { quote.end }, ..quote }
        }
        _ => quote,
    }
}

/// The title without the year or issue in brackets behind it.
fn without_year(title: &[char]) -> &[char] {
    let mut end = title.len();
    if matches!(title.last(), Some('）' | ')'))
        && let Some(open) = title.iter().rposition(|c| matches!(c, '（' | '('))
        && title[open + 1..end - 1].iter().any(char::is_ascii_digit)
    {
        end = open;
    }
    let cut = |c: &char| c.is_numeric() || matches!(c, '年' | '版' | '度' | ' ' | '　');
    while end > 0 && cut(&title[end - 1]) {
        end -= 1;
    }
    if end == 0 { title } else { &title[..end] }
}

/// Whether the words are a statement and no title.
fn is_clause(title: &[char]) -> bool {
    title.contains(&'。')
        || [['し', 'た'], ['す', 'る'], ['ま', 'す'], ['で', 'す'], ['あ', 'る'], ['な', 'い']]
            .iter()
            .any(|tail| title.ends_with(tail))
}

/// Whether a quotation stands behind its publisher: `総務省「…」`, `総務省（2021）「…」`, or in a line of sources.
fn is_cited(scope: &Scope<'_>, known: &[Candidate], open: usize) -> bool {
    let publisher = [MentionKind::Org, MentionKind::Person];
    if ending_at(known, open, &publisher).is_some() {
        return true;
    }
    let mut at = open;
    if at > 0 && matches!(scope.chars[at - 1], '）' | ')') {
        let Some(bracket) = scope.chars[..at].iter().rposition(|c| matches!(c, '（' | '(')) else { return false };
        at = bracket;
        let year = scope.chars[bracket + 1..open - 1].iter().filter(|c| c.is_numeric()).count() == 4;
        return year && (ending_at(known, at, &publisher).is_some() || source(scope));
    }
    source(scope) && at > 0 && (is_kanji(scope.chars[at - 1]) || is_latin(scope.chars[at - 1]))
}

fn source(scope: &Scope<'_>) -> bool {
    matches!(scope.block.kind, BlockKind::SourceNote | BlockKind::Footnote)
}

/// Whether a quotation is a product's name, by the noun before it, its own ending, or what is done with it.
fn is_product(scope: &Scope<'_>, quote: Quote, inside: &[char]) -> bool {
    let lead = &scope.chars[..quote.start - 1];
    let name = |c: &char| {
        is_katakana(*c)
            || is_latin(*c)
            || is_kanji(*c)
            || c.is_numeric()
            || matches!(c, '・' | '-' | ' ' | '.' | '：' | ':' | '+' | '!')
    };
    let foreign = inside.iter().any(|c| is_katakana(*c) || is_latin(*c));
    let lead = lead.strip_suffix(&['の']).unwrap_or(lead);
    let lead = lead.strip_suffix(&['）']).unwrap_or(lead);
    if scope.cues.ending("product", lead).is_some() {
        return foreign || inside.len() <= 14;
    }
    let after = &scope.chars[(quote.end + 1).min(scope.chars.len())..];
    if said_to_be(scope, after) || is_coined(after) {
        return foreign;
    }
    if !foreign || !inside.iter().all(name) {
        return false;
    }
    let proper = inside.iter().filter(|c| is_latin(**c)).count() >= 3 && inside[0].is_uppercase();
    scope.cues.ending("product_end", inside).is_some() && inside.len() >= 8 || proper && given(after)
}

/// `という機能`, `というサービス` behind a quotation.
fn said_to_be(scope: &Scope<'_>, after: &[char]) -> bool {
    after.strip_prefix(&['と', 'い', 'う']).is_some_and(|rest| scope.cues.beginning("product", rest).is_some())
}

/// A bracket with a coined word of capitals within (`（FraudGPT）`).
fn is_coined(after: &[char]) -> bool {
    let Some(rest) = after.strip_prefix(&['（']).or_else(|| after.strip_prefix(&['('])) else { return false };
    let word: Vec<char> = rest.iter().copied().take_while(|c| !matches!(c, '）' | ')')).collect();
    let small = word.iter().filter(|c| c.is_lowercase()).count();
    word.iter().all(char::is_ascii_alphanumeric) && small >= 2 && word.iter().skip(1).any(|c| c.is_uppercase())
}

/// を開発, を提供 … behind a quotation, or a bracket that repeats its name.
fn given(after: &[char]) -> bool {
    let text: String = after.iter().take(8).collect();
    let verb = [
        "を開発",
        "を公開",
        "を提供",
        "を発表",
        "をリリース",
        "を開始",
        "を運営",
        "を公表",
        "というサ",
        "の提供",
        "の開発",
        "と呼ば",
    ];
    verb.iter().any(|v| text.starts_with(v))
}

/// Names that the brackets behind a name repeat: `デジタルサービス法（The Digital Services Act）`, `…（OP、Originator Profile）`.
pub(crate) fn repeated(scope: &Scope<'_>, known: &[Candidate]) -> Vec<Candidate> {
    let mut out = Vec::new();
    for name in known {
        let repeats = matches!(
            name.kind,
            MentionKind::Org | MentionKind::Law | MentionKind::Product | MentionKind::Survey | MentionKind::Cert
        );
        let mut at = name.end;
        if matches!(scope.chars.get(at), Some('」' | '』')) {
            at += 1;
        }
        if !repeats || !matches!(scope.chars.get(at), Some('（' | '(')) {
            continue;
        }
        let Some(close) = scope.chars[at..].iter().take(LONGEST).position(|c| matches!(c, '）' | ')')) else {
            continue;
        };
        for (start, end) in parts(scope.chars, at + 1, at + close) {
            if is_alias(scope.cues, &scope.chars[start..end], name.kind) {
                // Statista（BIS Research）: a Latin name repeats none; it is another body.
                let latin = |span: &[char]| span.iter().all(|c| is_latin(*c) || !c.is_alphabetic());
                let (outer, inner) = (&scope.chars[name.start..name.end], &scope.chars[start..end]);
                let other = name.kind == MentionKind::Org && latin(outer) && inner.contains(&' ');
                let target = if other { Target::Unlisted(None) } else { name.target.clone() };
                out.push(Candidate::name((start, end), name.kind, target, "repeated", 915));
            }
        }
    }
    out
}

/// What commas, colons and slashes part.
fn parts(chars: &[char], from: usize, to: usize) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = from;
    for i in from..=to {
        if i == to || matches!(chars[i], '、' | '，' | ',' | '：' | ':' | '；' | ';') {
            let blank = |c: &&char| matches!(c, ' ' | '　');
            let lead = chars[start..i].iter().take_while(blank).count();
            let tail = chars[start + lead..i].iter().rev().take_while(blank).count();
            if i - tail > start + lead {
                out.push((start + lead, i - tail));
            }
            start = i + 1;
        }
    }
    out
}

/// Whether a part of a bracket is another form of the name before it: a foreign name or a short form of capitals.
fn is_alias(cues: &Cues, part: &[char], kind: MentionKind) -> bool {
    let latin =
        part.iter().all(|c| is_latin(*c) || c.is_numeric() || matches!(c, ' ' | '-' | '&' | '.' | '/' | '’' | '\''));
    let capitals = part.iter().filter(|c| c.is_uppercase()).count();
    let words = part.iter().filter(|c| **c == ' ').count() + 1;
    let short = latin && words == 1 && (2..=12).contains(&part.len()) && capitals >= 2;
    let long = latin && words >= 2 && capitals >= 2 && part[0].is_uppercase() && part.len() >= 6;
    let kana = kind == MentionKind::Product && part.len() >= 3 && part.iter().all(|c| is_katakana(*c) || *c == '・');
    let law = kind == MentionKind::Law
        && part.len() >= 2
        && cues.ending("act", part).is_some()
        && !part.iter().any(|c| is_hiragana(*c));
    short || long || kana || law
}

//! Organisations by the place they stand in, when no list and no form tells: `甲社`, `甲、乙、丙等３社`, `（出典）甲`,
//! `甲によると`, `米甲の`.

use hakusho_lexicon::is_katakana;
use hakusho_model::{BlockKind, MentionKind};

use crate::candidate::{Candidate, Target};
use crate::scope::{Scope, is_kanji, is_latin};

/// Longest name, in characters.
const LONGEST: usize = 24;
/// Characters behind a subject in which the verb of a body must stand.
const VERB: usize = 60;

/// Organisations by their slot.
pub(crate) fn slots(scope: &Scope<'_>, known: &[Candidate]) -> Vec<Candidate> {
    let mut out = Vec::new();
    for (start, end) in foreign_words(scope.chars) {
        let taken = known.iter().any(|c| c.touches(start, end));
        if !taken && (is_firm(scope, start, end) || tells(scope, start, end)) {
            out.push(found(start, end));
        } else if !taken && is_university(scope, start, end) {
            out.push(found(start, end + 1));
        }
    }
    out.extend(capitals(scope, known));
    out.extend(counted(scope, known));
    out.extend(sources(scope, known));
    out
}

fn found(start: usize, end: usize) -> Candidate {
    Candidate::name((start, end), MentionKind::Org, Target::Unlisted(None), "slot", 855)
}

fn is_foreign(c: char) -> bool {
    is_latin(c) || is_katakana(c)
}

/// Runs of Latin words or of katakana that may be names: capitals first, three characters and more.
fn foreign_words(chars: &[char]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !is_foreign(chars[at]) || at > 0 && (is_foreign(chars[at - 1]) || chars[at - 1].is_numeric()) {
            at += 1;
            continue;
        }
        let end = word_end(chars, at);
        if end - at >= 3 && end - at <= LONGEST && is_proper(&chars[at..end]) {
            out.push((at, end));
        }
        at = end.max(at + 1);
    }
    out
}

/// One past a word: katakana with middle dots, or Latin words parted by single spaces, each with a capital.
fn word_end(chars: &[char], at: usize) -> usize {
    let latin = is_latin(chars[at]);
    let same =
        |c: char| if latin { is_latin(c) || c.is_ascii_digit() || matches!(c, '-' | '&') } else { is_katakana(c) };
    let mut end = at;
    while end < chars.len() {
        let next = chars.get(end + 1).copied();
        let joint = match chars[end] {
            ' ' => latin && next.is_some_and(char::is_uppercase),
            '・' => !latin && next.is_some_and(is_katakana),
            c => same(c),
        };
        if !joint {
            break;
        }
        end += 1;
    }
    end
}

/// Not a word of capitals that any text has (AI, SNS), and not one without a capital.
fn is_proper(word: &[char]) -> bool {
    if is_katakana(word[0]) {
        return true;
    }
    let small = word.iter().filter(|c| c.is_lowercase()).count();
    word[0].is_uppercase() && small >= 2
}

/// `Microsoft社の`: the word of a firm behind a name.
fn is_firm(scope: &Scope<'_>, start: usize, end: usize) -> bool {
    let firm = scope.chars.get(end) == Some(&'社');
    let next = scope.chars.get(end + 1).copied();
    let closed = next.is_none_or(|c| !is_kanji(c) || c == '製');
    let sign =
        start.checked_sub(1).is_some_and(|i| scope.cues.role("alone").beginning(&scope.chars[i..start]).is_some());
    firm && closed || sign && is_latin(scope.chars[start])
}

/// `ハーバード大の`: the short form of a university abroad.
fn is_university(scope: &Scope<'_>, start: usize, end: usize) -> bool {
    let closed = scope.chars.get(end + 1).is_some_and(|c| matches!(c, 'の' | 'は' | 'が' | 'と' | 'で' | '、'));
    is_katakana(scope.chars[start]) && scope.chars.get(end) == Some(&'大') && closed
}

/// In a chronology, capitals that act: `FBIが…を呼びかけ`.
fn capitals(scope: &Scope<'_>, known: &[Candidate]) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut at = 0;
    while scope.is_entry() && at < scope.chars.len() {
        let length = scope.chars[at..].iter().take_while(|c| c.is_ascii_uppercase()).count();
        let end = at + length;
        let acts = matches!(scope.chars.get(end), Some('が' | 'は'));
        let free = at == 0 || !is_latin(scope.chars[at - 1]) && scope.chars[at - 1] != '-';
        if (3..=8).contains(&length) && acts && free && !known.iter().any(|c| c.touches(at, end)) {
            out.push(found(at, end));
        }
        at = end.max(at + 1);
    }
    out
}

/// Foreign words in a list of three and more in which another one is an organisation: `Amazon、Anthropic、Google`.
pub(crate) fn companions(scope: &Scope<'_>, known: &[Candidate]) -> Vec<Candidate> {
    let words = foreign_words(scope.chars);
    if words.len() < 3 {
        return Vec::new();
    }
    let org = |span: &(usize, usize)| known.iter().any(|c| c.kind == MentionKind::Org && (c.start, c.end) == *span);
    let mut out = Vec::new();
    let mut list: Vec<(usize, usize)> = Vec::new();
    let close = |list: &mut Vec<(usize, usize)>, out: &mut Vec<Candidate>| {
        if list.len() >= 3 && list.iter().any(org) {
            let free = list.iter().filter(|(a, b)| !known.iter().any(|c| c.touches(*a, *b)));
            out.extend(free.map(|(a, b)| found(*a, *b)));
        }
        list.clear();
    };
    for word in words {
        let joined = list.last().is_some_and(|(_, end)| {
            word.0 == end + 1 && matches!(scope.chars[*end], '、' | ',' | '，' | '・' | 'や' | 'と')
                || word.0 == end + 2 && scope.chars[*end] == ',' && scope.chars[end + 1] == ' '
        });
        if !joined {
            close(&mut list, &mut out);
        }
        list.push(word);
    }
    close(&mut list, &mut out);
    out
}

/// A name that says or does what only bodies do: `Xによると`, `Xは…を発表`.
fn tells(scope: &Scope<'_>, start: usize, end: usize) -> bool {
    let rest: String = scope.chars[end..].iter().take(VERB).collect();
    if ["によると", "によれば"].iter().any(|w| rest.starts_with(w)) {
        return is_latin(scope.chars[start]);
    }
    // A product opens when it is opened; its maker opens it.
    let led = scope.cues.role("product").ending(&scope.chars[..start]).is_some();
    let subject = ["は", "が", "も"].iter().any(|p| rest.starts_with(p));
    if !subject || led || !is_latin(scope.chars[start]) {
        return false;
    }
    let clause = rest.split('。').next().unwrap_or("");
    let active = |verb: &str| {
        clause.find(verb).is_some_and(|at| {
            let after = &clause[at + verb.len()..];
            !after.starts_with("され") && !after.starts_with("した「")
        })
    };
    [
        "を発表",
        "を公表",
        "と発表",
        "と公表",
        "を公開",
        "を開発",
        "を提供",
        "を提訴",
        "を訴え",
        "を買収",
        "を設立",
        "と表明",
        "を締結",
        "に合意",
    ]
    .iter()
    .any(|v| active(v))
}

/// `甲、乙、丙等３社`: the names of a list that is counted in firms.
fn counted(scope: &Scope<'_>, known: &[Candidate]) -> Vec<Candidate> {
    let mut out = Vec::new();
    for at in 1..scope.chars.len() {
        if !counts_firms(scope.chars, at) {
            continue;
        }
        let mut end = at;
        while let Some(start) = item_before(scope.chars, end) {
            if !known.iter().any(|c| c.touches(start, end)) {
                out.push(found(start, end));
            }
            if start == 0 || !matches!(scope.chars[start - 1], '、' | 'や' | '，' | 'と') {
                break;
            }
            end = start - 1;
        }
    }
    out
}

/// `等３社`, `など７社`, `の２社`, `等の7社`.
fn counts_firms(chars: &[char], at: usize) -> bool {
    if !matches!(chars[at], '等' | 'な' | 'の') {
        return false;
    }
    let text: String = chars[at..].iter().take(6).collect();
    let rest = ["等の", "等", "などの", "など", "の"].iter().find_map(|w| text.strip_prefix(w));
    rest.is_some_and(|r| {
        let number: String = r.chars().take_while(|c| c.is_numeric()).collect();
        !number.is_empty() && r[number.len()..].starts_with('社')
    })
}

/// Start of the foreign name that ends at a place.
fn item_before(chars: &[char], end: usize) -> Option<usize> {
    let mut start = end;
    while start > 0 && end - start < LONGEST {
        let c = chars[start - 1];
        let space = c == ' ' && start >= 2 && is_latin(chars[start - 2]) && is_latin(chars[start]);
        if !is_foreign(c) && !c.is_ascii_digit() && !space && c != '-' {
            break;
        }
        start -= 1;
    }
    (end - start >= 2 && is_foreign(chars[start])).then_some(start)
}

/// Whom a line of sources names: `（出典）Statista（StatCounter）`, `出典：Omdia、Statista`.
fn sources(scope: &Scope<'_>, known: &[Candidate]) -> Vec<Candidate> {
    let mut out = Vec::new();
    if scope.block.kind != BlockKind::SourceNote {
        return out;
    }
    for (start, end) in foreign_words(scope.chars) {
        let before = start.checked_sub(1).map(|i| scope.chars[i]);
        let opens = before
            .is_none_or(|c| matches!(c, '）' | ')' | '：' | ':' | '、' | '（' | '(' | '　' | ' ' | '・' | '】' | '/'));
        let closes = scope
            .chars
            .get(end)
            .is_none_or(|c| matches!(c, '（' | '(' | '）' | ')' | '、' | '「' | '　' | ' ' | '・' | '/' | '※' | '\n'));
        let taken = known.iter().any(|c| c.touches(start, end));
        if opens && closes && !taken && is_latin(scope.chars[start]) {
            out.push(found(start, end));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let chars: Vec<char> = text.chars().collect();
        let words: Vec<String> = foreign_words(&chars).iter().map(|(a, b)| chars[*a..*b].iter().collect()).collect();
        assert_eq!(words, expected, "{text}");
    }

    #[test]
    fn words_that_may_be_names() {
        check("米ExampleとSample AIは、AIやSNSを", &["Example", "Sample AI"]);
        check("見本・テックとサン", &["テック"]);
    }

    #[test]
    fn lists_counted_in_firms() {
        let counts = |text: &str| counts_firms(&text.chars().collect::<Vec<_>>(), 0);
        assert!(counts("等３社に") && counts("など7社") && counts("の2社を"));
        assert!(!counts("等の会社") && !counts("等社"));
    }
}

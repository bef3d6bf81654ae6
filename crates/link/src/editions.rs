//! Editions and versions: a listed survey, standard or guideline with its year or number (`企業IT利活用動向調査2021`,
//! `JIS Q 15001:2017`, `2020年版「情報セキュリティ10大脅威」`).

use hakusho_model::MentionKind;

use crate::candidate::{Candidate, Target};
use crate::scope::Scope;

/// The editions of names already found.
pub(crate) fn editions(scope: &Scope<'_>, known: &[Candidate]) -> Vec<Candidate> {
    let mut out = enclosed(scope, known);
    for name in known.iter().filter(|c| matches!(c.kind, MentionKind::Survey | MentionKind::Cert | MentionKind::Law)) {
        let Some(entry) = name.entry() else { continue };
        let survey = name.kind == MentionKind::Survey;
        let behind = behind(&scope.chars[name.end..], name.kind);
        let before = if survey { before(scope, name) } else { None };
        let (start, end) = match (before, behind) {
            (Some(start), _) => {
                let quoted = scope.chars.get(name.start.wrapping_sub(1)) == Some(&'「');
                (start, name.end + usize::from(quoted && scope.chars.get(name.end) == Some(&'」')))
            }
            (None, length) if length > 0 => (name.start, name.end + length),
            _ => continue,
        };
        let tag: String = scope.chars[start..name.start]
            .iter()
            .chain(&scope.chars[name.end..end])
            .filter(|c| c.is_alphanumeric() || **c == '.')
            .collect();
        out.push(Candidate::name((start, end), name.kind, Target::Edition(entry, tag), "edition", name.score));
    }
    out
}

/// A scheme whose short name is explained within its name: `BCMS（事業継続マネジメントシステム）適合性評価制度`.
fn enclosed(scope: &Scope<'_>, known: &[Candidate]) -> Vec<Candidate> {
    let mut out = Vec::new();
    for name in known.iter().filter(|c| c.kind == MentionKind::Cert) {
        if !matches!(scope.chars.get(name.end), Some('（' | '(')) {
            continue;
        }
        let Some(close) = scope.chars[name.end..].iter().take(40).position(|c| matches!(c, '）' | ')')) else {
            continue;
        };
        let from = name.end + close + 1;
        if let Some(cue) = scope.cues.beginning("cert", &scope.chars[from..]) {
            let span = (name.start, from + cue.word.len());
            out.push(Candidate::name(span, MentionKind::Cert, name.target.clone(), "enclosed", 955));
        }
    }
    out
}

/// Length of the year or version behind a name.
fn behind(rest: &[char], kind: MentionKind) -> usize {
    let gap = rest.iter().take_while(|c| matches!(c, ' ' | '　')).count();
    let text = &rest[gap..];
    let year = |from: usize| {
        text.get(from..from + 4)
            .is_some_and(|y| y.iter().all(|c| c.is_numeric()) && matches!(y[0], '1' | '2' | '１' | '２'))
            && !text.get(from + 4).is_some_and(|c| c.is_numeric())
    };
    let tail = |from: usize| {
        let word: String = text[from..].iter().take(3).collect();
        ["年度版", "年版", "年度", "年"].iter().find(|w| word.starts_with(*w)).map_or(0, |w| w.chars().count())
    };
    match kind {
        MentionKind::Survey if year(0) => {
            let mut length = 4;
            let printed = tail(4);
            if printed >= 2 {
                length += printed;
            } else if printed == 1 {
                return 0;
            }
            length + gap + season(&text[length..])
        }
        MentionKind::Survey if matches!(text.first(), Some('（' | '(')) && year(1) => {
            let close = 5 + tail(5);
            if matches!(text.get(close), Some('）' | ')')) { gap + close + 1 } else { 0 }
        }
        MentionKind::Cert if matches!(text.first(), Some(':' | '：')) && year(1) => gap + 5,
        MentionKind::Law => version(text).map_or(0, |n| n + gap),
        _ => 0,
    }
}

/// ` Spring` behind a year.
fn season(rest: &[char]) -> usize {
    let text: String = rest.iter().take(8).collect();
    [" Spring", " Summer", " Autumn", " Winter", "春号", "夏号", "秋号", "冬号"]
        .iter()
        .find(|w| text.starts_with(*w))
        .map_or(0, |w| w.chars().count())
}

/// `ver2.0`, `第1.0版`, `（第1.0版）`, `Ver.3`.
fn version(text: &[char]) -> Option<usize> {
    let bracket = usize::from(matches!(text.first(), Some('（' | '(')));
    let head: String = text[bracket.min(text.len())..].iter().take(4).collect::<String>().to_lowercase();
    let lead = ["ver.", "ver", "第", "v"].iter().find(|w| head.starts_with(*w))?.chars().count();
    let number = text[bracket + lead..].iter().take_while(|c| c.is_numeric() || **c == '.' || **c == '．').count();
    let edition = usize::from(text.get(bracket + lead + number) == Some(&'版'));
    let length = bracket + lead + number + edition;
    let closed = bracket == 0 || matches!(text.get(length), Some('）' | ')'));
    (number > 0 && closed && (edition == 1 || !head.starts_with('第'))).then_some(length + bracket)
}

/// Start of `2020年版` or `令和3年版` before a name, a quotation mark between them.
fn before(scope: &Scope<'_>, name: &Candidate) -> Option<usize> {
    let mut at = name.start;
    while at > 0 && matches!(scope.chars[at - 1], '「' | ' ' | '　') {
        at -= 1;
    }
    let lead = scope.chars[..at]
        .strip_suffix(&['年', '版'][..])
        .or_else(|| scope.chars[..at].strip_suffix(&['年', '度', '版'][..]))?;
    let digits = lead.iter().rev().take_while(|c| c.is_numeric() || **c == '元').count();
    let era = [['令', '和'], ['平', '成'], ['昭', '和']].iter().any(|e| lead[..lead.len() - digits].ends_with(e));
    match digits {
        4 => Some(lead.len() - 4),
        1 | 2 if era => Some(lead.len() - digits - 2),
        _ => None,
    }
}

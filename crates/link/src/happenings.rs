//! Elections, meetings and storms by the form of their name: `アルゼンチン大統領選`, `第1回会合`, `台風15号`.

use hakusho_model::MentionKind;

use crate::candidate::{Candidate, Target};
use crate::scope::Scope;

/// Events that no list has.
pub(crate) fn happenings(scope: &Scope<'_>, known: &[Candidate]) -> Vec<Candidate> {
    let mut out = elections(scope, known);
    out.extend(meetings(scope, known));
    out.extend(typhoons(scope));
    out.extend(cases(scope, known));
    out
}

/// A country or place with the word of an election, and the primary that may follow: `米大統領選の予備選`.
fn elections(scope: &Scope<'_>, known: &[Candidate]) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut at = 0;
    let words = scope.cues.role("event");
    while at < scope.chars.len() {
        let Some(cue) = words.beginning(&scope.chars[at..]) else {
            at += 1;
            continue;
        };
        let mut end = at + cue.word.len();
        let place = known.iter().filter(|c| c.kind == MentionKind::Loc && c.end == at).max_by_key(|c| c.end - c.start);
        let sign = at.checked_sub(1).filter(|i| scope.cues.beginning("alone", &scope.chars[*i..]).is_some());
        let start = place.map(|p| p.start).or(sign).unwrap_or(at);
        if scope.chars.get(end) == Some(&'の')
            && let Some(more) = scope.cues.beginning("event", &scope.chars[end + 1..])
        {
            end += 1 + more.word.len();
        }
        let long = start < at || cue.word.ends_with(&['備', '選']) || end > at + cue.word.len();
        if long {
            out.push(Candidate::name((start, end), MentionKind::Event, Target::Unlisted(None), "election", 900));
        }
        at = end;
    }
    out
}

/// A council with the number of its meeting: `検討会 第1回会合`.
fn meetings(scope: &Scope<'_>, known: &[Candidate]) -> Vec<Candidate> {
    let mut out = Vec::new();
    for council in known.iter().filter(|c| c.kind == MentionKind::Org) {
        let gap = scope.chars[council.end..].iter().take_while(|c| matches!(c, ' ' | '　')).count();
        let from = council.end + gap;
        let rest = &scope.chars[from..];
        let digits = rest.iter().skip(1).take_while(|c| c.is_numeric()).count();
        let meets = rest.first() == Some(&'第') && digits > 0 && rest[1 + digits..].starts_with(&['回', '会', '合']);
        if meets {
            let end = from + digits + 4;
            out.push(Candidate::name((council.start, end), MentionKind::Event, Target::Unlisted(None), "meeting", 960));
        }
    }
    out
}

/// What goes by the name of whom it befell: `○○事件`, `○○情報流出事件`.
fn cases(scope: &Scope<'_>, known: &[Candidate]) -> Vec<Candidate> {
    let named =
        known.iter().filter(|c| matches!(c.kind, MentionKind::Org | MentionKind::Product) && c.entry().is_some());
    named
        .filter_map(|name| {
            let cue = scope.cues.beginning("incident", &scope.chars[name.end..])?;
            let span = (name.start, name.end + cue.word.len());
            Some(Candidate::name(span, MentionKind::Incident, Target::Unlisted(None), "case", 960))
        })
        .collect()
}

fn typhoons(scope: &Scope<'_>) -> Vec<Candidate> {
    let mut out = Vec::new();
    for at in 0..scope.chars.len() {
        let rest = &scope.chars[at..];
        if !rest.starts_with(&['台', '風']) {
            continue;
        }
        let ordinal = usize::from(rest.get(2) == Some(&'第'));
        let digits = rest[2 + ordinal..].iter().take_while(|c| c.is_numeric()).count();
        let end = 2 + ordinal + digits;
        if digits > 0 && rest.get(end) == Some(&'号') {
            out.push(Candidate::name((at, at + end + 1), MentionKind::Event, Target::Unlisted(None), "typhoon", 960));
        }
    }
    out
}

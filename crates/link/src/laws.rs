//! Laws without quotation marks that no list has, by their ending: `暗号法`, `GDPR補完ルール`, `独占禁止法運用方針`.

use hakusho_model::MentionKind;

use crate::candidate::{Candidate, Target};
use crate::forms::is_name;
use crate::scope::{Scope, is_kanji};

/// Longest name.
const LONGEST: usize = 26;

/// Runs of name characters that end like a law and are not some method (方法) or a kind of law (国際法).
pub(crate) fn laws(scope: &Scope<'_>, known: &[Candidate]) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut at = 0;
    let acts = scope.cues.role("act");
    while at < scope.chars.len() {
        let Some(cue) = acts.beginning(&scope.chars[at..]) else {
            at += 1;
            continue;
        };
        let end = at + cue.word.len();
        out.extend(law(scope, known, at, end));
        at = end;
    }
    out
}

fn law(scope: &Scope<'_>, known: &[Candidate], at: usize, end: usize) -> Option<Candidate> {
    // 法人, 法律, 法的: the ending must close the run.
    let goes_on = scope.chars.get(end).is_some_and(|c| is_kanji(*c) || *c == '・');
    if goes_on && scope.cues.beginning("of_act", &scope.chars[end..]).is_none() {
        return None;
    }
    let mut start = at;
    while start > 0 && at - start < LONGEST && is_name(scope.chars[start - 1]) && scope.chars[start - 1] != '・' {
        start -= 1;
    }
    // A body or a country before the name is none of it: 中国政府、暗号法; 米憲法 is.
    let body = |c: &&Candidate| c.start <= start && c.end > start && c.end < at && c.kind == MentionKind::Org;
    if let Some(body) = known.iter().filter(body).max_by_key(|c| c.end) {
        start = body.end;
    }
    if let Some(year) =
        (start + 1..at).rev().find(|&i| matches!(scope.chars[i], '年' | '月' | '日') && scope.chars[i - 1].is_numeric())
    {
        start = year + 1;
    }
    let name = &scope.chars[start..end];
    let known_whole = known.iter().any(|c| c.kind == MentionKind::Law && c.start <= start && c.end >= end);
    let other = known.iter().any(|c| c.start < start && c.end > start);
    let generic = scope.cues.ending("no_act", name).is_some() || (name.len() < 3 && !is_short_law(name));
    (!known_whole && !other && !generic && start < at && name.iter().any(|c| is_kanji(*c)))
        .then(|| Candidate::name((start, end), MentionKind::Law, Target::Unlisted(None), "law-form", 860))
}

/// The codes that go by two characters.
fn is_short_law(name: &[char]) -> bool {
    matches!(name, ['刑' | '民' | '商' | '憲', '法'])
}

//! Places and who acts for them: 米 before a foreign name, `独・仏`, `米・英・豪政府`, a prefecture that announces something.

use hakusho_lexicon::{Cue, is_katakana};
use hakusho_model::MentionKind;

use crate::candidate::{Candidate, Target};
use crate::scope::{Scope, is_kanji, is_latin};

/// Countries by one character, the reporting country, governments of coordinated countries, places that act.
pub(crate) fn places(
    scope: &Scope<'_>,
    known: &[Candidate],
    countries: &dyn Fn(&str) -> Option<u32>,
) -> Vec<Candidate> {
    let mut out = one_character(scope, countries);
    out.extend(home(scope, countries));
    out.extend(acting(scope, known));
    out
}

fn home(scope: &Scope<'_>, countries: &dyn Fn(&str) -> Option<u32>) -> Vec<Candidate> {
    let mut out = Vec::new();
    let words = scope.cues.role("home");
    for at in 0..scope.chars.len() {
        let Some(cue) = words.beginning(&scope.chars[at..]) else { continue };
        let free = at == 0 || !is_kanji(scope.chars[at - 1]);
        if let Some(home) = countries("JP").filter(|_| free) {
            out.push(Candidate::name((at, at + cue.word.len()), MentionKind::Loc, Target::Entry(home), "home", 900));
        }
    }
    out
}

/// A country's character at a place, where no longer word begins with it.
fn country<'a>(scope: &'a Scope<'_>, at: usize) -> Option<&'a Cue> {
    let here = scope.chars.get(at..)?;
    scope.cues.beginning("country", here).filter(|_| scope.cues.beginning("no_country", here).is_none())
}

fn one_character(scope: &Scope<'_>, countries: &dyn Fn(&str) -> Option<u32>) -> Vec<Candidate> {
    let mut out = Vec::new();
    let signs = scope.cues.role("country");
    for at in 0..scope.chars.len() {
        if signs.beginning(&scope.chars[at..]).is_none() {
            continue;
        }
        let Some(cue) = country(scope, at) else { continue };
        let alone = scope.cues.list("alone").iter().any(|c| c.word == cue.word);
        let stands = stands_for_country(scope, at, alone);
        if let Some(entry) = stands.then(|| countries(&cue.note)).flatten() {
            out.push(Candidate::name((at, at + 1), MentionKind::Loc, Target::Entry(entry), "country-sign", 880));
        }
    }
    out
}

/// Whether the character at a place is a country: by a foreign word or の behind it, or another country beside it.
fn stands_for_country(scope: &Scope<'_>, at: usize, alone: bool) -> bool {
    let before = at.checked_sub(1).map(|i| scope.chars[i]);
    let next = scope.chars.get(at + 1).copied();
    let coordinated = coordinated(scope, at);
    if before.is_some_and(|c| is_kanji(c) || is_katakana(c) || is_latin(c) || c.is_numeric()) && !coordinated {
        // バイデン米大統領: an office behind it.
        let office = scope.cues.beginning("title", &scope.chars[at + 1..]).is_some();
        return alone && office && before.is_some_and(is_katakana);
    }
    let Some(next) = next else { return false };
    let foreign = is_katakana(next) || is_latin(next);
    let bracketed = matches!(before, Some('（' | '(')) && matches!(next, '）' | ')');
    coordinated || alone && (foreign || bracketed || next == 'の')
}

/// Whether another country's character is joined to the one at a place: 独・仏の, 日英間.
fn coordinated(scope: &Scope<'_>, at: usize) -> bool {
    // A comma joins governments only: 日本では…つつある中、日本企業 joins nothing.
    let government = || scope.chars[at..].iter().take(8).collect::<String>().contains("政府");
    let joint = |i: usize| match scope.chars.get(i) {
        Some('・') => true,
        Some('、') => government(),
        _ => false,
    };
    let left = at >= 2 && joint(at - 1) && country(scope, at - 2).is_some() && ends_list(scope, at + 1);
    let right = joint(at + 1) && country(scope, at + 2).is_some();
    let pair = |first: usize| {
        let free = first == 0 || !is_kanji(scope.chars[first - 1]);
        let link = scope.chars.get(first + 2..).is_some_and(|rest| {
            ["間", "両国", "両政府", "首脳", "関係"].iter().any(|w| rest.starts_with(&w.chars().collect::<Vec<_>>()))
        });
        free && link && country(scope, first).is_some() && country(scope, first + 1).is_some()
    };
    left || right || pair(at) || at > 0 && pair(at - 1)
}

fn ends_list(scope: &Scope<'_>, at: usize) -> bool {
    let rest = &scope.chars[at.min(scope.chars.len())..];
    let governs = rest.starts_with(&['政', '府']);
    let particle = rest
        .first()
        .is_none_or(|c| matches!(c, 'の' | 'が' | 'は' | 'と' | 'で' | 'に' | 'を' | '・' | '、' | '間' | '両' | '首'));
    governs || particle
}

/// Places that act as bodies: those joined to another's government, and parts of a country at the head of a chronology entry.
fn acting(scope: &Scope<'_>, known: &[Candidate]) -> Vec<Candidate> {
    let mut out = Vec::new();
    let head = scope.head();
    for place in known.iter().filter(|c| c.kind == MentionKind::Loc) {
        let Some(entry) = place.entry() else { continue };
        let class = scope.entries[entry as usize].class.as_str();
        let part = matches!(class, "prefecture" | "state" | "municipality");
        let comma = matches!(scope.chars.get(place.end), Some('、' | '，'));
        if part && Some(place.start) == head && comma && ends_like_body(scope.chars[place.end - 1]) {
            out.push(Candidate::name(
                (place.start, place.end),
                MentionKind::Org,
                Target::Government(entry),
                "acting-place",
                960,
            ));
        }
    }
    out
}

fn ends_like_body(last: char) -> bool {
    matches!(last, '都' | '道' | '府' | '県' | '市' | '区' | '町' | '村' | '州')
}

/// Governments that share the word 政府 of the last one: 米・英・豪政府; シンガポール、ニュージーランド、チリ政府.
pub(crate) fn coordinated_governments(
    scope: &Scope<'_>,
    known: &[Candidate],
    government: &dyn Fn(&str) -> Option<u32>,
) -> Vec<Candidate> {
    let mut out = Vec::new();
    let is_government = |c: &&Candidate| {
        c.kind == MentionKind::Org && c.end >= 2 && scope.chars[..c.end].ends_with(&['政', '府']) && c.end - c.start > 2
    };
    for last in known.iter().filter(is_government) {
        let mut at = last.start;
        while at >= 2 && matches!(scope.chars[at - 1], '・' | '、') {
            let place =
                known.iter().filter(|c| c.kind == MentionKind::Loc && c.end == at - 1).max_by_key(|c| c.end - c.start);
            let sign = country(scope, at - 2).map(|c| (at - 2, c.note.clone()));
            let found =
                place.and_then(|p| Some((p.start, scope.entries[p.entry()? as usize].country.clone()))).or(sign);
            let Some((start, code)) = found else { break };
            let Some(entry) = government(&code) else { break };
            out.push(Candidate::name((start, at - 1), MentionKind::Org, Target::Entry(entry), "coordination", 965));
            at = start;
        }
    }
    out
}

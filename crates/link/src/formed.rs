//! Organisations by the form of their name, beside what lists name in the same place.

use hakusho_model::MentionKind;

use crate::candidate::{Candidate, Target};
use crate::forms::organisations;
use crate::scope::Scope;

/// Organisations by form. One that is a listed name with its legal form is that entry; one that ends where a listed name
/// ends says no more than the list.
pub(crate) fn formed(scope: &Scope<'_>, listed: &[Candidate]) -> Vec<Candidate> {
    let mut out = Vec::new();
    for mut found in organisations(scope.chars, scope.forms) {
        // A country before the name, and whatever else is named there, is not part of it.
        let place = |c: &&Candidate| c.start <= found.start && c.end > found.start && c.kind == MentionKind::Loc;
        if let Some(place) =
            listed.iter().filter(place).find(|c| c.end + 3 < found.end && !is_part(scope, c, found.end))
        {
            found.start = place.end;
        }
        let inside = |c: &&Candidate| found.start <= c.start && c.end <= found.end && c.kind == MentionKind::Org;
        let same = |c: &&Candidate| {
            let before: Vec<char> = scope.chars[found.start..c.start].to_vec();
            let behind: Vec<char> = scope.chars[c.end..found.end].to_vec();
            let form = |part: &Vec<char>, list: &[Vec<char>]| part.is_empty() || list.contains(part);
            form(&before, &scope.forms.prefixes) && form(&behind, &scope.forms.suffixes[..])
        };
        let across = listed.iter().any(|c| c.start < found.start && c.end > found.start && c.end <= found.end);
        let whole = listed.iter().any(|c| c.start <= found.start && c.end >= found.end);
        if across || whole {
            continue;
        }
        let entry = listed.iter().filter(inside).find(same).and_then(Candidate::entry);
        let (target, score) = entry.map_or((Target::Unlisted(None), 900), |e| (Target::Entry(e), 955));
        out.push(Candidate::name((found.start, found.end), MentionKind::Org, target, "form", score));
    }
    out
}

/// Whether a place opens the name of a body that the brackets behind it, or its kind, make one: 欧州電気通信規制者団体.
fn is_part(scope: &Scope<'_>, place: &Candidate, end: usize) -> bool {
    let region = place.entry().is_some_and(|e| scope.entries[e as usize].class == "region");
    region && matches!(scope.chars.get(end), Some('（' | '(' | '）' | ')'))
}

//! Who does and who is hit, by the particles that follow a name.

use hakusho_model::{Mention, MentionKind};

use crate::clauses::Range;

/// Part a group of names plays in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Before は, が, も, では, による, or before the comma that follows the head of a bare statement.
    Subject,
    /// Before に対し, に, を, へ.
    Object,
    /// Anything else.
    Other,
}

/// Names joined by と, 及び, 、 with the part they play together.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) role: Role,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Their kinds and IRIs.
    pub(crate) names: Vec<(MentionKind, String)>,
}

const JOINTS: [&str; 11] = ["と", "及び", "および", "並びに", "や", "、", "・", "，", "、及び", "と、", "又は"];
const SUBJECT: [&str; 10] = ["は", "が", "も", "では", "により", "による", "において", "においては", "から", "等は"];
const OBJECT: [&str; 6] = ["に対", "を", "に", "へ", "等を", "等に"];

/// Whether a kind can act or be hit.
fn can_act(kind: MentionKind) -> bool {
    matches!(kind, MentionKind::Org | MentionKind::Loc | MentionKind::Person | MentionKind::Product)
}

/// The groups of names in a clause.
pub(crate) fn groups(chars: &[char], clause: Range, mentions: &[&Mention], bare: bool) -> Vec<Group> {
    let names: Vec<&&Mention> = mentions
        .iter()
        .filter(|m| m.start >= clause.start && m.end <= clause.end && can_act(m.kind) && m.entity.is_some())
        .collect();
    let mut out: Vec<Group> = Vec::new();
    for mention in names {
        let name = (mention.kind, mention.entity.clone().unwrap_or_default());
        let joined = out.last_mut().filter(|g| {
            let between: String = chars[g.end.min(mention.start)..mention.start].iter().collect();
            JOINTS.contains(&between.as_str()) || is_bracket(&between)
        });
        match joined {
            Some(group) => {
                group.end = mention.end;
                if !group.names.contains(&name) {
                    group.names.push(name);
                }
            }
            None => {
                out.push(Group { role: Role::Other, start: mention.start, end: mention.end, names: vec![name] });
            }
        }
    }
    for group in &mut out {
        group.role = role(chars, clause, group, bare);
    }
    out
}

/// `（NICT）`: the short form behind the full one.
fn is_bracket(between: &str) -> bool {
    matches!(between, "（" | "(" | "）" | ")")
}

fn role(chars: &[char], clause: Range, group: &Group, bare: bool) -> Role {
    let mut from = group.end;
    // Past a closing bracket, or an explanation in brackets.
    while from < clause.end && matches!(chars[from], '）' | ')' | '」' | '』' | '等' | '他') {
        from += 1;
    }
    if from < clause.end && matches!(chars[from], '（' | '(') {
        from = chars[from..clause.end].iter().position(|c| matches!(c, '）' | ')')).map_or(from, |n| from + n + 1);
    }
    let after: String = chars[from..clause.end.min(from + 6)].iter().collect();
    let starts = |list: &[&str]| list.iter().any(|w| after.starts_with(w));
    if starts(&SUBJECT) {
        Role::Subject
    } else if starts(&OBJECT) {
        Role::Object
    } else if bare && group.start <= clause.start + 4 && after.starts_with(['、', '，']) {
        Role::Subject
    } else {
        Role::Other
    }
}

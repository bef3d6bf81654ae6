//! Who does and who is hit, by the particles that follow a name.

use hakusho_model::{Mention, MentionKind};

use crate::clauses::Range;

/// Names joined by と, 及び, 、 with what follows them.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) end: usize,
    /// Their kinds and IRIs.
    pub(crate) names: Vec<(MentionKind, String)>,
    /// The characters behind the last name, past brackets and 等.
    pub(crate) after: String,
}

const JOINTS: [&str; 12] =
    ["と", "及び", "および", "並びに", "や", "、", "・", "，", "、及び", "と、", "又は", "とその"];
const SUBJECT: [&str; 8] = ["は", "が", "も", "により", "による", "によって", "から", "より"];
const LOCATIVE: [&str; 5] = ["では", "において", "でも", "における", "で、"];
const OBJECT: [&str; 4] = ["に対", "を", "に", "へ"];
/// Characters behind a group that tell its part.
const AFTER: usize = 12;

impl Group {
    /// Whether the group says who does: は, が, による; a body also by において, a place does not.
    pub(crate) fn is_subject(&self) -> bool {
        let place = self.names.iter().all(|(kind, _)| *kind == MentionKind::Loc);
        let starts = |list: &[&str]| list.iter().any(|w| self.after.starts_with(w));
        // 〜との, 〜へ are no subjects; には and とは are topics of another kind.
        starts(&SUBJECT) || !place && starts(&LOCATIVE)
    }

    /// Whether the group says whom or what it is done to.
    pub(crate) fn is_object(&self) -> bool {
        OBJECT.iter().any(|w| self.after.starts_with(w))
            && !self.after.starts_with("には")
            && !self.after.starts_with("によ")
    }

    /// Whether a verb or noun takes the group by a particle (`を提訴`).
    pub(crate) fn is_before(&self, words: &[&str]) -> bool {
        words.iter().any(|w| self.after.starts_with(w))
    }

    /// The names, bodies and persons where there are any.
    pub(crate) fn who(&self) -> Vec<(MentionKind, String)> {
        let acts = |n: &&(MentionKind, String)| matches!(n.0, MentionKind::Org | MentionKind::Person);
        let bodies: Vec<_> = self.names.iter().filter(acts).cloned().collect();
        if bodies.is_empty() { self.names.clone() } else { bodies }
    }
}

/// Whether a kind can act or be hit.
fn can_act(kind: MentionKind) -> bool {
    matches!(kind, MentionKind::Org | MentionKind::Loc | MentionKind::Person | MentionKind::Product)
}

/// Names that can act in a stretch, without those inside others; an organisation inside a product's name stands for it.
pub(crate) fn actors<'m>(clause: Range, mentions: &[&'m Mention]) -> Vec<&'m Mention> {
    let inside: Vec<&Mention> = mentions
        .iter()
        .copied()
        .filter(|m| m.start >= clause.start && m.end <= clause.end && can_act(m.kind) && m.entity.is_some())
        .collect();
    let holds = |a: &Mention, b: &Mention| a.start <= b.start && b.end <= a.end && a.end - a.start > b.end - b.start;
    let stands = |m: &&Mention| {
        let outer = inside.iter().filter(|o| holds(o, m)).max_by_key(|o| o.end - o.start);
        match outer {
            Some(o) => m.kind == MentionKind::Org && o.kind == MentionKind::Product && m.start == o.start,
            None => {
                let owner = inside.iter().any(|n| n.kind == MentionKind::Org && holds(m, n) && n.start == m.start);
                !(m.kind == MentionKind::Product && owner)
            }
        }
    };
    inside.iter().copied().filter(stands).collect()
}

/// The groups of names in a clause.
pub(crate) fn groups(chars: &[char], clause: Range, mentions: &[&Mention]) -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    for mention in actors(clause, mentions) {
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
                out.push(Group { end: mention.end, names: vec![name], after: String::new() });
            }
        }
    }
    for group in &mut out {
        group.after = after(chars, clause, group.end);
    }
    out
}

/// `（NICT）`: the short form behind the full one.
fn is_bracket(between: &str) -> bool {
    matches!(between, "（" | "(" | "）" | ")")
}

fn after(chars: &[char], clause: Range, end: usize) -> String {
    let mut from = end;
    // Past a closing bracket, or an explanation in brackets, and words that leave the list open.
    while from < clause.end && matches!(chars[from], '）' | ')' | '」' | '』' | '等' | '他') {
        from += 1;
    }
    if from < clause.end && matches!(chars[from], '（' | '(') {
        from = chars[from..clause.end].iter().position(|c| matches!(c, '）' | ')')).map_or(from, |n| from + n + 1);
    }
    // 甲社等４社に: the count of the list.
    let count = chars[from..clause.end].iter().take_while(|c| c.is_numeric()).count();
    if count > 0 && chars.get(from + count) == Some(&'社') {
        from += count + 1;
    }
    chars[from..clause.end.min(from + AFTER)].iter().collect()
}

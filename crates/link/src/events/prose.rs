//! Running text: a clause that says when or by whom, and holds a word in a finite form.

use hakusho_lexicon::EventHit;
use hakusho_model::{Block, Event, EventKind, Mention, MentionKind};

use super::statement::{Parts, Statement};
use super::{Knowledge, Name, stating, strongest};
use crate::clauses::{clauses, quoted, sentences};
use crate::roles::{Group, groups};

/// The events of a paragraph.
pub(super) fn events(block: &Block, mentions: &[&Mention], knowledge: &Knowledge<'_>) -> Vec<Event> {
    let chars: Vec<char> = block.text.chars().collect();
    let inside = quoted(&chars);
    let hits = stating(block, &inside, mentions, knowledge);
    let mut out = Vec::new();
    if hits.is_empty() {
        return out;
    }
    // Who the last sentence was about, which the next one may leave out.
    let mut topic: Vec<Name> = Vec::new();
    for sentence in sentences(&chars) {
        let (mut date, mut subject) = (None, Vec::new());
        for range in clauses(&chars, sentence) {
            let statement = Statement { block, chars: &chars, mentions, range };
            date = statement.date_before(range.end).or(date);
            let groups = groups(&chars, range, mentions);
            if let Some(group) = subject_of(&groups) {
                subject = group.who();
            }
            let within = |h: &&EventHit<'_>| h.start >= range.start && h.end <= range.end;
            let stated: Vec<&EventHit<'_>> =
                hits.iter().filter(within).filter(|h| statement.is_stated(h, knowledge)).collect();
            let Some(hit) = strongest(&stated) else { continue };
            let hit = &in_force(&statement, hit);
            let who = subject.iter().any(|(kind, _)| matches!(kind, MentionKind::Org | MentionKind::Person));
            if date.is_none() && !who {
                continue;
            }
            let left_out = subject.is_empty() && hit.kind == EventKind::Announcement;
            let doer = if left_out { &topic } else { &subject };
            let parts = parts(&statement, hit, doer, &groups);
            out.push(statement.event(hit, &parts, date.clone(), statement.modality(hit, knowledge)));
        }
        if subject.iter().any(|(kind, _)| *kind == MentionKind::Org) {
            topic = subject;
        }
    }
    out
}

/// A law that is started is one that enters into force: `GDPRが運用開始され`.
fn in_force<'k>(statement: &Statement<'_>, hit: &EventHit<'k>) -> EventHit<'k> {
    let starts = hit.kind == EventKind::Announcement && matches!(hit.class, "start");
    if starts && !laws_of(statement, hit).is_empty() {
        return EventHit { kind: EventKind::Legislation, class: "in_force", ..*hit };
    }
    *hit
}

/// The law that a step is about: before it as its subject (`○○法が2020年に施行`), or behind it (`施行された○○法`).
fn laws_of(statement: &Statement<'_>, hit: &EventHit<'_>) -> Vec<Name> {
    let laws = || statement.inside().filter(|m| m.kind == MentionKind::Law && m.entity.is_some());
    let behind = laws().find(|m| {
        m.start >= hit.end
            && ["された", "した", "される", "された「", "した「", "されている"]
                .contains(&statement.text(hit.end, m.start).as_str())
    });
    let before = laws().filter(|m| m.end <= hit.start).filter(|m| {
        let after = statement.text(m.end, m.end + 12);
        let after = after.trim_start_matches(['」', '』', '（', '(']);
        ["が", "は", "も", "を"].iter().any(|p| after.starts_with(p)) || m.end == hit.start || after.contains('）')
    });
    let law = behind.or_else(|| before.last());
    law.map(|m| (MentionKind::Law, m.entity.clone().unwrap_or_default())).into_iter().collect()
}

/// The group that says who: bodies before places.
fn subject_of(groups: &[Group]) -> Option<&Group> {
    let body = |g: &&Group| g.names.iter().any(|n| matches!(n.0, MentionKind::Org | MentionKind::Person));
    let subjects = || groups.iter().filter(|g| g.is_subject());
    subjects().find(body).or_else(|| subjects().next())
}

fn parts(statement: &Statement<'_>, hit: &EventHit<'_>, subject: &[Name], groups: &[Group]) -> Parts {
    let of = |test: &dyn Fn(&&Group) -> bool| -> Vec<Name> {
        let mut names: Vec<Name> = groups.iter().filter(test).flat_map(Group::who).collect();
        names.retain(|n| !subject.contains(n) && n.0 != MentionKind::Loc);
        names
    };
    let subject = subject.to_vec();
    match hit.kind {
        EventKind::Announcement => {
            let whom = of(&|g| g.is_before(&["に対", "の", "等"]) && g.is_before(&["に対"]));
            Parts { actors: subject, affected: whom, ..Parts::default() }
        }
        EventKind::Legislation => Parts { actors: subject, affected: laws_of(statement, hit), ..Parts::default() },
        EventKind::Lawsuit | EventKind::Enforcement => {
            let against = of(&|g| g.is_before(&["に対"]));
            let object = if against.is_empty() { of(&|g| g.is_object()) } else { against };
            Parts { actors: subject, affected: object, ..Parts::default() }
        }
        EventKind::Incident => victims(statement, hit, subject, groups),
    }
}

/// Whom an incident of the running text befell; of a forgery, whom it shows.
pub(super) fn victims(statement: &Statement<'_>, hit: &EventHit<'_>, subject: Vec<Name>, groups: &[Group]) -> Parts {
    let before: Vec<&Mention> = statement.inside().filter(|m| m.end <= hit.start).collect();
    if hit.class == "disinformation" {
        let shown = |kind: MentionKind| {
            before
                .iter()
                .rev()
                .find(|m| m.kind == kind && m.entity.is_some())
                .map(|m| (kind, m.entity.clone().unwrap_or_default()))
        };
        let whom = shown(MentionKind::Person).or_else(|| shown(MentionKind::Org)).or_else(|| shown(MentionKind::Loc));
        return Parts { affected: whom.into_iter().collect(), ..Parts::default() };
    }
    let maker = |g: &&Group| ["社製", "製"].iter().any(|w| g.after.starts_with(w));
    let named = |g: &Group| g.names.iter().any(|n| n.0 == MentionKind::Org);
    let own: Vec<Name> = subject.iter().filter(|n| n.0 != MentionKind::Loc).cloned().collect();
    if !own.is_empty() {
        return Parts { affected: own, ..Parts::default() };
    }
    let first = groups.iter().filter(|g| !maker(g)).find(|g| named(g) && g.end <= hit.end).map(Group::who);
    Parts { affected: first.unwrap_or_default(), ..Parts::default() }
}

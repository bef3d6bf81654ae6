//! Tables of incidents: rows that begin with a date or an organisation, say when, and tell something.

use hakusho_lexicon::EventHit;
use hakusho_model::{Block, Event, EventKind, Mention, MentionKind};

use super::prose::victims;
use super::statement::{Parts, Statement, edtf};
use super::{Knowledge, Name, in_name};
use crate::clauses::Range;
use crate::roles::{actors, groups};

/// Characters of a cell that tells something.
const TOLD: usize = 15;

/// The events of a table's rows.
pub(super) fn events(block: &Block, mentions: &[&Mention], knowledge: &Knowledge<'_>) -> Vec<Event> {
    let chars: Vec<char> = block.text.chars().collect();
    let mut out = Vec::new();
    let mut start = 0;
    for line in block.text.split('\n') {
        let range = Range { start, end: start + line.chars().count() };
        start = range.end + 1;
        let statement = Statement { block, chars: &chars, mentions, range };
        out.extend(row(&statement, line, knowledge));
    }
    out
}

fn row(statement: &Statement<'_>, line: &str, knowledge: &Knowledge<'_>) -> Option<Event> {
    let range = statement.range;
    let widths: Vec<usize> = line.split('\t').map(|c| c.chars().count()).collect();
    if !widths.iter().any(|w| *w >= TOLD) {
        return None;
    }
    let first = Range { start: range.start, end: range.start + widths.first().copied().unwrap_or(0) };
    let second = first.end + 1 + widths.get(1).copied().unwrap_or(0);
    let named = actors(first, statement.mentions);
    let covered: usize = named.iter().map(|m| m.end - m.start).sum();
    let body = named.iter().any(|m| m.kind == MentionKind::Org);
    let subject = body && covered * 3 >= (first.end - first.start) * 2;
    let dates = |to: usize| statement.inside().find(|m| m.kind == MentionKind::Date && m.end <= to);
    let told = body.then(|| told_date(statement)).flatten();
    let date = if body { told.or_else(|| dates(range.end)) } else { dates(second) };
    let hits: Vec<EventHit<'_>> = knowledge
        .words
        .find(line)
        .into_iter()
        .map(|h| EventHit { start: h.start + range.start, end: h.end + range.start, ..h })
        .filter(|h| !in_name(h, statement.mentions))
        .collect();
    let refs: Vec<&EventHit<'_>> = hits.iter().collect();
    let forged = refs.iter().copied().find(|h| h.class == "disinformation" && h.names);
    let hit = forged.or_else(|| statement.strongest(&refs, knowledge))?;
    // What a row of attributes mentions (導入の際に取得) is no announcement.
    if hit.kind == EventKind::Announcement && !body && !line.contains('。') {
        return None;
    }
    if date.is_none() && !(subject && hit.kind == EventKind::Incident) {
        return None;
    }
    let parts = if subject { about(&named, hit) } else { told_of(statement, hit) };
    Some(statement.event(hit, &parts, date.and_then(edtf), statement.modality(hit, knowledge)))
}

/// The date behind which the row says that it was made public.
fn told_date<'a>(statement: &Statement<'a>) -> Option<&'a Mention> {
    let public = |m: &&Mention| {
        let after = statement.text(m.end, m.end + 5);
        m.kind == MentionKind::Date && ["公表", "発表", "付"].iter().any(|w| after.contains(w))
    };
    statement.inside().find(public)
}

/// The parts of a row about whom its first cell names.
fn about(named: &[&Mention], hit: &EventHit<'_>) -> Parts {
    let bodies = named.iter().filter(|m| m.kind == MentionKind::Org);
    let names: Vec<Name> = bodies.map(|m| (m.kind, m.entity.clone().unwrap_or_default())).collect();
    match hit.kind {
        EventKind::Incident => Parts { affected: names, ..Parts::default() },
        _ => Parts { actors: names, ..Parts::default() },
    }
}

/// The parts of a row that does not begin with whom it is about.
fn told_of(statement: &Statement<'_>, hit: &EventHit<'_>) -> Parts {
    let groups = groups(statement.chars, statement.range, statement.mentions);
    // 例示されているのは、甲、乙、丙: the longest list of bodies are those hit.
    let bodies = |g: &&crate::roles::Group| g.names.iter().filter(|n| n.0 == MentionKind::Org).count();
    let list = groups.iter().filter(|g| bodies(g) >= 2).max_by_key(bodies);
    match (hit.kind, list) {
        (EventKind::Incident, Some(list)) if hit.class != "disinformation" => {
            Parts { affected: list.who(), ..Parts::default() }
        }
        (EventKind::Incident, _) => victims(statement, hit, Vec::new(), &groups),
        _ => {
            let acts = groups.iter().find(|g| g.is_subject()).or(groups.first());
            Parts { actors: acts.map(crate::roles::Group::who).unwrap_or_default(), ..Parts::default() }
        }
    }
}

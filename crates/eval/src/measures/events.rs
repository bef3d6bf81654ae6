//! `events.*`: what the annotated passages say has happened, with roles, numbers and date.

use std::collections::BTreeSet;

use hakusho_model::{Event, EventKind};

use super::Case;
use crate::compare::{cover, pair, unpaired};
use crate::dates::edtf;
use crate::finding::Findings;
use crate::gold::{EventRow, Gold};
use crate::keys::{name_key, same_number};
use crate::score::{f1, nothing_to_judge, share};
use crate::view::clip;

/// Share of the shorter text by which an event belongs to a passage.
const SAME_PASSAGE: f64 = 0.5;
/// Share by which an event stands in a passage that has none in the gold, and is wrong there.
const IN_PASSAGE: f64 = 0.9;
/// Characters from which a statement can be told.
const LEAST_TEXT: usize = 6;

/// Events of one passage: of the gold, and of the document.
struct Group<'a> {
    text: &'a [char],
    page: Option<u32>,
    want: Vec<&'a EventRow>,
    have: Vec<&'a Event>,
}

type Pair<'a> = (&'a EventRow, &'a Event, Option<u32>);

pub(super) fn measure(case: &Case<'_>, out: &mut Findings) {
    let Some(events) = &case.gold.events else { return };
    let (groups, stray) = groups(case, events);
    let (mut pairs, mut found): (Vec<Pair<'_>>, usize) = (Vec::new(), stray.len());
    for group in &groups {
        found += group.have.len();
        let matched = pair(group.want.len(), group.have.len(), |i, j| cost(case, group.want[i], group.have[j]));
        for j in unpaired(group.have.len(), &matched, |p| p.1) {
            out.wrong("events.detected", group.page, statement(case, group.have[j]));
        }
        pairs.extend(matched.into_iter().map(|(i, j)| (group.want[i], group.have[j], group.page)));
    }
    for e in stray {
        out.wrong("events.detected", None, statement(case, e));
    }
    let is_matched = |e: &EventRow| pairs.iter().any(|p| std::ptr::eq(p.0, e));
    let mut missed = 0;
    for e in events.iter().filter(|e| !e.weak && !is_matched(e)) {
        missed += 1;
        out.missed("events.detected", page(case, e), format!("{} {} in {}", name(e), e.summary, e.passage));
    }
    out.score("events.detected", f1(pairs.len(), pairs.len() + missed, found));
    roles(
        "events.affected",
        case,
        &pairs,
        events.iter().any(|e| !e.affected.is_empty()),
        out,
        |g| &g.affected,
        affected,
    );
    roles("events.actor", case, &pairs, events.iter().any(|e| !e.actor.is_empty()), out, |g| &g.actor, actors);
    counts(&pairs, events, out);
    dates(&pairs, events, out);
}

fn name(e: &EventRow) -> String {
    kind_name(e.kind)
}

fn kind_name(kind: EventKind) -> String {
    format!("{kind:?}").to_lowercase()
}

fn page(case: &Case<'_>, e: &EventRow) -> Option<u32> {
    case.gold.passages.iter().find(|p| p.id == e.passage).and_then(|p| p.page)
}

fn source<'c>(case: &'c Case<'_>, e: &Event) -> &'c [char] {
    case.view.block(&e.block).map(|b| b.slice(e.start, e.end)).unwrap_or_default()
}

fn statement(case: &Case<'_>, e: &Event) -> String {
    let text: String = source(case, e).iter().collect();
    format!("{} {} ({}): {}", kind_name(e.kind), e.date.as_deref().unwrap_or("-"), e.class, clip(&text))
}

/// Events by passage, and those of the document that stand in a passage for which the gold has none.
/// What stands outside of all passages is not judged.
fn groups<'a>(case: &'a Case<'_>, events: &'a [EventRow]) -> (Vec<Group<'a>>, Vec<&'a Event>) {
    let text = |id: &str| case.gold.passages.iter().position(|p| p.id == id).map(|i| case.texts[i].chars.as_slice());
    let mut all: Vec<Group<'a>> = Vec::new();
    for e in events {
        let Some(text) = e.text.as_deref().or_else(|| text(&e.passage)).filter(|t| !t.is_empty()) else { continue };
        match all.iter_mut().find(|g| g.text == text) {
            Some(group) => group.want.push(e),
            None => all.push(Group { text, page: page(case, e), want: vec![e], have: Vec::new() }),
        }
    }
    let mut stray = Vec::new();
    for e in case.view.document.events.iter().filter(|e| case.view.block(&e.block).is_some()) {
        let text = source(case, e);
        let fits = |g: &Group<'_>| (cover(text, g.text), g.text.len().abs_diff(text.len()));
        let mut best: Option<(usize, (f64, usize))> = None;
        for (i, fit) in all.iter().map(fits).enumerate() {
            if best.is_none_or(|(_, b)| fit.0 > b.0 || (fit.0 >= b.0 && fit.1 < b.1)) {
                best = Some((i, fit));
            }
        }
        match best.filter(|(_, fit)| fit.0 >= SAME_PASSAGE) {
            Some((i, _)) => all[i].have.push(e),
            None if text.len() >= LEAST_TEXT && case.texts.iter().any(|t| cover(text, &t.chars) >= IN_PASSAGE) => {
                stray.push(e);
            }
            None => {}
        }
    }
    (all, stray)
}

/// Events of one type; the more of the affected they share, the sooner they are a pair.
fn cost(case: &Case<'_>, g: &EventRow, f: &Event) -> Option<f64> {
    (g.kind == f.kind).then(|| -(fillers(case.gold, &g.affected, &labels(case, affected(f))).hits.len() as f64))
}

fn affected(e: &Event) -> &[String] {
    &e.affected
}

/// Who announced it acted, where nobody else did.
fn actors(e: &Event) -> &[String] {
    if e.actors.is_empty() { &e.announcer } else { &e.actors }
}

fn labels(case: &Case<'_>, entities: &[String]) -> Vec<String> {
    entities.iter().map(|e| name_key(case.view.label(e))).collect()
}

/// Outcome of comparing the fillers of a role.
struct Fillers {
    hits: Vec<(usize, usize)>,
    /// Fillers the gold needs; one that is no known thing but free text is welcome, not needed.
    needed: usize,
}

fn fillers(gold: &Gold, wanted: &[String], labels: &[String]) -> Fillers {
    let names = |id: &String| match gold.names.get(id).filter(|n| !n.is_empty()) {
        Some(names) => names.clone(),
        None => BTreeSet::from([name_key(id)]),
    };
    let known = |id: &String| gold.names.contains_key(id);
    let wanted: Vec<(BTreeSet<String>, bool)> = wanted.iter().map(|id| (names(id), known(id))).collect();
    let hits = pair(wanted.len(), labels.len(), |i, j| wanted[i].0.contains(&labels[j]).then_some(0.0));
    let welcome = hits.iter().filter(|(i, _)| !wanted[*i].1).count();
    Fillers { needed: wanted.iter().filter(|w| w.1).count() + welcome, hits }
}

fn roles(
    measure: &'static str,
    case: &Case<'_>,
    pairs: &[Pair<'_>],
    asked: bool,
    out: &mut Findings,
    gold_role: impl Fn(&EventRow) -> &[String],
    role: impl Fn(&Event) -> &[String],
) {
    let (mut hits, mut needed, mut found) = (0, 0, 0);
    for (g, f, page) in pairs {
        let (wanted, have) = (gold_role(g), role(f));
        let outcome = fillers(case.gold, wanted, &labels(case, have));
        (hits, needed, found) = (hits + outcome.hits.len(), needed + outcome.needed, found + have.len());
        for i in unpaired(wanted.len(), &outcome.hits, |p| p.0).filter(|i| case.gold.names.contains_key(&wanted[*i])) {
            out.missed(measure, *page, format!("{} in {} {}", wanted[i], name(g), g.summary));
        }
        for j in unpaired(have.len(), &outcome.hits, |p| p.1) {
            out.wrong(measure, *page, format!("{} in {} {}", case.view.label(&have[j]), name(g), g.summary));
        }
    }
    let score = if needed == 0 && asked { Some(nothing_to_judge(found)) } else { f1(hits, needed, found) };
    out.score(measure, score);
}

fn counts(pairs: &[Pair<'_>], events: &[EventRow], out: &mut Findings) {
    let (mut right, mut of) = (0, 0);
    for (g, f, page) in pairs {
        let same = |i: usize, j: usize| g.counts[i].value.is_some_and(|v| same_number(v, f.quantities[j].value));
        let hits = pair(g.counts.len(), f.quantities.len(), |i, j| same(i, j).then_some(0.0));
        (right, of) = (right + hits.len(), of + g.counts.len());
        for i in unpaired(g.counts.len(), &hits, |p| p.0) {
            let value = g.counts[i].value.unwrap_or_default();
            let gold = format!("{value} in {} {}", name(g), g.summary);
            let others: Vec<String> =
                unpaired(f.quantities.len(), &hits, |p| p.1).map(|j| f.quantities[j].value.to_string()).collect();
            if others.is_empty() {
                out.missed("events.count", *page, gold);
            } else {
                out.differs("events.count", *page, gold, others.join(", "));
            }
        }
    }
    out.score("events.count", share(right, of, events.iter().any(|e| !e.counts.is_empty())));
}

fn dates(pairs: &[Pair<'_>], events: &[EventRow], out: &mut Findings) {
    let (mut right, mut of) = (0, 0);
    for (g, f, page) in pairs {
        let Some(want) = g.date.as_deref().filter(|d| !d.is_empty()) else { continue };
        of += 1;
        let have = f.date.as_deref().unwrap_or_default();
        if edtf(want) == edtf(have) {
            right += 1;
        } else {
            let found = if have.is_empty() { "no date" } else { have };
            out.differs("events.date", *page, format!("{want}: {} {}", name(g), g.summary), found);
        }
    }
    out.score("events.date", share(right, of, events.iter().any(|e| e.date.as_ref().is_some_and(|d| !d.is_empty()))));
}

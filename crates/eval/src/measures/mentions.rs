//! `mentions.*`: names, dates and quantities inside the annotated passages.

use std::collections::{BTreeMap, BTreeSet};

use hakusho_model::{Mention, MentionKind};

use super::{Case, links, values};
use crate::finding::Findings;
use crate::gold::GoldMention;
use crate::passages::{self, Span};
use crate::score::f1;
use crate::tuning::Tuning;

const STRICT: &str = "mentions.strict";

/// A span with its type: what a strict comparison compares.
pub(super) type Key = (Span, MentionKind);

/// Both sides, and what came of comparing them.
pub(super) struct Compared<'a> {
    /// The gold by key.
    pub(super) want: BTreeMap<Key, &'a GoldMention>,
    /// The document by key; each mention in the likeliest place that was free.
    pub(super) found: BTreeMap<Key, &'a Mention>,
    /// Keys of both.
    pub(super) hits: BTreeSet<Key>,
    /// Keys of the gold that are needed and not found.
    missed: BTreeSet<Key>,
    /// Keys of the document that count as wrong.
    extra: BTreeSet<Key>,
}

pub(super) fn measure(case: &Case<'_>, out: &mut Findings, tuning: &mut Tuning) {
    let Some(rows) = &case.gold.mentions else { return };
    let c = compare(case, rows);
    out.score(STRICT, f1(c.hits.len(), c.hits.len() + c.missed.len(), c.hits.len() + c.extra.len()));
    spans(&c, out);
    by_type(&c, out);
    list(case, &c, out);
    links::measure(case, &c, out, tuning);
    values::measure(case, &c, out);
    tune(&c, tuning);
}

fn compare<'a>(case: &'a Case<'a>, rows: &'a [GoldMention]) -> Compared<'a> {
    let (mut want, mut choice) = (BTreeMap::new(), BTreeSet::new());
    for (i, m) in rows.iter().enumerate() {
        let span = passages::gold_span(case.gold, &case.texts, m, i);
        if m.ignored {
            choice.insert(span);
        }
        want.extend(m.mention_kind().map(|kind| ((span, kind), m)));
    }
    let mut found = BTreeMap::new();
    for m in &case.view.document.mentions {
        let Some(block) = case.view.block(&m.block) else { continue };
        let places = passages::places(block, m.start, m.end, &case.texts);
        if let Some(free) = places.into_iter().map(|s| (s, m.kind)).find(|key| !found.contains_key(key)) {
            found.insert(free, m);
        }
    }
    let hits: BTreeSet<Key> = want.keys().filter(|k| found.contains_key(k)).copied().collect();
    choice.extend(want.iter().filter(|(_, m)| m.is_optional()).map(|(k, _)| k.0));
    let missed = want.iter().filter(|(k, m)| !hits.contains(k) && !m.is_optional()).map(|(k, _)| *k).collect();
    // What lies inside a hit, or where the gold leaves the choice, is no mistake.
    let excused = |k: &Key| choice.contains(&k.0) || is_open(case, k) || hits.iter().any(|h| holds(h.0, k.0));
    let extra = found.keys().filter(|k| !want.contains_key(k) && !excused(k)).copied().collect();
    Compared { want, found, hits, missed, extra }
}

/// Entities that the document's mentions in annotated passages are linked to.
pub(crate) fn linked(case: &Case<'_>) -> BTreeSet<String> {
    let found = compare(case, case.gold.mentions.as_deref().unwrap_or_default()).found;
    found.into_values().filter_map(|m| m.entity.clone()).collect()
}

/// Whether the gold does not say all of that type in that passage.
fn is_open(case: &Case<'_>, (span, kind): &Key) -> bool {
    matches!(kind, MentionKind::Date | MentionKind::Qty)
        && case.gold.passages.get(span.passage).is_some_and(|p| p.partial)
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.passage == inner.passage && outer.start <= inner.start && inner.end <= outer.end && outer != inner
}

/// The same without types.
fn spans(c: &Compared<'_>, out: &mut Findings) {
    let bare = |keys: &BTreeSet<Key>| keys.iter().map(|k| k.0).collect::<BTreeSet<Span>>();
    let want: BTreeSet<Span> = c.want.keys().map(|k| k.0).collect();
    let both = c.found.keys().map(|k| k.0).filter(|s| want.contains(s)).collect::<BTreeSet<Span>>();
    let missed = bare(&c.missed).difference(&both).count();
    let extra = bare(&c.extra).difference(&both).count();
    out.score("mentions.span", f1(both.len(), both.len() + missed, both.len() + extra));
}

fn by_type(c: &Compared<'_>, out: &mut Findings) {
    let kinds: BTreeSet<&str> = c.want.keys().map(|k| k.1.as_str()).collect();
    for kind in kinds {
        let count = |keys: &BTreeSet<Key>| keys.iter().filter(|k| k.1.as_str() == kind).count();
        let hits = count(&c.hits);
        out.score(format!("mentions.by_type.{kind}"), f1(hits, hits + count(&c.missed), hits + count(&c.extra)));
    }
}

fn list(case: &Case<'_>, c: &Compared<'_>, out: &mut Findings) {
    let page = |span: Span| case.gold.passages.get(span.passage).and_then(|p| p.page);
    for key in &c.missed {
        let (span, kind) = *key;
        let m = c.want[key];
        let gold = format!("{} {} in {}{}", kind.as_str(), m.surface, m.passage, around(case, span));
        let overlapping = c.found.iter().filter(|(k, _)| overlap(k.0, span));
        let instead: Vec<String> =
            overlapping.map(|(k, f)| format!("{} {} ({})", k.1.as_str(), f.surface, f.rule)).collect();
        if span.start < 0 {
            out.missed(
                STRICT,
                page(span),
                format!("{gold}: the passage does not have these words, see the annotation"),
            );
        } else if instead.is_empty() {
            out.missed(STRICT, page(span), gold);
        } else {
            out.differs(STRICT, page(span), gold, instead.join(", "));
        }
    }
    // An extra that overlaps a missed one is listed there already.
    for key in c.extra.iter().filter(|k| !c.missed.iter().any(|m| overlap(m.0, k.0))) {
        let m = c.found[key];
        let found = format!("{} {} ({}){}", m.kind.as_str(), m.surface, m.rule, around(case, key.0));
        out.wrong(STRICT, page(key.0), found);
    }
}

fn overlap(a: Span, b: Span) -> bool {
    a.passage == b.passage && a.start < b.end && b.start < a.end
}

/// Characters shown on either side of a mention.
const AROUND: usize = 10;

/// The mention with the words around it.
fn around(case: &Case<'_>, span: Span) -> String {
    let Some(text) = case.texts.get(span.passage).filter(|_| span.start >= 0) else { return String::new() };
    let (start, end) = (span.start as usize, span.end as usize);
    let part = |from: usize, to: usize| text.chars[from..to.min(text.chars.len())].iter().collect::<String>();
    let (before, after) = (part(start.saturating_sub(AROUND), start), part(end, end + AROUND));
    format!(": {before}[{}]{after}", part(start, end))
}

/// Spans of one type, found with whatever type: right ones, those asked for, those found. A span of that type that the gold
/// has with another one is no mistake here.
fn spans_of(c: &Compared<'_>, kind: MentionKind) -> (usize, usize, usize) {
    let any: BTreeSet<Span> = c.found.keys().map(|k| k.0).collect();
    let wanted: BTreeSet<Span> = c.want.keys().map(|k| k.0).collect();
    let right = c.want.keys().filter(|k| k.1 == kind && any.contains(&k.0)).count();
    let missed = c.missed.iter().filter(|k| k.1 == kind && !any.contains(&k.0)).count();
    let extra = c.extra.iter().filter(|k| k.1 == kind && !wanted.contains(&k.0)).count();
    (right, right + missed, right + extra)
}

fn tune(c: &Compared<'_>, tuning: &mut Tuning) {
    for kind in MentionKind::ALL {
        let (hits, gold, found) = spans_of(c, kind);
        tuning.count_spans(kind, hits, gold, found);
    }
    for key in &c.hits {
        tuning.judge(&c.found[key].rule, true);
    }
    for key in &c.extra {
        tuning.judge(&c.found[key].rule, false);
        if !c.missed.iter().any(|m| m.0 == key.0) {
            tuning.confuse(None, Some(key.1.as_str()));
        }
    }
    for (span, kind) in &c.missed {
        let same: Vec<&Key> = c.extra.iter().filter(|k| k.0 == *span).collect();
        if same.is_empty() {
            tuning.confuse(Some(kind.as_str()), None);
        }
        for k in same {
            tuning.confuse(Some(kind.as_str()), Some(k.1.as_str()));
        }
    }
}

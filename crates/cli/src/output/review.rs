//! Questions and decisions in words.

use std::fmt::Write as _;

use hakusho_batch::{Applied, Row, Standing};
use hakusho_link::{Decision, HEADER};
use hakusho_model::Question;

use super::table::{Table, width};

/// One line a question, with the likeliest candidate.
pub(crate) fn list(questions: &[Question]) -> String {
    let mut table = Table::new(&["id", "count", "kind", "type", "surface", "candidates"]);
    for q in questions {
        let candidates = q.candidates.iter().take(2).map(|c| format!("{} {}", c.label, c.score));
        table.push(vec![
            q.id.clone(),
            q.count.to_string(),
            q.kind.as_str().to_owned(),
            q.entity_type.as_str().to_owned(),
            q.surface.clone(),
            candidates.collect::<Vec<_>>().join(", "),
        ]);
    }
    table.render(width())
}

/// A question with its places, candidates and reasons.
pub(crate) fn show(q: &Question) -> String {
    let mut out =
        format!("{}  {} {}  {}  ({} times)\n", q.id, q.kind.as_str(), q.entity_type.as_str(), q.surface, q.count);
    for place in &q.places {
        let page = place.page.map_or_else(String::new, |p| format!(" page {p}"));
        let _ = writeln!(out, "\n{}{page}, block {}\n  {}", place.file, place.block, place.quote);
    }
    if q.candidates.is_empty() {
        out.push_str("\nno candidates\n");
    }
    for c in &q.candidates {
        let _ = writeln!(out, "\n{:>5}  {}  {}", c.score, c.label, c.entity);
        for reason in &c.reasons {
            let _ = writeln!(out, "       {reason}");
        }
    }
    out
}

/// Decisions to fill in: a row without an action is left open when the table is applied.
pub(crate) fn template(questions: &[Question], base: &str) -> String {
    let mut out = format!("{}\n", HEADER.join("\t"));
    for q in questions {
        let path = |iri: &str| iri.strip_prefix(base).unwrap_or(iri).to_owned();
        let best = q.candidates.first().map(|c| path(&c.entity)).unwrap_or_default();
        let others = q.candidates.iter().map(|c| format!("{} {} {}", path(&c.entity), c.label, c.score));
        let quote = q.places.first().map_or_else(String::new, |p| p.quote.clone());
        let told = [format!("{} {} times", q.kind.as_str(), q.count), others.collect::<Vec<_>>().join("; "), quote];
        let note: Vec<String> = told.into_iter().filter(|t| !t.is_empty()).collect();
        let cells = [&q.surface, q.entity_type.as_str(), "", &best, "", &note.join(" | "), ""];
        let line = cells.map(|c| c.replace(['\t', '\n', '\r'], " ")).join("\t");
        out += &format!("{line}\n");
    }
    out
}

/// One line a decision, with how often it applied.
pub(crate) fn standing(all: &[Standing]) -> String {
    let mut table = Table::new(&["surface", "type", "action", "target", "scope", "applied", "files", "state"]);
    for s in all {
        let d = &s.decision;
        table.push(vec![
            d.surface.clone(),
            d.kind.as_str().to_owned(),
            d.action.as_str().to_owned(),
            d.target.clone(),
            d.scope.clone(),
            s.applied.to_string(),
            s.files.to_string(),
            state(s).to_owned(),
        ]);
    }
    table.render(width())
}

fn state(s: &Standing) -> &'static str {
    match (s.applied, s.waiting) {
        (0, 0) => "no longer applies",
        (_, 0) => "applies",
        _ => "to be replayed",
    }
}

/// The same for programs.
pub(crate) fn standing_json(all: &[Standing]) -> String {
    let row = |s: &Standing| {
        let d = &s.decision;
        serde_json::json!({
            "surface": d.surface, "type": d.kind.as_str(), "action": d.action.as_str(), "target": d.target,
            "scope": d.scope, "note": d.note, "made": d.made, "applied": s.applied, "files": s.files,
            "waiting": s.waiting, "state": state(s),
        })
    };
    format!("{}\n", serde_json::Value::Array(all.iter().map(row).collect()))
}

/// That a decision applied nowhere.
pub(crate) fn no_longer_applies(s: &Standing) -> String {
    let files =
        if s.files == 0 { "no loaded file is in its scope".to_owned() } else { format!("{} loaded files", s.files) };
    format!("the decision `{}` no longer applies: {files}", decision(&s.decision))
}

fn decision(d: &Decision) -> String {
    let parts = [d.surface.as_str(), d.kind.as_str(), d.action.as_str(), d.target.as_str(), d.scope.as_str()];
    parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What became of a row.
pub(crate) fn row(row: &Row) -> String {
    match row {
        Row::New(line, d) => format!("accepted    line {line}: {}\n", decision(d)),
        Row::Replaces(line, d) => format!("accepted    line {line}: {} (instead of an older decision)\n", decision(d)),
        Row::Known(line, d) => format!("known       line {line}: {}\n", decision(d)),
        Row::Refused(line, reason) => format!("REFUSED     line {line}: {reason}\n"),
    }
}

/// What became of a table.
pub(crate) fn applied(applied: &Applied, refused: usize) -> String {
    let known = applied.rows.iter().filter(|r| matches!(r, Row::Known(..))).count();
    let accepted = applied.rows.len() - refused - known;
    let next = if applied.stale.is_empty() { "" } else { "; `hakusho ingest` of these files replays the decisions" };
    format!("{accepted} accepted, {known} known, {refused} refused{next}")
}

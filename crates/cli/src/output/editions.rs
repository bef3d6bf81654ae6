//! What is loaded, its history, what a retraction takes along, and what a verification found, in words and as JSON.

use std::fmt::Write as _;

use hakusho_batch::{Kinds, Named, Retraction, Verified};
use hakusho_store::{Registered, Run};
use serde_json::{Value, json};

use super::table::{Table, width};

/// Names that are listed before the rest is only counted.
const LISTED: usize = 40;

fn slug(edition: &str) -> &str {
    edition.rsplit('/').next().unwrap_or_default()
}

pub(crate) fn list(registered: &[Registered]) -> String {
    let mut table = Table::new(&["edition", "title", "part", "file", "pages", "mentions", "statements", "loaded"]);
    for r in registered {
        table.push(vec![
            slug(&r.edition).to_owned(),
            r.title.clone(),
            r.part.clone().unwrap_or_default(),
            r.name.clone(),
            r.pages.to_string(),
            r.mentions.to_string(),
            r.quads.to_string(),
            r.loaded.clone(),
        ]);
    }
    table.render(width())
}

pub(crate) fn as_json(registered: &[Registered]) -> String {
    line(&Value::Array(registered.iter().map(file_json).collect()))
}

fn file_json(r: &Registered) -> Value {
    json!({
        "edition": r.edition, "title": r.title, "year": r.year, "part": r.part, "file": r.name, "fileIri": r.file,
        "sha256": r.sha256, "graph": r.graph, "graphHash": r.graph_hash, "ontologyHash": r.ontology_hash,
        "artifact": r.artifact, "pages": r.pages, "mentions": r.mentions, "statements": r.quads, "loaded": r.loaded,
    })
}

fn line(value: &Value) -> String {
    format!("{value}\n")
}

pub(crate) fn show(r: &Registered) -> String {
    let rows = [
        ("edition", r.edition.clone()),
        ("title", r.title.clone()),
        ("year", r.year.clone().unwrap_or_default()),
        ("part", r.part.clone().unwrap_or_default()),
        ("file", r.name.clone()),
        ("file IRI", r.file.clone()),
        ("SHA-256", r.sha256.clone()),
        ("graph", r.graph.clone()),
        ("graph hash", r.graph_hash.clone()),
        ("ontology hash", r.ontology_hash.clone()),
        ("artifact", r.artifact.clone()),
        ("pages", r.pages.to_string()),
        ("mentions", r.mentions.to_string()),
        ("statements", r.quads.to_string()),
        ("loaded", r.loaded.clone()),
    ];
    let lines = rows.iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| format!("{k:<14}{v}\n"));
    lines.collect::<String>() + "\n"
}

/// Runs, the oldest first.
pub(crate) fn history(runs: &[&Run]) -> String {
    let mut table = Table::new(&["run", "ended", "what", "file", "SHA-256", "statements", "graph hash", "by"]);
    for run in runs {
        table.push(vec![
            run.number.to_string(),
            run.ended.clone(),
            run.kind.clone(),
            run.name.clone(),
            short(&run.sha256),
            run.quads.to_string(),
            short(&run.graph_hash),
            run.agent.rsplit('/').next().unwrap_or_default().to_owned(),
        ]);
    }
    table.render(width())
}

fn short(hash: &str) -> String {
    hash.get(..16).unwrap_or(hash).to_owned()
}

pub(crate) fn retraction(goes: &Retraction, dry: bool) -> String {
    let verb = if dry { "would go" } else { "gone" };
    let mut out = String::new();
    for file in &goes.files {
        let _ = writeln!(out, "{:<11} {}  {}: {} pages", file_word(dry), file.name, file.title, file.pages);
    }
    let _ = writeln!(out, "statements  {} {verb}", goes.vanish.total());
    out += &kinds(&goes.vanish, '-');
    out += &names("things", &format!("{verb}, as no other loaded file speaks of them"), &goes.things);
    out += &names("names", "no loaded file refers to any more; their lists keep them", &goes.unnamed);
    let _ = writeln!(out, "kept        all {} statements of the {} other files", goes.kept, goes.others);
    out
}

fn file_word(dry: bool) -> &'static str {
    if dry { "to retract" } else { "retracted" }
}

fn names(word: &str, what: &str, names: &[Named]) -> String {
    if names.is_empty() {
        return String::new();
    }
    let mut out = format!("{word:<11} {} {what}\n", names.len());
    for name in names.iter().take(LISTED) {
        let _ = writeln!(out, "  {}  {}", name.label.as_deref().unwrap_or("–"), name.iri);
    }
    if names.len() > LISTED {
        let _ = writeln!(out, "  … and {} more (`--json` lists all)", names.len() - LISTED);
    }
    out
}

/// Kinds with their counts, one a line.
pub(crate) fn kinds(kinds: &Kinds, sign: char) -> String {
    kinds.iter().map(|(kind, count)| format!("  {sign}{count:<9} {kind}\n")).collect()
}

/// Kinds with their counts.
pub(crate) fn kinds_json(kinds: &Kinds) -> Value {
    Value::Object(kinds.iter().map(|(kind, count)| (kind.to_owned(), json!(count))).collect())
}

pub(crate) fn retraction_json(goes: &Retraction, dry: bool) -> String {
    let named =
        |names: &[Named]| -> Vec<Value> { names.iter().map(|n| json!({ "iri": n.iri, "label": n.label })).collect() };
    line(&json!({
        "dryRun": dry, "files": goes.files.iter().map(file_json).collect::<Vec<_>>(),
        "vanish": kinds_json(&goes.vanish), "vanishTotal": goes.vanish.total(), "things": named(&goes.things),
        "namesNoLongerReferredTo": named(&goes.unnamed), "otherFiles": goes.others, "keptStatements": goes.kept,
    }))
}

pub(crate) fn verified(v: &Verified, rebuild: bool) -> String {
    let word = if v.problems.is_empty() { "sound" } else { "DIFFERS" };
    let again = match (rebuild, v.rebuilt) {
        (false, _) => "",
        (true, Some(true)) => ", read again with the same result",
        (true, Some(false)) => ", read again with another result",
        (true, None) => ", read with other lists, options or version and not compared",
    };
    let mut out = format!(
        "{word:<8} {}  {}: {} statements, {} quotes{again}\n",
        v.file.name, v.file.title, v.statements, v.quotes
    );
    for p in &v.problems {
        let _ = writeln!(out, "         {}: {}\n           {}", p.what, p.problem, p.advice);
    }
    out
}

pub(crate) fn verified_json(verified: &[Verified]) -> String {
    let row = |v: &Verified| {
        let problems: Vec<Value> =
            v.problems.iter().map(|p| json!({ "what": p.what, "problem": p.problem, "advice": p.advice })).collect();
        json!({
            "edition": v.file.edition, "file": v.file.name, "sha256": v.file.sha256, "statements": v.statements,
            "quotes": v.quotes, "rebuilt": v.rebuilt, "problems": problems,
        })
    };
    line(&Value::Array(verified.iter().map(row).collect()))
}

//! `hakusho editions`: what is loaded.

use std::process::ExitCode;

use anyhow::{Result, bail};
use hakusho_batch::DataFolder;
use hakusho_store::Registered;

use super::Context;
use crate::args::{EditionsArgs, EditionsCommand};
use crate::output::{self, table::Table};

pub(crate) fn run(context: &Context, args: &EditionsArgs) -> Result<ExitCode> {
    if let EditionsCommand::Diff(args) = &args.command {
        return super::editions_diff::run(context, args);
    }
    let archive = DataFolder::open(&context.data)?.archive_read_only()?;
    let registered = archive.registered()?;
    match &args.command {
        EditionsCommand::List { json: true } => output::print(&as_json(&registered))?,
        EditionsCommand::List { json: false } => output::print(&list(&registered))?,
        EditionsCommand::Show { edition } => {
            let found: Vec<&Registered> = registered.iter().filter(|r| matches(r, edition)).collect();
            if found.is_empty() {
                bail!("no loaded edition is called `{edition}`; `hakusho editions list` shows what is loaded");
            }
            for r in found {
                output::print(&show(r))?;
            }
        }
        EditionsCommand::Diff(_) => {}
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn slug(r: &Registered) -> &str {
    r.edition.rsplit('/').next().unwrap_or_default()
}

/// Whether a file is of an edition that is called so: by slug, IRI, part of the title, or name of the file.
pub(crate) fn matches(r: &Registered, name: &str) -> bool {
    r.edition == name || slug(r) == name || r.name == name || r.title.contains(name)
}

fn list(registered: &[Registered]) -> String {
    let mut table = Table::new(&["edition", "title", "part", "file", "pages", "mentions", "statements", "loaded"]);
    for r in registered {
        table.push(vec![
            slug(r).to_owned(),
            r.title.clone(),
            r.part.clone().unwrap_or_default(),
            r.name.clone(),
            r.pages.to_string(),
            r.mentions.to_string(),
            r.quads.to_string(),
            r.loaded.clone(),
        ]);
    }
    table.render(output::table::width())
}

fn show(r: &Registered) -> String {
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
        ("pages", r.pages.to_string()),
        ("mentions", r.mentions.to_string()),
        ("statements", r.quads.to_string()),
        ("loaded", r.loaded.clone()),
    ];
    let lines = rows.iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| format!("{k:<14}{v}\n"));
    lines.collect::<String>() + "\n"
}

fn as_json(registered: &[Registered]) -> String {
    let row = |r: &Registered| {
        serde_json::json!({
            "edition": r.edition, "title": r.title, "year": r.year, "part": r.part, "file": r.name, "fileIri": r.file,
            "sha256": r.sha256, "graph": r.graph, "graphHash": r.graph_hash, "ontologyHash": r.ontology_hash,
            "pages": r.pages, "mentions": r.mentions, "statements": r.quads, "loaded": r.loaded,
        })
    };
    format!("{}\n", serde_json::Value::Array(registered.iter().map(row).collect()))
}

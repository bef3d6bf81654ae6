//! `hakusho lexicon`: check lists of names, import official ones.

use std::process::ExitCode;

use anyhow::Result;
use hakusho_lexicon::Origin;

use super::{Context, lexicon_check, lexicon_import};
use crate::args::{LexiconArgs, LexiconCommand};
use crate::layers::LayerFolder;
use crate::output::{self, table::Table};

/// Digits of a hash that tell files apart by eye.
const SHORT_HASH: usize = 12;

pub(crate) fn run(context: &Context, args: &LexiconArgs) -> Result<ExitCode> {
    match &args.command {
        LexiconCommand::Check(args) => lexicon_check::run(context, args),
        LexiconCommand::Import(args) => lexicon_import::run(context, args),
        LexiconCommand::List { json } => list(context, *json),
        LexiconCommand::Remove { name } => remove(context, name),
    }
}

fn list(context: &Context, json: bool) -> Result<ExitCode> {
    let layers = LayerFolder::of(&context.data).origins()?;
    if json {
        let rows = layers.iter().map(|(name, origin)| as_json(name, origin)).collect();
        output::print(&format!("{}\n", serde_json::Value::Array(rows)))?;
    } else if layers.is_empty() {
        context.remark("no layer is imported; `hakusho lexicon import --help` says how");
    } else {
        output::print(&as_table(&layers))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn as_table(layers: &[(String, Origin)]) -> String {
    let mut table = Table::new(&["layer", "kind", "names", "rows", "skipped", "date", "SHA-256", "file", "licence"]);
    for (name, origin) in layers {
        table.push(vec![
            name.clone(),
            origin.kind.clone(),
            origin.entries.to_string(),
            origin.rows.to_string(),
            origin.skipped_rows().to_string(),
            origin.date.clone(),
            origin.sha256.chars().take(SHORT_HASH).collect(),
            origin.file.clone(),
            origin.licence.clone(),
        ]);
    }
    table.render(output::table::width())
}

fn as_json(name: &str, origin: &Origin) -> serde_json::Value {
    serde_json::json!({
        "layer": name, "kind": origin.kind, "entries": origin.entries, "rows": origin.rows, "date": origin.date,
        "sha256": origin.sha256, "file": origin.file, "licence": origin.licence,
        "skipped": origin.skipped.iter().map(|s| serde_json::json!({
            "reason": s.reason, "count": s.count, "lines": s.lines,
        })).collect::<Vec<_>>(),
    })
}

fn remove(context: &Context, name: &str) -> Result<ExitCode> {
    LayerFolder::of(&context.data).remove(name)?;
    context.remark(&format!(
        "the layer `{name}` is removed; reports loaded with it keep its names until they are loaded again"
    ));
    Ok(ExitCode::SUCCESS)
}

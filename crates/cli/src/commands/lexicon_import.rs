//! `hakusho lexicon import`: an official list to a layer of names.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use hakusho_lexicon::{ImportKind, Imported, Layer, Origin, import, import_concepts};
use hakusho_model::MentionKind;
use hakusho_pipeline::sha256_hex;
use hakusho_rdf::{RdfForm, read_skos};

use super::Context;
use crate::args::{LexiconImportArgs, ListKind};
use crate::layers::LayerFolder;

pub(crate) fn run(context: &Context, args: &LexiconImportArgs) -> Result<ExitCode> {
    let kind = kind(args.kind);
    let name = args.name.as_deref().unwrap_or(kind.as_str());
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        bail!("`{name}` is no name of a layer: lower-case letters, digits and hyphens");
    }
    if let Some(date) = args.as_of.as_deref().filter(|d| !is_date(d)) {
        bail!("`{date}` is no date; write it as 2026-10-31");
    }
    let bytes = fs::read(&args.file).with_context(|| format!("cannot read `{}`", args.file.display()))?;
    let found = read(kind, &bytes, args).with_context(|| format!("`{}` cannot be imported", args.file.display()))?;
    if found.entries.is_empty() {
        bail!("`{}` gives no name{}", args.file.display(), reasons(&found));
    }
    let layer = layer(kind, &bytes, args, found);
    let path = LayerFolder::of(&context.data).write(name, &layer.to_tsv())?;
    report(context, name, &path, &layer.origin);
    Ok(ExitCode::SUCCESS)
}

fn kind(given: ListKind) -> ImportKind {
    match given {
        ListKind::Hojin => ImportKind::Hojin,
        ListKind::Egov => ImportKind::Egov,
        ListKind::Edinet => ImportKind::Edinet,
        ListKind::Mext => ImportKind::Mext,
        ListKind::Dantai => ImportKind::Dantai,
        ListKind::Attack => ImportKind::Attack,
        ListKind::Iso3166 => ImportKind::Iso3166,
        ListKind::Skos => ImportKind::Skos,
    }
}

fn read(kind: ImportKind, bytes: &[u8], args: &LexiconImportArgs) -> Result<Imported> {
    if kind != ImportKind::Skos {
        return Ok(import(kind, bytes)?);
    }
    let entity = MentionKind::parse(&args.entity).filter(|k| !matches!(k, MentionKind::Date | MentionKind::Qty));
    let Some(entity) = entity else { bail!("`{}` is no type of entity", args.entity) };
    let ending = args.file.extension().map(|e| e.to_string_lossy().into_owned()).unwrap_or_default();
    let Some(form) = RdfForm::of_ending(&ending) else {
        bail!("the ending says what form of RDF it is: .ttl (Turtle), .nt (N-Triples) or .rdf (RDF/XML)");
    };
    let class = args.class.as_deref().unwrap_or(usual_class(entity));
    Ok(import_concepts(&read_skos(bytes, form)?, entity, class))
}

/// Kind of entity that a vocabulary of a type usually holds.
fn usual_class(entity: MentionKind) -> &'static str {
    match entity {
        MentionKind::Org => "association",
        MentionKind::Law => "guideline",
        MentionKind::Survey => "series",
        MentionKind::Cert => "standard",
        MentionKind::Product => "class",
        MentionKind::Loc => "region",
        MentionKind::Person => "person",
        MentionKind::Event => "conference",
        _ => "concept",
    }
}

fn layer(kind: ImportKind, bytes: &[u8], args: &LexiconImportArgs, found: Imported) -> Layer {
    let file = args.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let origin = Origin {
        kind: kind.as_str().to_owned(),
        file,
        sha256: sha256_hex(bytes),
        licence: args.licence.clone().unwrap_or_else(|| kind.licence().to_owned()),
        date: args.as_of.clone().unwrap_or(found.date),
        rows: found.rows,
        entries: found.entries.len(),
        skipped: found.skipped,
    };
    Layer { origin, entries: found.entries }
}

fn report(context: &Context, name: &str, path: &Path, origin: &Origin) {
    context.remark(&format!(
        "the layer `{name}` has {} names from {} rows of `{}`: {}",
        origin.entries,
        origin.rows,
        origin.file,
        path.display()
    ));
    for skipped in &origin.skipped {
        let lines: Vec<String> = skipped.lines.iter().take(5).map(ToString::to_string).collect();
        let more = if skipped.count > lines.len() { ", …" } else { "" };
        context.remark(&format!("skipped {}: {} (row {}{more})", skipped.count, skipped.reason, lines.join(", ")));
    }
    if origin.licence.is_empty() {
        context.remark("its licence is not known; give it with `--licence`");
    }
}

fn reasons(found: &Imported) -> String {
    let reasons: Vec<String> = found.skipped.iter().map(|s| format!("{} × {}", s.count, s.reason)).collect();
    if reasons.is_empty() { String::new() } else { format!(": {}", reasons.join("; ")) }
}

fn is_date(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    shape == "9999-99-99" && hakusho_lexicon::bounds(text).is_some()
}

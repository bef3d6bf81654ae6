//! `hakusho editions diff`: two editions, loaded or as files, and what changed between them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use hakusho_batch::DataFolder;
use hakusho_insight::editions;
use hakusho_lexicon::{Edition, edition_of};
use hakusho_model::Document;
use hakusho_pipeline::{DEFAULT_BASE, ReadOptions, extract, unreadable};
use hakusho_store::Registered;

use super::Context;
use super::editions::{called, slug};
use crate::args::{DiffArgs, DiffFormat};
use crate::layers::decided;
use crate::output::{self, changes, changes_rdf};

/// An edition with what was read from its files.
pub(crate) struct Compared {
    /// Its slug.
    pub(crate) slug: String,
    /// Its title.
    pub(crate) title: String,
    /// Its files in order of their parts, each with what it is of the edition.
    pub(crate) files: Vec<(Edition, Document)>,
}

pub(crate) fn run(context: &Context, args: &DiffArgs) -> Result<ExitCode> {
    let before = compared(context, &args.before)?;
    let after = compared(context, &args.after)?;
    let documents = |c: &'_ Compared| c.files.iter().map(|(_, d)| d.clone()).collect::<Vec<Document>>();
    let (earlier, later) = (documents(&before), documents(&after));
    let found = editions::diff(&earlier.iter().collect::<Vec<_>>(), &later.iter().collect::<Vec<_>>());
    let base = base(context);
    output::print(&match (args.json, args.to) {
        (true, _) | (_, DiffFormat::Json) => changes::json(&before, &after, &found),
        (_, DiffFormat::Ttl) => changes_rdf::turtle(&before, &after, &found, &base)?,
        (_, DiffFormat::Text) => changes::text(&before, &after, &found, args.limit),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Namespace of things: that of the data folder, if there is one.
fn base(context: &Context) -> String {
    DataFolder::open(&context.data).map_or_else(|_| DEFAULT_BASE.to_owned(), |data| data.base().to_owned())
}

/// The edition of a PDF file, or the loaded one of that name.
fn compared(context: &Context, name: &str) -> Result<Compared> {
    if Path::new(name).is_file() { from_file(context, Path::new(name)) } else { loaded(context, name) }
}

fn from_file(context: &Context, path: &Path) -> Result<Compared> {
    let bytes = fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let knowledge = decided(context, &base(context), &context.data.join("decisions.tsv"))?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let document = extract(&name, &bytes, &knowledge, &ReadOptions::default());
    if let Some(reason) = unreadable(&document) {
        bail!("`{}`: {reason}", path.display());
    }
    let edition = edition_of(&document, &knowledge.series);
    Ok(Compared { slug: edition.id.clone(), title: edition.title.clone(), files: vec![(edition, document)] })
}

fn loaded(context: &Context, name: &str) -> Result<Compared> {
    let data = DataFolder::open(&context.data).with_context(|| format!("`{name}` is no file"))?;
    let registered = data.archive_read_only()?.registered()?;
    let iris: BTreeSet<&str> = called(&registered, name).into_iter().map(|r| r.edition.as_str()).collect();
    let edition = match iris.into_iter().collect::<Vec<_>>()[..] {
        [edition] => edition,
        [] => bail!("no loaded edition is called `{name}`, and no file; `hakusho editions list` shows what is loaded"),
        ref several => {
            let slugs: Vec<&str> = several.iter().filter_map(|iri| iri.rsplit('/').next()).collect();
            bail!("`{name}` may be {}; give one of these", slugs.join(", "));
        }
    };
    let files: Vec<&Registered> = registered.iter().filter(|r| r.edition == edition).collect();
    let read = |r: &&Registered| Ok((edition_of_registered(r), data.document(r)?));
    let first = files.first().context("an edition has files")?;
    Ok(Compared {
        slug: slug(&first.edition).to_owned(),
        title: first.title.clone(),
        files: files.iter().map(read).collect::<Result<_>>()?,
    })
}

fn edition_of_registered(r: &Registered) -> Edition {
    Edition {
        series: None,
        id: slug(&r.edition).to_owned(),
        title: r.title.clone(),
        year: r.year.as_deref().and_then(|y| y.parse().ok()),
        part: r.part.clone(),
    }
}

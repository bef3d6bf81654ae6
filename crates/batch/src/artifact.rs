//! Artifacts: what was read from a file, kept under the hash of everything it was made of, so that it is made once.

use hakusho_lexicon::Edition;
use hakusho_model::Document;
use hakusho_pipeline::{Knowledge, ReadOptions, VERSION, build, sha256_hex, unreadable};
use hakusho_rdf::{FileRecord, LoadRecord, file_iri, graph_iri, registry_quads, sorted_nquads};
use hakusho_store::{Mark, Quad, RdfFormat, RdfParser, mark};
use serde::{Deserialize, Serialize};

use crate::error::BatchError;
use crate::objects::Objects;
use crate::review::{has_review, put_review};

/// Endings of an artifact's objects: document, statements, and what is known without opening those.
pub(crate) const DOCUMENT: &str = "json.gz";
pub(crate) const STATEMENTS: &str = "nq.gz";
pub(crate) const SUMMARY: &str = "summary.gz";

/// What is kept of an artifact beside document and statements.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Summary {
    pub(crate) pages: usize,
    pub(crate) mentions: usize,
    /// Statements in the file's own graph.
    pub(crate) quads: usize,
    pub(crate) warnings: usize,
    pub(crate) graph_hash: String,
    pub(crate) edition: StoredEdition,
    /// Marks of its statements about shared things, its edition and its series.
    pub(crate) shared: Vec<Mark>,
    pub(crate) failure: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct StoredEdition {
    series: Option<String>,
    pub(crate) id: String,
    pub(crate) title: String,
    year: Option<i32>,
    pub(crate) part: Option<String>,
}

impl From<&Edition> for StoredEdition {
    fn from(e: &Edition) -> Self {
        Self { series: e.series.clone(), id: e.id.clone(), title: e.title.clone(), year: e.year, part: e.part.clone() }
    }
}

impl From<StoredEdition> for Edition {
    fn from(e: StoredEdition) -> Self {
        Self { series: e.series, id: e.id, title: e.title, year: e.year, part: e.part }
    }
}

/// Key of an artifact: the hash of all that it is made of. The name is part of it, because editions and their parts may be
/// told by it, and so is the recogniser, where one is used.
pub(crate) fn key(name: &str, sha256: &str, knowledge: &Knowledge, options: &ReadOptions) -> String {
    let ocr = options.ocr.as_ref().map_or_else(String::new, |ocr| format!(" {}", ocr.recogniser.name()));
    sha256_hex(format!("{sha256} {}{ocr} {name}", knowledge.hash).as_bytes())
}

/// The summary of an artifact that is there whole.
pub(crate) fn known(
    objects: &Objects,
    key: &str,
    sha256: &str,
    knowledge: &Knowledge,
    options: &ReadOptions,
) -> Option<Summary> {
    let whole = objects.has(sha256, "pdf") && objects.has(key, DOCUMENT) && objects.has(key, STATEMENTS);
    let summary = summary(objects, key).ok().flatten().filter(|_| whole)?;
    // What could not be read without a password may be read with one.
    let usable = summary.failure.is_none() || options.open.password.is_none();
    (usable && has_review(objects, sha256, &knowledge.hash, &summary.graph_hash)).then_some(summary)
}

/// The summary of an artifact, if it is there.
pub(crate) fn summary(objects: &Objects, key: &str) -> Result<Option<Summary>, BatchError> {
    if !objects.has(key, SUMMARY) {
        return Ok(None);
    }
    let text = objects.text(key, SUMMARY)?;
    let damaged =
        |e: serde_json::Error| BatchError::Artifact { path: objects.path(key, SUMMARY), problem: e.to_string() };
    serde_json::from_str(&text).map(Some).map_err(damaged)
}

/// Reads a file and keeps what came of it.
pub(crate) fn make(
    name: &str,
    bytes: &[u8],
    sha256: &str,
    key: &str,
    objects: &Objects,
    knowledge: &Knowledge,
    options: &ReadOptions,
) -> Result<Summary, BatchError> {
    let artifact = build(name, bytes, knowledge, options);
    let nquads = sorted_nquads(&artifact.quads);
    let own = graph_iri(&knowledge.base, sha256).into();
    let (quads, shared): (Vec<&Quad>, Vec<&Quad>) = artifact.quads.iter().partition(|q| q.graph_name == own);
    let mut summary = Summary {
        pages: artifact.document.pages.len(),
        mentions: artifact.document.mentions.len(),
        quads: quads.len(),
        warnings: artifact.document.diagnostics.len(),
        graph_hash: sha256_hex(nquads.as_bytes()),
        edition: (&artifact.edition).into(),
        shared: shared.into_iter().map(mark).collect(),
        failure: unreadable(&artifact.document).map(str::to_owned),
    };
    if summary.failure.is_some() {
        return Ok(summary);
    }
    summary.shared.extend(descriptions(&summary, name, sha256, knowledge));
    summary.shared.sort_unstable();
    summary.shared.dedup();
    objects.put(sha256, "pdf", bytes)?;
    objects.put_text(key, DOCUMENT, &document_json(&artifact.document))?;
    objects.put_text(key, STATEMENTS, &nquads)?;
    put_review(objects, sha256, &knowledge.hash, &summary.graph_hash, &artifact.review)?;
    // The summary comes last: where it is, the rest is.
    objects.put_text(key, SUMMARY, &serde_json::to_string(&summary).unwrap_or_default())?;
    Ok(summary)
}

/// Marks of what the registry will say of edition and series, which other files may say too.
fn descriptions(summary: &Summary, name: &str, sha256: &str, knowledge: &Knowledge) -> Vec<Mark> {
    let (file, graph) = (file_iri(&knowledge.base, sha256), graph_iri(&knowledge.base, sha256));
    let of_file = |q: &Quad| q.subject == file.clone().into() || q.object == file.clone().into();
    let quads = registry(summary, name, sha256, "", knowledge);
    quads.iter().filter(|q| !of_file(q) && q.subject != graph.clone().into()).map(mark).collect()
}

/// What the registry says of a loaded artifact.
pub(crate) fn registry(summary: &Summary, name: &str, sha256: &str, key: &str, knowledge: &Knowledge) -> Vec<Quad> {
    let edition: Edition = summary.edition.clone().into();
    let file = FileRecord {
        sha256: sha256.to_owned(),
        name: name.to_owned(),
        pages: summary.pages,
        mentions: summary.mentions,
    };
    let series = knowledge.series(edition.series.as_deref());
    registry_quads(&file, &edition, series, &record(summary, key, knowledge), &knowledge.base)
}

/// What was built, for the registry.
pub(crate) fn record(summary: &Summary, key: &str, knowledge: &Knowledge) -> LoadRecord {
    LoadRecord {
        version: VERSION.to_owned(),
        ontology_hash: knowledge.hash.clone(),
        graph_hash: summary.graph_hash.clone(),
        quads: summary.quads,
        artifact: key.to_owned(),
    }
}

/// The statements of an artifact, in its own graph and that of things.
///
/// # Errors
/// When the object is not there or damaged.
pub(crate) fn statements(objects: &Objects, key: &str) -> Result<Vec<Quad>, BatchError> {
    parse(objects, key, &objects.text(key, STATEMENTS)?)
}

/// Statements of an artifact's text.
pub(crate) fn parse(objects: &Objects, key: &str, text: &str) -> Result<Vec<Quad>, BatchError> {
    let damaged = |problem: String| BatchError::Artifact { path: objects.path(key, STATEMENTS), problem };
    let parser = RdfParser::from_format(RdfFormat::NQuads);
    parser.for_slice(text).collect::<Result<_, _>>().map_err(|e| damaged(e.to_string()))
}

/// The document JSON, one line a top-level list entry would be too long to read anyway: pretty printed.
///
/// # Panics
/// Never: the tree holds only strings, numbers and lists.
pub fn document_json(document: &Document) -> String {
    let mut text = serde_json::to_string_pretty(document).expect("a document has no maps with odd keys");
    text.push('\n');
    text
}

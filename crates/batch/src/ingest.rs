//! From paths to loaded editions: read in parallel, stored in order, one transaction an edition.
//!
//! What a file says is kept as an artifact under the hash of (bytes, program version, ontology). A run that was killed
//! finds the artifacts of the run before it and goes on; a run over the same files finds nothing to do.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use hakusho_lexicon::Edition;
use hakusho_model::Document;
use hakusho_pipeline::{Knowledge, ReadOptions, VERSION, build, sha256_hex, unreadable};
use hakusho_rdf::{Iris, LoadRecord, registry_quads, sorted_nquads};
use hakusho_store::{Archive, GraphName, Load, NamedNode, Quad, RdfFormat, RdfParser, Registered};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::data::DataFolder;
use crate::error::{BatchError, io_error};
use crate::objects::Objects;
use crate::review::{has_review, put_review};

/// What became, or would become, of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Loaded for the first time.
    New,
    /// The same bytes are loaded already, by this version and ontology.
    Unchanged,
    /// The same bytes were loaded by another version or ontology; linked anew.
    Renewed,
    /// Takes the place of other bytes of the same edition and part.
    Replaces(String),
    /// Not loaded, with the reason in words.
    Failed(String),
}

/// A file and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReport {
    /// Its path.
    pub path: PathBuf,
    /// What became of it.
    pub outcome: Outcome,
    /// Title of its edition.
    pub edition: String,
    /// Pages read.
    pub pages: usize,
    /// Mentions found.
    pub mentions: usize,
    /// Statements.
    pub quads: usize,
    /// Warnings about the file's content.
    pub warnings: usize,
}

/// Called while files are read: how many files are done of how many, and pages so far.
pub type Progress<'p> = dyn Fn(usize, usize, usize) + Sync + 'p;

/// What is kept of an artifact beside document and quads.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Summary {
    pages: usize,
    mentions: usize,
    quads: usize,
    warnings: usize,
    graph_hash: String,
    edition: StoredEdition,
    failure: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct StoredEdition {
    series: Option<String>,
    id: String,
    title: String,
    year: Option<i32>,
    part: Option<String>,
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

/// A file on its way into the store.
struct Read {
    path: PathBuf,
    sha256: String,
    key: String,
    summary: Result<Summary, String>,
}

/// All PDF files under some paths, sorted; a path that is a file counts whatever its name.
///
/// # Errors
/// When a path does not exist or a folder cannot be read.
pub fn find_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, BatchError> {
    let mut found = Vec::new();
    for path in paths {
        let about = fs::metadata(path).map_err(io_error("read", path))?;
        if about.is_dir() {
            walk(path, &mut found)?;
        } else {
            found.push(path.clone());
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), BatchError> {
    let read = fs::read_dir(folder).map_err(io_error("read the folder", folder))?;
    for entry in read {
        let path = entry.map_err(io_error("read the folder", folder))?.path();
        if path.is_dir() {
            walk(&path, found)?;
        } else if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("pdf")) {
            found.push(path);
        }
    }
    Ok(())
}

/// How to read files.
#[derive(Clone, Debug, Default)]
pub struct IngestOptions {
    /// How to open them, and whether pages without text are recognised.
    pub read: ReadOptions,
}

/// Says what a load would do, without changing the store. Artifacts that had to be built are kept for the load.
///
/// # Errors
/// When the data folder cannot be read or written. Files that cannot be read are outcomes, not errors.
pub fn plan(
    data: &DataFolder,
    archive: &Archive,
    knowledge: &Knowledge,
    files: &[PathBuf],
    options: &IngestOptions,
    progress: &Progress<'_>,
) -> Result<Vec<FileReport>, BatchError> {
    let reads = read_all(data, knowledge, files, options, progress)?;
    let registered = archive.registered()?;
    let mut seen = BTreeMap::new();
    Ok(reads.iter().map(|r| report(r, decide(r, &registered, knowledge, &mut seen))).collect())
}

/// Loads files. What is in already stays; the same call again changes nothing.
///
/// # Errors
/// When the data folder or the store cannot be written. Files that cannot be read are outcomes, not errors.
pub fn ingest(
    data: &DataFolder,
    archive: &Archive,
    knowledge: &Knowledge,
    files: &[PathBuf],
    options: &IngestOptions,
    progress: &Progress<'_>,
) -> Result<Vec<FileReport>, BatchError> {
    let objects = data.objects();
    objects.sweep()?;
    let reads = read_all(data, knowledge, files, options, progress)?;
    let registered = archive.registered()?;
    let mut seen = BTreeMap::new();
    let reports: Vec<FileReport> =
        reads.iter().map(|r| report(r, decide(r, &registered, knowledge, &mut seen))).collect();
    let mut editions: BTreeMap<&str, Vec<(&Read, &Outcome)>> = BTreeMap::new();
    for (read, report) in reads.iter().zip(&reports) {
        if let (Ok(summary), Outcome::New | Outcome::Renewed | Outcome::Replaces(_)) = (&read.summary, &report.outcome)
        {
            editions.entry(&summary.edition.id).or_default().push((read, &report.outcome));
        }
    }
    for files in editions.values() {
        let loads: Vec<Load> =
            files.iter().map(|(read, outcome)| load(read, outcome, &objects, knowledge)).collect::<Result<_, _>>()?;
        archive.apply(&loads)?;
    }
    archive.write_description(&crate::examples::service_facts())?;
    archive.flush()?;
    Ok(reports)
}

fn read_all(
    data: &DataFolder,
    knowledge: &Knowledge,
    files: &[PathBuf],
    options: &IngestOptions,
    progress: &Progress<'_>,
) -> Result<Vec<Read>, BatchError> {
    let objects = data.objects();
    let done = std::sync::Mutex::new((0usize, 0usize));
    files
        .par_iter()
        .map(|path| {
            let read = read_one(path, &objects, knowledge, options)?;
            let mut done = done.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            done.0 += 1;
            done.1 += read.summary.as_ref().map_or(0, |s| s.pages);
            progress(done.0, files.len(), done.1);
            Ok(read)
        })
        .collect()
}

/// Reads one file, or finds its artifact.
fn read_one(
    path: &Path,
    objects: &Objects,
    knowledge: &Knowledge,
    options: &IngestOptions,
) -> Result<Read, BatchError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(e) => {
            let reason = format!("it cannot be read: {e}");
            return Ok(Read { path: path.to_owned(), sha256: String::new(), key: String::new(), summary: Err(reason) });
        }
    };
    let sha256 = sha256_hex(&bytes);
    let key = artifact_key(&sha256, knowledge, &options.read);
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let stored = objects.has(&key, "summary.gz").then(|| objects.text(&key, "summary.gz")).transpose()?;
    let summary = match stored.and_then(|text| serde_json::from_str::<Summary>(&text).ok()) {
        // What could not be read without a password may be read with one.
        Some(summary)
            if (summary.failure.is_none() || options.read.open.password.is_none())
                && has_review(objects, &sha256, &knowledge.hash, &summary.graph_hash) =>
        {
            summary
        }
        _ => build_one(&name, &bytes, &sha256, &key, objects, knowledge, options)?,
    };
    let summary = match summary.failure.clone() {
        Some(reason) => Err(reason),
        None => Ok(summary),
    };
    Ok(Read { path: path.to_owned(), sha256, key, summary })
}

/// What pages give depends on the recogniser, where one is used.
fn artifact_key(sha256: &str, knowledge: &Knowledge, options: &ReadOptions) -> String {
    let ocr = options.ocr.as_ref().map_or_else(String::new, |ocr| format!(" {}", ocr.recogniser.name()));
    let digest = Sha256::digest(format!("{sha256} {}{ocr}", knowledge.hash).as_bytes());
    digest.iter().map(|b| format!("{b:02x}")).collect()
}

fn build_one(
    name: &str,
    bytes: &[u8],
    sha256: &str,
    key: &str,
    objects: &Objects,
    knowledge: &Knowledge,
    options: &IngestOptions,
) -> Result<Summary, BatchError> {
    let artifact = build(name, bytes, knowledge, &options.read);
    let nquads = sorted_nquads(&artifact.quads);
    let summary = Summary {
        pages: artifact.document.pages.len(),
        mentions: artifact.document.mentions.len(),
        quads: artifact.quads.len(),
        warnings: artifact.document.diagnostics.len(),
        graph_hash: sha256_hex(nquads.as_bytes()),
        edition: (&artifact.edition).into(),
        failure: unreadable(&artifact.document).map(str::to_owned),
    };
    if summary.failure.is_some() {
        return Ok(summary);
    }
    objects.put(sha256, "pdf", bytes)?;
    objects.put_text(key, "json.gz", &document_json(&artifact.document))?;
    objects.put_text(key, "nq.gz", &nquads)?;
    put_review(objects, sha256, &knowledge.hash, &summary.graph_hash, &artifact.review)?;
    // The summary comes last: where it is, the rest is.
    objects.put_text(key, "summary.gz", &serde_json::to_string(&summary).unwrap_or_default())?;
    Ok(summary)
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

/// What is to be done with a file; `seen` holds what other files of the same call claim.
fn decide(
    read: &Read,
    registered: &[Registered],
    knowledge: &Knowledge,
    seen: &mut BTreeMap<(String, Option<String>), (String, PathBuf)>,
) -> Outcome {
    let summary = match &read.summary {
        Ok(summary) => summary,
        Err(reason) => return Outcome::Failed(reason.clone()),
    };
    let place = (summary.edition.id.clone(), summary.edition.part.clone());
    if let Some((sha256, path)) = seen.get(&place) {
        return if *sha256 == read.sha256 {
            Outcome::Unchanged
        } else {
            Outcome::Failed(format!("`{}` of this load is the same part of the same edition", path.display()))
        };
    }
    seen.insert(place.clone(), (read.sha256.clone(), read.path.clone()));
    let edition = format!("{}ed/{}", knowledge.base, place.0);
    let here = |r: &&Registered| r.part == place.1 && unescaped(&r.edition) == edition;
    match registered.iter().find(|r| r.sha256 == read.sha256) {
        Some(known) if known.ontology_hash == knowledge.hash && known.graph_hash == summary.graph_hash => {
            Outcome::Unchanged
        }
        Some(_) => Outcome::Renewed,
        None => registered.iter().find(here).map_or(Outcome::New, |r| Outcome::Replaces(r.file.clone())),
    }
}

/// Edition slugs are plain; only percent signs could differ.
fn unescaped(iri: &str) -> String {
    iri.replace("%2F", "/")
}

fn report(read: &Read, outcome: Outcome) -> FileReport {
    let summary = read.summary.as_ref().ok();
    FileReport {
        path: read.path.clone(),
        outcome,
        edition: summary.map(|s| s.edition.title.clone()).unwrap_or_default(),
        pages: summary.map_or(0, |s| s.pages),
        mentions: summary.map_or(0, |s| s.mentions),
        quads: summary.map_or(0, |s| s.quads),
        warnings: summary.map_or(0, |s| s.warnings),
    }
}

fn load(read: &Read, outcome: &Outcome, objects: &Objects, knowledge: &Knowledge) -> Result<Load, BatchError> {
    let path = objects.path(&read.key, "json.gz");
    let damaged = |problem: String| BatchError::Artifact { path: path.clone(), problem };
    let mut document: Document =
        serde_json::from_str(&objects.text(&read.key, "json.gz")?).map_err(|e| damaged(e.to_string()))?;
    document.source.file = read.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let summary = read.summary.as_ref().map_err(|e| damaged(e.clone()))?;
    let edition: Edition = summary.edition.clone().into();
    let nquads = objects.text(&read.key, "nq.gz")?;
    let quads: Vec<Quad> = RdfParser::from_format(RdfFormat::NQuads)
        .for_slice(&nquads)
        .collect::<Result<_, _>>()
        .map_err(|e| damaged(e.to_string()))?;
    let iris = Iris::new(&knowledge.base, &document, &edition);
    let own = iris.graph();
    let in_its_graph = |q: &&Quad| matches!(&q.graph_name, GraphName::NamedNode(g) if *g == own);
    let record = LoadRecord {
        ended: now(),
        version: VERSION.to_owned(),
        ontology_hash: knowledge.hash.clone(),
        graph_hash: summary.graph_hash.clone(),
        quads: quads.iter().filter(in_its_graph).count(),
    };
    let replaces = match outcome {
        Outcome::Replaces(file) => vec![NamedNode::new_unchecked(file.clone())],
        _ => Vec::new(),
    };
    Ok(Load {
        file: iris.source_file(),
        graph: iris.graph(),
        quads,
        registry: registry_quads(
            &document,
            &edition,
            knowledge.series(edition.series.as_deref()),
            &record,
            &knowledge.base,
        ),
        replaces,
    })
}

/// The moment as `2026-11-21T00:01:00Z`; `SOURCE_DATE_EPOCH` (reproducible-builds.org) fixes it for comparisons.
pub(crate) fn now() -> String {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|s| s.parse().ok());
    let clock = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let seconds: u64 = fixed.unwrap_or_else(clock);
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = civil(days as i64);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60)
}

/// Date of a day counted from 1970-01-01 (proleptic Gregorian; H. Hinnant, "chrono-compatible low-level date algorithms").
fn civil(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let (day, month) = (doy - (153 * mp + 2) / 5 + 1, if mp < 10 { mp + 3 } else { mp - 9 });
    (yoe + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(11_016), (2000, 2, 29));
        assert_eq!(civil(20_777), (2026, 11, 20));
    }
}

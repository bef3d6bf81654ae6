//! From paths to loaded editions: read in parallel, stored in order, an edition as a whole.
//!
//! What a file says is kept as an artifact. A run that was killed finds the artifacts of the run before it and goes on; a
//! run over the same files finds nothing to do.

mod apply;
mod decide;
mod files;
mod plan;
mod read;

use std::path::PathBuf;

use hakusho_pipeline::{Knowledge, ReadOptions};
use hakusho_store::{Archive, StoreError};

use self::decide::decide;
use self::read::{Read, read_all};
use crate::data::DataFolder;
use crate::error::BatchError;
use crate::examples::service_facts;

pub use files::find_files;
pub use plan::{Plan, Planned, plan};

/// What became, or would become, of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Loaded for the first time.
    New,
    /// The same bytes are loaded already, by this version and ontology.
    Unchanged,
    /// The same bytes were loaded by another version or ontology; linked anew.
    Renewed,
    /// Takes the place of other bytes of the same edition and part: IRI of the file that goes.
    Replaces(String),
    /// Not loaded: this other file of the load is the same part of the same edition.
    Conflict(PathBuf),
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
    /// Statements in its graph.
    pub quads: usize,
    /// Warnings about the file's content.
    pub warnings: usize,
}

/// Called while files are read: how many files are done of how many, and pages so far.
pub type Progress<'p> = dyn Fn(usize, usize, usize) + Sync + 'p;

/// How to read files.
#[derive(Clone, Debug)]
pub struct IngestOptions {
    /// How to open them, and whether pages without text are recognised.
    pub read: ReadOptions,
    /// Statements written to the store in one step, about: an edition is never divided.
    pub step: usize,
}

/// Enough that the fixed cost of a step does not count, few enough for the memory: some 300 MB.
pub const STEP: usize = 200_000;

impl Default for IngestOptions {
    fn default() -> Self {
        Self { read: ReadOptions::default(), step: STEP }
    }
}

/// Loads files. What is in already stays; the same call again changes nothing.
///
/// All files of an edition come in together: readers, and who opens the store after a crash, see the edition as it was or
/// as it is to be.
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
    let started = crate::clock::now();
    data.objects().sweep()?;
    let reads = read_all(data, knowledge, files, options, progress)?;
    let registered = archive.registered()?;
    let decided = decide(&reads, &registered, knowledge);
    let loader = apply::Loader { data, archive, knowledge, started: &started, step: options.step };
    loader.apply(&reads, &decided, &registered)?;
    archive.write_description(&service_facts())?;
    data.search().sync(archive).map_err(StoreError::from)?;
    Ok(reads.iter().zip(decided).map(|(read, decided)| report(read, decided.outcome)).collect())
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

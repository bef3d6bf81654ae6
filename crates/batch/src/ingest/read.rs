//! Reading files in parallel. Of what was read only summaries stay in memory; the rest is in the object folder.

use std::fs;
use std::path::{Path, PathBuf};

use hakusho_pipeline::{Knowledge, sha256_hex};
use rayon::prelude::*;

use super::{IngestOptions, Progress};
use crate::artifact::{self, Summary};
use crate::data::DataFolder;
use crate::error::BatchError;
use crate::objects::Objects;

/// A file on its way into the store.
pub(crate) struct Read {
    pub(crate) path: PathBuf,
    pub(crate) sha256: String,
    /// Key of its artifact.
    pub(crate) key: String,
    /// What was read, or why nothing was.
    pub(crate) summary: Result<Summary, String>,
}

impl Read {
    /// Name of the file.
    pub(crate) fn name(&self) -> String {
        name(&self.path)
    }
}

fn name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Reads files, in the order given.
pub(crate) fn read_all(
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
    let (name, sha256) = (name(path), sha256_hex(&bytes));
    let key = artifact::key(&name, &sha256, knowledge, &options.read);
    let summary = match artifact::known(objects, &key, &sha256, knowledge, &options.read) {
        Some(summary) => summary,
        None => artifact::make(&name, &bytes, &sha256, &key, objects, knowledge, &options.read)?,
    };
    let summary = match summary.failure.clone() {
        Some(reason) => Err(reason),
        None => Ok(summary),
    };
    Ok(Read { path: path.to_owned(), sha256, key, summary })
}

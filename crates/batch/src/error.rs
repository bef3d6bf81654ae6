//! What can go wrong around a batch, naming the file.

use std::io;
use std::path::{Path, PathBuf};

use hakusho_pipeline::KnowledgeError;
use hakusho_store::StoreError;
use thiserror::Error;

/// A failure of the machine, not of a report.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum BatchError {
    /// A file or folder cannot be read or written.
    #[error("cannot {action} `{path}`: {reason}")]
    Io {
        /// What was tried.
        action: &'static str,
        /// Where.
        path: PathBuf,
        /// Why.
        reason: io::Error,
    },
    /// The configuration of a data folder is malformed.
    #[error("`{path}`: {problem}")]
    Config {
        /// Its path.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// The data folder has not been made yet.
    #[error(
        "there is no data folder at `{path}`; make one with `hakusho init` or load something with `hakusho ingest`"
    )]
    NoData {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The program's own knowledge is malformed.
    #[error(transparent)]
    Knowledge(#[from] KnowledgeError),
    /// A backup is damaged, or cannot be made or restored where it was asked for.
    #[error("`{path}`: {problem}")]
    Backup {
        /// The backup, or the folder that was asked for.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// A stored artifact is damaged.
    #[error("the stored object `{path}` is damaged: {problem}")]
    Artifact {
        /// Its path.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
}

/// Wraps an input or output error with what was tried where.
pub(crate) fn io_error(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> BatchError {
    let path = path.to_owned();
    move |reason| BatchError::Io { action, path, reason }
}

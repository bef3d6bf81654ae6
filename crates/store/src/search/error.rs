//! What can go wrong with a search, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use oxigraph::store::StorageError;
use tantivy::TantivyError;
use thiserror::Error;

use super::words::WordsProblem;

/// A failure of the search index, or a search that cannot be understood.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The search text means nothing.
    #[error("the search text `{words}` cannot be understood: {problem}")]
    Words {
        /// The text.
        words: String,
        /// What is wrong with it.
        #[source]
        problem: WordsProblem,
    },
    /// The pattern of a `SERVICE hk:search` holds something that it does not answer.
    #[error("`SERVICE hk:search` cannot answer this: {problem}")]
    Pattern {
        /// What it was.
        problem: String,
    },
    /// The index was made for another state of the store.
    #[error(
        "the search index in `{path}` does not match what is loaded; `hakusho search --reindex` brings it up to date"
    )]
    Behind {
        /// Its folder.
        path: PathBuf,
    },
    /// There is no index.
    #[error("there is no search index in `{path}`; `hakusho search --reindex` makes it")]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The index cannot be used: its files are damaged, or another version made them.
    #[error("the search index in `{path}` cannot be used ({reason}); `hakusho search --reindex` makes it anew")]
    Damaged {
        /// Its folder.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// Another process is writing the index.
    #[error("the search index in `{path}` is being written by another process")]
    Busy {
        /// Its folder.
        path: PathBuf,
    },
    /// A file of the index cannot be read or written.
    #[error("cannot {action} `{path}`: {reason}")]
    Io {
        /// What was tried.
        action: &'static str,
        /// Where.
        path: PathBuf,
        /// Why.
        reason: io::Error,
    },
    /// The index could not be read or written.
    #[error("the search index in `{path}` failed: {reason}")]
    Engine {
        /// Its folder.
        path: PathBuf,
        /// Why.
        reason: TantivyError,
    },
    /// The store that is searched could not be read.
    #[error("the store could not be read for the search index")]
    Storage(#[from] StorageError),
}

/// Wraps an input or output error with what was tried where.
pub(crate) fn io_error(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> SearchError {
    let path = path.to_owned();
    move |reason| SearchError::Io { action, path, reason }
}

/// Wraps a failure of the index with its folder.
pub(crate) fn engine(path: &Path) -> impl Fn(TantivyError) -> SearchError {
    let path = path.to_owned();
    move |reason| SearchError::Engine { path: path.clone(), reason }
}

//! What can go wrong with the store, naming its folder or the query.

use std::path::PathBuf;

use oxigraph::sparql::{QueryEvaluationError, SparqlSyntaxError};
use oxigraph::store::StorageError;
use thiserror::Error;

use crate::search::SearchError;

/// A failure of the store.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The store cannot be opened: it is in use, or its folder cannot be read or written.
    #[error("the store in `{path}` cannot be opened: {reason}")]
    Open {
        /// Folder of the store.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// Reading or writing failed.
    #[error("the store could not read or write its files")]
    Storage(#[from] StorageError),
    /// The query is no SPARQL.
    #[error("the query cannot be understood: {0}")]
    Syntax(#[from] SparqlSyntaxError),
    /// The query failed while it ran.
    #[error("the query failed: {0}")]
    Evaluation(#[from] QueryEvaluationError),
    /// Statements cannot be written out.
    #[error("the statements cannot be written: {0}")]
    Output(#[from] std::io::Error),
    /// Statements cannot be read in.
    #[error("the statements cannot be read: {0}")]
    Input(String),
    /// No state of the store could be held still because another process kept changing its files.
    #[error("the store in `{path}` is being changed too fast to take a snapshot; try again")]
    Busy {
        /// Folder of the store.
        path: PathBuf,
    },
    /// The search index failed, or a search cannot be understood.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// Statements handed to the store are not what a graph of a file may hold.
    #[error("graph `{graph}` cannot be loaded: {problem}")]
    Refused {
        /// The graph.
        graph: String,
        /// Why.
        problem: String,
    },
}

//! What a query may cost, and the handle that calls it off.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use oxigraph::model::NamedNode;

/// Limits of a query; `None` is no limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryOptions {
    /// Longest time from the call to the answer.
    pub timeout: Option<Duration>,
    /// Most rows (or statements, of a graph) of an answer.
    pub max_rows: Option<usize>,
    /// Most bytes of a written answer.
    pub max_bytes: Option<usize>,
    /// Most bytes by which the memory of the whole process may grow while the query runs. Other work of the process counts
    /// too. Measured every few milliseconds, on Linux only: elsewhere there is no such limit.
    pub max_memory: Option<u64>,
    /// Most rows that an inner `ORDER BY` may sort (in a subquery, `CONSTRUCT`, `DESCRIBE`, `ASK`): such a sort cannot be
    /// interrupted. The `ORDER BY` of a `SELECT` itself can, and has no such limit.
    pub max_sorted_rows: usize,
    /// Most rows that a service or an old graph may give to the query.
    pub max_part_rows: usize,
    /// Most bytes of the query's text.
    pub max_text: usize,
    /// Prefixes that need not be declared, besides [`super::PREFIXES`].
    pub prefixes: Vec<(String, String)>,
    /// Graphs that stand in place of the `FROM` and `FROM NAMED` of the query.
    pub dataset: Option<Dataset>,
}

/// Graphs that a request names beside its query (SPARQL 1.1 Protocol §2.1.4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dataset {
    /// What the default graph is merged from.
    pub default: Vec<NamedNode>,
    /// What `GRAPH` can name.
    pub named: Vec<NamedNode>,
}

impl Default for QueryOptions {
    /// One minute, 2 GB, and no limit to the answer.
    fn default() -> Self {
        Self {
            timeout: Some(Duration::from_mins(1)),
            max_rows: None,
            max_bytes: None,
            max_memory: Some(2 << 30),
            max_sorted_rows: 100_000,
            max_part_rows: 1_000_000,
            max_text: 1 << 20,
            prefixes: Vec::new(),
            dataset: None,
        }
    }
}

/// Calls a query off from another thread; copies call off the same query.
#[derive(Clone, Debug, Default)]
pub struct Cancel {
    called: Arc<AtomicBool>,
}

impl Cancel {
    /// A handle that has not been used.
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops the queries that were given this handle, and any that will be.
    pub fn cancel(&self) {
        self.called.store(true, Ordering::Relaxed);
    }

    /// Whether it was used.
    pub fn is_cancelled(&self) -> bool {
        self.called.load(Ordering::Relaxed)
    }
}

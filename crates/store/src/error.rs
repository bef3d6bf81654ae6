//! What can go wrong with the store, naming its folder or the query.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use oxigraph::sparql::{QueryEvaluationError, SparqlSyntaxError};
use oxigraph::store::StorageError;
use thiserror::Error;

use crate::query::{AnswerKind, ArchivedError, Hint, ServiceError};
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
    Output(#[from] io::Error),
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
    /// The answer would be of a kind that no form was given for.
    #[error("none of the forms asked for fits {}", match kind {
        AnswerKind::Rows => "the rows of a SELECT",
        AnswerKind::Boolean => "the yes or no of an ASK",
        AnswerKind::Graph => "the graph of a CONSTRUCT or DESCRIBE",
    })]
    NoForm {
        /// What the query gives.
        kind: AnswerKind,
    },
    /// An update that is not made.
    #[error("the update is refused: {problem}")]
    UpdateRefused {
        /// Why.
        problem: String,
    },
    /// The text is SPARQL Update.
    #[error("this is a SPARQL update; only queries are answered (SELECT, ASK, CONSTRUCT, DESCRIBE)")]
    Update,
    /// The query is larger than any sensible one.
    #[error("the query is too complex: {what}")]
    TooComplex {
        /// In what.
        what: &'static str,
    },
    /// A prefix that was given for all queries names no IRI.
    #[error("the prefix `{iri}` is no IRI")]
    Prefix {
        /// What was given.
        iri: String,
    },
    /// The time limit passed; nothing of the answer is given.
    #[error("stopped after {:.1} seconds: the limit is {} seconds{}", after.as_secs_f64(), limit.as_secs_f64(), because(hint.as_deref()))]
    TimeLimit {
        /// Time from the call to the stop.
        after: Duration,
        /// The limit.
        limit: Duration,
        /// The likeliest reason.
        hint: Option<Box<Hint>>,
    },
    /// The answer has more rows (or statements) than allowed.
    #[error("the answer has more than {limit} rows; ask for fewer with LIMIT, or raise the limit")]
    RowLimit {
        /// The limit.
        limit: usize,
    },
    /// The written answer is longer than allowed.
    #[error("the answer has more than {limit} bytes; ask for fewer rows with LIMIT, or raise the limit")]
    ByteLimit {
        /// The limit.
        limit: usize,
    },
    /// The process grew more than allowed while the query ran.
    #[error("stopped: the query took more than {} MB of memory{}", limit >> 20, because(hint.as_deref()))]
    MemoryLimit {
        /// The limit in bytes.
        limit: u64,
        /// The likeliest reason.
        hint: Option<Box<Hint>>,
    },
    /// The query built a text longer than allowed, or searched in one.
    #[error("stopped: the query builds a text of more than {} MB, or searches a very long one", limit >> 20)]
    TextLimit {
        /// The limit in bytes for texts that are built.
        limit: usize,
    },
    /// An inner `ORDER BY` has too many rows.
    #[error("stopped: an ORDER BY inside the query has more than {limit} rows to sort; narrow its pattern first")]
    SortLimit {
        /// The limit.
        limit: usize,
    },
    /// The caller called the query off.
    #[error("the query was cancelled")]
    Cancelled,
    /// `SERVICE` with a name that nobody here answers.
    #[error("SERVICE {name} is not answered here, and no query is sent anywhere else")]
    Service {
        /// As written.
        name: String,
    },
    /// A service could not answer.
    #[error("SERVICE {name}: {source}")]
    ServiceFailed {
        /// The service.
        name: String,
        /// Why.
        source: ServiceError,
    },
    /// A service or an old graph gave more rows than allowed.
    #[error("{name} gives more than {limit} rows to the query; narrow what is asked of it")]
    PartLimit {
        /// The service or graph.
        name: String,
        /// The limit.
        limit: usize,
    },
    /// A service or an old graph gave a blank node, which means nothing outside of it.
    #[error("{name} gives a blank node, which the rest of the query cannot use")]
    PartBlank {
        /// The service or graph.
        name: String,
    },
    /// A graph that is no longer current is known but cannot be read.
    #[error("the graph `{graph}` is no longer current, and its copy cannot be read: {source}")]
    Archived {
        /// The graph.
        graph: String,
        /// Why.
        source: ArchivedError,
    },
    /// A graph that is no longer current stands where it cannot be asked.
    #[error(
        "the graph `{graph}` is no longer current: it cannot be asked inside EXISTS, nor around another GRAPH; name it with FROM NAMED"
    )]
    ArchivedPlace {
        /// The graph.
        graph: String,
    },
    /// The graphs of the query that have to be put into memory are too large.
    #[error("the query names old graphs with more than {limit} statements together; name fewer")]
    TooManyStatements {
        /// The limit.
        limit: usize,
    },
    /// The answer could not be written.
    #[error("the answer cannot be written")]
    Write(#[source] io::Error),
    /// No thread could be started for the query.
    #[error("no thread can be started for the query")]
    Thread(#[source] io::Error),
    /// The evaluation of the query fell over: a defect.
    #[error("the query could not be worked on: its evaluation broke off, which is a defect of the program")]
    Fault,
}

/// Where a query stops making sense, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxPlace {
    /// Line of the text, from 1.
    pub line: usize,
    /// Character of the line, from 1.
    pub column: usize,
    /// Why, where the parser says it in a few words: its list of everything it would have accepted helps nobody.
    pub why: Option<String>,
}

impl StoreError {
    /// Where a query stops making sense; nothing for other errors.
    pub fn syntax_place(&self) -> Option<SyntaxPlace> {
        const FEW: usize = 120;
        let Self::Syntax(problem) = self else { return None };
        let problem = problem.to_string();
        let mut parts = problem.strip_prefix("error at ")?.splitn(3, ':');
        let mut number = || parts.next()?.trim().parse().ok();
        let (line, column) = (number()?, number()?);
        let why = parts.next().map(str::trim).filter(|w| !w.is_empty() && w.len() < FEW).map(str::to_owned);
        Some(SyntaxPlace { line, column, why })
    }

    /// Whether a limit was passed or the query called off: it may well succeed another time or narrowed.
    pub fn is_limit(&self) -> bool {
        matches!(
            self,
            Self::TimeLimit { .. }
                | Self::RowLimit { .. }
                | Self::ByteLimit { .. }
                | Self::MemoryLimit { .. }
                | Self::TextLimit { .. }
                | Self::SortLimit { .. }
                | Self::PartLimit { .. }
                | Self::TooManyStatements { .. }
                | Self::Cancelled
        )
    }
}

fn because(hint: Option<&Hint>) -> String {
    hint.map(|h| format!("; most likely: {h}")).unwrap_or_default()
}

//! Editions in the embedded store: one graph a loaded file, a registry that says which and since when, SPARQL over it.
//!
//! - [`Archive::apply`] brings and takes out files, all of a change or nothing, and refuses claims without evidence.
//!   [`Support`] says which statements about shared things the remaining files make.
//! - [`Archive::registered`] lists what is current, [`Archive::history`] how it came to be.
//! - [`Archive::judge`] finds what is not as it should be, by rules and SHACL shapes.
//! - [`SearchIndex`] finds words in what is loaded, also inside SPARQL.
//! - [`QueryService`] answers SPARQL over the union of what is current, within limits of time, memory and size.
//! - [`Archive::query`] is the same without limits, for queries of our own.
//! - [`Archive::export`] streams sorted statements; [`Snapshot`] holds a state still while others write.
//! - [`Archive::update`] changes graphs that stand beside the archive, and no others.
//! - [`Archive::write_description`] keeps what the store says of itself in step.
//!
//! Knows no documents: it takes quads and editions.
#![deny(missing_docs)]

mod archive;
mod check;
mod counts;
mod describe;
mod edition;
mod error;
mod export;
mod names;
mod query;
mod search;
mod snapshot;
mod update;

pub use archive::{Archive, Change, Gone, Load, Mark, Registered, Run, Support, mark};
pub use check::{Gravity, Rule, RuleResult, ShapesError, shape_rules};
pub use counts::Counts;
pub use describe::{Dump, Example, ServiceFacts, description_prefixes, turtle};
pub use error::{StoreError, SyntaxPlace};
pub use export::{DumpFormat, Selection};
pub use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};
pub use oxigraph::model::{GraphName, Literal, NamedNode, NamedOrBlankNode as Subject, Quad, Term, Triple};
pub use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
pub use oxigraph::sparql::{QueryResults, Variable};
pub use query::{
    Answer, AnswerKind, ArchivedError, ArchivedGraphs, Cancel, Dataset, Explanation, Form, Hint, HintKind, PREFIXES,
    QueryOptions, QueryService, Rows, Service, ServiceError, Written, read_rows, select,
};
pub use search::{
    Hit, Kind, Place, SEARCH_SERVICE, SearchAnswer, SearchError, SearchIndex, SearchRequest, SearchService, Synced,
    WordsProblem,
};
pub use snapshot::Snapshot;
pub use spargebra::{algebra, term};

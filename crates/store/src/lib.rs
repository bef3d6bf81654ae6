//! Editions in the embedded store: one immutable graph a file, a registry that says which are current, SPARQL over it.
//!
//! - [`Archive::apply`] stores files in one transaction and refuses claims without evidence.
//! - [`Archive::registered`] lists what is current.
//! - [`Archive::query`] answers SPARQL over the union of what is current.
//!
//! Knows no documents: it takes quads and editions.
#![deny(missing_docs)]

mod archive;
mod error;
mod names;
mod query;

pub use archive::{Archive, Load, Registered};
pub use error::StoreError;
pub use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};
pub use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};
pub use oxigraph::sparql::QueryResults;
pub use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
pub use query::PREFIXES;

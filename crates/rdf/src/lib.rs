//! Documents to quads: IRIs, vocabulary, evidence, deterministic N-Quads.
//!
//! - [`document_quads`] writes what one file says into the graph of that file.
//! - [`registry_quads`] writes what the archive knows about a loaded file, [`run_quads`] how it came and went: the only
//!   statements with a clock time.
//! - [`authority_quads`] writes the lexicon's entries into a reference graph.
//! - [`sorted_nquads`] and [`graph_hash`] are what two builds are compared by.
//! - [`read_skos`] reads the concepts of a SKOS vocabulary.
//!
//! No blank nodes; the same document and edition give the same quads. Knows no store.
#![deny(missing_docs)]

mod authority;
mod detail;
mod document;
mod iris;
mod nquads;
mod registry;
mod sink;
mod skos;
mod vocab;

pub use authority::{LEXICON_GRAPH, authority_quads};
pub use detail::{Detail, GraphOptions};
pub use document::{THINGS_GRAPH, document_quads};
pub use iris::{Iris, segment};
pub use nquads::{graph_hash, sorted_nquads};
pub use oxrdf::Quad;
pub use registry::{
    FileRecord, LoadRecord, REGISTRY_GRAPH, RunKind, RunRecord, edition_iri, file_iri, graph_iri, registry_quads,
    run_quads,
};
pub use skos::{RdfForm, SkosError, read_skos};
pub use vocab::{DEFAULT_BASE, HK};

//! One report: bytes and knowledge in, document and quads out.
//!
//! ```text
//! bytes ─► pdf ─► layout ─► link ─► Document ─► rdf ─► quads
//! ```
//!
//! [`extract`] stops at the document, [`build`] goes on to quads. Both are pure: no threads, files, clock or store. A
//! panic in a stage is caught here and becomes a diagnostic, so that one report never costs the rest of a batch.
#![deny(missing_docs)]

mod extract;
mod knowledge;

pub use extract::{Artifact, build, extract, sha256_hex, unreadable};
pub use knowledge::{Knowledge, KnowledgeError, VERSION};

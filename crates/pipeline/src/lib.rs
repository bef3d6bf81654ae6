//! One report: bytes and knowledge in, document and quads out.
//!
//! ```text
//! bytes ─► pdf (─► render ─► recogniser) ─► layout ─► link ─► Document ─► rdf ─► quads
//! ```
//!
//! [`extract`] stops at the document, [`build`] goes on to quads. Both are pure: no threads, files, clock or store; a
//! [`Recogniser`] for pages without text is given from outside. A panic in a stage is caught here and becomes a diagnostic, so that one report never costs the rest of a batch.
#![deny(missing_docs)]

mod cache;
mod extract;
mod knowledge;
mod ocr;

pub use extract::{Artifact, ReadOptions, build, extract, questions, read, sha256_hex, source, understand, unreadable};
pub use hakusho_link::RowProblem;
pub use hakusho_rdf::DEFAULT_BASE;
pub use knowledge::{Knowledge, KnowledgeError, LayerText, VERSION};
pub use ocr::{DPI, LEAST_CONFIDENCE, Ocr, OcrError, Reading, Recogniser, Word};

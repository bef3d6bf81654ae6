//! Many reports: parallel reading, content-addressed objects, atomic loads, resume.
//!
//! - [`DataFolder`] is where everything is kept.
//! - [`queue`] and [`apply`] are the questions to people and their decisions, which every load replays.
//! - [`find_files`], [`plan`] and [`ingest`] take paths to loaded editions.
//!
//! The only crate, with the binary, that touches files and the clock.
#![deny(missing_docs)]

mod data;
mod decisions;
mod documents;
mod error;
mod ingest;
mod objects;
mod reference;
mod review;

pub use data::DataFolder;
pub use decisions::{Applied, Row, apply, decisions_path};
pub use error::BatchError;
pub use hakusho_rdf::{Detail, GraphOptions};
pub use ingest::{FileReport, IngestOptions, Outcome, Progress, document_json, find_files, ingest, plan};
pub use objects::Objects;
pub use reference::{ONTOLOGY, SHAPES};
pub use review::{Queue, Standing, queue, standing};

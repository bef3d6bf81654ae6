//! Many reports: parallel reading, content-addressed objects, atomic loads, resume.
//!
//! - [`DataFolder`] is where everything is kept.
//! - [`queue`] and [`apply`] are the questions to people and their decisions, which every load replays.
//! - [`export_folder`] writes dumps with checksum and description, [`backup`] and [`restore`] whole data folders as bags.
//! - [`find_files`], [`plan`] and [`ingest`] take paths to loaded editions; [`retract`] takes files out, [`verify`] says whether
//!   everything is still as it was read.
//!
//! The only crate, with the binary, that touches files and the clock.
#![deny(missing_docs)]

mod artifact;
mod backup;
mod bag;
mod clock;
mod data;
mod decisions;
mod digest;
mod documents;
mod editions;
mod error;
mod examples;
mod export;
mod ingest;
mod kinds;
mod objects;
mod old_graphs;
mod reference;
mod review;
mod shared;
mod update;

pub use artifact::document_json;
pub use backup::{Backup, BackupCheck, backup, restore, verify_backup};
pub use data::DataFolder;
pub use decisions::{Applied, Row, apply, decisions_path};
pub use editions::{Named, Problem, Retraction, Verified, VerifyOptions, retract, retraction, select, verify};
pub use error::BatchError;
pub use examples::{EXAMPLES, example, service_facts};
pub use export::{ExportOptions, export, export_file, export_folder};
pub use hakusho_rdf::{Detail, GraphOptions};
pub use ingest::{FileReport, IngestOptions, Outcome, Plan, Planned, Progress, STEP, find_files, ingest, plan};
pub use kinds::Kinds;
pub use objects::Objects;
pub use old_graphs::OldGraphs;
pub use reference::{INTEGRITY_RULES, ONTOLOGY, SHAPES};
pub use review::{Queue, Standing, queue, standing};

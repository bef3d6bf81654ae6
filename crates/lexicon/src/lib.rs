//! Authority lists and words (`ontology/lexicon`) to matchers; Japanese normalisation, numbers and dates.
//!
//! - [`Gazetteer`] is the curated entries with the imported [`Layer`]s; [`import`] makes a layer's entries from an official list.
//! - [`check`] says what is wrong in tables.
//! - [`Matcher`] finds the names of [`Entry`] rows in text, with word boundaries that fit Japanese.
//! - [`quantities`] and [`dates`] read numbers with units, and dates as EDTF.
//! - [`fold`] and [`match_key`] normalise and lead back to the printed characters.
//! - [`EventWords`] are the words by which the text states events.
//! - [`Cues`] are words that tell what a name beside them is.
//! - [`LayoutWords`] are the words by which the layout stage knows captions, sources and notes.
//!
//! ```
//! use hakusho_lexicon::{fold, quantities};
//! let found = quantities(&fold("約11万5千人"));
//! assert_eq!(found[0].quantity.value, 115_000.0);
//! ```
#![deny(missing_docs)]

mod bytes;
mod check;
mod common_words;
mod cues;
mod dates;
mod entries;
mod event_words;
mod gazetteer;
mod ids;
mod import;
mod issued;
mod layer;
mod layout_words;
mod matcher;
mod merge;
mod normalize;
mod numbers;
mod org_forms;
mod series;
mod title;
mod tsv;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
}

/// Name and text of every table and series that comes with the program, in a fixed order: what its hash is made of.
pub fn embedded_files() -> impl Iterator<Item = (&'static str, &'static str)> {
    embedded::FILES.iter().chain(embedded::SERIES).copied()
}

pub use check::{Finding, Report, Severity, Table, check, embedded_tables};
pub use cues::{Cue, CueList, Cues};
pub use dates::{DateContext, FoundDate, bounds, dates, days_in, era_year};
pub use entries::{COLUMNS, Entry, embedded_entries, read_entries};
pub use event_words::{EventHit, EventWords};
pub use gazetteer::Gazetteer;
pub use ids::{is_attack_id, is_dantai, is_hojin, is_iso3166, is_law_id, is_school_code};
pub use import::{Concept, ImportError, ImportKind, Imported, import, import_concepts};
pub use layer::{Layer, Origin, Skipped};
pub use layout_words::LayoutWords;
pub use matcher::{Hit, Matcher, Strength};
pub use normalize::{Folded, FoldedChar, fold, is_katakana, match_key, match_key_of};
pub use numbers::{FoundQuantity, is_measure, quantities};
pub use org_forms::{CharSet, OrgForms};
pub use series::{Edition, Series, SeriesError, edition_of};
pub use tsv::TableError;

//! Document text to mentions and entities (names by the lexicon, dates as EDTF, quantities with unit and qualifier), events
//! and figures.
//!
//! Recognition is a gazetteer automaton, definitions the report itself gives, and number and date grammars; spans that
//! overlap are chosen between by how sure their rule is. Abstaining beats guessing: a weak surface without support is
//! no mention. Pure and deterministic; knows neither PDF nor RDF.
#![deny(missing_docs)]

mod anaphora;
mod candidate;
mod cited;
mod clauses;
mod decisions;
mod definitions;
mod editions;
mod entities;
mod events;
mod figures;
mod formed;
mod forms;
mod happenings;
mod heads;
mod laws;
mod learned;
mod linker;
mod names;
mod places;
mod questions;
mod quotes;
mod rivals;
mod roles;
mod scope;
mod slots;
mod stable;
mod triggers;
mod values;

pub use decisions::{Action, Decision, Decisions, HEADER, Refusal, RowProblem};
pub use linker::{LinkContext, Linker};

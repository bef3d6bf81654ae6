//! Document text to mentions and entities (names by the lexicon, dates as EDTF, quantities with unit and qualifier), events
//! and figures.
//!
//! Recognition is a gazetteer automaton, definitions the report itself gives, and number and date grammars; spans that
//! overlap are chosen between by how sure their rule is. Abstaining beats guessing: a weak surface without support is
//! no mention. Pure and deterministic; knows neither PDF nor RDF.
#![deny(missing_docs)]

mod candidate;
mod clauses;
mod definitions;
mod events;
mod figures;
mod forms;
mod linker;
mod roles;

pub use linker::{LinkContext, Linker};

//! Full-text search over what is loaded: Japanese by pairs of characters, everything else by words.
//!
//! - [`SearchIndex`] is the index of a data folder; [`SearchIndex::sync`] keeps it in step with the store.
//! - [`SearchService`] answers `SERVICE hk:search { ?x hk:match "…" }` inside SPARQL.
//!
//! From a text to terms: `units` folds and cuts, `tokenizer` makes terms, `phrase` and `words` make queries.
//! From the store to the index: `parts`, `schema`, `state`, `sync`. From the index to answers: `snapshot`, `rank`, `hit`, `place`.

mod error;
mod hit;
mod index;
mod parts;
mod pattern;
mod phrase;
mod place;
mod rank;
mod schema;
mod service;
mod snapshot;
mod state;
mod sync;
mod tokenizer;
mod units;
mod words;

pub use error::SearchError;
pub use hit::Hit;
pub use index::{SearchAnswer, SearchIndex, SearchRequest};
pub use parts::Kind;
pub use place::Place;
pub use service::{SEARCH_SERVICE, SearchService};
pub use sync::Synced;
pub use words::WordsProblem;

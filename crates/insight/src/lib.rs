//! What follows from many statements. Pure: knows no store, and how nothing was fetched.
//!
//! - [`Network`] joins things that one sentence names together; it ranks them, and finds how two of them are connected.
//! - [`editions::diff`] says what changed between two editions of a report.
//!
//! ```
//! use hakusho_insight::Network;
//! let rows = [("a", "s1"), ("b", "s1"), ("b", "s2"), ("c", "s2")];
//! let network = Network::new(rows.iter().map(|(thing, place)| (thing.to_string(), place.to_string())));
//! let path = network.path("a", "c").unwrap();
//! assert_eq!(path.iter().map(|s| s.to.as_str()).collect::<Vec<_>>(), ["b", "c"]);
//! ```
#![deny(missing_docs)]

pub mod editions;
mod network;

pub use network::{Network, Rank, Step};

//! Query results to graph measures. Pure: knows neither store nor documents.
//!
//! [`Network`] joins things that one sentence names together; it ranks them, and finds how two of them are connected.
//!
//! ```
//! use hakusho_insight::Network;
//! let rows = [("a", "s1"), ("b", "s1"), ("b", "s2"), ("c", "s2")];
//! let network = Network::new(rows.iter().map(|(thing, place)| (thing.to_string(), place.to_string())));
//! let path = network.path("a", "c").unwrap();
//! assert_eq!(path.iter().map(|s| s.to.as_str()).collect::<Vec<_>>(), ["b", "c"]);
//! ```
#![deny(missing_docs)]

mod network;

pub use network::{Network, Rank, Step};

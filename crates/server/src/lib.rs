//! What a data folder says, over HTTP: SPARQL endpoint, pages for everything that has an IRI, page images, JSON API, web page.
//!
//! - [`serve`] answers until the process is told to stop; [`ServeOptions`] says where and within which limits.
//! - `view` holds a state of the archive still while loads go on, and takes the next one when a load has ended.
//! - `sparql` speaks the SPARQL 1.1 Protocol and reads graphs by the Graph Store Protocol.
//! - `things` answers the IRIs of the graph, `evidence` the printed lines behind them, `pages` pictures of pages.
//! - `api` is what the web page asks, `reconcile` what tables of names are matched by, `assets` the web page itself.
//! - `guard` holds off what is too much: too many at once, too fast, too large, not allowed.
//!
//! Everything is read-only, but for decisions about names and, where it is allowed, SPARQL Update beside the archive; both want a token.
#![deny(missing_docs)]

#[expect(unused_qualifications, reason = "utoipa writes the types of parameters with their paths")]
mod api;
mod app;
mod assets;
mod error;
mod evidence;
mod federation;
mod guard;
mod html;
mod language;
mod log;
mod metrics;
mod negotiate;
mod options;
mod pages;
mod problem;
mod reconcile;
mod router;
mod serve;
mod sparql;
mod terms;
mod things;
mod view;
mod work;

pub use error::ServerError;
pub use options::{KnowledgeSource, ServeOptions};
pub use router::openapi;
pub use serve::serve;

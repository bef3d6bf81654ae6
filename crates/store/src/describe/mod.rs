//! What the store says of itself, from what is really in it: `VoID`, service description, prefixes, example queries.
//!
//! All of it stands in the graph `graph/description` and speaks only of nodes of its own. Each graph is counted once and
//! remembered: a graph whose hash the registry knows is counted again only when the hash changes, and the numbers of the
//! whole are brought up to date by the difference. The description does not count itself, nor statements about load runs,
//! which tell equal stores apart.

mod changes;
mod dump;
mod examples;
mod graphs;
mod partitions;
mod service;
mod sink;
mod terms;
mod whole;

use std::collections::HashSet;

use oxigraph::model::Quad;

pub use dump::{Dump, turtle};
pub use examples::Example;
use terms::Nodes;
pub(crate) use whole::Whole;

use crate::archive::Archive;
use crate::error::StoreError;

/// What the store cannot know of the service by itself.
#[derive(Clone, Copy, Debug)]
pub struct ServiceFacts<'a> {
    /// Version of the program; another version describes everything anew.
    pub version: &'a str,
    /// Queries to offer.
    pub examples: &'a [Example],
    /// IRIs of what the service offers besides the union default graph (`sd:feature`).
    pub features: &'a [&'a str],
}

impl Archive {
    /// Brings the description in step with what is loaded, in a transaction of its own; returns whether it changed.
    ///
    /// To be called after every change. A description that was not reached (the program was killed) is brought in step by
    /// the next call; until then it tells of the state before.
    ///
    /// # Errors
    /// On failure of the storage.
    pub fn write_description(&self, facts: &ServiceFacts<'_>) -> Result<bool, StoreError> {
        let changes = changes::of(self, facts)?;
        if changes.remove.is_empty() && changes.insert.is_empty() {
            return Ok(false);
        }
        let mut transaction = self.store.start_transaction()?;
        for quad in &changes.remove {
            transaction.remove(quad);
        }
        transaction.extend(changes.insert.iter().map(Quad::as_ref));
        transaction.commit()?;
        Ok(true)
    }

    /// The description in step with what is loaded, sorted, without changing the store.
    ///
    /// # Errors
    /// On failure of the storage.
    pub fn description(&self, facts: &ServiceFacts<'_>) -> Result<Vec<Quad>, StoreError> {
        let nodes = Nodes::new(self.names.registry.as_ref());
        let changes = changes::of(self, facts)?;
        let gone: HashSet<Quad> = changes.remove.into_iter().collect();
        let mut out = changes.insert;
        for quad in self.store.quads_for_pattern(None, None, None, Some(nodes.graph.as_ref().into())) {
            let quad = quad?;
            if !gone.contains(&quad) {
                out.push(quad);
            }
        }
        crate::export::sort(&mut out);
        Ok(out)
    }
}

/// Prefixes a description is read best with, those of the archive included.
pub fn description_prefixes() -> impl Iterator<Item = (&'static str, &'static str)> {
    crate::query::PREFIXES.into_iter().chain(service::OWN_PREFIXES)
}

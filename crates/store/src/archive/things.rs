//! Single things: what they are called, and whether anything still refers to them.

use std::collections::BTreeSet;

use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, Term};

use super::Archive;
use crate::error::StoreError;

/// What gives a thing its name, the best first.
const LABELS: [&str; 3] = [
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://purl.org/dc/terms/title",
];

impl Archive {
    /// Label of a thing, in Japanese where there is one.
    ///
    /// # Errors
    /// On failure of the storage.
    pub fn label(&self, thing: &NamedNode) -> Result<Option<String>, StoreError> {
        for predicate in LABELS.map(NamedNodeRef::new_unchecked) {
            let mut labels = BTreeSet::new();
            for quad in self.store.quads_for_pattern(Some(thing.as_ref().into()), Some(predicate), None, None) {
                if let Term::Literal(label) = quad?.object {
                    labels.insert((label.language() != Some("ja"), label.value().to_owned()));
                }
            }
            if let Some((_, label)) = labels.pop_first() {
                return Ok(Some(label));
            }
        }
        Ok(None)
    }

    /// Whether the graph of a file refers to a thing, other than some graphs.
    ///
    /// # Errors
    /// On failure of the storage.
    pub fn referred_to(&self, thing: &NamedNode, except: &BTreeSet<NamedNode>) -> Result<bool, StoreError> {
        for quad in self.store.quads_for_pattern(None, None, Some(thing.as_ref().into()), None) {
            if let GraphName::NamedNode(graph) = quad?.graph_name
                && self.names.is_file_graph(graph.as_ref())
                && !except.contains(&graph)
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

//! Figures of the whole, for who plans with them.

use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use oxigraph::store::Store;

use super::terms::{Nodes, VOID, term};

/// What the description says of all that is loaded; it may be behind by a load.
#[derive(Clone, Debug)]
pub(crate) struct Whole {
    nodes: Nodes,
}

impl Whole {
    /// The description in a store whose registry is the graph `registry`.
    pub(crate) fn new(registry: NamedNodeRef<'_>) -> Self {
        Self { nodes: Nodes::new(registry) }
    }

    /// Statements with a property, where it is described.
    pub(crate) fn statements(&self, store: &Store, property: &NamedNode) -> Option<f64> {
        self.figure(store, "property", property, "triples")
    }

    /// Instances of a class, where it is described.
    pub(crate) fn instances(&self, store: &Store, class: &NamedNode) -> Option<f64> {
        self.figure(store, "class", class, "entities")
    }

    fn figure(&self, store: &Store, kind: &str, iri: &NamedNode, figure: &str) -> Option<f64> {
        let part = Nodes::part(&self.nodes.at("dataset"), kind, iri.as_str());
        let graph = self.nodes.graph.as_ref().into();
        let figure = term(VOID, figure);
        let found =
            store.quads_for_pattern(Some(part.as_ref().into()), Some(figure.as_ref()), None, Some(graph)).next();
        match found?.ok()?.object {
            Term::Literal(literal) => literal.value().parse().ok(),
            _ => None,
        }
    }
}

//! Which graphs an index was made from: what tells whether it is in step with the store.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedOrBlankNode, Term};
use oxigraph::store::{StorageError, Store};

use super::schema::FORMAT;
use crate::names::Names;

/// Hashes of the graphs, as the registry states them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    /// Graph and hash.
    pub(crate) graphs: BTreeMap<String, String>,
    /// Hash of the labels of what files share; the registry states none for that graph.
    pub(crate) things: String,
}

impl State {
    /// What is kept with the index.
    pub(crate) fn to_payload(&self) -> String {
        let graphs: String = self.graphs.iter().map(|(graph, hash)| format!("\n{graph} {hash}")).collect();
        format!("{FORMAT}\n{}{graphs}", self.things)
    }

    /// The state of an index; none if another version made it.
    pub(crate) fn of_payload(payload: &str) -> Option<Self> {
        let mut lines = payload.lines();
        if lines.next()? != FORMAT {
            return None;
        }
        let things = lines.next().unwrap_or_default().to_owned();
        let graph = |line: &str| line.split_once(' ').map(|(graph, hash)| (graph.to_owned(), hash.to_owned()));
        Some(Self { things, graphs: lines.map(graph).collect::<Option<_>>()? })
    }
}

/// Graphs that are to be searched, with their hashes: current files, ontology, authorities.
///
/// The registry may know the hash of a graph that is not loaded any more; files count only while they are current.
pub(crate) fn stamps(store: &Store, names: &Names) -> Result<BTreeMap<String, String>, StorageError> {
    let registry = || Some(names.registry.as_ref().into());
    let mut current = BTreeSet::new();
    for quad in store.quads_for_pattern(None, Some(names.current_graph.as_ref()), None, registry()) {
        if let Term::NamedNode(graph) = quad?.object {
            current.insert(graph);
        }
    }
    let mut out = BTreeMap::new();
    for quad in store.quads_for_pattern(None, Some(names.graph_hash.as_ref()), None, registry()) {
        let quad = quad?;
        let (NamedOrBlankNode::NamedNode(graph), Term::Literal(hash)) = (quad.subject, quad.object) else { continue };
        if graph != names.things && (current.contains(&graph) || !names.is_file_graph(graph.as_ref())) {
            out.insert(graph.into_string(), hash.value().to_owned());
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payloads_come_back_and_other_versions_do_not() {
        let pair = |g: &str, h: &str| (g.to_owned(), h.to_owned());
        let state = State { graphs: [pair("urn:b", "02"), pair("urn:a", "01")].into(), things: "ff".to_owned() };
        assert_eq!(State::of_payload(&state.to_payload()), Some(state.clone()));
        assert_eq!(State::of_payload(&State::default().to_payload()), Some(State::default()));
        assert_eq!(State::of_payload(&state.to_payload().replace(FORMAT, "hakusho-search/0")), None);
        assert_eq!(State::of_payload(""), None);
    }
}

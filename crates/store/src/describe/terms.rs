//! IRIs of a description: the standards' terms, and its own nodes, which are fragments of the graph's name.

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::service::{OWN_PREFIXES, encoded};
use crate::query::PREFIXES;

pub(super) const VOID: &str = "http://rdfs.org/ns/void#";
pub(super) const SD: &str = "http://www.w3.org/ns/sparql-service-description#";
pub(super) const SH: &str = "http://www.w3.org/ns/shacl#";
pub(super) const DCTERMS: &str = "http://purl.org/dc/terms/";
pub(super) const SCHEMA: &str = "http://schema.org/";
pub(super) const FORMATS: &str = "http://www.w3.org/ns/formats/";
pub(super) const HK: &str = "https://w3id.org/hakusho/ns#";

/// A term of a namespace.
pub(super) fn term(namespace: &str, name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{namespace}{name}"))
}

/// Names of the description's nodes.
#[derive(Clone, Debug)]
pub(super) struct Nodes {
    /// Namespace of things.
    pub(super) base: String,
    /// The graph that holds the description.
    pub(super) graph: NamedNode,
    /// What stands before the name of a node.
    root: String,
}

impl Nodes {
    /// Nodes under the base that `registry`, the graph of the registry, stands under.
    pub(super) fn new(registry: NamedNodeRef<'_>) -> Self {
        let base = registry.as_str().strip_suffix("graph/registry").unwrap_or_default().to_owned();
        let graph = format!("{base}graph/description");
        // An IRI has one fragment: under a base that ends in # the nodes are paths of it.
        let root = format!("{graph}{}", if base.contains('#') { '/' } else { '#' });
        Self { base, graph: NamedNode::new_unchecked(graph), root }
    }

    /// A node of the description.
    pub(super) fn at(&self, path: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{path}", self.root))
    }

    /// The node that counts a graph.
    pub(super) fn of_graph(&self, graph: &NamedNode) -> NamedNode {
        let local = graph.as_str().strip_prefix(&self.base).and_then(|rest| rest.strip_prefix("graph/"));
        self.at(&match local {
            Some(local) => format!("graph/{local}"),
            None => format!("graph/{}", encoded(graph.as_str())),
        })
    }

    /// The part of `node` about a class or property.
    pub(super) fn part(node: &NamedNode, kind: &str, iri: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}/{kind}/{}", node.as_str(), short(iri)))
    }
}

/// `hk:Incident` where the namespace has a prefix, the whole IRI percent-encoded where it has none.
fn short(iri: &str) -> String {
    let prefixes = PREFIXES.iter().chain(&OWN_PREFIXES);
    let mut short = prefixes.filter_map(|(prefix, namespace)| Some((prefix, iri.strip_prefix(namespace)?)));
    let plain = |local: &str| local.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    match short.find(|(_, local)| plain(local)) {
        Some((prefix, local)) => format!("{prefix}:{local}"),
        None => encoded(iri),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nodes(base: &str) -> Nodes {
        Nodes::new(NamedNode::new_unchecked(format!("{base}graph/registry")).as_ref())
    }

    #[test]
    fn nodes_are_fragments_of_the_graph() {
        let nodes = nodes("https://example.org/id/");
        let graph = NamedNode::new_unchecked("https://example.org/id/graph/ref/lexicon");
        let node = nodes.of_graph(&graph);
        assert_eq!(node.as_str(), "https://example.org/id/graph/description#graph/ref/lexicon");
        let part = Nodes::part(&node, "class", "https://w3id.org/hakusho/ns#Incident");
        assert!(part.as_str().ends_with("#graph/ref/lexicon/class/hk:Incident"), "{part}");
        let part = Nodes::part(&node, "class", "http://example.com/a b");
        assert!(part.as_str().ends_with("/class/http%3A%2F%2Fexample.com%2Fa%20b"), "{part}");
    }

    #[test]
    fn an_iri_has_one_fragment() {
        let node = nodes("https://example.org/k#").at("dataset");
        assert_eq!(node.as_str(), "https://example.org/k#graph/description/dataset");
        assert!(NamedNode::new(node.as_str()).is_ok());
    }
}

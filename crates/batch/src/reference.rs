//! Graphs that come with the program: ontology and authorities.

use hakusho_pipeline::{Knowledge, sha256_hex};
use hakusho_rdf::{LEXICON_GRAPH, authority_quads};
use hakusho_store::{NamedNode, Quad, RdfFormat, RdfParser};

/// A graph, what its state is told by, and how its statements are made when they are needed.
pub(crate) struct ReferenceGraph<'k> {
    pub(crate) name: NamedNode,
    pub(crate) hash: String,
    pub(crate) quads: Box<dyn Fn() -> Vec<Quad> + 'k>,
}

/// The vocabulary as Turtle.
pub const ONTOLOGY: &str = include_str!("../../../ontology/hakusho.ttl");
/// Integrity rules: names and queries.
pub const INTEGRITY_RULES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));
/// The shapes as Turtle.
pub const SHAPES: &str = include_str!("../../../ontology/shapes.ttl");

/// Ontology and authorities under the knowledge's base.
pub(crate) fn reference_graphs(knowledge: &Knowledge) -> Vec<ReferenceGraph<'_>> {
    let at = |path: &str| NamedNode::new_unchecked(format!("{}{path}", knowledge.base));
    let ontology = at("graph/ontology");
    let name = ontology.clone();
    vec![
        ReferenceGraph {
            hash: sha256_hex(ONTOLOGY.as_bytes()),
            quads: Box::new(move || turtle(ONTOLOGY, ontology.clone())),
            name,
        },
        ReferenceGraph {
            hash: knowledge.hash.clone(),
            quads: Box::new(|| authority_quads(knowledge.curated(), &knowledge.base)),
            name: at(LEXICON_GRAPH),
        },
    ]
}

/// Statements of a Turtle text in a graph. Blank nodes are left out: the ontology has none.
fn turtle(text: &str, graph: NamedNode) -> Vec<Quad> {
    let parser = RdfParser::from_format(RdfFormat::Turtle).with_default_graph(graph);
    parser.for_slice(text).filter_map(Result::ok).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ontology_is_read_whole_and_without_blank_nodes() {
        let quads = turtle(ONTOLOGY, NamedNode::new_unchecked("urn:g"));
        assert!(quads.len() > 200, "{} statements", quads.len());
        assert!(quads.iter().all(|q| q.subject.is_named_node()));
    }
}

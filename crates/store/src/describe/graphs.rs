//! The graphs a description counts, and what it asks the store about them.

use std::collections::BTreeMap;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};

use super::terms::Nodes;
use crate::archive::Archive;
use crate::counts::Counts;
use crate::error::StoreError;

/// Labels of the graphs that are no files, by the end of their names.
const LABELS: [(&str, [&str; 2]); 4] = [
    ("registry", ["登録簿：版、ファイル、読み込み", "Registry: editions, files, loads"]),
    ("things", ["複数の報告書が共に語るもの", "Things that several reports speak of"]),
    ("ontology", ["語彙", "Vocabulary"]),
    ("ref/lexicon", ["名前の典拠", "Authority list of names"]),
];

/// A graph of the default data set.
#[derive(Debug)]
pub(super) struct Visible {
    pub(super) name: NamedNode,
    /// Hash of its statements, where the registry keeps it.
    pub(super) hash: Option<String>,
}

/// All graphs that a query sees by default, the description itself left out, by name.
pub(super) fn visible(archive: &Archive, nodes: &Nodes) -> Result<Vec<Visible>, StoreError> {
    let names = &archive.names;
    let mut hashes: BTreeMap<NamedNode, String> = BTreeMap::new();
    let registry = names.registry.as_ref().into();
    for quad in archive.store.quads_for_pattern(None, Some(names.graph_hash.as_ref()), None, Some(registry)) {
        if let Quad { subject: NamedOrBlankNode::NamedNode(graph), object: Term::Literal(hash), .. } = quad? {
            hashes.insert(graph, hash.value().to_owned());
        }
    }
    let current = archive.current_graphs()?;
    let mut out = Vec::new();
    for graph in archive.store.named_graphs() {
        if let NamedOrBlankNode::NamedNode(name) = graph?
            && name != nodes.graph
            && (!names.is_file_graph(name.as_ref()) || current.contains(&name))
        {
            out.push(Visible { hash: hashes.get(&name).cloned(), name });
        }
    }
    out.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(out)
}

/// What is to be called what.
pub(super) fn label(nodes: &Nodes, graph: &NamedNode) -> [&'static str; 2] {
    let local = graph.as_str().strip_prefix(&nodes.base).and_then(|rest| rest.strip_prefix("graph/"));
    LABELS.into_iter().find(|(name, _)| Some(*name) == local).map_or([""; 2], |(_, label)| label)
}

/// The edition that the registry gives as the source of a graph.
pub(super) fn edition(archive: &Archive, graph: &NamedNode) -> Result<Option<Term>, StoreError> {
    let names = &archive.names;
    let registry: GraphNameRef<'_> = names.registry.as_ref().into();
    let found =
        archive.store.quads_for_pattern(Some(graph.as_ref().into()), Some(names.source.as_ref()), None, Some(registry));
    Ok(found.map(|q| q.map(|q| q.object)).next().transpose()?)
}

/// An instance of a class; the same one for the same content.
pub(super) fn example(archive: &Archive, class: &str) -> Result<Option<NamedNode>, StoreError> {
    let class = NamedNodeRef::new_unchecked(class);
    for quad in archive.store.quads_for_pattern(None, Some(rdf::TYPE), Some(class.into()), None) {
        if let Quad { subject: NamedOrBlankNode::NamedNode(subject), .. } = quad? {
            return Ok(Some(subject));
        }
    }
    Ok(None)
}

/// Counts a graph. The engine groups by the keys of its indexes, which is several times faster than reading the terms;
/// only the registry is read, because what it holds of load runs does not count.
pub(super) fn count(archive: &Archive, graph: &NamedNode) -> Result<Counts, StoreError> {
    if *graph == archive.names.registry {
        let mut quads = archive.graph_quads(graph)?;
        quads.retain(|quad| !archive.names.is_history(quad));
        return Ok(Counts::of(&quads));
    }
    let properties = grouped(archive, graph, "SELECT ?key (COUNT(*) AS ?n)", "?s ?key ?o", "GROUP BY ?key")?;
    let of_type = format!("?s {} ?key", rdf::TYPE);
    let classes = grouped(archive, graph, "SELECT ?key (COUNT(*) AS ?n)", &of_type, "GROUP BY ?key")?;
    let subjects = grouped(archive, graph, "SELECT (<urn:all> AS ?key) (COUNT(DISTINCT ?s) AS ?n)", "?s ?p ?o", "")?;
    Ok(Counts { triples: properties.values().sum(), subjects: subjects.values().sum(), classes, properties })
}

fn grouped(
    archive: &Archive,
    graph: &NamedNode,
    select: &str,
    pattern: &str,
    group: &str,
) -> Result<BTreeMap<String, u64>, StoreError> {
    let text = format!("{select} WHERE {{ GRAPH {graph} {{ {pattern} }} }} {group}");
    let mut out = BTreeMap::new();
    let QueryResults::Solutions(solutions) =
        SparqlEvaluator::new().parse_query(&text)?.on_store(&archive.store).execute()?
    else {
        return Ok(out);
    };
    for solution in solutions {
        let solution = solution?;
        if let (Some(Term::NamedNode(key)), Some(Term::Literal(n))) = (solution.get("key"), solution.get("n")) {
            out.insert(key.as_str().to_owned(), n.value().parse().unwrap_or_default());
        }
    }
    Ok(out)
}

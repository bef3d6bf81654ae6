//! What is to be written so that the description tells of what is loaded: only graphs that changed are counted.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use oxigraph::model::{Literal, NamedNode, Quad, Term};

use super::graphs::{self, Visible};
use super::partitions::{self, tree};
use super::sink::Sink;
use super::terms::{HK, Nodes, SD, VOID, term};
use super::{ServiceFacts, examples, service};
use crate::archive::Archive;
use crate::counts::Counts;
use crate::error::StoreError;

/// Statements to be removed from and added to the description.
#[derive(Debug)]
pub(super) struct Changes {
    pub(super) remove: Vec<Quad>,
    pub(super) insert: Vec<Quad>,
}

/// What the description in the store says by now.
#[derive(Debug, Default)]
struct Known {
    whole: Counts,
    /// Nodes of the graphs it counts, with the hash they had.
    graphs: BTreeMap<NamedNode, Option<String>>,
}

/// What is to change. Where the numbers do not add up, whoever wrote them, all of them are made anew.
pub(super) fn of(archive: &Archive, facts: &ServiceFacts<'_>) -> Result<Changes, StoreError> {
    let nodes = Nodes::new(archive.names.registry.as_ref());
    if let Some(known) = known(archive, &nodes, facts.version)?
        && let Some(changes) = from(archive, &nodes, facts, Some(&known))?
    {
        return Ok(changes);
    }
    Ok(from(archive, &nodes, facts, None)?.unwrap_or_else(|| unreachable!("nothing is taken away from nothing")))
}

/// What is to change, given what is known; nothing if what is known cannot be true.
fn from(
    archive: &Archive,
    nodes: &Nodes,
    facts: &ServiceFacts<'_>,
    known: Option<&Known>,
) -> Result<Option<Changes>, StoreError> {
    let mut sink = Sink::new(nodes.graph.clone());
    let mut counted = BTreeSet::new();
    let mut stale: BTreeSet<NamedNode> = known.iter().flat_map(|k| k.graphs.keys().cloned()).collect();
    let mut more = Counts::default();
    for graph in graphs::visible(archive, nodes)? {
        let node = nodes.of_graph(&graph.name);
        if graph.hash.is_some() && known.and_then(|k| k.graphs.get(&node)) == Some(&graph.hash) {
            stale.remove(&node);
            counted.insert(node);
            continue;
        }
        let counts = graphs::count(archive, &graph.name)?;
        if counts.triples > 0 {
            describe(&mut sink, archive, nodes, &graph, &counts)?;
            more.add(&counts);
            counted.insert(node);
        }
    }
    let mut whole = known.map_or_else(Counts::default, |k| k.whole.clone());
    for node in &stale {
        let before = partitions::read(archive, nodes, node)?.unwrap_or_default();
        let Some(rest) = whole.without(&before) else { return Ok(None) };
        whole = rest;
    }
    whole.add(&more);
    write_whole(&mut sink, archive, nodes, &whole, &counted)?;
    let dataset = nodes.at("dataset");
    sink.text(&dataset, term(HK, "programVersion"), facts.version);
    service::write(&mut sink, nodes, facts.features);
    service::prefixes(&mut sink, nodes);
    examples::write(&mut sink, nodes, facts.examples);
    let old = match known {
        Some(_) => ["dataset", "service", "prefixes", "examples"]
            .map(|n| nodes.at(n))
            .into_iter()
            .chain(stale)
            .map(|root| tree(archive, nodes, root))
            .collect::<Result<Vec<_>, _>>()?
            .concat(),
        None => archive.graph_quads(&nodes.graph)?,
    };
    Ok(Some(difference(old, sink.quads)))
}

fn known(archive: &Archive, nodes: &Nodes, version: &str) -> Result<Option<Known>, StoreError> {
    let dataset = nodes.at("dataset");
    let Some(whole) = partitions::read(archive, nodes, &dataset)? else { return Ok(None) };
    let about = partitions::of_subject(archive, nodes, &dataset)?;
    let (by, subset) = (term(HK, "programVersion"), term(VOID, "subset"));
    let this: Term = Literal::new_simple_literal(version).into();
    if !about.iter().any(|q| q.predicate == by && q.object == this) {
        return Ok(None);
    }
    let mut known = Known { whole, ..Known::default() };
    for quad in about {
        if let (true, Term::NamedNode(node)) = (quad.predicate == subset, quad.object) {
            let hash = partitions::text(archive, nodes, &node, &archive.names.graph_hash)?;
            known.graphs.insert(node, hash);
        }
    }
    Ok(Some(known))
}

/// A graph: its name, its edition, and what is in it.
fn describe(
    sink: &mut Sink,
    archive: &Archive,
    nodes: &Nodes,
    graph: &Visible,
    counts: &Counts,
) -> Result<(), StoreError> {
    let node = nodes.of_graph(&graph.name);
    sink.kind(&node, term(SD, "NamedGraph"));
    sink.kind(&node, term(SD, "Graph"));
    sink.add(&node, term(SD, "name"), graph.name.clone());
    sink.add(&node, term(SD, "graph"), node.clone());
    sink.label(&node, graphs::label(nodes, &graph.name));
    if let Some(edition) = graphs::edition(archive, &graph.name)? {
        sink.add(&node, archive.names.source.clone(), edition);
    }
    if let Some(hash) = &graph.hash {
        sink.text(&node, archive.names.graph_hash.clone(), hash);
    }
    partitions::write(sink, &node, counts);
    Ok(())
}

/// What texts say of the numbers.
const WHOLE: [&str; 2] = [
    "数はグラフごとに数えたものの和である。どの文も一つのグラフにだけあるので、文、クラス、プロパティの数は全体の数に等しい。     主語は、二つのグラフで語られるもの（ファイル、名前など）が二度数えられる。この記述自身と読み込みの記録は数えない。",
    "Numbers are sums over the graphs. No statement stands in two graphs, so those of statements, classes and properties are      exact; a subject that two graphs speak of (a file, a name) counts twice. This description and the records of load runs      are not counted.",
];

fn write_whole(
    sink: &mut Sink,
    archive: &Archive,
    nodes: &Nodes,
    whole: &Counts,
    counted: &BTreeSet<NamedNode>,
) -> Result<(), StoreError> {
    let dataset = nodes.at("dataset");
    partitions::write(sink, &dataset, whole);
    sink.label(&dataset, ["読み込まれているすべて", "Everything that is loaded"]);
    sink.comment(&dataset, WHOLE);
    sink.text(&dataset, term(VOID, "uriSpace"), &nodes.base);
    for vocabulary in partitions::vocabularies(whole) {
        sink.add(&dataset, term(VOID, "vocabulary"), NamedNode::new_unchecked(vocabulary));
    }
    for class in whole.classes.keys().filter(|c| c.starts_with(HK)) {
        if let Some(example) = graphs::example(archive, class)? {
            sink.add(&dataset, term(VOID, "exampleResource"), example.clone());
            sink.add(&Nodes::part(&dataset, "class", class), term(VOID, "exampleResource"), example);
        }
    }
    for node in counted {
        sink.add(&dataset, term(VOID, "subset"), node.clone());
        sink.add(&dataset, term(SD, "namedGraph"), node.clone());
    }
    Ok(())
}

/// Leaves alone what stays.
fn difference(old: Vec<Quad>, new: Vec<Quad>) -> Changes {
    let before: HashSet<&Quad> = old.iter().collect();
    let after: HashSet<&Quad> = new.iter().collect();
    Changes {
        remove: old.iter().filter(|q| !after.contains(q)).cloned().collect(),
        insert: new.iter().filter(|q| !before.contains(q)).cloned().collect(),
    }
}

//! Counts as `VoID` partitions, and `VoID` partitions as counts: the description remembers what was counted.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedNode, Quad, Term};

use super::sink::Sink;
use super::terms::{Nodes, VOID, term};
use crate::archive::Archive;
use crate::counts::Counts;
use crate::error::StoreError;

/// Writes the counts of a data set, with the vocabularies it speaks.
pub(super) fn write(sink: &mut Sink, node: &NamedNode, counts: &Counts) {
    sink.kind(node, term(VOID, "Dataset"));
    sink.number(node, term(VOID, "triples"), counts.triples);
    sink.number(node, term(VOID, "distinctSubjects"), counts.subjects);
    sink.number(node, term(VOID, "classes"), counts.classes.len() as u64);
    sink.number(node, term(VOID, "properties"), counts.properties.len() as u64);
    for (class, n) in &counts.classes {
        let part = Nodes::part(node, "class", class);
        sink.add(node, term(VOID, "classPartition"), part.clone());
        sink.add(&part, term(VOID, "class"), NamedNode::new_unchecked(class.clone()));
        sink.number(&part, term(VOID, "entities"), *n);
    }
    for (property, n) in &counts.properties {
        let part = Nodes::part(node, "property", property);
        sink.add(node, term(VOID, "propertyPartition"), part.clone());
        sink.add(&part, term(VOID, "property"), NamedNode::new_unchecked(property.clone()));
        sink.number(&part, term(VOID, "triples"), *n);
    }
}

/// Namespaces of the classes and properties.
pub(super) fn vocabularies(counts: &Counts) -> BTreeSet<&str> {
    let used = counts.classes.keys().chain(counts.properties.keys());
    used.filter_map(|iri| Some(&iri[..=iri.rfind(['#', '/'])?])).collect()
}

/// Counts as a description holds them; nothing if it is not whole.
pub(super) fn read(archive: &Archive, nodes: &Nodes, node: &NamedNode) -> Result<Option<Counts>, StoreError> {
    let mut counts = Counts::default();
    let mut whole = false;
    for quad in of_subject(archive, nodes, node)? {
        let void = quad.predicate.as_str().strip_prefix(VOID).unwrap_or_default();
        match (void, &quad.object) {
            ("triples", object) => {
                let Some(n) = number(object) else { return Ok(None) };
                counts.triples = n;
                whole = true;
            }
            ("distinctSubjects", object) => counts.subjects = number(object).unwrap_or_default(),
            ("classPartition", Term::NamedNode(part)) => {
                partition(archive, nodes, part, "class", "entities", &mut counts.classes)?;
            }
            ("propertyPartition", Term::NamedNode(part)) => {
                partition(archive, nodes, part, "property", "triples", &mut counts.properties)?;
            }
            _ => {}
        }
    }
    Ok(whole.then_some(counts))
}

fn partition(
    archive: &Archive,
    nodes: &Nodes,
    part: &NamedNode,
    key: &str,
    value: &str,
    out: &mut BTreeMap<String, u64>,
) -> Result<(), StoreError> {
    let (mut name, mut n) = (None, None);
    for quad in of_subject(archive, nodes, part)? {
        match (quad.predicate.as_str().strip_prefix(VOID), quad.object) {
            (Some(local), Term::NamedNode(iri)) if local == key => name = Some(iri.into_string()),
            (Some(local), object) if local == value => n = number(&object),
            _ => {}
        }
    }
    out.extend(name.zip(n));
    Ok(())
}

/// All statements of the description about a node.
pub(super) fn of_subject(archive: &Archive, nodes: &Nodes, node: &NamedNode) -> Result<Vec<Quad>, StoreError> {
    let graph = nodes.graph.as_ref().into();
    let found = archive.store.quads_for_pattern(Some(node.as_ref().into()), None, None, Some(graph));
    Ok(found.collect::<Result<_, _>>()?)
}

/// A text the description gives for a node.
pub(super) fn text(
    archive: &Archive,
    nodes: &Nodes,
    node: &NamedNode,
    predicate: &NamedNode,
) -> Result<Option<String>, StoreError> {
    let graph = nodes.graph.as_ref().into();
    let found =
        archive.store.quads_for_pattern(Some(node.as_ref().into()), Some(predicate.as_ref()), None, Some(graph)).next();
    Ok(found.transpose()?.and_then(|quad| match quad.object {
        Term::Literal(literal) => Some(literal.value().to_owned()),
        _ => None,
    }))
}

/// All statements of the description about a node and what stands below it (`…/class/…`).
pub(super) fn tree(archive: &Archive, nodes: &Nodes, root: NamedNode) -> Result<Vec<Quad>, StoreError> {
    let mut out = Vec::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        let below = format!("{}/", node.as_str());
        for quad in of_subject(archive, nodes, &node)? {
            if let Term::NamedNode(object) = &quad.object
                && object.as_str().starts_with(&below)
            {
                open.push(object.clone());
            }
            out.push(quad);
        }
    }
    Ok(out)
}

fn number(term: &Term) -> Option<u64> {
    let Term::Literal(literal) = term else { return None };
    literal.value().parse().ok()
}

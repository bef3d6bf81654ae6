//! What belongs to an edition: its files' graphs, the things they refer to, its entry in the registry.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term};

use crate::archive::Archive;
use crate::error::StoreError;

/// Subjects of each graph that belong to some editions.
#[derive(Debug)]
pub(crate) struct Parts {
    /// Graphs that belong as a whole.
    files: BTreeSet<NamedNode>,
    /// Graphs of which some subjects belong.
    subjects: BTreeMap<NamedNode, BTreeSet<NamedNode>>,
}

impl Parts {
    /// Follows what is said of the editions.
    pub(crate) fn of(archive: &Archive, editions: &[NamedNode]) -> Result<Self, StoreError> {
        let names = &archive.names;
        let entry = closure(archive, &names.registry, editions, editions)?;
        let current = archive.current_graphs()?;
        let files: BTreeSet<NamedNode> = current.intersection(&entry).cloned().collect();
        let mut referred = entry.clone();
        for graph in &files {
            for quad in archive.store.quads_for_pattern(None, None, None, Some(graph.as_ref().into())) {
                if let Term::NamedNode(object) = quad?.object {
                    referred.insert(object);
                }
            }
        }
        let mut subjects = BTreeMap::from([(names.registry.clone(), entry)]);
        // Things may refer to things; of the authority lists only what is named belongs, or it would be all of them.
        let things = names.things.clone();
        let seeds: Vec<NamedNode> = referred.iter().cloned().collect();
        let things_said = closure(archive, &things, &seeds, &[])?;
        referred.extend(things_said.iter().cloned());
        subjects.insert(things, things_said);
        for graph in archive.reference_graphs()? {
            if graph.as_str().strip_prefix(base(archive)).is_some_and(|local| local.starts_with("graph/ref/")) {
                subjects.insert(graph, referred.clone());
            }
        }
        Ok(Self { files, subjects })
    }

    /// The statements of a graph that belong.
    pub(crate) fn quads(&self, archive: &Archive, graph: &NamedNode) -> Result<Vec<Quad>, StoreError> {
        if self.files.contains(graph) {
            return archive.graph_quads(graph);
        }
        let mut out = Vec::new();
        for subject in self.subjects.get(graph).into_iter().flatten() {
            out.extend(about(archive, graph, subject)?);
        }
        Ok(out)
    }
}

/// Everything that a graph leads to from some nodes, these included. Editions other than `own` are not entered.
fn closure(
    archive: &Archive,
    graph: &NamedNode,
    from: &[NamedNode],
    own: &[NamedNode],
) -> Result<BTreeSet<NamedNode>, StoreError> {
    let mut seen: BTreeSet<NamedNode> = from.iter().cloned().collect();
    let mut open: Vec<NamedNode> = from.to_vec();
    let editions = format!("{}ed/", base(archive));
    while let Some(node) = open.pop() {
        for quad in about(archive, graph, &node)? {
            if let Term::NamedNode(object) = quad.object
                && (own.contains(&object) || !object.as_str().starts_with(&editions))
                && seen.insert(object.clone())
            {
                open.push(object);
            }
        }
    }
    Ok(seen)
}

/// Namespace of things.
fn base(archive: &Archive) -> &str {
    archive.names.registry.as_str().strip_suffix("graph/registry").unwrap_or_default()
}

fn about(archive: &Archive, graph: &NamedNode, subject: &NamedNode) -> Result<Vec<Quad>, StoreError> {
    let subject = NamedOrBlankNode::NamedNode(subject.clone());
    let found = archive.store.quads_for_pattern(Some(subject.as_ref()), None, None, Some(graph.as_ref().into()));
    Ok(found.collect::<Result<_, _>>()?)
}

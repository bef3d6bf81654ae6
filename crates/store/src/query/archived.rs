//! Graphs that are no longer in the store, by name: files that were replaced or withdrawn.

use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, Quad};
use oxigraph::store::Store;

use crate::error::StoreError;

/// Why an old graph could not be read.
pub type ArchivedError = Box<dyn Error + Send + Sync>;

/// Gives the statements of graphs that left the store.
pub trait ArchivedGraphs: Send + Sync {
    /// Statements of a graph; nothing where no such graph was ever loaded. Their own graph names do not matter.
    ///
    /// # Errors
    /// When the graph is known but cannot be read.
    fn quads(&self, graph: &NamedNode) -> Result<Option<Vec<Quad>>, ArchivedError>;
}

/// Most statements that are put into memory for one query.
pub(crate) const MAX_STATEMENTS: usize = 2_000_000;
/// Stores that stay in memory for the next query.
const KEPT: usize = 4;

/// Old graphs as stores in memory, the last few kept.
#[derive(Default)]
pub(crate) struct Old {
    source: Option<Arc<dyn ArchivedGraphs>>,
    kept: Mutex<Vec<(String, Store)>>,
}

impl Old {
    pub(crate) fn new(source: Option<Arc<dyn ArchivedGraphs>>) -> Self {
        Self { source, kept: Mutex::default() }
    }

    pub(crate) fn source(&self) -> Option<Arc<dyn ArchivedGraphs>> {
        self.source.clone()
    }

    /// A store with one old graph as its default graph; nothing where nobody knows the graph.
    pub(crate) fn graph(&self, graph: &NamedNode) -> Result<Option<Store>, StoreError> {
        let key = format!("graph {}", graph.as_str());
        if let Some(store) = self.find(&key) {
            return Ok(Some(store));
        }
        let Some(quads) = self.read(graph)? else { return Ok(None) };
        let store = memory(quads.into_iter().map(|q| in_graph(q, GraphName::DefaultGraph)))?;
        self.keep(key, &store);
        Ok(Some(store))
    }

    /// A store with exactly the named graphs, taken from `current` or from the source. Nothing when none of them is old.
    pub(crate) fn dataset(&self, graphs: &[NamedNode], current: &Store) -> Result<Option<Store>, StoreError> {
        if self.source.is_none() {
            return Ok(None);
        }
        let (mut all, mut old, mut unknown) = (Vec::new(), 0, 0);
        let mut here = Vec::new();
        for graph in graphs {
            if current.contains_named_graph(graph.as_ref())? {
                here.push(graph);
                continue;
            }
            match self.read(graph)? {
                Some(quads) => {
                    old += 1;
                    all.extend(quads.into_iter().map(|q| in_graph(q, graph.clone().into())));
                }
                None => unknown += 1,
            }
            check_size(all.len())?;
        }
        if old == 0 {
            return Ok(None);
        }
        let key = graphs.iter().map(NamedNode::as_str).collect::<Vec<_>>().join(" ");
        if here.is_empty()
            && unknown == 0
            && let Some(store) = self.find(&key)
        {
            return Ok(Some(store));
        }
        for graph in &here {
            copy(current, graph.as_ref(), &mut all)?;
        }
        let store = memory(all.into_iter())?;
        if here.is_empty() && unknown == 0 {
            self.keep(key, &store);
        }
        Ok(Some(store))
    }

    fn read(&self, graph: &NamedNode) -> Result<Option<Vec<Quad>>, StoreError> {
        let Some(source) = &self.source else { return Ok(None) };
        let quads =
            source.quads(graph).map_err(|source| StoreError::Archived { graph: graph.as_str().to_owned(), source })?;
        if let Some(quads) = &quads {
            check_size(quads.len())?;
        }
        Ok(quads)
    }

    fn find(&self, key: &str) -> Option<Store> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|(k, _)| k == key)?;
        let found = kept.remove(at);
        let store = found.1.clone();
        kept.push(found);
        Some(store)
    }

    fn keep(&self, key: String, store: &Store) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(k, _)| *k != key);
        kept.push((key, store.clone()));
        if kept.len() > KEPT {
            kept.remove(0);
        }
    }
}

fn copy(current: &Store, graph: NamedNodeRef<'_>, all: &mut Vec<Quad>) -> Result<(), StoreError> {
    for quad in current.quads_for_pattern(None, None, None, Some(graph.into())) {
        all.push(quad?);
        check_size(all.len())?;
    }
    Ok(())
}

fn check_size(statements: usize) -> Result<(), StoreError> {
    if statements > MAX_STATEMENTS { Err(StoreError::TooManyStatements { limit: MAX_STATEMENTS }) } else { Ok(()) }
}

fn in_graph(mut quad: Quad, graph: GraphName) -> Quad {
    quad.graph_name = graph;
    quad
}

fn memory(quads: impl Iterator<Item = Quad>) -> Result<Store, StoreError> {
    let store = Store::new()?;
    let mut loader = store.bulk_loader();
    loader.load_quads(quads)?;
    loader.commit()?;
    Ok(store)
}

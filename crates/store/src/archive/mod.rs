//! The archive: one graph a loaded file, one for what files share, a registry; additions by the bulk loader,
//! changes in one transaction.
//!
//! The store holds what is current, and the history of the rest.

mod change;
mod check;
mod history;
mod labels;
mod registered;
mod support;
mod things;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use oxigraph::model::{GraphNameRef, Literal, NamedNode, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, Term};
use oxigraph::store::{StorageError, Store};

pub use change::{Change, Gone, Load};
pub use history::Run;
pub use registered::Registered;
pub use support::{Mark, Support, mark};

use crate::error::StoreError;
use crate::names::Names;
use crate::search::{SearchIndex, SearchService};

/// The store of one data folder.
pub struct Archive {
    pub(crate) store: Store,
    pub(crate) names: Names,
    pub(crate) search: Option<SearchService>,
}

impl std::fmt::Debug for Archive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Archive").field("names", &self.names).finish_non_exhaustive()
    }
}

impl Archive {
    /// Opens the store in a folder, making it if it is not there; `base` is the namespace of things.
    ///
    /// # Errors
    /// When another process has it open or the folder cannot be used.
    pub fn open(path: &Path, base: &str) -> Result<Self, StoreError> {
        let store = Store::open(path).map_err(|e| open_error(path, &e))?;
        // The lock is held now: files of a bulk load that are still there belong to a process that was killed.
        sweep(path);
        Ok(Self { store, names: Names::new(base), search: None })
    }

    /// Opens the store for reading; other processes may read it too.
    ///
    /// # Errors
    /// When there is no store or it cannot be read.
    pub fn open_read_only(path: &Path, base: &str) -> Result<Self, StoreError> {
        let store = Store::open_read_only(path).map_err(|e| open_error(path, &e))?;
        Ok(Self { store, names: Names::new(base), search: None })
    }

    /// A store in memory that goes when it is dropped.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn in_memory(base: &str) -> Result<Self, StoreError> {
        Ok(Self { store: Store::new()?, names: Names::new(base), search: None })
    }

    /// The same archive, whose queries reach a search index as `SERVICE hk:search`.
    #[must_use]
    pub fn with_search(mut self, index: Arc<SearchIndex>) -> Self {
        self.search = Some(SearchService::new(index, &self));
        self
    }

    /// Replaces the graph of the ontology or of an authority list; nothing happens if `hash` says it is the same.
    ///
    /// # Errors
    /// On failure of the storage. A graph that was cut off in the middle is written again at the next call.
    pub fn set_reference(
        &self,
        graph: &NamedNode,
        hash: &str,
        quads: &dyn Fn() -> Vec<Quad>,
    ) -> Result<bool, StoreError> {
        let stamp = Quad::new(
            graph.clone(),
            self.names.graph_hash.clone(),
            Literal::new_simple_literal(hash),
            self.names.registry.clone(),
        );
        if self.store.contains(&stamp)? {
            return Ok(false);
        }
        let mut transaction = self.store.start_transaction()?;
        transaction.clear_graph(graph.as_ref())?;
        for quad in self.registry_of(graph)? {
            transaction.remove(&quad);
        }
        transaction.commit()?;
        // The stamp is part of the load, which becomes visible as a whole.
        let mut loader = self.store.bulk_loader();
        loader.load_quads(quads().into_iter().chain([stamp]))?;
        loader.commit()?;
        Ok(true)
    }

    /// Statements of one graph, in the store's order.
    ///
    /// # Errors
    /// On failure of the storage.
    pub fn graph(&self, graph: &NamedNode) -> impl Iterator<Item = Result<Quad, StoreError>> + use<> {
        self.store.quads_for_pattern(None, None, None, Some(graph.as_ref().into())).map(|q| q.map_err(StoreError::from))
    }

    /// Whether the store holds a statement.
    ///
    /// # Errors
    /// On failure of the storage.
    pub fn contains(&self, quad: &Quad) -> Result<bool, StoreError> {
        Ok(self.store.contains(quad)?)
    }

    /// What the registry says of a subject.
    fn registry_of(&self, subject: &NamedNode) -> Result<Vec<Quad>, StorageError> {
        let registry: GraphNameRef<'_> = self.names.registry.as_ref().into();
        self.store.quads_for_pattern(Some(subject.as_ref().into()), None, None, Some(registry)).collect()
    }

    /// Objects of a subject in the registry, sorted, as text.
    fn objects(&self, subject: NamedOrBlankNodeRef<'_>, predicate: &NamedNode) -> Result<Vec<String>, StoreError> {
        let registry: GraphNameRef<'_> = self.names.registry.as_ref().into();
        let mut out = Vec::new();
        for quad in self.store.quads_for_pattern(Some(subject), Some(predicate.as_ref()), None, Some(registry)) {
            match quad?.object {
                Term::NamedNode(node) => out.push(node.into_string()),
                Term::Literal(literal) => out.push(literal.value().to_owned()),
                Term::BlankNode(_) => {}
            }
        }
        out.sort();
        Ok(out)
    }

    fn object(&self, subject: &NamedNode, predicate: &NamedNode) -> Result<Option<String>, StoreError> {
        Ok(self.objects(subject.as_ref().into(), predicate)?.into_iter().next())
    }

    /// Number of statements in the store.
    ///
    /// # Errors
    /// On failure of the storage.
    pub fn len(&self) -> Result<usize, StoreError> {
        Ok(self.store.len()?)
    }

    /// Whether the store holds nothing.
    ///
    /// # Errors
    /// On failure of the storage.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(self.store.is_empty()?)
    }

    /// All statements as sorted N-Quads, those about runs left out: what two stores are compared by.
    ///
    /// # Errors
    /// On failure of the storage.
    pub fn sorted_nquads(&self) -> Result<String, StoreError> {
        let mut lines = Vec::new();
        for quad in &self.store {
            let quad = quad?;
            if !self.names.is_history(&quad) {
                lines.push(format!("{quad} .\n"));
            }
        }
        lines.sort_unstable();
        Ok(lines.concat())
    }

    /// Writes everything to disk.
    ///
    /// # Errors
    /// On failure of the storage.
    pub fn flush(&self) -> Result<(), StoreError> {
        Ok(self.store.flush()?)
    }

    /// Graphs of the current files.
    pub(crate) fn current_graphs(&self) -> Result<BTreeSet<NamedNode>, StoreError> {
        let registry: GraphNameRef<'_> = self.names.registry.as_ref().into();
        let mut out = BTreeSet::new();
        for quad in self.store.quads_for_pattern(None, Some(self.names.current_graph.as_ref()), None, Some(registry)) {
            if let Term::NamedNode(graph) = quad?.object {
                out.insert(graph);
            }
        }
        Ok(out)
    }

    /// Graphs that are always part of the default dataset: registry, ontology, authorities.
    pub(crate) fn reference_graphs(&self) -> Result<Vec<NamedNode>, StoreError> {
        let mut out = Vec::new();
        for graph in self.store.named_graphs() {
            if let NamedOrBlankNode::NamedNode(graph) = graph?
                && !self.names.is_file_graph(graph.as_ref())
            {
                out.push(graph);
            }
        }
        Ok(out)
    }
}

/// Removes what a killed bulk load left in the store's folder. That it could not is no reason to fail: it only takes room.
fn sweep(path: &Path) {
    let Ok(entries) = fs::read_dir(path) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with("bulk-") && name.ends_with(".sst") {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn open_error(path: &Path, error: &StorageError) -> StoreError {
    let text = error.to_string();
    let reason =
        if text.contains("lock") || text.contains("LOCK") { "another process is using it".to_owned() } else { text };
    StoreError::Open { path: path.to_owned(), reason }
}

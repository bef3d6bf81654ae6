//! The archive: one immutable graph a file, a registry that says which are current, changes in one transaction.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use oxigraph::model::{GraphName, GraphNameRef, Literal, NamedNode, NamedOrBlankNode, Quad, Term};
use oxigraph::store::{StorageError, Store, Transaction};

use crate::error::StoreError;
use crate::names::Names;
use crate::search::{SearchIndex, SearchService};

/// What is to be stored of one file.
#[derive(Clone, Debug)]
pub struct Load {
    /// The file.
    pub file: NamedNode,
    /// Graph of the file.
    pub graph: NamedNode,
    /// What the file says, all in its graph.
    pub quads: Vec<Quad>,
    /// What the registry says of it.
    pub registry: Vec<Quad>,
    /// Files whose place it takes: their graphs stay, but are no longer current.
    pub replaces: Vec<NamedNode>,
}

/// A file the registry knows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Registered {
    /// IRI of the edition.
    pub edition: String,
    /// Title of the edition.
    pub title: String,
    /// Year of issue.
    pub year: Option<String>,
    /// Part of the edition.
    pub part: Option<String>,
    /// IRI of the file.
    pub file: String,
    /// Its name when it was loaded.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its graph.
    pub graph: String,
    /// Hash of the graph.
    pub graph_hash: String,
    /// Hash of the ontology it was built with.
    pub ontology_hash: String,
    /// Pages.
    pub pages: u64,
    /// Mentions.
    pub mentions: u64,
    /// Statements.
    pub quads: u64,
    /// When it was loaded.
    pub loaded: String,
}

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
        self.forget(&mut transaction, graph)?;
        transaction.commit()?;
        // The stamp is part of the load, which becomes visible as a whole.
        let mut loader = self.store.bulk_loader();
        loader.load_quads(quads().into_iter().chain([stamp]))?;
        loader.commit()?;
        Ok(true)
    }

    /// Stores files in one transaction: readers see all of it or nothing.
    ///
    /// # Errors
    /// When a graph holds statements of another graph, blank nodes, or claims without evidence; nothing is stored then.
    pub fn apply(&self, loads: &[Load]) -> Result<(), StoreError> {
        for load in loads {
            self.check(load)?;
        }
        let mut transaction = self.store.start_transaction()?;
        for load in loads {
            for file in &load.replaces {
                let current = self.store.quads_for_pattern(
                    Some(file.as_ref().into()),
                    Some(self.names.current_graph.as_ref()),
                    None,
                    Some(self.names.registry.as_ref().into()),
                );
                for quad in current {
                    transaction.remove(&quad?);
                }
            }
            transaction.clear_graph(load.graph.as_ref())?;
            self.forget(&mut transaction, &load.graph)?;
            self.forget(&mut transaction, &load.file)?;
            transaction.extend(load.quads.iter().map(Quad::as_ref));
            transaction.extend(load.registry.iter().map(Quad::as_ref));
        }
        transaction.commit()?;
        Ok(())
    }

    /// Removes what the registry says of a graph or file itself; the runs stay.
    fn forget(&self, transaction: &mut Transaction<'_>, subject: &NamedNode) -> Result<(), StorageError> {
        let history = &self.names.generated_by;
        let known: Vec<Quad> = self
            .store
            .quads_for_pattern(Some(subject.as_ref().into()), None, None, Some(self.names.registry.as_ref().into()))
            .collect::<Result<_, _>>()?;
        for quad in known.iter().filter(|q| q.predicate != *history) {
            transaction.remove(quad);
        }
        Ok(())
    }

    /// Statements must belong to the file's graph, name things by IRIs, and rest on evidence.
    fn check(&self, load: &Load) -> Result<(), StoreError> {
        let refused = |problem: String| StoreError::Refused { graph: load.graph.as_str().to_owned(), problem };
        let graph = GraphName::NamedNode(load.graph.clone());
        let things = GraphName::NamedNode(self.names.things.clone());
        let mut claims: BTreeSet<&str> = BTreeSet::new();
        let mut proven: BTreeSet<&str> = BTreeSet::new();
        for quad in &load.quads {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else {
                return Err(refused("it has blank nodes".to_owned()));
            };
            if quad.graph_name != graph && quad.graph_name != things || matches!(quad.object, Term::BlankNode(_)) {
                return Err(refused(format!("the statement about `{}` does not belong to it", subject.as_str())));
            }
            if quad.predicate == self.names.evidence {
                proven.insert(subject.as_str());
            } else if quad.predicate.as_ref() == oxigraph::model::vocab::rdf::TYPE && Names::is_claim(&quad.object) {
                claims.insert(subject.as_str());
            }
        }
        match claims.difference(&proven).next() {
            Some(claim) => Err(refused(format!("`{claim}` has no evidence"))),
            None => Ok(()),
        }
    }

    /// Everything the registry holds as current, by edition, part and name.
    ///
    /// # Errors
    /// On failure of the storage.
    pub fn registered(&self) -> Result<Vec<Registered>, StoreError> {
        let mut out = Vec::new();
        let registry: GraphNameRef<'_> = self.names.registry.as_ref().into();
        for quad in self.store.quads_for_pattern(None, Some(self.names.current_graph.as_ref()), None, Some(registry)) {
            let quad = quad?;
            if let (NamedOrBlankNode::NamedNode(file), Term::NamedNode(graph)) = (&quad.subject, &quad.object) {
                out.push(self.describe(file, graph)?);
            }
        }
        out.sort();
        Ok(out)
    }

    fn describe(&self, file: &NamedNode, graph: &NamedNode) -> Result<Registered, StoreError> {
        let n = &self.names;
        let edition = self.object(graph, &n.source)?;
        let edition_node = edition.as_ref().map(|iri| NamedNode::new_unchecked(iri.clone()));
        let of_edition = |p: &NamedNode| edition_node.as_ref().map_or(Ok(None), |e| self.object(e, p));
        let count = |text: Option<String>| text.and_then(|t| t.parse().ok()).unwrap_or(0);
        let run = self.objects(graph, &n.generated_by)?.into_iter().max();
        let loaded = run.map_or(Ok(None), |run| self.object(&NamedNode::new_unchecked(run), &n.ended))?;
        Ok(Registered {
            title: of_edition(&n.title)?.unwrap_or_default(),
            year: of_edition(&n.issued)?,
            edition: edition.unwrap_or_default(),
            part: self.object(file, &n.part)?,
            file: file.as_str().to_owned(),
            name: self.object(file, &n.file_name)?.unwrap_or_default(),
            sha256: self.object(file, &n.sha256)?.unwrap_or_default(),
            graph: graph.as_str().to_owned(),
            graph_hash: self.object(graph, &n.graph_hash)?.unwrap_or_default(),
            ontology_hash: self.object(graph, &n.ontology_hash)?.unwrap_or_default(),
            pages: count(self.object(file, &n.page_count)?),
            mentions: count(self.object(file, &n.mention_count)?),
            quads: count(self.object(graph, &n.quad_count)?),
            loaded: loaded.unwrap_or_default(),
        })
    }

    fn objects(&self, subject: &NamedNode, predicate: &NamedNode) -> Result<Vec<String>, StoreError> {
        let registry: GraphNameRef<'_> = self.names.registry.as_ref().into();
        let mut out = Vec::new();
        for quad in
            self.store.quads_for_pattern(Some(subject.as_ref().into()), Some(predicate.as_ref()), None, Some(registry))
        {
            out.push(match quad?.object {
                Term::NamedNode(node) => node.into_string(),
                Term::Literal(literal) => literal.value().to_owned(),
                Term::BlankNode(_) => continue,
            });
        }
        out.sort();
        Ok(out)
    }

    fn object(&self, subject: &NamedNode, predicate: &NamedNode) -> Result<Option<String>, StoreError> {
        Ok(self.objects(subject, predicate)?.into_iter().next())
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

    /// All statements as sorted N-Quads, those about load runs left out: what two stores are compared by.
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

    /// Whether any graph of a file is loaded but no longer current.
    pub(crate) fn superseded(&self) -> Result<bool, StoreError> {
        let current = self.current_graphs()?;
        for graph in self.store.named_graphs() {
            if let NamedOrBlankNode::NamedNode(graph) = graph?
                && self.names.is_file_graph(graph.as_ref())
                && !current.contains(&graph)
            {
                return Ok(true);
            }
        }
        Ok(false)
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

fn open_error(path: &Path, error: &StorageError) -> StoreError {
    let text = error.to_string();
    let reason =
        if text.contains("lock") || text.contains("LOCK") { "another process is using it".to_owned() } else { text };
    StoreError::Open { path: path.to_owned(), reason }
}

//! The history: runs that brought, replaced, renewed and took out files. It stays when they have gone.

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphNameRef, NamedNode, NamedOrBlankNode};

use super::Archive;
use crate::error::StoreError;

/// A run that concerned one file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    /// Number of the run in this archive, from 1.
    pub number: u64,
    /// `new`, `replaces`, `renewed` or `retracted`.
    pub kind: String,
    /// When it started.
    pub started: String,
    /// When it ended.
    pub ended: String,
    /// IRI of the program that ran, with its version.
    pub agent: String,
    /// IRI of the file's edition.
    pub edition: String,
    /// IRI of the file.
    pub file: String,
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// The graph it made, if any.
    pub graph: Option<String>,
    /// Graphs that went.
    pub gone: Vec<String>,
    /// Hash of the artifact's sorted N-Quads.
    pub graph_hash: String,
    /// Hash of the ontology the artifact was built with.
    pub ontology_hash: String,
    /// Key of the artifact.
    pub artifact: String,
    /// Statements in the graph.
    pub quads: u64,
}

impl Archive {
    /// All runs, in the order in which they took place.
    ///
    /// # Errors
    /// On failure of the storage.
    pub fn history(&self) -> Result<Vec<Run>, StoreError> {
        let mut out = self.runs()?.iter().map(|run| self.run(run)).collect::<Result<Vec<_>, _>>()?;
        out.sort();
        Ok(out)
    }

    /// Number of the last run, 0 where there was none.
    ///
    /// # Errors
    /// On failure of the storage.
    pub fn last_run(&self) -> Result<u64, StoreError> {
        let number = |run: &NamedNode| self.object(run, &self.names.order).map(|n| parsed(n.as_deref()));
        self.runs()?.iter().map(number).try_fold(0, |last, n| Ok(last.max(n?)))
    }

    /// Key of the artifact that a graph held last, whether it is loaded still or not.
    ///
    /// # Errors
    /// On failure of the storage.
    pub fn artifact_of(&self, graph: &NamedNode) -> Result<Option<String>, StoreError> {
        let run = self.objects(graph.as_ref().into(), &self.names.generated_by)?.pop();
        run.map_or(Ok(None), |run| self.object(&NamedNode::new_unchecked(run), &self.names.artifact))
    }

    fn runs(&self) -> Result<Vec<NamedNode>, StoreError> {
        let registry: GraphNameRef<'_> = self.names.registry.as_ref().into();
        let class = self.names.load_run.as_ref().into();
        let mut out = Vec::new();
        for quad in self.store.quads_for_pattern(None, Some(rdf::TYPE), Some(class), Some(registry)) {
            if let NamedOrBlankNode::NamedNode(run) = quad?.subject {
                out.push(run);
            }
        }
        Ok(out)
    }

    fn run(&self, run: &NamedNode) -> Result<Run, StoreError> {
        let n = &self.names;
        let text = |p: &NamedNode| self.object(run, p).map(Option::unwrap_or_default);
        Ok(Run {
            number: parsed(self.object(run, &n.order)?.as_deref()),
            kind: text(&n.kind)?,
            started: text(&n.started)?,
            ended: text(&n.ended)?,
            agent: text(&n.agent)?,
            edition: text(&n.relation)?,
            file: text(&n.used)?,
            name: text(&n.file_name)?,
            sha256: text(&n.sha256)?,
            graph: self.object(run, &n.generated)?,
            gone: self.invalidated_by(run)?,
            graph_hash: text(&n.graph_hash)?,
            ontology_hash: text(&n.ontology_hash)?,
            artifact: text(&n.artifact)?,
            quads: parsed(self.object(run, &n.quad_count)?.as_deref()),
        })
    }

    fn invalidated_by(&self, run: &NamedNode) -> Result<Vec<String>, StoreError> {
        let registry: GraphNameRef<'_> = self.names.registry.as_ref().into();
        let predicate = Some(self.names.invalidated_by.as_ref());
        let mut out = Vec::new();
        for quad in self.store.quads_for_pattern(None, predicate, Some(run.as_ref().into()), Some(registry)) {
            if let NamedOrBlankNode::NamedNode(graph) = quad?.subject {
                out.push(graph.into_string());
            }
        }
        out.sort();
        Ok(out)
    }
}

fn parsed(text: Option<&str>) -> u64 {
    text.and_then(|t| t.parse().ok()).unwrap_or(0)
}

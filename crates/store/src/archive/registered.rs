//! What the registry holds as current.

use oxigraph::model::{GraphNameRef, NamedNode, NamedOrBlankNode, Term};

use super::Archive;
use crate::error::StoreError;

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
    /// Hash of the artifact's sorted N-Quads.
    pub graph_hash: String,
    /// Hash of the ontology it was built with.
    pub ontology_hash: String,
    /// Version of the program that built it.
    pub version: String,
    /// Key under which its artifact is kept.
    pub artifact: String,
    /// Pages.
    pub pages: u64,
    /// Mentions.
    pub mentions: u64,
    /// Statements in its graph.
    pub quads: u64,
    /// When it was loaded.
    pub loaded: String,
}

impl Archive {
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
        let edition_node = edition.as_ref().map(NamedNode::new_unchecked);
        let of_edition = |p: &NamedNode| edition_node.as_ref().map_or(Ok(None), |e| self.object(e, p));
        let of_file = |p: &NamedNode| self.object(file, p).map(Option::unwrap_or_default);
        let of_graph = |p: &NamedNode| self.object(graph, p).map(Option::unwrap_or_default);
        let count = |text: String| text.parse().unwrap_or(0);
        // The names of runs begin with their number: the last one is the greatest.
        let run = self.objects(graph.as_ref().into(), &n.generated_by)?.pop();
        let loaded = run.map_or(Ok(None), |run| self.object(&NamedNode::new_unchecked(run), &n.ended))?;
        Ok(Registered {
            title: of_edition(&n.title)?.unwrap_or_default(),
            year: of_edition(&n.issued)?,
            edition: edition.unwrap_or_default(),
            part: self.object(file, &n.part)?,
            file: file.as_str().to_owned(),
            name: of_file(&n.file_name)?,
            sha256: of_file(&n.sha256)?,
            graph: graph.as_str().to_owned(),
            graph_hash: of_graph(&n.graph_hash)?,
            ontology_hash: of_graph(&n.ontology_hash)?,
            version: of_graph(&n.version)?,
            artifact: of_graph(&n.artifact)?,
            pages: count(of_file(&n.page_count)?),
            mentions: count(of_file(&n.mention_count)?),
            quads: count(of_graph(&n.quad_count)?),
            loaded: loaded.unwrap_or_default(),
        })
    }
}

//! Graphs that left the store, read from their artifacts when a question names them.

use std::sync::Arc;

use hakusho_store::{Archive, ArchivedError, ArchivedGraphs, NamedNode, Quad};

use crate::artifact::{STATEMENTS, parse};
use crate::objects::Objects;

/// Gives the statements that a graph held last; the registry keeps the key of its artifact when the graph goes.
#[derive(Debug)]
pub struct OldGraphs {
    archive: Arc<Archive>,
    objects: Objects,
}

impl OldGraphs {
    /// The old graphs of a data folder.
    pub fn new(archive: Arc<Archive>, objects: Objects) -> Self {
        Self { archive, objects }
    }
}

impl ArchivedGraphs for OldGraphs {
    fn quads(&self, graph: &NamedNode) -> Result<Option<Vec<Quad>>, ArchivedError> {
        let Some(key) = self.archive.artifact_of(graph)? else { return Ok(None) };
        let text = self.objects.text(&key, STATEMENTS)?;
        let quads = parse(&self.objects, &key, &text)?;
        // What the file says about shared things does not stand in its graph.
        Ok(Some(quads.into_iter().filter(|q| q.graph_name == graph.clone().into()).collect()))
    }
}

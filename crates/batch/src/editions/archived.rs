//! Graphs that are no longer in the store, from the artifacts that were kept of them.

use hakusho_store::{Archive, NamedNode, Quad};

use crate::artifact;
use crate::data::DataFolder;
use crate::error::BatchError;

impl DataFolder {
    /// What a file's graph held last, whether it is loaded still or not: the graph's own statements and those about shared
    /// things that came with it. `None` where the archive never had such a graph.
    ///
    /// # Errors
    /// When the store cannot be read, or the artifact is not there or damaged.
    pub fn archived_graph(&self, archive: &Archive, graph: &NamedNode) -> Result<Option<Vec<Quad>>, BatchError> {
        let key = archive.artifact_of(graph)?;
        key.map(|key| artifact::statements(&self.objects(), &key)).transpose()
    }
}

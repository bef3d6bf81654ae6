//! What loaded files say about things that others may speak of too: of each file known from the summary of its artifact.

use std::collections::BTreeMap;

use hakusho_store::{Archive, Gone, Mark, NamedNode, Registered, Support, mark};

use crate::artifact;
use crate::data::DataFolder;
use crate::error::BatchError;

/// What each loaded file says about shared things, and how many say the same.
pub(crate) struct Shares {
    of: BTreeMap<String, Vec<Mark>>,
    /// Support by the files that are loaded; changes are entered by who makes them.
    pub(crate) support: Support,
}

impl Shares {
    /// Of loaded files. Where a summary is lost, everything that the file's graph leads to counts as said by it: rather a
    /// statement too many stays than one that has support goes.
    pub(crate) fn new(data: &DataFolder, archive: &Archive, files: &[Registered]) -> Result<Self, BatchError> {
        let objects = data.objects();
        let mut shares = Self { of: BTreeMap::new(), support: Support::default() };
        for file in files {
            let marks = match artifact::summary(&objects, &file.artifact) {
                Ok(Some(summary)) => summary.shared,
                _ => archive.shared(&node(&file.graph))?.iter().map(mark).collect(),
            };
            shares.support.add(marks.iter().copied());
            shares.of.insert(file.graph.clone(), marks);
        }
        Ok(shares)
    }

    /// Nothing is loaded, or nothing that is loaded goes.
    pub(crate) fn none() -> Self {
        Self { of: BTreeMap::new(), support: Support::default() }
    }

    /// A loaded file goes: marks of what lost its last support.
    pub(crate) fn leave(&mut self, file: &Registered) -> Vec<Mark> {
        let marks = self.of.remove(&file.graph).unwrap_or_default();
        self.support.remove(marks.iter().copied());
        marks.into_iter().filter(|m| self.support.files(*m) == 0).collect()
    }
}

/// A registered file as one that goes.
pub(crate) fn gone(file: &Registered) -> Gone {
    Gone { file: node(&file.file), graph: node(&file.graph) }
}

/// An IRI that the registry gave.
pub(crate) fn node(iri: &str) -> NamedNode {
    NamedNode::new_unchecked(iri)
}

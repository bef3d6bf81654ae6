//! Who says what about shared things. A statement about a thing that several files name stands once; it goes with the
//! last loaded file that makes it.

use std::collections::{BTreeSet, HashMap};

use oxigraph::model::{NamedNode, Quad, Term};
use sha2::{Digest, Sha256};

use super::Archive;
use crate::error::StoreError;

/// Stands for a shared statement: the first eight bytes of the SHA-256 of its N-Quads form. That two of a million
/// statements share a mark has a chance of 1 in 30 million, and would leave one statement longer than needed.
pub type Mark = u64;

/// The mark of a statement.
pub fn mark(quad: &Quad) -> Mark {
    let digest = Sha256::digest(quad.to_string().as_bytes());
    digest.iter().take(8).fold(0, |mark, byte| mark << 8 | u64::from(*byte))
}

/// Which shared statements are made by how many loaded files.
#[derive(Clone, Debug, Default)]
pub struct Support {
    files: HashMap<Mark, u32>,
}

impl Support {
    /// A file comes: its statements have one more supporter.
    pub fn add(&mut self, marks: impl IntoIterator<Item = Mark>) {
        for mark in marks {
            *self.files.entry(mark).or_default() += 1;
        }
    }

    /// A file goes: its statements have one supporter less.
    pub fn remove(&mut self, marks: impl IntoIterator<Item = Mark>) {
        for mark in marks {
            let count = self.files.entry(mark).or_default();
            *count = count.saturating_sub(1);
        }
    }

    /// How many files make a statement.
    pub fn files(&self, mark: Mark) -> u32 {
        self.files.get(&mark).copied().unwrap_or(0)
    }
}

impl Archive {
    /// Everything about shared things that a file's graph leads to: what it refers to in the graph of things, what those
    /// refer to there, and the description of its edition and series.
    ///
    /// # Errors
    /// On failure of the storage.
    pub fn shared(&self, graph: &NamedNode) -> Result<Vec<Quad>, StoreError> {
        let mut out = Vec::new();
        let mut seen = BTreeSet::new();
        let mut waiting = Vec::new();
        for quad in self.graph(graph) {
            note(quad?.object, &mut seen, &mut waiting);
        }
        while let Some(thing) = waiting.pop() {
            let things = self.names.things.as_ref().into();
            for quad in self.store.quads_for_pattern(Some(thing.as_ref().into()), None, None, Some(things)) {
                let quad = quad?;
                note(quad.object.clone(), &mut seen, &mut waiting);
                out.push(quad);
            }
        }
        out.extend(self.descriptions(graph)?);
        Ok(out)
    }

    /// What the registry says of the edition and series of a graph, apart from which files the edition has.
    fn descriptions(&self, graph: &NamedNode) -> Result<Vec<Quad>, StoreError> {
        let Some(edition) = self.object(graph, &self.names.source)? else { return Ok(Vec::new()) };
        let edition = NamedNode::new_unchecked(edition);
        let series = self.objects(edition.as_ref().into(), &self.names.realization)?;
        let mut out = self.registry_of(&edition)?;
        for work in series {
            out.extend(self.registry_of(&NamedNode::new_unchecked(work))?);
        }
        out.retain(|q| q.predicate != self.names.embodiment);
        Ok(out)
    }
}

fn note(object: Term, seen: &mut BTreeSet<NamedNode>, waiting: &mut Vec<NamedNode>) {
    if let Term::NamedNode(node) = object
        && seen.insert(node.clone())
    {
        waiting.push(node);
    }
}

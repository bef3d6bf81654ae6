//! Everything, or some editions, as a stream of sorted statements: the same store gives the same bytes.
//!
//! Graphs come in the order of their names. Within a graph N-Quads are sorted by line, the other forms by subject,
//! property (`rdf:type` first) and object. Memory is that of one graph, not of the store.

use std::collections::BTreeSet;
use std::io::{Read, Write};

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer, WriterQuadSerializer};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad};

use crate::archive::Archive;
use crate::counts::Counts;
use crate::describe::description_prefixes;
use crate::edition::Parts;
use crate::error::StoreError;

/// A form of statements in graphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DumpFormat {
    /// N-Quads 1.1, canonical spelling.
    NQuads,
    /// `TriG` 1.1 with prefixes.
    TriG,
    /// JSON-LD 1.1, expanded: one list of graphs.
    JsonLd,
}

impl DumpFormat {
    /// The form as parsers know it.
    pub fn rdf_format(self) -> RdfFormat {
        match self {
            Self::NQuads => RdfFormat::NQuads,
            Self::TriG => RdfFormat::TriG,
            Self::JsonLd => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
        }
    }
}

/// What is exported.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Editions (IRIs): the graphs of their files, what these refer to, their entries in the registry. None means everything.
    pub editions: Vec<NamedNode>,
    /// Whether to tell of load runs, which carry the time of the clock.
    pub history: bool,
}

impl Archive {
    /// Writes what is selected and says what it was.
    ///
    /// Over a store opened for reading, or a snapshot, this is the state at that moment; over one opened for changes the
    /// caller sees to it that there are none.
    ///
    /// # Errors
    /// On failure of the storage or of the output.
    pub fn export<W: Write>(&self, selection: &Selection, format: DumpFormat, out: W) -> Result<Counts, StoreError> {
        let parts = if selection.editions.is_empty() { None } else { Some(Parts::of(self, &selection.editions)?) };
        let mut writer = Writer::new(format, out)?;
        let mut counts = Counts::default();
        for graph in self.graphs_by_name()? {
            let mut quads = match &parts {
                None => self.graph_quads(&graph)?,
                Some(parts) => parts.quads(self, &graph)?,
            };
            if !selection.history {
                quads.retain(|quad| !self.names.is_history(quad));
            }
            sort(&mut quads);
            counts.add(&Counts::of(&quads));
            writer.graph(&quads)?;
        }
        writer.finish()?;
        Ok(counts)
    }

    /// Reads N-Quads into the store, all of them or none, and returns how many it holds then.
    ///
    /// # Errors
    /// When they are malformed, or on failure of the storage.
    pub fn import<R: Read>(&self, nquads: R) -> Result<usize, StoreError> {
        let mut loader = self.store.bulk_loader();
        loader.load_from_reader(RdfFormat::NQuads, nquads).map_err(|e| StoreError::Input(e.to_string()))?;
        loader.commit()?;
        self.len()
    }

    /// Names of all graphs, sorted.
    fn graphs_by_name(&self) -> Result<BTreeSet<NamedNode>, StoreError> {
        let mut out = BTreeSet::new();
        for graph in self.store.named_graphs() {
            if let NamedOrBlankNode::NamedNode(graph) = graph? {
                out.insert(graph);
            }
        }
        Ok(out)
    }

    /// All statements of a graph.
    pub(crate) fn graph_quads(&self, graph: &NamedNode) -> Result<Vec<Quad>, StoreError> {
        Ok(self.store.quads_for_pattern(None, None, None, Some(graph.as_ref().into())).collect::<Result<_, _>>()?)
    }
}

/// Sorts by graph, subject, property and object; the type of a thing comes first, as people write it.
pub(crate) fn sort(quads: &mut [Quad]) {
    quads.sort_by_cached_key(|q| {
        let predicate = (q.predicate.as_ref() != rdf::TYPE, q.predicate.as_str().to_owned());
        (q.graph_name.to_string(), q.subject.to_string(), predicate, q.object.to_string())
    });
}

/// Writes graph by graph.
enum Writer<W: Write> {
    /// Lines, sorted as such: a line sort of the statements of a graph is what other tools can repeat.
    Lines(W),
    Serializer(Box<WriterQuadSerializer<W>>),
}

impl<W: Write> Writer<W> {
    fn new(format: DumpFormat, out: W) -> Result<Self, StoreError> {
        let mut serializer = RdfSerializer::from_format(format.rdf_format());
        match format {
            DumpFormat::NQuads => return Ok(Self::Lines(out)),
            DumpFormat::JsonLd => {}
            DumpFormat::TriG => {
                for (prefix, iri) in description_prefixes() {
                    serializer = serializer
                        .with_prefix(prefix, iri)
                        .unwrap_or_else(|e| unreachable!("the prefixes are fixed: {e}"));
                }
            }
        }
        Ok(Self::Serializer(Box::new(serializer.for_writer(out))))
    }

    fn graph(&mut self, quads: &[Quad]) -> Result<(), StoreError> {
        match self {
            Self::Lines(out) => {
                let mut lines: Vec<String> = quads.iter().map(|quad| format!("{quad} .\n")).collect();
                lines.sort_unstable();
                for line in lines {
                    out.write_all(line.as_bytes())?;
                }
            }
            Self::Serializer(serializer) => {
                for quad in quads {
                    serializer.serialize_quad(quad)?;
                }
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<(), StoreError> {
        let mut out = match self {
            Self::Lines(out) => out,
            Self::Serializer(serializer) => {
                let mut out = serializer.finish()?;
                out.write_all(b"\n")?;
                out
            }
        };
        Ok(out.flush()?)
    }
}

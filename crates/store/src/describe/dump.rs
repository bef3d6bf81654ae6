//! A dump described for catalogues: DCAT data set and distribution, checksum (SPDX), `VoID` counts.

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, Quad};

use super::sink::Sink;
use super::terms::{DCTERMS, Nodes, term};
use super::{description_prefixes, partitions};
use crate::archive::Archive;
use crate::counts::Counts;
use crate::error::StoreError;

const DCAT: &str = "http://www.w3.org/ns/dcat#";
const SPDX: &str = "http://spdx.org/rdf/terms#";
const MEDIA: &str = "https://www.iana.org/assignments/media-types/";

/// A file of statements.
#[derive(Clone, Debug)]
pub struct Dump<'a> {
    /// Title of the data set, in Japanese and in English; an empty one is left out.
    pub title: [&'a str; 2],
    /// Name of the data set below the description (`dump`): it counts what is in the file, the description included.
    pub name: &'a str,
    /// Editions it is made of; none where it is everything.
    pub editions: &'a [NamedNode],
    /// Moment of the last load, as the registry has it.
    pub issued: Option<&'a str>,
    /// Name of the file.
    pub file: &'a str,
    /// Its media type (`application/n-quads`).
    pub media_type: &'a str,
    /// Whether it is compressed by gzip.
    pub gzip: bool,
    /// Its length in bytes, as it stands.
    pub bytes: u64,
    /// SHA-256 of it as it stands, in hexadecimal.
    pub sha256: &'a str,
    /// What is in it.
    pub counts: &'a Counts,
}

impl Archive {
    /// Describes a dump of this archive (DCAT 3, <https://www.w3.org/TR/vocab-dcat-3/>), in Turtle.
    ///
    /// # Errors
    /// Never in practice: it is written to memory.
    pub fn describe_dump(&self, dump: &Dump<'_>) -> Result<String, StoreError> {
        let nodes = Nodes::new(self.names.registry.as_ref());
        let mut sink = Sink::new(nodes.graph.clone());
        let dataset = nodes.at(dump.name);
        sink.kind(&dataset, term(DCAT, "Dataset"));
        sink.both(&dataset, &term(DCTERMS, "title"), dump.title);
        for edition in dump.editions {
            sink.add(&dataset, term(DCTERMS, "source"), edition.clone());
        }
        if let Some(moment) = dump.issued {
            sink.add(&dataset, term(DCTERMS, "issued"), Literal::new_typed_literal(moment, xsd::DATE_TIME));
        }
        partitions::write(&mut sink, &dataset, dump.counts);
        for vocabulary in partitions::vocabularies(dump.counts) {
            sink.add(&dataset, term(super::terms::VOID, "vocabulary"), NamedNode::new_unchecked(vocabulary));
        }
        distribution(&mut sink, &dataset, dump);
        turtle(sink.quads)
    }
}

fn distribution(sink: &mut Sink, dataset: &NamedNode, dump: &Dump<'_>) {
    let node = NamedNode::new_unchecked(format!("{}/distribution/{}", dataset.as_str(), dump.file));
    let checksum = NamedNode::new_unchecked(format!("{}/checksum", node.as_str()));
    sink.add(dataset, term(DCAT, "distribution"), node.clone());
    sink.kind(&node, term(DCAT, "Distribution"));
    sink.text(&node, term(DCTERMS, "title"), dump.file);
    sink.add(&node, term(DCAT, "mediaType"), term(MEDIA, dump.media_type));
    if dump.gzip {
        sink.add(&node, term(DCAT, "compressFormat"), term(MEDIA, "application/gzip"));
    }
    let bytes = Literal::new_typed_literal(dump.bytes.to_string(), xsd::NON_NEGATIVE_INTEGER);
    sink.add(&node, term(DCAT, "byteSize"), bytes);
    sink.add(&node, term(SPDX, "checksum"), checksum.clone());
    sink.kind(&checksum, term(SPDX, "Checksum"));
    sink.add(&checksum, term(SPDX, "algorithm"), term(SPDX, "checksumAlgorithm_sha256"));
    sink.add(&checksum, term(SPDX, "checksumValue"), Literal::new_typed_literal(dump.sha256, xsd::HEX_BINARY));
}

/// Statements as sorted Turtle with the prefixes of the archive; graphs are not told apart.
///
/// # Errors
/// Never in practice: it is written to memory.
pub fn turtle(mut quads: Vec<Quad>) -> Result<String, StoreError> {
    crate::export::sort(&mut quads);
    let mut serializer = RdfSerializer::from_format(RdfFormat::Turtle);
    for (prefix, iri) in description_prefixes() {
        serializer =
            serializer.with_prefix(prefix, iri).unwrap_or_else(|e| unreachable!("the prefixes are fixed: {e}"));
    }
    let mut writer = serializer.for_writer(Vec::new());
    for quad in &quads {
        writer.serialize_triple(quad.as_ref())?;
    }
    Ok(String::from_utf8_lossy(&writer.finish()?).into_owned())
}

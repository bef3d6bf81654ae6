//! Vocabulary constants. `tests/terms.rs` checks every term against `ontology/hakusho.ttl`.

use oxrdf::NamedNode;

/// Namespace of the Hakusho vocabulary.
pub const HK: &str = "https://w3id.org/hakusho/ns#";
/// Namespace of things, unless configured otherwise.
pub const DEFAULT_BASE: &str = "https://w3id.org/hakusho/id/";

pub(crate) const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
pub(crate) const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";
pub(crate) const DCTERMS: &str = "http://purl.org/dc/terms/";
pub(crate) const SCHEMA: &str = "http://schema.org/";
pub(crate) const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
pub(crate) const PROV: &str = "http://www.w3.org/ns/prov#";
pub(crate) const OA: &str = "http://www.w3.org/ns/oa#";
pub(crate) const ORG: &str = "http://www.w3.org/ns/org#";
pub(crate) const DOCO: &str = "http://purl.org/spar/doco/";
pub(crate) const FABIO: &str = "http://purl.org/spar/fabio/";
pub(crate) const FRBR: &str = "http://purl.org/vocab/frbr/core#";
pub(crate) const CITO: &str = "http://purl.org/spar/cito/";
pub(crate) const QB: &str = "http://purl.org/linked-data/cube#";
pub(crate) const MEASURE: &str = "http://purl.org/linked-data/sdmx/2009/measure#";
pub(crate) const PO: &str = "http://www.essepuntato.it/2008/12/pattern#";
pub(crate) const EDTF: &str = "http://id.loc.gov/datatypes/edtf/";
pub(crate) const XSD: &str = "http://www.w3.org/2001/XMLSchema#";
/// Dialect of the page fragments (RFC 3778; RFC 8118 keeps the syntax, tools match this IRI).
pub(crate) const PDF_FRAGMENT: &str = "http://tools.ietf.org/rfc/rfc3778";

/// A term of a namespace.
pub(crate) fn term(namespace: &str, name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{namespace}{name}"))
}

/// A term of the Hakusho vocabulary.
pub(crate) fn hk(name: &str) -> NamedNode {
    term(HK, name)
}

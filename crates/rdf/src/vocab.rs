//! Vocabulary constants. A test checks every `hk:` term against `ontology/hakusho.ttl`.

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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    /// Names after `hk("…")` in the sources of this crate.
    fn used() -> BTreeSet<String> {
        let sources = [
            include_str!("claims.rs"),
            include_str!("document.rs"),
            include_str!("evidence.rs"),
            include_str!("authority.rs"),
            include_str!("registry.rs"),
        ];
        let names = sources.iter().flat_map(|s| s.split("hk(\"").skip(1)).filter_map(|s| s.split('"').next());
        names.map(str::to_owned).collect()
    }

    #[test]
    fn every_term_used_is_in_the_ontology() {
        let ontology = include_str!("../../../ontology/hakusho.ttl");
        let defined: BTreeSet<&str> =
            ontology.lines().filter_map(|l| l.strip_prefix("hk:")?.split(' ').next()).collect();
        let unknown: Vec<String> = used().into_iter().filter(|n| !defined.contains(n.as_str())).collect();
        assert!(unknown.is_empty(), "not in ontology/hakusho.ttl: {unknown:?}");
    }

    #[test]
    fn the_ontology_parses_and_every_term_has_two_labels() {
        let ontology = include_str!("../../../ontology/hakusho.ttl");
        let mut labels = std::collections::BTreeMap::<String, BTreeSet<String>>::new();
        let mut subjects = BTreeSet::new();
        for triple in oxttl::TurtleParser::new().for_slice(ontology) {
            let triple = triple.expect("the ontology is Turtle");
            let subject = triple.subject.to_string();
            if subject.contains("hakusho/ns#") {
                subjects.insert(subject.clone());
            }
            if let oxrdf::Term::Literal(literal) = &triple.object
                && triple.predicate.as_str().ends_with("rdf-schema#label")
            {
                labels.entry(subject).or_default().extend(literal.language().map(str::to_owned));
            }
        }
        for subject in subjects {
            let found: Vec<&str> = labels.get(&subject).into_iter().flatten().map(String::as_str).collect();
            assert_eq!(found, ["en", "ja"], "{subject}");
        }
    }
}

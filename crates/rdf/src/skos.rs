//! SKOS vocabularies in Turtle, N-Triples or RDF/XML to plain concepts.

use std::collections::BTreeMap;

use hakusho_lexicon::Concept;
use oxrdf::{NamedOrBlankNode, Term, Triple};
use oxrdfxml::RdfXmlParser;
use oxttl::{NTriplesParser, TurtleParser};
use thiserror::Error;

use crate::vocab::{RDF, SKOS};

/// Forms in which RDF is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RdfForm {
    /// Turtle.
    Turtle,
    /// N-Triples.
    NTriples,
    /// RDF/XML.
    Xml,
}

impl RdfForm {
    /// The form that a file name's ending says, in whatever case.
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending.to_ascii_lowercase().as_str() {
            "ttl" => Some(Self::Turtle),
            "nt" => Some(Self::NTriples),
            "rdf" | "xml" | "owl" => Some(Self::Xml),
            _ => None,
        }
    }
}

/// A vocabulary that cannot be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SkosError {
    /// Not the syntax it should be; the words name the place.
    #[error("{0}")]
    Syntax(String),
    /// RDF without a single concept.
    #[error("there is no skos:Concept in it")]
    Empty,
}

/// Concepts of a vocabulary, sorted by IRI; labels and links in the order of their text, so that the order of the file's
/// statements does not matter. Concepts without an IRI are left out: nothing could speak of them.
///
/// # Errors
/// On a syntax error anywhere, and when there is no concept.
pub fn read_skos(bytes: &[u8], form: RdfForm) -> Result<Vec<Concept>, SkosError> {
    let mut read = Reading::default();
    match form {
        RdfForm::Turtle => read.all(TurtleParser::new().for_slice(bytes))?,
        RdfForm::NTriples => read.all(NTriplesParser::new().for_slice(bytes))?,
        RdfForm::Xml => read.all(RdfXmlParser::new().for_slice(bytes))?,
    }
    let concepts: Vec<Concept> = read.0.into_values().filter(|c| c.is).map(finish).collect();
    if concepts.is_empty() { Err(SkosError::Empty) } else { Ok(concepts) }
}

/// A concept being read.
#[derive(Default)]
struct Found {
    concept: Concept,
    /// It was said to be a concept.
    is: bool,
}

#[derive(Default)]
struct Reading(BTreeMap<String, Found>);

impl Reading {
    fn all<E: std::fmt::Display>(&mut self, triples: impl Iterator<Item = Result<Triple, E>>) -> Result<(), SkosError> {
        for triple in triples {
            self.one(triple.map_err(|e| SkosError::Syntax(e.to_string()))?);
        }
        Ok(())
    }

    fn one(&mut self, triple: Triple) {
        let NamedOrBlankNode::NamedNode(subject) = triple.subject else { return };
        let predicate = triple.predicate.into_string();
        if predicate.strip_prefix(RDF) == Some("type") {
            if matches!(&triple.object, Term::NamedNode(class) if class.as_str().strip_prefix(SKOS) == Some("Concept"))
            {
                self.at(subject.as_str()).is = true;
            }
            return;
        }
        let Some(property) = predicate.strip_prefix(SKOS) else { return };
        match (property, triple.object) {
            (_, Term::Literal(label)) => {
                let pair = (label.language().unwrap_or_default().to_lowercase(), label.value().to_owned());
                let concept = &mut self.at(subject.as_str()).concept;
                match property {
                    "prefLabel" => concept.preferred.push(pair),
                    "altLabel" => concept.alternative.push(pair),
                    "hiddenLabel" => concept.hidden.push(pair),
                    _ => {}
                }
            }
            ("broader" | "broaderTransitive", Term::NamedNode(other)) => {
                self.at(subject.as_str()).concept.broader.push(other.into_string());
            }
            ("narrower", Term::NamedNode(other)) => {
                let broader = subject.as_str().to_owned();
                self.at(other.as_str()).concept.broader.push(broader);
            }
            ("closeMatch" | "exactMatch", Term::NamedNode(other)) => {
                self.at(subject.as_str()).concept.close.push(other.into_string());
            }
            _ => {}
        }
    }

    fn at(&mut self, iri: &str) -> &mut Found {
        let found = self.0.entry(iri.to_owned()).or_default();
        iri.clone_into(&mut found.concept.iri);
        found
    }
}

fn finish(found: Found) -> Concept {
    let mut concept = found.concept;
    for labels in [&mut concept.preferred, &mut concept.alternative, &mut concept.hidden] {
        labels.sort();
        labels.dedup();
    }
    for links in [&mut concept.broader, &mut concept.close] {
        links.sort();
        links.dedup();
    }
    concept
}

#[cfg(test)]
mod tests {
    use super::*;

    const TURTLE: &str = r#"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix v: <https://example.org/v/> .
        v:a a skos:Concept ; skos:prefLabel "見本攻撃"@ja, "Mock attack"@en ; skos:narrower v:b .
        v:b a skos:Concept ; skos:prefLabel "見本詐称"@ja ; skos:altLabel "偽見本"@ja-JP ; skos:hiddenLabel "mihon" ;
            skos:exactMatch <https://example.org/w/1> .
        v:c skos:prefLabel "no concept" ."#;
    const TRIPLES: &str = "<https://example.org/v/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2004/02/skos/core#Concept> .\n";
    const XML: &str = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
        <skos:Concept rdf:about="https://example.org/v/a"><skos:prefLabel xml:lang="ja">見本攻撃</skos:prefLabel></skos:Concept></rdf:RDF>"#;

    fn pair(language: &str, text: &str) -> (String, String) {
        (language.to_owned(), text.to_owned())
    }

    #[test]
    fn turtle_gives_labels_and_links() {
        let found = read_skos(TURTLE.as_bytes(), RdfForm::Turtle).expect("readable");
        assert_eq!(found.len(), 2, "what is not called a concept is none");
        assert_eq!(found[0].preferred, [pair("en", "Mock attack"), pair("ja", "見本攻撃")]);
        assert_eq!(found[1].alternative, [pair("ja-jp", "偽見本")]);
        assert_eq!(found[1].broader, ["https://example.org/v/a"]);
        assert_eq!(found[1].close, ["https://example.org/w/1"]);
    }

    #[test]
    fn the_other_forms() {
        let found = read_skos(TRIPLES.as_bytes(), RdfForm::NTriples).expect("readable");
        assert_eq!(found[0].iri, "https://example.org/v/a");
        let found = read_skos(XML.as_bytes(), RdfForm::Xml).expect("readable");
        assert_eq!(found[0].preferred, [pair("ja", "見本攻撃")]);
        assert_eq!(RdfForm::of_ending("TTL"), Some(RdfForm::Turtle));
        assert_eq!(RdfForm::of_ending("csv"), None);
    }

    #[test]
    fn broken_and_empty_vocabularies_say_so() {
        let error = read_skos(b"<a", RdfForm::Turtle).expect_err("broken").to_string();
        assert!(error.contains("line 1"), "{error}");
        assert!(matches!(read_skos(b"", RdfForm::Turtle), Err(SkosError::Empty)));
    }
}

//! Statements counted by the kind of thing they are about.

use std::collections::BTreeMap;

use hakusho_store::{NamedNode, Quad, Term};

const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const HK: &str = "https://w3id.org/hakusho/ns#";
/// Kind of things whose class is not said.
const UNTYPED: &str = "other";

/// Statements by kind: the name of the subject's class, one of our own where it has several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kinds {
    counts: BTreeMap<String, usize>,
}

impl Kinds {
    /// Counts one statement.
    pub(crate) fn add(&mut self, kind: &str) {
        match self.counts.get_mut(kind) {
            Some(count) => *count += 1,
            None => drop(self.counts.insert(kind.to_owned(), 1)),
        }
    }

    /// Takes up other counts.
    pub(crate) fn join(&mut self, other: &Self) {
        for (kind, count) in &other.counts {
            *self.counts.entry(kind.clone()).or_default() += count;
        }
    }

    /// Kinds with their counts, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, usize)> {
        self.counts.iter().map(|(kind, count)| (kind.as_str(), *count))
    }

    /// Number of statements.
    pub fn total(&self) -> usize {
        self.counts.values().sum()
    }
}

/// Classes of subjects.
pub(crate) struct Classes<'q> {
    of: BTreeMap<&'q str, &'q str>,
}

impl<'q> Classes<'q> {
    /// Of everything that some statements are about.
    pub(crate) fn new(quads: impl IntoIterator<Item = &'q Quad>) -> Self {
        let mut of: BTreeMap<&str, &str> = BTreeMap::new();
        for quad in quads {
            if let (TYPE, Term::NamedNode(class)) = (quad.predicate.as_str(), &quad.object) {
                let known = of.entry(subject(quad)).or_insert(class.as_str());
                *known = preferred(known, class.as_str());
            }
        }
        Self { of }
    }

    /// Kind of a statement.
    pub(crate) fn kind(&self, quad: &Quad) -> &'q str {
        self.of.get(subject(quad)).map_or(UNTYPED, |class| local(class))
    }
}

/// Which of two classes is told: one of our own, else the first by name.
fn preferred<'c>(one: &'c str, other: &'c str) -> &'c str {
    let rank = |class: &'c str| (!class.starts_with(HK), class);
    if rank(other) < rank(one) { other } else { one }
}

/// IRI of a statement's subject.
pub(crate) fn subject(quad: &Quad) -> &str {
    match &quad.subject {
        hakusho_store::Subject::NamedNode(node) => node.as_str(),
        hakusho_store::Subject::BlankNode(node) => node.as_str(),
    }
}

/// An IRI as an object of a statement.
pub(crate) fn object(quad: &Quad) -> Option<&NamedNode> {
    match &quad.object {
        Term::NamedNode(node) if quad.predicate.as_str() != TYPE => Some(node),
        _ => None,
    }
}

/// What follows the last slash or hash of an IRI.
fn local(iri: &str) -> &str {
    iri.rsplit(['/', '#']).next().unwrap_or(iri)
}

#[cfg(test)]
mod tests {
    use hakusho_store::NamedNode;

    use super::*;

    fn quad(subject: &str, predicate: &str, object: &str) -> Quad {
        let node = |iri: &str| NamedNode::new_unchecked(iri);
        Quad::new(node(subject), node(predicate), node(object), node("urn:g"))
    }

    #[test]
    fn statements_are_of_the_kind_of_their_subject_in_our_words_if_there_are_any() {
        let exhibit = "https://w3id.org/hakusho/ns#Exhibit";
        let quads = [
            quad("urn:x", TYPE, "http://purl.org/spar/doco/TableBox"),
            quad("urn:x", TYPE, exhibit),
            quad("urn:x", "urn:p", "urn:y"),
            quad("urn:s", TYPE, "http://purl.org/spar/doco/Section"),
            quad("urn:y", "urn:p", "urn:x"),
        ];
        let classes = Classes::new(&quads);
        let mut kinds = Kinds::default();
        for quad in &quads {
            kinds.add(classes.kind(quad));
        }
        assert_eq!(kinds.iter().collect::<Vec<_>>(), [("Exhibit", 3), ("Section", 1), ("other", 1)]);
        assert_eq!(kinds.total(), 5);
    }
}

//! Collects the quads of one graph.

use oxrdf::{Literal, NamedNode, Quad, Term};

use crate::vocab::{RDF, XSD, term};

/// Quads of one named graph, in the order they were added.
#[derive(Debug)]
pub(crate) struct Sink {
    graph: NamedNode,
    quads: Vec<Quad>,
}

impl Sink {
    pub(crate) fn new(graph: NamedNode) -> Self {
        Self { graph, quads: Vec::new() }
    }

    pub(crate) fn add(&mut self, subject: &NamedNode, predicate: NamedNode, object: impl Into<Term>) {
        self.quads.push(Quad::new(subject.clone(), predicate, object, self.graph.clone()));
    }

    pub(crate) fn kind(&mut self, subject: &NamedNode, class: NamedNode) {
        self.add(subject, term(RDF, "type"), class);
    }

    pub(crate) fn text(&mut self, subject: &NamedNode, predicate: NamedNode, text: &str) {
        self.add(subject, predicate, Literal::new_simple_literal(text));
    }

    pub(crate) fn japanese(&mut self, subject: &NamedNode, predicate: NamedNode, text: &str) {
        self.add(subject, predicate, Literal::new_language_tagged_literal_unchecked(text, "ja"));
    }

    pub(crate) fn english(&mut self, subject: &NamedNode, predicate: NamedNode, text: &str) {
        self.add(subject, predicate, Literal::new_language_tagged_literal_unchecked(text, "en"));
    }

    pub(crate) fn number(&mut self, subject: &NamedNode, predicate: NamedNode, value: i64) {
        self.add(subject, predicate, Literal::from(value));
    }

    pub(crate) fn typed(&mut self, subject: &NamedNode, predicate: NamedNode, value: &str, datatype: &str) {
        let value = if datatype == "decimal" { canonical(value) } else { value };
        self.add(subject, predicate, Literal::new_typed_literal(value, term(XSD, datatype)));
    }

    /// The quads, sorted and without repeats.
    pub(crate) fn finish(mut self) -> Vec<Quad> {
        self.quads.sort_by_cached_key(ToString::to_string);
        self.quads.dedup();
        self.quads
    }
}

/// A decimal in its canonical form (XML Schema 1.1 part 2, E.1): stores keep numbers as values and give them back so, and
/// the hash of what comes out has to be that of what went in.
fn canonical(decimal: &str) -> &str {
    if decimal.contains('.') { decimal.trim_end_matches('0').trim_end_matches('.') } else { decimal }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_canonical() {
        let check = |value: &str, expected: &str| assert_eq!(canonical(value), expected);
        check("0.900", "0.9");
        check("1.000", "1");
        check("0.000", "0");
        check("100", "100");
        check("-20.50", "-20.5");
    }
}

//! Collects the statements of a description.

use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{Literal, NamedNode, Quad, Term};

/// Statements of one graph, in the order they are said.
#[derive(Debug)]
pub(super) struct Sink {
    graph: NamedNode,
    pub(super) quads: Vec<Quad>,
}

impl Sink {
    pub(super) fn new(graph: NamedNode) -> Self {
        Self { graph, quads: Vec::new() }
    }

    pub(super) fn add(&mut self, subject: &NamedNode, predicate: NamedNode, object: impl Into<Term>) {
        self.quads.push(Quad::new(subject.clone(), predicate, object, self.graph.clone()));
    }

    pub(super) fn kind(&mut self, subject: &NamedNode, class: NamedNode) {
        self.add(subject, rdf::TYPE.into_owned(), class);
    }

    pub(super) fn text(&mut self, subject: &NamedNode, predicate: NamedNode, text: &str) {
        self.add(subject, predicate, Literal::new_simple_literal(text));
    }

    pub(super) fn number(&mut self, subject: &NamedNode, predicate: NamedNode, n: u64) {
        self.add(subject, predicate, Literal::new_typed_literal(n.to_string(), xsd::INTEGER));
    }

    /// A text in Japanese and in English; an empty one is left out.
    pub(super) fn both(&mut self, subject: &NamedNode, predicate: &NamedNode, [ja, en]: [&str; 2]) {
        for (text, language) in [(ja, "ja"), (en, "en")] {
            if !text.is_empty() {
                self.add(subject, predicate.clone(), Literal::new_language_tagged_literal_unchecked(text, language));
            }
        }
    }

    pub(super) fn label(&mut self, subject: &NamedNode, texts: [&str; 2]) {
        self.both(subject, &rdfs::LABEL.into_owned(), texts);
    }

    pub(super) fn comment(&mut self, subject: &NamedNode, texts: [&str; 2]) {
        self.both(subject, &rdfs::COMMENT.into_owned(), texts);
    }
}

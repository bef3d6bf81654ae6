//! How many statements a triple pattern has.

use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};
use oxigraph::store::Store;
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use crate::error::StoreError;

/// Statements of a pattern, `limit` at most.
pub(crate) fn count(store: &Store, triple: &TriplePattern, limit: usize) -> Result<usize, StoreError> {
    let subject: Option<NamedOrBlankNode> = match &triple.subject {
        TermPattern::NamedNode(node) => Some(node.clone().into()),
        _ => None,
    };
    let predicate: Option<&NamedNode> = match &triple.predicate {
        NamedNodePattern::NamedNode(node) => Some(node),
        NamedNodePattern::Variable(_) => None,
    };
    let object: Option<Term> = match &triple.object {
        TermPattern::NamedNode(node) => Some(node.clone().into()),
        TermPattern::Literal(literal) => Some(literal.clone().into()),
        _ => None,
    };
    let quads = store.quads_for_pattern(
        subject.as_ref().map(Into::into),
        predicate.map(Into::into),
        object.as_ref().map(Into::into),
        None,
    );
    let mut n = 0;
    for quad in quads.take(limit) {
        quad?;
        n += 1;
    }
    Ok(n)
}

//! Rows of our own queries, read by the names of their columns.

use hakusho_store::{Literal, NamedNode, Term, Variable};

use crate::problem::Problem;

/// A whole answer.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    names: Vec<String>,
    rows: Vec<Vec<Option<Term>>>,
}

impl Rows {
    pub(super) fn new(variables: &[Variable], rows: Vec<Vec<Option<Term>>>) -> Self {
        Self { names: variables.iter().map(|v| v.as_str().to_owned()).collect(), rows }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { names: &self.names, cells })
    }

    pub(crate) fn first(&self) -> Option<Row<'_>> {
        self.iter().next()
    }
}

/// One of them.
#[derive(Clone, Copy)]
pub(crate) struct Row<'r> {
    names: &'r [String],
    cells: &'r [Option<Term>],
}

impl Row<'_> {
    fn cell(&self, name: &str) -> Option<&Term> {
        let at = self.names.iter().position(|n| n == name)?;
        self.cells.get(at)?.as_ref()
    }

    /// A cell as text; nothing where it is empty.
    pub(crate) fn opt(&self, name: &str) -> Option<String> {
        match self.cell(name)? {
            Term::NamedNode(node) => Some(node.as_str().to_owned()),
            Term::Literal(literal) => Some(literal.value().to_owned()),
            Term::BlankNode(_) => None,
        }
    }

    /// A cell as text.
    pub(crate) fn text(&self, name: &str) -> String {
        self.opt(name).unwrap_or_default()
    }

    /// A cell as a number.
    pub(crate) fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.opt(name)?.parse().ok()
    }

    /// The language of a text.
    pub(crate) fn language(&self, name: &str) -> Option<&str> {
        match self.cell(name)? {
            Term::Literal(literal) => literal.language(),
            _ => None,
        }
    }
}

/// An IRI from outside, as it stands in a query.
///
/// # Errors
/// When it is none.
pub(crate) fn iri(text: &str) -> Result<NamedNode, Problem> {
    let text = text.trim_start_matches('<').trim_end_matches('>');
    NamedNode::new(text).map_err(|_| Problem::bad(&format!("`{text}` is no IRI")))
}

/// A text from outside, as it stands in a query.
pub(crate) fn literal(text: &str) -> String {
    Literal::new_simple_literal(text).to_string()
}

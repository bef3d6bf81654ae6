//! A complete answer, in memory.

use oxigraph::model::{Term, Triple};
use oxigraph::sparql::{QueryResults, Variable};
use spargebra::Query;

use super::guard::Guard;
use crate::error::StoreError;

/// What kind of answer a query has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerKind {
    /// `SELECT`.
    Rows,
    /// `ASK`.
    Boolean,
    /// `CONSTRUCT` and `DESCRIBE`.
    Graph,
}

impl AnswerKind {
    pub(crate) fn of(query: &Query) -> Self {
        match query {
            Query::Select { .. } => Self::Rows,
            Query::Ask { .. } => Self::Boolean,
            Query::Construct { .. } | Query::Describe { .. } => Self::Graph,
        }
    }
}

/// What a query gave, all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// `SELECT`: rows in the query's order, a cell for each variable.
    Solutions {
        /// Names of the columns.
        variables: Vec<Variable>,
        /// One cell for each variable; `None` where it has no value.
        rows: Vec<Vec<Option<Term>>>,
    },
    /// `ASK`.
    Boolean(bool),
    /// `CONSTRUCT` and `DESCRIBE`.
    Graph(Vec<Triple>),
}

impl Answer {
    /// Takes everything, or an error: never a part.
    pub(crate) fn collect(
        results: QueryResults<'_>,
        guard: &Guard,
        max_rows: Option<usize>,
    ) -> Result<Self, StoreError> {
        Ok(match results {
            QueryResults::Boolean(yes) => Self::Boolean(yes),
            QueryResults::Solutions(solutions) => {
                let variables = solutions.variables().to_vec();
                let mut rows = Vec::new();
                for solution in solutions {
                    guard.tick();
                    within(rows.len(), max_rows)?;
                    rows.push(solution?.values().to_vec());
                }
                Self::Solutions { variables, rows }
            }
            QueryResults::Graph(triples) => {
                let mut all = Vec::new();
                for triple in triples {
                    guard.tick();
                    within(all.len(), max_rows)?;
                    all.push(triple?);
                }
                Self::Graph(all)
            }
        })
    }

    /// Rows, or statements of a graph; 1 for yes or no.
    pub fn len(&self) -> usize {
        match self {
            Self::Solutions { rows, .. } => rows.len(),
            Self::Boolean(_) => 1,
            Self::Graph(triples) => triples.len(),
        }
    }

    /// Whether there is no row and no statement.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Refuses one row more than the limit.
pub(crate) fn within(rows: usize, limit: Option<usize>) -> Result<(), StoreError> {
    match limit {
        Some(limit) if rows >= limit => Err(StoreError::RowLimit { limit }),
        _ => Ok(()),
    }
}

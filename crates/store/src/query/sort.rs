//! The `ORDER BY` of a `SELECT`, done here: Oxigraph's sort cannot be interrupted, and reads a text from the storage
//! for each comparison. Ours asks the guard at each comparison, and keeps no more rows than `LIMIT` needs. It has to read
//! every cell of every row, so a `LIMIT` over few rows, or over numbers, is left to Oxigraph
//! ([`super::rewrite::Sorting::There`]).

use std::cmp::Ordering::{self, Equal};
use std::collections::HashSet;
use std::sync::Arc;

use oxigraph::model::Term;
use oxigraph::sparql::{QueryEvaluationError, QueryResults, QuerySolutionIter, Variable};
use spareval::ExpressionTerm;
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern, OrderExpression};

use super::guard::Guard;
use super::order::compare;
use super::rewrite::Fresh;
use crate::error::StoreError;

/// What remains to be done with the rows of the unsorted query.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sort {
    /// Columns of the answer: the first ones of the rows.
    variables: Vec<Variable>,
    /// Columns to sort by, and whether downwards.
    keys: Vec<(usize, bool)>,
    distinct: bool,
    start: usize,
    length: Option<usize>,
}

/// Takes the outer `ORDER BY` out of a query, with what comes after it.
pub(crate) fn take_out(query: &mut Query, fresh: &mut Fresh) -> Option<Sort> {
    let Query::Select { pattern, .. } = query else { return None };
    let mut inside = pattern.clone();
    let (mut start, mut length, mut distinct) = (0, None, false);
    if let GraphPattern::Slice { inner, start: from, length: most } = inside {
        (start, length, inside) = (from, most, *inner);
    }
    if let GraphPattern::Distinct { inner } = inside {
        (distinct, inside) = (true, *inner);
    }
    let GraphPattern::Project { inner, variables } = inside else { return None };
    let GraphPattern::OrderBy { inner, expression } = *inner else { return None };
    let (mut inner, mut columns, mut keys) = (inner, variables.clone(), Vec::new());
    for key in expression {
        let (expression, down) = match key {
            OrderExpression::Asc(e) => (e, false),
            OrderExpression::Desc(e) => (e, true),
        };
        let variable = if let Expression::Variable(v) = expression {
            v
        } else {
            let variable = fresh.variable();
            inner = Box::new(GraphPattern::Extend { inner, variable: variable.clone(), expression });
            variable
        };
        let column = columns.iter().position(|c| *c == variable).unwrap_or_else(|| {
            columns.push(variable);
            columns.len() - 1
        });
        keys.push((column, down));
    }
    *pattern = GraphPattern::Project { inner, variables: columns };
    Some(Sort { variables, keys, distinct, start, length })
}

/// Lets the columns of the answer decide between rows that an outer `ORDER BY` leaves equal, so that the order does not
/// depend on the one in which patterns are read.
pub(crate) fn break_ties(query: &mut Query) {
    let Query::Select { pattern, .. } = query else { return };
    let mut inside = pattern;
    while let GraphPattern::Slice { inner, .. } | GraphPattern::Distinct { inner } = inside {
        inside = inner;
    }
    let GraphPattern::Project { inner, variables } = inside else { return };
    if let GraphPattern::OrderBy { expression, .. } = &mut **inner {
        let last = variables.iter().map(|v| OrderExpression::Asc(Expression::Variable(v.clone())));
        let last: Vec<_> = last.filter(|key| !expression.contains(key)).collect();
        expression.extend(last);
    }
}

type Row = (Vec<Option<ExpressionTerm>>, Vec<Option<Term>>);

impl Sort {
    /// Whether most rows need not be read beyond what they are sorted by.
    pub(crate) fn has_limit(&self) -> bool {
        self.length.is_some()
    }

    /// The sorted answer.
    pub(crate) fn apply(&self, results: QueryResults<'_>, guard: &Guard) -> Result<QueryResults<'static>, StoreError> {
        let QueryResults::Solutions(solutions) = results else {
            unreachable!("only a SELECT is sorted");
        };
        let mut rows = self.read(solutions, guard)?;
        self.sort(&mut rows, guard);
        let mut seen = HashSet::new();
        let kept = rows.into_iter().map(|(_, row)| row).filter(|row| !self.distinct || seen.insert(row.clone()));
        let part: Vec<_> = kept.skip(self.start).take(self.length.unwrap_or(usize::MAX)).collect();
        let variables: Arc<[Variable]> = self.variables.as_slice().into();
        Ok(QuerySolutionIter::from_tuples(variables, part.into_iter().map(Ok::<_, QueryEvaluationError>)).into())
    }

    /// All rows with their keys, or the first ones where there is a limit.
    fn read(&self, solutions: QuerySolutionIter<'_>, guard: &Guard) -> Result<Vec<Row>, StoreError> {
        let most = self.length.filter(|_| !self.distinct).map(|n| n.saturating_add(self.start));
        let mut rows: Vec<Row> = Vec::new();
        for solution in solutions {
            guard.tick();
            let mut cells = solution?.values().to_vec();
            let keys = self.keys.iter().map(|(column, _)| cells[*column].clone().map(Into::into)).collect();
            cells.truncate(self.variables.len());
            rows.push((keys, cells));
            if let Some(most) = most
                && rows.len() >= most.saturating_mul(2).max(4096)
            {
                self.sort(&mut rows, guard);
                rows.truncate(most);
            }
        }
        Ok(rows)
    }

    /// Between rows with equal keys their cells decide ([`break_ties`]).
    fn sort(&self, rows: &mut [Row], guard: &Guard) {
        rows.sort_by(|(a, left), (b, right)| {
            guard.tick();
            let pairs = a.iter().zip(b).zip(&self.keys);
            let mut orders = pairs.map(|((a, b), (_, down))| {
                let order = compare(a.as_ref(), b.as_ref());
                if *down { order.reverse() } else { order }
            });
            let by_keys = orders.find(|o| o.is_ne());
            by_keys.unwrap_or_else(|| {
                left.iter().zip(right).map(|(a, b)| cells(a.as_ref(), b.as_ref())).find(|o| o.is_ne()).unwrap_or(Equal)
            })
        });
    }
}

fn cells(a: Option<&Term>, b: Option<&Term>) -> Ordering {
    let [a, b] = [a, b].map(|cell| cell.cloned().map(ExpressionTerm::from));
    compare(a.as_ref(), b.as_ref())
}

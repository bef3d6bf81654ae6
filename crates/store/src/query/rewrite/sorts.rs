//! Counts what goes into sorts that cannot be interrupted.

use std::sync::Arc;

use oxigraph::model::Term;
use oxigraph::sparql::Variable;
use spargebra::algebra::{Expression, GraphPattern, OrderExpression};

use super::{Custom, Place, Rewrite, call, name, yes};
use crate::query::guard::{Counter, Guard, is_heavy};

/// Most rows of an outer sort that compares by texts or IRIs of the storage, some 2 µs each.
const MAX_HEAVY: usize = 4_000;
/// Most rows of an outer sort at all.
const MAX_ROWS: usize = 250_000;

impl Rewrite {
    pub(super) fn order_by(&mut self, inner: GraphPattern, keys: Vec<OrderExpression>, place: &Place) -> GraphPattern {
        let outer = std::mem::take(&mut self.outer);
        let inner = self.pattern(inner, place);
        if outer { self.outer_sort(inner, keys) } else { self.inner_sort(inner, keys) }
    }

    fn inner_sort(&mut self, inner: GraphPattern, expression: Vec<OrderExpression>) -> GraphPattern {
        let limit = self.max_sorted;
        let count = self.counter(move |counter, guard, _| counter.count(guard, limit));
        GraphPattern::OrderBy { inner: Box::new(counted(inner, vec![count])), expression }
    }

    /// The keys become variables below the count, so that it can see them.
    fn outer_sort(&mut self, mut inner: GraphPattern, keys: Vec<OrderExpression>) -> GraphPattern {
        let mut counts = vec![self.counter(|counter, guard, _| counter.count_or_leave(guard, MAX_ROWS))];
        let mut expression = Vec::new();
        for key in keys {
            let (key, down) = match key {
                OrderExpression::Asc(key) => (key, false),
                OrderExpression::Desc(key) => (key, true),
            };
            let variable = if let Expression::Variable(variable) = key {
                variable
            } else {
                let variable = self.fresh.variable();
                let expression = self.expression(key);
                inner = GraphPattern::Extend { inner: Box::new(inner), variable: variable.clone(), expression };
                variable
            };
            counts.push(self.heavy(&variable));
            let variable = Expression::Variable(variable);
            expression.push(if down { OrderExpression::Desc(variable) } else { OrderExpression::Asc(variable) });
        }
        GraphPattern::OrderBy { inner: Box::new(counted(inner, counts)), expression }
    }

    /// Counts the rows in which a variable is costly to compare.
    fn heavy(&mut self, variable: &Variable) -> Expression {
        let count = self.counter(|counter, guard, keys| {
            if keys.iter().any(is_heavy) {
                counter.count_or_leave(guard, MAX_HEAVY);
            }
        });
        let Expression::FunctionCall(function, _) = count else { return count };
        Expression::FunctionCall(function, vec![Expression::Variable(variable.clone())])
    }

    /// Calls `body` with a counter of its own; gives no value.
    fn counter(&mut self, body: impl Fn(&Counter, &Guard, &[Term]) + Send + Sync + 'static) -> Expression {
        let function = name(&format!("count/{}", self.functions.len()));
        let (counter, guard) = (Counter::default(), Arc::clone(&self.guard));
        let count: Custom = Box::new(move |arguments| {
            body(&counter, &guard, arguments);
            None
        });
        self.functions.push((function.clone(), count));
        call(function)
    }
}

/// The slice keeps the count where it is: the planner pushes nothing through one.
fn counted(inner: GraphPattern, mut counts: Vec<Expression>) -> GraphPattern {
    counts.push(yes());
    let slice = GraphPattern::Slice { inner: Box::new(inner), start: 0, length: Some(usize::MAX) };
    GraphPattern::Filter { expr: Expression::Coalesce(counts), inner: Box::new(slice) }
}

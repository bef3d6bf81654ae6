//! The order of joins. Oxigraph's planner knows the shape of a pattern and nothing of the store, so a question that begins
//! with a few incidents and ends with their evidence may as well begin with all evidence. Here each group of patterns is put
//! in the order that reads least by what the store says of its properties and classes (`sizes`), as a chain of `LATERAL`s,
//! which the planner leaves as it is.
//!
//! What a query answers does not change: a triple pattern joined laterally gives the rows of the join, and an operator is
//! moved out of a join only where the rest of the join shares nothing with it that its left side leaves unbound (`group`).

mod group;
mod order;
mod sizes;
mod stats;
mod vars;

use std::cell::Cell;

use oxigraph::store::Store;
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern};

use super::rewrite::walk;
use crate::describe::Whole;
use sizes::Sizes;
pub(crate) use stats::Stats;
use vars::Names;

/// Share of rows that a condition is taken to leave.
const FILTERED: f64 = 0.3;

/// Members of joins that are looked at before planning must come to an end: planning cannot be stopped, and groups within
/// groups are tried in several ways each.
const PATIENCE: usize = 20_000;

/// A pattern in its new order, with what it is taken to give and to cost.
#[derive(Debug)]
struct Planned {
    pattern: GraphPattern,
    /// Rows for one row of what is bound outside.
    rows: f64,
    /// Statements read.
    cost: f64,
}

/// Puts the joins of a query in order.
pub(crate) fn order(query: &mut Query, store: &Store, stats: &Stats, whole: Option<&Whole>) {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    let plan = Plan { sizes: Sizes { store, stats, whole }, left: Cell::new(PATIENCE) };
    let taken = std::mem::replace(pattern, empty());
    *pattern = plan.pattern(taken, &Names::new()).pattern;
}

struct Plan<'s> {
    sizes: Sizes<'s>,
    /// Members that may still be looked at; behind it the first order that comes is taken.
    left: Cell<usize>,
}

impl Plan<'_> {
    /// Takes one look; whether there are more.
    fn look(&self) -> bool {
        let left = self.left.get().saturating_sub(1);
        self.left.set(left);
        left > 0
    }

    /// `bound`: names that have a value where the pattern is evaluated.
    fn pattern(&self, pattern: GraphPattern, bound: &Names) -> Planned {
        match pattern {
            GraphPattern::Bgp { .. }
            | GraphPattern::Path { .. }
            | GraphPattern::Join { .. }
            | GraphPattern::Graph { .. }
            | GraphPattern::Values { .. }
            | GraphPattern::LeftJoin { .. }
            | GraphPattern::Filter { .. }
            | GraphPattern::Extend { .. } => self.group(pattern, bound),
            GraphPattern::Union { left, right } => {
                let (left, right) = (self.pattern(*left, bound), self.pattern(*right, bound));
                let (rows, cost) = (left.rows + right.rows, left.cost + right.cost);
                let pattern = GraphPattern::Union { left: Box::new(left.pattern), right: Box::new(right.pattern) };
                Planned { pattern, rows, cost }
            }
            GraphPattern::Lateral { left, right } => {
                let left = self.pattern(*left, bound);
                let inside = bound | &vars::certain(&left.pattern);
                let right = self.pattern(*right, &inside);
                let (rows, cost) = (left.rows * right.rows, left.cost + left.rows * right.cost);
                let pattern = GraphPattern::Lateral { left: Box::new(left.pattern), right: Box::new(right.pattern) };
                Planned { pattern, rows, cost }
            }
            GraphPattern::Minus { left, right } => {
                let (left, right) = (self.pattern(*left, bound), self.pattern(*right, &Names::new()));
                let (rows, cost) = (left.rows, left.cost + right.cost);
                let pattern = GraphPattern::Minus { left: Box::new(left.pattern), right: Box::new(right.pattern) };
                Planned { pattern, rows, cost }
            }
            // Who answers it sees it as it is written.
            GraphPattern::Service { .. } => Planned { pattern, rows: 1_000.0, cost: 1_000.0 },
            other => self.modified(other, bound),
        }
    }

    /// `DISTINCT`, `LIMIT`, groups and the like.
    fn modified(&self, mut pattern: GraphPattern, bound: &Names) -> Planned {
        let visible = match &pattern {
            GraphPattern::Project { variables, .. } => bound & &variables.iter().map(ToString::to_string).collect(),
            // What they leave depends on all rows.
            GraphPattern::Slice { .. } | GraphPattern::Group { .. } => Names::new(),
            _ => bound.clone(),
        };
        let (mut rows, mut cost) = (1.0, 0.0);
        for inner in walk::children_mut(&mut pattern) {
            let planned = self.pattern(std::mem::replace(inner, empty()), &visible);
            (rows, cost) = (planned.rows, planned.cost);
            *inner = planned.pattern;
        }
        for expression in walk::expressions_mut(&mut pattern) {
            self.exists(expression, &Names::new());
        }
        if let GraphPattern::Slice { length: Some(length), .. } = &pattern {
            rows = rows.min(f64::from(u32::try_from(*length).unwrap_or(u32::MAX)));
        }
        Planned { pattern, rows, cost }
    }

    /// Orders the patterns of `EXISTS` in a condition; `seen`: names that the rows have which it is asked of.
    fn exists(&self, expression: &mut Expression, seen: &Names) {
        if let Expression::Exists(inner) = expression {
            let taken = std::mem::replace(&mut **inner, empty());
            **inner = self.pattern(taken, seen).pattern;
        }
        for operand in walk::operands_mut(expression) {
            self.exists(operand, seen);
        }
    }
}

/// The pattern with one empty row.
fn empty() -> GraphPattern {
    GraphPattern::Bgp { patterns: Vec::new() }
}

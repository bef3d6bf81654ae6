//! Makes a query stoppable without changing what it answers: wherever rows come into being, a filter that is always true
//! asks the guard first.
//!
//! Where the filters go follows from the planner (sparopt 0.3), which pushes a filter down to where its variables are
//! bound, and to every side of a join when it has none:
//! - each triple pattern and path gets a tick of its own (`leaves`); the planner sees through it when it orders joins;
//! - a filter of the query gets its tick inside (`expressions`): the planner may put it before the tick of the pattern;
//! - rows that come into being in a join of independent parts have no pattern of their own: a tick with a variable of each
//!   of two parts can only stand behind the join that brings them together (`joins`);
//! - other operators get a tick with a variable that is never bound, which cannot be pushed into a join.
//!
//! A tick gives no value, so `COALESCE(tick(), x)` is `x`. It costs some 20 ns.

mod expressions;
mod joins;
mod leaves;
mod sorts;
pub(crate) mod walk;

use std::sync::Arc;

use oxigraph::model::{Literal, NamedNode, Term};
use oxigraph::sparql::Variable;
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, Function, GraphPattern};

use super::guard::Guard;
use crate::error::StoreError;

/// Most bytes of a text that a query may build.
pub(crate) const MAX_BUILT: usize = 16 << 20;

/// Most patterns of a query: planning cannot be stopped.
pub(crate) const MAX_LEAVES: usize = 200;
/// Most patterns that are joined with each other in one group: the planner's time grows with their cube.
pub(crate) const MAX_JOINED: usize = 60;

/// A function for the evaluator.
pub(crate) type Custom = Box<dyn Fn(&[Term]) -> Option<Term> + Send + Sync>;

/// Variables that no query can name.
#[derive(Debug, Default)]
pub(crate) struct Fresh {
    next: usize,
}

impl Fresh {
    pub(crate) fn variable(&mut self) -> Variable {
        self.next += 1;
        Variable::new_unchecked(format!("guard {}", self.next))
    }
}

/// Who does the outer `ORDER BY` of a `SELECT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sorting {
    /// Nobody or we: the query has none.
    Here,
    /// Oxigraph, until there are too many rows for a sort that cannot be interrupted.
    There,
}

/// What is known where a pattern stands.
#[derive(Clone, Debug, Default)]
struct Place {
    /// Variables may come in bound from outside: the right side of `OPTIONAL` and `LATERAL`, `EXISTS`.
    correlated: bool,
    /// Inside `GRAPH ?g`.
    open_graph: bool,
}

/// Rewrites one query.
pub(crate) struct Rewrite {
    guard: Arc<Guard>,
    max_sorted: usize,
    /// The next `ORDER BY` is the outer one.
    outer: bool,
    fresh: Fresh,
    never: Variable,
    /// The query builds texts, so texts may be long.
    builds: bool,
    functions: Vec<(NamedNode, Custom)>,
}

impl Rewrite {
    pub(crate) fn new(guard: &Arc<Guard>, max_sorted: usize, sorting: Sorting, mut fresh: Fresh) -> Self {
        let never = fresh.variable();
        let ticking = Arc::clone(guard);
        let tick: Custom = Box::new(move |_| {
            ticking.tick();
            None
        });
        let functions = vec![(name("tick"), tick)];
        let outer = sorting == Sorting::There;
        Self { guard: Arc::clone(guard), max_sorted, outer, fresh, never, builds: false, functions }
    }

    /// Rewrites the query; gives the functions it calls.
    pub(crate) fn query(mut self, query: &mut Query) -> Vec<(NamedNode, Custom)> {
        let (Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. }) = query;
        self.builds = expressions::builds_texts(pattern);
        let taken = std::mem::replace(pattern, nothing());
        *pattern = self.pattern(taken, &Place::default());
        self.functions
    }

    fn pattern(&mut self, pattern: GraphPattern, place: &Place) -> GraphPattern {
        match pattern {
            GraphPattern::Bgp { .. }
            | GraphPattern::Path { .. }
            | GraphPattern::Join { .. }
            | GraphPattern::Graph { .. } => self.group(pattern, place),
            GraphPattern::Values { .. } => ticked(pattern),
            GraphPattern::LeftJoin { left, right, expression } => {
                let inside = Place { correlated: true, ..place.clone() };
                let joined = GraphPattern::LeftJoin {
                    left: Box::new(self.pattern(*left, place)),
                    right: Box::new(self.pattern(*right, &inside)),
                    expression: expression.map(|e| self.condition(e)),
                };
                self.ticked_above(joined)
            }
            GraphPattern::Lateral { left, right } => {
                let inside = Place { correlated: true, ..place.clone() };
                // A leaf asks at each row by itself.
                let leaf = leaves::is_leaf(&right);
                let (left, right) = (self.pattern(*left, place), self.pattern(*right, &inside));
                if leaf {
                    return GraphPattern::Lateral { left: Box::new(left), right: Box::new(right) };
                }
                self.ticked_above(GraphPattern::Lateral { left: Box::new(left), right: Box::new(right) })
            }
            GraphPattern::Filter { expr, inner } => {
                let expr = self.condition(expr);
                GraphPattern::Filter { expr, inner: Box::new(self.pattern(*inner, place)) }
            }
            GraphPattern::Extend { inner, variable, expression } => {
                let expression = self.expression(expression);
                GraphPattern::Extend { inner: Box::new(self.pattern(*inner, place)), variable, expression }
            }
            GraphPattern::OrderBy { inner, expression } => self.order_by(*inner, expression, place),
            GraphPattern::Group { inner, variables, aggregates } => {
                let bound = self::variables(&inner);
                let whole =
                    aggregates.iter().any(|(_, a)| *a == AggregateExpression::CountSolutions { distinct: true });
                let aggregates = aggregates.into_iter().map(|(v, a)| (v, self.aggregate(a))).collect();
                let mut inner = Box::new(self.pattern(*inner, place));
                if whole {
                    // `COUNT(DISTINCT *)` counts rows as they are: ours must not have more columns.
                    inner = Box::new(GraphPattern::Project { inner, variables: bound });
                }
                GraphPattern::Group { inner, variables, aggregates }
            }
            mut other => {
                for inner in walk::children_mut(&mut other) {
                    let taken = std::mem::replace(inner, nothing());
                    *inner = self.pattern(taken, place);
                }
                other
            }
        }
    }

    /// A tick that the planner leaves behind a join.
    fn ticked_above(&self, inner: GraphPattern) -> GraphPattern {
        let never = Expression::Variable(self.never.clone());
        GraphPattern::Filter { expr: Expression::Coalesce(vec![tick(), never, yes()]), inner: Box::new(inner) }
    }
}

/// Refuses a query with too many patterns.
pub(crate) fn check(query: &mut Query) -> Result<(), StoreError> {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    let mut all = leaves::count(pattern);
    let mut joined = leaves::joined(pattern);
    walk::each_expression(pattern, &mut |e| {
        if let Expression::Exists(inner) = e {
            all += leaves::count(inner);
            joined = joined.max(leaves::joined(inner));
        }
    });
    match (all, joined) {
        (_, joined) if joined > MAX_JOINED => {
            Err(StoreError::TooComplex { what: "more than 60 patterns are joined in one group" })
        }
        (all, _) if all > MAX_LEAVES => Err(StoreError::TooComplex { what: "it has more than 200 patterns" }),
        _ => Ok(()),
    }
}

/// A tick for each row of a pattern; the planner may move it further in.
fn ticked(inner: GraphPattern) -> GraphPattern {
    GraphPattern::Filter { expr: Expression::Coalesce(vec![tick(), yes()]), inner: Box::new(inner) }
}

fn name(local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("urn:hakusho:guard:{local}"))
}

fn call(function: NamedNode) -> Expression {
    Expression::FunctionCall(Function::Custom(function), Vec::new())
}

fn tick() -> Expression {
    call(name("tick"))
}

fn yes() -> Expression {
    Expression::Literal(Literal::from(true))
}

/// The pattern with one empty row.
fn nothing() -> GraphPattern {
    GraphPattern::Bgp { patterns: Vec::new() }
}

fn variables(pattern: &GraphPattern) -> Vec<Variable> {
    let mut all = Vec::new();
    pattern.on_in_scope_variable(|v| all.push(v.clone()));
    all.sort();
    all.dedup();
    all
}

//! A group: patterns that are joined, and the operators that stand around them.

use oxigraph::sparql::Variable;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::NamedNodePattern;

use super::vars::{self, Names};
use super::{FILTERED, Plan, Planned};

/// Most rows of `VALUES` that are gone through for each row before.
const FEW_VALUES: usize = 10;

/// What is joined with others.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) pattern: GraphPattern,
    /// A triple pattern, a path or a few values: can be asked anew for each row.
    pub(super) leaf: bool,
    pub(super) names: Names,
}

/// What stands around a join; the innermost first.
#[derive(Debug)]
enum Around {
    Optional(GraphPattern, Option<Expression>),
    Bind(Variable, Expression),
    Condition(Expression),
}

#[derive(Default)]
struct Parts {
    members: Vec<Member>,
    around: Vec<Around>,
}

impl Plan<'_> {
    pub(super) fn group(&self, pattern: GraphPattern, bound: &Names) -> Planned {
        let mut parts = Parts::default();
        parts.take(pattern, None, &Names::new());
        let conditions: Vec<Names> = parts
            .around
            .iter()
            .filter_map(|a| match a {
                Around::Condition(expression) => vars::used(expression),
                _ => None,
            })
            .collect();
        let joined = self.join(parts.members, bound, &conditions);
        parts.around.into_iter().fold(joined, |inner, around| self.put_around(inner, around, bound))
    }

    fn put_around(&self, inner: Planned, around: Around, bound: &Names) -> Planned {
        let Planned { pattern, rows, cost } = inner;
        match around {
            Around::Optional(right, mut expression) => {
                let inside = bound | &vars::certain(&pattern);
                let right = self.pattern(right, &inside);
                if let Some(expression) = &mut expression {
                    self.exists(expression, &(&(bound | &vars::all(&pattern)) | &vars::all(&right.pattern)));
                }
                let cost = cost + rows * right.cost;
                let rows = rows * right.rows.max(1.0);
                let pattern =
                    GraphPattern::LeftJoin { left: Box::new(pattern), right: Box::new(right.pattern), expression };
                Planned { pattern, rows, cost }
            }
            Around::Bind(variable, mut expression) => {
                self.exists(&mut expression, &(bound | &vars::all(&pattern)));
                let pattern = GraphPattern::Extend { inner: Box::new(pattern), variable, expression };
                Planned { pattern, rows, cost }
            }
            Around::Condition(mut expr) => {
                self.exists(&mut expr, &(bound | &vars::all(&pattern)));
                let pattern = GraphPattern::Filter { expr, inner: Box::new(pattern) };
                Planned { pattern, rows: rows * FILTERED, cost }
            }
        }
    }
}

impl Parts {
    /// Takes a pattern apart. `rest`: names of what it is joined with.
    ///
    /// `OPTIONAL`, `BIND` and `FILTER` inside a join change places with it when the rest of the join gives no value to
    /// anything they read or write, other than what their own left side always has.
    fn take(&mut self, pattern: GraphPattern, graph: Option<&NamedNodePattern>, rest: &Names) {
        match pattern {
            GraphPattern::Join { left, right } => {
                let (l, r) = (vars::all(&left), vars::all(&right));
                self.take(*left, graph, &(rest | &r));
                self.take(*right, graph, &(rest | &l));
            }
            GraphPattern::Bgp { patterns } if graph.is_none() || !patterns.is_empty() => {
                for triple in patterns {
                    self.member(GraphPattern::Bgp { patterns: vec![triple] }, graph, true);
                }
            }
            GraphPattern::Path { .. } => self.member(pattern, graph, true),
            GraphPattern::Graph { name, inner } => self.take(*inner, Some(&name), rest),
            GraphPattern::LeftJoin { left, right, expression } if graph.is_none() => {
                let read = expression.as_ref().map_or(Some(Names::new()), vars::used);
                let touched = read.map(|names| &names | &vars::all(&right));
                if free(touched, rest, &left) {
                    self.take(*left, None, rest);
                    self.around.push(Around::Optional(*right, expression));
                } else {
                    self.member(GraphPattern::LeftJoin { left, right, expression }, None, false);
                }
            }
            GraphPattern::Extend { inner, variable, expression } if graph.is_none() => {
                if free(vars::used(&expression), rest, &inner) && !rest.contains(&variable.to_string()) {
                    self.take(*inner, None, rest);
                    self.around.push(Around::Bind(variable, expression));
                } else {
                    self.member(GraphPattern::Extend { inner, variable, expression }, None, false);
                }
            }
            GraphPattern::Filter { expr, inner } if graph.is_none() => {
                if free(vars::used(&expr), rest, &inner) {
                    self.take(*inner, None, rest);
                    self.conditions(expr);
                } else {
                    self.member(GraphPattern::Filter { expr, inner }, None, false);
                }
            }
            GraphPattern::Values { ref bindings, .. } => {
                let few = bindings.len() <= FEW_VALUES;
                self.member(pattern, graph, few);
            }
            other => self.member(other, graph, false),
        }
    }

    fn conditions(&mut self, expression: Expression) {
        match expression {
            Expression::And(a, b) => {
                self.conditions(*a);
                self.conditions(*b);
            }
            other => self.around.push(Around::Condition(other)),
        }
    }

    fn member(&mut self, pattern: GraphPattern, graph: Option<&NamedNodePattern>, leaf: bool) {
        let pattern = match graph {
            Some(name) => GraphPattern::Graph { name: name.clone(), inner: Box::new(pattern) },
            None => pattern,
        };
        self.members.push(Member { names: vars::all(&pattern), pattern, leaf });
    }
}

/// Whether what an operator touches has nothing to do with the rest of the join.
fn free(touched: Option<Names>, rest: &Names, left: &GraphPattern) -> bool {
    if rest.is_empty() {
        return true;
    }
    let certain = vars::certain(left);
    touched.is_some_and(|names| names.intersection(rest).all(|n| certain.contains(n)))
}

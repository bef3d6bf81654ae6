//! A group: patterns that are joined, and the operators that stand around them.

use oxigraph::sparql::Variable;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::NamedNodePattern;

use super::order::{HASH, SEEK, repeatable, whole};
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

    /// The left side with what is optional, for each row or all at once. The planner's own reckoning overflows behind long
    /// chains, so that it would read all there is; it leaves a `LATERAL` as it is.
    fn optional(
        &self,
        left: Planned,
        right: GraphPattern,
        mut expression: Option<Expression>,
        bound: &Names,
    ) -> Planned {
        let inside = bound | &vars::certain(&left.pattern);
        if let Some(expression) = &mut expression {
            self.exists(expression, &(&(bound | &vars::all(&left.pattern)) | &vars::all(&right)));
        }
        let rows = |each: f64| left.rows * each.max(1.0);
        if correlates(&left.pattern, &right, expression.as_ref()) {
            let once = self.pattern(right.clone(), bound);
            let each = self.pattern(right, &inside);
            let (cost_each, cost_once) = (left.rows * (SEEK + each.cost), once.cost + HASH * (once.rows + left.rows));
            let rows = rows(each.rows);
            if cost_each < cost_once {
                // Not the empty pattern: inside `GRAPH` that has a row for each graph.
                let one = GraphPattern::Values { variables: Vec::new(), bindings: vec![Vec::new()] };
                let optional =
                    GraphPattern::LeftJoin { left: Box::new(one), right: Box::new(each.pattern), expression };
                let pattern = GraphPattern::Lateral { left: Box::new(left.pattern), right: Box::new(optional) };
                return Planned { pattern, rows, cost: left.cost + cost_each };
            }
            let pattern = GraphPattern::LeftJoin {
                left: Box::new(left.pattern),
                right: Box::new(whole(once.pattern)),
                expression,
            };
            return Planned { pattern, rows, cost: left.cost + cost_once };
        }
        let right = self.pattern(right, &inside);
        let (rows, cost) = (rows(right.rows), left.cost + left.rows * right.cost);
        let pattern =
            GraphPattern::LeftJoin { left: Box::new(left.pattern), right: Box::new(right.pattern), expression };
        Planned { pattern, rows, cost }
    }

    fn put_around(&self, inner: Planned, around: Around, bound: &Names) -> Planned {
        match around {
            Around::Optional(right, expression) => self.optional(inner, right, expression, bound),
            Around::Bind(variable, mut expression) => {
                let Planned { pattern, rows, cost } = inner;
                self.exists(&mut expression, &(bound | &vars::all(&pattern)));
                let pattern = GraphPattern::Extend { inner: Box::new(pattern), variable, expression };
                Planned { pattern, rows, cost }
            }
            Around::Condition(mut expr) => {
                let Planned { pattern, rows, cost } = inner;
                self.exists(&mut expr, &(bound | &vars::all(&pattern)));
                let pattern = GraphPattern::Filter { expr, inner: Box::new(pattern) };
                Planned { pattern, rows: rows * FILTERED, cost }
            }
        }
    }
}

/// Whether an optional pattern can be asked anew for each row on the left and give what it gives asked once.
fn correlates(left: &GraphPattern, right: &GraphPattern, expression: Option<&Expression>) -> bool {
    let (certain, seen) = (vars::certain(left), vars::all(left));
    let read = expression.map_or(Some(Names::new()), vars::used);
    let mine = vars::all(right);
    repeatable(right)
        && !mine.is_disjoint(&seen)
        && mine.intersection(&seen).all(|name| certain.contains(name))
        && read.is_some_and(|names| names.is_subset(&(&certain | &vars::certain(right))))
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
            GraphPattern::LeftJoin { left, right, expression } => {
                let read = expression.as_ref().map_or(Some(Names::new()), vars::used);
                let touched = read.map(|names| &names | &vars::all(&right));
                if free(touched, rest, &left, graph) {
                    self.take(*left, graph, rest);
                    self.around.push(Around::Optional(in_graph(*right, graph), expression));
                } else {
                    self.member(GraphPattern::LeftJoin { left, right, expression }, graph, false);
                }
            }
            GraphPattern::Extend { inner, variable, expression } => {
                let taken = rest.contains(&variable.to_string());
                if !taken && free(vars::used(&expression), rest, &inner, graph) {
                    self.take(*inner, graph, rest);
                    self.around.push(Around::Bind(variable, expression));
                } else {
                    self.member(GraphPattern::Extend { inner, variable, expression }, graph, false);
                }
            }
            GraphPattern::Filter { expr, inner } => {
                if free(vars::used(&expr), rest, &inner, graph) {
                    self.take(*inner, graph, rest);
                    self.conditions(expr);
                } else {
                    self.member(GraphPattern::Filter { expr, inner }, graph, false);
                }
            }
            GraphPattern::Union { left, right } if graph.is_some() => {
                let (left, right) = (Box::new(in_graph(*left, graph)), Box::new(in_graph(*right, graph)));
                self.member(GraphPattern::Union { left, right }, None, false);
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
        let pattern = in_graph(pattern, graph);
        self.members.push(Member { names: vars::all(&pattern), pattern, leaf });
    }
}

fn in_graph(inner: GraphPattern, graph: Option<&NamedNodePattern>) -> GraphPattern {
    match graph {
        Some(name) => GraphPattern::Graph { name: name.clone(), inner: Box::new(inner) },
        None => inner,
    }
}

/// Whether what an operator touches (`None`: whatever there is) has nothing to do with the rest of the join, nor with the
/// graph it stands in.
fn free(touched: Option<Names>, rest: &Names, left: &GraphPattern, graph: Option<&NamedNodePattern>) -> bool {
    let Some(touched) = touched else { return rest.is_empty() && graph.is_none() };
    let certain = vars::certain(left);
    graph.is_none_or(|name| touched.is_disjoint(&vars::of_node(name)))
        && touched.intersection(rest).all(|n| certain.contains(n))
}

//! Groups of patterns: what the planner flattens into one join and orders anew.

use oxigraph::model::Literal;
use oxigraph::sparql::Variable;
use spargebra::algebra::{Expression, GraphPattern, PropertyPathExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use super::leaves::join;
use super::{Place, Rewrite, tick, variables, yes};

/// A member of a join.
enum Member {
    Triple(Option<NamedNodePattern>, TriplePattern),
    Path(Option<NamedNodePattern>, TermPattern, PropertyPathExpression, TermPattern),
    /// Anything else; the planner takes it as one piece.
    Other(Option<NamedNodePattern>, GraphPattern),
}

/// A rewritten member, and a variable that it surely binds.
struct Done {
    pattern: GraphPattern,
    variable: Option<Variable>,
    leaf: bool,
    /// Which of the parts without common variables it belongs to.
    part: usize,
}

impl Rewrite {
    pub(super) fn group(&mut self, pattern: GraphPattern, place: &Place) -> GraphPattern {
        let mut members = Vec::new();
        flatten(pattern, None, &mut members);
        let parts = parts(&members);
        let alone = |part: usize| parts.iter().filter(|p| **p == part).count() == 1;
        let single = members.len() == 1;
        let done: Vec<Done> =
            members.into_iter().zip(&parts).map(|(m, part)| self.member(m, *part, alone(*part), place)).collect();
        if single {
            return join(done.into_iter().map(|d| d.pattern));
        }
        self.tick_between(done)
    }

    fn member(&mut self, member: Member, part: usize, alone: bool, place: &Place) -> Done {
        let variable = first_variable(&member);
        let leaf = !matches!(member, Member::Other(..));
        let (graph, pattern) = match member {
            Member::Triple(graph, triple) => (graph, self.triple(triple)),
            Member::Path(graph, subject, path, object) => {
                let inside = within(place, graph.as_ref());
                (graph, self.path(subject, path, object, alone, &inside))
            }
            Member::Other(graph, other) => {
                let mut inside = within(place, graph.as_ref());
                inside.correlated |= !alone;
                (graph, self.pattern(other, &inside))
            }
        };
        let pattern = match graph {
            Some(name) => GraphPattern::Graph { name, inner: Box::new(pattern) },
            None => pattern,
        };
        Done { pattern, variable, leaf, part }
    }

    /// Ticks behind the joins of a group. Where all members are leaves of one part, their own ticks see every row.
    fn tick_between(&mut self, mut done: Vec<Done>) -> GraphPattern {
        let pieces = done.iter().filter(|d| !d.leaf).count();
        if pieces == 0 && done.iter().all(|d| d.part == done[0].part) {
            return join(done.into_iter().map(|d| d.pattern));
        }
        for d in done.iter_mut().filter(|d| !d.leaf) {
            // A constant of its own, so that there is a variable that only this member binds.
            let variable = self.fresh.variable();
            let inner = Box::new(std::mem::replace(&mut d.pattern, super::nothing()));
            let expression = Expression::Literal(Literal::from(1));
            d.pattern = GraphPattern::Extend { inner, variable: variable.clone(), expression };
            d.variable = Some(variable);
        }
        let pairs = pairs(&done);
        let joined = join(done.into_iter().map(|d| d.pattern));
        pairs.into_iter().fold(joined, |inner, (a, b)| {
            let same = Expression::SameTerm(Box::new(Expression::Variable(a)), Box::new(Expression::Variable(b)));
            let either = Expression::If(Box::new(same), Box::new(tick()), Box::new(tick()));
            GraphPattern::Filter { expr: Expression::Coalesce(vec![either, yes()]), inner: Box::new(inner) }
        })
    }
}

fn within(place: &Place, graph: Option<&NamedNodePattern>) -> Place {
    let open = matches!(graph, Some(NamedNodePattern::Variable(_)));
    Place { open_graph: place.open_graph || open, ..place.clone() }
}

/// Pairs of variables such that whatever two parts are joined, one pair comes together there: pieces with everything, and
/// one leaf of each part with one leaf of each other part.
fn pairs(done: &[Done]) -> Vec<(Variable, Variable)> {
    let mut out = Vec::new();
    let mut seen: Vec<usize> = Vec::new();
    let speaks: Vec<bool> = done
        .iter()
        .map(|d| {
            let first = !d.leaf || !seen.contains(&d.part);
            if d.leaf {
                seen.push(d.part);
            }
            first
        })
        .collect();
    for (i, a) in done.iter().enumerate() {
        for (j, b) in done.iter().enumerate().skip(i + 1) {
            let wanted = if a.leaf && b.leaf { a.part != b.part && speaks[i] && speaks[j] } else { true };
            if let (true, Some(a), Some(b)) = (wanted, &a.variable, &b.variable)
                && a != b
            {
                out.push((a.clone(), b.clone()));
            }
        }
    }
    out.sort();
    out.dedup();
    out
}

/// The members of a join, `GRAPH` written to each as the planner does it.
fn flatten(pattern: GraphPattern, graph: Option<&NamedNodePattern>, out: &mut Vec<Member>) {
    match pattern {
        GraphPattern::Join { left, right } => {
            flatten(*left, graph, out);
            flatten(*right, graph, out);
        }
        GraphPattern::Bgp { patterns } if graph.is_none() || !patterns.is_empty() => {
            out.extend(patterns.into_iter().map(|t| Member::Triple(graph.cloned(), t)));
        }
        GraphPattern::Path { subject, path, object } => out.push(Member::Path(graph.cloned(), subject, path, object)),
        GraphPattern::Graph { name, inner } => flatten(*inner, Some(&name), out),
        // `GRAPH ?g {}`: the graphs themselves.
        GraphPattern::Bgp { .. } => out.push(Member::Other(graph.cloned(), pattern)),
        other => out.push(Member::Other(graph.cloned(), other)),
    }
}

fn first_variable(member: &Member) -> Option<Variable> {
    let (graph, leaf) = match member {
        Member::Triple(graph, triple) => (graph, GraphPattern::Bgp { patterns: vec![triple.clone()] }),
        Member::Path(graph, subject, path, object) => {
            (graph, GraphPattern::Path { subject: subject.clone(), path: path.clone(), object: object.clone() })
        }
        Member::Other(..) => return None,
    };
    let open = graph.as_ref().and_then(|g| match g {
        NamedNodePattern::Variable(v) => Some(v.clone()),
        NamedNodePattern::NamedNode(_) => None,
    });
    variables(&leaf).into_iter().next().or(open)
}

/// Names that a member binds: variables, and blank nodes, which join like variables.
fn names(member: &Member) -> Vec<String> {
    let mut out = Vec::new();
    let graph = match member {
        Member::Triple(graph, triple) => {
            out.extend([name(&triple.subject), named(&triple.predicate), name(&triple.object)].into_iter().flatten());
            graph
        }
        Member::Path(graph, subject, _, object) => {
            out.extend([name(subject), name(object)].into_iter().flatten());
            graph
        }
        Member::Other(graph, other) => {
            out.extend(variables(other).iter().map(ToString::to_string));
            graph
        }
    };
    out.extend(graph.as_ref().and_then(named));
    out
}

fn name(term: &TermPattern) -> Option<String> {
    matches!(term, TermPattern::Variable(_) | TermPattern::BlankNode(_)).then(|| term.to_string())
}

fn named(term: &NamedNodePattern) -> Option<String> {
    matches!(term, NamedNodePattern::Variable(_)).then(|| term.to_string())
}

/// For each member the number of its part: members with common names are in one.
fn parts(members: &[Member]) -> Vec<usize> {
    let names: Vec<Vec<String>> = members.iter().map(names).collect();
    let mut part: Vec<usize> = (0..members.len()).collect();
    for i in 0..members.len() {
        for j in 0..i {
            if names[i].iter().any(|n| names[j].contains(n)) && part[i] != part[j] {
                let (from, to) = (part[i], part[j]);
                part.iter_mut().filter(|p| **p == from).for_each(|p| *p = to);
            }
        }
    }
    part
}

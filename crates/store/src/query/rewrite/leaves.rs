//! Triple patterns and paths, one by one, each with its tick.

use oxigraph::sparql::Variable;
use spargebra::algebra::{Expression, GraphPattern, PropertyPathExpression as Path};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use super::{Place, Rewrite, nothing, tick, ticked, walk, yes};

impl Rewrite {
    /// A triple pattern with a tick. One that names a variable twice would go through rows that do not fit without giving
    /// any; its second use becomes a variable of its own and a filter.
    pub(super) fn triple(&mut self, mut triple: TriplePattern) -> GraphPattern {
        let mut seen: Vec<Variable> = Vec::new();
        let mut same = Vec::new();
        if let TermPattern::Variable(v) = &triple.subject {
            seen.push(v.clone());
        }
        if let NamedNodePattern::Variable(v) = &mut triple.predicate {
            self.once(v, &mut seen, &mut same);
        }
        if let TermPattern::Variable(v) = &mut triple.object {
            self.once(v, &mut seen, &mut same);
        }
        let pattern = ticked(GraphPattern::Bgp { patterns: vec![triple] });
        same.into_iter().fold(pattern, equal)
    }

    fn once(&mut self, v: &mut Variable, seen: &mut Vec<Variable>, same: &mut Vec<(Variable, Variable)>) {
        if seen.contains(v) {
            let other = self.fresh.variable();
            same.push((v.clone(), other.clone()));
            *v = other;
        } else {
            seen.push(v.clone());
        }
    }

    /// A path with a tick. `alone`: nothing else can bind its ends.
    pub(super) fn path(
        &mut self,
        subject: TermPattern,
        path: Path,
        object: TermPattern,
        alone: bool,
        place: &Place,
    ) -> GraphPattern {
        match (&path, &subject, &object) {
            (Path::NegatedPropertySet(not), _, _) => {
                let predicate = self.fresh.variable();
                let mut condition = yes();
                for node in not {
                    let same = Expression::SameTerm(
                        Box::new(Expression::Variable(predicate.clone())),
                        Box::new(Expression::NamedNode(node.clone())),
                    );
                    condition = Expression::And(Box::new(condition), Box::new(Expression::Not(Box::new(same))));
                }
                let triple = TriplePattern { subject, predicate: predicate.into(), object };
                let expr = Expression::Coalesce(vec![tick(), condition]);
                GraphPattern::Filter { expr, inner: Box::new(self.triple(triple)) }
            }
            (Path::ZeroOrMore(_) | Path::OneOrMore(_), TermPattern::Variable(start), TermPattern::Variable(end))
                if alone && !place.correlated && !place.open_graph && start != end =>
            {
                let starts = self.starts(start, &path);
                let path = ticked(GraphPattern::Path { subject, path, object });
                GraphPattern::Lateral { left: Box::new(starts), right: Box::new(path) }
            }
            _ => ticked(GraphPattern::Path { subject, path, object }),
        }
    }

    /// Where an open path can start, each node once. From each start it is then followed alone: all at once it would hold
    /// every pair of nodes before it gave the first.
    fn starts(&mut self, start: &Variable, path: &Path) -> GraphPattern {
        let [a, b, c, d] = std::array::from_fn(|_| self.fresh.variable());
        let all = match path {
            Path::OneOrMore(step) => {
                let first =
                    GraphPattern::Path { subject: start.clone().into(), path: (**step).clone(), object: a.into() };
                ticked(first)
            }
            _ => {
                let subjects = TriplePattern { subject: start.clone().into(), predicate: a.into(), object: b.into() };
                let objects = TriplePattern { subject: c.into(), predicate: d.into(), object: start.clone().into() };
                let (left, right) = (Box::new(self.triple(subjects)), Box::new(self.triple(objects)));
                GraphPattern::Union { left, right }
            }
        };
        let inner = Box::new(GraphPattern::Project { inner: Box::new(all), variables: vec![start.clone()] });
        GraphPattern::Distinct { inner }
    }
}

fn equal(inner: GraphPattern, (a, b): (Variable, Variable)) -> GraphPattern {
    let same = Expression::SameTerm(Box::new(Expression::Variable(a)), Box::new(Expression::Variable(b)));
    GraphPattern::Filter { expr: Expression::Coalesce(vec![tick(), same]), inner: Box::new(inner) }
}

/// All patterns joined; one empty row without any.
pub(super) fn join(patterns: impl IntoIterator<Item = GraphPattern>) -> GraphPattern {
    patterns
        .into_iter()
        .reduce(|left, right| GraphPattern::Join { left: Box::new(left), right: Box::new(right) })
        .unwrap_or_else(nothing)
}

/// Triple patterns, paths and other operators with rows of their own; those in expressions left out.
pub(super) fn count(pattern: &GraphPattern) -> usize {
    match pattern {
        GraphPattern::Bgp { patterns } => patterns.len(),
        GraphPattern::Path { .. } | GraphPattern::Values { .. } => 1,
        other => walk::children(other).into_iter().map(count).sum(),
    }
}

/// Most members of any one join, in all parts of a pattern.
pub(super) fn joined(pattern: &GraphPattern) -> usize {
    let inside = walk::children(pattern).into_iter().map(joined).max().unwrap_or(0);
    inside.max(members(pattern))
}

fn members(pattern: &GraphPattern) -> usize {
    match pattern {
        GraphPattern::Bgp { patterns } => patterns.len(),
        GraphPattern::Join { .. } | GraphPattern::Graph { .. } => {
            walk::children(pattern).into_iter().map(members).sum()
        }
        _ => 1,
    }
}

/// Whether a pattern is one triple pattern or one path.
pub(super) fn is_leaf(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Bgp { patterns } => patterns.len() == 1,
        GraphPattern::Path { .. } => true,
        GraphPattern::Graph { inner, .. } => is_leaf(inner),
        _ => false,
    }
}

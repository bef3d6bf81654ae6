//! How many rows one pattern gives for one row before it.

use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};
use oxigraph::store::Store;
use spargebra::algebra::{GraphPattern, PropertyPathExpression as Path};
use spargebra::term::{NamedNodePattern, TermPattern};

use super::Stats;
use super::vars::Names;
use crate::describe::Whole;

/// Rows of a pattern with a variable for its property: subject known, object known, both, nothing.
const ANY_PROPERTY: [f64; 4] = [15.0, 30.0, 1.5, 1e7];
/// Share of things that are of a class asked for.
const OF_CLASS: f64 = 0.9;
/// Things of a class that is not known yet.
const SOME_CLASS: f64 = 1_000.0;
const EVERY_NODE: f64 = 1e7;
/// Steps that `*` and `+` are taken to go.
const STEPS: f64 = 10.0;

/// What is known of an end of a pattern.
enum End {
    Constant(Term),
    /// A variable that has a value.
    Known,
    Free,
}

pub(super) struct Sizes<'s> {
    pub(super) store: &'s Store,
    pub(super) stats: &'s Stats,
    pub(super) whole: Option<&'s Whole>,
}

impl Sizes<'_> {
    pub(super) fn rows(&self, pattern: &GraphPattern, bound: &Names) -> f64 {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                let rows = patterns.iter().map(|t| {
                    let (s, o) = (end(&t.subject, bound), end(&t.object, bound));
                    match &t.predicate {
                        NamedNodePattern::NamedNode(p) => self.triple(&s, p, &o),
                        NamedNodePattern::Variable(_) => any_property(&s, &o),
                    }
                });
                rows.product()
            }
            GraphPattern::Path { subject, path, object } => self.path(&end(subject, bound), path, &end(object, bound)),
            GraphPattern::Graph { inner, .. } => self.rows(inner, bound),
            GraphPattern::Values { bindings, .. } => count(bindings.len()),
            _ => 1_000.0,
        }
    }

    fn triple(&self, s: &End, p: &NamedNode, o: &End) -> f64 {
        if p.as_ref() == rdf::TYPE {
            return match (s, o) {
                (End::Free, End::Constant(Term::NamedNode(class))) => self.class(class),
                (End::Free, End::Free) => self.total(p),
                (End::Free, _) => SOME_CLASS,
                (_, End::Free) => 1.0,
                (_, _) => OF_CLASS,
            };
        }
        let (by_subject, by_object) = (|| self.stats.by_subject(self.store, p), || self.stats.by_object(self.store, p));
        match (s, o) {
            (End::Free, End::Free) => self.total(p),
            (End::Free, End::Constant(o)) => self.stats.with_object(self.store, p, o),
            (End::Free, End::Known) => by_object(),
            (End::Constant(s), End::Free) => subject(s).map_or(0.0, |s| self.stats.with_subject(self.store, &s, p)),
            (End::Known, End::Free) => by_subject(),
            (End::Known | End::Constant(_), End::Constant(o)) => {
                let subjects = self.total(p) / by_subject().max(0.1);
                (self.stats.with_object(self.store, p, o) / subjects.max(1.0)).min(1.0)
            }
            (_, End::Known) => {
                let objects = self.total(p) / by_object().max(0.1);
                (by_subject() / objects.max(1.0)).min(1.0)
            }
        }
    }

    fn path(&self, s: &End, path: &Path, o: &End) -> f64 {
        match path {
            Path::NamedNode(p) => self.triple(s, p, o),
            Path::Reverse(path) => self.path(o, path, s),
            Path::Sequence(a, b) => {
                let ahead = self.path(s, a, &End::Free) * self.path(&End::Known, b, o);
                ahead.min(self.path(s, a, &End::Known) * self.path(&End::Free, b, o))
            }
            Path::Alternative(a, b) => self.path(s, a, o) + self.path(s, b, o),
            // Every node is at no steps from itself.
            Path::ZeroOrOne(_) | Path::ZeroOrMore(_) if matches!((s, o), (End::Free, End::Free)) => EVERY_NODE,
            Path::ZeroOrOne(path) => 1.0 + self.path(s, path, o),
            Path::ZeroOrMore(path) | Path::OneOrMore(path) => STEPS * self.path(s, path, o).max(1.0),
            Path::NegatedPropertySet(_) => any_property(s, o),
        }
    }

    fn total(&self, p: &NamedNode) -> f64 {
        let describe = |whole: &Whole| self.stats.described(p, || whole.statements(self.store, p));
        self.whole.and_then(describe).unwrap_or_else(|| self.stats.total(self.store, p))
    }

    fn class(&self, class: &NamedNode) -> f64 {
        let describe = |whole: &Whole| self.stats.described_class(class, || whole.instances(self.store, class));
        self.whole
            .and_then(describe)
            .unwrap_or_else(|| self.stats.with_object(self.store, &rdf::TYPE.into_owned(), &class.clone().into()))
    }
}

fn any_property(s: &End, o: &End) -> f64 {
    let [subject, object, both, none] = ANY_PROPERTY;
    match (s, o) {
        (End::Free, End::Free) => none,
        (End::Free, _) => object,
        (_, End::Free) => subject,
        (_, _) => both,
    }
}

fn end(term: &TermPattern, bound: &Names) -> End {
    match term {
        TermPattern::NamedNode(node) => End::Constant(node.clone().into()),
        TermPattern::Literal(literal) => End::Constant(literal.clone().into()),
        other if bound.contains(&other.to_string()) => End::Known,
        _ => End::Free,
    }
}

fn subject(term: &Term) -> Option<NamedOrBlankNode> {
    match term {
        Term::NamedNode(node) => Some(node.clone().into()),
        Term::BlankNode(node) => Some(node.clone().into()),
        Term::Literal(_) => None,
    }
}

/// A count as a figure to reckon with.
pub(super) fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

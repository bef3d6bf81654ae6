//! A look at the algebra: no storage is read.

use std::collections::BTreeSet;

use oxigraph::model::vocab::rdf;
use spargebra::algebra::{Expression, Function, GraphPattern, PropertyPathExpression as Path};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use super::HintKind;
use crate::query::lines::Writer;
use crate::query::rewrite::walk;

/// Something that may be slow, and the triple pattern by which it can be measured.
pub(crate) struct Found {
    pub(crate) kind: HintKind,
    pub(crate) pattern: String,
    pub(crate) other: Option<String>,
    pub(crate) triple: Option<TriplePattern>,
}

/// A triple pattern or path with the names it binds.
#[derive(Clone)]
struct Leaf {
    text: String,
    names: BTreeSet<String>,
    triple: Option<TriplePattern>,
    /// An IRI or text at one end, or one row of `VALUES`.
    anchored: bool,
}

pub(crate) fn look(pattern: &GraphPattern, writer: &Writer) -> Vec<Found> {
    let mut look = Look { writer, found: Vec::new() };
    look.see(pattern, &BTreeSet::new());
    look.found
}

struct Look<'w> {
    writer: &'w Writer,
    found: Vec<Found>,
}

impl Look<'_> {
    /// `outside`: names that are bound where the pattern stands.
    fn see(&mut self, pattern: &GraphPattern, outside: &BTreeSet<String>) {
        match pattern {
            GraphPattern::Bgp { .. }
            | GraphPattern::Path { .. }
            | GraphPattern::Join { .. }
            | GraphPattern::Graph { .. } => {
                self.group(pattern, outside);
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                self.see(left, outside);
                let names = all_names(left);
                if expression.is_none() {
                    self.detached("OPTIONAL", &names, right);
                }
                self.see(right, &names);
            }
            GraphPattern::Filter { expr, inner } => {
                self.see(inner, outside);
                self.condition(expr, inner);
            }
            GraphPattern::OrderBy { inner, .. } => {
                if !matches!(**inner, GraphPattern::Group { .. }) {
                    self.wide(inner, HintKind::SortAll);
                }
                self.see(inner, outside);
            }
            GraphPattern::Group { inner, .. } => {
                self.wide(inner, HintKind::GroupAll);
                self.see(inner, outside);
            }
            // What is inside is answered by something else.
            GraphPattern::Service { .. } => {}
            other => walk::children(other).into_iter().for_each(|inner| self.see(inner, outside)),
        }
    }

    fn tell(&mut self, kind: HintKind, pattern: String, triple: Option<TriplePattern>) {
        self.found.push(Found { kind, pattern, other: None, triple });
    }

    fn group(&mut self, pattern: &GraphPattern, outside: &BTreeSet<String>) {
        let (mut leaves, mut others) = (Vec::new(), Vec::new());
        self.flatten(pattern, &mut leaves, &mut others);
        for leaf in &leaves {
            let free = leaf.names.is_disjoint(outside);
            let only = leaves.iter().filter(|l| !l.names.is_disjoint(&leaf.names)).count() == 1 && others.is_empty();
            if let (true, true, Some(kind)) = (only, free, open(leaf)) {
                self.tell(kind, leaf.text.clone(), leaf.triple.clone());
            }
        }
        for other in &others {
            self.see(other, outside);
            leaves.push(Leaf {
                text: self.brief(other),
                names: all_names(other),
                triple: None,
                anchored: matches!(other, GraphPattern::Values { bindings, .. } if bindings.len() < 2),
            });
        }
        if let Some((first, second)) = product(&leaves, outside) {
            let (pattern, other) = (first.text.clone(), Some(second.text.clone()));
            self.found.push(Found { kind: HintKind::Product, pattern, other, triple: None });
        }
    }

    fn flatten<'p>(&self, pattern: &'p GraphPattern, leaves: &mut Vec<Leaf>, others: &mut Vec<&'p GraphPattern>) {
        match pattern {
            GraphPattern::Join { left, right } => {
                self.flatten(left, leaves, others);
                self.flatten(right, leaves, others);
            }
            GraphPattern::Graph { inner, .. } => self.flatten(inner, leaves, others),
            GraphPattern::Bgp { patterns } => leaves.extend(patterns.iter().map(|t| self.triple(t))),
            GraphPattern::Path { subject, path, object } => leaves.push(self.path(subject, path, object)),
            other => others.push(other),
        }
    }

    fn triple(&self, triple: &TriplePattern) -> Leaf {
        let mut names = ends(&triple.subject, &triple.object);
        if let NamedNodePattern::Variable(v) = &triple.predicate {
            names.insert(v.to_string());
        }
        // A class has any number of members.
        let class = matches!(&triple.predicate, NamedNodePattern::NamedNode(p) if p.as_ref() == rdf::TYPE);
        let anchored = !free(&triple.subject) || (!free(&triple.object) && !class);
        Leaf { text: self.writer.triple(triple), names, triple: Some(triple.clone()), anchored }
    }

    fn path(&self, subject: &TermPattern, path: &Path, object: &TermPattern) -> Leaf {
        let endless = matches!(path, Path::ZeroOrMore(_) | Path::OneOrMore(_));
        let anchored = !endless || !free(subject) || !free(object);
        let text = self.writer.path(subject, path, object);
        Leaf { text, names: ends(subject, object), triple: None, anchored }
    }

    /// The first pattern of a group, and that there is more.
    fn brief(&self, pattern: &GraphPattern) -> String {
        match (pattern, self.first_leaf(pattern)) {
            (GraphPattern::Values { variables, .. }, _) => {
                format!("VALUES ({})", variables.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
            }
            (_, Some(leaf)) => format!("{{ {} … }}", leaf.text),
            (_, None) => "{ … }".to_owned(),
        }
    }

    fn first_leaf(&self, pattern: &GraphPattern) -> Option<Leaf> {
        match pattern {
            GraphPattern::Bgp { patterns } => patterns.first().map(|t| self.triple(t)),
            GraphPattern::Path { subject, path, object } => Some(self.path(subject, path, object)),
            other => walk::children(other).into_iter().find_map(|p| self.first_leaf(p)),
        }
    }

    /// The pattern that a sort or a group reads, when nothing narrows it.
    fn wide(&mut self, inner: &GraphPattern, kind: HintKind) {
        let (mut leaves, mut others) = (Vec::new(), Vec::new());
        let mut pattern = inner;
        while let GraphPattern::Extend { inner, .. } | GraphPattern::Filter { inner, .. } = pattern {
            pattern = inner;
        }
        self.flatten(pattern, &mut leaves, &mut others);
        let fixed = |l: &Leaf| l.triple.as_ref().is_some_and(|t| !free(&t.subject));
        let narrow = !others.is_empty() || leaves.iter().any(fixed);
        if let Some(leaf) = leaves.into_iter().next().filter(|l| !narrow && l.triple.is_some()) {
            self.tell(kind, leaf.text, leaf.triple);
        }
    }

    /// Searches of texts, and `EXISTS` without a connection.
    fn condition(&mut self, expression: &Expression, inner: &GraphPattern) {
        match expression {
            Expression::And(a, b) | Expression::Or(a, b) => {
                self.condition(a, inner);
                self.condition(b, inner);
            }
            Expression::Not(a) => self.condition(a, inner),
            Expression::Exists(pattern) => {
                let names = all_names(inner);
                self.detached("EXISTS", &names, pattern);
                self.see(pattern, &names);
            }
            Expression::FunctionCall(Function::Regex | Function::Contains, arguments) if !at_start(arguments) => {
                let searched = arguments.first().and_then(searched);
                if let Some(triple) = searched.and_then(|v| text_pattern(inner, &v)) {
                    self.tell(HintKind::TextScan, self.writer.triple(&triple), Some(triple));
                }
            }
            _ => {}
        }
    }

    fn detached(&mut self, word: &str, outside: &BTreeSet<String>, inside: &GraphPattern) {
        let names = all_names(inside);
        let fixed = self.first_leaf(inside).is_none_or(|l| l.anchored && l.triple.is_some());
        if !names.is_empty() && names.is_disjoint(outside) && !fixed && !filtered(inside) {
            self.tell(HintKind::Detached, format!("{word} {}", self.brief(inside)), None);
        }
    }
}

/// Two parts of a group without a common variable, neither of them fixed.
fn product<'l>(leaves: &'l [Leaf], outside: &BTreeSet<String>) -> Option<(&'l Leaf, &'l Leaf)> {
    let mut parts: Vec<(BTreeSet<String>, &Leaf)> = Vec::new();
    for leaf in leaves.iter().filter(|l| !l.names.is_empty() && !l.anchored) {
        let mut names: BTreeSet<String> = leaf.names.difference(outside).cloned().collect();
        let mut first = leaf;
        if names.is_empty() {
            continue;
        }
        parts.retain(|(other, speaker)| {
            let apart = other.is_disjoint(&names);
            if !apart {
                names.extend(other.iter().cloned());
                first = *speaker;
            }
            apart
        });
        parts.push((names, first));
    }
    let fixed = |names: &BTreeSet<String>| {
        leaves.iter().any(|l| l.anchored && l.triple.is_some() && !l.names.is_disjoint(names))
    };
    let mut free = parts.iter().filter(|(names, _)| !fixed(names)).map(|(_, leaf)| *leaf);
    free.next().zip(free.next())
}

/// Why a pattern that nothing else narrows is slow.
fn open(leaf: &Leaf) -> Option<HintKind> {
    match &leaf.triple {
        Some(t) => {
            let all = free(&t.subject) && free(&t.object) && matches!(t.predicate, NamedNodePattern::Variable(_));
            all.then_some(HintKind::Everything)
        }
        None => (!leaf.anchored).then_some(HintKind::OpenPath),
    }
}

fn free(term: &TermPattern) -> bool {
    matches!(term, TermPattern::Variable(_) | TermPattern::BlankNode(_))
}

fn ends(subject: &TermPattern, object: &TermPattern) -> BTreeSet<String> {
    [subject, object].into_iter().filter(|t| free(t)).map(ToString::to_string).collect()
}

fn all_names(pattern: &GraphPattern) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    pattern.on_in_scope_variable(|v| {
        names.insert(v.to_string());
    });
    names
}

/// A regular expression that looks only at the start of each text.
fn at_start(arguments: &[Expression]) -> bool {
    matches!(arguments.get(1), Some(Expression::Literal(l)) if l.value().starts_with('^'))
}

/// The variable whose text is searched.
fn searched(argument: &Expression) -> Option<String> {
    match argument {
        Expression::Variable(v) => Some(v.to_string()),
        Expression::FunctionCall(Function::Str | Function::LCase | Function::UCase, inner) => {
            inner.first().and_then(searched)
        }
        _ => None,
    }
}

/// The pattern that gives a variable its text, unless its subject is fixed.
fn text_pattern(inner: &GraphPattern, variable: &str) -> Option<TriplePattern> {
    if let GraphPattern::Bgp { patterns } = inner {
        let gives = |t: &&TriplePattern| t.object.to_string() == variable && free(&t.subject);
        return patterns.iter().find(gives).cloned();
    }
    walk::children(inner).into_iter().find_map(|p| text_pattern(p, variable))
}

/// A filter inside may use what is outside.
fn filtered(pattern: &GraphPattern) -> bool {
    matches!(pattern, GraphPattern::Filter { .. }) || walk::children(pattern).into_iter().any(filtered)
}

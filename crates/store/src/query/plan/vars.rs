//! Which names a pattern gives values to. Blank nodes of a query are names too: they join like variables.

use std::collections::BTreeSet;

use oxigraph::sparql::Variable;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{NamedNodePattern, TermPattern};

use crate::query::rewrite::walk;

/// Names of variables and blank nodes, as written in a query.
pub(super) type Names = BTreeSet<String>;

/// Names that may have a value in a row of a pattern.
pub(super) fn all(pattern: &GraphPattern) -> Names {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } => certain(pattern),
        GraphPattern::Graph { name, inner } => &all(inner) | &of_node(name),
        GraphPattern::Join { left, right } => &all(left) | &all(right),
        other => {
            let mut names = Names::new();
            other.on_in_scope_variable(|v| {
                names.insert(v.to_string());
            });
            names
        }
    }
}

/// Names that have a value in every row of a pattern.
pub(super) fn certain(pattern: &GraphPattern) -> Names {
    match pattern {
        GraphPattern::Bgp { patterns } => patterns
            .iter()
            .flat_map(|t| [of_term(&t.subject), of_node(&t.predicate), of_term(&t.object)])
            .flatten()
            .collect(),
        GraphPattern::Path { subject, object, .. } => &of_term(subject) | &of_term(object),
        GraphPattern::Values { variables, bindings } => {
            let always = |i: usize| bindings.iter().all(|row| row.get(i).is_some_and(Option::is_some));
            variables.iter().enumerate().filter(|(i, _)| always(*i)).map(|(_, v)| v.to_string()).collect()
        }
        GraphPattern::Graph { name, inner } => &certain(inner) | &of_node(name),
        GraphPattern::Join { left, right } | GraphPattern::Lateral { left, right } => &certain(left) | &certain(right),
        GraphPattern::Union { left, right } => &certain(left) & &certain(right),
        GraphPattern::LeftJoin { left, .. } | GraphPattern::Minus { left, .. } => certain(left),
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => certain(inner),
        GraphPattern::Project { inner, variables } | GraphPattern::Group { inner, variables, .. } => {
            &certain(inner) & &written(variables)
        }
        GraphPattern::Service { .. } => Names::new(),
    }
}

/// Names that an expression reads; `None` if it asks `EXISTS`, which reads whatever its row has.
pub(super) fn used(expression: &Expression) -> Option<Names> {
    let mut names = Names::new();
    let mut open = vec![expression.clone()];
    while let Some(mut expression) = open.pop() {
        match &expression {
            Expression::Variable(v) | Expression::Bound(v) => {
                names.insert(v.to_string());
            }
            Expression::Exists(_) => return None,
            _ => {}
        }
        open.extend(walk::operands_mut(&mut expression).into_iter().map(|e| e.clone()));
    }
    Some(names)
}

pub(super) fn of_term(term: &TermPattern) -> Names {
    match term {
        TermPattern::Variable(_) | TermPattern::BlankNode(_) => Names::from([term.to_string()]),
        _ => Names::new(),
    }
}

pub(super) fn of_node(node: &NamedNodePattern) -> Names {
    match node {
        NamedNodePattern::Variable(v) => Names::from([v.to_string()]),
        NamedNodePattern::NamedNode(_) => Names::new(),
    }
}

fn written(variables: &[Variable]) -> Names {
    variables.iter().map(ToString::to_string).collect()
}

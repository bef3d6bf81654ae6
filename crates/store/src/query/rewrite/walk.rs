//! The parts of algebra, for walking through it.

use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};

/// Patterns directly inside a pattern; those in expressions left out.
pub(crate) fn children(pattern: &GraphPattern) -> Vec<&GraphPattern> {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => Vec::new(),
        GraphPattern::Join { left, right }
        | GraphPattern::LeftJoin { left, right, .. }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right } => vec![left, right],
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Graph { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Group { inner, .. }
        | GraphPattern::Service { inner, .. } => vec![inner],
    }
}

/// The same, to be changed.
pub(crate) fn children_mut(pattern: &mut GraphPattern) -> Vec<&mut GraphPattern> {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => Vec::new(),
        GraphPattern::Join { left, right }
        | GraphPattern::LeftJoin { left, right, .. }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right } => vec![left, right],
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Graph { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Group { inner, .. }
        | GraphPattern::Service { inner, .. } => vec![inner],
    }
}

/// Expressions directly inside a pattern, to be changed.
pub(crate) fn expressions_mut(pattern: &mut GraphPattern) -> Vec<&mut Expression> {
    match pattern {
        GraphPattern::Filter { expr, .. } => vec![expr],
        GraphPattern::Extend { expression, .. } => vec![expression],
        GraphPattern::LeftJoin { expression, .. } => expression.iter_mut().collect(),
        GraphPattern::OrderBy { expression, .. } => expression
            .iter_mut()
            .map(|e| match e {
                OrderExpression::Asc(e) | OrderExpression::Desc(e) => e,
            })
            .collect(),
        GraphPattern::Group { aggregates, .. } => aggregates
            .iter_mut()
            .filter_map(|(_, a)| match a {
                AggregateExpression::FunctionCall { expr, .. } => Some(expr),
                AggregateExpression::CountSolutions { .. } => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Expressions directly inside an expression, to be changed; the pattern of `EXISTS` left out.
pub(crate) fn operands_mut(expression: &mut Expression) -> Vec<&mut Expression> {
    match expression {
        Expression::NamedNode(_)
        | Expression::Literal(_)
        | Expression::Variable(_)
        | Expression::Bound(_)
        | Expression::Exists(_) => Vec::new(),
        Expression::Or(a, b)
        | Expression::And(a, b)
        | Expression::Equal(a, b)
        | Expression::SameTerm(a, b)
        | Expression::Greater(a, b)
        | Expression::GreaterOrEqual(a, b)
        | Expression::Less(a, b)
        | Expression::LessOrEqual(a, b)
        | Expression::Add(a, b)
        | Expression::Subtract(a, b)
        | Expression::Multiply(a, b)
        | Expression::Divide(a, b) => vec![a, b],
        Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => vec![a],
        Expression::If(a, b, c) => vec![a, b, c],
        Expression::In(a, list) => std::iter::once(&mut **a).chain(list).collect(),
        Expression::Coalesce(list) | Expression::FunctionCall(_, list) => list.iter_mut().collect(),
    }
}

/// Calls `see` for each expression of a pattern and of its parts, patterns of `EXISTS` included.
pub(crate) fn each_expression(pattern: &mut GraphPattern, see: &mut dyn FnMut(&mut Expression)) {
    for expression in expressions_mut(pattern) {
        each_operand(expression, see);
    }
    for inner in children_mut(pattern) {
        each_expression(inner, see);
    }
}

fn each_operand(expression: &mut Expression, see: &mut dyn FnMut(&mut Expression)) {
    see(expression);
    if let Expression::Exists(inner) = expression {
        each_expression(inner, see);
    }
    for operand in operands_mut(expression) {
        each_operand(operand, see);
    }
}

/// Whether any part names a graph.
pub(crate) fn has_graph(pattern: &mut GraphPattern) -> bool {
    let mut found = false;
    each_expression(pattern, &mut |e| {
        found |= matches!(e, Expression::Exists(inner) if names_graph(inner));
    });
    found || names_graph(pattern)
}

fn names_graph(pattern: &GraphPattern) -> bool {
    matches!(pattern, GraphPattern::Graph { .. }) || children(pattern).into_iter().any(names_graph)
}

//! Expressions: ticks in filters, limits on the texts they build, and the patterns of `EXISTS`.

use std::sync::Arc;

use oxigraph::model::Term;
use spargebra::algebra::{AggregateExpression, AggregateFunction, Expression, Function, GraphPattern};

use super::walk;
use super::{Custom, MAX_BUILT, Place, Rewrite, name, nothing, tick};
use crate::query::guard::Guard;

/// Most bytes of a text that a regular expression looks through: one match cannot be interrupted.
const MAX_SEARCHED: usize = 256 << 10;
/// Most bytes of what `REPLACE` puts in: at every character of the text, in the worst case.
const MAX_PUT_IN: usize = 1000;

impl Rewrite {
    /// A condition with a tick in each of its conjuncts: the planner takes them apart and puts them in an order of its own.
    pub(super) fn condition(&mut self, expression: Expression) -> Expression {
        match expression {
            Expression::And(a, b) => {
                let (a, b) = (self.condition(*a), self.condition(*b));
                Expression::And(Box::new(a), Box::new(b))
            }
            other => Expression::Coalesce(vec![tick(), self.expression(other)]),
        }
    }

    pub(super) fn expression(&mut self, mut expression: Expression) -> Expression {
        self.inside(&mut expression);
        expression
    }

    pub(super) fn aggregate(&mut self, aggregate: AggregateExpression) -> AggregateExpression {
        match aggregate {
            AggregateExpression::FunctionCall { name, expr, distinct } => {
                AggregateExpression::FunctionCall { name, expr: self.expression(expr), distinct }
            }
            count @ AggregateExpression::CountSolutions { .. } => count,
        }
    }

    fn inside(&mut self, expression: &mut Expression) {
        if let Expression::Exists(inner) = expression {
            let place = Place { correlated: true, open_graph: true };
            let taken = std::mem::replace(&mut **inner, nothing());
            **inner = self.pattern(taken, &place);
        }
        for operand in walk::operands_mut(expression) {
            self.inside(operand);
        }
        if let (true, Expression::FunctionCall(function, arguments)) = (self.builds, expression) {
            self.bound_texts(function, arguments);
        }
    }

    /// Keeps what one call may cost small: nothing can be asked while it runs.
    fn bound_texts(&mut self, function: &mut Function, arguments: &mut [Expression]) {
        match function {
            Function::Concat => {
                *function = Function::Custom(name("concat"));
                self.define("concat", |guard, arguments| guard.concat(arguments, MAX_BUILT));
            }
            Function::UCase | Function::LCase | Function::EncodeForUri => self.shorten(arguments, 0, MAX_BUILT),
            Function::Regex => self.shorten(arguments, 0, MAX_SEARCHED),
            Function::Replace => {
                self.shorten(arguments, 0, MAX_SEARCHED);
                self.shorten(arguments, 2, MAX_PUT_IN);
            }
            _ => {}
        }
    }

    fn shorten(&mut self, arguments: &mut [Expression], at: usize, limit: usize) {
        let function = format!("short/{limit}");
        if let Some(argument) = arguments.get_mut(at)
            && !matches!(argument, Expression::Literal(_))
        {
            let inner = std::mem::replace(argument, Expression::Coalesce(Vec::new()));
            *argument = Expression::FunctionCall(Function::Custom(name(&function)), vec![inner]);
            self.define(&function, move |guard, arguments| guard.short(arguments, limit));
        }
    }

    fn define(&mut self, local: &str, body: impl Fn(&Guard, &[Term]) -> Option<Term> + Send + Sync + 'static) {
        let name = name(local);
        if self.functions.iter().all(|(n, _)| *n != name) {
            let guard = Arc::clone(&self.guard);
            let function: Custom = Box::new(move |arguments| body(&guard, arguments));
            self.functions.push((name, function));
        }
    }
}

/// Whether the query makes texts longer than those of the store.
pub(super) fn builds_texts(pattern: &mut GraphPattern) -> bool {
    let mut found = joins_texts(pattern);
    walk::each_expression(pattern, &mut |e| match e {
        Expression::FunctionCall(
            Function::Concat | Function::Replace | Function::EncodeForUri | Function::UCase | Function::LCase,
            _,
        ) => found = true,
        Expression::Exists(inner) => found |= joins_texts(inner),
        _ => {}
    });
    found
}

fn joins_texts(pattern: &GraphPattern) -> bool {
    let joins = |a: &AggregateExpression| {
        matches!(a, AggregateExpression::FunctionCall { name: AggregateFunction::GroupConcat { .. }, .. })
    };
    let here = matches!(pattern, GraphPattern::Group { aggregates, .. } if aggregates.iter().any(|(_, a)| joins(a)));
    here || walk::children(pattern).into_iter().any(joins_texts)
}

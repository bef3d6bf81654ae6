//! The order of terms: SPARQL 1.1 §15.1. Where that leaves it open, values go by kind (numbers, dates and times,
//! durations, texts), so that the order is a total one; texts go by code points, then datatype and language.

use std::cmp::Ordering;

use oxigraph::model::Term;
use oxsdatatypes::{Decimal, Double, Float};
use spareval::ExpressionTerm as T;

/// Nothing, blank nodes, IRIs, literals.
pub(crate) fn compare(a: Option<&T>, b: Option<&T>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => terms(a, b),
        (Some(_), None) => Ordering::Greater,
        (None, Some(_)) => Ordering::Less,
        (None, None) => Ordering::Equal,
    }
}

fn terms(a: &T, b: &T) -> Ordering {
    match (a, b) {
        (T::BlankNode(a), T::BlankNode(b)) => a.as_str().cmp(b.as_str()),
        (T::NamedNode(a), T::NamedNode(b)) => a.as_str().cmp(b.as_str()),
        _ => kind(a).cmp(&kind(b)).then_with(|| literals(a, b).unwrap_or_else(|| texts(a, b))),
    }
}

fn kind(term: &T) -> u8 {
    match term {
        T::BlankNode(_) => 0,
        T::NamedNode(_) => 1,
        T::IntegerLiteral(_) | T::DecimalLiteral(_) | T::FloatLiteral(_) | T::DoubleLiteral(_) => 2,
        T::DateTimeLiteral(_) => 3,
        T::DateLiteral(_) => 4,
        T::TimeLiteral(_) => 5,
        T::GYearLiteral(_) => 6,
        T::GYearMonthLiteral(_) => 7,
        T::GMonthLiteral(_) => 8,
        T::GMonthDayLiteral(_) => 9,
        T::GDayLiteral(_) => 10,
        T::DurationLiteral(_) | T::YearMonthDurationLiteral(_) | T::DayTimeDurationLiteral(_) => 11,
        T::StringLiteral(_) | T::LangStringLiteral { .. } | T::BooleanLiteral(_) | T::OtherTypedLiteral { .. } => 12,
    }
}

fn texts(a: &T, b: &T) -> Ordering {
    let (Term::Literal(a), Term::Literal(b)) = (a.clone().into(), b.clone().into()) else { return Ordering::Equal };
    (a.value(), a.datatype(), a.language()).cmp(&(b.value(), b.datatype(), b.language()))
}

/// Order of two values, where they have one.
fn literals(a: &T, b: &T) -> Option<Ordering> {
    match (a, b) {
        (T::StringLiteral(a), T::StringLiteral(b)) => Some(a.cmp(b)),
        (T::LangStringLiteral { value: a, language: x }, T::LangStringLiteral { value: b, language: y }) => {
            Some(a.cmp(b).then_with(|| x.cmp(y)))
        }
        (T::DateTimeLiteral(a), T::DateTimeLiteral(b)) => a.partial_cmp(b),
        (T::DateLiteral(a), T::DateLiteral(b)) => a.partial_cmp(b),
        (T::TimeLiteral(a), T::TimeLiteral(b)) => a.partial_cmp(b),
        (T::GYearLiteral(a), T::GYearLiteral(b)) => a.partial_cmp(b),
        (T::GYearMonthLiteral(a), T::GYearMonthLiteral(b)) => a.partial_cmp(b),
        (T::GMonthDayLiteral(a), T::GMonthDayLiteral(b)) => a.partial_cmp(b),
        (T::GDayLiteral(a), T::GDayLiteral(b)) => a.partial_cmp(b),
        (T::GMonthLiteral(a), T::GMonthLiteral(b)) => a.partial_cmp(b),
        _ => numbers(a, b).or_else(|| durations(a, b)),
    }
}

fn numbers(a: &T, b: &T) -> Option<Ordering> {
    match (a, b) {
        (T::IntegerLiteral(a), T::IntegerLiteral(b)) => a.partial_cmp(b),
        (T::IntegerLiteral(a), T::DecimalLiteral(b)) => Decimal::from(*a).partial_cmp(b),
        (T::DecimalLiteral(a), T::IntegerLiteral(b)) => a.partial_cmp(&Decimal::from(*b)),
        (T::DecimalLiteral(a), T::DecimalLiteral(b)) => a.partial_cmp(b),
        (T::DoubleLiteral(_), _) | (_, T::DoubleLiteral(_)) => double(a)?.partial_cmp(&double(b)?),
        (T::FloatLiteral(_), _) | (_, T::FloatLiteral(_)) => float(a)?.partial_cmp(&float(b)?),
        _ => None,
    }
}

fn double(term: &T) -> Option<Double> {
    match term {
        T::DoubleLiteral(n) => Some(*n),
        T::FloatLiteral(n) => Some((*n).into()),
        T::IntegerLiteral(n) => Some((*n).into()),
        T::DecimalLiteral(n) => Some((*n).into()),
        _ => None,
    }
}

fn float(term: &T) -> Option<Float> {
    match term {
        T::FloatLiteral(n) => Some(*n),
        T::IntegerLiteral(n) => Some((*n).into()),
        T::DecimalLiteral(n) => Some((*n).into()),
        _ => None,
    }
}

fn durations(a: &T, b: &T) -> Option<Ordering> {
    match (a, b) {
        (T::DurationLiteral(a), T::DurationLiteral(b)) => a.partial_cmp(b),
        (T::DurationLiteral(a), T::YearMonthDurationLiteral(b)) => a.partial_cmp(b),
        (T::DurationLiteral(a), T::DayTimeDurationLiteral(b)) => a.partial_cmp(b),
        (T::YearMonthDurationLiteral(a), T::DurationLiteral(b)) => a.partial_cmp(b),
        (T::YearMonthDurationLiteral(a), T::YearMonthDurationLiteral(b)) => a.partial_cmp(b),
        (T::YearMonthDurationLiteral(a), T::DayTimeDurationLiteral(b)) => a.partial_cmp(b),
        (T::DayTimeDurationLiteral(a), T::DurationLiteral(b)) => a.partial_cmp(b),
        (T::DayTimeDurationLiteral(a), T::YearMonthDurationLiteral(b)) => a.partial_cmp(b),
        (T::DayTimeDurationLiteral(a), T::DayTimeDurationLiteral(b)) => a.partial_cmp(b),
        _ => None,
    }
}

//! What a running query asks now and then: may I go on?
//!
//! Oxigraph's own token is looked at when the storage is read, and gives an error for every row from then on; sorts, groups
//! and joins collect those errors row by row and go on. So the rewritten query calls [`Guard::tick`] for every row of
//! every pattern and join, and a tick after the stop unwinds the stack of the query's own thread: nothing of the
//! answer is left, and nothing goes on. Unwinding is ordinary Rust (`resume_unwind`, no panic message), and all frames
//! below are Rust. The token is the second step, for loops over the storage that give no row (property paths).

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};

use oxigraph::model::{Literal, Term};
use oxigraph::sparql::CancellationToken;

/// Why a query was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    Time = 1,
    Memory,
    Cancelled,
    /// A text the query built is too long.
    Text,
    /// An inner sort has too many rows.
    Sorted,
}

const STOPS: [Stop; 5] = [Stop::Time, Stop::Memory, Stop::Cancelled, Stop::Text, Stop::Sorted];

/// What the stack is unwound with.
pub(crate) struct Unwound;

/// The state that a query's thread and its watcher share.
#[derive(Default)]
pub(crate) struct Guard {
    stopped: AtomicU8,
    pub(crate) token: CancellationToken,
}

impl Guard {
    /// Stops the query; the first reason stays.
    pub(crate) fn stop(&self, why: Stop) {
        let _ = self.stopped.compare_exchange(0, why as u8, Ordering::Relaxed, Ordering::Relaxed);
    }

    pub(crate) fn stopped(&self) -> Option<Stop> {
        let code = self.stopped.load(Ordering::Relaxed);
        STOPS.into_iter().find(|s| *s as u8 == code)
    }

    /// Comes back only as long as the query may go on.
    #[inline]
    pub(crate) fn tick(&self) {
        if self.stopped.load(Ordering::Relaxed) != 0 {
            resume_unwind(Box::new(Unwound));
        }
    }

    fn refuse(&self, why: Stop) {
        self.stop(why);
        self.tick();
    }

    /// The term, if its text is not longer than `limit` bytes.
    pub(crate) fn short(&self, arguments: &[Term], limit: usize) -> Option<Term> {
        self.tick();
        let term = arguments.first()?;
        if matches!(term, Term::Literal(l) if l.value().len() > limit) {
            self.refuse(Stop::Text);
        }
        Some(term.clone())
    }

    /// `CONCAT` of SPARQL 1.1 (§17.4.3.12) that refuses to build more than `limit` bytes.
    pub(crate) fn concat(&self, arguments: &[Term], limit: usize) -> Option<Term> {
        self.tick();
        let mut text = String::new();
        let mut language: Option<Option<&str>> = None;
        for argument in arguments {
            let Term::Literal(literal) = argument else { return None };
            if literal.language().is_none() && literal.datatype() != oxigraph::model::vocab::xsd::STRING {
                return None;
            }
            language = match language {
                Some(seen) if seen != literal.language() => Some(None),
                _ => Some(literal.language()),
            };
            if text.len() + literal.value().len() > limit {
                self.refuse(Stop::Text);
            }
            text.push_str(literal.value());
        }
        Some(match language.flatten() {
            Some(language) => Literal::new_language_tagged_literal_unchecked(text, language).into(),
            None => Literal::new_simple_literal(text).into(),
        })
    }
}

/// Counts the rows that go into one sort of Oxigraph's, which cannot be interrupted.
#[derive(Default)]
pub(crate) struct Counter(AtomicUsize);

/// What the stack is unwound with when a sort is better done by us.
pub(crate) struct Elsewhere;

impl Counter {
    /// Stops the query at one row more than `limit`.
    pub(crate) fn count(&self, guard: &Guard, limit: usize) {
        guard.tick();
        if self.0.fetch_add(1, Ordering::Relaxed) >= limit {
            guard.refuse(Stop::Sorted);
        }
    }

    /// Gives the sort up at one row more than `limit`.
    pub(crate) fn count_or_leave(&self, guard: &Guard, limit: usize) {
        guard.tick();
        if self.0.fetch_add(1, Ordering::Relaxed) >= limit {
            resume_unwind(Box::new(Elsewhere));
        }
    }
}

/// Whether Oxigraph keeps a term outside the row, and reads it from the storage for each comparison: all but numbers,
/// dates and texts of up to 16 bytes.
pub(crate) fn is_heavy(term: &Term) -> bool {
    match term {
        Term::Literal(l) => {
            let text = l.language().is_some() || l.datatype() == oxigraph::model::vocab::xsd::STRING;
            let plain = l.datatype().as_str().starts_with("http://www.w3.org/2001/XMLSchema#");
            if text { l.value().len() > 16 } else { !plain }
        }
        Term::NamedNode(_) | Term::BlankNode(_) => true,
    }
}

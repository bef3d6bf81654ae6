//! What a store says of its properties, asked when it is needed and kept for a while.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term};
use oxigraph::store::Store;

use super::sizes::count;

/// Statements that are counted of a pattern; more is taken to be many times as many.
const COUNT: usize = 1_000;
/// How many times.
const MORE: f64 = 5.0;
/// Statements of a property that are looked at for how its ends go together.
const LOOKED_AT: usize = 48;
/// Ends among them that are counted.
const ENDS: usize = 12;
/// Statements of one end that are counted.
const OF_END: usize = 200;
/// How long a figure is good for. An old one makes a query slower, never wrong.
const KEPT: Duration = Duration::from_mins(1);
/// Figures that are kept.
const MOST: usize = 10_000;

/// Figures of one store.
#[derive(Debug, Default)]
pub(crate) struct Stats {
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    since: Option<Instant>,
    figures: HashMap<Key, f64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Total(NamedNode),
    BySubject(NamedNode),
    ByObject(NamedNode),
    WithSubject(NamedOrBlankNode, NamedNode),
    WithObject(NamedNode, Term),
    Described(NamedNode),
    DescribedClass(NamedNode),
}

impl Stats {
    /// Statements with a property.
    pub(super) fn total(&self, store: &Store, p: &NamedNode) -> f64 {
        self.figure(Key::Total(p.clone()), || guess(counted(store, None, Some(p), None, COUNT), COUNT))
    }

    /// Statements of one subject with a property.
    pub(super) fn by_subject(&self, store: &Store, p: &NamedNode) -> f64 {
        self.figure(Key::BySubject(p.clone()), || {
            let mut seen = BTreeSet::new();
            let ends = looked_at(store, p).into_iter().map(|q| q.subject).filter(|s| seen.insert(s.to_string()));
            mean(ends.take(ENDS).map(|s| counted(store, Some(&s), Some(p), None, OF_END)))
        })
    }

    /// Statements of one object with a property.
    pub(super) fn by_object(&self, store: &Store, p: &NamedNode) -> f64 {
        self.figure(Key::ByObject(p.clone()), || {
            let mut seen = BTreeSet::new();
            let ends = looked_at(store, p).into_iter().map(|q| q.object).filter(|o| seen.insert(o.to_string()));
            mean(ends.take(ENDS).map(|o| counted(store, None, Some(p), Some(&o), OF_END)))
        })
    }

    /// Statements with a subject and a property.
    pub(super) fn with_subject(&self, store: &Store, s: &NamedOrBlankNode, p: &NamedNode) -> f64 {
        let key = Key::WithSubject(s.clone(), p.clone());
        self.figure(key, || guess(counted(store, Some(s), Some(p), None, COUNT), COUNT))
    }

    /// Statements with a property and an object.
    pub(super) fn with_object(&self, store: &Store, p: &NamedNode, o: &Term) -> f64 {
        let key = Key::WithObject(p.clone(), o.clone());
        self.figure(key, || guess(counted(store, None, Some(p), Some(o), COUNT), COUNT))
    }

    /// Statements with a property as the store describes itself.
    pub(super) fn described(&self, p: &NamedNode, ask: impl FnOnce() -> Option<f64>) -> Option<f64> {
        Some(self.figure(Key::Described(p.clone()), || ask().unwrap_or(f64::NAN))).filter(|f| !f.is_nan())
    }

    /// Instances of a class as the store describes itself.
    pub(super) fn described_class(&self, class: &NamedNode, ask: impl FnOnce() -> Option<f64>) -> Option<f64> {
        Some(self.figure(Key::DescribedClass(class.clone()), || ask().unwrap_or(f64::NAN))).filter(|f| !f.is_nan())
    }

    fn figure(&self, key: Key, ask: impl FnOnce() -> f64) -> f64 {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        {
            let mut known = known();
            if known.since.is_none_or(|t| t.elapsed() > KEPT) || known.figures.len() > MOST {
                *known = Known { since: Some(Instant::now()), figures: HashMap::new() };
            }
            if let Some(figure) = known.figures.get(&key) {
                return *figure;
            }
        }
        let figure = ask();
        known().figures.insert(key, figure);
        figure
    }
}

/// Statements of a pattern, `limit` at most.
fn counted(
    store: &Store,
    s: Option<&NamedOrBlankNode>,
    p: Option<&NamedNode>,
    o: Option<&Term>,
    limit: usize,
) -> usize {
    let quads = store.quads_for_pattern(s.map(Into::into), p.map(Into::into), o.map(Into::into), None);
    quads.take(limit).count()
}

fn guess(counted: usize, limit: usize) -> f64 {
    if counted < limit { count(counted) } else { count(counted) * MORE }
}

/// The first statements of a property: they stand in the order of hashes, so they are as good as any.
fn looked_at(store: &Store, p: &NamedNode) -> Vec<Quad> {
    store.quads_for_pattern(None, Some(p.as_ref()), None, None).take(LOOKED_AT).filter_map(Result::ok).collect()
}

/// One where there is nothing.
fn mean(counts: impl Iterator<Item = usize>) -> f64 {
    let counts: Vec<usize> = counts.collect();
    if counts.is_empty() { 1.0 } else { count(counts.iter().sum()) / count(counts.len()) }
}

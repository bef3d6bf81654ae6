//! `SERVICE hk:search`: the index inside SPARQL.

use std::sync::{Arc, Mutex, PoisonError};

use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, Term, Variable};
use oxigraph::sparql::{QuerySolutionIter, ServiceHandler};
use oxigraph::store::Store;
use oxiri::Iri;
use spargebra::algebra::GraphPattern;

use super::error::SearchError;
use super::hit::Hit;
use super::index::SearchIndex;
use super::pattern::{Asked, Value};
use super::snapshot::Snapshot;
use crate::archive::Archive;
use crate::names::Names;

/// IRI of the service.
pub const SEARCH_SERVICE: &str = "https://w3id.org/hakusho/ns#search";

/// Answers `SERVICE hk:search { ?x hk:match "…" }` from an index that is in step with the store.
///
/// The service is evaluated on its own and then joined: what is bound outside narrows the answer, not the search.
#[derive(Clone)]
pub struct SearchService {
    shared: Arc<Shared>,
}

struct Shared {
    index: Arc<SearchIndex>,
    store: Store,
    names: Names,
    /// The answer given last: an engine may ask the same for every row of something else.
    last: Mutex<Option<Last>>,
}

/// An answer, what was asked, and of which index.
struct Last {
    pattern: String,
    snapshot: Arc<Snapshot>,
    rows: Rows,
}

/// Variables and their values, a row a hit.
#[derive(Clone)]
struct Rows {
    variables: Arc<[Variable]>,
    rows: Arc<[Vec<Option<Term>>]>,
}

impl std::fmt::Debug for SearchService {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SearchService").field("index", &self.shared.index).finish_non_exhaustive()
    }
}

impl SearchService {
    /// A service over an index, for queries on a store.
    pub fn new(index: Arc<SearchIndex>, archive: &Archive) -> Self {
        let registry = archive.names.registry.as_str();
        let names = Names::new(registry.strip_suffix("graph/registry").unwrap_or(registry));
        let shared = Shared { index, store: archive.store.clone(), names, last: Mutex::new(None) };
        Self { shared: Arc::new(shared) }
    }

    /// Name to register it under.
    pub fn name() -> NamedNode {
        NamedNode::new_unchecked(SEARCH_SERVICE)
    }

    fn rows(&self, pattern: &GraphPattern) -> Result<Rows, SearchError> {
        let asked = Asked::of(pattern)?;
        let shared = &self.shared;
        let snapshot = shared.index.snapshot(&shared.store, &shared.names)?;
        let key = pattern.to_string();
        let mut last = shared.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = last.as_ref().filter(|l| l.pattern == key && Arc::ptr_eq(&l.snapshot, &snapshot)) {
            return Ok(known.rows.clone());
        }
        let answer = snapshot.answer(&asked.request)?;
        let row = |hit: &Hit| asked.values.iter().map(|(_, v)| term(*v, hit, answer.total)).collect();
        let rows = Rows {
            variables: asked.values.iter().map(|(variable, _)| variable.clone()).collect(),
            rows: answer.hits.iter().map(row).collect(),
        };
        *last = Some(Last { pattern: key, snapshot, rows: rows.clone() });
        Ok(rows)
    }
}

impl ServiceHandler for SearchService {
    type Error = SearchError;

    fn handle(
        &self,
        pattern: &GraphPattern,
        _base_iri: Option<&Iri<String>>,
    ) -> Result<QuerySolutionIter<'static>, SearchError> {
        let Rows { variables, rows } = self.rows(pattern)?;
        let count = rows.len();
        Ok(QuerySolutionIter::from_tuples(variables, (0..count).map(move |i| Ok(rows[i].clone()))))
    }
}

/// The value that a hit gives; none where it has none.
fn term(value: Value, hit: &Hit, total: usize) -> Option<Term> {
    let number = |n: usize| Literal::from(n as u64).into();
    let text = |text: &str| Term::from(Literal::new_simple_literal(text));
    match value {
        Value::Node => Some(NamedNode::new_unchecked(&hit.node).into()),
        Value::Score => Some(Literal::new_typed_literal(format!("{:.4}", hit.score), xsd::DECIMAL).into()),
        Value::Snippet => Some(text(&hit.snippet())),
        Value::Start => hit.first().map(|(start, _)| number(start)),
        Value::End => hit.first().map(|(_, end)| number(end)),
        Value::Boxes => Some(hit.lines().join(" ")).filter(|lines| !lines.is_empty()).map(|lines| text(&lines)),
        Value::Kind => Some(text(hit.kind.as_str())),
        Value::Graph => Some(NamedNode::new_unchecked(&hit.graph).into()),
        Value::Total => Some(number(total)),
    }
}

//! Parts of a query that something else than the store answers: services, and graphs that left the store. They are
//! answered first, and stand in the query as `VALUES`, so that the planner knows how many rows they have and can begin
//! with them. SPARQL allows it: neither sees what the rest of the query binds (Federated Query §4, Algebra §18.6).

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;

use oxigraph::model::{BlankNode, NamedNode, Term};
use oxigraph::sparql::{ServiceHandler as _, Variable};
use oxigraph::store::Store;
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{GroundTerm, NamedNodePattern};

use super::archived::Old;
use super::rewrite::walk;
use crate::error::StoreError;
use crate::search::SearchService;

/// Why a service has no answer.
pub type ServiceError = Box<dyn Error + Send + Sync>;

/// What a service gives: rows with a cell for each variable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// The columns.
    pub variables: Vec<Variable>,
    /// One cell for each variable; `None` where it has no value. Blank nodes are refused.
    pub rows: Vec<Vec<Option<Term>>>,
}

/// Answers `SERVICE <name> { … }`.
pub trait Service: Send + Sync {
    /// Rows for what stands between the brackets. `stopped` says whether the query was stopped meanwhile; then any answer
    /// will do. The rows do not know what the rest of the query binds.
    ///
    /// # Errors
    /// When the pattern makes no sense to the service, or it fails; the text is shown to whoever asked.
    fn rows(&self, pattern: &GraphPattern, stopped: &dyn Fn() -> bool) -> Result<Rows, ServiceError>;
}

impl Service for SearchService {
    fn rows(&self, pattern: &GraphPattern, _stopped: &dyn Fn() -> bool) -> Result<Rows, ServiceError> {
        let found = self.handle(pattern, None)?;
        let variables = found.variables().to_vec();
        let rows = found.map(|row| row.map(|row| row.values().to_vec())).collect::<Result<_, _>>()?;
        Ok(Rows { variables, rows })
    }
}

/// What can answer parts of a query.
pub(crate) struct Parts<'p> {
    pub(crate) store: &'p Store,
    pub(crate) services: &'p BTreeMap<NamedNode, Arc<dyn Service>>,
    pub(crate) old: &'p Old,
    /// Evaluates a pattern on a store of its own.
    pub(crate) evaluate: &'p dyn Fn(&Store, GraphPattern) -> Result<Rows, StoreError>,
    pub(crate) stopped: &'p dyn Fn() -> bool,
    pub(crate) max_rows: usize,
}

impl Parts<'_> {
    /// Puts the answers in; all services are known and all old graphs read afterwards.
    pub(crate) fn resolve(&self, query: &mut Query) -> Result<(), StoreError> {
        let (Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. }) = query;
        self.pattern(pattern, false)
    }

    fn pattern(&self, pattern: &mut GraphPattern, in_exists: bool) -> Result<(), StoreError> {
        match pattern {
            GraphPattern::Service { name, inner, .. } => *pattern = self.service(name, inner)?,
            GraphPattern::Graph { name: NamedNodePattern::NamedNode(name), inner } => {
                if !self.store.contains_named_graph(name.as_ref())?
                    && let Some(store) = self.old.graph(name)?
                {
                    *pattern = self.old_graph(name, inner, &store, in_exists)?;
                } else {
                    self.pattern(inner, in_exists)?;
                }
            }
            other => {
                for expression in walk::expressions_mut(other) {
                    self.expression(expression)?;
                }
                for inner in walk::children_mut(other) {
                    self.pattern(inner, in_exists)?;
                }
            }
        }
        Ok(())
    }

    fn expression(&self, expression: &mut Expression) -> Result<(), StoreError> {
        if let Expression::Exists(inner) = expression {
            return self.pattern(inner, true);
        }
        walk::operands_mut(expression).into_iter().try_for_each(|e| self.expression(e))
    }

    fn service(&self, name: &NamedNodePattern, inner: &GraphPattern) -> Result<GraphPattern, StoreError> {
        let NamedNodePattern::NamedNode(iri) = name else {
            return Err(StoreError::Service { name: name.to_string() });
        };
        let service = self.services.get(iri).ok_or_else(|| StoreError::Service { name: iri.to_string() })?;
        let rows = service
            .rows(inner, self.stopped)
            .map_err(|source| StoreError::ServiceFailed { name: iri.to_string(), source })?;
        self.values(rows, iri)
    }

    /// `GRAPH <old> { … }`. What it gives does not depend on the rest, so an `EXISTS` that lets it see outer values is
    /// refused.
    fn old_graph(
        &self,
        name: &NamedNode,
        inner: &GraphPattern,
        store: &Store,
        in_exists: bool,
    ) -> Result<GraphPattern, StoreError> {
        let mut inner = inner.clone();
        if in_exists || walk::has_graph(&mut inner) {
            return Err(StoreError::ArchivedPlace { graph: name.as_str().to_owned() });
        }
        self.pattern(&mut inner, false)?;
        self.values((self.evaluate)(store, inner)?, name)
    }

    fn values(&self, found: Rows, name: &NamedNode) -> Result<GraphPattern, StoreError> {
        if found.rows.len() > self.max_rows {
            return Err(StoreError::PartLimit { name: name.to_string(), limit: self.max_rows });
        }
        let large = found.rows.len() > LARGE;
        let bindings = found.rows.into_iter().map(|row| row.into_iter().map(ground).collect::<Result<Vec<_>, _>>());
        let bindings =
            bindings.collect::<Result<Vec<_>, _>>().map_err(|_| StoreError::PartBlank { name: name.to_string() })?;
        let values = GraphPattern::Values { variables: found.variables, bindings };
        // A slice of everything: the planner then joins by a hash table and does not go through all rows for each other row.
        Ok(if large {
            GraphPattern::Slice { inner: Box::new(values), start: 0, length: Some(usize::MAX) }
        } else {
            values
        })
    }
}

/// Rows from which a hash table is better than a loop.
const LARGE: usize = 32;

/// A cell of `VALUES`; a blank node cannot stand there.
fn ground(cell: Option<Term>) -> Result<Option<GroundTerm>, BlankNode> {
    match cell {
        None => Ok(None),
        Some(Term::NamedNode(n)) => Ok(Some(n.into())),
        Some(Term::Literal(l)) => Ok(Some(l.into())),
        Some(Term::BlankNode(b)) => Err(b),
    }
}

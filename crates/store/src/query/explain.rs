//! How a query would be worked on.

use oxigraph::sparql::SparqlEvaluator;
use oxigraph::store::Store;
use spargebra::Query;

use super::hints::Hint;
use crate::error::StoreError;

/// Plan and likely reasons for slowness.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// The plan as JSON: nodes with `name` and `children`, below `plan`. Rows come from the leaves upwards.
    pub plan: String,
    /// Likely reasons for slowness, worst first.
    pub hints: Vec<Hint>,
}

impl Explanation {
    /// `query` has its joins in order. What is left to the planner asks for no figures of the store, so the plan of an empty
    /// one is that of any, and costs nothing.
    pub(crate) fn new(query: Query, hints: Vec<Hint>) -> Result<Self, StoreError> {
        let empty = Store::new()?;
        let (_, explanation) = SparqlEvaluator::new().for_query(query).on_store(&empty).explain();
        let mut plan = Vec::new();
        explanation.write_in_json(&mut plan).map_err(StoreError::Write)?;
        Ok(Self { plan: String::from_utf8_lossy(&plan).into_owned(), hints })
    }
}

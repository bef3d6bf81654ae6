//! One query from its text to its results: parts that something else answers, the sort, the plan, the rewriting.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode};
use oxigraph::sparql::{QueryDatasetSpecification, QueryResults, SparqlEvaluator};
use oxigraph::store::Store;
use spargebra::Query;
use spargebra::algebra::{GraphPattern, QueryDataset};

use super::answer::{AnswerKind, within};
use super::form::Form;
use super::guard::{Elsewhere, Guard};
use super::options::QueryOptions;
use super::parse::understand;
use super::parts::{Parts, Rows};
use super::rewrite::{Fresh, Rewrite, Sorting};
use super::service::Shared;
use super::{plan, rewrite, sort};
use crate::error::StoreError;

/// One query on its thread.
pub(super) struct Work {
    pub(super) text: String,
    pub(super) options: QueryOptions,
    pub(super) shared: Arc<Shared>,
    pub(super) guard: Arc<Guard>,
}

impl Work {
    /// Understands it, and hands its results over.
    pub(super) fn run<T>(
        self,
        form: Option<Form>,
        consume: impl FnOnce(QueryResults<'static>, &Guard) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut query = understand(&self.text, &self.options)?;
        form.map_or(Ok(()), |form| form.check(AnswerKind::of(&query)))?;
        rewrite::check(&mut query)?;
        let store = self.store_for(&query)?;
        let parts = Parts {
            store: &store,
            services: &self.shared.services,
            old: &self.shared.old,
            evaluate: &|store, pattern| self.part(store, pattern),
            stopped: &|| self.guard.stopped().is_some(),
            max_rows: self.options.max_part_rows,
        };
        parts.resolve(&mut query)?;
        consume(self.evaluate(&store, query)?, &self.guard)
    }

    /// The store, or one in memory when `FROM` names a graph that left it.
    fn store_for(&self, query: &Query) -> Result<Store, StoreError> {
        let named: Vec<NamedNode> = query.dataset().into_iter().flat_map(graphs).collect();
        let old = self.shared.old.dataset(&named, &self.shared.store)?;
        Ok(old.unwrap_or_else(|| self.shared.store.clone()))
    }

    fn evaluate(&self, store: &Store, query: Query) -> Result<QueryResults<'static>, StoreError> {
        let (mut fresh, mut unsorted) = (Fresh::default(), query.clone());
        match sort::take_out(&mut unsorted, &mut fresh) {
            None => self.execute(store, query, Sorting::Here, fresh),
            Some(sort) => {
                if sort.has_limit()
                    && let Some(results) = self.sorted_there(store, query)?
                {
                    return Ok(results);
                }
                sort.apply(self.execute(store, unsorted, Sorting::Here, fresh)?, &self.guard)
            }
        }
    }

    /// The answer with Oxigraph's own sort, which is done before this comes back; nothing when it is given up.
    fn sorted_there(&self, store: &Store, mut query: Query) -> Result<Option<QueryResults<'static>>, StoreError> {
        sort::break_ties(&mut query);
        let execute = || self.execute(store, query, Sorting::There, Fresh::default());
        match catch_unwind(AssertUnwindSafe(execute)) {
            Ok(results) => results.map(Some),
            Err(reason) if reason.is::<Elsewhere>() => Ok(None),
            Err(reason) => resume_unwind(reason),
        }
    }

    fn execute(
        &self,
        store: &Store,
        mut query: Query,
        sorting: Sorting,
        fresh: Fresh,
    ) -> Result<QueryResults<'static>, StoreError> {
        plan::order(&mut query, store, &self.shared.stats, self.shared.whole.as_ref());
        let functions = Rewrite::new(&self.guard, self.options.max_sorted_rows, sorting, fresh).query(&mut query);
        let mut evaluator = SparqlEvaluator::new().with_cancellation_token(self.guard.token.clone());
        for (name, function) in functions {
            evaluator = evaluator.with_custom_function(name, function);
        }
        let mut prepared = evaluator.for_query(query);
        if prepared.dataset().is_default_dataset() {
            prepared.dataset_mut().set_default_graph_as_union();
        } else {
            without_doubles(prepared.dataset_mut());
        }
        Ok(prepared.on_store(store).execute()?)
    }

    /// All rows of a pattern on another store.
    fn part(&self, store: &Store, pattern: GraphPattern) -> Result<Rows, StoreError> {
        let mut variables = Vec::new();
        pattern.on_in_scope_variable(|v| {
            if !variables.contains(v) {
                variables.push(v.clone());
            }
        });
        let pattern = GraphPattern::Project { inner: Box::new(pattern), variables };
        let query = Query::Select { dataset: None, pattern, base_iri: None };
        let results = self.evaluate(store, query)?;
        let QueryResults::Solutions(solutions) = results else { return Ok(Rows::default()) };
        let variables = solutions.variables().to_vec();
        let mut rows = Vec::new();
        for solution in solutions {
            self.guard.tick();
            within(rows.len(), Some(self.options.max_part_rows))?;
            rows.push(solution?.values().to_vec());
        }
        Ok(Rows { variables, rows })
    }
}

fn graphs(dataset: &QueryDataset) -> impl Iterator<Item = NamedNode> {
    dataset.default.iter().chain(dataset.named.iter().flatten()).cloned()
}

/// A graph named twice by `FROM` would give its statements twice.
fn without_doubles(dataset: &mut QueryDatasetSpecification) {
    if let Some(graphs) = dataset.default_graph_graphs() {
        let mut graphs: Vec<GraphName> = graphs.to_vec();
        graphs.sort_by_key(ToString::to_string);
        graphs.dedup();
        dataset.set_default_graph(graphs);
    }
    if let Some(graphs) = dataset.available_named_graphs() {
        let mut graphs: Vec<NamedOrBlankNode> = graphs.to_vec();
        graphs.sort_by_key(ToString::to_string);
        graphs.dedup();
        dataset.set_available_named_graphs(graphs);
    }
}

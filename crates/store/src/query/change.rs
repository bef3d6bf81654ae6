//! Runs an update on a transaction, under the same guard as queries.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use oxigraph::sparql::{SparqlEvaluator, UpdateEvaluationError};
use oxigraph::store::{Store, Transaction};
use spargebra::{GraphUpdateOperation, Query, Update};

use super::guard::{Guard, Stop};
use super::options::QueryOptions;
use super::plan::{self, Stats};
use super::rewrite::{self, Fresh, Rewrite, Sorting};
use super::threads::STACK;
use crate::error::StoreError;

/// How long a stopped update may take to its next tick before reading the storage fails too.
const GRACE: Duration = Duration::from_millis(60);

/// Makes an update and then `last`, all of it or nothing.
///
/// # Errors
/// When it fails, or takes longer than `limit`; nothing is changed then.
pub(crate) fn change(
    store: &Store,
    update: Update,
    limit: Option<Duration>,
    last: impl FnOnce(&mut Transaction<'_>) -> Result<(), StoreError> + Send,
) -> Result<(), StoreError> {
    let (start, guard) = (Instant::now(), Arc::new(Guard::default()));
    let done = thread::scope(|scope| {
        let (sender, receiver) = channel();
        let guard = &guard;
        let work = move || {
            let made = catch_unwind(AssertUnwindSafe(|| transact(store, update, guard, last)));
            // Whoever watches the clock waits for it.
            let _ = sender.send(());
            made
        };
        let worker = thread::Builder::new().name("update".to_owned()).stack_size(STACK).spawn_scoped(scope, work);
        let worker = worker.map_err(StoreError::Thread)?;
        if let Some(limit) = limit
            && receiver.recv_timeout(limit) == Err(RecvTimeoutError::Timeout)
        {
            guard.stop(Stop::Time);
            if receiver.recv_timeout(GRACE) == Err(RecvTimeoutError::Timeout) {
                guard.token.cancel();
            }
        }
        worker.join().unwrap_or_else(Err).unwrap_or(Err(StoreError::Fault))
    });
    match (done, guard.stopped()) {
        (Ok(()), _) => Ok(()),
        (Err(_), Some(Stop::Time)) => {
            Err(StoreError::TimeLimit { after: start.elapsed(), limit: limit.unwrap_or_default(), hint: None })
        }
        (Err(_), Some(Stop::Text)) => Err(StoreError::TextLimit { limit: rewrite::MAX_BUILT }),
        (Err(_), Some(Stop::Sorted)) => Err(StoreError::SortLimit { limit: QueryOptions::default().max_sorted_rows }),
        (Err(error), _) => Err(error),
    }
}

fn transact(
    store: &Store,
    update: Update,
    guard: &Arc<Guard>,
    last: impl FnOnce(&mut Transaction<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut transaction = store.start_transaction()?;
    for operation in update.operations {
        operate(store, &mut transaction, operation, guard)?;
    }
    last(&mut transaction)?;
    // Past the limit nothing may be changed any more: dropped, the transaction leaves no trace.
    if guard.stopped().is_some() {
        return Err(StoreError::Cancelled);
    }
    Ok(transaction.commit()?)
}

fn operate(
    store: &Store,
    transaction: &mut Transaction<'_>,
    mut operation: GraphUpdateOperation,
    guard: &Arc<Guard>,
) -> Result<(), StoreError> {
    let mut evaluator = SparqlEvaluator::new().with_cancellation_token(guard.token.clone());
    if let GraphUpdateOperation::DeleteInsert { pattern, .. } = &mut operation {
        let mut query = Query::Select { dataset: None, pattern: std::mem::take(pattern.as_mut()), base_iri: None };
        rewrite::check(&mut query)?;
        plan::order(&mut query, store, &Stats::default(), None);
        let sorted = QueryOptions::default().max_sorted_rows;
        let functions = Rewrite::new(guard, sorted, Sorting::Here, Fresh::default()).query(&mut query);
        for (name, function) in functions {
            evaluator = evaluator.with_custom_function(name, function);
        }
        if let Query::Select { pattern: rewritten, .. } = query {
            **pattern = rewritten;
        }
    }
    let mut prepared = evaluator.for_update(Update { operations: vec![operation], base_iri: None });
    for dataset in prepared.using_datasets_mut() {
        if dataset.is_default_dataset() {
            dataset.set_default_graph_as_union();
        }
    }
    prepared.on_transaction(transaction).execute().map_err(failed)
}

fn failed(error: UpdateEvaluationError) -> StoreError {
    let refused = |problem: String| StoreError::UpdateRefused { problem };
    match error {
        UpdateEvaluationError::Storage(error) => error.into(),
        UpdateEvaluationError::GraphAlreadyExists(graph) => {
            refused(format!("the graph `{}` is there already", graph.as_str()))
        }
        UpdateEvaluationError::GraphDoesNotExist(graph) => refused(format!("there is no graph `{}`", graph.as_str())),
        other => refused(other.to_string()),
    }
}

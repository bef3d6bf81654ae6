//! The query service: one store, many threads, no answer that is not whole.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode};
use oxigraph::sparql::{QueryDatasetSpecification, QueryResults, SparqlEvaluator};
use oxigraph::store::Store;
use spargebra::Query;
use spargebra::algebra::{GraphPattern, QueryDataset};

use super::answer::{Answer, AnswerKind, within};
use super::archived::{ArchivedGraphs, Old};
use super::explain::Explanation;
use super::form::{self, Form, Written};
use super::guard::{Elsewhere, Guard, Stop};
use super::hints::{self, Hint};
use super::options::{Cancel, QueryOptions};
use super::parse::understand;
use super::parts::{Parts, Rows, Service};
use super::plan::{self, Stats};
use super::rewrite::{Fresh, Rewrite, Sorting};
use super::watch::{Outcome, Task, Watch};
use super::{rewrite, sort};
use crate::archive::Archive;
use crate::describe::Whole;
use crate::error::StoreError;
use crate::search::SearchService;

/// Answers queries on one archive, from any number of threads; copies share everything but their options.
///
/// Without `FROM` a query sees the union of all graphs of the store. An answer is whole, or there is an error.
#[derive(Clone)]
pub struct QueryService {
    options: QueryOptions,
    shared: Arc<Shared>,
}

struct Shared {
    store: Store,
    services: BTreeMap<NamedNode, Arc<dyn Service>>,
    old: Old,
    watch: Watch,
    stats: Stats,
    whole: Option<Whole>,
}

impl std::fmt::Debug for QueryService {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("QueryService").field("options", &self.options).finish_non_exhaustive()
    }
}

impl QueryService {
    /// A service for what is in an archive now and will be later, with its search index where it has one.
    pub fn new(archive: &Archive, options: QueryOptions) -> Self {
        let whole = Whole::new(archive.names.registry.as_ref());
        let service = Self::over(archive.store.clone(), options).changed(|shared| shared.whole = Some(whole));
        match &archive.search {
            Some(search) => service.with_service(SearchService::name(), Arc::new(search.clone())),
            None => service,
        }
    }

    pub(crate) fn over(store: Store, options: QueryOptions) -> Self {
        let shared = Shared {
            store,
            services: BTreeMap::new(),
            old: Old::default(),
            watch: Watch::default(),
            stats: Stats::default(),
            whole: None,
        };
        Self { options, shared: Arc::new(shared) }
    }

    /// The same with other limits, for one query or one caller.
    #[must_use]
    pub fn with_options(&self, options: QueryOptions) -> Self {
        Self { options, shared: Arc::clone(&self.shared) }
    }

    /// The limits.
    pub fn options(&self) -> &QueryOptions {
        &self.options
    }

    /// Lets `SERVICE <name> { … }` be answered by `service`. To be called before copies are made of it.
    #[must_use]
    pub fn with_service(self, name: NamedNode, service: Arc<dyn Service>) -> Self {
        self.changed(|shared| {
            shared.services.insert(name, service);
        })
    }

    /// Lets graphs that left the store be asked by name. To be called before copies are made of it.
    #[must_use]
    pub fn with_archived_graphs(self, graphs: Arc<dyn ArchivedGraphs>) -> Self {
        self.changed(|shared| shared.old = Old::new(Some(graphs)))
    }

    fn changed(self, change: impl FnOnce(&mut Shared)) -> Self {
        let mut shared = Arc::try_unwrap(self.shared).unwrap_or_else(|shared| Shared {
            store: shared.store.clone(),
            services: shared.services.clone(),
            old: Old::new(shared.old.source()),
            watch: Watch::default(),
            stats: Stats::default(),
            whole: shared.whole.clone(),
        });
        change(&mut shared);
        Self { options: self.options, shared: Arc::new(shared) }
    }

    /// Threads at work on queries, those included that were stopped and still give their memory back.
    pub fn running(&self) -> usize {
        self.shared.watch.running()
    }

    /// What kind of answer a query has: which standard forms fit.
    ///
    /// # Errors
    /// When it cannot be understood.
    pub fn kind(&self, text: &str) -> Result<AnswerKind, StoreError> {
        Ok(AnswerKind::of(&understand(text, &self.options)?))
    }

    /// Answers a query.
    ///
    /// # Errors
    /// When it cannot be understood, asks for what is not allowed, fails, or passes a limit.
    pub fn answer(&self, text: &str, cancel: &Cancel) -> Result<Answer, StoreError> {
        let max_rows = self.options.max_rows;
        self.run(text, cancel, None, move |results, guard| Answer::collect(results, guard, max_rows))
    }

    /// Answers a query in a standard form.
    ///
    /// # Errors
    /// As [`Self::answer`], and when the bytes pass their limit.
    pub fn write(&self, text: &str, form: Form, cancel: &Cancel) -> Result<Written, StoreError> {
        let limits = (self.options.max_rows, self.options.max_bytes);
        self.run(text, cancel, Some(form), move |results, guard| form::write(results, form, guard, limits))
    }

    /// How a query would be worked on, and what is likely to be slow; it is not run.
    ///
    /// # Errors
    /// When it cannot be understood.
    pub fn explain(&self, text: &str) -> Result<Explanation, StoreError> {
        let query = understand(text, &self.options)?;
        Explanation::new(
            self.ordered(text)?,
            hints::find(&query, text, &self.options.prefixes, &self.shared.store, hints::COUNT_TO)?,
        )
    }

    /// A query with its joins in the order in which they would be worked on. Limits are not part of it.
    ///
    /// # Errors
    /// When it cannot be understood.
    pub fn ordered(&self, text: &str) -> Result<Query, StoreError> {
        let mut query = understand(text, &self.options)?;
        plan::order(&mut query, &self.shared.store, &self.shared.stats, self.shared.whole.as_ref());
        Ok(query)
    }

    /// As [`Self::write`], without waiting: `then` is called once, on another thread. Time counts from `since`, for the
    /// query may have waited for its turn.
    ///
    /// # Errors
    /// When the work could not be begun; `then` is not called in that case.
    pub fn write_later(
        &self,
        text: &str,
        form: Form,
        cancel: &Cancel,
        since: Instant,
        then: impl FnOnce(Result<Written, StoreError>) + Send + 'static,
    ) -> Result<(), StoreError> {
        let limits = (self.options.max_rows, self.options.max_bytes);
        let (task, work) = self.work(text, cancel)?;
        let (service, text) = (self.clone(), text.to_owned());
        self.shared.watch.start(
            Task { start: since, ..task },
            move || work.run(Some(form), move |results, guard| form::write(results, form, guard, limits)),
            move |outcome| then(service.given(outcome, &text)),
        )
    }

    fn run<T: Send + 'static>(
        &self,
        text: &str,
        cancel: &Cancel,
        form: Option<Form>,
        consume: impl FnOnce(QueryResults<'static>, &Guard) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (task, work) = self.work(text, cancel)?;
        let outcome = self.shared.watch.run(task, move || work.run(form, consume))?;
        self.given(outcome, text)
    }

    fn work(&self, text: &str, cancel: &Cancel) -> Result<(Task, Work), StoreError> {
        if text.len() > self.options.max_text {
            return Err(StoreError::TooComplex { what: "its text is too long" });
        }
        let guard = Arc::new(Guard::default());
        let task = Task::new(&guard, &self.options, cancel, text.len());
        let (text, shared) = (text.to_owned(), Arc::clone(&self.shared));
        Ok((task, Work { text, options: self.options.clone(), shared, guard }))
    }

    fn given<T>(&self, outcome: Outcome<T>, text: &str) -> Result<T, StoreError> {
        match (outcome.stopped, outcome.result) {
            (Some(stop), _) => Err(self.stopped(stop, outcome.after, text)),
            (None, Some(result)) => result,
            (None, None) => Err(StoreError::Fault),
        }
    }

    /// The limit in words, with the likeliest reason.
    fn stopped(&self, stop: Stop, after: Duration, text: &str) -> StoreError {
        let options = &self.options;
        match stop {
            Stop::Time => {
                StoreError::TimeLimit { after, limit: options.timeout.unwrap_or_default(), hint: self.hint(text) }
            }
            Stop::Memory => {
                StoreError::MemoryLimit { limit: options.max_memory.unwrap_or_default(), hint: self.hint(text) }
            }
            Stop::Cancelled => StoreError::Cancelled,
            Stop::Text => StoreError::TextLimit { limit: rewrite::MAX_BUILT },
            Stop::Sorted => StoreError::SortLimit { limit: options.max_sorted_rows },
        }
    }

    fn hint(&self, text: &str) -> Option<Box<Hint>> {
        let query = understand(text, &self.options).ok()?;
        let hints = hints::find(&query, text, &self.options.prefixes, &self.shared.store, hints::COUNT_QUICKLY).ok()?;
        hints.into_iter().next().map(Box::new)
    }
}

/// One query on its thread.
struct Work {
    text: String,
    options: QueryOptions,
    shared: Arc<Shared>,
    guard: Arc<Guard>,
}

impl Work {
    fn run<T>(
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

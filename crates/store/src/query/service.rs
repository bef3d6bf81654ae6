//! The query service: one store, many threads, no answer that is not whole.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use oxigraph::model::NamedNode;
use oxigraph::sparql::QueryResults;
use oxigraph::store::Store;
use spargebra::Query;

use super::answer::{Answer, AnswerKind};
use super::archived::{ArchivedGraphs, Old};
use super::explain::Explanation;
use super::form::{self, Form, Written};
use super::guard::{Guard, Stop};
use super::hints::{self, Hint};
use super::options::{Cancel, QueryOptions};
use super::parse::understand;
use super::parts::Service;
use super::plan::{self, Stats};
use super::rewrite;
use super::watch::{Outcome, Task, Watch};
use super::work::Work;
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

/// What copies of a service share.
pub(super) struct Shared {
    pub(super) store: Store,
    pub(super) services: BTreeMap<NamedNode, Arc<dyn Service>>,
    pub(super) old: Old,
    watch: Watch,
    pub(super) stats: Stats,
    pub(super) whole: Option<Whole>,
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

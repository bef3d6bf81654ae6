//! Questions: SPARQL over what is current, with limits that stop the work and never shorten an answer.
//!
//! [`QueryService`] answers many threads from one store. What is asked is parsed (`parse`), explained (`hints`), freed of
//! parts that something else answers (`parts`), put in order (`plan`), rewritten so that no loop escapes its limits (`rewrite`), and run on a
//! thread of its own (`threads`) under watch (`watch`).

mod answer;
mod archived;
mod change;
mod elsewhere;
mod explain;
mod form;
mod guard;
mod hints;
mod lines;
mod options;
mod order;
mod parse;
mod parts;
mod plan;
mod prefixes;
mod rewrite;
mod service;
mod sort;
#[cfg(test)]
mod tests;
mod threads;
mod watch;
mod work;

use oxigraph::sparql::{QueryResults, SparqlEvaluator};

use crate::archive::Archive;
use crate::describe::Whole;
use crate::error::StoreError;
use crate::search::SearchService;

pub use answer::{Answer, AnswerKind};
pub(crate) use change::change;
pub(crate) use parse::understand_update;

pub use archived::{ArchivedError, ArchivedGraphs};
pub use elsewhere::{read_rows, select};
pub use explain::Explanation;
pub use form::{Form, Written};
pub use hints::{Hint, HintKind};
pub use options::{Cancel, Dataset, QueryOptions};
pub use parts::{Rows, Service, ServiceError};
pub use prefixes::PREFIXES;
pub use service::QueryService;

impl Archive {
    /// Runs a query of our own without limits. Without `FROM` it sees all graphs. What others ask goes to
    /// [`QueryService`].
    ///
    /// # Errors
    /// When the query cannot be understood or fails.
    pub fn query(&self, text: &str) -> Result<QueryResults<'static>, StoreError> {
        let mut query = parse::parse(text, &[])?;
        plan::order(&mut query, &self.store, &plan::Stats::default(), Some(&Whole::new(self.names.registry.as_ref())));
        let mut evaluator = SparqlEvaluator::new();
        if let Some(search) = &self.search {
            evaluator = evaluator.with_service_handler(SearchService::name(), search.clone());
        }
        let mut prepared = evaluator.for_query(query);
        if prepared.dataset().is_default_dataset() {
            prepared.dataset_mut().set_default_graph_as_union();
        }
        Ok(prepared.on_store(&self.store).execute()?)
    }
}

//! What several views of the page need of the whole store: read once a view, when first asked for.

use std::sync::{Mutex, OnceLock, PoisonError};

use super::editions::Headings;
use super::entities::EntitySummary;
use super::events::EventRow;
use super::figures::SeriesSummary;
use super::rankings::Ranking;
use crate::problem::Problem;

/// A table that is read once.
pub(crate) struct Once<T> {
    value: OnceLock<T>,
    reading: Mutex<()>,
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self { value: OnceLock::new(), reading: Mutex::new(()) }
    }
}

impl<T> Once<T> {
    /// The table; the first that asks reads it, others wait. A failure is not kept.
    pub(crate) fn get(&self, read: impl FnOnce() -> Result<T, Problem>) -> Result<&T, Problem> {
        if let Some(known) = self.value.get() {
            return Ok(known);
        }
        let _one = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = self.value.get() {
            return Ok(known);
        }
        let value = read()?;
        Ok(self.value.get_or_init(|| value))
    }
}

/// Tables of one view.
#[derive(Default)]
pub(crate) struct Tables {
    pub(crate) entities: Once<Vec<EntitySummary>>,
    pub(crate) events: Once<Vec<EventRow>>,
    pub(crate) rankings: Once<Vec<Ranking>>,
    pub(crate) series: Once<Vec<SeriesSummary>>,
    pub(crate) headings: Once<Headings>,
}

//! So much work at once, so many in the queue, and no more.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::http::StatusCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::problem::Problem;

/// Lets a number of requests work at the same time.
pub(crate) struct Gate {
    permits: Arc<Semaphore>,
    waiting: AtomicUsize,
    most_waiting: usize,
}

impl Gate {
    pub(crate) fn new(at_once: usize, most_waiting: usize) -> Self {
        Self { permits: Arc::new(Semaphore::new(at_once.max(1))), waiting: AtomicUsize::new(0), most_waiting }
    }

    /// Requests that wait.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Waits for a turn, which ends when what is returned is dropped.
    ///
    /// # Errors
    /// Busy, when too many wait already or the turn does not come in time.
    pub(crate) async fn enter(&self, patience: Duration) -> Result<OwnedSemaphorePermit, Problem> {
        if let Ok(permit) = Arc::clone(&self.permits).try_acquire_owned() {
            return Ok(permit);
        }
        let _place = Place::take(&self.waiting, self.most_waiting)?;
        match timeout(patience, Arc::clone(&self.permits).acquire_owned()).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) | Err(_) => Err(busy("the server has too much to do; nothing was worked on")),
        }
    }
}

/// A place in the queue.
struct Place<'g>(&'g AtomicUsize);

impl<'g> Place<'g> {
    fn take(waiting: &'g AtomicUsize, most: usize) -> Result<Self, Problem> {
        let place = Self(waiting);
        if waiting.fetch_add(1, Ordering::Relaxed) >= most {
            return Err(busy("too many requests wait already"));
        }
        Ok(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn busy(detail: &str) -> Problem {
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_more_than_may_wait_is_refused() {
        let gate = Arc::new(Gate::new(1, 1));
        let inside = gate.enter(Duration::ZERO).await.expect("the first");
        let queue = Arc::clone(&gate);
        let second = tokio::spawn(async move { queue.enter(Duration::from_mins(1)).await.is_ok() });
        while gate.waiting() == 0 {
            tokio::task::yield_now().await;
        }
        assert!(gate.enter(Duration::from_mins(1)).await.is_err(), "the queue is full");
        drop(inside);
        assert!(second.await.expect("the second"));
        assert_eq!(gate.waiting(), 0);
    }

    #[tokio::test]
    async fn a_turn_that_does_not_come_is_told() {
        let gate = Gate::new(1, 1);
        let _inside = gate.enter(Duration::ZERO).await.expect("the first");
        assert!(gate.enter(Duration::from_millis(1)).await.is_err());
        assert_eq!(gate.waiting(), 0);
    }
}

//! Runs a query on a thread of its own, and watches clock, memory and the caller's wish to stop.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use super::guard::{Guard, Stop};
use super::options::{Cancel, QueryOptions};
use crate::error::StoreError;

/// How often memory and the handle are looked at.
const LOOK: Duration = Duration::from_millis(10);
/// How long a stopped query may take to its next tick before reading the storage fails too.
const FIRST_GRACE: Duration = Duration::from_millis(60);
/// How long the caller waits after that. The thread goes on unwinding alone.
const SECOND_GRACE: Duration = Duration::from_millis(190);
/// Parsing, planning and evaluation call themselves for each level of a query. Only what is used is taken from memory.
const STACK: usize = 512 << 20;

/// What the watcher knows when the work is over.
pub(crate) struct Outcome<T> {
    /// Nothing when the work was stopped.
    pub(crate) result: Option<Result<T, StoreError>>,
    pub(crate) stopped: Option<Stop>,
    /// Since the call.
    pub(crate) after: Duration,
}

/// Runs `job`, stopping `guard` when a limit is passed. `running` counts the threads at work, those unwinding included.
pub(crate) fn run<T: Send + 'static>(
    guard: &Arc<Guard>,
    options: &QueryOptions,
    cancel: &Cancel,
    running: &Arc<AtomicUsize>,
    job: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<Outcome<T>, StoreError> {
    let start = Instant::now();
    let (sender, receiver) = sync_channel(1);
    let count = Arc::clone(running);
    count.fetch_add(1, Ordering::Relaxed);
    let spawned = thread::Builder::new().name("query".to_owned()).stack_size(STACK).spawn(move || {
        let result = catch_unwind(AssertUnwindSafe(job));
        count.fetch_sub(1, Ordering::Relaxed);
        // The caller may have gone.
        let _ = sender.send(result.ok());
    });
    if let Err(error) = spawned {
        running.fetch_sub(1, Ordering::Relaxed);
        return Err(StoreError::Thread(error));
    }
    let result = wait(guard, options, cancel, start, &receiver);
    let stopped = guard.stopped();
    if result.is_none() && stopped.is_none() {
        return Err(StoreError::Fault);
    }
    Ok(Outcome { result, stopped, after: start.elapsed() })
}

/// The result, unless the query was stopped or fell over.
fn wait<T>(
    guard: &Guard,
    options: &QueryOptions,
    cancel: &Cancel,
    start: Instant,
    receiver: &Receiver<Option<Result<T, StoreError>>>,
) -> Option<Result<T, StoreError>> {
    let before = options.max_memory.and_then(|_| resident());
    loop {
        let left = options.timeout.map_or(LOOK, |limit| limit.saturating_sub(start.elapsed()).min(LOOK));
        match receiver.recv_timeout(left) {
            Ok(result) => return result,
            Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) => {}
        }
        if cancel.is_cancelled() {
            guard.stop(Stop::Cancelled);
        } else if options.timeout.is_some_and(|limit| start.elapsed() >= limit) {
            guard.stop(Stop::Time);
        } else if grown(before).zip(options.max_memory).is_some_and(|(grown, limit)| grown > limit) {
            guard.stop(Stop::Memory);
        }
        if guard.stopped().is_some() {
            return wind_down(guard, receiver);
        }
    }
}

/// Waits a moment for the thread, so that its memory is back when the error is told; what it brings is of no use any more.
fn wind_down<T>(guard: &Guard, receiver: &Receiver<Option<Result<T, StoreError>>>) -> Option<Result<T, StoreError>> {
    if let Err(RecvTimeoutError::Timeout) = receiver.recv_timeout(FIRST_GRACE) {
        guard.token.cancel();
        let _ = receiver.recv_timeout(SECOND_GRACE);
    }
    None
}

/// Bytes by which the process grew.
fn grown(before: Option<u64>) -> Option<u64> {
    Some(resident()?.saturating_sub(before?))
}

/// Resident bytes of the process; Linux only.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes * 1024)
}

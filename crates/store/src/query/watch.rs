//! Runs queries on threads of their own, and watches clock, memory and the callers' wish to stop: one watcher for all of them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::guard::{Guard, Stop};
use super::options::{Cancel, QueryOptions};
use super::threads::{Job, Threads};
use crate::error::StoreError;

/// How often memory and the handles are looked at.
const LOOK: Duration = Duration::from_millis(10);
/// How long a stopped query may take to its next tick before reading the storage fails too.
const FIRST_GRACE: Duration = Duration::from_millis(60);
/// How long the caller waits in all. The thread goes on unwinding alone.
const GRACE: Duration = Duration::from_millis(250);
/// The watcher falls asleep when there was nothing to watch for so long.
const DROWSY: Duration = Duration::from_secs(1);
/// Texts longer than this can nest deep.
const FLAT: usize = 4 << 10;

/// What is known when the work is over.
pub(crate) struct Outcome<T> {
    /// Nothing when the work was stopped, or fell over.
    pub(crate) result: Option<Result<T, StoreError>>,
    pub(crate) stopped: Option<Stop>,
    /// Since the call.
    pub(crate) after: Duration,
}

/// A query to run.
pub(crate) struct Task {
    pub(crate) guard: Arc<Guard>,
    pub(crate) cancel: Cancel,
    pub(crate) timeout: Option<Duration>,
    pub(crate) max_memory: Option<u64>,
    /// From where time counts.
    pub(crate) start: Instant,
    /// Bytes of its text.
    pub(crate) length: usize,
}

impl Task {
    pub(crate) fn new(guard: &Arc<Guard>, options: &QueryOptions, cancel: &Cancel, length: usize) -> Self {
        Self {
            guard: Arc::clone(guard),
            cancel: cancel.clone(),
            timeout: options.timeout,
            max_memory: options.max_memory,
            start: Instant::now(),
            length,
        }
    }
}

/// The threads of one service, and the watcher of what they do. It ends with the service.
#[derive(Default)]
pub(crate) struct Watch {
    state: Arc<State>,
    threads: Arc<Threads>,
}

#[derive(Default)]
struct State {
    watched: Mutex<Watched>,
    something: Condvar,
    /// Threads at work, those unwinding included.
    running: AtomicUsize,
}

#[derive(Default)]
struct Watched {
    runs: Vec<Run>,
    next: u64,
    awake: bool,
    asleep: bool,
    closed: bool,
}

/// A query at work.
struct Run {
    id: u64,
    task: Task,
    /// Resident bytes when the watcher first saw it.
    before: Option<u64>,
    stopped: Option<Instant>,
    /// Tells the caller that nothing will come.
    give_up: Option<Job>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.state.watched().closed = true;
        self.state.something.notify_all();
    }
}

impl Watch {
    /// Threads at work, those included that were stopped and still give their memory back.
    pub(crate) fn running(&self) -> usize {
        self.state.running.load(Ordering::Relaxed)
    }

    /// Runs `job` and waits for its end, or for a limit.
    pub(crate) fn run<T: Send + 'static>(
        &self,
        task: Task,
        job: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
    ) -> Result<Outcome<T>, StoreError> {
        let (sender, receiver) = sync_channel(1);
        self.start(task, job, move |outcome| {
            // The caller waits for it below.
            let _ = sender.send(outcome);
        })?;
        receiver.recv().map_err(|_| StoreError::Fault)
    }

    /// Runs `job`; `then` is called once, on another thread, at its end or soon after a limit.
    pub(crate) fn start<T: Send + 'static>(
        &self,
        task: Task,
        job: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
        then: impl FnOnce(Outcome<T>) + Send + 'static,
    ) -> Result<(), StoreError> {
        let (start, guard, deep) = (task.start, Arc::clone(&task.guard), task.length > FLAT);
        let ending = Arc::new(Ending { then: Mutex::new(Some(Box::new(then))), guard, start });
        let given_up = Arc::clone(&ending);
        let id = self.watch(task, Box::new(move || given_up.end(None)))?;
        let state = Arc::clone(&self.state);
        state.running.fetch_add(1, Ordering::Relaxed);
        let work = move || {
            let result = catch_unwind(AssertUnwindSafe(job)).ok();
            state.running.fetch_sub(1, Ordering::Relaxed);
            state.forget(id);
            ending.end(result);
        };
        self.threads.run(deep, Box::new(work)).map_err(|error| {
            self.state.running.fetch_sub(1, Ordering::Relaxed);
            self.state.forget(id);
            StoreError::Thread(error)
        })
    }

    fn watch(&self, task: Task, give_up: Job) -> Result<u64, StoreError> {
        let mut watched = self.state.watched();
        let id = watched.next;
        watched.next += 1;
        watched.runs.push(Run { id, task, before: None, stopped: None, give_up: Some(give_up) });
        if watched.asleep {
            self.state.something.notify_one();
        }
        if !watched.awake {
            let (state, threads) = (Arc::clone(&self.state), Arc::clone(&self.threads));
            let watcher = thread::Builder::new().name("query-watch".to_owned());
            let spawned = watcher.spawn(move || state.keep_watch(&threads));
            if let Err(error) = spawned {
                watched.runs.retain(|r| r.id != id);
                return Err(StoreError::Thread(error));
            }
            watched.awake = true;
        }
        Ok(id)
    }
}

impl State {
    fn watched(&self) -> MutexGuard<'_, Watched> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn forget(&self, id: u64) {
        let gone = {
            let mut watched = self.watched();
            watched.runs.iter().position(|r| r.id == id).map(|at| watched.runs.swap_remove(at))
        };
        // Outside the lock: it may hold the last of the service, which takes the lock when it goes.
        drop(gone);
    }

    /// Looks at what runs until the service has gone.
    fn keep_watch(&self, threads: &Arc<Threads>) {
        let mut busy = Instant::now();
        loop {
            let (nap, given_up) = {
                let mut watched = self.watched();
                while watched.runs.is_empty() && !watched.closed && busy.elapsed() >= DROWSY {
                    watched.asleep = true;
                    watched = self.something.wait(watched).unwrap_or_else(PoisonError::into_inner);
                    watched.asleep = false;
                    if !watched.runs.is_empty() {
                        busy = Instant::now();
                    }
                }
                if watched.closed && watched.runs.is_empty() {
                    return;
                }
                if !watched.runs.is_empty() {
                    busy = Instant::now();
                }
                look(&mut watched.runs)
            };
            threads.relieve();
            for tell in given_up {
                // Callers may take their time. Without a thread the call is dropped, which they see.
                let _ = threads.run(false, tell);
            }
            thread::sleep(nap);
        }
    }
}

/// Stops what has passed a limit; comes back with the time to the next look, and whom to tell that nothing will come.
fn look(runs: &mut Vec<Run>) -> (Duration, Vec<Job>) {
    let now = Instant::now();
    let memory = if runs.iter().any(|r| r.task.max_memory.is_some()) { resident() } else { None };
    let mut nap = LOOK;
    for run in runs.iter_mut() {
        run.before = run.before.or(memory);
        run.stop_past_limits(now, memory);
        nap = nap.min(run.next_look(now));
    }
    let mut given_up = Vec::new();
    runs.retain_mut(|run| {
        let over = run.stopped.is_some_and(|at| now.saturating_duration_since(at) >= GRACE);
        if over {
            given_up.extend(run.give_up.take());
        }
        !over
    });
    (nap.max(Duration::from_micros(100)), given_up)
}

impl Run {
    fn stop_past_limits(&mut self, now: Instant, memory: Option<u64>) {
        let guard = &self.task.guard;
        if self.task.cancel.is_cancelled() {
            guard.stop(Stop::Cancelled);
        } else if self.task.timeout.is_some_and(|limit| now.saturating_duration_since(self.task.start) >= limit) {
            guard.stop(Stop::Time);
        } else if let (Some(limit), Some(before), Some(memory)) = (self.task.max_memory, self.before, memory)
            && memory.saturating_sub(before) > limit
        {
            guard.stop(Stop::Memory);
        }
        if guard.stopped().is_some() {
            let since = *self.stopped.get_or_insert(now);
            if now.saturating_duration_since(since) >= FIRST_GRACE {
                guard.token.cancel();
            }
        }
    }

    /// Time to its limit.
    fn next_look(&self, now: Instant) -> Duration {
        let limit = self.task.timeout.filter(|_| self.stopped.is_none());
        limit.map_or(LOOK, |limit| (self.task.start + limit).saturating_duration_since(now))
    }
}

/// What the caller wants done with the outcome.
type Then<T> = Box<dyn FnOnce(Outcome<T>) + Send>;

/// Tells the caller once.
struct Ending<T> {
    then: Mutex<Option<Then<T>>>,
    guard: Arc<Guard>,
    start: Instant,
}

impl<T> Ending<T> {
    fn end(&self, result: Option<Result<T, StoreError>>) {
        let then = self.then.lock().unwrap_or_else(PoisonError::into_inner).take();
        let stopped = self.guard.stopped();
        if let Some(then) = then {
            // What a stopped query brings is of no use any more.
            let result = result.filter(|_| stopped.is_none());
            then(Outcome { result, stopped, after: self.start.elapsed() });
        }
    }
}

/// Resident bytes of the process; Linux only.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes * 1024)
}

//! Threads with deep stacks, and the queue of what they are to do.
//!
//! To make a thread costs more than a small query, and so does waking one. So threads are kept, and no more than there are
//! processors are woken at once: who ends a job takes the next one without falling asleep. Where long work holds all of
//! them, the watcher asks for one more ([`Threads::relieve`]).

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// Parsing, planning and evaluation call themselves for each level of a query. Only what is used is taken from memory.
pub(super) const STACK: usize = 512 << 20;
/// Threads that wait; one more ends when there is nothing to do.
const MOST_IDLE: usize = 16;
/// A thread ends when nothing comes for so long.
const PATIENCE: Duration = Duration::from_secs(10);

/// Work that does not panic.
pub(super) type Job = Box<dyn FnOnce() + Send>;

/// The threads of a service.
pub(super) struct Threads {
    state: Mutex<State>,
    woken: Condvar,
    /// Threads that are woken without being asked for.
    eager: usize,
}

#[derive(Default)]
struct State {
    queue: VecDeque<Assigned>,
    /// At work, or on their way to it.
    active: usize,
    idle: usize,
    /// Idle threads that were called and have not come yet.
    called: usize,
}

struct Assigned {
    job: Job,
    /// Whether the thread ends with it: deep work leaves a stack that takes memory for as long as the thread lives.
    deep: bool,
}

impl Default for Threads {
    fn default() -> Self {
        let processors = thread::available_parallelism().map_or(2, usize::from);
        Self { state: Mutex::default(), woken: Condvar::new(), eager: processors.max(2) }
    }
}

impl Threads {
    /// Puts a job in the queue.
    ///
    /// # Errors
    /// When no thread can be made and none is there.
    pub(super) fn run(self: &Arc<Self>, deep: bool, job: Job) -> io::Result<()> {
        let mut state = self.state();
        state.queue.push_back(Assigned { job, deep });
        if state.active >= self.eager {
            return Ok(());
        }
        let called = self.call(&mut state);
        if called.is_err() && state.active == 0 {
            state.queue.pop_back();
            return called;
        }
        Ok(())
    }

    /// One more thread, where something waits: what is at work takes long.
    pub(super) fn relieve(self: &Arc<Self>) {
        let mut state = self.state();
        if state.queue.len() > state.called {
            // Without one, the job waits for those that are there.
            let _ = self.call(&mut state);
        }
    }

    /// Wakes a thread, or makes one.
    fn call(self: &Arc<Self>, state: &mut State) -> io::Result<()> {
        if state.idle > 0 {
            state.idle -= 1;
            state.called += 1;
            self.woken.notify_one();
        } else {
            let threads = Arc::clone(self);
            let builder = thread::Builder::new().name("query".to_owned()).stack_size(STACK);
            builder.spawn(move || threads.work())?;
        }
        state.active += 1;
        Ok(())
    }

    fn work(self: Arc<Self>) {
        let mut state = self.state();
        loop {
            while let Some(Assigned { job, deep }) = state.queue.pop_front() {
                drop(state);
                job();
                state = self.state();
                if deep {
                    state.active -= 1;
                    if !state.queue.is_empty() && state.active < self.eager {
                        let _ = self.call(&mut state);
                    }
                    return;
                }
            }
            state.active -= 1;
            if state.idle >= MOST_IDLE {
                return;
            }
            state.idle += 1;
            let (back, waited) = self
                .woken
                .wait_timeout_while(state, PATIENCE, |s| s.called == 0)
                .unwrap_or_else(PoisonError::into_inner);
            state = back;
            if waited.timed_out() {
                state.idle -= 1;
                return;
            }
            state.called -= 1;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

    use super::*;

    fn name_of_worker(threads: &Arc<Threads>, deep: bool) -> thread::ThreadId {
        let (sender, receiver) = sync_channel(1);
        let job = Box::new(move || sender.send(thread::current().id()).expect("somebody waits"));
        threads.run(deep, job).expect("a thread");
        receiver.recv().expect("the job was done")
    }

    fn wait_until(threads: &Threads, holds: impl Fn(&State) -> bool) {
        while !holds(&threads.state()) {
            thread::yield_now();
        }
    }

    /// A job that tells when it begins and ends when told to.
    fn held(threads: &Arc<Threads>) -> (Receiver<()>, SyncSender<()>) {
        let (begun, beginning) = sync_channel(1);
        let (end, ended) = sync_channel::<()>(1);
        let job = Box::new(move || {
            begun.send(()).expect("somebody waits");
            ended.recv().expect("somebody ends it");
        });
        threads.run(false, job).expect("a thread");
        (beginning, end)
    }

    #[test]
    fn a_thread_is_used_again_unless_its_job_was_deep() {
        let threads = Arc::new(Threads::default());
        let first = name_of_worker(&threads, false);
        wait_until(&threads, |s| s.idle == 1);
        assert_eq!(name_of_worker(&threads, true), first);
        wait_until(&threads, |s| s.idle + s.active == 0);
        assert_ne!(name_of_worker(&threads, false), first);
    }

    #[test]
    fn long_work_holds_nobody_up_once_relief_comes() {
        let threads = Arc::new(Threads { eager: 1, ..Threads::default() });
        let (beginning, end_first) = held(&threads);
        beginning.recv().expect("it begins at once");
        let (beginning, end_second) = held(&threads);
        assert_eq!(threads.state().queue.len(), 1, "one more than there are processors");
        threads.relieve();
        beginning.recv().expect("it begins now");
        for end in [end_first, end_second] {
            end.send(()).expect("it waits");
        }
        wait_until(&threads, |s| s.idle == 2);
    }

    #[test]
    fn no_more_threads_wait_than_may() {
        let threads = Arc::new(Threads { eager: MOST_IDLE + 1, ..Threads::default() });
        let jobs: Vec<_> = (0..=MOST_IDLE).map(|_| held(&threads)).collect();
        for (beginning, _) in &jobs {
            beginning.recv().expect("all begin");
        }
        for (_, end) in &jobs {
            end.send(()).expect("it waits");
        }
        wait_until(&threads, |s| s.active == 0);
        assert_eq!(threads.state().idle, MOST_IDLE);
    }
}

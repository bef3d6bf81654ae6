//! Progress while files are read: a bar with pages per second, on standard error.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A progress bar, or nothing where none is wanted.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    start: std::time::Instant,
}

impl Progress {
    pub(crate) fn new(quiet: bool, files: usize) -> Self {
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(Some(files as u64), target);
        let style = ProgressStyle::with_template("reading {bar:30} {pos}/{len} files {msg} [{elapsed}]");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar, start: std::time::Instant::now() }
    }

    pub(crate) fn show(&self, done: usize, _total: usize, pages: usize) {
        self.bar.set_position(done as u64);
        let rate = pages as f64 / self.start.elapsed().as_secs_f64().max(1e-3);
        self.bar.set_message(format!("{pages} pages, {rate:.0} pages/s"));
    }

    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

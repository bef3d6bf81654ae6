//! One module a command.

#[cfg(feature = "store")]
pub(crate) mod backup;
#[cfg(feature = "store")]
pub(crate) mod check;
pub(crate) mod completions;
#[cfg(feature = "store")]
pub(crate) mod demo;
#[cfg(feature = "store")]
pub(crate) mod describe;
#[cfg(feature = "store")]
pub(crate) mod editions;
#[cfg(feature = "store")]
pub(crate) mod editions_diff;
pub(crate) mod eval;
#[cfg(feature = "store")]
pub(crate) mod evidence;
#[cfg(feature = "store")]
pub(crate) mod examples;
#[cfg(feature = "store")]
pub(crate) mod export;
pub(crate) mod extract;
pub(crate) mod fonts;
#[cfg(feature = "store")]
pub(crate) mod ingest;
#[cfg(feature = "store")]
pub(crate) mod init;
#[cfg(feature = "store")]
pub(crate) mod insight;
pub(crate) mod lexicon;
mod lexicon_check;
mod lexicon_import;
pub(crate) mod page;
#[cfg(feature = "store")]
pub(crate) mod query;
#[cfg(feature = "store")]
pub(crate) mod review;
#[cfg(feature = "store")]
pub(crate) mod search;
#[cfg(feature = "store")]
pub(crate) mod serve;

use crate::args::Global;

/// What every command knows.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    /// The data folder.
    pub(crate) data: std::path::PathBuf,
    /// No progress, no remarks.
    pub(crate) quiet: bool,
}

impl Context {
    pub(crate) fn new(global: &Global) -> Self {
        if let Some(threads) = global.threads {
            // Fails only if the pool is running already, which it is not yet.
            let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
        }
        Self { data: global.data.clone(), quiet: global.quiet }
    }

    /// Prints a remark to standard error, unless there should be none.
    pub(crate) fn remark(&self, text: &str) {
        if !self.quiet {
            crate::output::remark(text);
        }
    }
}

/// Tells the rows of a table of decisions that cannot be carried out.
pub(crate) fn warn_of_rows(file: &std::path::Path, problems: &[hakusho_pipeline::RowProblem]) {
    for p in problems {
        crate::output::warn(&format!("`{}` line {}: {}; the row is passed over", file.display(), p.line, p.problem));
    }
}

/// Exit status of a command over several files.
pub(crate) fn status(done: usize, failed: usize) -> std::process::ExitCode {
    std::process::ExitCode::from(match (done, failed) {
        (_, 0) => 0,
        (0, _) => 1,
        _ => 2,
    })
}

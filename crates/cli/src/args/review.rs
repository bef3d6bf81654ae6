//! Decisions about names.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Kinds of questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Asked {
    /// Several entries have this name, and none is ahead
    Ambiguous,
    /// Short or common names that need support and never had it
    Weak,
    /// Names that no list has
    Unlisted,
    /// Words that lean on a name (同社, 同法) and found none
    Leaning,
    /// Links that were made without being sure
    Low,
    /// Dates without a year to count from
    Undated,
}

#[derive(Debug, Args)]
#[command(
    after_help = "A decision is a line of a tab-separated file: surface, type, action, target, scope, note, made.\n\
    Actions: is (it names the target), not (it is no name), type (it is of the type in target),\n\
    same (the unlisted name is the target), differs (it is not the listed thing).\n\
    Decisions are kept in `decisions.tsv` of the data folder and replayed by every `ingest`;\n\
    docs/review.md describes the queue and the file."
)]
pub(crate) struct ReviewArgs {
    #[command(subcommand)]
    pub(crate) command: ReviewCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReviewCommand {
    /// One line for each question of all loaded files, the most frequent first
    List(ReviewListArgs),
    /// Everything about one question: places, candidates and their reasons
    Show {
        /// Its id, or the beginning of it
        #[arg(value_name = "ID")]
        id: String,
        /// Print as JSON
        #[arg(long)]
        json: bool,
    },
    /// Check the decisions of a file and take them up; `ingest` replays them
    #[command(after_help = "Exit status: 0 all rows are taken up, 2 some were refused, 1 none could be.")]
    Apply {
        /// Tab-separated file with a header row
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(crate) struct ReviewListArgs {
    /// Only questions of this kind
    #[arg(long, value_enum, value_name = "KIND")]
    pub(crate) kind: Option<Asked>,
    /// At most this many
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Print as JSON
    #[arg(long, conflicts_with = "tsv")]
    pub(crate) json: bool,
    /// Print a table of decisions to fill in and apply
    #[arg(long)]
    pub(crate) tsv: bool,
    /// List what was decided and how often each decision applied, instead of questions
    #[arg(long, conflicts_with_all = ["kind", "tsv", "limit"])]
    pub(crate) decisions: bool,
}

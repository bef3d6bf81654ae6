//! What can be written on the command line. Help text, completions and checks come from here.

#[cfg(feature = "store")]
mod ask;
#[cfg(feature = "store")]
mod keep;
#[cfg(feature = "store")]
mod load;
mod names;
mod read;
#[cfg(feature = "store")]
mod review;
#[cfg(feature = "store")]
mod serve;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

#[cfg(feature = "store")]
pub(crate) use ask::{EvidenceArgs, InsightArgs, InsightCommand, QueryArgs, QueryFormat, SearchArgs, SearchKind};
#[cfg(feature = "store")]
pub(crate) use keep::{BackupArgs, ExportArgs, ExportFormat, RestoreArgs};
#[cfg(feature = "store")]
pub(crate) use load::{
    CheckArgs, DiffArgs, DiffFormat, EditionsArgs, EditionsCommand, GraphDetail, IngestArgs, PlanArgs, ReportArgs,
    RetractArgs, VerifyArgs,
};
pub(crate) use names::{Layer, LexiconArgs, LexiconCheckArgs, LexiconCommand, LexiconImportArgs, ListKind};
pub(crate) use read::{EvalArgs, ExtractArgs, ExtractFormat, FontsArgs, OcrEngine, PageArgs};
#[cfg(feature = "store")]
pub(crate) use review::{Asked, ReviewArgs, ReviewCommand, ReviewListArgs};
#[cfg(feature = "store")]
pub(crate) use serve::ServeArgs;

/// Turns Japanese PDF reports into a knowledge graph whose every statement leads back to the printed line it came from.
#[derive(Debug, Parser)]
#[command(name = "hakusho", version, propagate_version = true, disable_help_subcommand = true)]
#[command(
    after_help = "Start with `hakusho demo`. Results go to standard output, progress and messages to standard error.\n\
    Exit status: 0 done, 1 nothing done or an error, 2 done but some files failed, 3 a question passed a limit."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// Folder in which everything is kept
    #[arg(long, global = true, value_name = "DIR", env = "HAKUSHO_DATA", default_value = "./hakusho-data")]
    pub(crate) data: PathBuf,
    /// Threads to use (default: one for each processor)
    #[arg(long, global = true, value_name = "N", env = "HAKUSHO_THREADS")]
    pub(crate) threads: Option<usize>,
    /// Show no progress and no remarks, only results and errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Load the bundled sample editions and answer questions about them
    #[cfg(feature = "store")]
    Demo(DemoArgs),
    /// Make an empty data folder
    #[cfg(feature = "store")]
    Init(InitArgs),
    /// Read reports and print their structure, without storing anything
    Extract(ExtractArgs),
    /// List the fonts of a report: where their characters come from and what their maps are worth
    Fonts(FontsArgs),
    /// Paint a page with the boxes of what was read on it
    Page(PageArgs),
    /// Measure how well reports are read, against annotations of them
    Eval(EvalArgs),
    /// Check the lists of names, and import official ones (法人番号, 法令, 学校コード, …)
    Lexicon(LexiconArgs),
    /// Say what `ingest` would do: what becomes of each file, and which statements would come and go
    #[cfg(feature = "store")]
    Plan(PlanArgs),
    /// Load reports: files, folders, folders of a series
    #[cfg(feature = "store")]
    Ingest(IngestArgs),
    /// Ask a SPARQL question
    #[cfg(feature = "store")]
    Query(QueryArgs),
    /// Find words in passages, exhibits, captions, section titles and names
    #[cfg(feature = "store")]
    Search(SearchArgs),
    /// Answer over HTTP: SPARQL endpoint, web page, pages for everything that has an IRI
    #[cfg(feature = "store")]
    Serve(ServeArgs),
    /// List, show, verify and take out what is loaded
    #[cfg(feature = "store")]
    Editions(EditionsArgs),
    /// Show the printed line behind a statement
    #[cfg(feature = "store")]
    Evidence(EvidenceArgs),
    /// Work the queue of questions: names that were not linked or not surely, and what people decided about them
    #[cfg(feature = "store")]
    Review(ReviewArgs),
    /// Show who is named with whom, and how two are connected
    #[cfg(feature = "store")]
    Insight(InsightArgs),
    /// Write everything that is loaded, or some editions, as sorted statements
    #[cfg(feature = "store")]
    Export(ExportArgs),
    /// Print what the archive says of itself: counts, graphs, prefixes, example questions
    #[cfg(feature = "store")]
    Describe,
    /// Judge the store by integrity rules and SHACL shapes
    #[cfg(feature = "store")]
    Check(CheckArgs),
    /// Copy the data folder into a new folder that says of every file what it was; others may read and write meanwhile
    #[cfg(feature = "store")]
    Backup(BackupArgs),
    /// Make the data folder of a backup, which is checked first
    #[cfg(feature = "store")]
    Restore(RestoreArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Keep the demo's data in this folder (default: a folder of its own beside other temporary files, made anew)
    #[arg(long, value_name = "DIR")]
    pub(crate) into: Option<PathBuf>,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// Namespace of everything the reports speak of; it cannot be changed later
    #[arg(long, value_name = "IRI")]
    pub(crate) base: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

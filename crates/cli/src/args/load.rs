//! What loads, plans, compares and judges editions.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::OcrEngine;

#[derive(Debug, Args)]
#[command(
    after_help = "All files of an edition come in together or not at all; a load that was cut off is done again and goes on\n\
    where it was. Two files of one load that are the same part of the same edition are in conflict: the\n\
    one that is loaded already counts, else the first.\n\
    Exit status: 0 all files are in, 2 some failed, 1 nothing could be done."
)]
pub(crate) struct IngestArgs {
    #[command(flatten)]
    pub(crate) reports: ReportArgs,
    /// Statements to write to the store in one step, about; less takes less memory and more time. An edition is never divided
    #[arg(long, value_name = "N", default_value_t = hakusho_batch::STEP)]
    pub(crate) step: usize,
}

#[derive(Debug, Args)]
#[command(
    after_help = "The store stays as it is. What was read of the files is kept in the data folder, so that `ingest` need not read\n\
    them again.\n\
    Exit status: 0 all files could be loaded, 2 some could not, 1 none could."
)]
pub(crate) struct PlanArgs {
    #[command(flatten)]
    pub(crate) reports: ReportArgs,
}

/// Reports to load, and how.
#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    /// PDF files or folders
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Password for files that need one
    #[arg(long, value_name = "TEXT", env = "HAKUSHO_PASSWORD", hide_env_values = true)]
    pub(crate) password: Option<String>,
    /// Read pages without a text layer by optical character recognition. Needs `apt install tesseract-ocr
    /// tesseract-ocr-jpn tesseract-ocr-jpn-vert` or the like, and some 5 seconds a page
    #[arg(long, value_enum, value_name = "PROGRAM")]
    pub(crate) ocr: Option<OcrEngine>,
    /// How much of a report goes into its graph; what hakusho.toml says unless given. Files loaded otherwise are renewed
    #[arg(long, value_enum, value_name = "HOW")]
    pub(crate) detail: Option<GraphDetail>,
    /// Print the outcome as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Forms in which `editions diff` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For reading
    Text,
    /// Everything, with places
    Json,
    /// A set of changes in RDF (Turtle), each with its evidence
    Ttl,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Sections and exhibits are aligned by number and title; a title that differs only in its year is the same.\n\
    Figures are compared within exhibits that go together, within one survey, and in sentences that use the\n\
    same words: `revised` is another value for the same year, `regrouped` the same among other rows, `updated` the value\n\
    of another year.\n\
    docs/editions.md says how everything is compared.\n\
    Exit status: 0 compared, whether or not something changed; 1 an edition is not there."
)]
pub(crate) struct DiffArgs {
    /// The earlier edition: its slug, IRI, part of its title, name of a file; or a PDF file, which need not be loaded
    #[arg(value_name = "BEFORE")]
    pub(crate) before: String,
    /// The later edition
    #[arg(value_name = "AFTER")]
    pub(crate) after: String,
    /// Form of the answer
    #[arg(long, value_enum, value_name = "FORM", default_value_t = DiffFormat::Text)]
    pub(crate) to: DiffFormat,
    /// Print as JSON
    #[arg(long, conflicts_with = "to")]
    pub(crate) json: bool,
    /// Rows of each table at most; 0 shows all
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Findings shown of each rule
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) most: usize,
    /// Print the outcome as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// How much of a report goes into its graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GraphDetail {
    /// What questions need: claims, evidence with boxes and offsets, passages
    Lean,
    /// Also every mention with its own place and rule, table cells, references, Web Annotation selectors
    Full,
}

#[derive(Debug, Args)]
pub(crate) struct EditionsArgs {
    #[command(subcommand)]
    pub(crate) command: EditionsCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum EditionsCommand {
    /// One line for each loaded file
    List {
        /// Print as JSON
        #[arg(long)]
        json: bool,
    },
    /// Everything the registry knows of an edition, with its history
    Show {
        /// Its slug (`ict-wp-2024`), IRI, part of its title, or name of a file
        #[arg(value_name = "EDITION")]
        edition: String,
    },
    /// Take an edition or one of its files out of the store
    Retract(RetractArgs),
    /// Check that what is loaded is still what was read
    Verify(VerifyArgs),
    /// What changed between two editions
    Diff(DiffArgs),
}

#[derive(Debug, Args)]
#[command(
    after_help = "Every statement of the file goes, and those about shared things that no other loaded file makes.\n\
    Statements of other files stay. The PDF and what was read from it stay in `objects/` of the data\n\
    folder, and the registry keeps the history: `ingest` of the same file brings all of it back.\n\
    Exit status: 0 done, 1 nothing of that name is loaded."
)]
pub(crate) struct RetractArgs {
    /// Slug or IRI of an edition; or name, IRI or SHA-256 of a file (its first 8 characters are enough)
    #[arg(value_name = "EDITION|FILE")]
    pub(crate) name: String,
    /// List what would go, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Print as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "For each file: the stored PDF against its SHA-256, the artifact against the hash in the registry, the\n\
    graph in the store against the artifact, statement by statement, and every quote against the\n\
    document at its offsets. `--rebuild` reads the stored PDFs again and compares the hashes; files that\n\
    were loaded by another version, with other lists or decisions, or with other options cannot be\n\
    compared and are named.\n\
    Exit status: 0 all is well, 2 some files differ, 1 all do."
)]
pub(crate) struct VerifyArgs {
    /// Slug or IRI of an edition; or name, IRI or SHA-256 of a file (default: all that is loaded)
    #[arg(value_name = "EDITION|FILE")]
    pub(crate) name: Option<String>,
    /// Read the stored PDFs again and compare
    #[arg(long)]
    pub(crate) rebuild: bool,
    /// Password for files that need one
    #[arg(long, value_name = "TEXT", env = "HAKUSHO_PASSWORD", hide_env_values = true)]
    pub(crate) password: Option<String>,
    /// How much of the reports went into their graphs; what hakusho.toml says unless given
    #[arg(long, value_enum, value_name = "HOW")]
    pub(crate) detail: Option<GraphDetail>,
    /// Recogniser the files were read with
    #[arg(long, value_enum, value_name = "PROGRAM")]
    pub(crate) ocr: Option<OcrEngine>,
    /// Print as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

//! What writes the store out and brings it back.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Forms in which `export` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// A statement a line, the lines of each graph sorted
    Nquads,
    /// Graph by graph and subject by subject, with prefixes
    Trig,
    /// One list of graphs
    Jsonld,
}

#[derive(Debug, Args)]
#[command(
    after_help = "An edition is the graphs of its files, what these refer to, and its entry in the registry. The same\n\
    archive gives the same bytes: graphs come in the order of their names; runs of loads, which carry the\n\
    time of the clock, are left out unless `--history` is given.\n\
    A folder gets the dump, `dataset.ttl` (DCAT and VoID) and `SHA256SUMS` (`sha256sum -c` checks them)."
)]
pub(crate) struct ExportArgs {
    /// Slugs (`ict-wp-2024`), IRIs or parts of titles of editions (default: everything)
    #[arg(value_name = "EDITION")]
    pub(crate) editions: Vec<String>,
    /// Form of the statements
    #[arg(long, value_enum, default_value_t = ExportFormat::Nquads)]
    pub(crate) format: ExportFormat,
    /// Write to this file, or into this folder: one that is there, or a name that ends in a slash. `-` is standard output
    #[arg(long, short, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,
    /// Compress (gzip)
    #[arg(long)]
    pub(crate) gzip: bool,
    /// Tell of the runs that loaded the files, too
    #[arg(long)]
    pub(crate) history: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "A backup is a bag (BagIt, RFC 8493): any BagIt tool can check it. It holds configuration, decisions, imported\n\
    layers, review files, all objects (by hard links where the file system can) and the store as N-Quads.\n\
    It is the state of one moment, and it appears when it is whole.\n\
    Exit status: 0 done, 2 done but some objects were damaged before, 1 not done."
)]
pub(crate) struct BackupArgs {
    /// The folder to make
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
}

#[derive(Debug, Args)]
#[command(
    after_help = "The data folder (`--data`) must not be there or must be empty, unless `--force` is given. It appears when it\n\
    is whole. Exit status: 0 done, 1 the backup is damaged or nothing could be done."
)]
pub(crate) struct RestoreArgs {
    /// The backup
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    /// Only check the backup
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Take the place of a data folder that is there
    #[arg(long)]
    pub(crate) force: bool,
}

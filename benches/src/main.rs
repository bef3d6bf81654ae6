//! Measures the text engine: speed and memory beside poppler and mutool, characters and boxes against theirs, characters
//! and order against typeset truth; what structure and imported names cost; how much is found in a report whose names are
//! in no list; what loading and asking cost. Prints Markdown.

mod boxes;
mod chars;
mod child;
mod collection;
mod companies;
mod files;
mod generality;
mod golds;
mod ingest;
mod lexicon;
mod limits;
mod made;
mod markup;
mod matching;
mod order;
mod peers;
mod queries;
mod recall;
mod speed;
mod stext;
mod structure;
mod table;
mod truth;
mod words;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};

const USAGE: &str =
    "hakusho-bench speed|recall|boxes|structure|lexicon FOLDER, truth FOLDER, generality GOLD, report FOLDER TYPESET,
ingest FOLDER, collection EDITIONS, queries DATA, or limits DATA
  --rounds N        rounds of `speed` (5)
  --verbose         list every character and run that differs
  --lost            list the organisations that `generality` loses
  --hakusho PATH    the binary to measure (the one beside this)
  --oxigraph PATH   the program that `ingest` loads the same statements with
  --keep DIR        the data folder that `collection` makes and leaves
  --queries DIR     the questions of `queries` (ontology/queries)";

/// What the command line asks for.
struct Args {
    command: String,
    folders: Vec<PathBuf>,
    rounds: usize,
    verbose: bool,
    lost: bool,
    hakusho: PathBuf,
    oxigraph: PathBuf,
    keep: Option<PathBuf>,
    queries: PathBuf,
}

fn main() -> ExitCode {
    let result = parse(std::env::args().skip(1)).and_then(|args| run(&args));
    let (code, text) = match result {
        Ok(text) => (0, text),
        Err(error) => {
            // Nothing can be done about a closed standard error.
            let _ = writeln!(std::io::stderr(), "error: {error:#}");
            (1, String::new())
        }
    };
    let _ = std::io::stdout().write_all(text.as_bytes());
    ExitCode::from(code)
}

fn parse(mut given: impl Iterator<Item = String>) -> Result<Args> {
    let mut args = Args {
        command: String::new(),
        folders: Vec::new(),
        rounds: 5,
        verbose: false,
        lost: false,
        hakusho: beside("hakusho")?,
        oxigraph: "oxigraph".into(),
        keep: None,
        queries: "ontology/queries".into(),
    };
    while let Some(word) = given.next() {
        match word.as_str() {
            "--rounds" => args.rounds = given.next().context(USAGE)?.parse().context("--rounds takes a number")?,
            "--verbose" => args.verbose = true,
            "--lost" => args.lost = true,
            "--oxigraph" => args.oxigraph = given.next().context(USAGE)?.into(),
            "--keep" => args.keep = Some(given.next().context(USAGE)?.into()),
            "--queries" => args.queries = given.next().context(USAGE)?.into(),
            "--hakusho" => args.hakusho = given.next().context(USAGE)?.into(),
            _ if word.starts_with('-') => bail!("{USAGE}"),
            _ if args.command.is_empty() => args.command = word,
            _ => args.folders.push(word.into()),
        }
    }
    Ok(args)
}

/// A binary in the folder of this one.
fn beside(name: &str) -> Result<PathBuf> {
    Ok(std::env::current_exe()?.with_file_name(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

fn run(args: &Args) -> Result<String> {
    let folder = args.folders.first().context(USAGE)?;
    let alone =
        matches!(args.command.as_str(), "recall" | "structure" | "generality" | "lexicon" | "lexicon-load" | "queries");
    if !alone && !args.hakusho.exists() {
        bail!("{} is not built", args.hakusho.display());
    }
    match args.command.as_str() {
        "speed" => speed::report(&args.hakusho, &files::pdfs(folder)?, args.rounds.max(1)),
        "structure" => {
            let report = structure::report(&files::pdfs(folder)?, args.rounds.max(1))?;
            Ok(format!("# Structure beside text\n\n{}\n{report}", peers::machine()))
        }
        "generality" => generality::report(folder, args.lost),
        "lexicon" => {
            let report = lexicon::report(&files::pdfs(folder)?, args.rounds.max(1))?;
            Ok(format!("# Half a million names\n\n{}\n{report}", peers::machine()))
        }
        "ingest" => {
            let report = ingest::report(&args.hakusho, &args.oxigraph, folder, args.rounds.max(1))?;
            Ok(format!("# Loading\n\n{}\n{report}", peers::machine()))
        }
        "collection" => {
            let count = folder.to_string_lossy().parse().context("`collection` takes a number of editions")?;
            let report = collection::report(&args.hakusho, count, args.keep.as_deref())?;
            Ok(format!("# A large collection\n\n{}\n{report}", peers::machine()))
        }
        "queries" => {
            let report = queries::report(folder, &args.queries, args.rounds.max(1))?;
            Ok(format!("# Asking\n\n{}\n{report}", peers::machine()))
        }
        // What `lexicon` starts for each load.
        "lexicon-load" => lexicon::load(folder),
        "limits" => {
            let report = limits::report(&args.hakusho, folder)?;
            Ok(format!("# Limits of queries\n\n{}\n{report}", peers::machine()))
        }
        "recall" => recall::report(&files::pdfs(folder)?, args.verbose),
        "truth" => truth::report(&args.hakusho, folder, args.verbose),
        "boxes" => boxes::report(&files::pdfs(folder)?, args.verbose),
        "report" => {
            let typeset = args.folders.get(1).context(USAGE)?;
            let pdfs = files::pdfs(folder)?;
            Ok([
                format!("# The text engine beside its peers\n\n{}", peers::machine()),
                speed::report(&args.hakusho, &pdfs, args.rounds.max(1))?,
                recall::report(&pdfs, args.verbose)?,
                truth::report(&args.hakusho, typeset, args.verbose)?,
                boxes::report(&pdfs, args.verbose)?,
            ]
            .join("\n"))
        }
        _ => bail!("{USAGE}"),
    }
}

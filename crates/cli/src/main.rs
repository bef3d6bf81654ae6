//! The `hakusho` command: Japanese PDF reports in, answers with their printed lines out.

mod args;
mod commands;
mod gold_files;
mod layers;
mod machine_fonts;
mod ocr;
mod output;
mod overlay;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use commands::Context;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    quiet_panics();
    match run(&cli) {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&error);
            ExitCode::from(1)
        }
    }
}

fn run(cli: &Cli) -> anyhow::Result<ExitCode> {
    let context = Context::new(&cli.global);
    match &cli.command {
        Command::Extract(args) => commands::extract::run(&context, args),
        Command::Fonts(args) => commands::fonts::run(args),
        Command::Page(args) => commands::page::run(&context, args),
        Command::Eval(args) => commands::eval::run(&context, args),
        Command::Lexicon(args) => commands::lexicon::run(&context, args),
        Command::Completions(args) => commands::completions::run(args),
        #[cfg(feature = "store")]
        Command::Demo(args) => commands::demo::run(&context, args),
        #[cfg(feature = "store")]
        Command::Init(args) => commands::init::run(&context, args),
        #[cfg(feature = "store")]
        Command::Plan(args) => commands::ingest::plan(&context, args),
        #[cfg(feature = "store")]
        Command::Ingest(args) => commands::ingest::ingest(&context, args),
        #[cfg(feature = "store")]
        Command::Query(args) => commands::query::run(&context, args),
        #[cfg(feature = "store")]
        Command::Search(args) => commands::search::run(&context, args),
        #[cfg(feature = "store")]
        Command::Serve(args) => commands::serve::run(&context, args),
        #[cfg(feature = "store")]
        Command::Editions(args) => commands::editions::run(&context, args),
        #[cfg(feature = "store")]
        Command::Evidence(args) => commands::evidence::run(&context, args),
        #[cfg(feature = "store")]
        Command::Review(args) => commands::review::run(&context, args),
        #[cfg(feature = "store")]
        Command::Insight(args) => commands::insight::run(&context, args),
        #[cfg(feature = "store")]
        Command::Export(args) => commands::export::run(&context, args),
        #[cfg(feature = "store")]
        Command::Describe => commands::describe::run(&context),
        #[cfg(feature = "store")]
        Command::Check(args) => commands::check::run(&context, args),
        #[cfg(feature = "store")]
        Command::Backup(args) => commands::backup::run(&context, args),
        #[cfg(feature = "store")]
        Command::Restore(args) => commands::backup::run_restore(&context, args),
    }
}

/// Prints help to standard output, or what is wrong with the command line to standard error: nothing was done, status 1.
fn usage(error: &clap::Error) -> ExitCode {
    // Nothing can be done about a closed output.
    let _ = error.print();
    ExitCode::from(u8::from(error.use_stderr()))
}

/// Whoever reads our output has seen enough (`hakusho … | head`).
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let closed = |e: &std::io::Error| e.kind() == std::io::ErrorKind::BrokenPipe;
    error.chain().any(|e| e.downcast_ref::<std::io::Error>().is_some_and(closed))
}

/// A fault while reading one report is caught and reported as that report's outcome; its trace would only frighten.
fn quiet_panics() {
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
}

//! The `hakusho` command: Japanese PDF reports in, answers with their printed lines out.

mod args;
mod commands;
mod output;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use commands::Context;

fn main() -> ExitCode {
    let cli = Cli::parse();
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
        Command::Editions(args) => commands::editions::run(&context, args),
        #[cfg(feature = "store")]
        Command::Evidence(args) => commands::evidence::run(&context, args),
        #[cfg(feature = "store")]
        Command::Export(args) => commands::export::run(&context, args),
    }
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

//! `hakusho serve`.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use hakusho_batch::DataFolder;
use hakusho_server::{KnowledgeSource, ServeOptions, serve};
use hakusho_store::{NamedNode, QueryOptions};

use super::Context;
use crate::args::ServeArgs;
use crate::layers::knowledge;
use crate::machine_fonts;
use crate::output;

/// A token that can be guessed is none.
const SHORTEST_TOKEN: usize = 16;

pub(crate) fn run(context: &Context, args: &ServeArgs) -> Result<ExitCode> {
    log_to_stderr();
    let data = DataFolder::open(&context.data)?;
    let options = options(context, &data, args)?;
    if !args.bind.ip().is_loopback() && args.public_url.is_none() {
        output::warn(&format!(
            "`{}` can be reached from other machines, without encryption: put a proxy with TLS in front, and say its address with --public-url",
            args.bind
        ));
    }
    serve(data, options, |address| {
        context.remark(&format!("listening at http://{address} — SPARQL at http://{address}/sparql; Ctrl-C stops"));
    })?;
    context.remark("stopped");
    Ok(ExitCode::SUCCESS)
}

fn options(context: &Context, data: &DataFolder, args: &ServeArgs) -> Result<ServeOptions> {
    let timeout = Duration::try_from_secs_f64(args.timeout).context("--timeout takes seconds")?;
    let usual = ServeOptions::default();
    Ok(ServeOptions {
        bind: args.bind,
        query: QueryOptions {
            timeout: (!timeout.is_zero()).then_some(timeout),
            max_rows: Some(args.max_rows),
            max_bytes: Some(args.max_bytes),
            max_memory: (args.max_memory > 0).then(|| args.max_memory.saturating_mul(1 << 20)),
            ..QueryOptions::default()
        },
        concurrency: args.concurrency.unwrap_or(usual.concurrency),
        waiting: args.queue,
        rate: args.rate,
        image_cache: args.image_cache.saturating_mul(1 << 20),
        answer_cache: args.answer_cache.saturating_mul(1 << 20),
        token: args.token_file.as_deref().map(token).transpose()?,
        services: args.allow_service.iter().map(|s| service(s)).collect::<Result<_>>()?,
        allow_update: args.allow_update,
        public_url: args.public_url.clone(),
        log_queries: args.log_queries,
        fonts: Some(machine_fonts::finder(None)?),
        knowledge: Some(source(context, data.base())),
        ..usual
    })
}

/// An endpoint's address.
fn service(text: &str) -> Result<NamedNode> {
    let there = text.starts_with("http://") || text.starts_with("https://");
    NamedNode::new(text)
        .ok()
        .filter(|_| there)
        .with_context(|| format!("--allow-service takes an http address, not `{text}`"))
}

/// The lists, read when the first decision comes.
fn source(context: &Context, base: &str) -> KnowledgeSource {
    let (context, base) = (context.clone(), base.to_owned());
    Arc::new(move || knowledge(&context, &base).map_err(|e| format!("{e:#}")))
}

/// The first line of a file that nobody else may read.
fn token(path: &Path) -> Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read the token `{}`", path.display()))?;
    let token = text.lines().next().unwrap_or_default().trim().to_owned();
    if token.len() < SHORTEST_TOKEN {
        bail!("the token in `{}` has fewer than {SHORTEST_TOKEN} characters", path.display());
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(path).map_or(0, |m| m.permissions().mode());
        if mode & 0o077 != 0 {
            output::warn(&format!("other users of this machine may read the token in `{}`", path.display()));
        }
    }
    Ok(token)
}

/// Messages of the server go where its log goes.
fn log_to_stderr() {
    struct Lines;
    impl log::Log for Lines {
        fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
            metadata.level() <= log::Level::Info && metadata.target().starts_with("hakusho_server")
        }
        fn log(&self, record: &log::Record<'_>) {
            if self.enabled(record.metadata()) {
                output::remark(&record.args().to_string());
            }
        }
        fn flush(&self) {}
    }
    static LINES: Lines = Lines;
    // Fails only if there is one already.
    if log::set_logger(&LINES).is_ok() {
        log::set_max_level(log::LevelFilter::Info);
    }
}

//! `hakusho query`.

mod plan;

use std::io::Read as _;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow, bail};
use hakusho_batch::{DataFolder, OldGraphs};
use hakusho_store::{
    Answer, AnswerKind, Cancel, Form, QueryOptions, QueryResultsFormat, QueryService, RdfFormat, StoreError, Variable,
};

use super::Context;
use super::examples::{self, example};
use crate::args::{QueryArgs, QueryFormat};
use crate::output::{self, table::Table};

/// Exit status of a question that was stopped or refused for its size.
const PASSED_A_LIMIT: u8 = 3;

pub(crate) fn run(context: &Context, args: &QueryArgs) -> Result<ExitCode> {
    if args.examples {
        output::print(&examples::list())?;
        return Ok(ExitCode::SUCCESS);
    }
    let text = query_text(args)?;
    let data = DataFolder::open(&context.data)?;
    let archive = Arc::new(data.archive_read_only()?);
    let old = OldGraphs::new(Arc::clone(&archive), data.objects());
    let service = QueryService::new(&archive, options(args)?).with_archived_graphs(Arc::new(old));
    if args.explain {
        let explanation = service.explain(&text).map_err(|e| in_words(e, &text))?;
        output::print(&plan::explained(&explanation)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    match answer(&service, &text, args.format) {
        Ok(bytes) => {
            output::print_bytes(&bytes)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => match error.downcast::<StoreError>() {
            Ok(limit) if limit.is_limit() => {
                output::complain(&limit.into());
                wait(&service);
                Ok(ExitCode::from(PASSED_A_LIMIT))
            }
            Ok(other) => Err(in_words(other, &text)),
            Err(other) => Err(other),
        },
    }
}

fn options(args: &QueryArgs) -> Result<QueryOptions> {
    let timeout = Duration::try_from_secs_f64(args.timeout).context("--timeout takes seconds")?;
    Ok(QueryOptions {
        timeout: (!timeout.is_zero()).then_some(timeout),
        max_rows: args.max_rows,
        max_bytes: args.max_bytes,
        max_memory: (args.max_memory > 0).then(|| args.max_memory.saturating_mul(1 << 20)),
        ..QueryOptions::default()
    })
}

/// Lets a stopped query let go of the store before the program ends.
fn wait(service: &QueryService) {
    let start = Instant::now();
    while service.running() > 0 && start.elapsed() < Duration::from_secs(2) {
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Shows where a query stops making sense; the parser's list of everything it would have accepted helps nobody.
fn in_words(error: StoreError, text: &str) -> anyhow::Error {
    let Some(place) = error.syntax_place() else { return error.into() };
    let printed = text.lines().nth(place.line.saturating_sub(1)).unwrap_or_default();
    let pointer = " ".repeat(output::table::columns(printed, place.column.saturating_sub(1)));
    let why = place.why.map(|w| format!(": {w}")).unwrap_or_default();
    anyhow!(
        "the query cannot be understood from line {}, column {} on{why}\n  {printed}\n  {pointer}^",
        place.line,
        place.column
    )
}

fn query_text(args: &QueryArgs) -> Result<String> {
    if let Some(text) = &args.text {
        return Ok(text.clone());
    }
    if let Some(name) = &args.example {
        let found = example(name)
            .ok_or_else(|| anyhow!("there is no example `{name}`; `hakusho query --examples` lists them"))?;
        return Ok(found.text.to_owned());
    }
    let path = args.file.clone().unwrap_or_default();
    if path.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("cannot read the query from standard input")?;
        return Ok(text);
    }
    std::fs::read_to_string(&path).with_context(|| format!("cannot read the query `{}`", path.display()))
}

/// The answer in the form asked for.
pub(crate) fn answer(service: &QueryService, text: &str, format: QueryFormat) -> Result<Vec<u8>> {
    let (rows, graph) = match format {
        QueryFormat::Table => return as_table(service, text),
        QueryFormat::Csv => (Some(QueryResultsFormat::Csv), RdfFormat::Turtle),
        QueryFormat::Tsv => (Some(QueryResultsFormat::Tsv), RdfFormat::Turtle),
        QueryFormat::Json => (Some(QueryResultsFormat::Json), RdfFormat::Turtle),
        QueryFormat::Xml => (Some(QueryResultsFormat::Xml), RdfFormat::Turtle),
        QueryFormat::Ttl => (None, RdfFormat::Turtle),
        QueryFormat::Nt => (None, RdfFormat::NTriples),
        QueryFormat::Jsonld => (None, Form::JSON_LD),
    };
    let mut bytes = match service.write(text, Form { rows, graph: Some(graph) }, &Cancel::new()) {
        Ok(written) => written.bytes,
        Err(StoreError::NoForm { .. }) => {
            bail!("this form is for CONSTRUCT and DESCRIBE; rows come as table, csv, tsv, json or xml")
        }
        Err(error) => return Err(error.into()),
    };
    if bytes.last().is_some_and(|b| *b != b'\n') {
        bytes.push(b'\n');
    }
    Ok(bytes)
}

fn as_table(service: &QueryService, text: &str) -> Result<Vec<u8>> {
    let printed = match service.kind(text)? {
        AnswerKind::Graph => return answer(service, text, QueryFormat::Ttl),
        _ => match service.answer(text, &Cancel::new())? {
            Answer::Boolean(yes) => if yes { "yes\n" } else { "no\n" }.to_owned(),
            Answer::Solutions { variables, rows } => {
                let mut table = Table::new(&variables.iter().map(Variable::as_str).collect::<Vec<_>>());
                for row in rows {
                    table.push(row.iter().map(|c| c.as_ref().map(output::table::term).unwrap_or_default()).collect());
                }
                table.render(output::table::width())
            }
            Answer::Graph(_) => String::new(),
        },
    };
    match service.options().max_bytes {
        Some(limit) if printed.len() > limit => Err(StoreError::ByteLimit { limit }.into()),
        _ => Ok(printed.into_bytes()),
    }
}

//! `hakusho query`.

use std::io::Read as _;
use std::process::ExitCode;

use anyhow::{Context as _, Result, anyhow};
use hakusho_batch::DataFolder;
use hakusho_store::{QueryResults, QueryResultsFormat, QueryResultsSerializer, RdfFormat, RdfSerializer, StoreError};

use super::Context;
use super::examples::{self, example};
use crate::args::{QueryArgs, QueryFormat};
use crate::output::{self, table::Table};

pub(crate) fn run(context: &Context, args: &QueryArgs) -> Result<ExitCode> {
    if args.examples {
        output::print(&examples::list())?;
        return Ok(ExitCode::SUCCESS);
    }
    let text = query_text(args)?;
    let archive = DataFolder::open(&context.data)?.archive_read_only()?;
    let results = archive.query(&text).map_err(|e| in_words(e, &text))?;
    output::print_bytes(&answer(results, args.format)?)?;
    Ok(ExitCode::SUCCESS)
}

/// Shows where a query stops making sense; the parser's list of everything it would have accepted helps nobody.
fn in_words(error: StoreError, text: &str) -> anyhow::Error {
    let StoreError::Syntax(problem) = &error else { return error.into() };
    let problem = problem.to_string();
    let place = problem.strip_prefix("error at ").and_then(|rest| {
        let mut numbers = rest.split(':').map(|n| n.trim().parse::<usize>().ok());
        Some((numbers.next()??, numbers.next()??))
    });
    let Some((line, column)) = place else { return error.into() };
    let printed = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let pointer = " ".repeat(output::table::columns(printed, column.saturating_sub(1)));
    let rest = problem.splitn(3, ':').nth(2).unwrap_or_default().trim();
    let why = if rest.len() < 120 { format!(": {rest}") } else { String::new() };
    anyhow!("the query cannot be understood from line {line}, column {column} on{why}\n  {printed}\n  {pointer}^")
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

/// Results in the form asked for. Graphs come as Turtle, whatever the form.
pub(crate) fn answer(results: QueryResults<'_>, format: QueryFormat) -> Result<Vec<u8>> {
    let results = match results {
        QueryResults::Graph(triples) => {
            let mut writer = RdfSerializer::from_format(RdfFormat::Turtle).for_writer(Vec::new());
            for triple in triples {
                writer.serialize_triple(triple?.as_ref())?;
            }
            return Ok(writer.finish()?);
        }
        other => other,
    };
    let standard = match format {
        QueryFormat::Table => return Ok(as_table(results)?.into_bytes()),
        QueryFormat::Csv => QueryResultsFormat::Csv,
        QueryFormat::Tsv => QueryResultsFormat::Tsv,
        QueryFormat::Json => QueryResultsFormat::Json,
        QueryFormat::Xml => QueryResultsFormat::Xml,
    };
    let mut bytes = serialize(results, standard)?;
    if bytes.last().is_some_and(|b| *b != b'\n') {
        bytes.push(b'\n');
    }
    Ok(bytes)
}

fn serialize(results: QueryResults<'_>, format: QueryResultsFormat) -> Result<Vec<u8>> {
    let serializer = QueryResultsSerializer::from_format(format);
    match results {
        QueryResults::Boolean(yes) => Ok(serializer.serialize_boolean_to_writer(Vec::new(), yes)?),
        QueryResults::Solutions(solutions) => {
            let mut writer = serializer.serialize_solutions_to_writer(Vec::new(), solutions.variables().to_vec())?;
            for solution in solutions {
                writer.serialize(&solution?)?;
            }
            Ok(writer.finish()?)
        }
        QueryResults::Graph(_) => Ok(Vec::new()),
    }
}

fn as_table(results: QueryResults<'_>) -> Result<String> {
    match results {
        QueryResults::Boolean(yes) => Ok(if yes { "yes\n".to_owned() } else { "no\n".to_owned() }),
        QueryResults::Solutions(solutions) => {
            let names: Vec<String> = solutions.variables().iter().map(|v| v.as_str().to_owned()).collect();
            let mut table = Table::new(&names.iter().map(String::as_str).collect::<Vec<_>>());
            for solution in solutions {
                let solution = solution?;
                let cell = |name: &String| solution.get(name.as_str()).map(output::table::term).unwrap_or_default();
                table.push(names.iter().map(cell).collect());
            }
            Ok(table.render(output::table::width()))
        }
        QueryResults::Graph(_) => Ok(String::new()),
    }
}

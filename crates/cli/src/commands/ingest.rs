//! `hakusho plan` and `hakusho ingest`.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, bail};
use hakusho_batch::{
    DataFolder, Detail, FileReport, GraphOptions, IngestOptions, Outcome, decisions_path, find_files, standing,
};
use hakusho_pdf::OpenOptions;
use hakusho_pipeline::ReadOptions;

use super::{Context, status};
use crate::args::{GraphDetail, IngestArgs};
use crate::layers::decided;
use crate::ocr::recogniser;
use crate::output::{self, Progress};

pub(crate) fn plan(context: &Context, args: &IngestArgs) -> Result<ExitCode> {
    run(context, args, Mode::Plan)
}

pub(crate) fn ingest(context: &Context, args: &IngestArgs) -> Result<ExitCode> {
    run(context, args, Mode::Ingest)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Plan,
    Ingest,
}

/// What the data folder says is to be written of a report, unless the command says otherwise.
fn graph_options(data: &DataFolder, detail: Option<GraphDetail>) -> GraphOptions {
    let own = data.graph_options();
    let detail = match detail {
        Some(GraphDetail::Lean) => Detail::Lean,
        Some(GraphDetail::Full) => Detail::Full,
        None => own.detail,
    };
    GraphOptions { detail, ..own }
}

fn run(context: &Context, args: &IngestArgs, mode: Mode) -> Result<ExitCode> {
    let files = find_files(&args.paths)?;
    if files.is_empty() {
        bail!("there is no PDF file in {}", paths(args));
    }
    let data = DataFolder::create(&context.data, None)?;
    let mut knowledge = decided(context, data.base(), &decisions_path(data.path()))?;
    knowledge.write(graph_options(&data, args.detail));
    let archive = data.archive(&knowledge)?;
    let open = OpenOptions { password: args.password.clone(), check_maps: true, ..OpenOptions::default() };
    let options = IngestOptions { read: ReadOptions { open, ocr: recogniser(args.ocr)? } };
    let progress = Progress::new(context.quiet || args.json, files.len());
    let start = Instant::now();
    let show = |done, total, pages| progress.show(done, total, pages);
    let reports = match mode {
        Mode::Plan => hakusho_batch::plan(&data, &archive, &knowledge, &files, &options, &show)?,
        Mode::Ingest => hakusho_batch::ingest(&data, &archive, &knowledge, &files, &options, &show)?,
    };
    progress.finish();
    if args.json {
        output::print(&as_json(&reports))?;
    } else {
        for report in &reports {
            output::print(&line(report, mode))?;
        }
        context.remark(&summary(&reports, mode, start.elapsed().as_secs_f64()));
    }
    if mode == Mode::Ingest {
        for idle in standing(&data, &archive, &knowledge)?.iter().filter(|s| s.is_idle()) {
            output::warn(&output::review::no_longer_applies(idle));
        }
    }
    let failed = reports.iter().filter(|r| matches!(r.outcome, Outcome::Failed(_))).count();
    Ok(status(reports.len() - failed, failed))
}

fn paths(args: &IngestArgs) -> String {
    args.paths.iter().map(|p| format!("`{}`", p.display())).collect::<Vec<_>>().join(", ")
}

fn line(report: &FileReport, mode: Mode) -> String {
    let word = match (&report.outcome, mode) {
        (Outcome::New, Mode::Plan) => "new      ",
        (Outcome::New, Mode::Ingest) => "loaded   ",
        (Outcome::Unchanged, _) => "unchanged",
        (Outcome::Renewed, Mode::Plan) => "renew    ",
        (Outcome::Renewed, Mode::Ingest) => "renewed  ",
        (Outcome::Replaces(_), Mode::Plan) => "replace  ",
        (Outcome::Replaces(_), Mode::Ingest) => "replaced ",
        (Outcome::Failed(_), _) => "FAILED   ",
    };
    let path = report.path.display();
    match &report.outcome {
        Outcome::Failed(reason) => format!("{word}  {path}: {reason}\n"),
        _ => format!(
            "{word}  {path}  {}: {} pages, {} mentions, {} statements\n",
            report.edition, report.pages, report.mentions, report.quads
        ),
    }
}

fn summary(reports: &[FileReport], mode: Mode, seconds: f64) -> String {
    let count = |f: fn(&Outcome) -> bool| reports.iter().filter(|r| f(&r.outcome)).count();
    let failed = count(|o| matches!(o, Outcome::Failed(_)));
    let unchanged = count(|o| matches!(o, Outcome::Unchanged));
    let changed = reports.len() - failed - unchanged;
    let pages: usize = reports.iter().map(|r| r.pages).sum();
    let verb = if mode == Mode::Plan { "to load" } else { "loaded" };
    format!(
        "{changed} {verb}, {unchanged} unchanged, {failed} failed; {pages} pages in {seconds:.1} s ({:.0} pages/s)",
        pages as f64 / seconds.max(1e-3)
    )
}

fn as_json(reports: &[FileReport]) -> String {
    let rows: Vec<serde_json::Value> = reports
        .iter()
        .map(|r| {
            let (outcome, reason) = match &r.outcome {
                Outcome::New => ("new", None),
                Outcome::Unchanged => ("unchanged", None),
                Outcome::Renewed => ("renewed", None),
                Outcome::Replaces(file) => ("replaces", Some(file.as_str())),
                Outcome::Failed(reason) => ("failed", Some(reason.as_str())),
            };
            serde_json::json!({
                "path": r.path.display().to_string(), "outcome": outcome, "detail": reason, "edition": r.edition,
                "pages": r.pages, "mentions": r.mentions, "statements": r.quads, "warnings": r.warnings,
            })
        })
        .collect();
    format!("{}\n", serde_json::Value::Array(rows))
}

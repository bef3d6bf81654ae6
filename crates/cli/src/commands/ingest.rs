//! `hakusho plan` and `hakusho ingest`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, bail};
use hakusho_batch::{
    BatchError, DataFolder, Detail, FileReport, GraphOptions, IngestOptions, Outcome, decisions_path, find_files,
    standing,
};
use hakusho_pdf::OpenOptions;
use hakusho_pipeline::{Knowledge, ReadOptions};
use hakusho_store::Archive;

use super::{Context, status};
use crate::args::{GraphDetail, IngestArgs, PlanArgs, ReportArgs};
use crate::layers::decided;
use crate::ocr::recogniser;
use crate::output::{self, Progress, ingest as words};

pub(crate) fn plan(context: &Context, args: &PlanArgs) -> Result<ExitCode> {
    let args = &args.reports;
    let setting = Setting::new(context, args, hakusho_batch::STEP, |data, _| data.archive_for_plan())?;
    let planned = setting.timed(context, args, |data, archive, knowledge, files, options, show| {
        Ok(hakusho_batch::plan(data, archive, knowledge, files, options, show)?)
    })?;
    let reports: Vec<FileReport> = planned.value.files.iter().map(|f| f.report.clone()).collect();
    if args.json {
        output::print(&words::plan_json(&planned.value))?;
    } else {
        output::print(&words::plan(&planned.value))?;
        context.remark(&words::summary(&reports, "to load", planned.seconds));
    }
    Ok(outcome(&reports))
}

pub(crate) fn ingest(context: &Context, args: &IngestArgs) -> Result<ExitCode> {
    let (args, step) = (&args.reports, args.step);
    let setting = Setting::new(context, args, step, DataFolder::archive)?;
    let loaded = setting.timed(context, args, |data, archive, knowledge, files, options, show| {
        Ok(hakusho_batch::ingest(data, archive, knowledge, files, options, show)?)
    })?;
    let reports = loaded.value;
    if args.json {
        output::print(&words::loaded_json(&reports))?;
    } else {
        for report in &reports {
            output::print(&words::loaded(report))?;
        }
        context.remark(&words::summary(&reports, "loaded", loaded.seconds));
    }
    for idle in standing(&setting.data, &setting.archive, &setting.knowledge)?.iter().filter(|s| s.is_idle()) {
        output::warn(&output::review::no_longer_applies(idle));
    }
    // What was only added left no log behind.
    if reports.iter().any(|r| matches!(r.outcome, Outcome::Renewed | Outcome::Replaces(_))) {
        setting.data.close(setting.archive)?;
    }
    Ok(outcome(&reports))
}

/// What the data folder says is to be written of a report, unless the command says otherwise.
pub(super) fn graph_options(data: &DataFolder, detail: Option<GraphDetail>) -> GraphOptions {
    let own = data.graph_options();
    let detail = match detail {
        Some(GraphDetail::Lean) => Detail::Lean,
        Some(GraphDetail::Full) => Detail::Full,
        None => own.detail,
    };
    GraphOptions { detail, ..own }
}

/// What both commands need.
struct Setting {
    files: Vec<PathBuf>,
    data: DataFolder,
    knowledge: Knowledge,
    archive: Archive,
    options: IngestOptions,
}

/// What came of a call, and how long it took.
struct Timed<T> {
    value: T,
    seconds: f64,
}

impl Setting {
    fn new(
        context: &Context,
        args: &ReportArgs,
        step: usize,
        open: impl FnOnce(&DataFolder, &Knowledge) -> Result<Archive, BatchError>,
    ) -> Result<Self> {
        let files = find_files(&args.paths)?;
        if files.is_empty() {
            bail!("there is no PDF file in {}", paths(args));
        }
        let data = DataFolder::create(&context.data, None)?;
        let mut knowledge = decided(context, data.base(), &decisions_path(data.path()))?;
        knowledge.write(graph_options(&data, args.detail));
        let archive = open(&data, &knowledge)?;
        let open = OpenOptions { password: args.password.clone(), check_maps: true, ..OpenOptions::default() };
        let options = IngestOptions { read: ReadOptions { open, ocr: recogniser(args.ocr)? }, step };
        Ok(Self { files, data, knowledge, archive, options })
    }

    fn timed<T>(
        &self,
        context: &Context,
        args: &ReportArgs,
        call: impl FnOnce(
            &DataFolder,
            &Archive,
            &Knowledge,
            &[PathBuf],
            &IngestOptions,
            &hakusho_batch::Progress<'_>,
        ) -> Result<T>,
    ) -> Result<Timed<T>> {
        let progress = Progress::new(context.quiet || args.json, self.files.len());
        let start = Instant::now();
        let show = |done, total, pages| progress.show(done, total, pages);
        let value = call(&self.data, &self.archive, &self.knowledge, &self.files, &self.options, &show)?;
        progress.finish();
        Ok(Timed { value, seconds: start.elapsed().as_secs_f64() })
    }
}

/// Exit status: files that failed or are in conflict are not in.
fn outcome(reports: &[FileReport]) -> ExitCode {
    let failed = reports.iter().filter(|r| matches!(r.outcome, Outcome::Failed(_) | Outcome::Conflict(_))).count();
    status(reports.len() - failed, failed)
}

fn paths(args: &ReportArgs) -> String {
    args.paths.iter().map(|p| format!("`{}`", p.display())).collect::<Vec<_>>().join(", ")
}

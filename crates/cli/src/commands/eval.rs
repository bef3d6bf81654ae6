//! `hakusho eval`: how well reports are read, against annotations of them.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use hakusho_eval::{Evaluation, Gold, evaluate, failed};
use hakusho_pdf::OpenOptions;
use hakusho_pipeline::{DEFAULT_BASE, Knowledge, ReadOptions, extract, unreadable};
use rayon::prelude::*;

use super::{Context, status};
use crate::args::EvalArgs;
use crate::gold_files::{self, GoldFile, name};
use crate::layers::knowledge;
use crate::ocr::recogniser;
use crate::output;
use crate::output::scores::{self, Measured};

pub(crate) fn run(context: &Context, args: &EvalArgs) -> Result<ExitCode> {
    let mut files = gold_files::list(&args.gold)?;
    if let Some(pattern) = &args.only {
        files.retain(|f| f.is_like(pattern));
        if files.is_empty() {
            bail!("no annotation or PDF is named like `{pattern}`");
        }
    }
    let knowledge = knowledge(context, DEFAULT_BASE)?;
    let open = OpenOptions { password: args.password.clone(), ..OpenOptions::default() };
    let options = ReadOptions { open, ocr: recogniser(args.ocr)? };
    let reports: Vec<Measured> = files.par_iter().map(|file| one(file, args, &knowledge, &options)).collect();
    for report in &reports {
        if let Some(problem) = &report.problem {
            output::warn(&format!("`{}`: {problem}", report.subject()));
        }
    }
    output::print(&if args.json { scores::json(&reports, args.misses)? } else { scores::text(&reports, args.misses) })?;
    let bad = reports.iter().filter(|r| r.problem.is_some()).count();
    Ok(status(reports.len() - bad, bad))
}

/// Measures one report. An annotation that cannot be used gives no scores, a PDF that cannot be read gives zeros.
fn one(file: &GoldFile, args: &EvalArgs, knowledge: &Knowledge, options: &ReadOptions) -> Measured {
    let path = file.path.display().to_string();
    let gold = match file.read(&args.names) {
        Ok(gold) => gold,
        Err(error) => {
            return Measured {
                gold: path,
                name: name(&file.path),
                problem: Some(format!("{error:#}")),
                ..Measured::default()
            };
        }
    };
    let pdf = file.pdf(&gold, &args.gold, args.pdfs.as_deref());
    let named = gold.name().map_or_else(|| name(&file.path), ToOwned::to_owned);
    let attempt = catch_unwind(AssertUnwindSafe(|| compare(&gold, &pdf, knowledge, options)));
    let fault = || Err("measuring this file failed because of a fault in the program".to_owned());
    let (evaluation, problem) = match attempt.unwrap_or_else(|_| fault()) {
        Ok(evaluation) => (evaluation, None),
        Err(problem) => (failed(&gold), Some(problem)),
    };
    Measured { gold: path, pdf: Some(pdf), name: named, evaluation: Some(evaluation), problem }
}

fn compare(gold: &Gold, pdf: &PathBuf, knowledge: &Knowledge, options: &ReadOptions) -> Result<Evaluation, String> {
    let bytes = fs::read(pdf).map_err(|e| format!("it cannot be read: {e}"))?;
    let document = extract(&name(pdf), &bytes, knowledge, options);
    match unreadable(&document) {
        Some(reason) => Err(reason.to_owned()),
        None => Ok(evaluate(gold, &document)),
    }
}

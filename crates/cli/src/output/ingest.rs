//! What became, or would become, of files, in words and as JSON.

use hakusho_batch::{FileReport, Outcome, Plan, Planned};
use serde_json::{Value, json};

use super::editions::{kinds, kinds_json};

/// A line about a file that was to be loaded.
pub(crate) fn loaded(report: &FileReport) -> String {
    line(
        report,
        match report.outcome {
            Outcome::New => "loaded",
            Outcome::Unchanged => "unchanged",
            Outcome::Renewed => "renewed",
            Outcome::Replaces(_) => "replaced",
            Outcome::Conflict(_) | Outcome::Failed(_) => "FAILED",
        },
    )
}

fn planned(file: &Planned) -> String {
    let word = match file.report.outcome {
        Outcome::New => "new",
        Outcome::Unchanged => "unchanged",
        Outcome::Renewed => "renew",
        Outcome::Replaces(_) => "replace",
        Outcome::Conflict(_) => "conflict",
        Outcome::Failed(_) => "FAILED",
    };
    let changes = match (file.appear.total(), file.vanish.total()) {
        (0, 0) => String::new(),
        (appear, vanish) => format!("           +{appear} -{vanish} statements\n"),
    };
    line(&file.report, word) + &changes
}

fn line(report: &FileReport, word: &str) -> String {
    let path = report.path.display();
    match reason(&report.outcome) {
        Some(reason) => format!("{word:<9}  {path}: {reason}\n"),
        None => format!(
            "{word:<9}  {path}  {}: {} pages, {} mentions, {} statements\n",
            report.edition, report.pages, report.mentions, report.quads
        ),
    }
}

/// Why a file is not loaded.
fn reason(outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Failed(reason) => Some(reason.clone()),
        Outcome::Conflict(other) => {
            Some(format!("`{}` of this load is the same part of the same edition", other.display()))
        }
        _ => None,
    }
}

/// Files, and what would come and go by kind.
pub(crate) fn plan(plan: &Plan) -> String {
    let mut out: String = plan.files.iter().map(planned).collect();
    for (word, counts, sign) in [("appear", &plan.appear, '+'), ("vanish", &plan.vanish, '-')] {
        if counts.total() > 0 {
            out += &format!("\n{} statements would {word}\n{}", counts.total(), kinds(counts, sign));
        }
    }
    out
}

/// One line about all files.
pub(crate) fn summary(reports: &[FileReport], verb: &str, seconds: f64) -> String {
    let count = |f: fn(&Outcome) -> bool| reports.iter().filter(|r| f(&r.outcome)).count();
    let failed = count(|o| matches!(o, Outcome::Failed(_) | Outcome::Conflict(_)));
    let unchanged = count(|o| matches!(o, Outcome::Unchanged));
    let changed = reports.len() - failed - unchanged;
    let pages: usize = reports.iter().map(|r| r.pages).sum();
    format!(
        "{changed} {verb}, {unchanged} unchanged, {failed} failed; {pages} pages in {seconds:.1} s ({:.0} pages/s)",
        pages as f64 / seconds.max(1e-3)
    )
}

fn as_json(report: &FileReport) -> Value {
    let (outcome, detail) = match &report.outcome {
        Outcome::New => ("new", None),
        Outcome::Unchanged => ("unchanged", None),
        Outcome::Renewed => ("renewed", None),
        Outcome::Replaces(file) => ("replaces", Some(file.clone())),
        Outcome::Conflict(other) => ("conflict", Some(other.display().to_string())),
        Outcome::Failed(reason) => ("failed", Some(reason.clone())),
    };
    json!({
        "path": report.path.display().to_string(), "outcome": outcome, "detail": detail, "edition": report.edition,
        "pages": report.pages, "mentions": report.mentions, "statements": report.quads, "warnings": report.warnings,
    })
}

pub(crate) fn loaded_json(reports: &[FileReport]) -> String {
    format!("{}\n", Value::Array(reports.iter().map(as_json).collect()))
}

pub(crate) fn plan_json(plan: &Plan) -> String {
    let file = |file: &Planned| {
        let mut row = as_json(&file.report);
        row["appear"] = kinds_json(&file.appear);
        row["vanish"] = kinds_json(&file.vanish);
        row
    };
    let files: Vec<Value> = plan.files.iter().map(file).collect();
    let totals = json!({
        "files": files, "appear": kinds_json(&plan.appear), "appearTotal": plan.appear.total(),
        "vanish": kinds_json(&plan.vanish), "vanishTotal": plan.vanish.total(),
    });
    format!("{totals}\n")
}

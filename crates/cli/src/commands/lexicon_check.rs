//! `hakusho lexicon check`: what is wrong in lists of names.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use hakusho_lexicon::{Finding, Report, Severity, Table, check, embedded_tables};

use super::{Context, status};
use crate::args::LexiconCheckArgs;
use crate::output;

pub(crate) fn run(context: &Context, args: &LexiconCheckArgs) -> Result<ExitCode> {
    let tables = tables(args)?;
    let report = check(&tables);
    output::print(&if args.json { as_json(&report) } else { as_text(&report, context.quiet) })?;
    let wrong = |f: &&Finding| f.severity == Severity::Error;
    let bad: BTreeSet<&str> = report.findings.iter().filter(wrong).map(|f| f.file.as_str()).collect();
    Ok(status(report.tables - bad.len().min(report.tables), bad.len()))
}

/// The given files among those that come with the program; without files, these.
fn tables(args: &LexiconCheckArgs) -> Result<Vec<Table>> {
    let mut tables = embedded_tables();
    for table in &mut tables {
        table.judged = args.files.is_empty();
    }
    for path in &args.files {
        let bytes = fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?;
        let text = String::from_utf8(bytes).with_context(|| format!("`{}` is not UTF-8", path.display()))?;
        let file = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        tables.retain(|t| t.name != file);
        tables.push(Table { name: shown(path), text, judged: true });
    }
    Ok(tables)
}

/// A path that no embedded table is called.
fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    if text.contains(['/', '\\']) { text } else { format!("./{text}") }
}

fn as_text(report: &Report, quiet: bool) -> String {
    let mut out = String::new();
    for f in report.findings.iter().filter(|f| !quiet || f.severity == Severity::Error) {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}:{}: {} [{}] {}", f.file, f.line, f.severity.as_str(), f.rule, f.message);
    }
    let entries: usize = report.counts.iter().map(|(_, n)| n).sum();
    let types: Vec<String> = report.counts.iter().map(|(kind, n)| format!("{} {n}", kind.as_str())).collect();
    let _ = writeln!(out, "{} tables, {entries} entries: {}", report.tables, types.join(", "));
    let (errors, warnings) = (report.count(Severity::Error), report.count(Severity::Warning));
    let _ = writeln!(out, "{errors} errors, {warnings} warnings");
    out
}

fn as_json(report: &Report) -> String {
    let finding = |f: &Finding| {
        serde_json::json!({
            "file": f.file, "line": f.line, "severity": f.severity.as_str(), "rule": f.rule, "message": f.message,
        })
    };
    let types: serde_json::Map<String, serde_json::Value> =
        report.counts.iter().map(|(kind, n)| (kind.as_str().to_owned(), (*n).into())).collect();
    let json = serde_json::json!({
        "tables": report.tables,
        "entries": types,
        "errors": report.count(Severity::Error),
        "warnings": report.count(Severity::Warning),
        "findings": report.findings.iter().map(finding).collect::<Vec<_>>(),
    });
    format!("{json}\n")
}

//! `hakusho check`: what is not as it should be in the store.

use std::process::ExitCode;

use anyhow::Result;
use hakusho_batch::{DataFolder, INTEGRITY_RULES, SHAPES};
use hakusho_store::{Gravity, Rule, RuleResult, shape_rules};

use super::Context;
use crate::args::CheckArgs;
use crate::output;

pub(crate) fn run(context: &Context, args: &CheckArgs) -> Result<ExitCode> {
    let mut rules: Vec<Rule> = INTEGRITY_RULES.iter().map(|(name, text)| Rule::read(name, text)).collect();
    rules.extend(shape_rules(SHAPES)?);
    let archive = DataFolder::open(&context.data)?.archive_read_only()?;
    let results = archive.judge(&rules, args.most)?;
    let wrong: usize = results.iter().filter(|r| r.gravity == Gravity::Violation).map(|r| r.count).sum();
    if args.json {
        output::print(&as_json(&results, rules.len()))?;
    } else {
        for result in &results {
            output::print(&show(result))?;
        }
        let notes: usize = results.iter().filter(|r| r.gravity == Gravity::Note).map(|r| r.count).sum();
        output::print(&format!("{} rules: {wrong} violations, {notes} notes\n", rules.len()))?;
    }
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn show(result: &RuleResult) -> String {
    let mut text = format!("{:<10} {} ({}): {}\n", result.gravity.as_str(), result.rule, result.count, result.message);
    for (thing, detail) in &result.first {
        text += &format!("  {thing}  {}\n", detail.replace(['\n', '\t'], " "));
    }
    if result.count > result.first.len() {
        text += &format!("  and {} more; --most shows them\n", result.count - result.first.len());
    }
    text
}

fn as_json(results: &[RuleResult], rules: usize) -> String {
    let one = |r: &RuleResult| {
        let first: Vec<_> = r.first.iter().map(|(t, d)| serde_json::json!({"thing": t, "detail": d})).collect();
        serde_json::json!({
            "rule": r.rule, "gravity": r.gravity.as_str(), "message": r.message, "count": r.count, "first": first,
        })
    };
    let value = serde_json::json!({"rules": rules, "findings": results.iter().map(one).collect::<Vec<_>>()});
    format!("{value}\n")
}

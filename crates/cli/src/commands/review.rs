//! `hakusho review`: the queue of questions, and what people decided.

use std::fs;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use hakusho_batch::{DataFolder, Row, apply, decisions_path, queue, standing};
use hakusho_model::{Question, QuestionKind};

use super::{Context, status};
use crate::args::{Asked, ReviewArgs, ReviewCommand, ReviewListArgs};
use crate::layers::{decided, knowledge};
use crate::output::{self, review as words};

pub(crate) fn run(context: &Context, args: &ReviewArgs) -> Result<ExitCode> {
    let data = DataFolder::open(&context.data)?;
    match &args.command {
        ReviewCommand::List(args) if args.decisions => decisions(context, &data, args),
        ReviewCommand::List(args) => list(context, &data, args),
        ReviewCommand::Show { id, json } => show(context, &data, id, *json),
        ReviewCommand::Apply { file } => take_up(context, &data, file),
    }
}

fn kind(asked: Asked) -> QuestionKind {
    match asked {
        Asked::Ambiguous => QuestionKind::Ambiguous,
        Asked::Weak => QuestionKind::Weak,
        Asked::Unlisted => QuestionKind::Unlisted,
        Asked::Leaning => QuestionKind::Leaning,
        Asked::Low => QuestionKind::Low,
        Asked::Undated => QuestionKind::Undated,
    }
}

/// The questions of all loaded files; says which files could not be asked.
fn questions(context: &Context, data: &DataFolder) -> Result<Vec<Question>> {
    let queue = queue(data, &data.archive_read_only()?)?;
    for file in &queue.without {
        context.remark(&format!("`{file}` was loaded before questions were kept; load it again to have them"));
    }
    Ok(queue.questions)
}

fn list(context: &Context, data: &DataFolder, args: &ReviewListArgs) -> Result<ExitCode> {
    let mut questions = questions(context, data)?;
    if let Some(asked) = args.kind {
        questions.retain(|q| q.kind == kind(asked));
    }
    let all = questions.len();
    questions.truncate(args.limit.unwrap_or(all));
    output::print(&match (args.json, args.tsv) {
        (true, _) => format!("{}\n", serde_json::to_string_pretty(&questions)?),
        (_, true) => words::template(&questions, data.base()),
        _ => words::list(&questions),
    })?;
    if questions.len() < all {
        context.remark(&format!("{} of {all} questions", questions.len()));
    }
    Ok(ExitCode::SUCCESS)
}

fn show(context: &Context, data: &DataFolder, id: &str, json: bool) -> Result<ExitCode> {
    let questions = questions(context, data)?;
    let found: Vec<&Question> = questions.iter().filter(|q| q.id.starts_with(id)).collect();
    match found[..] {
        [] => bail!("no question has the id `{id}`; `hakusho review list` shows them"),
        [one] if json => output::print(&format!("{}\n", serde_json::to_string_pretty(one)?))?,
        [one] => output::print(&words::show(one))?,
        _ => bail!("{} questions have an id that begins with `{id}`", found.len()),
    }
    Ok(ExitCode::SUCCESS)
}

fn decisions(context: &Context, data: &DataFolder, args: &ReviewListArgs) -> Result<ExitCode> {
    let path = decisions_path(data.path());
    let mut knowledge = decided(context, data.base(), &path)?;
    knowledge.write(data.graph_options());
    let standing = standing(data, &data.archive_read_only()?, &knowledge)?;
    output::print(&if args.json { words::standing_json(&standing) } else { words::standing(&standing) })?;
    for idle in standing.iter().filter(|s| s.is_idle()) {
        output::warn(&words::no_longer_applies(idle));
    }
    if standing.iter().any(|s| s.waiting > 0) {
        context.remark("some files were loaded before these decisions; `hakusho ingest` replays them");
    }
    Ok(ExitCode::SUCCESS)
}

fn take_up(context: &Context, data: &DataFolder, file: &std::path::Path) -> Result<ExitCode> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    // The table is checked against the lists alone: what was decided before does not matter for that.
    let knowledge = knowledge(context, data.base())?;
    let store = data.path().join("store");
    let registered = if store.exists() { data.archive_read_only()?.registered()? } else { Vec::new() };
    let applied = apply(data, &registered, &knowledge, &text)?;
    for row in &applied.rows {
        output::print(&words::row(row))?;
    }
    for name in &applied.stale {
        output::print(&format!("load again  {name}\n"))?;
    }
    let refused = applied.rows.iter().filter(|r| matches!(r, Row::Refused(..))).count();
    context.remark(&words::applied(&applied, refused));
    Ok(status(applied.rows.len() - refused, refused))
}

//! `hakusho editions`: what is loaded, how it came to be, whether it is sound, and taking it out.

use std::process::ExitCode;

use anyhow::{Result, bail};
use hakusho_batch::{DataFolder, VerifyOptions, decisions_path, retract, retraction, select, verify};
use hakusho_pdf::OpenOptions;
use hakusho_pipeline::ReadOptions;
use hakusho_store::{Registered, Run};

use super::ingest::graph_options;
use super::{Context, status};
use crate::args::{EditionsArgs, EditionsCommand, RetractArgs, VerifyArgs};
use crate::layers::decided;
use crate::ocr::recogniser;
use crate::output::{self, editions as words};

pub(crate) fn run(context: &Context, args: &EditionsArgs) -> Result<ExitCode> {
    if let EditionsCommand::Diff(args) = &args.command {
        return super::editions_diff::run(context, args);
    }
    let data = DataFolder::open(&context.data)?;
    match &args.command {
        EditionsCommand::List { json } => {
            let registered = data.archive_read_only()?.registered()?;
            output::print(&if *json { words::as_json(&registered) } else { words::list(&registered) })?;
        }
        EditionsCommand::Diff(_) => {}
        EditionsCommand::Show { edition } => show(&data, edition)?,
        EditionsCommand::Retract(args) => take_out(&data, args)?,
        EditionsCommand::Verify(args) => return check(context, &data, args),
    }
    Ok(ExitCode::SUCCESS)
}

/// Loaded files that a name means, and where it is none, those whose title holds it.
pub(crate) fn called<'r>(registered: &'r [Registered], name: &str) -> Vec<&'r Registered> {
    let found = select(registered, name);
    if found.is_empty() { registered.iter().filter(|r| r.title.contains(name)).collect() } else { found }
}

/// The last part of an edition's IRI.
pub(crate) fn slug(edition: &str) -> &str {
    edition.rsplit('/').next().unwrap_or_default()
}

fn show(data: &DataFolder, name: &str) -> Result<()> {
    let archive = data.archive_read_only()?;
    let (registered, history) = (archive.registered()?, archive.history()?);
    let is_meant = |edition: &str| edition == name || slug(edition) == name;
    let found: Vec<&Registered> =
        registered.iter().filter(|r| is_meant(&r.edition) || r.title.contains(name)).collect();
    // What has gone has a history still.
    let editions: Vec<&str> = found.iter().map(|r| r.edition.as_str()).collect();
    let runs: Vec<&Run> =
        history.iter().filter(|r| is_meant(&r.edition) || editions.contains(&r.edition.as_str())).collect();
    if found.is_empty() && runs.is_empty() {
        bail!("no loaded edition is called `{name}`; `hakusho editions list` shows what is loaded");
    }
    for file in found {
        output::print(&words::show(file))?;
    }
    output::print(&words::history(&runs))
}

fn meant<'r>(registered: &'r [Registered], name: &str) -> Result<Vec<&'r Registered>> {
    let found = select(registered, name);
    if found.is_empty() {
        bail!("nothing that is loaded is called `{name}`; `hakusho editions list` shows editions and files");
    }
    Ok(found)
}

fn take_out(data: &DataFolder, args: &RetractArgs) -> Result<()> {
    let archive = if args.dry_run { data.archive_read_only()? } else { data.archive_for_removal()? };
    let registered = archive.registered()?;
    let files = meant(&registered, &args.name)?;
    let goes = retraction(data, &archive, &files)?;
    if !args.dry_run {
        retract(data, &archive, &files)?;
        data.close(archive)?;
    }
    output::print(&if args.json {
        words::retraction_json(&goes, args.dry_run)
    } else {
        words::retraction(&goes, args.dry_run)
    })
}

fn check(context: &Context, data: &DataFolder, args: &VerifyArgs) -> Result<ExitCode> {
    let mut knowledge = decided(context, data.base(), &decisions_path(data.path()))?;
    knowledge.write(graph_options(data, args.detail));
    let archive = data.archive_read_only()?;
    let registered = archive.registered()?;
    let files = match &args.name {
        Some(name) => meant(&registered, name)?,
        None => registered.iter().collect(),
    };
    let open = OpenOptions { password: args.password.clone(), check_maps: true, ..OpenOptions::default() };
    let read = ReadOptions { open, ocr: recogniser(args.ocr)? };
    let options = VerifyOptions { rebuild: args.rebuild.then_some(read) };
    let verified = verify(data, &archive, &knowledge, &files, &options)?;
    if args.json {
        output::print(&words::verified_json(&verified))?;
    } else {
        for file in &verified {
            output::print(&words::verified(file, args.rebuild))?;
        }
    }
    let damaged = verified.iter().filter(|v| !v.problems.is_empty()).count();
    context.remark(&format!("{} files verified, {damaged} differ", verified.len()));
    Ok(status(verified.len() - damaged, damaged))
}

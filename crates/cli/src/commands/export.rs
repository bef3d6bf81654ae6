//! `hakusho export`: everything as sorted N-Quads.

use std::process::ExitCode;

use anyhow::{Context as _, Result};
use hakusho_batch::DataFolder;

use super::Context;
use crate::args::ExportArgs;
use crate::output;

pub(crate) fn run(context: &Context, args: &ExportArgs) -> Result<ExitCode> {
    let archive = DataFolder::open(&context.data)?.archive_read_only()?;
    let text = archive.sorted_nquads()?;
    match &args.out {
        Some(path) => std::fs::write(path, text).with_context(|| format!("cannot write `{}`", path.display()))?,
        None => output::print(&text)?,
    }
    Ok(ExitCode::SUCCESS)
}

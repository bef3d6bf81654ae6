//! `hakusho describe`: what the archive says of itself.

use std::process::ExitCode;

use anyhow::Result;
use hakusho_batch::{DataFolder, service_facts};
use hakusho_store::turtle;

use super::Context;
use crate::output;

pub(crate) fn run(context: &Context) -> Result<ExitCode> {
    let archive = DataFolder::open(&context.data)?.archive_read_only()?;
    output::print(&turtle(archive.description(&service_facts())?)?)?;
    Ok(ExitCode::SUCCESS)
}

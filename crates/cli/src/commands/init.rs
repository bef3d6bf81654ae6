//! `hakusho init`: an empty data folder.

use std::process::ExitCode;

use anyhow::Result;
use hakusho_batch::DataFolder;

use super::Context;
use crate::args::InitArgs;
use crate::layers::knowledge;

pub(crate) fn run(context: &Context, args: &InitArgs) -> Result<ExitCode> {
    let data = DataFolder::create(&context.data, args.base.as_deref())?;
    let knowledge = knowledge(context, data.base())?;
    let archive = data.archive(&knowledge)?;
    archive.flush()?;
    context.remark(&format!(
        "the data folder `{}` is ready: namespace {}, {} names known",
        data.path().display(),
        data.base(),
        knowledge.linker.entries().len()
    ));
    Ok(ExitCode::SUCCESS)
}

//! `hakusho backup` and `hakusho restore`: a data folder as a bag that any `BagIt` tool can check, and back.

use std::process::ExitCode;

use anyhow::{Result, bail};
use hakusho_batch::{DataFolder, backup, restore, verify_backup};

use super::Context;
use crate::args::{BackupArgs, RestoreArgs};
use crate::output;

pub(crate) fn run(context: &Context, args: &BackupArgs) -> Result<ExitCode> {
    let made = backup(&DataFolder::open(&context.data)?, &args.folder)?;
    context.remark(&format!(
        "`{}` holds {} statements and {} files, {} bytes",
        args.folder.display(),
        made.quads,
        made.files,
        made.bytes
    ));
    for path in &made.damaged {
        output::warn(&format!("`{path}` was damaged before: its content is not what its name says"));
    }
    Ok(ExitCode::from(if made.damaged.is_empty() { 0 } else { 2 }))
}

pub(crate) fn run_restore(context: &Context, args: &RestoreArgs) -> Result<ExitCode> {
    let (from, to) = (args.folder.display(), context.data.display());
    let check = verify_backup(&args.folder)?;
    for problem in &check.problems {
        output::warn(problem);
    }
    if !check.problems.is_empty() {
        bail!("the backup `{from}` is damaged; nothing was restored");
    }
    if args.dry_run {
        context.remark(&format!("the backup `{from}` is whole: {} files, {} bytes", check.files, check.bytes));
        return Ok(ExitCode::SUCCESS);
    }
    let quads = restore(&args.folder, &context.data, args.force)?;
    context.remark(&format!("`{to}` is restored: {quads} statements, {} files", check.files));
    Ok(ExitCode::SUCCESS)
}

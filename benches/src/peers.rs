//! The other engines, run as programs.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};

/// Text of each page; what a failing peer printed before it failed counts.
pub(crate) fn pages(mut command: Command) -> Result<Vec<String>> {
    let text = printed(&mut command)?;
    let mut pages: Vec<String> = text.split('\u{c}').map(ToOwned::to_owned).collect();
    pages.pop();
    Ok(pages)
}

/// Standard output of a program.
pub(crate) fn printed(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output();
    let output = output.with_context(|| format!("`{name}` cannot be run; `just bench-pdf` says what to install"))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// `pdftotext` of a file to standard output. Like ours and mutool's, its page is the crop box.
pub(crate) fn pdftotext(file: &Path, options: &[&str]) -> Command {
    let mut command = Command::new("pdftotext");
    command.args(["-q", "-enc", "UTF-8"]).args(options).arg(file).arg("-");
    command
}

/// `mutool draw` of a file to standard output.
pub(crate) fn mutool(file: &Path, format: &str) -> Command {
    let mut command = Command::new("mutool");
    command.args(["draw", "-q", "-F", format, "-o", "-"]).arg(file);
    command
}

/// Date, processor and versions, as a Markdown list.
pub(crate) fn machine() -> String {
    let first =
        |command: &mut Command| printed(command).unwrap_or_default().lines().next().unwrap_or_default().to_owned();
    let date = first(Command::new("date").args(["-u", "+%Y-%m-%d"]));
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|l| l.strip_prefix("model name")?.split_once(':').map(|(_, m)| m.trim()));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default().to_owned();
    let poppler = words_on_standard_error(Command::new("pdftotext").arg("-v"));
    let mutool = words_on_standard_error(Command::new("mutool").arg("-v"));
    format!(
        "- {date}\n- {} × {cores}, load {load} at the start\n- {poppler}\n- {mutool}\n",
        model.unwrap_or("unknown processor")
    )
}

/// First line a program says on standard error: both peers give their version there.
fn words_on_standard_error(command: &mut Command) -> String {
    let output = command.stdin(Stdio::null()).output();
    let text = output.map(|o| String::from_utf8_lossy(&o.stderr).into_owned()).unwrap_or_default();
    text.lines().find(|l| l.contains("version")).unwrap_or("missing").to_owned()
}

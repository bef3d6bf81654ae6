//! Programs measured from outside: seconds and peak memory of a process.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Result, bail};

/// GNU time, which tells the peak memory of its child.
const TIME: &str = "/usr/bin/time";

/// What a process took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    /// From start to end.
    pub(crate) seconds: f64,
    /// Processor time, user and system.
    pub(crate) cpu: f64,
    /// Peak resident memory in MB.
    pub(crate) peak: f64,
}

/// Runs a process that must succeed; 2 is done, but not all (images without text among the files).
pub(crate) fn measured(command: &Command) -> Result<Taken> {
    if !Path::new(TIME).exists() {
        bail!("there is no {TIME} (package `time`)");
    }
    let mut wrapped = Command::new(TIME);
    wrapped.args(["-f", "%U %S %M"]).arg(command.get_program()).args(command.get_args());
    let start = Instant::now();
    let output = wrapped.stdin(Stdio::null()).stdout(Stdio::null()).output()?;
    let seconds = start.elapsed().as_secs_f64();
    let said = String::from_utf8_lossy(&output.stderr);
    let program = command.get_program().to_string_lossy();
    if !matches!(output.status.code(), Some(0 | 2)) {
        bail!("`{program}` failed ({}): {said}", output.status);
    }
    let last: Vec<f64> = said.lines().last().unwrap_or("").split(' ').filter_map(|n| n.parse().ok()).collect();
    let [user, system, kilobytes] = last[..] else { bail!("{TIME} printed no numbers: {said}") };
    Ok(Taken { seconds, cpu: user + system, peak: kilobytes * 1024.0 / 1e6 })
}

/// Bytes of all files below a folder.
pub(crate) fn bytes_below(folder: &Path) -> Result<u64> {
    let mut total = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        total += if about.is_dir() { bytes_below(&entry.path())? } else { about.len() };
    }
    Ok(total)
}

/// A folder of one measurement, removed at its end.
pub(crate) struct Scratch(pub(crate) std::path::PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str) -> Result<Self> {
        let path = std::env::temp_dir().join(format!("hakusho-bench-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed is left to the machine's own cleaning.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

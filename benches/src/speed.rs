//! Seconds and memory, process start included.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

use crate::files;
use crate::table::Table;

/// Memory a process may use beyond the file's size, in MB.
const ALLOWANCE: f64 = 120.0;

/// A tool's run over one file.
struct Tool {
    name: &'static str,
    command: fn(hakusho: &Path, file: &Path) -> Command,
}

const TOOLS: &[Tool] = &[
    Tool { name: "hakusho extract --to runs", command: |hakusho, file| extract(hakusho, &[file]) },
    Tool { name: "pdftotext", command: |_, file| given("pdftotext", &["-q"], file, &["/dev/null"]) },
    Tool { name: "pdftotext -bbox", command: |_, file| given("pdftotext", &["-bbox", "-q"], file, &["/dev/null"]) },
    Tool {
        name: "mutool draw -F txt",
        command: |_, file| given("mutool", &["draw", "-q", "-F", "txt", "-o", "/dev/null"], file, &[]),
    },
    Tool {
        name: "mutool draw -F stext",
        command: |_, file| given("mutool", &["draw", "-q", "-F", "stext", "-o", "/dev/null"], file, &[]),
    },
];

fn given(program: &str, before: &[&str], file: &Path, after: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(before).arg(file).args(after);
    command
}

fn extract<P: AsRef<Path>>(hakusho: &Path, files: &[P]) -> Command {
    let mut command = Command::new(hakusho);
    command.args(["--quiet", "extract", "--to", "runs"]).args(files.iter().map(AsRef::as_ref));
    command
}

pub(crate) fn report(hakusho: &Path, pdfs: &[PathBuf], rounds: usize) -> Result<String> {
    let pages: usize = pdfs.iter().map(|f| files::read(f, None).map_or(0, |r| r.pages.len())).sum();
    let mut out =
        format!("## Speed\n\n{} files, {pages} pages, one process a file, output to the null device, ", pdfs.len());
    let affinity = pin("0");
    out += if affinity.is_some() { "pinned to one core" } else { "NOT pinned: there is no taskset" };
    let _ = writeln!(out, "; {rounds} interleaved rounds.\n");
    let seconds = one_core(hakusho, pdfs, rounds);
    if let Some(list) = affinity {
        pin(&list).context("the affinity cannot be set back")?;
    }
    out += &against_peers(&seconds?, pages);
    out += &threads(hakusho, pdfs, rounds, pages)?;
    out += &memory(hakusho, pdfs)?;
    Ok(out)
}

/// Binds this process, and so its children, to a list of cores; gives the list it had. A `taskset` in front of each
/// child would be measured with it.
fn pin(cores: &str) -> Option<String> {
    let own = std::process::id().to_string();
    let before = Command::new("taskset").args(["-cp", &own]).output().ok()?;
    let before = String::from_utf8_lossy(&before.stdout).rsplit_once(": ")?.1.trim().to_owned();
    let after = Command::new("taskset").args(["-cp", cores, &own]).stdout(Stdio::null()).status().ok()?;
    after.success().then_some(before)
}

/// What one tool took for the whole folder, by round.
#[derive(Clone, Default)]
struct Taken {
    seconds: Vec<f64>,
    /// Processor time, which does not grow with what else the machine does; in steps of 0.01 s.
    cpu: Vec<f64>,
}

fn one_core(hakusho: &Path, pdfs: &[PathBuf], rounds: usize) -> Result<Vec<Taken>> {
    let mut all = vec![Taken::default(); TOOLS.len()];
    for _ in 0..rounds {
        for (tool, taken) in TOOLS.iter().zip(&mut all) {
            let (mut total, before) = (0.0, children_cpu());
            for file in pdfs {
                total += timed(&mut (tool.command)(hakusho, file))?;
            }
            taken.seconds.push(total);
            taken.cpu.push(children_cpu() - before);
        }
    }
    Ok(all)
}

/// Processor seconds of all children that have ended (proc(5): `cutime` and `cstime`, in hundredths).
pub(crate) fn children_cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The second field is the name in brackets, which may hold spaces.
    let behind = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let ticks: f64 = behind.split_whitespace().skip(13).take(2).filter_map(|f| f.parse::<f64>().ok()).sum();
    ticks / 100.0
}

/// Seconds from start to end of a process; how it ends is not judged, all tools meet the same files.
fn timed(command: &mut Command) -> Result<f64> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status();
    let seconds = start.elapsed().as_secs_f64();
    status.with_context(|| format!("`{}` cannot be run", command.get_program().to_string_lossy()))?;
    Ok(seconds)
}

fn least(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::INFINITY, f64::min)
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    f64::midpoint(sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2])
}

fn against_peers(taken: &[Taken], pages: usize) -> String {
    let columns =
        ["tool", "least s", "median s", "cpu s", "pages/s", "ours is faster (least)", "(median)", "(cpu, least)"];
    let mut table = Table::new(&columns);
    for (tool, of_tool) in TOOLS.iter().zip(taken) {
        let times = |figure: fn(&[f64]) -> f64, of: fn(&Taken) -> &[f64]| {
            format!("{:.2}×", figure(of(of_tool)) / figure(of(&taken[0])))
        };
        table.row(&[
            tool.name.to_owned(),
            format!("{:.3}", least(&of_tool.seconds)),
            format!("{:.3}", median(&of_tool.seconds)),
            format!("{:.2}", least(&of_tool.cpu)),
            format!("{:.0}", pages as f64 / least(&of_tool.seconds)),
            times(least, |t| &t.seconds),
            times(median, |t| &t.seconds),
            times(least, |t| &t.cpu),
        ]);
    }
    table.finish()
}

/// One process over the whole folder on one and two threads.
fn threads(hakusho: &Path, pdfs: &[PathBuf], rounds: usize, pages: usize) -> Result<String> {
    let mut seconds = [Vec::new(), Vec::new()];
    for _ in 0..rounds {
        for (n, totals) in ["1", "2"].iter().zip(&mut seconds) {
            totals.push(timed(extract(hakusho, pdfs).env("RAYON_NUM_THREADS", n).env("HAKUSHO_THREADS", n))?);
        }
    }
    let [one, two] = seconds.map(|s| least(&s));
    Ok(format!(
        "\nWhole folder in one process: {one:.3} s on one thread ({:.0} pages/s), {two:.3} s on two ({:.0} pages/s): {:.2}×.\n",
        pages as f64 / one,
        pages as f64 / two,
        one / two
    ))
}

/// Peak resident memory of each file's process, by GNU time.
fn memory(hakusho: &Path, pdfs: &[PathBuf]) -> Result<String> {
    const TIME: &str = "/usr/bin/time";
    if !Path::new(TIME).exists() {
        return Ok(format!("\nMemory not measured: there is no {TIME} (package `time`).\n"));
    }
    let mut rows = Vec::new();
    for file in pdfs {
        let size = std::fs::metadata(file)?.len() as f64 / 1e6;
        rows.push((peak(TIME, extract(hakusho, &[file]))?, size, files::stem(file)));
    }
    rows.sort_by(|a, b| (b.0 - b.1).total_cmp(&(a.0 - a.1)));
    let over = rows.iter().filter(|(peak, size, _)| *peak > size + ALLOWANCE).count();
    let mut out =
        format!("\nPeak memory: {over} files above their size + {ALLOWANCE} MB; the five that come nearest:\n\n");
    let mut table = Table::new(&["file", "file MB", "peak MB", "above the file's size"]);
    for (peak, size, name) in rows.iter().take(5) {
        table.row(&[name.clone(), format!("{size:.1}"), format!("{peak:.1}"), format!("{:.1}", peak - size)]);
    }
    out += &table.finish();
    Ok(out)
}

/// Peak resident memory of a process in MB.
fn peak(time: &str, command: Command) -> Result<f64> {
    let mut wrapped = Command::new(time);
    wrapped.args(["-f", "%M"]).arg(command.get_program()).args(command.get_args());
    let output = wrapped.stdin(Stdio::null()).stdout(Stdio::null()).output()?;
    let text = String::from_utf8_lossy(&output.stderr);
    let Some(kilobytes) = text.lines().rev().find_map(|l| l.trim().parse::<f64>().ok()) else {
        bail!("{time} printed no number: {text}");
    };
    Ok(kilobytes * 1024.0 / 1e6)
}

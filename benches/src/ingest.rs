//! From PDF files to a queryable store, beside `oxigraph load` of the same statements.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::child::{Scratch, Taken, bytes_below, measured};
use crate::files;
use crate::table::Table;

/// What the whole pipeline may take of the time that loading its statements takes.
const GOAL: f64 = 2.5;

/// Both loads, `rounds` times by turns, as Markdown.
pub(crate) fn report(hakusho: &Path, oxigraph: &Path, folder: &Path, rounds: usize) -> Result<String> {
    let pdfs = files::pdfs(folder)?;
    let pages: usize = pdfs.iter().map(|f| files::read(f, None).map_or(0, |r| r.pages.len())).sum();
    let scratch = Scratch::new("ingest")?;
    let (mut ours, mut theirs): (Vec<Taken>, Vec<Taken>) = (Vec::new(), Vec::new());
    let (mut disk, mut quads) = ((0, 0), 0);
    for round in 0..rounds {
        let data = scratch.0.join(format!("data-{round}"));
        ours.push(ingest(hakusho, &data, folder)?);
        let nquads = scratch.0.join("all.nq");
        export(hakusho, &data, &nquads)?;
        quads = lines(&nquads)?;
        let store = scratch.0.join(format!("store-{round}"));
        let mut load = Command::new(oxigraph);
        load.arg("load").arg("--location").arg(&store).arg("--file").arg(&nquads);
        theirs.push(measured(&load).context("`oxigraph load`")?);
        disk = (bytes_below(&data.join("store"))?, bytes_below(&store)?);
        std::fs::remove_dir_all(&data)?;
        std::fs::remove_dir_all(&store)?;
    }
    Ok(page(pdfs.len(), pages, quads, (&ours, disk.0), (&theirs, disk.1)))
}

/// `hakusho ingest` of a file or folder.
pub(crate) fn ingest(hakusho: &Path, data: &Path, path: &Path) -> Result<Taken> {
    let mut command = Command::new(hakusho);
    command.arg("--quiet").arg("--data").arg(data).arg("ingest").arg(path);
    measured(&command)
}

fn export(hakusho: &Path, data: &Path, to: &Path) -> Result<()> {
    let mut command = Command::new(hakusho);
    command.arg("--quiet").arg("--data").arg(data).args(["export", "--out"]).arg(to);
    measured(&command).map(drop)
}

fn lines(path: &PathBuf) -> Result<usize> {
    use std::io::{BufRead as _, BufReader};
    let mut file = BufReader::new(std::fs::File::open(path)?);
    let (mut count, mut line) = (0, Vec::new());
    while file.read_until(b'\n', &mut line)? > 0 {
        count += 1;
        line.clear();
    }
    Ok(count)
}

/// The run that took least.
fn least(runs: &[Taken]) -> Taken {
    runs.iter().copied().min_by(|a, b| a.seconds.total_cmp(&b.seconds)).unwrap_or(Taken {
        seconds: f64::NAN,
        cpu: f64::NAN,
        peak: f64::NAN,
    })
}

fn page(files: usize, pages: usize, quads: usize, ours: (&[Taken], u64), theirs: (&[Taken], u64)) -> String {
    let mut table =
        Table::new(&["", "seconds", "processor s", "pages/s", "statements/s", "peak MB", "bytes a statement on disk"]);
    let rows = [("hakusho ingest, from PDF", ours), ("oxigraph load, from N-Quads", theirs)];
    for (i, (name, (runs, disk))) in rows.iter().enumerate() {
        let run = least(runs);
        let speed = if i == 0 { format!("{:.0}", pages as f64 / run.seconds) } else { String::new() };
        table.row(&[
            (*name).to_owned(),
            format!("{:.2}", run.seconds),
            format!("{:.2}", run.cpu),
            speed,
            format!("{:.0}", quads as f64 / run.seconds),
            format!("{:.0}", run.peak),
            format!("{:.0}", *disk as f64 / quads as f64),
        ]);
    }
    let (a, b) = (least(ours.0), least(theirs.0));
    format!(
        "## From PDF to store\n\n{files} files, {pages} pages, {quads} statements; each load into a new store, least of {} rounds by turns.\n\n{}\n\
         Ours takes {:.2}× the time of `oxigraph load` and {:.2}× its processor time (goal: at most {GOAL}× the time).\n",
        ours.0.len(),
        table.finish(),
        a.seconds / b.seconds,
        a.cpu / b.cpu
    )
}

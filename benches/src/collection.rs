//! A large made-up collection: does loading stay linear, and memory bounded?

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::child::{Scratch, Taken, bytes_below, measured};
use crate::ingest::ingest;
use crate::made;
use crate::table::Table;

/// Parts that are loaded one after the other into one store.
const PARTS: usize = 10;
/// What the last part may take of the time of the first.
const GOAL: f64 = 1.3;
/// Peak memory in MB that loading all in one process may take.
const MEMORY: f64 = 2000.0;

/// Loads so many made-up reports, once in one process and once in ten parts; with `keep` the data folder stays there.
pub(crate) fn report(hakusho: &Path, count: usize, keep: Option<&Path>) -> Result<String> {
    let scratch = Scratch::new("collection")?;
    let reports = scratch.0.join("reports");
    let count = count.max(2);
    let (paths, pages) = made::write(&reports, count)?;
    let whole = scratch.0.join("whole");
    let all = ingest(hakusho, &whole, &reports).context("loading all in one process")?;
    let disk = bytes_below(&whole.join("store"))?;
    std::fs::remove_dir_all(&whole)?;
    let data = keep.map_or_else(|| scratch.0.join("parts"), Path::to_owned);
    // The first load into a new store writes ontology and lists too: it must not make the first part look slow.
    load(hakusho, &data, &paths[..1]).context("the first load")?;
    let parts: Vec<&[PathBuf]> = paths[1..].chunks((count - 1).div_ceil(PARTS).max(1)).collect();
    let mut taken = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        taken.push(load(hakusho, &data, part).with_context(|| format!("loading part {}", i + 1))?);
    }
    Ok(page(count, pages, disk, all, &taken))
}

fn load(hakusho: &Path, data: &Path, files: &[PathBuf]) -> Result<Taken> {
    let mut command = Command::new(hakusho);
    command.arg("--quiet").arg("--data").arg(data).arg("ingest").args(files);
    measured(&command)
}

fn page(count: usize, pages: usize, disk: u64, all: Taken, parts: &[Taken]) -> String {
    let mut table = Table::new(&["part", "seconds", "processor s", "peak MB"]);
    for (i, part) in parts.iter().enumerate() {
        table.row(&[
            format!("{}", i + 1),
            format!("{:.1}", part.seconds),
            format!("{:.1}", part.cpu),
            format!("{:.0}", part.peak),
        ]);
    }
    let (first, last) = (parts.first().copied().unwrap_or(all), parts.last().copied().unwrap_or(all));
    format!(
        "## A made-up collection\n\n{count} reports, {pages} pages.\n\n\
         In one process: {:.1} s ({:.0} pages/s, {:.1} s of processor time), peak {:.0} MB (goal: at most {MEMORY:.0}), store {:.0} MB on disk.\n\n\
         In {} parts into one store that has one report:\n\n{}\n\
         The last part takes {:.2}× the time of the first, {:.2}× its processor time (goal: at most {GOAL}×).\n",
        all.seconds,
        pages as f64 / all.seconds,
        all.cpu,
        all.peak,
        disk as f64 / 1e6,
        parts.len(),
        table.finish(),
        last.seconds / first.seconds,
        last.cpu / first.cpu
    )
}

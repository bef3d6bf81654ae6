//! What half a million imported names cost: importing, loading, memory, matching on one thread.
//!
//! The names are made here, the same on every machine; the text is that of the PDF files given, with the names mixed in.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use hakusho_lexicon::{Gazetteer, ImportKind, Layer, Matcher, Origin, import, match_key};
use hakusho_model::Source;
use hakusho_pipeline::{DEFAULT_BASE, Knowledge, LayerText, read};

use crate::companies;
use crate::table::Table;

/// Names in the layer.
const NAMES: usize = 500_000;
/// Bytes of text that are searched at least.
const TEXT: usize = 16 << 20;
/// Blocks of a report between two with names of the layer.
const BETWEEN: usize = 10;
/// Files of the measurement.
const LAYER: &str = "hojin.tsv";
const CACHE: &str = "names.cache";

/// The whole measurement as Markdown.
pub(crate) fn report(pdfs: &[PathBuf], rounds: usize) -> Result<String> {
    let folder = std::env::temp_dir().join(format!("hakusho-bench-lexicon-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let result = measure(pdfs, rounds, &folder);
    std::fs::remove_dir_all(&folder)?;
    result
}

fn measure(pdfs: &[PathBuf], rounds: usize, folder: &Path) -> Result<String> {
    let mut out = String::new();
    let names = loading(folder, rounds, &mut out)?;
    let text = mixed(&blocks(pdfs)?, &names);
    let layer = Layer::parse(LAYER, &std::fs::read_to_string(folder.join(LAYER))?)?;
    let large = Gazetteer::with_layers(vec![layer])?.matcher;
    matching(&text, pdfs.len(), &Gazetteer::embedded()?.matcher, &large, rounds, &mut out)?;
    Ok(out)
}

/// Imports and loads; leaves layer and cache in the folder, and gives some of the names.
fn loading(folder: &Path, rounds: usize, out: &mut String) -> Result<Vec<String>> {
    let csv = companies::register(NAMES);
    let start = Instant::now();
    let found = import(ImportKind::Hojin, csv.as_bytes())?;
    let entries = found.entries.len();
    let names: Vec<String> = found.entries.iter().step_by(97).map(|e| e.ja.clone()).collect();
    let weak = found.entries.iter().filter(|e| e.weak.contains(&e.ja)).count();
    let layer = Layer { origin: Origin { kind: "hojin".to_owned(), ..Origin::default() }, entries: found.entries };
    std::fs::write(folder.join(LAYER), layer.to_tsv())?;
    let imported = start.elapsed().as_secs_f64();
    let cold = child(folder)?;
    let mut warm = child(folder)?;
    for _ in 1..rounds {
        let next = child(folder)?;
        warm = if next.seconds < warm.seconds { next } else { warm };
    }
    let plain = folder.join("none");
    std::fs::create_dir_all(&plain)?;
    let none = child(&plain)?;
    let mb = |path: &str| std::fs::metadata(folder.join(path)).map_or(0.0, |m| m.len() as f64 / 1e6);
    let _ = write!(
        out,
        "## Loading\n\nA made-up register of {NAMES} companies ({:.0} MB of CSV) gives {entries} names, {weak} of them weak; \
         layer {:.0} MB, cache {:.0} MB. Each load in a process of its own, files in the page cache; from cache the least of {rounds}.\n\n",
        csv.len() as f64 / 1e6,
        mb(LAYER),
        mb(CACHE)
    );
    let mut table = Table::new(&["step", "seconds", "memory after it (MB)", "peak (MB)"]);
    table.row(&["import: register to layer".to_owned(), format!("{imported:.2}"), String::new(), String::new()]);
    let loads = [("load, first time", &cold), ("load from cache", &warm), ("load without a layer", &none)];
    for (name, load) in loads {
        table.row(&[name.to_owned(), format!("{:.2}", load.seconds), load.memory.clone(), load.peak.clone()]);
    }
    let _ = writeln!(out, "{}", table.finish());
    Ok(names)
}

/// Seconds and memory of one load.
struct Load {
    seconds: f64,
    memory: String,
    peak: String,
}

/// Loads in a process of its own, so that nothing measured before is in its memory.
fn child(folder: &Path) -> Result<Load> {
    let run = Command::new(std::env::current_exe()?).arg("lexicon-load").arg(folder).output()?;
    let text = String::from_utf8(run.stdout)?;
    let [seconds, memory, peak] = text.split_whitespace().collect::<Vec<_>>()[..] else {
        bail!("loading failed: {}", String::from_utf8_lossy(&run.stderr));
    };
    Ok(Load { seconds: seconds.parse()?, memory: memory.to_owned(), peak: peak.to_owned() })
}

/// What the process of [`child`] does: seconds, memory and its peak in MB.
pub(crate) fn load(folder: &Path) -> Result<String> {
    let start = Instant::now();
    let layers = match std::fs::read_to_string(folder.join(LAYER)) {
        Ok(text) => vec![LayerText { name: LAYER.to_owned(), text }],
        Err(_) => Vec::new(),
    };
    let cache = std::fs::read(folder.join(CACHE)).ok();
    let (knowledge, keep) = Knowledge::with_layers(DEFAULT_BASE, &layers, cache.as_deref())?;
    if let Some(bytes) = keep {
        std::fs::write(folder.join(CACHE), bytes)?;
    }
    drop((layers, cache));
    let seconds = start.elapsed().as_secs_f64();
    let line = format!("{seconds} {} {}\n", status("VmRSS"), status("VmHWM"));
    drop(knowledge);
    Ok(line)
}

/// A line of `/proc/self/status` in MB; `-` where there is none.
fn status(name: &str) -> String {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|l| l.strip_prefix(name)?.split_whitespace().nth(1)?.parse::<f64>().ok());
    line.map_or_else(|| "-".to_owned(), |kb| format!("{:.0}", kb / 1e3))
}

/// Texts of the blocks of some reports.
fn blocks(pdfs: &[PathBuf]) -> Result<Vec<String>> {
    let knowledge = Knowledge::embedded()?;
    let mut texts = Vec::new();
    for file in pdfs {
        let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
        let Ok(report) = read(&bytes, &hakusho_pipeline::ReadOptions::default()) else { continue };
        let document = hakusho_layout::analyse(&report, Source::default(), &knowledge.words);
        texts.extend(document.blocks.into_iter().map(|b| b.text).filter(|t| !t.is_empty()));
    }
    if texts.is_empty() {
        bail!("the files hold no text");
    }
    Ok(texts)
}

/// The blocks again and again, with sentences about companies of the layer between them.
fn mixed(blocks: &[String], names: &[String]) -> Vec<String> {
    let (mut out, mut bytes, mut name) = (Vec::new(), 0, names.iter().cycle());
    for (i, block) in blocks.iter().cycle().enumerate() {
        if bytes > TEXT {
            break;
        }
        let mut text = block.clone();
        if i % BETWEEN == 0 {
            let (a, b) = (name.next().map_or("", |n| n), name.next().map_or("", |n| n));
            text = format!("{a}は、株式会社{b}と共同で新しいサービスを始めると発表した。");
        }
        bytes += text.len();
        out.push(text);
    }
    out
}

fn matching(
    text: &[String],
    files: usize,
    small: &Matcher,
    large: &Matcher,
    rounds: usize,
    out: &mut String,
) -> Result<()> {
    let bytes: usize = text.iter().map(String::len).sum();
    let keys: Vec<String> = text.iter().map(|t| match_key(t).text()).collect();
    let _ = write!(
        out,
        "## Matching\n\n{:.0} MB of text from {files} files (repeated) with names of the layer mixed in, processor time of one thread, most of {rounds} rounds.\n\n",
        bytes as f64 / 1e6
    );
    let mut table = Table::new(&[
        "matcher",
        "surfaces",
        "memory (MB)",
        "automaton over keys (MB/s)",
        "whole search (MB/s)",
        "hits",
    ]);
    for (name, matcher) in [("comes with the program", small), ("with the layer", large)] {
        let hits: usize = text.iter().map(|t| matcher.find(t).len()).sum();
        let automaton = speed(bytes, rounds, || keys.iter().map(|k| matcher.count_in_key(k)).sum());
        let whole = speed(bytes, rounds, || text.iter().map(|t| matcher.find(t).len()).sum());
        table.row(&[
            name.to_owned(),
            matcher.patterns().to_string(),
            format!("{:.0}", matcher.heap_bytes() as f64 / 1e6),
            format!("{automaton:.0}"),
            format!("{whole:.0}"),
            hits.to_string(),
        ]);
    }
    let keying = speed(bytes, rounds, || text.iter().map(|t| match_key(t).chars.len()).sum());
    write!(out, "{}\nMaking the match key alone: {keying:.0} MB/s.\n", table.finish())?;
    Ok(())
}

/// MB/s of the fastest round.
fn speed(bytes: usize, rounds: usize, work: impl Fn() -> usize) -> f64 {
    let one = || {
        let start = (Instant::now(), processor());
        std::hint::black_box(work());
        let taken = match (start.1, processor()) {
            (Some(before), Some(after)) => after - before,
            _ => start.0.elapsed().as_secs_f64(),
        };
        bytes as f64 / 1e6 / taken
    };
    (0..rounds).map(|_| one()).fold(0.0, f64::max)
}

/// Seconds that this thread has had a processor, which others on the machine take nothing from; Linux only.
fn processor() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse::<f64>().ok().map(|ns| ns / 1e9)
}

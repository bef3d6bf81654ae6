//! What structure and language cost beside reading the text, in one process on one thread.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Instant;

use anyhow::{Context as _, Result};
use hakusho_model::Source;
use hakusho_pipeline::{Knowledge, read, understand};

use crate::peers::pdftotext;
use crate::speed::children_cpu;
use crate::table::Table;

/// Seconds of each stage over the whole folder, and the same of pdftotext's processes.
#[derive(Clone, Copy, Default)]
struct Taken {
    text: f64,
    structure: f64,
    language: f64,
    peer: f64,
}

/// Seconds by stage, least of the rounds, beside poppler on the same files.
pub(crate) fn report(pdfs: &[PathBuf], rounds: usize) -> Result<String> {
    let knowledge = Knowledge::embedded()?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().context("one thread cannot be started")?;
    let mut pages = 0;
    let mut least = Taken { text: f64::MAX, structure: f64::MAX, language: f64::MAX, peer: f64::MAX };
    for _ in 0..rounds {
        let mut taken = Taken::default();
        pages = 0;
        for file in pdfs {
            let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
            pages += pool.install(|| stages(&bytes, &knowledge, &mut taken));
            let before = children_cpu();
            let mut peer = pdftotext(file, &[]);
            peer.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            peer.status().context("`pdftotext` cannot be run; `just bench-pdf` says what to install")?;
            taken.peer += children_cpu() - before;
        }
        least.text = least.text.min(taken.text);
        least.structure = least.structure.min(taken.structure);
        least.language = least.language.min(taken.language);
        least.peer = least.peer.min(taken.peer);
    }
    Ok(page(&least, pdfs.len(), pages, rounds))
}

/// Adds the seconds of one file's stages; gives its pages. Files that cannot be opened take nothing.
fn stages(bytes: &[u8], knowledge: &Knowledge, taken: &mut Taken) -> usize {
    let start = Instant::now();
    let Ok(report) = read(bytes, &hakusho_pipeline::ReadOptions::default()) else { return 0 };
    taken.text += start.elapsed().as_secs_f64();
    let start = Instant::now();
    let structured = hakusho_layout::analyse(&report, Source::default(), &knowledge.words);
    let structure = start.elapsed().as_secs_f64();
    taken.structure += structure;
    let start = Instant::now();
    let understood = understand(&report, Source::default(), knowledge);
    // `understand` does the structure again; language is what it takes longer.
    taken.language += (start.elapsed().as_secs_f64() - structure).max(0.0);
    debug_assert_eq!(structured.blocks.len(), understood.blocks.len());
    report.pages.len()
}

fn page(taken: &Taken, files: usize, pages: usize, rounds: usize) -> String {
    let mut out = format!(
        "## Structure\n\n{files} files, {pages} pages, one process, one thread, least of {rounds} rounds; \
         pdftotext one process a file, processor time.\n\n"
    );
    let mut table = Table::new(&["stage", "seconds", "of reading the text", "of pdftotext", "ms a page"]);
    let rows = [
        ("text", taken.text),
        ("structure", taken.structure),
        ("language", taken.language),
        ("all three", taken.text + taken.structure + taken.language),
        ("pdftotext", taken.peer),
    ];
    for (name, seconds) in rows {
        table.row(&[
            name.to_owned(),
            format!("{seconds:.3}"),
            format!("{:.2}×", seconds / taken.text),
            format!("{:.2}×", seconds / taken.peer),
            format!("{:.2}", seconds * 1000.0 / pages.max(1) as f64),
        ]);
    }
    // Writing to a string cannot fail.
    let _ = write!(out, "{}", table.finish());
    out
}

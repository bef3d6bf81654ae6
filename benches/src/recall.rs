//! Kana and kanji by page, against the element-wise maximum of poppler and mutool.
//!
//! The maximum over two engines is not the truth: where both lose a character that is printed, it counts as extra here.
//! And where a peer counts one character several times because it is struck several times at one place (bold, outline,
//! shadow), the others miss it. Both are shown: recall of the maximum as it is, and of the maximum with what mutool has
//! at one place counted once. `--verbose` lists what still differs then.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::chars::{Counts, beyond, common, counts, kept, most, total};
use crate::stext::{self, struck_once};
use crate::table::{Table, least, mean, share};
use crate::{files, peers};

/// Counts of one page.
#[derive(Clone, Default)]
struct Page {
    ours: Counts,
    poppler: Counts,
    mutool: Counts,
    /// mutool's with repeats at one place left out.
    mutool_once: Counts,
}

impl Page {
    /// The larger count of both peers.
    fn reference(&self) -> Counts {
        most(&self.poppler, &self.mutool)
    }

    /// The same with each strike counted once; poppler, whose characters have no places, is taken to have met as many.
    fn reference_once(&self) -> Counts {
        let strikes = |ch: &char| {
            let count = |of: &Counts| of.get(ch).copied().unwrap_or(0);
            count(&self.mutool) - count(&self.mutool_once)
        };
        let poppler = self.poppler.iter().map(|(ch, n)| (*ch, n.saturating_sub(strikes(ch)))).collect();
        most(&poppler, &self.mutool_once)
    }
}

fn pages(file: &Path) -> Result<Vec<Page>> {
    let content = files::read(file, None)?;
    let poppler = peers::pages(peers::pdftotext(file, &["-cropbox"]))?;
    let mutool = stext::pages(file)?;
    let mut pages = vec![Page::default(); content.pages.len().max(poppler.len()).max(mutool.len())];
    for (page, found) in pages.iter_mut().zip(&content.pages) {
        page.ours = counts(kept(found).map(|g| g.ch));
    }
    for (page, found) in pages.iter_mut().zip(&poppler) {
        page.poppler = counts(found.chars());
    }
    for (page, found) in pages.iter_mut().zip(&mutool) {
        page.mutool = counts(found.iter().flat_map(|c| c.text.chars()));
        page.mutool_once = counts(struck_once(found).iter().flat_map(|c| c.text.chars()));
    }
    Ok(pages)
}

/// Sums of one file.
#[derive(Clone, Copy, Default)]
struct Sums {
    ours: u64,
    poppler: u64,
    mutool: u64,
    reference: u64,
    hits: u64,
    reference_once: u64,
    hits_once: u64,
}

impl Sums {
    fn add(&mut self, other: Self) {
        self.ours += other.ours;
        self.poppler += other.poppler;
        self.mutool += other.mutool;
        self.reference += other.reference;
        self.hits += other.hits;
        self.reference_once += other.reference_once;
        self.hits_once += other.hits_once;
    }

    /// Recall with strikes counted once, recall, precision, and the peers' recalls.
    fn rates(self) -> [f64; 5] {
        [
            share(self.hits_once, self.reference_once),
            share(self.hits, self.reference),
            share(self.hits, self.ours),
            share(self.poppler, self.reference),
            share(self.mutool, self.reference),
        ]
    }
}

pub(crate) fn report(pdfs: &[PathBuf], verbose: bool) -> Result<String> {
    let columns =
        ["file", "kana and kanji", "recall, strikes once", "recall", "precision", "poppler recall", "mutool recall"];
    let mut table = Table::new(&columns);
    let mut differences = String::new();
    let mut rates: [Vec<f64>; 3] = Default::default();
    let mut pooled = Sums::default();
    for file in pdfs {
        let mut sums = Sums::default();
        for (i, page) in pages(file)?.iter().enumerate() {
            let (reference, once) = (page.reference(), page.reference_once());
            sums.ours += total(&page.ours);
            sums.poppler += total(&page.poppler);
            sums.mutool += total(&page.mutool);
            sums.reference += total(&reference);
            sums.hits += common(&page.ours, &reference);
            sums.reference_once += total(&once);
            sums.hits_once += common(&page.ours, &once);
            let (missing, extra) = (beyond(&once, &page.ours), beyond(&page.ours, &reference));
            if !missing.is_empty() || !extra.is_empty() {
                let name = files::stem(file);
                // Writing to a string cannot fail.
                let _ = writeln!(differences, "- {name} p. {}: missing [{missing}], extra [{extra}]", i + 1);
            }
        }
        pooled.add(sums);
        let of_file = sums.rates();
        for (all, rate) in rates.iter_mut().zip(of_file) {
            all.push(rate);
        }
        let mut cells = vec![files::stem(file), sums.reference.to_string()];
        cells.extend(of_file.map(|r| format!("{r:.5}")));
        table.row(&cells);
    }
    let mut cells = vec!["all together".to_owned(), pooled.reference.to_string()];
    cells.extend(pooled.rates().map(|r| format!("{r:.5}")));
    table.row(&cells);
    let mut out = String::from("## Kana and kanji against the greater of poppler and mutool\n\n");
    for (name, values) in ["Recall with strikes counted once", "Recall", "Precision"].iter().zip(&rates) {
        let low = values.iter().filter(|r| **r < 0.999).count();
        let _ =
            writeln!(out, "- {name}: mean {:.5}, least {:.5}, files below 0.999: {low}.", mean(values), least(values));
    }
    out.push('\n');
    out += &table.finish();
    if verbose {
        out += &format!("\n{differences}");
    }
    Ok(out)
}

//! Kana and kanji by page, against the element-wise maximum of poppler and MuPDF.
//!
//! The maximum over two engines is not the truth: where a peer repeats a character that is printed once, it counts as
//! missing here, and where both lose one that is printed, it counts as extra. `--verbose` lists them all to be judged.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::chars::{Counts, beyond, common, counts, kept, most, total};
use crate::table::{Table, least, mean, share};
use crate::{files, peers};

/// Counts of one file, by page.
struct Reading {
    ours: Vec<Counts>,
    poppler: Vec<Counts>,
    mutool: Vec<Counts>,
}

impl Reading {
    fn of(file: &Path) -> Result<Self> {
        let of_pages = |pages: Vec<String>| pages.iter().map(|p| counts(p.chars())).collect();
        Ok(Self {
            ours: files::read(file, None)?.pages.iter().map(|p| counts(kept(p).map(|g| g.ch))).collect(),
            poppler: of_pages(peers::pages(peers::pdftotext(file, &["-cropbox"]))?),
            mutool: of_pages(peers::pages(peers::mutool(file, "txt"))?),
        })
    }

    /// Ours, poppler's, MuPDF's and the greater of the two, page by page.
    fn pages(&self) -> impl Iterator<Item = [Counts; 4]> {
        let n = self.ours.len().max(self.poppler.len()).max(self.mutool.len());
        let at = |pages: &[Counts], i: usize| pages.get(i).cloned().unwrap_or_default();
        (0..n).map(move |i| {
            let (poppler, mutool) = (at(&self.poppler, i), at(&self.mutool, i));
            let reference = most(&poppler, &mutool);
            [at(&self.ours, i), poppler, mutool, reference]
        })
    }
}

/// Sums of one file.
#[derive(Clone, Copy, Default)]
struct Sums {
    reference: u64,
    ours: u64,
    hits: u64,
    poppler: u64,
    mutool: u64,
}

pub(crate) fn report(pdfs: &[PathBuf], verbose: bool) -> Result<String> {
    let mut table = Table::new(&["file", "kana and kanji", "recall", "precision", "poppler recall", "mutool recall"]);
    let mut differences = String::new();
    let (mut recalls, mut precisions) = (Vec::new(), Vec::new());
    for file in pdfs {
        let reading = Reading::of(file)?;
        let mut sums = Sums::default();
        for (i, [ours, poppler, mutool, reference]) in reading.pages().enumerate() {
            let hits = common(&ours, &reference);
            sums.reference += total(&reference);
            sums.ours += total(&ours);
            sums.hits += hits;
            sums.poppler += total(&poppler);
            sums.mutool += total(&mutool);
            if hits < total(&reference).max(total(&ours)) {
                let (missing, extra) = (beyond(&reference, &ours), beyond(&ours, &reference));
                // Writing to a string cannot fail.
                let _ =
                    writeln!(differences, "- {} p. {}: missing [{missing}], extra [{extra}]", files::stem(file), i + 1);
            }
        }
        let (recall, precision) = (share(sums.hits, sums.reference), share(sums.hits, sums.ours));
        recalls.push(recall);
        precisions.push(precision);
        let rates = [recall, precision, share(sums.poppler, sums.reference), share(sums.mutool, sums.reference)];
        let mut cells = vec![files::stem(file), sums.reference.to_string()];
        cells.extend(rates.map(|r| format!("{r:.5}")));
        table.row(&cells);
    }
    let low = recalls.iter().filter(|r| **r < 0.999).count();
    let mut out = String::from("## Kana and kanji against the greater of poppler and mutool\n\n");
    let _ = writeln!(
        out,
        "Recall: mean {:.5}, least {:.5}, files below 0.999: {low}. Precision: mean {:.5}, least {:.5}.\n",
        mean(&recalls),
        least(&recalls),
        mean(&precisions),
        least(&precisions)
    );
    out += &table.finish();
    if verbose {
        out += &format!("\n{differences}");
    }
    Ok(out)
}

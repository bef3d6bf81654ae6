//! Files built for one purpose: at a limit and one past it, damaged in one place, tagged.

mod annotations;
mod build;
mod damage;
mod limits;
mod mutate;
mod smoke;
mod structure;

use hakusho_model::{Code, ReportContent};
use hakusho_pdf::{Limits, OpenOptions, Pdf, PdfError};

/// Reads a file with all that can be asked for.
fn read(file: &[u8], limits: Limits) -> Result<ReportContent, PdfError> {
    let options = OpenOptions { limits, structure: true, ..OpenOptions::default() };
    Ok(Pdf::open(file, &options)?.read())
}

/// All text of a file, pages separated by `|`.
fn text(report: &ReportContent) -> String {
    let page = |p: &hakusho_model::PageContent| p.glyphs.iter().map(|g| g.ch).collect::<String>();
    report.pages.iter().map(page).collect::<Vec<_>>().join("|")
}

/// The messages about limits.
fn breaches(report: &ReportContent) -> Vec<&str> {
    report.diagnostics.iter().filter(|d| d.code == Code::LimitReached).map(|d| d.message.as_str()).collect()
}

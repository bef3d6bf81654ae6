//! The files under measure, and our own reading of them.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use hakusho_model::ReportContent;
use hakusho_pdf::{OpenOptions, Pdf};

/// The PDF files of a folder by name.
pub(crate) fn pdfs(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("no folder `{}`", folder.display()))?;
    let mut found: Vec<PathBuf> =
        entries.filter_map(|e| Some(e.ok()?.path()).filter(|p| p.extension().is_some_and(|x| x == "pdf"))).collect();
    if found.is_empty() {
        bail!("no PDF file in `{}`", folder.display());
    }
    found.sort();
    Ok(found)
}

/// File name without its ending.
pub(crate) fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The file as our text engine reads it; nothing where it cannot be opened.
pub(crate) fn read(path: &Path, password: Option<&str>) -> Result<ReportContent> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let options = OpenOptions { password: password.map(ToOwned::to_owned), ..OpenOptions::default() };
    Ok(Pdf::open(&bytes, &options).map(|pdf| pdf.read()).unwrap_or_default())
}

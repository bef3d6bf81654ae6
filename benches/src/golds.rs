//! Annotated reports: the suites of a gold folder, each row an annotation and its PDF.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use hakusho_eval::{Gold, Names};

/// Suites whose annotations have names.
const SUITES: [&str; 2] = ["real", "language"];

/// An annotation and the PDF it speaks of.
pub(crate) struct Annotated {
    pub(crate) gold: Gold,
    pub(crate) pdf: PathBuf,
}

/// The annotated reports of the suites in a gold folder, or of the one suite that the folder is. Names of things are left
/// out: what is measured here does not ask for them.
pub(crate) fn read(folder: &Path) -> Result<Vec<Annotated>> {
    let suites: Vec<PathBuf> = if folder.join("suite.tsv").is_file() {
        vec![folder.to_owned()]
    } else {
        SUITES.iter().map(|s| folder.join("suites").join(s)).filter(|s| s.join("suite.tsv").is_file()).collect()
    };
    if suites.is_empty() {
        bail!("no `suite.tsv` in `{}` or its `suites/{}`", folder.display(), SUITES.join("`, `suites/"));
    }
    let mut all = Vec::new();
    for suite in suites {
        rows(&suite, &mut all)?;
    }
    Ok(all)
}

fn rows(suite: &Path, all: &mut Vec<Annotated>) -> Result<()> {
    let list = suite.join("suite.tsv");
    let text = fs::read_to_string(&list).with_context(|| format!("cannot read `{}`", list.display()))?;
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let [gold, pdf, ref rest @ ..] = cells[..] else { continue };
        let kind = rest.first().copied().unwrap_or("real");
        if gold == "gold" || kind != "real" {
            continue;
        }
        let path = suite.join(gold);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
        let gold = Gold::parse(&text, &Names::default()).map_err(|e| anyhow!("`{}`: {e}", path.display()))?;
        all.push(Annotated { gold, pdf: suite.join(pdf) });
    }
    Ok(())
}

//! Annotated reports: the suites of a gold folder, each row an annotation and its PDF.

use std::fs;
use std::io;
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
        if gold == "gold" {
            continue;
        }
        let (path, names) = (suite.join(gold), Names::default());
        let gold = match rest.first().copied().unwrap_or("real").split_once(':') {
            Some(("seed", id)) => Gold::parse_seed(id, &names, |file| seed_file(&path, file)),
            _ => Gold::parse(&fs::read_to_string(&path).with_context(|| path.display().to_string())?, &names),
        };
        let gold = gold.map_err(|e| anyhow!("`{}`: {e}", path.display()))?;
        all.push(Annotated { gold, pdf: suite.join(pdf) });
    }
    Ok(())
}

/// A file of a folder of seed annotations; the texts stand in `seeds` beside or above it.
fn seed_file(folder: &Path, file: &str) -> io::Result<String> {
    let folder = folder.canonicalize()?;
    let above = folder.ancestors().skip(1).take(2).map(|f| f.join("seeds"));
    let found = [folder.clone()].into_iter().chain(above).map(|f| f.join(file)).find(|p| p.is_file());
    fs::read_to_string(found.unwrap_or_else(|| folder.join(file)))
}

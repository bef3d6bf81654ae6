//! Annotations on disk: which there are, which PDF each speaks of, and the names that go with them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use hakusho_eval::{Gold, Names};

/// List of annotations with their PDFs, in a folder.
const SUITE: &str = "suite.tsv";
/// Ending of an annotation.
const ENDING: &str = ".gold.json";
/// The kinds of annotation that can be read; other tools have others in their lists.
const KIND: &str = "real";
const SEED: &str = "seed";
/// Folder with the texts of seeds, beside or above that of their annotations.
const TEXTS: &str = "seeds";

/// An annotation, and the PDF that a list gives for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GoldFile {
    pub(crate) path: PathBuf,
    pub(crate) pdf: Option<PathBuf>,
    /// Which report of a folder of seed annotations it is, where it is one.
    seed: Option<String>,
    /// Why it cannot be used, where the list says so.
    pub(crate) problem: Option<String>,
}

/// The annotations of a folder in the order of its list, or by name; or the one file given.
pub(crate) fn list(place: &Path) -> Result<Vec<GoldFile>> {
    let suite = place.join(SUITE);
    if suite.is_file() {
        return read_suite(&suite, place);
    }
    let mut found = Vec::new();
    if place.is_dir() {
        walk(place, &mut found)?;
        found.sort();
    } else if place.is_file() {
        found.push(place.to_owned());
    } else {
        bail!("there is no file or folder `{}`", place.display());
    }
    if found.is_empty() {
        bail!("there is no `*{ENDING}` and no `{SUITE}` in `{}`", place.display());
    }
    Ok(found.into_iter().map(|path| GoldFile { path, pdf: None, seed: None, problem: None }).collect())
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read the folder `{}`", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, found)?;
        } else if name(&path).ends_with(ENDING) {
            found.push(path);
        }
    }
    Ok(())
}

/// Lines of annotation, PDF and kind, separated by tabs; paths are relative to the folder.
fn read_suite(suite: &Path, folder: &Path) -> Result<Vec<GoldFile>> {
    let text = fs::read_to_string(suite).with_context(|| format!("cannot read `{}`", suite.display()))?;
    let mut rows = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        match cells[..] {
            _ if line.trim().is_empty() || line.starts_with('#') || cells[0] == "gold" => {}
            [gold, pdf, ref rest @ ..] => {
                let kind = rest.first().copied().filter(|k| !k.is_empty() && *k != KIND);
                let seed = kind.and_then(seed_id);
                let problem = kind.filter(|_| seed.is_none()).map(|k| {
                    let line = i + 1;
                    format!("`{SUITE}`, line {line}: annotations of the kind `{k}` cannot be read, only `{KIND}` and `{SEED}:ID`")
                });
                rows.push(GoldFile { path: folder.join(gold), pdf: Some(folder.join(pdf)), seed, problem });
            }
            _ => bail!("`{}`, line {}: an annotation and a PDF are needed, with a tab between", suite.display(), i + 1),
        }
    }
    Ok(rows)
}

/// The report that the kind `seed:ID` means; empty where it names none.
fn seed_id(kind: &str) -> Option<String> {
    match kind.split_once(':').unwrap_or((kind, "")) {
        (SEED, id) => Some(id.to_owned()),
        _ => None,
    }
}

/// A file of a folder of seed annotations; the texts stand in a folder of their own beside or above it.
fn seed_file(folder: &Path, file: &str) -> io::Result<String> {
    let folder = folder.canonicalize()?;
    let above = folder.ancestors().skip(1).take(2).map(|f| f.join(TEXTS));
    let found = [folder.clone()].into_iter().chain(above).map(|f| f.join(file)).find(|p| p.is_file());
    fs::read_to_string(found.unwrap_or_else(|| folder.join(file)))
}

impl GoldFile {
    /// Whether the file name of the annotation or of its PDF is like a pattern.
    pub(crate) fn is_like(&self, pattern: &str) -> bool {
        [Some(&self.path), self.pdf.as_ref()].into_iter().flatten().any(|p| is_like(&name(p), pattern))
    }

    /// Reads the annotation with the names beside it and in the folders; those beside it come first.
    pub(crate) fn read(&self, folders: &[PathBuf]) -> Result<Gold> {
        if let Some(problem) = &self.problem {
            return Err(anyhow!("{problem}"));
        }
        let mut names = Names::default();
        let own = if self.seed.is_some() { Some(self.path.as_path()) } else { self.path.parent() };
        for folder in own.into_iter().chain(folders.iter().map(PathBuf::as_path)) {
            for list in name_lists(folder)? {
                let text = fs::read_to_string(&list).with_context(|| format!("cannot read `{}`", list.display()))?;
                names.add(&text).map_err(|e| anyhow!("the list of names `{}`: {e}", list.display()))?;
            }
        }
        if let Some(id) = &self.seed {
            return Ok(Gold::parse_seed(id, &names, |file| seed_file(&self.path, file))?);
        }
        let text = fs::read_to_string(&self.path).context("it cannot be read")?;
        Ok(Gold::parse(&text, &names)?)
    }

    /// The PDF: that of the list, or the first that exists of those the annotation may mean.
    pub(crate) fn pdf(&self, gold: &Gold, place: &Path, pdfs: Option<&Path>) -> PathBuf {
        let mut options = Vec::new();
        if let Some(pdf) = &self.pdf {
            options.push(pdf.clone());
        }
        let own = name(&self.path);
        let own = format!("{}.pdf", own.strip_suffix(ENDING).or(own.strip_suffix(".json")).unwrap_or(&own));
        for file in gold.files().iter().chain([&own]) {
            let inside = place.join("pdf");
            let folders = [pdfs, self.path.parent(), Some(place), Some(&inside)];
            options.extend(folders.into_iter().flatten().map(|folder| folder.join(file)));
        }
        options.iter().find(|p| p.is_file()).unwrap_or(&options[0]).clone()
    }
}

/// `*canonical*.json` of a folder, by name.
fn name_lists(folder: &Path) -> Result<Vec<PathBuf>> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read the folder `{}`", folder.display()))?;
    let mut lists: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    lists.retain(|p| is_like(&name(p), "*canonical*.json"));
    lists.sort();
    Ok(lists)
}

/// File name of a path.
pub(crate) fn name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Whether a name is like a pattern, in which `*` stands for any characters and `?` for one.
fn is_like(name: &str, pattern: &str) -> bool {
    let mut rest = pattern.chars();
    match rest.next() {
        None => name.is_empty(),
        Some('*') => {
            name.char_indices().map(|(i, _)| i).chain([name.len()]).any(|i| is_like(&name[i..], rest.as_str()))
        }
        Some(wanted) => {
            let mut left = name.chars();
            left.next().is_some_and(|ch| wanted == '?' || wanted == ch) && is_like(left.as_str(), rest.as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_seeds() {
        let check = |kind: &str, want: Option<&str>| assert_eq!(seed_id(kind).as_deref(), want, "{kind}");
        check("seed:mihon", Some("mihon"));
        check("seed", Some(""));
        check("seeds:mihon", None);
        check("typeset", None);
    }

    #[test]
    fn names_like_a_pattern() {
        for (name, pattern, want) in [
            ("白書-r05.pdf", "*r05*", true),
            ("白書-r05.pdf", "白?-r05.pdf", true),
            ("白書-r05.pdf", "r05", false),
            ("", "*", true),
            ("", "?", false),
            ("a", "*?", true),
            ("a", "**b", false),
        ] {
            assert_eq!(is_like(name, pattern), want, "{name} {pattern}");
        }
    }
}

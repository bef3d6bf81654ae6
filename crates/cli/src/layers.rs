//! Imported layers of names in the data folder, and the knowledge with them.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use hakusho_lexicon::Origin;
use hakusho_pipeline::{Knowledge, LayerText};

use crate::commands::Context;
use crate::output;

/// Folder of the layers in the data folder.
const FOLDER: &str = "lexicon";
/// File that holds all names ready to use; it can be deleted at any time.
const CACHE: &str = "names.cache";

/// What comes with the program, and the layers of the data folder if it has any.
pub(crate) fn knowledge(context: &Context, base: &str) -> Result<Knowledge> {
    let folder = LayerFolder::of(&context.data);
    let layers = folder.read()?;
    if layers.is_empty() {
        return Ok(Knowledge::with_base(base)?);
    }
    let cache = folder.path.join(CACHE);
    // A cache that cannot be read is none.
    let known = fs::read(&cache).ok();
    let (knowledge, keep) = Knowledge::with_layers(base, &layers, known.as_deref())?;
    if let Some(bytes) = keep
        && let Err(error) = write_whole(&cache, &bytes)
    {
        // Whoever may only read the folder waits a little longer each time.
        output::warn(&format!("{error:#}; names will be prepared anew each time"));
    }
    let names: Vec<&str> = layers.iter().map(|l| l.name.trim_end_matches(".tsv")).collect();
    context.remark(&format!("names of {} from `{}` are known too", names.join(", "), folder.path.display()));
    Ok(knowledge)
}

/// As [`knowledge`], with the decisions of a table if the file is there; rows that cannot be carried out are told.
pub(crate) fn decided(context: &Context, base: &str, decisions: &Path) -> Result<Knowledge> {
    let mut knowledge = knowledge(context, base)?;
    if decisions.is_file() {
        let text = fs::read_to_string(decisions).with_context(|| format!("cannot read `{}`", decisions.display()))?;
        let refused = knowledge.decide(&text);
        crate::commands::warn_of_rows(decisions, &refused);
    }
    Ok(knowledge)
}

/// The layers of a data folder.
#[derive(Clone, Debug)]
pub(crate) struct LayerFolder {
    path: PathBuf,
}

impl LayerFolder {
    /// The folder below a data folder; it need not be there.
    pub(crate) fn of(data: &Path) -> Self {
        Self { path: data.join(FOLDER) }
    }

    /// All layers by name.
    fn read(&self) -> Result<Vec<LayerText>> {
        let read = |name: String| {
            let path = self.file(&name);
            let text =
                fs::read_to_string(&path).with_context(|| format!("cannot read the layer `{}`", path.display()))?;
            Ok(LayerText { name: format!("{name}.tsv"), text })
        };
        self.names()?.into_iter().map(read).collect()
    }

    /// Names of the layers, sorted.
    fn names(&self) -> Result<Vec<String>> {
        if !self.path.exists() {
            return Ok(Vec::new());
        }
        let entries = fs::read_dir(&self.path).with_context(|| format!("cannot list `{}`", self.path.display()))?;
        let mut names: Vec<String> = entries
            .filter_map(|e| e.ok()?.file_name().into_string().ok())
            .filter_map(|n| n.strip_suffix(".tsv").map(ToOwned::to_owned))
            .collect();
        names.sort();
        Ok(names)
    }

    /// Names and origins of the layers, without reading their rows.
    pub(crate) fn origins(&self) -> Result<Vec<(String, Origin)>> {
        let one = |name: String| {
            let path = self.file(&name);
            let file = fs::File::open(&path).with_context(|| format!("cannot read the layer `{}`", path.display()))?;
            let mut head = String::new();
            for line in BufReader::new(file).lines() {
                let line = line.with_context(|| format!("cannot read the layer `{}`", path.display()))?;
                if !line.starts_with('#') {
                    break;
                }
                head.push_str(&line);
                head.push('\n');
            }
            let origin = Origin::parse(&format!("{name}.tsv"), &head)?;
            Ok((name, origin))
        };
        self.names()?.into_iter().map(one).collect()
    }

    /// Writes a layer, in the place of one of that name.
    pub(crate) fn write(&self, name: &str, text: &str) -> Result<PathBuf> {
        let path = self.file(name);
        fs::create_dir_all(&self.path).with_context(|| format!("cannot make the folder `{}`", self.path.display()))?;
        write_whole(&path, text.as_bytes())?;
        Ok(path)
    }

    /// Removes a layer.
    pub(crate) fn remove(&self, name: &str) -> Result<()> {
        if !self.names()?.iter().any(|n| n == name) {
            bail!("there is no layer `{name}` in `{}`; `hakusho lexicon list` shows them", self.path.display());
        }
        let path = self.file(name);
        fs::remove_file(&path).with_context(|| format!("cannot remove `{}`", path.display()))?;
        let cache = self.path.join(CACHE);
        if cache.exists() {
            // It is of no use any more, and does no harm either.
            drop(fs::remove_file(cache));
        }
        Ok(())
    }

    fn file(&self, name: &str) -> PathBuf {
        self.path.join(format!("{name}.tsv"))
    }
}

/// Writes beside the file and renames: nobody ever sees half of it.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let part = path.with_extension(format!("{}.part", std::process::id()));
    let written = fs::write(&part, bytes).and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        // What could not be renamed is of no use.
        drop(fs::remove_file(&part));
    }
    written.with_context(|| format!("cannot write `{}`", path.display()))
}

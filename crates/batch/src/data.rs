//! The data folder: configuration, store, content-addressed objects.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hakusho_pipeline::Knowledge;
use hakusho_rdf::{DEFAULT_BASE, Detail, GraphOptions};
use hakusho_store::{Archive, SearchIndex};
use serde::{Deserialize, Serialize};

use crate::error::{BatchError, io_error};
use crate::objects::Objects;
use crate::reference::reference_graphs;

/// `hakusho.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    /// Namespace of things, ending in a slash.
    #[serde(default = "default_base")]
    base: String,
    /// How much of a report goes into its graph.
    #[serde(default)]
    detail: ConfigDetail,
    /// Whether paragraphs carry their text.
    #[serde(default = "yes")]
    text: bool,
}

/// `lean` or `full`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ConfigDetail {
    #[default]
    Lean,
    Full,
}

fn yes() -> bool {
    true
}

fn default_base() -> String {
    DEFAULT_BASE.to_owned()
}

/// A data folder and what is in it.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    /// Namespace of things.
    base: String,
    graph: GraphOptions,
}

impl DataFolder {
    /// Makes a data folder, or opens one that is there; `base` changes the namespace of a new one.
    ///
    /// # Errors
    /// When the folder cannot be written, its configuration is malformed, or it has another base than asked for.
    pub fn create(path: &Path, base: Option<&str>) -> Result<Self, BatchError> {
        for folder in [path.to_owned(), path.join("objects")] {
            fs::create_dir_all(&folder).map_err(io_error("make the folder", &folder))?;
        }
        let file = path.join("hakusho.toml");
        if file.exists() {
            let known = Self::open(path)?;
            return match base {
                Some(base) if base != known.base => Err(BatchError::Config {
                    path: file,
                    problem: format!("the base is `{}` and cannot be changed to `{base}`", known.base),
                }),
                _ => Ok(known),
            };
        }
        let base = base.unwrap_or(DEFAULT_BASE).to_owned();
        if !(base.starts_with("http://") || base.starts_with("https://")) || !base.ends_with(['/', '#']) {
            return Err(BatchError::Config {
                path: file,
                problem: format!("`{base}` is no base: it must be an http address that ends in / or #"),
            });
        }
        let text = format!(
            "# Configuration of this Hakusho data folder.\n# Namespace of everything that reports speak of; it cannot be changed later.\nbase = \"{base}\"\n\
             # How much of a report goes into its graph: \"lean\" or \"full\" (every mention, cell and selector), and whether paragraphs carry their text.\ndetail = \"lean\"\ntext = true\n"
        );
        fs::write(&file, text).map_err(io_error("write", &file))?;
        Ok(Self { path: path.to_owned(), base, graph: GraphOptions::default() })
    }

    /// Opens a data folder.
    ///
    /// # Errors
    /// When there is none or its configuration is malformed.
    pub fn open(path: &Path) -> Result<Self, BatchError> {
        let file = path.join("hakusho.toml");
        if !file.exists() {
            return Err(BatchError::NoData { path: path.to_owned() });
        }
        let text = fs::read_to_string(&file).map_err(io_error("read", &file))?;
        let config: Config =
            toml::from_str(&text).map_err(|e| BatchError::Config { path: file, problem: e.to_string() })?;
        let detail = match config.detail {
            ConfigDetail::Lean => Detail::Lean,
            ConfigDetail::Full => Detail::Full,
        };
        Ok(Self { path: path.to_owned(), base: config.base, graph: GraphOptions { detail, text: config.text } })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Namespace of things.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// What `hakusho.toml` says is to be written of a report.
    pub fn graph_options(&self) -> GraphOptions {
        self.graph
    }

    /// The content-addressed objects.
    pub fn objects(&self) -> Objects {
        Objects::new(self.path.join("objects"))
    }

    /// The full-text index.
    pub fn search(&self) -> SearchIndex {
        SearchIndex::at(&self.path.join("search"))
    }

    /// Opens the store for changes, with ontology and authorities up to date.
    ///
    /// # Errors
    /// When the store is in use or cannot be written.
    pub fn archive(&self, knowledge: &Knowledge) -> Result<Archive, BatchError> {
        let folder = self.path.join("store");
        fs::create_dir_all(&folder).map_err(io_error("make the folder", &folder))?;
        let archive = Archive::open(&folder, &self.base)?;
        for graph in reference_graphs(knowledge) {
            archive.set_reference(&graph.name, &graph.hash, &graph.quads)?;
        }
        Ok(archive)
    }

    /// Opens the store for a plan: nothing in it changes, and there may be none yet.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn archive_for_plan(&self) -> Result<Archive, BatchError> {
        let folder = self.path.join("store");
        if !folder.exists() {
            return Ok(Archive::in_memory(&self.base)?);
        }
        Ok(Archive::open_read_only(&folder, &self.base)?)
    }

    /// Opens the store for taking something out: it must be there, and ontology and authorities stay as they are.
    ///
    /// # Errors
    /// When nothing has been loaded yet, or the store is in use or cannot be written.
    pub fn archive_for_removal(&self) -> Result<Archive, BatchError> {
        let folder = self.path.join("store");
        if !folder.exists() {
            return Err(BatchError::NoData { path: self.path.clone() });
        }
        Ok(Archive::open(&folder, &self.base)?)
    }

    /// Closes a store after changes. `RocksDB` keeps the write-ahead log of a transaction, as large as the transaction, to use
    /// the file again, and removes it only when the store is opened the next time: that is done here.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn close(&self, archive: Archive) -> Result<(), BatchError> {
        archive.flush()?;
        drop(archive);
        drop(Archive::open(&self.path.join("store"), &self.base)?);
        Ok(())
    }

    /// Opens the store for reading.
    ///
    /// # Errors
    /// When nothing has been loaded yet or the store cannot be read.
    pub fn archive_read_only(&self) -> Result<Archive, BatchError> {
        let folder = self.path.join("store");
        if !folder.exists() {
            return Err(BatchError::NoData { path: self.path.clone() });
        }
        Ok(Archive::open_read_only(&folder, &self.base)?.with_search(Arc::new(self.search())))
    }
}

//! What the program knows before it sees a report: words, authorities, series.

use hakusho_lexicon::{
    Entry, EventWords, LayoutWords, OrgForms, Series, SeriesError, TableError, embedded_entries, embedded_files,
};
use hakusho_link::{Linker, RowProblem};
use hakusho_rdf::DEFAULT_BASE;
use sha2::{Digest, Sha256};
use thiserror::Error;

/// Version of the program, part of every artifact's key.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Knowledge that cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum KnowledgeError {
    /// A table of the lexicon is malformed.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A series file is malformed.
    #[error(transparent)]
    Series(#[from] SeriesError),
}

/// Everything a stage needs besides the report.
#[derive(Debug)]
pub struct Knowledge {
    /// Words for the layout stage.
    pub words: LayoutWords,
    /// Names, dates, quantities.
    pub linker: Linker,
    /// Report series.
    pub series: Vec<Series>,
    /// Namespace of things, ending in a slash.
    pub base: String,
    /// Hash over all of it and the program's version: artifacts built with another one are out of date.
    pub hash: String,
}

impl Knowledge {
    /// What comes with the program, under the default namespace.
    ///
    /// # Errors
    /// When an embedded file is malformed, which tests exclude.
    pub fn embedded() -> Result<Self, KnowledgeError> {
        Self::with_base(DEFAULT_BASE)
    }

    /// What comes with the program, with things under another namespace.
    ///
    /// # Errors
    /// As [`Self::embedded`].
    pub fn with_base(base: &str) -> Result<Self, KnowledgeError> {
        Self::with_names(base, |_| true)
    }

    /// What comes with the program, with only those names that `keep` says: how much a report's reading owes to its names
    /// being listed. The hash does not tell it from the whole, so nothing built with it may be kept.
    ///
    /// # Errors
    /// As [`Self::embedded`].
    pub fn with_names(base: &str, keep: impl FnMut(&Entry) -> bool) -> Result<Self, KnowledgeError> {
        let mut entries = embedded_entries()?;
        entries.retain(keep);
        let mut hasher = Sha256::new();
        for part in [VERSION, base].into_iter().chain(embedded_files().flat_map(|(name, text)| [name, text])) {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        Ok(Self {
            words: LayoutWords::embedded(),
            linker: Linker::new(entries, EventWords::embedded()?, OrgForms::embedded()?, base),
            series: Series::embedded()?,
            base: base.to_owned(),
            hash: hasher.finalize().iter().map(|b| format!("{b:02x}")).collect(),
        })
    }

    /// Takes up a table of decisions (`decisions.tsv`), and tells the rows that cannot be carried out. What was built without
    /// them, or with others, is out of date; another note or date of a decision changes nothing.
    pub fn decide(&mut self, table: &str) -> Vec<RowProblem> {
        let problems = self.linker.decide(table);
        let decisions = self.linker.decisions();
        if !decisions.is_empty() {
            let mut hasher = Sha256::new();
            hasher.update(self.hash.as_bytes());
            decisions.iter().for_each(|d| hasher.update(d.id().as_bytes()));
            self.hash = hasher.finalize().iter().map(|b| format!("{b:02x}")).collect();
        }
        problems
    }

    /// The series with that slug.
    pub fn series(&self, id: Option<&str>) -> Option<&Series> {
        self.series.iter().find(|s| Some(s.id.as_str()) == id)
    }
}

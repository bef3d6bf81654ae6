//! The index of a data folder, as everybody uses it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use oxigraph::store::Store;
use tantivy::TantivyDocument;

use super::error::{SearchError, engine};
use super::hit::{Hit, matches};
use super::parts::Kind;
use super::rank::Narrow;
use super::schema::parse_id;
use super::snapshot::Snapshot;
use super::state::stamps;
use super::sync::{Synced, sync};
use super::words::Words;
use crate::archive::Archive;
use crate::names::Names;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchRequest {
    /// Words that must all be there, `"phrases"`, `-words` that must not, `OR`.
    pub words: String,
    /// Most hits that are given.
    pub limit: usize,
    /// Only texts of this kind.
    pub kind: Option<Kind>,
    /// Only texts of this graph.
    pub graph: Option<String>,
    /// Whether texts, matches and lines of the hits are wanted; without them hits come faster.
    pub texts: bool,
}

impl SearchRequest {
    /// Everything with these words, at most `limit` hits, with texts.
    pub fn new(words: &str, limit: usize) -> Self {
        Self { words: words.to_owned(), limit, kind: None, graph: None, texts: true }
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchAnswer {
    /// Number of texts that match.
    pub total: usize,
    /// The best of them: by score, then by IRI.
    pub hits: Vec<Hit>,
}

/// Full-text index over passages, captions, section titles and labels, in a folder of its own beside the store.
pub struct SearchIndex {
    path: PathBuf,
    /// The index as it was last opened. It stays readable when others write a new one.
    open: Mutex<Option<Arc<Snapshot>>>,
}

impl std::fmt::Debug for SearchIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SearchIndex").field("path", &self.path).finish_non_exhaustive()
    }
}

impl SearchIndex {
    /// The index in a folder. Nothing is read before it is needed.
    pub fn at(path: &Path) -> Self {
        Self { path: path.to_owned(), open: Mutex::new(None) }
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Brings the index up to date with the store: cheap when nothing changed, and one commit when something did.
    /// An index that is damaged or that another version made is made anew. Must not run while the store is written.
    ///
    /// # Errors
    /// When another process is writing the index, or the store or the folder cannot be read or written.
    pub fn sync(&self, archive: &Archive) -> Result<Synced, SearchError> {
        let synced = sync(&self.path, archive, false)?;
        self.forget();
        Ok(synced)
    }

    /// Makes the whole index anew.
    ///
    /// # Errors
    /// As [`Self::sync`].
    pub fn rebuild(&self, archive: &Archive) -> Result<Synced, SearchError> {
        let synced = sync(&self.path, archive, true)?;
        self.forget();
        Ok(synced)
    }

    fn forget(&self) {
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Answers a search over what is loaded.
    ///
    /// # Errors
    /// When the words mean nothing, or the index is missing, damaged or not in step with the store.
    pub fn search(&self, archive: &Archive, request: &SearchRequest) -> Result<SearchAnswer, SearchError> {
        self.snapshot(&archive.store, &archive.names)?.answer(request)
    }

    /// Whether searches of an archive have an answer now. An index that is in step stays open for it.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn is_in_step(&self, archive: &Archive) -> Result<bool, SearchError> {
        match self.snapshot(&archive.store, &archive.names) {
            Ok(_) => Ok(true),
            Err(SearchError::Missing { .. } | SearchError::Behind { .. } | SearchError::Damaged { .. }) => Ok(false),
            Err(other) => Err(other),
        }
    }

    /// The index, in step with the store or not at all.
    pub(crate) fn snapshot(&self, store: &Store, names: &Names) -> Result<Arc<Snapshot>, SearchError> {
        let stamps = stamps(store, names)?;
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = open.as_ref().filter(|s| s.state.graphs == stamps) {
            return Ok(Arc::clone(known));
        }
        let fresh = Arc::new(Snapshot::open(&self.path)?);
        if fresh.state.graphs != stamps {
            return Err(SearchError::Behind { path: self.path.clone() });
        }
        *open = Some(Arc::clone(&fresh));
        Ok(fresh)
    }
}

impl Snapshot {
    /// Answers a search.
    pub(crate) fn answer(&self, request: &SearchRequest) -> Result<SearchAnswer, SearchError> {
        let refused = |problem| SearchError::Words { words: request.words.clone(), problem };
        let words = Words::parse(&request.words).map_err(refused)?;
        let narrow = Narrow { kind: request.kind, graph: request.graph.as_deref() };
        let failed = engine(&self.path);
        let (total, ranked) = self.rank(&words, narrow, request.limit).map_err(&failed)?;
        let mut hits = Vec::with_capacity(ranked.len());
        for one in ranked {
            let Some((node, kind, graph)) = parse_id(&one.id) else { continue };
            let (mut text, mut places, mut boxes) = (String::new(), Vec::new(), None);
            if request.texts {
                let stored: TantivyDocument = self.searcher.doc(one.place).map_err(&failed)?;
                let (texts, lines) = self.fields.stored(&stored);
                (text, places) = matches(&words, texts);
                boxes = lines;
            }
            let score = one.score as f64 / 10_000.0;
            let (node, graph) = (node.to_owned(), graph.to_owned());
            hits.push(Hit { node, kind, graph, score, text, matches: places, boxes });
        }
        Ok(SearchAnswer { total, hits })
    }
}

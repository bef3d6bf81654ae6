//! What every request can reach.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use hakusho_batch::{BatchError, DataFolder};
use hakusho_model::Document;
use hakusho_pipeline::Knowledge;
use hakusho_store::Registered;
use lru::LruCache;

use crate::guard::{Gate, Rates};
use crate::log::Log;
use crate::metrics::Metrics;
use crate::options::ServeOptions;
use crate::pages::Images;
use crate::problem::Problem;
use crate::view::{View, Views};

/// Documents that stay in memory once they were read.
const DOCUMENTS: NonZeroUsize = NonZeroUsize::new(4).expect("not zero");

/// Shared by all requests.
pub(crate) type Shared = Arc<App>;

/// The server's state.
pub(crate) struct App {
    pub(crate) data: DataFolder,
    pub(crate) options: ServeOptions,
    pub(crate) views: Views,
    pub(crate) gate: Gate,
    pub(crate) rates: Rates,
    pub(crate) metrics: Metrics,
    pub(crate) log: Log,
    pub(crate) images: Images,
    documents: Mutex<LruCache<String, Arc<Document>>>,
    knowledge: OnceLock<Knowledge>,
    /// One decision is written at a time.
    pub(crate) deciding: Mutex<()>,
    /// One update is made at a time.
    pub(crate) changing: Mutex<()>,
}

impl App {
    pub(crate) fn new(data: DataFolder, options: ServeOptions, views: Views) -> Self {
        let images = Images::new(views.scratch().join("pages"), options.image_cache, options.fonts.clone());
        Self {
            gate: Gate::new(options.concurrency, options.waiting),
            rates: Rates::new(options.rate),
            metrics: Metrics::default(),
            log: Log::new(options.log_queries),
            images,
            documents: Mutex::new(LruCache::new(DOCUMENTS)),
            knowledge: OnceLock::new(),
            deciding: Mutex::new(()),
            changing: Mutex::new(()),
            data,
            options,
            views,
        }
    }

    /// What is loaded, as of now; it stays as it is as long as it is held.
    pub(crate) fn view(&self) -> Arc<View> {
        self.views.current()
    }

    /// The document a file gave, read once for several requests.
    pub(crate) fn document(&self, file: &Registered) -> Result<Arc<Document>, BatchError> {
        let known = |key: &str| self.documents.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned();
        if let Some(document) = known(&file.artifact) {
            return Ok(document);
        }
        let document = Arc::new(self.data.document(file)?);
        let mut documents = self.documents.lock().unwrap_or_else(PoisonError::into_inner);
        documents.put(file.artifact.clone(), Arc::clone(&document));
        Ok(document)
    }

    /// The lists that decisions are checked against.
    pub(crate) fn knowledge(&self) -> Result<&Knowledge, Problem> {
        if let Some(known) = self.knowledge.get() {
            return Ok(known);
        }
        let source = self.options.knowledge.as_ref().ok_or_else(|| Problem::internal("there are no lists of names"))?;
        let read = source().map_err(|e| Problem::internal(&e))?;
        Ok(self.knowledge.get_or_init(|| read))
    }
}

//! One state of the archive, with everything that answers from it.

use std::sync::{Arc, OnceLock};

use hakusho_batch::{DataFolder, OldGraphs};
use hakusho_pipeline::sha256_hex;
use hakusho_store::{
    Answer, Archive, Cancel, NamedNode, QueryOptions, QueryService, Registered, SearchIndex, Snapshot, StoreError,
};

use super::answers::Answers;
use super::rows::Rows;
use super::scratch::Scratch;
use crate::api::tables::Tables;
use crate::error::ServerError;
use crate::federation;
use crate::options::ServeOptions;

/// What is loaded, at one moment.
pub(crate) struct View {
    pub(crate) service: QueryService,
    pub(crate) archive: Arc<Archive>,
    pub(crate) search: Arc<SearchIndex>,
    /// Current files, by edition, part and name.
    pub(crate) registered: Vec<Registered>,
    /// Namespace of things.
    pub(crate) base: String,
    /// Changes with what is loaded and with the version of the program.
    pub(crate) stamp: String,
    /// Moment of the last load.
    pub(crate) loaded: Option<String>,
    /// Whether the search index answers for this state.
    pub(crate) in_step: bool,
    pub(crate) answers: Answers,
    pub(crate) tables: Tables,
    statements: OnceLock<usize>,
    /// Last, so that everything that reads it has gone before its folder goes.
    _snapshot: Option<Snapshot>,
}

impl View {
    pub(super) fn take(data: &DataFolder, scratch: &Scratch, options: &ServeOptions) -> Result<Self, ServerError> {
        let store = data.path().join("store");
        let search = Arc::new(data.search());
        let (archive, snapshot) = if store.exists() {
            let snapshot = Snapshot::take(&store, &scratch.next(), data.base())?.with_search(Arc::clone(&search));
            (Arc::clone(snapshot.archive()), Some(snapshot))
        } else {
            (Arc::new(Archive::in_memory(data.base())?.with_search(Arc::clone(&search))), None)
        };
        let registered = archive.registered()?;
        let old = OldGraphs::new(Arc::clone(&archive), data.objects());
        let service = QueryService::new(&archive, options.query.clone()).with_archived_graphs(Arc::new(old));
        let elsewhere = federation::services(&options.services);
        let service = elsewhere.into_iter().fold(service, |all, (name, one)| all.with_service(name, one));
        let loaded = archive.history()?.into_iter().map(|run| run.ended).max();
        Ok(Self {
            stamp: stamp(&registered, loaded.as_deref(), archive.updated()?),
            in_step: snapshot.is_none() || search.is_in_step(&archive).map_err(StoreError::from)?,
            base: data.base().to_owned(),
            service,
            archive,
            search,
            registered,
            loaded,
            answers: Answers::new(options.answer_cache),
            tables: Tables::default(),
            statements: OnceLock::new(),
            _snapshot: snapshot,
        })
    }

    /// Brings the search index in step. That it cannot (another process is at it) is for the next load to mend.
    pub(super) fn mend(&self) {
        if let Err(error) = self.search.sync(&self.archive) {
            log::warn!("the search index could not be brought in step: {error}");
        }
    }

    /// Rows of a query of our own, within the limits of all queries.
    pub(crate) fn rows(&self, query: &str) -> Result<Rows, StoreError> {
        let options = QueryOptions { max_rows: None, max_bytes: None, ..self.service.options().clone() };
        match self.service.with_options(options).answer(query, &Cancel::new())? {
            Answer::Solutions { variables, rows } => Ok(Rows::new(&variables, rows)),
            Answer::Boolean(_) | Answer::Graph(_) => Ok(Rows::default()),
        }
    }

    /// Statements of the store.
    pub(crate) fn statements(&self) -> Result<usize, StoreError> {
        if let Some(known) = self.statements.get() {
            return Ok(*known);
        }
        let counted = self.archive.len()?;
        Ok(*self.statements.get_or_init(|| counted))
    }

    /// The current file whose SHA-256 begins with these sixteen digits.
    pub(crate) fn file(&self, id: &str) -> Option<&Registered> {
        (id.len() == FILE_ID).then(|| self.registered.iter().find(|f| f.sha256.starts_with(id)))?
    }

    /// Files of the edition with this last part of its IRI.
    pub(crate) fn edition(&self, slug: &str) -> Vec<&Registered> {
        self.registered.iter().filter(|f| edition_slug(&f.edition) == slug).collect()
    }

    /// The graph of the store's description.
    pub(crate) fn description(&self) -> NamedNode {
        NamedNode::new_unchecked(format!("{}graph/description", self.base))
    }
}

/// Digits of a SHA-256 that name a file.
const FILE_ID: usize = 16;

/// The name of a file in addresses.
pub(crate) fn file_id(sha256: &str) -> &str {
    sha256.get(..FILE_ID).unwrap_or(sha256)
}

/// The last part of an edition's IRI.
pub(crate) fn edition_slug(iri: &str) -> &str {
    iri.rsplit('/').next().unwrap_or(iri)
}

fn stamp(registered: &[Registered], loaded: Option<&str>, updated: Option<(u64, String)>) -> String {
    let mut text = format!("{}\n{}\n{updated:?}\n", hakusho_pipeline::VERSION, loaded.unwrap_or_default());
    for file in registered {
        text += &format!("{} {} {}\n", file.graph, file.graph_hash, file.ontology_hash);
    }
    sha256_hex(text.as_bytes())[..16].to_owned()
}

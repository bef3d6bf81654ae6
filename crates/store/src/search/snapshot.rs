//! An index opened for reading, as it stood when it was opened.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tantivy::directory::MmapDirectory;
use tantivy::query::{EnableScoring, Query as _, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, Index, ReloadPolicy, Searcher, TERMINATED, TantivyError, Term};

use super::error::{SearchError, engine};
use super::schema::{Fields, HASH, ID, schema};
use super::state::State;
use super::tokenizer::{TOKENIZER, UnitTokenizer};

/// Segments, fields and state of an index.
pub(crate) struct Snapshot {
    pub(crate) path: PathBuf,
    pub(crate) index: Index,
    pub(crate) searcher: Searcher,
    pub(crate) fields: Fields,
    pub(crate) state: State,
}

impl Snapshot {
    /// Opens the index in a folder. Every file is compared with its checksum: a damaged one could give wrong answers.
    pub(crate) fn open(path: &Path) -> Result<Self, SearchError> {
        let damaged = |reason: String| SearchError::Damaged { path: path.to_owned(), reason };
        let failed = |error: TantivyError| damaged(error.to_string());
        if !path.join("meta.json").exists() {
            return Err(SearchError::Missing { path: path.to_owned() });
        }
        let directory = MmapDirectory::open(path).map_err(|e| failed(e.into()))?;
        let index = Index::open(directory).map_err(failed)?;
        index.tokenizers().register(TOKENIZER, UnitTokenizer);
        let (expected, fields) = schema();
        let payload = index.load_metas().map_err(failed)?.payload.unwrap_or_default();
        let state = State::of_payload(&payload).filter(|_| index.schema() == expected);
        let Some(state) = state else { return Err(damaged("another version made it".to_owned())) };
        // Opened before its files are looked at: nobody deletes them from then on.
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(failed)?;
        if let Some(file) = index.validate_checksum().map_err(failed)?.into_iter().min() {
            return Err(damaged(format!("`{}` is not what was written", file.display())));
        }
        Ok(Self { path: path.to_owned(), searcher: reader.searcher(), index, fields, state })
    }

    /// Hashes of the documents of a graph that are replaced one by one.
    pub(crate) fn hashes(&self, graph: &str) -> Result<BTreeMap<String, u64>, SearchError> {
        self.read_hashes(graph).map_err(engine(&self.path))
    }

    fn read_hashes(&self, graph: &str) -> Result<BTreeMap<String, u64>, TantivyError> {
        let query = TermQuery::new(Term::from_field_text(self.fields.graph, graph), IndexRecordOption::Basic);
        let weight = query.weight(EnableScoring::disabled_from_searcher(&self.searcher))?;
        let mut out = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            let (Some(ids), hashes) = (segment.fast_fields().str(ID)?, segment.fast_fields().u64(HASH)?) else {
                continue;
            };
            let mut docs = weight.scorer(segment, 1.0)?;
            while docs.doc() != TERMINATED {
                let doc = docs.doc();
                docs.advance();
                let (Some(ord), Some(hash)) = (ids.ords().first(doc), hashes.first(doc)) else { continue };
                let mut id = String::new();
                if !segment.is_deleted(doc) && ids.ord_to_str(ord, &mut id)? {
                    out.insert(id, hash);
                }
            }
        }
        Ok(out)
    }
}

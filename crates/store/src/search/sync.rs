//! Keeps an index in step with the store: graphs that went leave, those that came or changed are read.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::path::Path;

use oxigraph::model::{NamedNode, NamedNodeRef};
use sha2::{Digest as _, Sha256};
use tantivy::directory::MmapDirectory;
use tantivy::indexer::IndexWriterOptions;
use tantivy::{Index, IndexWriter, Term};

use super::error::{SearchError, engine, io_error};
use super::parts::{Part, labels, parts};
use super::schema::{Fields, id, schema};
use super::snapshot::Snapshot;
use super::state::{State, stamps};
use super::tokenizer::{TOKENIZER, UnitTokenizer};
use crate::archive::Archive;

/// Bytes of terms that are gathered before they are written.
const MEMORY: usize = 48 << 20;
/// Held while the index is written. It is never deleted.
const LOCK: &str = ".hakusho.lock";

/// What bringing an index up to date did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Synced {
    /// Graphs that were read, those that changed among them.
    pub added: usize,
    /// Graphs that went, those that changed among them.
    pub removed: usize,
    /// Things shared by files whose labels came, changed or went.
    pub things: usize,
    /// Whether the whole index was made anew, because there was none that could be used.
    pub rebuilt: bool,
}

/// What the index should hold.
struct Wanted {
    state: State,
    graph: NamedNode,
    things: BTreeMap<String, (u64, Part)>,
}

impl Wanted {
    fn of(archive: &Archive) -> Result<Self, SearchError> {
        let graph = archive.names.things.clone();
        let mut things = BTreeMap::new();
        let mut all = Sha256::new();
        for part in labels(&archive.store, graph.as_ref())? {
            let id = id(&part.node, part.kind, graph.as_str());
            let hash = hash(&id, &part.texts);
            all.update(hash.to_be_bytes());
            things.insert(id, (hash, part));
        }
        let things_hash = all.finalize().iter().map(|b| format!("{b:02x}")).collect();
        let state = State { graphs: stamps(&archive.store, &archive.names)?, things: things_hash };
        Ok(Self { state, graph, things })
    }
}

fn hash(id: &str, texts: &[String]) -> u64 {
    let mut hasher = Sha256::new();
    for text in std::iter::once(id).chain(texts.iter().map(String::as_str)) {
        hasher.update(text.as_bytes());
        hasher.update([0]);
    }
    hasher.finalize().iter().take(8).fold(0, |n, b| n << 8 | u64::from(*b))
}

/// Brings the index in a folder up to date, or makes it; `anew` forgets what is there.
pub(crate) fn sync(path: &Path, archive: &Archive, anew: bool) -> Result<Synced, SearchError> {
    fs::create_dir_all(path).map_err(io_error("make the folder", path))?;
    let _lock = lock(path)?;
    let wanted = Wanted::of(archive)?;
    // Whatever is wrong with an index, it can be made again from the store.
    if let Some(known) = (!anew).then(|| Snapshot::open(path).ok()).flatten() {
        if known.state == wanted.state {
            return Ok(Synced::default());
        }
        let things = known.hashes(wanted.graph.as_str())?;
        return write(path, archive, &known.index, known.fields, (&known.state, &things), &wanted);
    }
    clear(path)?;
    let failed = engine(path);
    let (schema, fields) = schema();
    let directory = MmapDirectory::open(path).map_err(|e| failed(e.into()))?;
    let index = Index::builder().schema(schema).open_or_create(directory).map_err(failed)?;
    index.tokenizers().register(TOKENIZER, UnitTokenizer);
    let nothing = (&State::default(), &BTreeMap::new());
    Ok(Synced { rebuilt: true, ..write(path, archive, &index, fields, nothing, &wanted)? })
}

fn lock(path: &Path) -> Result<File, SearchError> {
    let file = path.join(LOCK);
    let lock = File::create(&file).map_err(io_error("write", &file))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(SearchError::Busy { path: path.to_owned() }),
        Err(TryLockError::Error(e)) => Err(io_error("lock", &file)(e)),
    }
}

/// Deletes everything in the folder but the lock.
fn clear(path: &Path) -> Result<(), SearchError> {
    for entry in fs::read_dir(path).map_err(io_error("read", path))? {
        let entry = entry.map_err(io_error("read", path))?.path();
        if entry.file_name().is_some_and(|name| name == LOCK) {
            continue;
        }
        let removed = if entry.is_dir() { fs::remove_dir_all(&entry) } else { fs::remove_file(&entry) };
        removed.map_err(io_error("delete", &entry))?;
    }
    Ok(())
}

/// Writes the difference in one commit: an index holds the old state or the new one.
fn write(
    path: &Path,
    archive: &Archive,
    index: &Index,
    fields: Fields,
    (known, known_things): (&State, &BTreeMap<String, u64>),
    wanted: &Wanted,
) -> Result<Synced, SearchError> {
    let failed = engine(path);
    let options =
        IndexWriterOptions::builder().num_worker_threads(1).memory_budget_per_thread(MEMORY).num_merge_threads(1);
    let mut writer: IndexWriter = index.writer_with_options(options.build()).map_err(&failed)?;
    let mut synced = Synced::default();
    let in_both = |graph: &String, hash: &String| {
        known.graphs.get(graph) == Some(hash) && wanted.state.graphs.get(graph) == Some(hash)
    };
    for (graph, _) in known.graphs.iter().filter(|(g, h)| !in_both(g, h)) {
        writer.delete_term(Term::from_field_text(fields.graph, graph));
        synced.removed += 1;
    }
    for (graph, _) in wanted.state.graphs.iter().filter(|(g, h)| !in_both(g, h)) {
        for part in parts(&archive.store, NamedNodeRef::new_unchecked(graph))? {
            writer.add_document(fields.document(&part, graph)).map_err(&failed)?;
        }
        synced.added += 1;
    }
    for (id, hash) in known_things {
        if wanted.things.get(id).is_none_or(|(new, _)| new != hash) {
            writer.delete_term(Term::from_field_text(fields.key, id));
            synced.things += usize::from(!wanted.things.contains_key(id));
        }
    }
    for (_, (hash, part)) in wanted.things.iter().filter(|(id, (hash, _))| known_things.get(*id) != Some(hash)) {
        writer.add_document(fields.single(part, wanted.graph.as_str(), *hash)).map_err(&failed)?;
        synced.things += 1;
    }
    let mut commit = writer.prepare_commit().map_err(&failed)?;
    commit.set_payload(&wanted.state.to_payload());
    commit.commit().map_err(&failed)?;
    writer.wait_merging_threads().map_err(&failed)?;
    Ok(synced)
}

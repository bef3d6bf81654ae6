//! A state of the store that holds still while another process goes on writing.
//!
//! `RocksDB` must not be opened, not even for reading, while another process changes it: what is read may be deleted, and
//! log and tables may be of two states. But its tables (`.sst`) never change once they are written, and whatever becomes
//! part of the store is first written to the `MANIFEST`. So: the tables are linked into a folder of our own, `MANIFEST`
//! and logs are copied, and if the `MANIFEST` has not grown meanwhile, all of it is one state. A log that was being written
//! ends in the middle of an entry; `RocksDB` leaves that entry out, and an entry is a whole transaction.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

use crate::archive::Archive;
use crate::error::StoreError;
use crate::search::SearchIndex;

/// How often it is tried. Each try takes milliseconds; tables are written every few seconds at most.
const TRIES: u32 = 50;
/// How long to wait for the next try.
const PAUSE: Duration = Duration::from_millis(100);

/// A state of a store in a folder of its own, which goes when this is dropped.
#[derive(Debug)]
pub struct Snapshot {
    /// Always there until it is dropped; it must close before its folder goes.
    archive: Option<Arc<Archive>>,
    folder: PathBuf,
}

impl Snapshot {
    /// Takes the state of the store in `store` into the folder `scratch`, which must not exist and should be on the same
    /// file system: tables are linked where that is possible, copied where not. `base` is the namespace of things.
    ///
    /// # Errors
    /// When the folders cannot be read or written, or another process changes the store without a pause.
    pub fn take(store: &Path, scratch: &Path, base: &str) -> Result<Self, StoreError> {
        for _ in 0..TRIES {
            fs::create_dir(scratch)?;
            // From here on the folder goes again, whatever happens.
            let mut snapshot = Self { archive: None, folder: scratch.to_owned() };
            if copied(store, scratch)? {
                // What is opened is nobody else's: it may be opened for writing, so that the log is replayed.
                snapshot.archive = Some(Arc::new(Archive::open(scratch, base)?));
                return Ok(snapshot);
            }
            drop(snapshot);
            sleep(PAUSE);
        }
        Err(StoreError::Busy { path: store.to_owned() })
    }

    /// The same state, whose queries reach a search index as `SERVICE hk:search`. To be called before the state is shared.
    #[must_use]
    pub fn with_search(mut self, index: Arc<SearchIndex>) -> Self {
        self.archive = self.archive.take().map(|archive| match Arc::try_unwrap(archive) {
            Ok(archive) => Arc::new(archive.with_search(index)),
            Err(shared) => shared,
        });
        self
    }

    /// The state.
    ///
    /// # Panics
    /// Never: it is there until the snapshot is dropped.
    pub fn archive(&self) -> &Arc<Archive> {
        self.archive.as_ref().expect("a snapshot holds an archive until it is dropped")
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        self.archive = None;
        // What is left behind is swept by whoever takes the next one.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Copies the files of a store; returns whether they are of one state.
fn copied(store: &Path, scratch: &Path) -> Result<bool, StoreError> {
    let before = manifests(store)?;
    for name in names(store)? {
        let (from, to) = (store.join(&name), scratch.join(&name));
        let immutable = Path::new(&name).extension().is_some_and(|e| e == "sst" || e == "blob");
        let linked = immutable && fs::hard_link(&from, &to).is_ok();
        let done = if linked { Ok(()) } else { fs::copy(&from, &to).map(drop) };
        match done {
            // It was deleted since it was listed: it belongs to the state before.
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(false),
            other => other?,
        }
    }
    Ok(!before.is_empty() && manifests(store)? == before)
}

/// Names of the files that make up the state; logs come last, so that nothing they hold is missed by the tables.
fn names(store: &Path) -> Result<Vec<String>, StoreError> {
    let mut out = Vec::new();
    for entry in fs::read_dir(store)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        // The lock is the other's, LOG is prose, `bulk-` tables are not part of the store yet.
        if name != "LOCK" && !name.starts_with("LOG") && !name.starts_with("bulk-") {
            out.push(name);
        }
    }
    out.sort_by_key(|name| (Path::new(name).extension().is_some_and(|e| e == "log"), name.clone()));
    Ok(out)
}

/// The `MANIFEST` files and `CURRENT` with their lengths: they grow with every change of the set of tables and logs.
fn manifests(store: &Path) -> Result<BTreeMap<String, u64>, StoreError> {
    let mut out = BTreeMap::new();
    for name in names(store)? {
        if name.starts_with("MANIFEST") || name == "CURRENT" {
            let length = match fs::metadata(store.join(&name)) {
                Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
                other => other?.len(),
            };
            out.insert(name, length);
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use oxigraph::model::{Literal, NamedNode, Quad};

    use super::*;

    const BASE: &str = "urn:x/";
    /// Statements of a transaction.
    const SIZE: usize = 100;

    fn batch(n: usize) -> Vec<Quad> {
        let node = |name: String| NamedNode::new_unchecked(format!("{BASE}{name}"));
        let text = |i: usize| Literal::new_simple_literal(format!("{n} {i}"));
        (0..SIZE)
            .map(|i| Quad::new(node(format!("s{i}")), node("p".to_owned()), text(i), node(format!("g{n:06}"))))
            .collect()
    }

    /// Transactions one after the other, with tables written and logs deleted in between, until it is told to stop.
    fn write(archive: &Archive, stop: &AtomicBool) -> usize {
        let mut n = 0;
        while !stop.load(Ordering::Relaxed) {
            let mut transaction = archive.store.start_transaction().expect("a transaction");
            transaction.extend(batch(n).iter().map(Quad::as_ref));
            transaction.commit().expect("a commit");
            n += 1;
            if n.is_multiple_of(20) {
                archive.flush().expect("a flush");
            }
        }
        n
    }

    /// How many transactions a state holds; all of them whole, and none left out between them.
    fn transactions(archive: &Archive) -> usize {
        let quads = archive.len().expect("a length");
        assert_eq!(quads % SIZE, 0, "half a transaction");
        for n in 0..quads / SIZE {
            assert!(
                batch(n).iter().all(|q| archive.store.contains(q).expect("an answer")),
                "transaction {n} is not whole"
            );
        }
        quads / SIZE
    }

    #[test]
    fn a_state_beside_a_writer_is_that_of_one_moment() {
        let folder = tempfile::tempdir().expect("a folder");
        let (store, scratch) = (folder.path().join("store"), folder.path().join("scratch"));
        let archive = Archive::open(&store, BASE).expect("a store");
        let stop = AtomicBool::new(false);
        let (seen, written) = std::thread::scope(|scope| {
            let writer = scope.spawn(|| write(&archive, &stop));
            let mut seen = Vec::new();
            while seen.len() < 12 {
                let snapshot = Snapshot::take(&store, &scratch, BASE).expect("a snapshot");
                seen.push(transactions(snapshot.archive()));
                drop(snapshot);
                assert!(!scratch.exists(), "it goes when it is dropped");
            }
            stop.store(true, Ordering::Relaxed);
            (seen, writer.join().expect("the writer"))
        });
        assert!(seen.is_sorted(), "{seen:?}");
        assert!(seen.last().is_some_and(|n| *n > seen[0]), "nothing was written meanwhile: {seen:?}");
        assert_eq!(transactions(&archive), written, "the writer was disturbed");
    }

    #[test]
    fn a_folder_without_a_store_has_no_state() {
        let folder = tempfile::tempdir().expect("a folder");
        let taken = Snapshot::take(&folder.path().join("none"), &folder.path().join("scratch"), BASE);
        assert!(taken.is_err());
        assert!(!folder.path().join("scratch").exists());
    }
}

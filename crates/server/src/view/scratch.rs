//! The folder where snapshots and page images are: `.serve` in the data folder.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::ServerError;

/// A folder whose snapshots are swept when nobody uses them any more. A server holds a lock on a file of its own; what a killed
/// one left behind has a lock that can be taken.
pub(crate) struct Scratch {
    root: PathBuf,
    /// `{process}-{number}`: process numbers come again.
    name: String,
    lock: PathBuf,
    _held: File,
    next: AtomicU64,
}

impl Scratch {
    pub(crate) fn open(root: &Path) -> Result<Self, ServerError> {
        fs::create_dir_all(root).map_err(ServerError::Setup)?;
        sweep(root).map_err(ServerError::Setup)?;
        let name = format!("view-{}", std::process::id());
        let lock = root.join(format!("{name}.lock"));
        let held = File::create(&lock).and_then(|file| {
            file.lock()?;
            Ok(file)
        });
        let held = held.map_err(ServerError::Setup)?;
        Ok(Self { root: root.to_owned(), name, lock, _held: held, next: AtomicU64::new(0) })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A folder that is not there yet, for a snapshot.
    pub(crate) fn next(&self) -> PathBuf {
        self.root.join(format!("{}-{}", self.name, self.next.fetch_add(1, Ordering::Relaxed)))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left behind is swept by whoever comes next.
        let _ = fs::remove_file(&self.lock);
    }
}

/// Removes the snapshots of servers that have gone.
fn sweep(root: &Path) -> io::Result<()> {
    let names: Vec<String> = fs::read_dir(root)?
        .filter_map(|e| e.ok()?.file_name().into_string().ok())
        .filter(|n| n.starts_with("view-"))
        .collect();
    for lock in names.iter().filter(|n| n.strip_suffix(".lock").is_some()) {
        let path = root.join(lock);
        let gone = File::open(&path).is_ok_and(|file| file.try_lock().is_ok());
        if !gone {
            continue;
        }
        let prefix = format!("{}-", lock.trim_end_matches(".lock"));
        for folder in names.iter().filter(|n| n.starts_with(&prefix)) {
            let _ = fs::remove_dir_all(root.join(folder));
        }
        let _ = fs::remove_file(path);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snapshots_of_servers_that_have_gone_are_swept() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join(".serve");
        fs::create_dir_all(root.join("view-1-0")).expect("a snapshot");
        fs::create_dir_all(root.join("pages")).expect("images");
        File::create(root.join("view-1.lock")).expect("a lock that nobody holds");
        let scratch = Scratch::open(&root).expect("a scratch folder");
        assert!(!root.join("view-1-0").exists() && !root.join("view-1.lock").exists());
        assert!(root.join("pages").exists(), "page images stay");
        fs::create_dir_all(scratch.next()).expect("a snapshot");
        let held = root.join(format!("view-{}-0", std::process::id()));
        sweep(&root).expect("a sweep");
        assert!(held.exists(), "this server still runs");
    }
}

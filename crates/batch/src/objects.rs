//! Content-addressed objects: the PDFs as loaded, and what was read from them. Written whole or not at all.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use crate::error::{BatchError, io_error};

/// Level of compression: the middle of the scale reads fast and packs text to a tenth.
const LEVEL: u32 = 6;

/// The objects folder.
#[derive(Clone, Debug)]
pub struct Objects {
    root: PathBuf,
}

impl Objects {
    pub(crate) fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// Path of an object: `ab/cdef….ending`.
    pub fn path(&self, hash: &str, ending: &str) -> PathBuf {
        let (folder, rest) = hash.split_at_checked(2).unwrap_or(("", hash));
        self.root.join(folder).join(format!("{rest}.{ending}"))
    }

    /// Whether the object is there.
    pub fn has(&self, hash: &str, ending: &str) -> bool {
        self.path(hash, ending).is_file()
    }

    /// Stores bytes named by their own hash, unless they are there.
    pub(crate) fn put(&self, hash: &str, ending: &str, bytes: &[u8]) -> Result<(), BatchError> {
        let there = fs::metadata(self.path(hash, ending)).is_ok_and(|m| m.is_file() && m.len() == bytes.len() as u64);
        if there { Ok(()) } else { self.write(hash, ending, bytes) }
    }

    /// Writes bytes under a name that no one sees before they are whole.
    fn write(&self, hash: &str, ending: &str, bytes: &[u8]) -> Result<(), BatchError> {
        static COUNTER: AtomicU64 = AtomicU64::new(0);
        let path = self.path(hash, ending);
        let folder = path.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder).map_err(io_error("make the folder", folder))?;
        let unique = format!(".{}-{}.part", std::process::id(), COUNTER.fetch_add(1, Ordering::Relaxed));
        let part = path.with_file_name(format!("{}{unique}", hash.get(2..).unwrap_or_default()));
        let written = fs::File::create(&part).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        written.and_then(|()| fs::rename(&part, &path)).map_err(io_error("write", &path))
    }

    /// Stores text compressed, in the place of what was there.
    pub(crate) fn put_text(&self, hash: &str, ending: &str, text: &str) -> Result<(), BatchError> {
        // The header carries no time and no name: equal text gives equal bytes.
        let mut encoder = GzEncoder::new(Vec::new(), Compression::new(LEVEL));
        let path = self.path(hash, ending);
        let bytes =
            encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish()).map_err(io_error("compress", &path))?;
        self.write(hash, ending, &bytes)
    }

    /// Reads bytes.
    ///
    /// # Errors
    /// When the object is not there or cannot be read.
    pub fn bytes(&self, hash: &str, ending: &str) -> Result<Vec<u8>, BatchError> {
        let path = self.path(hash, ending);
        fs::read(&path).map_err(io_error("open", &path))
    }

    /// Reads compressed text.
    ///
    /// # Errors
    /// When the object is not there or damaged.
    pub fn text(&self, hash: &str, ending: &str) -> Result<String, BatchError> {
        let path = self.path(hash, ending);
        let file = fs::File::open(&path).map_err(io_error("open", &path))?;
        let mut text = String::new();
        let read = GzDecoder::new(file).read_to_string(&mut text);
        read.map_err(|e| BatchError::Artifact { path, problem: e.to_string() })?;
        Ok(text)
    }

    /// Removes leftovers of interrupted writes.
    pub(crate) fn sweep(&self) -> Result<(), BatchError> {
        for folder in entries(&self.root)? {
            if !folder.is_dir() {
                continue;
            }
            for path in entries(&folder)? {
                if path.extension().is_some_and(|e| e == "part") {
                    fs::remove_file(&path).map_err(io_error("remove", &path))?;
                }
            }
        }
        Ok(())
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, BatchError> {
    let read = fs::read_dir(folder).map_err(io_error("read the folder", folder))?;
    let mut paths: Vec<PathBuf> = read.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.sort();
    Ok(paths)
}

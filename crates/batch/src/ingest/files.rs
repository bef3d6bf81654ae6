//! Which files are meant by some paths.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{BatchError, io_error};

/// All PDF files under some paths, sorted; a path that is a file counts whatever its name.
///
/// # Errors
/// When a path does not exist or a folder cannot be read.
pub fn find_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, BatchError> {
    let mut found = Vec::new();
    for path in paths {
        let about = fs::metadata(path).map_err(io_error("read", path))?;
        if about.is_dir() {
            walk(path, &mut found)?;
        } else {
            found.push(path.clone());
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), BatchError> {
    let read = fs::read_dir(folder).map_err(io_error("read the folder", folder))?;
    for entry in read {
        let path = entry.map_err(io_error("read the folder", folder))?.path();
        if path.is_dir() {
            walk(&path, found)?;
        } else if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("pdf")) {
            found.push(path);
        }
    }
    Ok(())
}

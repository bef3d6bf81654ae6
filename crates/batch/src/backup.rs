//! A data folder as a bag (`BagIt`), and back: taken while others read or write, checked before anything is restored.
//!
//! The store goes in as N-Quads of one snapshot with the history of loads, so that a backup does not depend on the version
//! of the database. What can be made again from the rest (store files, indexes, caches) is left out.

use std::fs;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use hakusho_pipeline::VERSION;
use hakusho_store::{Archive, DumpFormat, Snapshot, StoreError};

use crate::bag::{self, Bag};
use crate::clock::now;
use crate::data::DataFolder;
use crate::error::{BatchError, io_error};
use crate::export::{ExportOptions, export};

/// The store in a backup.
const DUMP: &str = "store.nq.gz";
/// What the data folder holds that the rest can be made into again.
const DERIVED: [&str; 3] = ["store", "search", "lexicon/names.cache"];

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Files.
    pub files: usize,
    /// Their length together.
    pub bytes: u64,
    /// Statements of the store.
    pub quads: u64,
    /// Objects that are not what their names say: they were damaged before.
    pub damaged: Vec<String>,
}

/// Writes a backup of a data folder into a new folder, which appears when it is whole.
///
/// # Errors
/// When the folder is there already or cannot be written, or the data folder cannot be read.
pub fn backup(data: &DataFolder, target: &Path) -> Result<Backup, BatchError> {
    vacant(target)?;
    let part = beside(target, "part")?;
    if inside(&part, data.path()) {
        return Err(refused(target, "it lies in the data folder that is backed up"));
    }
    remove(&part)?;
    let mut bag = Bag::create(&part)?;
    let quads = dump(data, &mut bag)?;
    let damaged = files(data, &mut bag)?;
    let (files, bytes) = bag.size();
    bag.finish(&[
        ("Bag-Software-Agent", format!("hakusho {VERSION}")),
        ("Bagging-Date", now()[..10].to_owned()),
        ("External-Description", format!("Hakusho data folder, namespace {}, {quads} statements", data.base())),
    ])?;
    appear(&part, target)?;
    Ok(Backup { files, bytes, quads, damaged })
}

/// The store as it is at this moment.
fn dump(data: &DataFolder, bag: &mut Bag) -> Result<u64, BatchError> {
    let store = data.path().join("store");
    if !store.is_dir() {
        return Ok(0);
    }
    let scratch = data.path().join(".snapshot");
    // Held until the end of this function, so that no second backup sweeps the snapshot away.
    let lock = data.path().join(".snapshot.lock");
    let held = fs::File::create(&lock).map_err(io_error("write", &lock))?;
    held.try_lock().map_err(|_| refused(data.path(), "another backup of it is being taken"))?;
    remove(&scratch)?;
    let snapshot = Snapshot::take(&store, &scratch, data.base())?;
    let options = ExportOptions { editions: Vec::new(), history: true, format: DumpFormat::NQuads, gzip: true };
    let counts = bag.write(DUMP, |out| export(snapshot.archive(), &options, out))?;
    Ok(counts.triples)
}

/// All other files; returns the damaged ones.
fn files(data: &DataFolder, bag: &mut Bag) -> Result<Vec<String>, BatchError> {
    let mut paths = Vec::new();
    bag::walk(data.path(), data.path(), &mut paths)?;
    let mut damaged = Vec::new();
    for path in paths.iter().filter(|path| is_kept(path)) {
        // Objects never change once they are there; what people edit is copied.
        let object = path.strip_prefix("objects/");
        let seal = bag.take(&data.path().join(path), path, object.is_some())?;
        let claimed = object.and_then(|name| name.strip_suffix(".pdf")).map(|name| name.replace('/', ""));
        if claimed.is_some_and(|sha256| sha256 != seal.sha256) {
            damaged.push(path.clone());
        }
    }
    Ok(damaged)
}

fn is_kept(path: &str) -> bool {
    let derived = |d: &str| path.strip_prefix(d).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let half_written =
        path.rsplit('/').next().is_some_and(|name| name.starts_with('.') || name.rsplit('.').next() == Some("part"));
    !DERIVED.into_iter().any(derived) && !half_written && !path.starts_with('.')
}

/// What a check of a backup found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupCheck {
    /// Files.
    pub files: usize,
    /// Their length together.
    pub bytes: u64,
    /// What is wrong, a file a line; nothing if the backup is whole.
    pub problems: Vec<String>,
}

/// Compares every file of a backup with its manifests.
///
/// # Errors
/// When the folder cannot be read.
pub fn verify_backup(folder: &Path) -> Result<BackupCheck, BatchError> {
    let checked = bag::check(folder)?;
    let mut problems = checked.problems;
    if problems.is_empty() && !folder.join("data/hakusho.toml").is_file() {
        problems.push("`data/hakusho.toml` is missing: this is a bag, but no backup of a data folder".to_owned());
    }
    Ok(BackupCheck { files: checked.files.len(), bytes: checked.bytes, problems })
}

/// Makes a data folder of a backup, which is checked first, and returns how many statements it holds. The folder appears
/// when it is whole; with `force` it takes the place of another one.
///
/// # Errors
/// When the backup is damaged, the folder is not empty (without `force`) or in use, or it cannot be written.
pub fn restore(backup: &Path, target: &Path, force: bool) -> Result<usize, BatchError> {
    if !force {
        vacant(target)?;
    }
    let check = verify_backup(backup)?;
    if !check.problems.is_empty() {
        return Err(BatchError::Backup { path: backup.to_owned(), problem: check.problems.join("; ") });
    }
    let part = beside(target, "part")?;
    remove(&part)?;
    let payload = backup.join("data");
    let mut paths = Vec::new();
    bag::walk(&payload, &payload, &mut paths)?;
    for path in paths.iter().filter(|path| *path != DUMP) {
        let to = part.join(path);
        let folder = to.parent().unwrap_or(&part);
        fs::create_dir_all(folder).map_err(io_error("make the folder", folder))?;
        bag::copy(&payload.join(path), &to)?;
    }
    let quads = load(&payload.join(DUMP), &DataFolder::create(&part, None)?)?;
    in_place_of(target, &part)?;
    Ok(quads)
}

/// Fills a store from its dump.
fn load(dump: &Path, data: &DataFolder) -> Result<usize, BatchError> {
    if !dump.is_file() {
        return Ok(0);
    }
    let store = data.path().join("store");
    let archive = Archive::open(&store, data.base())?;
    let file = fs::File::open(dump).map_err(io_error("open", dump))?;
    let mut lines = Lines { inner: GzDecoder::new(BufReader::new(file)), count: 0 };
    let quads = archive.import(&mut lines)?;
    data.search().sync(&archive).map_err(StoreError::from)?;
    if quads != lines.count {
        let problem = format!("it has {} statements, {quads} of them came into the store", lines.count);
        return Err(BatchError::Backup { path: dump.to_owned(), problem });
    }
    data.close(archive)?;
    Ok(quads)
}

/// Counts the lines that are read.
struct Lines<R> {
    inner: R,
    count: usize,
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.count += buffer[..n].split(|b| *b == b'\n').count() - 1;
        Ok(n)
    }
}

/// Puts a whole folder where another one may be, which stands aside until it is done.
fn in_place_of(target: &Path, part: &Path) -> Result<(), BatchError> {
    let store = target.join("store");
    if !store.is_dir() && vacant(target).is_ok() {
        return appear(part, target);
    }
    if store.is_dir() {
        // Nobody else may have it open.
        drop(Archive::open(&store, "")?);
    }
    let aside = beside(target, "old")?;
    remove(&aside)?;
    fs::rename(target, &aside).map_err(io_error("move", target))?;
    appear(part, target)?;
    remove(&aside)
}

/// A folder that is not there, or empty.
fn vacant(target: &Path) -> Result<(), BatchError> {
    if !target.exists() {
        return Ok(());
    }
    let mut entries = fs::read_dir(target).map_err(io_error("read the folder", target))?;
    match entries.next() {
        None => Ok(()),
        Some(_) => Err(refused(target, "it is not empty")),
    }
}

/// Gives a whole folder its name.
fn appear(part: &Path, target: &Path) -> Result<(), BatchError> {
    if target.is_dir() {
        fs::remove_dir(target).map_err(io_error("replace the folder", target))?;
    }
    fs::rename(part, target).map_err(io_error("make the folder", target))
}

/// `.name.ending` beside a folder: on the same file system, and not taken for it.
fn beside(target: &Path, ending: &str) -> Result<PathBuf, BatchError> {
    let absolute = std::path::absolute(target).map_err(io_error("find", target))?;
    let (Some(parent), Some(name)) = (absolute.parent(), absolute.file_name()) else {
        return Err(refused(target, "it has no name"));
    };
    fs::create_dir_all(parent).map_err(io_error("make the folder", parent))?;
    Ok(parent.join(format!(".{}.{ending}", name.to_string_lossy())))
}

/// Whether a path lies in a folder, whatever links lead to both.
fn inside(path: &Path, folder: &Path) -> bool {
    let parent = path.parent().and_then(|p| p.canonicalize().ok());
    let folder = folder.canonicalize().ok();
    parent.zip(folder).is_some_and(|(parent, folder)| parent.starts_with(folder))
}

/// Removes what an interrupted run left behind.
fn remove(folder: &Path) -> Result<(), BatchError> {
    match fs::remove_dir_all(folder) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(io_error("remove", folder)(e)),
        _ => Ok(()),
    }
}

fn refused(path: &Path, problem: &str) -> BatchError {
    BatchError::Backup { path: path.to_owned(), problem: problem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_made_again_and_what_is_half_written_stays_out() {
        let check = |path: &str, kept: bool| assert_eq!(is_kept(path), kept, "{path}");
        check("hakusho.toml", true);
        check("decisions.tsv", true);
        check("objects/ab/cdef.pdf", true);
        check("objects/ab/cdef.1-2.part", false);
        check("lexicon/names.cache", false);
        check("lexicon/laws.tsv", true);
        check("store/CURRENT", false);
        check("stores.txt", true);
        check("search/meta.json", false);
        check(".snapshot.lock", false);
        check(".snapshot/CURRENT", false);
    }
}

//! Bags: folders that say of every file in them what it was (`BagIt`, RFC 8493), so that any tool can check them.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::digest::{Seal, Sealing, seal};
use crate::error::{BatchError, io_error};

const MANIFEST: &str = "manifest-sha256.txt";
const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// A bag that is being filled.
#[derive(Debug)]
pub(crate) struct Bag {
    root: PathBuf,
    /// Seals of the payload by path, `data/…` with slashes.
    payload: BTreeMap<String, Seal>,
}

impl Bag {
    /// A bag in a folder that is made for it.
    pub(crate) fn create(root: &Path) -> Result<Self, BatchError> {
        let data = root.join("data");
        fs::create_dir_all(&data).map_err(io_error("make the folder", &data))?;
        Ok(Self { root: root.to_owned(), payload: BTreeMap::new() })
    }

    /// Takes a file in, by a hard link where `link` allows it and the file system can, as a copy otherwise.
    pub(crate) fn take(&mut self, from: &Path, path: &str, link: bool) -> Result<&Seal, BatchError> {
        let to = self.place(path)?;
        if !(link && fs::hard_link(from, &to).is_ok()) {
            copy(from, &to)?;
        }
        // What is sealed is what is in the bag.
        let seal = seal(&to)?;
        Ok(self.payload.entry(format!("data/{path}")).or_insert(seal))
    }

    /// Writes a file into the payload.
    pub(crate) fn write<T>(
        &mut self,
        path: &str,
        write: impl FnOnce(&mut Sealing<fs::File>) -> Result<T, BatchError>,
    ) -> Result<T, BatchError> {
        let to = self.place(path)?;
        let mut sealing = Sealing::new(fs::File::create(&to).map_err(io_error("write", &to))?);
        let value = write(&mut sealing)?;
        let (file, seal) = sealing.finish();
        file.sync_all().map_err(io_error("write", &to))?;
        self.payload.insert(format!("data/{path}"), seal);
        Ok(value)
    }

    fn place(&self, path: &str) -> Result<PathBuf, BatchError> {
        let to = self.root.join("data").join(path);
        let folder = to.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder).map_err(io_error("make the folder", folder))?;
        Ok(to)
    }

    /// Files and bytes of the payload.
    pub(crate) fn size(&self) -> (usize, u64) {
        (self.payload.len(), self.payload.values().map(|s| s.bytes).sum())
    }

    /// Closes the bag; `info` are lines of `bag-info.txt`, without the Oxum, which is counted.
    pub(crate) fn finish(self, info: &[(&str, String)]) -> Result<(), BatchError> {
        let (files, bytes) = self.size();
        let mut about: String = info.iter().map(|(key, value)| format!("{key}: {value}\n")).collect();
        about += &format!("Payload-Oxum: {bytes}.{files}\n");
        let tags = [("bag-info.txt", about), ("bagit.txt", DECLARATION.to_owned()), (MANIFEST, lines(&self.payload))];
        let mut sealed = BTreeMap::new();
        for (name, text) in tags {
            sealed.insert(name.to_owned(), self.tag(name, &text)?);
        }
        self.tag(TAG_MANIFEST, &lines(&sealed))?;
        Ok(())
    }

    fn tag(&self, name: &str, text: &str) -> Result<Seal, BatchError> {
        let path = self.root.join(name);
        let mut sealing = Sealing::new(fs::File::create(&path).map_err(io_error("write", &path))?);
        sealing.write_all(text.as_bytes()).map_err(io_error("write", &path))?;
        let (file, seal) = sealing.finish();
        file.sync_all().map_err(io_error("write", &path))?;
        Ok(seal)
    }
}

/// A copy that is on the disk when this returns.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), BatchError> {
    fs::copy(from, to).map_err(io_error("copy", from))?;
    fs::File::open(to).and_then(|file| file.sync_all()).map_err(io_error("write", to))
}

fn lines(seals: &BTreeMap<String, Seal>) -> String {
    seals.iter().map(|(path, seal)| format!("{}  {}\n", seal.sha256, encoded(path))).collect()
}

/// RFC 8493 §2.1.3: line ends in names, and percent signs, are percent-encoded.
fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn decoded(path: &str) -> String {
    path.replace("%0D", "\r").replace("%0A", "\n").replace("%0d", "\r").replace("%0a", "\n").replace("%25", "%")
}

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Checked {
    /// Paths of the payload, below `data/`.
    pub(crate) files: Vec<String>,
    pub(crate) bytes: u64,
    /// What is wrong, a file a line.
    pub(crate) problems: Vec<String>,
}

/// Compares every file of a bag with what its manifests say.
pub(crate) fn check(root: &Path) -> Result<Checked, BatchError> {
    let mut out = Checked::default();
    let declaration = root.join("bagit.txt");
    if !declaration.is_file() {
        out.problems.push(format!("`{}` is missing: this is no bag (RFC 8493)", declaration.display()));
        return Ok(out);
    }
    let payload = manifest(root, MANIFEST, &mut out.problems)?;
    let tags = manifest(root, TAG_MANIFEST, &mut out.problems)?;
    for (path, sha256) in tags.iter().chain(&payload) {
        match one(&root.join(path), sha256)? {
            Ok(bytes) if payload.contains_key(path) => {
                out.bytes += bytes;
                out.files.push(path.trim_start_matches("data/").to_owned());
            }
            Ok(_) => {}
            Err(problem) => out.problems.push(format!("`{path}` {problem}")),
        }
    }
    let mut found = Vec::new();
    walk(root, &root.join("data"), &mut found)?;
    let strange = found.into_iter().filter(|path| !payload.contains_key(path));
    out.problems.extend(strange.map(|path| format!("`{path}` is not in `{MANIFEST}`")));
    Ok(out)
}

/// Paths and hashes that a manifest lists. Paths that lead out of the bag are problems.
fn manifest(root: &Path, name: &str, problems: &mut Vec<String>) -> Result<BTreeMap<String, String>, BatchError> {
    let path = root.join(name);
    if !path.is_file() {
        problems.push(format!("`{name}` is missing"));
        return Ok(BTreeMap::new());
    }
    let text = fs::read(&path).map_err(io_error("read", &path))?;
    let text = String::from_utf8_lossy(&text);
    let mut out = BTreeMap::new();
    for (n, line) in text.lines().enumerate() {
        let Some((sha256, path)) = line.split_once(char::is_whitespace) else {
            problems.push(format!("line {} of `{name}` is no hash and path", n + 1));
            continue;
        };
        let path = decoded(path.trim_start().trim_start_matches("./"));
        let inside = Path::new(&path).components().all(|c| matches!(c, std::path::Component::Normal(_)));
        if inside {
            out.insert(path, sha256.to_ascii_lowercase());
        } else {
            problems.push(format!("line {} of `{name}` leads out of the bag: `{path}`", n + 1));
        }
    }
    Ok(out)
}

/// Length of a file if its hash is the one expected, what is wrong otherwise.
fn one(path: &Path, sha256: &str) -> Result<Result<u64, String>, BatchError> {
    if !path.is_file() {
        return Ok(Err("is missing".to_owned()));
    }
    let seal = seal(path)?;
    let sound = seal.sha256 == sha256;
    Ok(if sound { Ok(seal.bytes) } else { Err(format!("is damaged: its SHA-256 is {}, not {sha256}", seal.sha256)) })
}

/// All files below a folder, as paths from the root with slashes, sorted.
pub(crate) fn walk(root: &Path, folder: &Path, out: &mut Vec<String>) -> Result<(), BatchError> {
    if !folder.is_dir() {
        return Ok(());
    }
    let read = fs::read_dir(folder).map_err(io_error("read the folder", folder))?;
    let mut entries = Vec::new();
    for entry in read {
        entries.push(entry.map_err(io_error("read the folder", folder))?.path());
    }
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(root, &path, out)?;
        } else if let Ok(inside) = path.strip_prefix(root) {
            let names: Vec<String> =
                inside.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
            out.push(names.join("/"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bag(folder: &Path) {
        let mut bag = Bag::create(folder).expect("a bag");
        for path in ["a.txt", "deep/100%.txt"] {
            bag.write(path, |out| out.write_all(path.as_bytes()).map_err(io_error("write", folder))).expect("a file");
        }
        bag.finish(&[("Bagging-Date", "2026-11-22".to_owned())]).expect("a bag");
    }

    fn check_after(harm: impl FnOnce(&Path), expected: &[&str]) {
        let folder = tempfile::tempdir().expect("a folder");
        bag(folder.path());
        harm(folder.path());
        let found = check(folder.path()).expect("a check").problems;
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (problem, start) in found.iter().zip(expected) {
            assert!(problem.starts_with(start), "{problem}");
        }
    }

    #[test]
    fn a_bag_is_what_it_says_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        bag(folder.path());
        let checked = check(folder.path()).expect("a check");
        assert_eq!(checked.files, ["a.txt", "deep/100%.txt"]);
        assert_eq!((checked.bytes, checked.problems.len()), (5 + 13, 0));
        let info = fs::read_to_string(folder.path().join("bag-info.txt")).expect("info");
        assert_eq!(info, "Bagging-Date: 2026-11-22\nPayload-Oxum: 18.2\n");
        let manifest = fs::read_to_string(folder.path().join(MANIFEST)).expect("a manifest");
        assert!(manifest.lines().nth(1).is_some_and(|l| l.ends_with("  data/deep/100%25.txt")), "{manifest}");
    }

    #[test]
    fn every_kind_of_damage_is_named() {
        let write = |path: &str, text: &'static str| {
            let path = path.to_owned();
            move |folder: &Path| fs::write(folder.join(path), text).expect("harm")
        };
        check_after(|_| {}, &[]);
        check_after(write("data/a.txt", "A.txt"), &["`data/a.txt` is damaged"]);
        check_after(write("data/new.txt", ""), &["`data/new.txt` is not in"]);
        check_after(write("bag-info.txt", ""), &["`bag-info.txt` is damaged"]);
        check_after(|f| fs::remove_file(f.join("data/a.txt")).expect("harm"), &["`data/a.txt` is missing"]);
        check_after(|f| fs::remove_file(f.join("bagit.txt")).expect("harm"), &["`"]);
    }

    #[test]
    fn a_manifest_cannot_lead_out_of_the_bag() {
        let folder = tempfile::tempdir().expect("a folder");
        bag(folder.path());
        fs::write(folder.path().join(MANIFEST), "00  data/../../x\n00  /etc/x\nnothing\n").expect("harm");
        let problems = check(folder.path()).expect("a check").problems;
        let out = problems.iter().filter(|p| p.contains("leads out of the bag")).count();
        assert_eq!(out, 2, "{problems:?}");
        assert!(problems.iter().any(|p| p.contains("is no hash and path")), "{problems:?}");
    }
}

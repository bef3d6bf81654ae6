//! What the end-to-end tests share: the binary under test, folders that clean up, the bundled samples, and the larger
//! test material where a machine has it.

pub mod made;
pub mod server;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

pub use tempfile::TempDir;

/// Moment that loads are recorded under, so that two stores can be compared byte for byte.
const MOMENT: &str = "1700000000";

/// Root of the checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}

/// The `hakusho` binary beside the test binaries (`…/release/deps/cli-0123` → `…/release/hakusho`).
///
/// # Panics
/// When it has not been built.
pub fn binary() -> PathBuf {
    let here = std::env::current_exe().unwrap_or_default();
    let folder = here.parent().and_then(Path::parent).unwrap_or(Path::new("."));
    let path = folder.join(format!("hakusho{}", std::env::consts::EXE_SUFFIX));
    assert!(path.exists(), "{} is not built; `./just test` builds it, or `cargo build --release`", path.display());
    path
}

/// A new empty folder that goes when it is dropped.
///
/// # Panics
/// When it cannot be made.
pub fn folder() -> TempDir {
    match tempfile::Builder::new().prefix("hakusho-test-").tempdir() {
        Ok(folder) => folder,
        Err(error) => panic!("no folder for the test: {error}"),
    }
}

/// The bundled sample editions, oldest first.
pub fn samples() -> Vec<PathBuf> {
    ["r05", "r06", "r07"].iter().map(|y| root().join(format!("corpora/samples/mihon-{y}.pdf"))).collect()
}

/// A folder of the larger test material (`HAKUSHO_MATERIAL`, or `shared` beside the checkout), if this machine has it.
/// Prints one line where it has not.
pub fn material(inside: &str) -> Option<PathBuf> {
    let place = std::env::var_os("HAKUSHO_MATERIAL").map_or_else(|| root().join("../shared"), PathBuf::from);
    let path = place.join(inside);
    if path.exists() {
        return Some(path);
    }
    note(&format!("skipped: {} is not on this machine", path.display()));
    None
}

/// Prints a line past the test runner's capture.
pub fn note(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// What a run of the binary gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Exit status; `None` when a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Run {
    /// Standard output of a run that must have succeeded.
    ///
    /// # Panics
    /// When it did not.
    pub fn ok(self) -> String {
        assert_eq!(self.code, Some(0), "{}\n{}", self.out, self.err);
        self.out
    }

    /// Status and both outputs in one text, with `folder` written as `DATA` and the checkout as `REPO`.
    pub fn recording(&self, folder: &Path) -> String {
        let code = self.code.map_or_else(|| "killed".to_owned(), |c| c.to_string());
        let text = format!("exit {code}\n--- out\n{}--- err\n{}", self.out, self.err);
        text.replace(&folder.display().to_string(), "DATA").replace(&root().display().to_string(), "REPO")
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// The binary with a clean environment and a data folder.
pub fn hakusho(data: &Path) -> Command {
    let mut command = Command::new(binary());
    for name in ["HAKUSHO_DATA", "HAKUSHO_THREADS", "HAKUSHO_PASSWORD", "COLUMNS", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    command.env("SOURCE_DATE_EPOCH", MOMENT).stdin(Stdio::null()).arg("--data").arg(data);
    command
}

/// Runs the binary.
///
/// # Panics
/// When it cannot be started.
pub fn run<S: AsRef<std::ffi::OsStr>>(data: &Path, args: &[S]) -> Run {
    match hakusho(data).args(args).output() {
        Ok(output) => output.into(),
        Err(error) => panic!("hakusho does not start: {error}"),
    }
}

/// `hakusho … ingest` of some paths.
pub fn ingest(data: &Path, paths: &[PathBuf]) -> Run {
    let mut args = vec!["ingest".into()];
    args.extend(paths.iter().map(|p| p.clone().into_os_string()));
    run(data, &args)
}

/// Everything in a store as sorted N-Quads.
pub fn export(data: &Path) -> String {
    run(data, &["export"]).ok()
}

/// Everything in a store but ontology, lists and history, sorted: what is quick to compare. [`export`] has the lists too.
pub fn contents(data: &Path) -> String {
    let query = "SELECT ?g ?s ?p ?o WHERE {
        { SELECT ?g { GRAPH ?g {} FILTER(!STRENDS(STR(?g), '/graph/ontology') && !STRENDS(STR(?g), '/graph/ref/lexicon')
            && !STRENDS(STR(?g), '/graph/description')) } }
        GRAPH ?g { ?s ?p ?o }
    }";
    let out = run(data, &["query", "--format", "tsv", "-e", query]).ok();
    let history = |line: &str| ["/id/run/", "/id/agent/", "#invalidatedAtTime"].iter().any(|h| line.contains(h));
    let mut lines: Vec<&str> = out.lines().filter(|l| !history(l)).collect();
    lines.sort_unstable();
    lines.join("\n")
}

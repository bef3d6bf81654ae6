//! A load that was killed leaves whole editions, and done again gives the store of a load that was not.
//!
//! `HAKUSHO_CRASHES` says how many loads are killed; `./just crash-test` kills a hundred.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use hakusho_tests::made::Made;
use hakusho_tests::{TempDir, contents, export, folder, hakusho, run};
use serde_json::Value;

/// Editions of the load, two files each.
const EDITIONS: u32 = 10;
/// Loads that are killed by an ordinary test run.
const CRASHES: u64 = 12;

/// The folder of a version of all editions.
fn reports(folder: &Path, version: u32) -> PathBuf {
    let inputs = folder.join(format!("version-{version}"));
    (1..=EDITIONS).for_each(|year| drop(Made { year, version }.write(&inputs)));
    inputs
}

/// Each edition is stored in a step of its own, so that there is much to interrupt.
fn arguments(inputs: &Path) -> Vec<std::ffi::OsString> {
    vec!["ingest".into(), "--step".into(), "1".into(), inputs.into()]
}

/// Starts a load and kills it after a while; true if it was still running then.
fn killed(data: &Path, inputs: &Path, after: Duration) -> bool {
    let mut child = hakusho(data)
        .args(arguments(inputs))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("hakusho starts");
    let start = Instant::now();
    while start.elapsed() < after {
        if child.try_wait().expect("a child").is_some() {
            return false;
        }
        std::thread::sleep(Duration::from_micros(200));
    }
    let running = child.try_wait().expect("a child").is_none();
    child.kill().expect("SIGKILL");
    child.wait().expect("a child");
    running
}

/// What a killed load may begin with.
struct Start {
    name: &'static str,
    data: PathBuf,
    /// How long a load from here takes.
    takes: Duration,
}

/// A copy of a folder.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &target) } else { drop(fs::copy(entry.path(), target)) }
    }
}

/// An empty folder, one with everything read and nothing stored, one with an older version of every edition, and what a
/// store holds after a load that nothing disturbed.
fn starts(work: &Path, new: &Path, old: &Path) -> (Vec<Start>, String) {
    let at = |name: &str| work.join(name);
    let timed = |data: &Path| {
        let start = Instant::now();
        run(data, &arguments(new)).ok();
        start.elapsed()
    };
    run(&at("empty"), &["init"]).ok();
    copy(&at("empty"), &at("undisturbed"));
    let from_nothing = timed(&at("undisturbed"));
    let expected = contents(&at("undisturbed"));
    assert!(expected.lines().count() > 10_000, "too little was loaded");
    copy(&at("undisturbed"), &at("read"));
    fs::remove_dir_all(at("read/store")).expect("a store");
    copy(&at("read"), &at("probe"));
    let from_read = timed(&at("probe"));
    run(&at("old"), &arguments(old)).ok();
    copy(&at("read/objects"), &at("old/objects"));
    copy(&at("old"), &at("probe-old"));
    let from_old = timed(&at("probe-old"));
    assert!(export(&at("probe-old")) == export(&at("undisturbed")), "replacing all editions gives another store");
    let starts = [("empty", from_nothing), ("read", from_read), ("old", from_old)];
    (starts.map(|(name, takes)| Start { name, data: at(name), takes }).into(), expected)
}

/// Graphs of files in the store with their sizes.
fn graphs(data: &Path) -> BTreeMap<String, u64> {
    let count = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g";
    let answer = run(data, &["query", "--format", "csv", "-e", count]).ok();
    let rows = answer.lines().skip(1).filter_map(|l| l.trim().split_once(','));
    let hash =
        |g: &str| g.rsplit('/').next().is_some_and(|h| h.len() == 16 && h.bytes().all(|b| b.is_ascii_hexdigit()));
    rows.filter(|(g, _)| hash(g)).map(|(g, n)| (g.to_owned(), n.parse().expect("a number"))).collect()
}

/// Asserts that the store opens and shows whole editions only: both files of one version, each graph complete, no other graph.
fn check_whole(data: &Path, versions: &[BTreeSet<String>], what: &str) {
    if !data.join("store/CURRENT").exists() {
        // Killed before there was a store.
        return;
    }
    let listed = run(data, &["editions", "list", "--json"]).ok();
    let files: Value = serde_json::from_str(&listed).expect("JSON");
    let files = files.as_array().expect("a list");
    let held = graphs(data);
    assert_eq!(held.len(), files.len(), "{what}: graphs that the registry does not know");
    let mut editions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for file in files {
        let text = |key: &str| file[key].as_str().unwrap_or_default();
        assert_eq!(held.get(text("graph")), file["statements"].as_u64().as_ref(), "{what}: {file}");
        editions.entry(text("edition")).or_default().push(text("sha256"));
    }
    for (edition, files) in editions {
        let whole = versions.iter().any(|v| files.iter().all(|f| v.contains(*f)));
        assert!(files.len() == 2 && whole, "{what}: {edition} is not whole: {files:?}");
    }
}

fn hashes(data: &Path) -> BTreeSet<String> {
    let listed = run(data, &["editions", "list", "--json"]).ok();
    let files: Value = serde_json::from_str(&listed).expect("JSON");
    files.as_array().expect("a list").iter().filter_map(|f| f["sha256"].as_str().map(str::to_owned)).collect()
}

#[test]
fn killed_loads_leave_whole_editions_and_done_again_equal_an_undisturbed_one() {
    let crashes = std::env::var("HAKUSHO_CRASHES").ok().and_then(|n| n.parse().ok()).unwrap_or(CRASHES);
    let scratch: TempDir = folder();
    let (old, new) = (reports(scratch.path(), 1), reports(scratch.path(), 2));
    let (starts, expected) = starts(&scratch.path().join("data"), &new, &old);
    let versions = [hashes(&scratch.path().join("data/old")), hashes(&scratch.path().join("data/undisturbed"))];
    assert_eq!(versions.each_ref().map(BTreeSet::len), [2 * EDITIONS as usize; 2]);
    let (mut struck, mut dice) = (0, 0x2545_F491_4F6C_DD1D_u64);
    for n in 0..crashes {
        let start = &starts[n as usize % starts.len()];
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let after = start.takes.mul_f64((dice >> 33) as f64 / f64::from(1u32 << 31));
        let data = scratch.path().join(format!("crash-{n}"));
        copy(&start.data, &data);
        struck += u64::from(killed(&data, &new, after));
        let what = format!("{} killed after {after:?}", start.name);
        check_whole(&data, &versions, &what);
        run(&data, &arguments(&new)).ok();
        assert!(contents(&data) == expected, "{what}: another store");
        let litter: Vec<String> = fs::read_dir(data.join("store"))
            .expect("a store")
            .flatten()
            .map(|e| e.file_name().to_string_lossy().into_owned())
            .filter(|n| n.starts_with("bulk-"))
            .collect();
        assert!(litter.is_empty(), "{what}: {litter:?} stayed");
        fs::remove_dir_all(&data).expect("a folder");
    }
    assert!(struck * 2 >= crashes, "only {struck} of {crashes} loads were killed while they ran");
}

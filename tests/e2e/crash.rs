//! A load that was killed, done again, gives the store of a load that was not.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use hakusho_tests::{export, folder, hakusho, ingest, run, samples};

/// What the killer waits for before it strikes.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// So long after the start.
    After(Duration),
    /// So many finished artifacts in the object folder.
    Artifacts(usize),
    /// The store's write-ahead log has grown past so many bytes.
    Log(u64),
}

fn files_under(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    let Ok(read) = std::fs::read_dir(folder) else { return found };
    for path in read.filter_map(|e| e.ok().map(|e| e.path())) {
        if path.is_dir() { found.extend(files_under(&path)) } else { found.push(path) }
    }
    found
}

fn reached(data: &Path, start: Instant, moment: Moment) -> bool {
    let named = |folder: &str, part: &str| {
        let files = files_under(&data.join(folder));
        files.into_iter().filter(|p| p.to_string_lossy().contains(part)).collect::<Vec<_>>()
    };
    match moment {
        Moment::After(wait) => start.elapsed() >= wait,
        Moment::Artifacts(n) => named("objects", "summary.gz").len() >= n,
        Moment::Log(bytes) => {
            let logs = named("store", ".log");
            logs.iter().filter_map(|p| std::fs::metadata(p).ok()).map(|m| m.len()).sum::<u64>() >= bytes
        }
    }
}

/// Starts a load and kills it at a moment; true if it was still running then.
fn killed(data: &Path, moment: Moment) -> bool {
    let mut child = hakusho(data)
        .arg("ingest")
        .args(samples())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("hakusho starts");
    let start = Instant::now();
    loop {
        if child.try_wait().expect("a child").is_some() {
            return false;
        }
        if reached(data, start, moment) {
            child.kill().expect("SIGKILL");
            child.wait().expect("a child");
            return true;
        }
        std::thread::sleep(Duration::from_micros(300));
    }
}

#[test]
fn a_killed_load_done_again_equals_an_undisturbed_one() {
    let undisturbed = folder();
    ingest(undisturbed.path(), &samples()).ok();
    let expected = export(undisturbed.path());
    let mut moments: Vec<Moment> =
        [0, 30, 120, 400].iter().map(|ms| Moment::After(Duration::from_millis(*ms))).collect();
    moments.extend([1, 2, 3].map(Moment::Artifacts));
    moments.extend([100_000, 1_000_000, 2_000_000, 4_000_000].map(Moment::Log));
    let mut struck = 0;
    for moment in moments {
        let disturbed = folder();
        struck += usize::from(killed(disturbed.path(), moment));
        ingest(disturbed.path(), &samples()).ok();
        assert!(export(disturbed.path()) == expected, "another store after a kill at {moment:?}");
    }
    assert!(struck >= 4, "only {struck} loads were killed while they ran");
}

#[test]
fn a_store_read_after_a_kill_holds_whole_editions_only() {
    for moment in [Moment::Artifacts(3), Moment::Log(1_000_000), Moment::Log(3_000_000)] {
        let disturbed = folder();
        killed(disturbed.path(), moment);
        let listed = run(disturbed.path(), &["editions", "list", "--json"]);
        if listed.code != Some(0) {
            continue;
        }
        let editions: serde_json::Value = serde_json::from_str(&listed.out).expect("JSON");
        for edition in editions.as_array().expect("a list") {
            let count = format!(
                "SELECT (COUNT(*) AS ?n) {{ GRAPH <{}> {{ ?s ?p ?o }} }}",
                edition["graph"].as_str().unwrap_or_default()
            );
            let answer = run(disturbed.path(), &["query", "--format", "csv", "-e", &count]).ok();
            assert_eq!(answer.trim().lines().last(), Some(edition["statements"].to_string().as_str()), "{edition}");
        }
    }
}

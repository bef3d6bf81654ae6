//! Loads beside a server, and its orderly end.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use hakusho_tests::server::Server;
use hakusho_tests::{folder, ingest, run, samples};

use crate::{loaded, served};

/// Waits until something holds.
fn until(what: &str, holds: impl Fn() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_mins(1), "not yet: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Editions by their number of exhibits: what half an edition would not have.
const WHOLE: &str = "SELECT ?t (COUNT(?x) AS ?n) { ?e frbr:embodiment ?f ; dcterms:title ?t . ?f hk:currentGraph ?g . GRAPH ?g { ?x a hk:Exhibit } } GROUP BY ?t ORDER BY ?t";

#[test]
fn readers_see_whole_editions_while_others_are_loaded_and_taken_out() {
    let all = loaded(&samples());
    let finished = Server::start(all.path(), &[]);
    let whole = finished.ask(WHOLE, &[("accept", "text/csv")]).text();
    drop(finished);
    let rows: Vec<&str> = whole.lines().skip(1).collect();
    assert_eq!(rows.len(), 3, "{whole}");

    let data = loaded(&samples()[..1]);
    let server = Server::start(data.path(), &[]);
    let done = AtomicBool::new(false);
    let seen = std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut seen = BTreeSet::new();
            while !done.load(Ordering::Relaxed) {
                for path in ["/api/editions", "/api/search?q=%E6%94%BB%E6%92%83", "/api/events", "/api/entities", "/"] {
                    let reply = server.get(path);
                    assert!(reply.status < 500, "{path}: {} {}", reply.status, reply.text());
                }
                let reply = server.ask(WHOLE, &[("accept", "text/csv")]);
                assert_eq!(reply.status, 200, "{}", reply.text());
                seen.insert(reply.text());
            }
            seen
        });
        let editions = |n: usize| server.get("/api/editions").json()["editions"].as_array().map(Vec::len) == Some(n);
        ingest(data.path(), &samples()[1..2]).ok();
        until("two editions", || editions(2));
        ingest(data.path(), &samples()).ok();
        until("three editions", || editions(3));
        run(data.path(), &["editions", "retract", "mihon-2024"]).ok();
        until("one was taken out", || editions(2));
        done.store(true, Ordering::Relaxed);
        reader.join().expect("the reader")
    });
    for answer in &seen {
        assert!(answer.lines().skip(1).all(|row| rows.contains(&row)), "half an edition: {answer}");
    }
    assert!(seen.len() >= 3, "{seen:?}");
}

#[test]
fn a_server_may_be_there_before_the_first_report() {
    let data = folder();
    run(data.path(), &["init"]).ok();
    let server = Server::start(data.path(), &[]);
    assert_eq!(server.get("/api/status").json()["files"], 0);
    assert_eq!(
        server.ask("SELECT * { ?s a hk:Exhibit }", &[]).json()["results"]["bindings"].as_array().map(Vec::len),
        Some(0)
    );
    assert_eq!(server.send("GET", "/sparql", &[("accept", "text/turtle")], b"").status, 200);
    ingest(data.path(), &samples()[..1]).ok();
    until("the first report", || server.get("/api/status").json()["files"] == 1);
    assert_eq!(server.get("/api/search?q=%E6%94%BB%E6%92%83").status, 200);
}

#[test]
fn a_server_that_is_told_to_stop_leaves_nothing_behind() {
    let (data, server) = served(&[]);
    let views = || {
        let entries = std::fs::read_dir(data.path().join(".serve")).expect("a folder");
        entries.flatten().filter(|e| e.file_name().to_string_lossy().starts_with("view-")).count()
    };
    assert!(views() >= 2, "a snapshot and its lock");
    assert_eq!(server.stop(), Some(0));
    assert_eq!(views(), 0);
}

#[test]
fn what_a_killed_server_leaves_is_swept_by_the_next() {
    let (data, server) = served(&[]);
    let lock = data.path().join(format!(".serve/view-{}.lock", server.process()));
    assert!(lock.exists());
    // Dropping it kills it.
    drop(server);
    assert!(lock.exists());
    let next = Server::start(data.path(), &[]);
    assert!(!lock.exists());
    assert_eq!(next.get("/healthz").status, 200);
}

#[test]
fn a_data_folder_that_is_not_there_is_told() {
    let data = folder();
    let out = run(data.path(), &["serve", "--bind", "127.0.0.1:0"]);
    assert_eq!(out.code, Some(1));
    assert!(out.err.contains("there is no data folder"), "{}", out.err);
}

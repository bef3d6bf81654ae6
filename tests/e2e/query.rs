//! Questions: their limits, explanations and forms, and files that are no longer current.

use std::path::Path;

use hakusho_tests::{folder, ingest, run, samples};

fn record(name: &str, data: &Path, args: &[&str]) {
    insta::assert_snapshot!(name, run(data, args).recording(data));
}

#[test]
fn questions_that_pass_a_limit_print_nothing_of_the_answer() {
    let folder = folder();
    ingest(folder.path(), &samples()[..1]).ok();
    let product = "SELECT (COUNT(*) AS ?n) { ?a a ?b . ?c a ?d . ?e a ?f . ?g a ?h }";
    let all = "SELECT * { ?s ?p ?o }";
    for (args, words) in [
        (["--timeout", "0.2", "-e", product], "the limit is 0.2 seconds; most likely: line 1: `?a a ?b`"),
        (["--max-rows", "3", "-e", all], "more than 3 rows"),
        (["--max-bytes", "100", "-e", all], "more than 100 bytes"),
        (["--max-bytes", "100", "--format=csv", all], "cannot read the query"),
    ] {
        let asked = run(folder.path(), &[&["query"], args.as_slice()].concat());
        let expected = if words.starts_with("cannot") { 1 } else { 3 };
        assert_eq!((asked.code, asked.out.as_str()), (Some(expected), ""), "{args:?}");
        assert!(asked.err.contains(words), "{}", asked.err);
    }
    let few = run(folder.path(), &["query", "--max-rows", "3", "--format", "csv", "-e", &format!("{all} LIMIT 3")]);
    assert_eq!(few.ok().lines().count(), 4);
}

#[test]
fn a_withdrawn_file_answers_when_its_graph_is_named() {
    let folder = folder();
    let data = folder.path();
    ingest(data, &samples()[..2]).ok();
    let ask = |text: &str| run(data, &["query", "--format", "csv", "-e", text]).ok().replace('\r', "");
    let graph = ask("SELECT ?g { ?f hk:fileName \"mihon-r06.pdf\" ; hk:currentGraph ?g }");
    let graph = graph.lines().nth(1).expect("the file is loaded").to_owned();
    let count = |pattern: &str| ask(&format!("SELECT (COUNT(*) AS ?n) {pattern}"));
    let [all, exhibits] = ["?s ?p ?o", "?s a hk:Exhibit"].map(|p| count(&format!("{{ GRAPH <{graph}> {{ {p} }} }}")));
    run(data, &["editions", "retract", "mihon-2024"]).ok();
    assert_eq!(count(&format!("{{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")), all);
    assert_eq!(count(&format!("FROM <{graph}> {{ ?s a hk:Exhibit }}")), exhibits);
    assert_eq!(count(&format!("{{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g = <{graph}>) }}")), "n\n0\n");
    assert_ne!(all, "n\n0\n");
}

#[test]
fn questions_are_explained_and_graphs_come_in_their_forms() {
    let folder = folder();
    let path = folder.path();
    ingest(path, &samples()).ok();
    let slow = "SELECT ?a ?c {\n  ?a a hk:Edition .\n  ?c hk:fileName ?d .\n} ORDER BY ?d";
    record("query_explain", path, &["query", "--explain", "-e", slow]);
    let graph = "CONSTRUCT { ?f hk:fileName ?n } WHERE { ?f hk:fileName ?n }";
    for form in ["ttl", "nt", "jsonld"] {
        record(&format!("query_graph_{form}"), path, &["query", "--format", form, "-e", graph]);
    }
    record("query_rows_as_graph", path, &["query", "--format", "ttl", "-e", "SELECT * { ?s ?p ?o } LIMIT 1"]);
    record("query_update", path, &["query", "-e", "DELETE WHERE { ?s ?p ?o }"]);
    record("query_elsewhere", path, &["query", "-e", "ASK { SERVICE <https://example.org/sparql> { ?s ?p ?o } }"]);
}

//! The command as its users see it, recorded.

use std::path::Path;

use hakusho_tests::{TempDir, folder, ingest, run, samples};

/// A data folder with the three sample editions.
fn loaded() -> TempDir {
    let folder = folder();
    ingest(folder.path(), &samples()).ok();
    folder
}

fn record(name: &str, data: &Path, args: &[&str]) {
    insta::assert_snapshot!(name, run(data, args).recording(data));
}

#[test]
fn help() {
    let folder = folder();
    let mut recording = run(folder.path(), &["--help"]).ok();
    for command in [
        "demo",
        "init",
        "extract",
        "fonts",
        "page",
        "eval",
        "lexicon",
        "plan",
        "ingest",
        "query",
        "editions",
        "evidence",
        "review",
        "insight",
        "export",
        "describe",
        "backup",
        "restore",
        "completions",
    ] {
        recording += &format!("\n==== {command}\n{}", run(folder.path(), &[command, "--help"]).ok());
    }
    for command in ["check", "import", "list", "remove"] {
        let help = run(folder.path(), &["lexicon", command, "--help"]).ok();
        recording += &format!("\n==== lexicon {command}\n{help}");
    }
    insta::assert_snapshot!("help", recording);
}

#[test]
fn the_demo_answers_five_questions_each_row_with_edition_page_and_quote() {
    let folder = folder();
    let into = folder.path().join("demo");
    let run = run(folder.path(), &["demo", "--into", &into.display().to_string()]);
    let out = run.clone().ok();
    for number in 1..=5 {
        assert!(out.contains(&format!("\n{number}. ")), "question {number} is missing");
    }
    assert!(out.matches("edition").count() >= 5, "{out}");
    insta::assert_snapshot!("demo", run.recording(folder.path()));
}

#[test]
fn ingest_reports_each_file_and_a_second_time_changes_nothing() {
    let folder = folder();
    let data = folder.path();
    record(
        "plan_new",
        data,
        &["--quiet", "plan", "REPO/corpora/samples"].map(|a| a.replace("REPO", &root())).each_ref().map(String::as_str),
    );
    record("ingest_new", data, &["--quiet", "ingest", &format!("{}/corpora/samples", root())]);
    record("ingest_again", data, &["--quiet", "ingest", &format!("{}/corpora/samples", root())]);
    record("editions_list", data, &["editions", "list"]);
}

fn root() -> String {
    hakusho_tests::root().display().to_string()
}

#[test]
fn query_answers_in_every_form() {
    let folder = loaded();
    let text = "SELECT ?title ?year { ?e a hk:Edition ; dcterms:title ?title ; hk:editionYear ?year } ORDER BY ?year";
    for format in ["table", "csv", "tsv", "json", "xml"] {
        record(&format!("query_{format}"), folder.path(), &["query", "--format", format, "-e", text]);
    }
    record("query_ask", folder.path(), &["query", "-e", "ASK { ?e a hk:Edition }"]);
    record("query_malformed", folder.path(), &["query", "-e", "SELECT * { ?s ?p"]);
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
    let folder = loaded();
    let path = folder.path();
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

#[test]
fn every_example_has_answers() {
    let folder = loaded();
    let listed = run(folder.path(), &["query", "--examples"]).ok();
    let names: Vec<&str> = listed
        .lines()
        .filter_map(|l| l.split_whitespace().next())
        .filter(|n| n.contains('-') || *n == "sections" || *n == "defects")
        .collect();
    assert!(names.len() >= 8, "{listed}");
    for name in names {
        let answer = run(folder.path(), &["query", "--format", "csv", "--example", name]).ok();
        assert!(answer.lines().count() > 1, "`{name}` has no answer on the samples");
    }
}

#[test]
fn evidence_shows_the_printed_line() {
    let folder = loaded();
    let text = "SELECT ?ev { ?ev hk:mentions/skos:prefLabel \"経済産業省\"@ja } ORDER BY ?ev LIMIT 1";
    let csv = run(folder.path(), &["query", "--format", "csv", "-e", text]).ok();
    let iri = csv.lines().nth(1).expect("the name is printed in the samples");
    record("evidence", folder.path(), &["evidence", iri]);
    record("evidence_json", folder.path(), &["evidence", "--json", iri]);
    record("evidence_unknown", folder.path(), &["evidence", "https://w3id.org/hakusho/id/ev/none"]);
}

#[test]
fn insight_ranks_names_and_connects_two() {
    let folder = loaded();
    record("insight_network", folder.path(), &["insight", "network", "--top", "8"]);
    record("insight_path", folder.path(), &["insight", "path", "見本大学", "サポート詐欺"]);
    record("insight_unknown", folder.path(), &["insight", "path", "総務省", "だれでもない"]);
}

#[test]
fn every_mention_leads_to_a_page_a_quote_and_a_box() {
    let folder = loaded();
    let without = "ASK { ?x hk:evidence ?ev FILTER NOT EXISTS { ?ev hk:onPage ?p ; hk:inPart ?part ; hk:text ?q ; hk:boxes ?box ; hk:rule ?rule ; hk:confidence ?c } }";
    assert_eq!(run(folder.path(), &["query", "--format", "csv", "-e", without]).ok().trim(), "false");
    let some = "ASK { ?ev hk:mentions ?e }";
    assert_eq!(run(folder.path(), &["query", "--format", "csv", "-e", some]).ok().trim(), "true");
}

#[test]
fn another_base_names_everything_under_it() {
    let folder = folder();
    let data = folder.path().join("data");
    run(&data, &["init", "--base", "https://example.org/k/"]).ok();
    ingest(&data, &samples()[..1]).ok();
    let export = hakusho_tests::export(&data);
    assert!(export.contains("<https://example.org/k/ed/"));
    assert!(!export.contains("<https://w3id.org/hakusho/id/"), "a name under the default base");
    insta::assert_snapshot!(
        "init_other_base",
        run(&data, &["init", "--base", "https://example.org/other/"]).recording(&data)
    );
}

#[test]
fn runs_come_with_boxes_and_many_files_in_the_order_given() {
    let folder = folder();
    let sample = |i: usize| samples()[i].display().to_string();
    let one = run(folder.path(), &["extract", "--to", "runs", &sample(0)]).ok();
    let start: Vec<&str> = one.lines().take(12).collect();
    insta::assert_snapshot!("extract_runs", start.join("\n"));
    let other = run(folder.path(), &["extract", "--to", "runs", &sample(1)]).ok();
    for threads in ["1", "2"] {
        let files = [sample(1), sample(0), sample(1), sample(0), sample(0)];
        let mut args = vec!["--threads", threads, "extract", "--to", "runs"];
        args.extend(files.iter().map(String::as_str));
        assert!(run(folder.path(), &args).ok() == format!("{other}{one}{other}{one}{one}"), "{threads} threads");
    }
}

#[test]
fn completions_know_the_commands() {
    let folder = folder();
    for shell in ["bash", "zsh", "fish"] {
        let script = run(folder.path(), &["completions", shell]).ok();
        assert!(["ingest", "evidence", "eval"].iter().all(|c| script.contains(c)), "{shell}");
    }
}

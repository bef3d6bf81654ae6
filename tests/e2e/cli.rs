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
fn every_example_is_listed_with_its_topic() {
    let folder = loaded();
    let listed = run(folder.path(), &["query", "--examples"]).ok();
    let queries = std::fs::read_dir(hakusho_tests::root().join("ontology/queries")).expect("queries");
    let names: Vec<String> =
        queries.filter_map(|f| f.ok()?.file_name().to_str()?.strip_suffix(".rq").map(str::to_owned)).collect();
    assert!(names.len() >= 24, "{names:?}");
    for name in names {
        assert!(listed.contains(&format!("\n  {name}  ")), "`{name}` is not listed");
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

//! `hakusho eval`: on a sample edition with a small annotation, on annotations that cannot be used, and beside an
//! independent scorer where the larger test material has one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use hakusho_tests::{Run, binary, folder, material, note, run, samples};
use serde_json::Value;

/// Scores of two implementations may differ by this at most.
const TOLERANCE: f64 = 0.001;
/// Over the seeds they differ by rounding only.
const ROUNDING: f64 = 1e-9;
/// What only `eval` measures.
const OWN: &str = "mentions.links_sound";

fn root() -> PathBuf {
    hakusho_tests::root()
}

/// `hakusho eval` of the small annotation in `tests/gold`, with more arguments.
fn eval(more: &[&str]) -> Run {
    let (gold, pdfs) =
        (root().join("tests/gold").display().to_string(), root().join("corpora/samples").display().to_string());
    let mut args = vec!["eval", "--gold", &gold, "--pdfs", &pdfs];
    args.extend(more);
    run(folder().path(), &args)
}

#[test]
fn scores_and_misses_of_a_sample_edition() {
    let folder = folder();
    insta::assert_snapshot!("eval_scores", eval(&[]).recording(folder.path()));
    insta::assert_snapshot!("eval_misses", eval(&["--misses"]).recording(folder.path()));
}

#[test]
fn json_has_the_same_numbers_and_is_the_same_on_any_number_of_threads() {
    let one = eval(&["--json", "--misses", "--threads", "1"]).ok();
    assert_eq!(one, eval(&["--json", "--misses", "--threads", "2"]).ok());
    let json: Value = serde_json::from_str(&one).expect("JSON");
    assert_eq!(json["schema"], "hakusho-eval/1");
    let document = &json["documents"][0];
    assert_eq!(document["error"], Value::Null);
    let label = &document["scores"]["pages.label"];
    assert_eq!((label["hits"].as_u64(), label["of"].as_u64()), (Some(6), Some(7)));
    assert_eq!(json["macro"]["pages.label"], label["value"]);
    assert!(document["misses"].as_array().is_some_and(|m| m.iter().any(|m| m["measure"] == "pages.label")));
    let plain: Value = serde_json::from_str(&eval(&["--json"]).ok()).expect("JSON");
    assert!(plain["documents"][0].get("misses").is_none() && plain.get("rules").is_none());
}

#[test]
fn only_reports_named_like_the_pattern_are_measured() {
    assert!(eval(&["--only", "*r05*"]).ok().contains("mihon-r05.pdf"));
    let none = eval(&["--only", "*r99*"]);
    assert_eq!(none.code, Some(1));
    assert!(none.err.contains("`*r99*`"), "{}", none.err);
}

#[test]
fn an_annotation_that_cannot_be_used_is_named_with_the_reason() {
    let folder = folder();
    let gold = folder.path().join("gold");
    fs::create_dir(&gold).expect("a folder");
    let recorded = |name: &str, text: &str| {
        fs::write(gold.join("bad.gold.json"), text).expect("a file");
        let run = run(folder.path(), &["eval", "--gold", &gold.display().to_string()]);
        assert_eq!(run.code, Some(1), "{}", run.out);
        insta::assert_snapshot!(name, run.recording(folder.path()));
    };
    recorded("eval_no_json", "{\"pages\": [");
    recorded("eval_wrong_type", "{\n \"footnotes\": [{\"marker\": 1}]\n}");
    recorded("eval_no_passage", "{\"mentions\": [{\"passage\": \"p9\", \"surface\": \"x\", \"type\": \"ORG\"}]}");
    fs::remove_file(gold.join("bad.gold.json")).expect("the file");
    let empty = run(folder.path(), &["eval", "--gold", &gold.display().to_string()]);
    assert_eq!(empty.code, Some(1));
    assert!(empty.err.contains("no `*.gold.json`"), "{}", empty.err);
}

#[test]
fn a_report_that_cannot_be_read_is_listed_counts_as_zero_and_shows_in_the_status() {
    let folder = folder();
    let gold = r#"{"pages": [{"index": 1, "label": "12"}]}"#;
    for name in ["gone", "nonsense", "mihon-r05"] {
        fs::write(folder.path().join(format!("{name}.gold.json")), gold).expect("a file");
    }
    fs::write(folder.path().join("nonsense.pdf"), "no PDF").expect("a file");
    fs::copy(&samples()[0], folder.path().join("mihon-r05.pdf")).expect("the sample");
    let run = run(folder.path(), &["eval", "--json", "--gold", &folder.path().display().to_string()]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    let json: Value = serde_json::from_str(&run.out).expect("JSON");
    let label = |i: usize| json["documents"][i]["scores"]["pages.label"]["value"].as_f64();
    assert_eq!([label(0), label(1), label(2)], [Some(0.0), Some(1.0), Some(0.0)]);
    assert!(json["documents"][0]["error"].as_str().is_some_and(|e| e.contains("cannot be read")), "{}", run.out);
    assert!(run.err.contains("gone.pdf") && run.err.contains("nonsense.pdf"), "{}", run.err);
}

#[test]
fn a_list_of_annotations_says_which_pdf_goes_with_which() {
    let folder = folder();
    let gold = root().join("tests/gold/mihon-r05.gold.json").display().to_string();
    let list = format!("gold\tpdf\tkind\n# a remark\n{gold}\t{}\treal\n", samples()[0].display());
    fs::write(folder.path().join("suite.tsv"), &list).expect("a file");
    let args = ["eval", "--json", "--gold", &folder.path().display().to_string()];
    let json: Value = serde_json::from_str(&run(folder.path(), &args).ok()).expect("JSON");
    assert_eq!(json["documents"][0]["document"], "mihon-r05");
    fs::write(folder.path().join("suite.tsv"), format!("{list}{gold}\tx.pdf\ttypeset\n")).expect("a file");
    let other = run(folder.path(), &args);
    assert_eq!(other.code, Some(2));
    assert!(other.err.contains("line 4") && other.err.contains("`typeset`"), "{}", other.err);
}

/// Numbers by name, of either implementation.
fn means(json: &str) -> BTreeMap<String, f64> {
    let json: Value = serde_json::from_str(json).expect("JSON");
    let rows = json["macro"].as_object().expect("means");
    rows.iter().filter_map(|(name, value)| value.as_f64().map(|v| (name.clone(), v))).collect()
}

/// Runs the scorer and `eval` over the same annotations and compares every mean.
fn compare(scorer: &Path, suite: &Path, names: &Path, tolerance: f64) {
    let command = format!("{} extract --to json {{pdf}}", binary().display());
    let judge = Command::new("python3")
        .arg(scorer)
        .args(["--json", "--jobs", "2", "--run", &command, "--suite"])
        .arg(suite)
        // Where two passages fit an event equally well, the scorer's choice hangs on this.
        .env("PYTHONHASHSEED", "0")
        .output()
        .expect("python runs");
    let judge = means(&String::from_utf8_lossy(&judge.stdout));
    let args = ["eval", "--json", "--gold", &suite.display().to_string(), "--names", &names.display().to_string()];
    let own = means(&run(folder().path(), &args).ok());
    assert!(own.len() > 40, "{own:?}");
    let differing: Vec<String> = own
        .iter()
        .filter(|(name, _)| *name != OWN)
        .filter(|(name, value)| judge.get(*name).is_none_or(|other| (other - *value).abs() > tolerance))
        .map(|(name, value)| format!("{name}: {value} and {:?}", judge.get(name)))
        .collect();
    assert!(differing.is_empty(), "{differing:#?}");
    let missing: Vec<&String> = judge.keys().filter(|n| !own.contains_key(*n)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The scorer and the folder of names, where both are there and can be used.
fn scorer() -> Option<(PathBuf, PathBuf)> {
    let both = material("tools/score.py").zip(material("gold/seeds"))?;
    if !Command::new("python3").arg("--version").output().is_ok_and(|o| o.status.success()) {
        note("skipped: python3 is not installed");
        return None;
    }
    Some(both)
}

#[test]
fn an_independent_scorer_comes_to_the_same_numbers() {
    let Some((scorer, names)) = scorer() else { return };
    let Some(suite) = material("gold/suites/real") else { return };
    compare(&scorer, &suite, &names, TOLERANCE);
    // The samples have annotations too, without mentions; the scorer wants the PDF beside each.
    let beside = folder();
    for (from, ending) in [("corpora/samples/truth", "json"), ("corpora/samples", "pdf")] {
        for entry in fs::read_dir(root().join(from)).expect("samples") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|e| e == ending) {
                fs::copy(&path, beside.path().join(path.file_name().unwrap_or_default())).expect("a copy");
            }
        }
    }
    compare(&scorer, beside.path(), &names, TOLERANCE);
}

#[test]
fn an_independent_scorer_comes_to_the_same_numbers_over_seeds() {
    let Some((scorer, names)) = scorer() else { return };
    let Some(suite) = material("gold/suites/language") else { return };
    compare(&scorer, &suite, &names, ROUNDING);
}

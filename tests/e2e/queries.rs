//! Every shipped question with its exact answer: on the bundled samples in full, on two typeset reports of the shared material
//! by number of rows and hash, because their sentences stay where they are.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use hakusho_tests::{folder, ingest, material, root, run, samples};
use sha2::{Digest, Sha256};

/// Names of the questions, sorted.
fn questions() -> Vec<String> {
    let entries = fs::read_dir(root().join("ontology/queries")).expect("the questions");
    let mut names: Vec<String> =
        entries.filter_map(|e| e.ok()?.path().file_stem().map(|s| s.to_string_lossy().into_owned())).collect();
    names.sort();
    names
}

/// Each question's answer as CSV.
fn answers(data: &Path) -> BTreeMap<String, String> {
    let ask = |name: String| {
        let answer = run(data, &["query", "--format", "csv", "--example", &name]).ok();
        (name, answer)
    };
    questions().into_iter().map(ask).collect()
}

fn rows(answer: &str) -> usize {
    answer.split("\r\n").filter(|l| !l.trim().is_empty()).count().saturating_sub(1)
}

/// What the samples have nothing to say to: they rank for one perspective only, refer to all their exhibits, and tell nothing
/// second-hand.
const SILENT: [&str; 4] =
    ["exhibits-never-referred-to", "q05-ranked-for-both", "q12-incidents-behind-a-ranked-threat", "second-hand"];
/// What neither they nor the typeset reports answer: none of their incidents names a threat that they rank.
const NOWHERE: [&str; 1] = ["q12-incidents-behind-a-ranked-threat"];

/// What is not read from a report: the register of loads.
const UNPRINTED: [&str; 1] = ["loads"];

#[test]
fn every_question_has_its_exact_answer_on_the_samples() {
    let data = folder();
    ingest(data.path(), &samples()).ok();
    let answers = answers(data.path());
    assert!(answers.len() >= 24, "{} questions", answers.len());
    for (name, answer) in &answers {
        let columns: Vec<&str> = answer.lines().next().unwrap_or_default().split(',').collect();
        let printed = columns.contains(&"edition") && columns.contains(&"page");
        assert!(printed || UNPRINTED.contains(&name.as_str()), "`{name}` does not say where its answers are printed");
        assert_eq!(rows(answer) == 0, SILENT.contains(&name.as_str()), "`{name}` has {} rows", rows(answer));
        insta::assert_snapshot!(format!("answer_{}", name.replace('-', "_")), answer.replace("\r\n", "\n"));
    }
}

#[test]
fn every_question_has_its_exact_answer_on_typeset_reports() {
    let Some(folder_of) = material("corpora/typeset/pdf") else { return };
    let files: Vec<_> = ["A-typst.pdf", "B-typst.pdf"].iter().map(|f| folder_of.join(f)).collect();
    if !files.iter().all(|f| f.is_file()) {
        return;
    }
    let data = folder();
    ingest(data.path(), &files).ok();
    let answers = answers(data.path());
    let hash =
        |text: &str| Sha256::digest(text.as_bytes()).iter().take(8).map(|b| format!("{b:02x}")).collect::<String>();
    let line = |(name, answer): (&String, &String)| format!("{name}\t{}\t{}\n", rows(answer), hash(answer));
    insta::assert_snapshot!("typeset_answers", answers.iter().map(line).collect::<String>());
    for name in SILENT.iter().filter(|n| !NOWHERE.contains(n)) {
        assert!(rows(&answers[*name]) > 0, "`{name}` has no answer anywhere");
    }
}

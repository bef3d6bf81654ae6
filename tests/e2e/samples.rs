//! The sample editions: what is read from them is recorded, and what is known of them is found.

use std::fs;

use hakusho_tests::{export, folder, ingest, root, run, samples};
use serde_json::Value;
use sha2::{Digest, Sha256};

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

/// A document in a form that shows at a glance what was read: one line a block.
fn outline(document: &Value) -> String {
    let mut out = String::new();
    let string = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    for block in document["blocks"].as_array().expect("blocks") {
        let text: String = string(&block["text"]).chars().take(48).collect();
        let page = block["boxes"][0]["page"].as_u64().unwrap_or_default();
        out += &format!("p{page:<2} {:<14} {}\n", string(&block["kind"]), text.replace('\n', "⏎"));
    }
    for kind in ["sections", "exhibits", "footnotes", "references", "mentions", "diagnostics"] {
        out += &format!("{kind}: {}\n", document[kind].as_array().map_or(0, Vec::len));
    }
    out
}

#[test]
fn blocks_of_the_newest_edition() {
    let folder = folder();
    let json = run(folder.path(), &["extract".as_ref(), samples()[2].as_os_str()]).ok();
    let document: Value = serde_json::from_str(&json).expect("JSON");
    insta::assert_snapshot!("mihon_r07_blocks", outline(&document));
}

#[test]
fn markdown_and_text_of_the_newest_edition() {
    let folder = folder();
    for form in ["md", "txt"] {
        let out =
            run(folder.path(), &["extract".as_ref(), "--to".as_ref(), form.as_ref(), samples()[2].as_os_str()]).ok();
        insta::assert_snapshot!(format!("mihon_r07_{form}"), out);
    }
}

/// The exact bytes: a change here is a change of output, and belongs in the CHANGELOG.
#[test]
fn output_bytes() {
    let folder = folder();
    let data = folder.path().join("data");
    let mut recording = String::new();
    for path in samples() {
        let json = run(&data, &["extract".as_ref(), path.as_os_str()]).ok();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        recording += &format!("{name} json {}\n", sha256(json.as_bytes()));
    }
    ingest(&data, &samples()).ok();
    // What a load leaves behind besides is the program version and the ontology hash, which change by themselves.
    let graphs = export(&data);
    let of_reports: String = graphs
        .lines()
        .filter(|l| l.contains("/id/graph/") && !l.contains("/id/graph/ontology"))
        .filter(|l| !l.contains("/id/graph/description"))
        .collect::<Vec<_>>()
        .join("\n");
    recording += &format!("graphs {} lines, {}\n", of_reports.lines().count(), sha256(of_reports.as_bytes()));
    insta::assert_snapshot!("mihon_bytes", recording);
}

/// The values read from the charts of the three editions, each with category and series.
#[test]
fn chart_points() {
    let folder = folder();
    let mut recording = String::new();
    for path in samples() {
        let json = run(folder.path(), &["extract".as_ref(), path.as_os_str()]).ok();
        let document: Value = serde_json::from_str(&json).expect("JSON");
        for exhibit in document["exhibits"].as_array().expect("exhibits") {
            for point in exhibit["chart"]["points"].as_array().map(Vec::as_slice).unwrap_or_default() {
                let text = |key: &str| point[key].as_str().unwrap_or("–").to_owned();
                let number = exhibit["number"].as_str().unwrap_or_default();
                recording += &format!("{number} | {} | {} | {}\n", text("category"), text("series"), text("printed"));
            }
        }
    }
    insta::assert_snapshot!("mihon_charts", recording);
}

/// Printed exhibit numbers, section titles and notes of the sources are all in the documents.
#[test]
fn what_the_sources_say_is_found() {
    let folder = folder();
    for year in ["r05", "r06", "r07"] {
        let truth: Value =
            serde_json::from_str(&text(&format!("corpora/samples/truth/mihon-{year}.gold.json"))).expect("JSON");
        let path = root().join(format!("corpora/samples/mihon-{year}.pdf"));
        let json = run(folder.path(), &["extract".as_ref(), path.as_os_str()]).ok();
        let document: Value = serde_json::from_str(&json).expect("JSON");
        for (kind, key) in [("exhibits", "number"), ("footnotes", "marker")] {
            let list = |d: &Value| -> Vec<String> {
                let mut all: Vec<String> = d[kind]
                    .as_array()
                    .map(Vec::as_slice)
                    .unwrap_or_default()
                    .iter()
                    .filter_map(|e| e[key].as_str().map(str::to_owned))
                    .collect();
                all.sort();
                all
            };
            assert!(!list(&truth).is_empty(), "{year} {kind}");
            let found = list(&document);
            let missing: Vec<String> = list(&truth).into_iter().filter(|t| !found.contains(t)).collect();
            assert!(missing.is_empty(), "{year} {kind}: {missing:?} of {found:?}");
        }
    }
}

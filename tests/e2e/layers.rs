//! The layer rule of ARCHITECTURE.md, read from `cargo metadata`.

use std::process::Command;

use serde_json::Value;

/// Crate, its layer, and whom it may name besides; a crate depends only on layers below its own.
const LAYERS: &[(&str, u8)] = &[
    ("hakusho-model", 0),
    ("hakusho-pdf", 1),
    ("hakusho-render", 1),
    ("hakusho-lexicon", 1),
    ("hakusho-layout", 2),
    ("hakusho-link", 2),
    ("hakusho-eval", 2),
    ("hakusho-rdf", 2),
    ("hakusho-pipeline", 3),
    ("hakusho-store", 3),
    ("hakusho-insight", 3),
    ("hakusho-batch", 4),
    ("hakusho-server", 5),
    ("hakusho", 6),
    ("hakusho-bench", 7),
    ("hakusho-tests", 7),
];

/// Libraries that have one home.
const HOMES: &[(&str, &[&str])] = &[
    ("lopdf", &["hakusho-pdf"]),
    ("hayro-cmap", &["hakusho-pdf"]),
    ("hayro", &["hakusho-render"]),
    ("hayro-svg", &["hakusho-render"]),
    ("png", &["hakusho-render"]),
    ("csv", &["hakusho-lexicon"]),
    ("daachorse", &["hakusho-lexicon"]),
    ("encoding_rs", &["hakusho-lexicon"]),
    ("regex", &["hakusho-lexicon"]),
    ("oxrdf", &["hakusho-rdf"]),
    ("oxrdfxml", &["hakusho-rdf"]),
    ("oxttl", &["hakusho-rdf"]),
    ("oxiri", &["hakusho-store"]),
    ("spargebra", &["hakusho-store"]),
    ("tantivy", &["hakusho-store"]),
    ("oxigraph", &["hakusho-store", "hakusho-bench"]),
    ("oxsdatatypes", &["hakusho-store"]),
    ("spareval", &["hakusho-store"]),
    ("petgraph", &["hakusho-insight"]),
    ("rayon", &["hakusho-pdf", "hakusho-batch", "hakusho", "hakusho-bench"]),
    ("axum", &["hakusho-server"]),
    ("maud", &["hakusho-server"]),
    ("tokio", &["hakusho-server"]),
    ("ureq", &["hakusho-server", "hakusho-tests"]),
    ("utoipa", &["hakusho-server"]),
    ("clap", &["hakusho"]),
    ("indicatif", &["hakusho"]),
    ("anyhow", &["hakusho", "hakusho-bench"]),
];

/// Crates that own no files, clock, network or environment.
const PURE: &[&str] = &["model", "pdf", "render", "lexicon", "layout", "link", "eval", "rdf", "pipeline", "insight"];

fn layer(name: &str) -> Option<u8> {
    LAYERS.iter().find(|(n, _)| *n == name).map(|(_, layer)| *layer)
}

/// `(crate, dependency)` pairs of the workspace, test-only ones left out.
fn dependencies() -> Vec<(String, String)> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(hakusho_tests::root())
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON");
    let mut pairs = Vec::new();
    for package in metadata["packages"].as_array().expect("packages") {
        for dependency in package["dependencies"].as_array().expect("dependencies") {
            if dependency["kind"] != "dev" {
                let text = |v: &Value| v["name"].as_str().unwrap_or_default().to_owned();
                pairs.push((text(package), text(dependency)));
            }
        }
    }
    assert!(pairs.len() > 20, "cargo metadata lists the workspace");
    pairs
}

/// What is wrong with a dependency, in words.
fn verdict(from: &str, to: &str) -> Result<(), String> {
    let Some(own) = layer(from) else { return Err(format!("{from} has no layer")) };
    match layer(to) {
        Some(other) if other >= own => return Err(format!("{from} (layer {own}) depends on {to} (layer {other})")),
        _ => {}
    }
    match HOMES.iter().find(|(library, _)| *library == to) {
        Some((_, homes)) if !homes.contains(&from) => Err(format!("{from} names {to}, whose home is {homes:?}")),
        _ => Ok(()),
    }
}

#[test]
fn crates_depend_only_on_layers_below() {
    let wrong: Vec<String> = dependencies().iter().filter_map(|(from, to)| verdict(from, to).err()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_rule_sees_a_step_sideways_and_a_library_away_from_home() {
    assert!(verdict("hakusho-layout", "hakusho-link").is_err());
    assert!(verdict("hakusho-layout", "lopdf").is_err());
    assert!(verdict("hakusho-new", "serde").is_err());
    assert!(verdict("hakusho-layout", "hakusho-lexicon").is_ok());
}

#[test]
fn the_middle_touches_no_files_clock_network_or_environment() {
    let touching = ["std::fs", "std::net", "std::env", "SystemTime", "Instant::now", "std::process"];
    let mut wrong = Vec::new();
    for name in PURE {
        let mut folders = vec![hakusho_tests::root().join("crates").join(name).join("src")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).expect("a crate has sources") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let text = std::fs::read_to_string(&path).expect("a source");
                wrong.extend(
                    touching.iter().filter(|t| text.contains(**t)).map(|t| format!("{t} in {}", path.display())),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Files of the larger test material are read in place; seeds of the fuzzer are made from them and stay on the machine.
#[test]
fn no_pdf_but_the_samples_is_committed() {
    let git = Command::new("git").arg("ls-files").current_dir(hakusho_tests::root()).output();
    // A source archive has no index to look at.
    let Some(listed) = git.ok().filter(|run| run.status.success()) else { return };
    let listed = String::from_utf8_lossy(&listed.stdout);
    let stray: Vec<&str> = listed
        .lines()
        .filter(|f| {
            f.starts_with("fuzz/corpus/")
                || f.to_ascii_lowercase().ends_with(".pdf") && !f.starts_with("corpora/samples/")
        })
        .collect();
    assert!(stray.is_empty(), "{stray:?}");
}

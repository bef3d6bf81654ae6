//! Every report of the larger test material is in, or listed with its reason.

use std::path::PathBuf;

use hakusho_tests::{folder, ingest, material};

/// Loads all PDFs of a folder and returns the outcome lines.
fn outcomes(folder_of_reports: PathBuf) -> String {
    let folder = folder();
    let run = ingest(folder.path(), &[folder_of_reports]);
    assert!(matches!(run.code, Some(0 | 2)), "{:?} {}", run.code, run.err);
    run.out
}

#[test]
fn every_real_report_is_in_or_has_its_reason() {
    let Some(real) = material("corpora/real") else { return };
    check(&outcomes(real));
}

#[test]
fn every_typeset_report_is_in_or_has_its_reason() {
    let Some(typeset) = material("corpora/typeset/pdf") else { return };
    check(&outcomes(typeset));
}

fn check(out: &str) {
    let reasons = ["needs a password", "optical character recognition", "the same part of the same edition", "damaged"];
    for line in out.lines() {
        let listed = line.starts_with("FAILED") && reasons.iter().any(|r| line.contains(r));
        assert!(line.starts_with("loaded") || line.starts_with("unchanged") || listed, "{line}");
    }
}

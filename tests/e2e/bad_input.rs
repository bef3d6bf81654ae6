//! Bad input: clear words, the right exit status, the store untouched.

use std::fs;
use std::path::{Path, PathBuf};

use hakusho_tests::{TempDir, export, folder, ingest, material, root, run, samples};

/// A store with one edition, and what it exports.
fn store() -> (TempDir, PathBuf, String) {
    let folder = folder();
    let data = folder.path().join("data");
    ingest(&data, &samples()[..1]).ok();
    let before = export(&data);
    (folder, data, before)
}

/// Ingests a file made of some bytes: it fails with `words`, and the store is as it was.
fn check(name: &str, bytes: &[u8], words: &str) {
    let (folder, data, before) = store();
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("a file");
    let run = ingest(&data, std::slice::from_ref(&path));
    assert_eq!(run.code, Some(1), "{}{}", run.out, run.err);
    assert!(run.out.contains("FAILED") && run.out.contains(name) && run.out.contains(words), "{}", run.out);
    assert!(!run.out.contains("fault"), "{}", run.out);
    assert!(export(&data) == before, "the store changed");
}

fn sample_bytes() -> Vec<u8> {
    fs::read(&samples()[2]).expect("a sample")
}

#[test]
fn an_empty_file_is_named() {
    check("empty.pdf", b"", "empty");
}

#[test]
fn a_text_file_named_pdf_is_no_pdf() {
    check("letter.pdf", "拝啓\n時下ますますご清栄のこととお慶び申し上げます。\n".as_bytes(), "not a PDF");
}

#[test]
fn a_few_bytes_of_a_pdf_are_too_damaged() {
    check("stub.pdf", &sample_bytes()[..1000], "damaged");
}

#[test]
fn random_bytes_behind_a_header_are_too_damaged() {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut state = 7u32;
    bytes.extend((0..50_000).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    }));
    check("noise.pdf", &bytes, "damaged");
}

#[test]
fn truncated_files_give_what_is_left_or_a_reason() {
    let bytes = sample_bytes();
    let folder = folder();
    for percent in [10, 30, 50, 70, 90, 99] {
        let path = folder.path().join(format!("cut-{percent}.pdf"));
        fs::write(&path, &bytes[..bytes.len() * percent / 100]).expect("a file");
        let data = folder.path().join(format!("data-{percent}"));
        let run = ingest(&data, &[path]);
        assert!(matches!(run.code, Some(0 | 1)), "{}{}", run.out, run.err);
        assert!(run.out.starts_with("loaded") || run.out.contains("damaged"), "{}", run.out);
        assert!(!run.out.contains("fault"), "{}", run.out);
    }
}

#[test]
fn a_good_file_beside_a_bad_one_is_loaded_and_the_status_is_2() {
    let (folder, data, _) = store();
    let bad = folder.path().join("bad.pdf");
    fs::write(&bad, "no").expect("a file");
    let run = ingest(&data, &[bad, samples()[1].clone()]);
    assert_eq!(run.code, Some(2), "{}{}", run.out, run.err);
    assert!(run.out.contains("loaded") && run.out.contains("FAILED"), "{}", run.out);
}

#[test]
fn a_missing_path_is_named_and_nothing_is_made() {
    let folder = folder();
    let data = folder.path().join("data");
    let run = ingest(&data, &[folder.path().join("nowhere")]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("nowhere"), "{}", run.err);
    assert!(!data.exists(), "a data folder was made for nothing");
}

#[test]
fn a_folder_without_reports_is_said_so() {
    let folder = folder();
    let inputs = folder.path().join("inputs");
    fs::create_dir(&inputs).expect("a folder");
    let run = ingest(&folder.path().join("data"), &[inputs]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("no PDF"), "{}", run.err);
}

/// Rights do not bind root, so a folder that cannot be read is a link to itself.
#[cfg(unix)]
#[test]
fn an_unreadable_folder_is_named() {
    let folder = folder();
    let inputs = folder.path().join("ring");
    std::os::unix::fs::symlink(&inputs, &inputs).expect("a link");
    let run = ingest(&folder.path().join("data"), &[inputs]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("ring") && run.err.starts_with("error"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn a_data_folder_that_cannot_be_made_is_named() {
    let folder = folder();
    let file = folder.path().join("occupied");
    fs::write(&file, "").expect("a file");
    let run = ingest(&file.join("data"), &samples()[..1]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("occupied"), "{}", run.err);
}

#[test]
fn a_protected_file_asks_for_its_password_and_opens_with_it() {
    let Some(typeset) = material("corpora/typeset/pdf") else { return };
    let path = typeset.join("B-aes256-hakusho.pdf");
    let (_folder, data, before) = store();
    let refused = ingest(&data, std::slice::from_ref(&path));
    assert_eq!(refused.code, Some(1));
    assert!(refused.out.contains("needs a password"), "{}", refused.out);
    let wrong = run(&data, &[Path::new("ingest"), &path, Path::new("--password"), Path::new("no")]);
    assert_eq!(wrong.code, Some(1));
    assert!(wrong.out.contains("password"), "{}", wrong.out);
    assert!(export(&data) == before, "the store changed");
    run(&data, &[Path::new("ingest"), &path, Path::new("--password"), Path::new("hakusho")]).ok();
}

#[test]
fn a_file_of_pictures_says_that_it_needs_ocr() {
    let Some(typeset) = material("corpora/typeset/pdf") else { return };
    check("scan.pdf", &fs::read(typeset.join("B-scan200.pdf")).expect("a file"), "OCR");
}

#[test]
fn damaged_and_hostile_files_never_fault() {
    let Some(torture) = material("corpora/torture") else { return };
    let folder = folder();
    let run = ingest(&folder.path().join("data"), &[torture]);
    assert!(matches!(run.code, Some(0..=2)), "{:?} {}", run.code, run.err);
    assert!(!run.out.contains("fault"), "{}", run.out);
}

#[test]
fn extract_prints_a_document_that_says_why() {
    let folder = folder();
    let path = folder.path().join("letter.pdf");
    fs::write(&path, "拝啓").expect("a file");
    let run = run(folder.path(), &[Path::new("extract"), &path]);
    assert_eq!(run.code, Some(1));
    let document: serde_json::Value = serde_json::from_str(&run.out).expect("JSON all the same");
    assert_eq!(document["diagnostics"][0]["severity"], "error", "{}", run.out);
}

#[test]
fn nonsense_on_the_command_line_is_answered_with_usage() {
    let folder = folder();
    let cases: &[&[&str]] = &[
        &[],
        &["injest"],
        &["ingest"],
        &["ingest", "--colour", "x.pdf"],
        &["query"],
        &["query", "--example", "no-such-example"],
        &["query", "-e", "SELECT nonsense"],
        &["extract", "--to", "docx", "x.pdf"],
        &["--threads", "many", "editions", "list"],
        &["evidence", "not an iri"],
        &["editions", "show", "x"],
        &["query", "-e", "SELECT * { ?s ?p ?o }"],
    ];
    let data = folder.path().join("data");
    let mut recording = String::new();
    for case in cases {
        let run = run(&data, case);
        assert_ne!(run.code, Some(0), "{case:?}");
        recording += &format!("$ hakusho {}\n{}\n", case.join(" "), run.recording(&data));
    }
    insta::assert_snapshot!("nonsense", recording);
    assert!(!data.exists() && root().exists(), "a data folder was made for nothing");
}

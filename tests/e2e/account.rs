//! No character is lost or doubled between the glyphs of a report and its document: blocks and furniture together hold
//! every character that is printed, but for the marks of notes and ruby, which stand elsewhere in the document or aside.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use hakusho_tests::{binary, material, samples};
use serde_json::Value;

/// Characters by how often they occur, white space and unknown ones aside.
type Counts = BTreeMap<char, i64>;

/// Share of a report's characters that may be marks and ruby.
const ASIDE: f64 = 0.04;

fn count(counts: &mut Counts, text: &str, by: i64) {
    for ch in text.chars().filter(|c| !c.is_whitespace() && *c != '\u{FFFD}') {
        *counts.entry(ch).or_default() += by;
    }
}

fn extract(file: &Path, to: &str) -> Option<String> {
    let run = Command::new(binary()).args(["extract", "--quiet", "--to", to]).arg(file).output().expect("it runs");
    run.status.success().then(|| String::from_utf8(run.stdout).expect("text is UTF-8"))
}

/// What is printed and seen, from the glyph runs.
fn printed(runs: &str) -> Counts {
    let mut counts = Counts::new();
    for row in runs.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [_, _, _, _, _, _, _, flags, _, _, text] = cells.as_slice() else { panic!("a row of eleven cells: {row}") };
        if !flags.contains("invisible") {
            count(&mut counts, &unescaped(text), 1);
        }
    }
    counts
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(ch) = chars.next() {
        match (ch, if ch == '\\' { chars.next() } else { None }) {
            ('\\', Some('\\')) => out.push('\\'),
            ('\\', _) => {}
            (ch, _) => out.push(ch),
        }
    }
    out
}

fn texts<'v>(document: &'v Value, list: &str, field: &str) -> impl Iterator<Item = &'v str> {
    document[list]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(move |v| v[field].as_str())
        .collect::<Vec<_>>()
        .into_iter()
}

/// Marks of notes are kept as places of notes; ruby is set in kana.
fn may_stand_aside(ch: char) -> bool {
    let kana = ('\u{3041}'..='\u{30FF}').contains(&ch);
    kana || ch.is_ascii_digit() || ('０'..='９').contains(&ch) || "＊*※注（）()、,，〜～-†‡".contains(ch)
}

fn check(file: &Path) {
    // A protected file, or one without text, is told of elsewhere.
    let (Some(runs), Some(json)) = (extract(file, "runs"), extract(file, "json")) else { return };
    let document: Value = serde_json::from_str(&json).expect("a document");
    let mut left = printed(&runs);
    let all: i64 = left.values().sum();
    for text in texts(&document, "blocks", "text").chain(texts(&document, "artifacts", "text")) {
        count(&mut left, text, -1);
    }
    for marker in texts(&document, "footnotes", "marker") {
        count(&mut left, marker, -1);
    }
    let doubled: Vec<_> = left.iter().filter(|(_, n)| **n < 0).collect();
    assert!(doubled.is_empty(), "{}: doubled {doubled:?}", file.display());
    let lost: Vec<_> = left.iter().filter(|(c, n)| **n > 0 && !may_stand_aside(**c)).collect();
    assert!(lost.is_empty(), "{}: lost {lost:?}", file.display());
    let aside: i64 = left.values().sum();
    assert!(aside as f64 <= ASIDE * all as f64, "{}: {aside} of {all} characters stand aside", file.display());
}

fn check_folder(folder: &str) {
    let Some(folder) = material(folder) else { return };
    let entries = std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok).map(|e| e.path());
    let mut files: Vec<PathBuf> = entries.filter(|p| p.extension().is_some_and(|e| e == "pdf")).collect();
    files.sort();
    for file in &files {
        check(file);
    }
}

#[test]
fn samples_keep_every_character() {
    for file in samples() {
        check(&file);
    }
}

#[test]
fn real_reports_keep_every_character() {
    check_folder("corpora/real");
}

#[test]
fn typeset_reports_keep_every_character() {
    check_folder("corpora/typeset/pdf");
}

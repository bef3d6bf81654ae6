//! `hakusho page` and pages without a text layer.

use std::fs;
use std::path::{Path, PathBuf};

use hakusho_tests::{Run, TempDir, folder, hakusho, material, note, run, samples};
use serde_json::Value;

fn page(folder: &TempDir, args: &[&str], out: &str) -> (Run, PathBuf) {
    let path = folder.path().join(out);
    let sample = samples()[2].display().to_string();
    let (path_text, mut all) = (path.display().to_string(), vec!["page", &sample]);
    all.extend(args);
    all.extend(["-o", &path_text]);
    (run(folder.path(), &all), path)
}

/// Width and height in the head of a PNG file.
fn png_size(path: &Path) -> (u32, u32) {
    let bytes = fs::read(path).expect("an image");
    assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

#[test]
fn a_page_becomes_an_image_of_its_size_with_a_legend() {
    let folder = folder();
    let (run, path) = page(&folder, &["3", "--scale", "1"], "page.png");
    assert_eq!(run.clone().ok(), "");
    let (width, height) = png_size(&path);
    assert_eq!((width, height), (516, 729), "B5 in points");
    for words in ["lines ", "blocks ", "exhibits ", "paragraph #", "chart #"] {
        assert!(run.err.contains(words), "{}", run.err);
    }
    let (_, twice) = page(&folder, &["3", "--scale", "2"], "twice.png");
    assert_eq!(png_size(&twice), (1032, 1457));
}

#[test]
fn every_layer_can_be_drawn_and_the_same_call_gives_the_same_file() {
    let folder = folder();
    let layers = "images,shapes,rules,glyphs,lines,tables,blocks,furniture,exhibits,links";
    let (first, one) = page(&folder, &["3", "--boxes", layers], "1.png");
    let (_, two) = page(&folder, &["3", "--boxes", layers], "2.png");
    assert_eq!(first.err.lines().count(), 10, "{}", first.err);
    assert!(fs::read(one).expect("an image") == fs::read(two).expect("an image"));
}

#[test]
fn an_svg_holds_the_boxes_of_the_document() {
    let folder = folder();
    let (run, path) = page(&folder, &["3", "--boxes", "blocks", "--no-image"], "page.svg");
    run.ok();
    let svg = fs::read_to_string(path).expect("text");
    assert!(!svg.contains("data:image"), "no image was wanted");
    let sample = samples()[2].display().to_string();
    let json = hakusho_tests::run(folder.path(), &["extract", &sample]).ok();
    let document: Value = serde_json::from_str(&json).expect("JSON");
    let mut count = 0;
    for block in document["blocks"].as_array().expect("blocks") {
        for region in block["regions"].as_array().expect("regions").iter().filter(|r| r["page"] == 3) {
            let number = |i: usize| region["bbox"][i].as_f64().expect("a number");
            let (id, kind) = (block["id"].as_str().expect("an id"), block["kind"].as_str().expect("a kind"));
            let line = svg.lines().find(|l| l.contains(&format!("<title>{id} {kind}</title>"))).expect("its box");
            let x: f64 = line.split('"').nth(1).and_then(|x| x.parse().ok()).expect("x");
            assert!((x - number(0)).abs() < 0.06, "{line}");
            count += 1;
        }
    }
    assert!(count > 5 && svg.matches("<title>").count() == count);
    let (run, path) = page(&folder, &["3"], "with.svg");
    run.ok();
    assert!(fs::read_to_string(path).expect("text").contains("href=\"data:image/png;base64,iVBORw0KGgo"));
}

#[test]
fn what_cannot_be_done_is_said() {
    let folder = folder();
    let check = |args: &[&str], out: &str, words: &[&str]| {
        let (run, path) = page(&folder, args, out);
        assert_eq!(run.code, Some(1), "{}", run.err);
        assert!(words.iter().all(|w| run.err.contains(w)), "{}", run.err);
        assert!(!path.exists());
    };
    check(&["99"], "a.png", &["there is no page 99", "7 pages"]);
    check(&["0"], "a.png", &["0 is not in 1.."]);
    check(&["1", "--boxes", "words"], "a.png", &["words", "lines", "blocks", "exhibits", "glyphs"]);
    check(&["1"], "a.jpeg", &[".png", ".svg"]);
    check(&["1", "--scale", "500"], "a.png", &["pixels", "or less is possible"]);
    check(&["1", "--scale", "0"], "a.png", &["--scale"]);
    check(&["1", "--font", "no-such-font.ttf"], "a.png", &["no-such-font.ttf"]);
}

/// `extract` of a file as JSON.
fn document(file: &Path, args: &[&str]) -> (Run, Value) {
    let folder = folder();
    let file = file.display().to_string();
    let mut all = vec!["extract", &file];
    all.extend(args);
    let run = run(folder.path(), &all);
    let document = serde_json::from_str(&run.out).unwrap_or_else(|e| panic!("{e}: {}", run.err));
    (run, document)
}

fn diagnostics<'d>(document: &'d Value, code: &str) -> Vec<&'d Value> {
    document["diagnostics"].as_array().expect("a list").iter().filter(|d| d["code"] == code).collect()
}

#[test]
fn pages_without_text_are_named_and_no_others() {
    let Some(real) = material("corpora/real") else { return };
    let check = |file: &str, expected: &[(Option<u64>, &str, &str)]| {
        let (_, document) = document(&real.join(file), &[]);
        let found = diagnostics(&document, "no-text-layer");
        assert_eq!(found.len(), expected.len(), "{file}: {found:?}");
        for (d, (page, severity, word)) in found.iter().zip(expected) {
            assert_eq!((d["page"].as_u64(), d["severity"].as_str()), (*page, Some(*severity)), "{file}: {d}");
            assert!(d["message"].as_str().is_some_and(|m| m.contains(word)), "{file}: {d}");
        }
    };
    check("nta-nencho-2025-qa-imageonly.pdf", &[(None, "error", "outlines")]);
    check("openchain-survey-2022-jp.pdf", &[(Some(2), "warning", "pages 2 to 44 have only a partial text layer")]);
    check("owasp-top10-2010-ja.pdf", &[(Some(1), "info", "possibly a cover")]);
    for whole in
        ["mic-ict-whitepaper-r06-ch4-sec1.pdf", "tokyo-oss-guideline-v010.pdf", "cas-covid-stage-indicators.pdf"]
    {
        check(whole, &[]);
    }
}

/// A scan of the typeset material and the text printed in it.
fn scan() -> Option<(PathBuf, PathBuf)> {
    Some((material("corpora/typeset/pdf/A-scan200.pdf")?, material("corpora/typeset/pdf/A-chromium.pdf")?))
}

#[test]
fn without_tesseract_the_diagnostic_says_how_to_install_it() {
    let Some((scan, whole)) = scan() else { return };
    let folder = folder();
    let extract = |file: &Path| {
        let mut command = hakusho(folder.path());
        command.env("PATH", folder.path()).args(["extract", "--ocr", "tesseract"]).arg(file);
        Run::from(command.output().expect("hakusho starts"))
    };
    let run = extract(&scan);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.err.contains("apt install tesseract-ocr tesseract-ocr-jpn tesseract-ocr-jpn-vert"), "{}", run.err);
    let document: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(diagnostics(&document, "ocr-unavailable").len(), 1);
    assert_eq!(diagnostics(&document, "no-text-layer").len(), 1);
    let run = extract(&whole);
    assert!(run.code == Some(0) && run.err.is_empty(), "a file with text needs no recogniser: {}", run.err);
}

/// Whether Tesseract can read Japanese here; prints one line where it cannot.
fn tesseract() -> bool {
    let languages = std::process::Command::new("tesseract").arg("--list-langs").output();
    let found = languages.is_ok_and(|o| String::from_utf8_lossy(&o.stdout).lines().any(|l| l.trim() == "jpn"));
    if !found {
        note("skipped: tesseract with Japanese data is not on this machine");
    }
    found
}

/// Kana and ideographs with their counts.
fn characters(text: &str) -> std::collections::BTreeMap<char, usize> {
    let mut counts = std::collections::BTreeMap::new();
    for c in text.chars().filter(|&c| matches!(u32::from(c), 0x3041..=0x30FF | 0x3400..=0x9FFF)) {
        *counts.entry(c).or_default() += 1;
    }
    counts
}

#[test]
fn tesseract_reads_a_page_of_outlines() {
    let Some(real) = material("corpora/real/nta-nencho-2025-qa-imageonly.pdf") else { return };
    if !tesseract() {
        return;
    }
    let (run, document) = document(&real, &["--ocr", "tesseract"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let told = diagnostics(&document, "ocr");
    assert!(told.len() == 1 && told[0]["message"].as_str().is_some_and(|m| m.contains("mean confidence")), "{told:?}");
    assert!(diagnostics(&document, "no-text-layer").iter().all(|d| d["severity"] == "info"));
    let pages = document["pages"].as_array().expect("pages");
    assert!(pages.iter().all(|p| p["ocr_confidence"].as_u64().is_some_and(|c| c > 60)), "{pages:?}");
    let text: String =
        document["blocks"].as_array().expect("blocks").iter().filter_map(|b| b["text"].as_str()).collect();
    assert!(characters(&text).values().sum::<usize>() > 3000 && text.contains("雇用保険"), "{text}");
}

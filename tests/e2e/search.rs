//! `hakusho search` on the bundled samples: what is printed is found, at its place.

use std::path::Path;

use hakusho_tests::{folder, ingest, run, samples};
use serde_json::Value;

/// Kinds of blocks that are passages.
const PASSAGES: [&str; 8] =
    ["paragraph", "list_item", "box", "footnote", "source_note", "note", "chronology_entry", "passage"];

fn search(data: &Path, words: &str) -> Value {
    let out = run(data, &["search", words, "--json", "--limit", "1000"]).ok();
    serde_json::from_str(&out).expect("JSON")
}

/// Passages of a document with their text and lines.
fn passages(json: &str) -> Vec<Value> {
    let document: Value = serde_json::from_str(json).expect("JSON");
    let blocks = document["blocks"].as_array().expect("blocks").iter();
    blocks.filter(|b| b["kind"].as_str().is_some_and(|k| PASSAGES.contains(&k))).cloned().collect()
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() && (c.is_ascii() || matches!(c, '\u{FF10}'..='\u{FF5A}'))
}

/// Of a text, the characters from `start` to `end`, if they cut no word in two and there is something to look for.
fn part(text: &[char], start: usize, end: usize) -> Option<String> {
    let cuts = |i: usize| i > 0 && i < text.len() && is_of_word(text[i - 1]) && is_of_word(text[i]);
    let part: String = text.get(start..end)?.iter().collect();
    let odd = part.contains(['"', '＂', '“', '”']) || !part.chars().any(char::is_alphanumeric);
    (!odd && !cuts(start) && !cuts(end)).then_some(part)
}

/// Two hundred parts of passages, two to eight characters long: each finds its passage, its place and its printed lines.
#[test]
fn any_part_of_a_passage_finds_it_and_its_lines() {
    let data = folder();
    ingest(data.path(), &samples()).ok();
    let all: Vec<Value> =
        samples().iter().flat_map(|p| passages(&run(data.path(), &["extract".as_ref(), p.as_os_str()]).ok())).collect();
    assert!(all.len() > 50, "{} passages", all.len());
    let mut seed = 1_u64;
    let mut next = move |n: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % n
    };
    let mut tried = 0;
    while tried < 200 {
        let block = &all[next(all.len())];
        let text = block["text"].as_str().unwrap_or_default();
        let chars: Vec<char> = text.chars().collect();
        let (start, length) = (next(chars.len().max(1)), 2 + next(7));
        let Some(words) = part(&chars, start, start + length) else { continue };
        tried += 1;
        let answer = search(data.path(), &format!("\"{words}\""));
        let hits = answer["hits"].as_array().expect("hits");
        let hit = hits.iter().find(|h| h["kind"] == "passage" && h["text"] == text);
        let hit = hit.unwrap_or_else(|| panic!("{words:?} does not find {text:?}; {} hits", hits.len()));
        let places: Vec<(u64, u64)> = serde_json::from_value(hit["matches"].clone()).expect("places");
        assert!(
            places.iter().any(|m| m.0 < (start + length) as u64 && (start as u64) < m.1),
            "{words:?} in {text:?}: {places:?}"
        );
        let lines = block["lines"].as_array().map(Vec::as_slice).unwrap_or_default();
        let touched = lines.iter().filter(|l| {
            let (from, to) = (l["start"].as_u64().unwrap_or_default(), l["end"].as_u64().unwrap_or_default());
            places.iter().any(|m| m.0 < to && from < m.1)
        });
        assert_eq!(hit["boxes"].as_array().map(Vec::len), Some(touched.count()), "{words:?} in {text:?}");
    }
}

#[test]
fn what_is_shown() {
    let data = folder();
    let before = run(data.path(), &["search", "攻撃"]);
    ingest(data.path(), &samples()).ok();
    let mut recording = format!("no data\n{}\n", before.recording(data.path()));
    let calls: [&[&str]; 7] = [
        &["search", "不正アクセス", "--limit", "5"],
        &["search", "調査 -攻撃", "--kind", "caption"],
        &["search", "総務省", "--kind", "label"],
        &["search", "どこにもない言葉"],
        &["search", "\"攻撃"],
        &["search"],
        &["search", "--reindex"],
    ];
    for call in calls {
        recording += &format!("$ {}\n{}\n", call.join(" "), run(data.path(), call).recording(data.path()));
    }
    insta::assert_snapshot!("search", recording);
}

#[test]
fn a_query_reaches_the_index_and_joins_it() {
    let data = folder();
    ingest(data.path(), &samples()).ok();
    run(data.path(), &["search", "--reindex"]).ok();
    let ask = |pattern: &str| {
        run(
            data.path(),
            &["query", "--format", "csv", "-e", &format!("SELECT DISTINCT ?x ?page WHERE {{ {pattern} }}")],
        )
    };
    let found =
        ask(r#"SERVICE hk:search { ?x hk:match "不正アクセス" ; hk:kind "passage" } ?x hk:onPage/hk:pageIndex ?page"#)
            .ok();
    let answer = search(data.path(), "不正アクセス");
    let hits = answer["hits"].as_array().expect("hits").iter().filter(|h| h["kind"] == "passage");
    let mut expected: Vec<String> =
        hits.map(|h| format!("{},{}", h["node"].as_str().unwrap_or_default(), h["pageIndex"])).collect();
    let mut rows: Vec<&str> = found.lines().skip(1).collect();
    rows.sort_unstable();
    expected.sort();
    assert!(!expected.is_empty());
    assert_eq!(rows, expected);
    let refused = ask(r#"SERVICE hk:search { ?x hk:match "不正" FILTER(true) }"#);
    assert_eq!(refused.code, Some(1));
    assert!(refused.err.contains("FILTER belongs outside"), "{}", refused.err);
}

/// What is loaded later is found, and what gave way is not.
#[test]
fn the_index_follows_the_store() {
    let data = folder();
    let all = samples();
    ingest(data.path(), &all[..1]).ok();
    let words = "不正アクセス";
    let count = || search(data.path(), words)["total"].as_u64().unwrap_or_default();
    let first = count();
    assert!(first > 0);
    ingest(data.path(), &all).ok();
    let later = count();
    assert!(later > first, "{first} then {later}");
    std::fs::write(data.path().join("search/meta.json"), "damaged").expect("written");
    let mended = run(data.path(), &["search", words]);
    assert!(mended.err.contains("brought up to date"), "{}", mended.err);
    assert_eq!(count(), later);
    std::fs::remove_dir_all(data.path().join("search")).expect("removed");
    assert_eq!(count(), later);
}

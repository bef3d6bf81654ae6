//! The life of an edition: planned, loaded, replaced, renewed, taken out, verified.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use hakusho_tests::made::Made;
use hakusho_tests::{contents, export, folder, ingest, run, samples};
use serde_json::Value;

fn json(data: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&run(data, args).out).expect("JSON")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in Unicode")
}

/// Contents of a fresh load of some files.
fn fresh(files: &[PathBuf]) -> String {
    let folder = folder();
    let data = folder.path().join("data");
    ingest(&data, files).ok();
    contents(&data)
}

fn total(counts: &Value) -> u64 {
    counts.as_object().expect("counts").values().filter_map(Value::as_u64).sum()
}

#[test]
fn a_plan_says_what_would_come_and_go_and_changes_nothing() {
    let folder = folder();
    let data = folder.path().join("data");
    let [old, new] = [1, 2].map(|version| Made { year: 3, version }.write(folder.path()));
    let planned = json(&data, &["plan", "--json", text(&old[0]), text(&old[1])]);
    let outcomes = |plan: &Value| -> Vec<String> {
        let files = plan["files"].as_array().expect("files");
        files.iter().map(|f| f["outcome"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(outcomes(&planned), ["new", "new"]);
    ingest(&data, &old).ok();
    let before = export(&data);
    // Everything that would appear has appeared, in the graphs of the files and in that of things.
    // What unlisted things are called follows from the names that files have for them; a plan does not count it.
    let follows = |l: &str| {
        let of_kind = ["/item/", "/rc/", "/data/"].iter().any(|folder| l.contains(folder));
        l.contains("/graph/things>\t") && l.contains("core#prefLabel>") && !of_kind
    };
    let of_reports = || {
        let lines = contents(&data);
        lines.lines().skip(1).filter(|l| !l.contains("/graph/registry>\t") && !follows(l)).count() as u64
    };
    let loaded = of_reports();
    assert_eq!(loaded, planned["appearTotal"].as_u64().expect("a total"));
    let again = json(&data, &["plan", "--json", text(&old[0]), text(&old[1])]);
    assert_eq!((outcomes(&again), total(&again["appear"])), (vec!["unchanged".to_owned(); 2], 0));
    let replacing = json(&data, &["plan", "--json", text(&new[0])]);
    assert_eq!(outcomes(&replacing), ["replaces"]);
    assert!(total(&replacing["appear"]) > 100 && total(&replacing["vanish"]) > 100, "{replacing}");
    assert!(replacing["appear"]["Evidence"].as_u64() > Some(0) && replacing["vanish"]["Evidence"].as_u64() > Some(0));
    assert!(export(&data) == before, "planning changed the store");
    let after = loaded + total(&replacing["appear"]) - total(&replacing["vanish"]);
    ingest(&data, &new[..1]).ok();
    // Names that go are counted among what vanishes, though they are no statements of the file.
    let names = before.lines().filter(|l| l.contains("/graph/things>") && l.contains("core#prefLabel>")).count() as u64;
    assert!(of_reports().abs_diff(after) <= names, "the plan was not right: {} and {after}", of_reports());
}

#[test]
fn a_plan_with_other_knowledge_leaves_store_and_search_as_they_are() {
    let folder = folder();
    let data = folder.path().join("data");
    let file = Made { year: 3, version: 1 }.write(folder.path()).swap_remove(0);
    ingest(&data, std::slice::from_ref(&file)).ok();
    let before = contents(&data);
    let planned = json(&data, &["plan", "--detail", "full", "--json", text(&file)]);
    assert_eq!(planned["files"][0]["outcome"], "renewed", "{planned}");
    assert!(contents(&data) == before, "planning changed the store");
    let found = run(&data, &["query", "-e", "SELECT * { SERVICE hk:search { ?p hk:match \"報告\" } }"]);
    assert_eq!(found.code, Some(0), "{}", found.err);
}

#[test]
fn two_files_for_one_place_are_a_conflict_and_what_is_loaded_stays() {
    let folder = folder();
    let data = folder.path().join("data");
    let [old, new] = [1, 2].map(|version| Made { year: 3, version }.write(folder.path())[0].clone());
    let both = run(&data, &["plan", text(&old), text(&new)]);
    assert_eq!(both.code, Some(2), "{}", both.out);
    let conflict = both.out.lines().find(|l| l.starts_with("conflict")).expect("a conflict").to_owned();
    assert!(conflict.contains(text(&old)) && conflict.contains(text(&new)), "{conflict}");
    ingest(&data, std::slice::from_ref(&new)).ok();
    let before = export(&data);
    // In a new store the first of the two would count.
    assert_eq!(ingest(&data, &[old, new]).code, Some(2));
    assert!(export(&data) == before, "the store changed");
}

#[test]
fn a_retracted_file_leaves_nothing_but_history_and_comes_back_whole() {
    let folder = folder();
    let data = folder.path();
    ingest(data, &samples()).ok();
    let before = export(data);
    let dry = json(data, &["editions", "retract", "--dry-run", "--json", "mihon-2025"]);
    assert!(export(data) == before, "a dry run changed the store");
    assert!(total(&dry["vanish"]) > 1000 && dry["otherFiles"] == 2, "{dry}");
    let kept = dry["keptStatements"].as_u64().expect("a number");
    let out = run(data, &["editions", "retract", "mihon-2025"]).ok();
    assert!(out.contains(&format!("all {kept} statements of the 2 other files")), "{out}");
    assert!(contents(data) == fresh(&samples()[..2]), "not the store of the two other files");
    let unknown = run(data, &["editions", "retract", "mihon-2025"]);
    assert_eq!(unknown.code, Some(1));
    assert!(unknown.err.contains("nothing that is loaded is called `mihon-2025`"), "{}", unknown.err);
    ingest(data, &samples()).ok();
    assert!(export(data) == before, "not the store it was");
    let history = run(data, &["editions", "show", "mihon-2025"]).ok();
    let words = ["new", "retracted", "new"];
    let rows: Vec<&str> = history.lines().filter(|l| words.iter().any(|w| l.contains(&format!("  {w} ")))).collect();
    assert_eq!(rows.len(), 3, "{history}");
    assert!(rows.iter().zip(words).all(|(row, word)| row.contains(word)), "{history}");
}

#[test]
fn a_file_is_meant_by_its_name_or_hash_and_only_by_all_of_the_name() {
    let folder = folder();
    ingest(folder.path(), &samples()).ok();
    let count = |name: &str| {
        let dry = run(folder.path(), &["editions", "retract", "--dry-run", "--json", name]);
        serde_json::from_str::<Value>(&dry.out).ok().and_then(|v| v["files"].as_array().map(Vec::len))
    };
    let listed = json(folder.path(), &["editions", "list", "--json"]);
    let hash = listed[0]["sha256"].as_str().expect("a hash");
    assert_eq!(count("mihon-r05.pdf"), Some(1));
    assert_eq!(count(&hash[..8]), Some(1));
    assert_eq!(count(&hash[..7]), None);
    assert_eq!(count("mihon"), None);
}

#[test]
fn a_decision_renews_what_it_concerns_and_the_store_is_that_of_a_fresh_load() {
    let folder = folder();
    let (data, other) = (folder.path().join("data"), folder.path().join("other"));
    let table = folder.path().join("rows.tsv");
    fs::write(&table, "surface\ttype\taction\ttarget\tscope\tnote\tmade\n総務省\tORG\tnot\t\t\t\t2026-01-01\n")
        .expect("a file");
    let files: Vec<PathBuf> =
        [1, 2].iter().flat_map(|year| Made { year: *year, version: 1 }.write(folder.path())).collect();
    ingest(&data, &files).ok();
    let before = contents(&data);
    for data in [&data, &other] {
        run(data, &["init"]).ok();
        run(data, &["review", "apply", text(&table)]).ok();
    }
    let mut args = vec!["plan", "--json"];
    args.extend(files.iter().map(|f| text(f)));
    let plan = json(&data, &args);
    assert!(plan["files"].as_array().expect("files").iter().all(|f| f["outcome"] == "renewed"), "{plan}");
    assert!(plan["vanishTotal"].as_u64() > Some(0), "{plan}");
    ingest(&data, &files).ok();
    ingest(&other, &files).ok();
    let after = contents(&data);
    assert!(after != before, "the decision changed nothing");
    assert!(after == contents(&other), "renewed files are not those of a fresh load");
}

/// Random loads, replacements and retractions through the binary.
#[test]
fn sequences_of_changes_end_where_a_fresh_load_begins() {
    for seed in 1..=4u64 {
        let folder = folder();
        let data = folder.path().join("data");
        let mut dice = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut below = |n: u64| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (dice >> 33) % n
        };
        let mut loaded: BTreeMap<u32, Made> = BTreeMap::new();
        for _ in 0..6 {
            let year = 1 + below(3) as u32;
            if loaded.contains_key(&year) && below(3) == 0 {
                run(&data, &["editions", "retract", &format!("ict-wp-{}", 2018 + year)]).ok();
                loaded.remove(&year);
            } else {
                let made = Made { year, version: 1 + below(3) as u32 };
                ingest(&data, &made.write(folder.path())).ok();
                loaded.insert(year, made);
            }
        }
        let remaining: Vec<PathBuf> = loaded.values().flat_map(|m| m.write(folder.path())).collect();
        // Nothing can be loaded fresh where nothing remains.
        if !remaining.is_empty() {
            assert!(contents(&data) == fresh(&remaining), "seed {seed}: {loaded:?}");
        }
    }
}

/// The one object of a kind that belongs to a loaded file.
fn object(data: &Path, file: &Value, ending: &str) -> PathBuf {
    let hash = file[if ending == "pdf" { "sha256" } else { "artifact" }].as_str().expect("a hash");
    data.join("objects").join(&hash[..2]).join(format!("{}.{ending}", &hash[2..]))
}

#[test]
fn what_was_loaded_is_sound_and_reading_it_again_gives_the_same() {
    let folder = folder();
    ingest(folder.path(), &samples()).ok();
    let verified = json(folder.path(), &["editions", "verify", "--rebuild", "--json"]);
    let files = verified.as_array().expect("files");
    assert_eq!(files.len(), 3);
    for file in files {
        assert_eq!(
            (file["rebuilt"].as_bool(), file["problems"].as_array().map(Vec::len)),
            (Some(true), Some(0)),
            "{file}"
        );
        assert!(file["statements"].as_u64() > Some(1000), "{file}");
    }
}

#[test]
fn damaged_objects_are_named_and_the_advice_heals_them() {
    let folder = folder();
    let (data, path) = (folder.path().join("data"), samples()[0].clone());
    ingest(&data, std::slice::from_ref(&path)).ok();
    ingest(&data, &samples()[1..2]).ok();
    let before = contents(&data);
    let file = json(&data, &["editions", "list", "--json"])[0].clone();
    let other = json(&data, &["editions", "list", "--json"])[1].clone();
    let of_other = |ending: &str| fs::read(object(&data, &other, ending)).expect("an object");
    let flipped = |ending: &str| {
        let mut bytes = fs::read(object(&data, &file, ending)).expect("an object");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        bytes
    };
    let cases = [
        ("pdf", "file", Some(flipped("pdf"))),
        ("pdf", "file", None),
        ("nq.gz", "artifact", Some(flipped("nq.gz"))),
        ("nq.gz", "artifact", Some(of_other("nq.gz"))),
        ("nq.gz", "artifact", None),
        ("json.gz", "artifact", Some(b"no document".to_vec())),
    ];
    for (ending, what, damage) in cases {
        let damaged = object(&data, &file, ending);
        match &damage {
            Some(bytes) => fs::write(&damaged, bytes).expect("an object"),
            None => fs::remove_file(&damaged).expect("an object"),
        }
        let found = run(&data, &["editions", "verify"]);
        assert_eq!(found.code, Some(2), "{ending}: {}", found.out);
        let told = found.out.contains(&format!("{what}: ")) && found.out.contains(text(&damaged));
        assert!(told && found.out.contains("hakusho ingest"), "{ending}: {}", found.out);
        assert_eq!(found.out.matches("DIFFERS").count(), 1, "{ending}: {}", found.out);
        if damage.is_some() {
            fs::remove_file(&damaged).expect("an object");
        }
        ingest(&data, std::slice::from_ref(&path)).ok();
        run(&data, &["editions", "verify"]).ok();
    }
    assert!(contents(&data) == before, "the store changed");
}

/// A document that is not the one the quotes come from.
#[test]
fn quotes_that_do_not_stand_in_the_document_are_found() {
    let folder = folder();
    let data = folder.path();
    ingest(data, &samples()[..2]).ok();
    let listed = json(data, &["editions", "list", "--json"]);
    let sound = json(data, &["editions", "verify", "--json", "mihon-2023"]);
    assert!(sound[0]["quotes"].as_u64() > Some(100), "{sound}");
    fs::copy(object(data, &listed[1], "json.gz"), object(data, &listed[0], "json.gz")).expect("an object");
    let found = run(data, &["editions", "verify", "mihon-2023"]);
    assert_eq!(found.code, Some(1), "{}", found.out);
    assert!(found.out.contains("evidence: the quote of"), "{}", found.out);
}

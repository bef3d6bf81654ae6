//! `hakusho editions diff` over the sample editions, which are made to differ in known ways.

use std::path::Path;

use hakusho_tests::{Run, TempDir, folder, hakusho, ingest, run, samples};
use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

fn loaded() -> TempDir {
    let folder = folder();
    ingest(folder.path(), &samples()).ok();
    folder
}

fn diff(data: &Path, args: &[&str]) -> Run {
    let output = hakusho(data).args(["editions", "diff"]).args(args).env("COLUMNS", "200").output();
    output.expect("hakusho starts").into()
}

fn json(data: &Path, before: &str, after: &str) -> Value {
    serde_json::from_str(&diff(data, &[before, after, "--json"]).ok()).expect("JSON")
}

fn list<'v>(value: &'v Value, path: &str) -> &'v Vec<Value> {
    value.pointer(path).and_then(Value::as_array).unwrap_or_else(|| panic!("no list at {path}"))
}

#[test]
fn what_changed_between_neighbours() {
    let folder = loaded();
    for (name, before, after) in [("r05_r06", "mihon-2023", "mihon-2024"), ("r06_r07", "mihon-2024", "mihon-2025")] {
        let text = diff(folder.path(), &[before, after]).ok();
        let wide: Vec<&str> = text.lines().filter(|l| l.width() > 100).collect();
        assert!(wide.is_empty(), "{wide:#?}");
        insta::assert_snapshot!(format!("diff_{name}"), text);
    }
}

/// corpora/samples/README.md: one printed place of the year before is wrong in the newest edition, and none in the other.
#[test]
fn the_wrong_place_of_the_year_before_is_found_in_both_directions() {
    let folder = loaded();
    let wrong = |before: &str, after: &str| -> Vec<String> {
        let found = json(folder.path(), before, after);
        let moves = list(&found, "/diff/rankings/0/moves");
        let wrong = moves.iter().filter(|m| m["agrees"] == false);
        wrong.map(|m| m["item"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let known = ["内部不正による情報の持ち出し"];
    assert_eq!(wrong("mihon-2024", "mihon-2025"), known);
    assert_eq!(wrong("mihon-2025", "mihon-2024"), known);
    assert_eq!(wrong("mihon-2023", "mihon-2024"), [""; 0]);
    assert_eq!(json(folder.path(), "mihon-2023", "mihon-2025")["diff"]["rankings"][0]["checked"], false);
}

/// The README again: the university's incident is told with another number; figures of the survey stand with both years.
#[test]
fn what_is_known_of_the_samples_is_found() {
    let folder = loaded();
    let found = json(folder.path(), "mihon-2023", "mihon-2024");
    let retold = &list(&found, "/diff/incidents/retold")[0];
    assert_eq!(retold["before"]["quantities"], serde_json::json!(["約11万人分"]));
    assert_eq!(retold["after"]["quantities"], serde_json::json!(["11万2,400人"]));
    let figures = list(&found, "/diff/figures/changes");
    let contract = figures.iter().find(|f| f["before"]["printed"] == "45.2").expect("電子契約");
    assert_eq!((&contract["after"]["printed"], &contract["relation"]), (&"52.8".into(), &"updated".into()));
    assert_eq!(
        (&contract["before"]["place"]["label"], &contract["after"]["place"]["label"]),
        (&"15".into(), &"49".into())
    );
    let revised = figures.iter().filter(|f| f["relation"] == "revised").count();
    assert_eq!(revised, 0, "numbers agree across the samples");
}

#[test]
fn what_is_new_one_way_is_gone_the_other() {
    let folder = loaded();
    let (there, back) =
        (json(folder.path(), "mihon-2023", "mihon-2024"), json(folder.path(), "mihon-2024", "mihon-2023"));
    for kind in ["sections", "exhibits"] {
        let fates = |v: &Value, fate: &str| {
            list(v, &format!("/diff/{kind}/changes")).iter().filter(|c| c["fate"] == fate).count()
        };
        assert_eq!(fates(&there, "new"), fates(&back, "gone"), "{kind}");
        assert_eq!(there["diff"][kind]["kept"], back["diff"][kind]["kept"], "{kind}");
    }
    for list in ["names", "incidents"] {
        assert_eq!(there["diff"][list]["new"], back["diff"][list]["gone"], "{list}");
    }
    assert_eq!(there["diff"]["figures"]["only_after"], back["diff"]["figures"]["only_before"]);
}

#[test]
fn an_edition_is_the_same_as_itself() {
    let folder = loaded();
    for slug in ["mihon-2023", "mihon-2024", "mihon-2025"] {
        let text = diff(folder.path(), &[slug, slug]).ok();
        assert!(text.contains("Nothing changed:"), "{text}");
    }
}

#[test]
fn files_and_loaded_editions_give_the_same() {
    let (folder, empty) = (loaded(), folder());
    let paths: Vec<String> = samples().iter().map(|p| p.display().to_string()).collect();
    let from_files = diff(empty.path(), &[&paths[0], &paths[1]]).ok();
    assert_eq!(from_files, diff(folder.path(), &["令和5年版", "mihon-r06.pdf"]).ok());
    assert!(!empty.path().join("hakusho.toml").exists(), "nothing is stored");
}

#[test]
fn the_change_set_rests_on_evidence() {
    let folder = loaded();
    let turtle = diff(folder.path(), &["mihon-2023", "mihon-2024", "--to", "ttl"]).ok();
    assert_eq!(turtle, diff(folder.path(), &["mihon-2023", "mihon-2024", "--to", "ttl"]).ok());
    let found = json(folder.path(), "mihon-2023", "mihon-2024");
    let count = |of: &str| turtle.matches(of).count();
    assert_eq!(count("\"figure-updated\""), list(&found, "/diff/figures/changes").len());
    assert_eq!(count("\"name-new\""), list(&found, "/diff/names/new").len());
    assert_eq!(count("\"incident-retold\""), 1);
    assert_eq!(count("a hk:Comparison"), 1);
    // Every state has evidence, and every piece of evidence its place and quote.
    assert_eq!(count("a hk:Evidence"), count("hk:offsets"));
    let subjects: Vec<&str> = turtle.split("\n<").collect();
    for state in
        subjects.iter().filter(|s| s.lines().next().is_some_and(|l| l.contains("-before>") || l.contains("-after>")))
    {
        assert!(state.contains("hk:evidence "), "{state}");
    }
}

#[test]
fn editions_that_are_not_there_are_named() {
    let folder = loaded();
    let missing = diff(folder.path(), &["mihon-2023", "mihon-1999"]);
    assert_eq!((missing.code, missing.err.contains("`mihon-1999`")), (Some(1), true), "{missing:?}");
    let several = diff(folder.path(), &["動向白書", "mihon-2024"]);
    assert!(several.code == Some(1) && several.err.contains("mihon-2023, mihon-2024, mihon-2025"), "{several:?}");
    let nothing = run(&folder.path().join("none"), &["editions", "diff", "a", "b"]);
    assert!(nothing.code == Some(1) && nothing.err.contains("there is no data folder"), "{nothing:?}");
}

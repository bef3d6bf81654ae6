//! The review queue: questions of loaded files, decisions that change links, survive loads, and are told when they apply
//! nowhere any more.

use std::fs;
use std::path::Path;

use hakusho_tests::{Run, TempDir, export, folder, ingest, run, samples};
use serde_json::Value;

const HEAD: &str = "surface\ttype\taction\ttarget\tscope\tnote\tmade\n";

/// A data folder with the three sample editions.
fn loaded() -> TempDir {
    let folder = folder();
    run(folder.path(), &["init"]).ok();
    let config = folder.path().join("hakusho.toml");
    let text = fs::read_to_string(&config).expect("made").replace("lean", "full");
    fs::write(&config, text).expect("written");
    ingest(folder.path(), &samples()).ok();
    folder
}

fn questions(data: &Path) -> Vec<Value> {
    let json = run(data, &["review", "list", "--json"]).ok();
    serde_json::from_str::<Value>(&json).expect("JSON").as_array().expect("a list").clone()
}

fn question(data: &Path, surface: &str) -> Option<Value> {
    questions(data).into_iter().find(|q| q["surface"] == surface)
}

fn apply(data: &Path, rows: &str) -> Run {
    let file = data.join("rows.tsv");
    fs::write(&file, format!("{HEAD}{rows}")).expect("written");
    run(data, &["review".as_ref(), "apply".as_ref(), file.as_os_str()])
}

/// How often mentions with that surface name that entity, by the rule that persons make.
fn decided(data: &Path, entity: &str) -> usize {
    let query = format!(
        "PREFIX hk: <https://w3id.org/hakusho/ns#> SELECT ?m ?s ?c WHERE {{ GRAPH ?g {{ ?m hk:standsFor <{entity}> ; \
         hk:rule \"decision\" ; hk:verbatim ?s ; hk:confidence ?c FILTER(?c = 1.000) }} }}"
    );
    run(data, &["query", "--format", "csv", "-e", &query]).ok().lines().count() - 1
}

#[test]
fn the_queue_shows_places_candidates_and_reasons() {
    let folder = loaded();
    let data = folder.path();
    let all = questions(data);
    let counts: Vec<u64> = all.iter().map(|q| q["count"].as_u64().expect("a count")).collect();
    assert!(counts.is_sorted_by(|a, b| a >= b) && counts.len() > 20, "{counts:?}");
    assert_eq!(all, questions(data), "the queue is the same each time");
    let asked = question(data, "見本大学").expect("a name that no list has");
    assert_eq!((asked["kind"].as_str(), asked["type"].as_str()), (Some("unlisted"), Some("ORG")));
    assert!(asked["places"][0]["quote"].as_str().expect("a quote").contains("[[見本大学"), "{asked:#}");
    assert!(asked["candidates"][0]["score"].as_i64().expect("a score") < 800, "likeness only proposes: {asked:#}");
    let id = asked["id"].as_str().expect("an id");
    let shown = run(data, &["review", "show", id]).ok();
    assert!(shown.contains("one character differs from a listed name") && shown.contains(" page "), "{shown}");
    let few = run(data, &["review", "list", "--kind", "unlisted", "--limit", "2"]).ok();
    assert_eq!(few.lines().count(), 4, "{few}");
}

#[test]
fn a_decision_changes_the_link_and_survives_every_load() {
    let folder = loaded();
    let data = folder.path();
    let asked = question(data, "見本大学").expect("a name that no list has");
    let target = asked["candidates"][0]["entity"].as_str().expect("an IRI").to_owned();
    assert_eq!(decided(data, &target), 0);

    let run = apply(
        data,
        &format!("見本大学\tORG\tsame\t{target}\t\tfor the test\t\n見本大学\tFIRM\tnot\n甲\tORG\tis\torg/x/none\n"),
    );
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.out.contains("accepted    line 2: 見本大学 ORG same org/"), "{}", run.out);
    assert!(run.out.contains("REFUSED     line 3: `FIRM` is no type of entity"), "{}", run.out);
    assert!(run.out.contains("REFUSED     line 4: `org/x/none` is in no list"), "{}", run.out);
    assert!(run.out.contains("load again  mihon-r07.pdf"), "{}", run.out);
    assert_eq!(
        apply(data, &format!("見本大学\tORG\tsame\t{target}\t\tfor the test\t\n")).out.matches("known ").count(),
        1
    );

    let again = ingest(data, &samples()).ok();
    assert_eq!(again.matches("renewed").count(), 3, "{again}");
    let count = decided(data, &target);
    assert!(count >= 3, "{count} mentions");
    assert!(question(data, "見本大学").is_none(), "what is decided is not asked again");

    let before = export(data);
    let unchanged = ingest(data, &samples()).ok();
    assert_eq!(unchanged.matches("unchanged").count(), 3, "{unchanged}");
    assert_eq!(export(data), before);

    // The table alone carries the decision into a new folder.
    let other = hakusho_tests::folder();
    for file in ["hakusho.toml", "decisions.tsv"] {
        fs::copy(data.join(file), other.path().join(file)).expect("copied");
    }
    ingest(other.path(), &samples()).ok();
    assert_eq!(export(other.path()), before);
}

#[test]
fn a_decision_that_applies_nowhere_is_reported() {
    let folder = loaded();
    let data = folder.path();
    assert_eq!(apply(data, "見本大学\tORG\tis\n").code, Some(1), "`is` needs a target");
    let rows = "見本大学\tORG\tnot\t\tmihon-2025\n去年の社名\tORG\tnot\n財団\tORG\tnot\t\tmihon-2099\n";
    assert_eq!(apply(data, rows).code, Some(0));
    let waiting = run(data, &["review", "list", "--decisions"]);
    assert!(
        waiting.out.contains("to be replayed") && waiting.err.contains("`hakusho ingest` replays them"),
        "{waiting:?}"
    );

    let load = ingest(data, &samples());
    assert!(load.err.contains("the decision `去年の社名 ORG not` no longer applies: 3 loaded files"), "{}", load.err);
    assert!(
        load.err.contains("`財団 ORG not mihon-2099` no longer applies: no loaded file is in its scope"),
        "{}",
        load.err
    );
    let list = run(data, &["review", "list", "--decisions", "--json"]);
    let rows: Value = serde_json::from_str(&list.out).expect("JSON");
    let state = |surface: &str| {
        let row = rows.as_array().into_iter().flatten().find(|r| r["surface"] == surface).expect("a row");
        (row["state"].as_str().unwrap_or_default().to_owned(), row["applied"].as_u64(), row["files"].as_u64())
    };
    assert_eq!(state("去年の社名"), ("no longer applies".to_owned(), Some(0), Some(3)));
    let (word, applied, files) = state("見本大学");
    assert_eq!((word.as_str(), files), ("applies", Some(1)));
    assert!(applied > Some(0));
    assert_eq!(list.err.matches("no longer applies").count(), 2, "{}", list.err);
}

#[test]
fn the_template_can_be_applied_as_it_is_and_decides_nothing() {
    let folder = loaded();
    let data = folder.path();
    let template = run(data, &["review", "list", "--tsv"]).ok();
    assert!(template.starts_with(HEAD) && template.lines().count() > 20, "{template}");
    let file = data.join("template.tsv");
    fs::write(&file, template).expect("written");
    let applied = run(data, &["review".as_ref(), "apply".as_ref(), file.as_os_str()]);
    assert_eq!((applied.code, applied.out.as_str()), (Some(0), ""), "{applied:?}");
    assert!(!data.join("decisions.tsv").exists());
}

#[test]
fn extract_replays_decisions_too() {
    let folder = folder();
    let file = folder.path().join("mine.tsv");
    fs::write(&file, format!("{HEAD}見本大学\tORG\tnot\n甲\tORG\tis\n")).expect("written");
    let sample = samples()[2].clone();
    let args = ["extract".as_ref(), sample.as_os_str(), "--decisions".as_ref(), file.as_os_str()];
    let with = run(folder.path(), &args);
    assert!(with.err.contains("mine.tsv` line 3: the target is missing; the row is passed over"), "{}", with.err);
    let count = |json: &str| {
        let document: Value = serde_json::from_str(json).expect("JSON");
        document["mentions"].as_array().into_iter().flatten().filter(|m| m["surface"] == "見本大学").count()
    };
    assert_eq!(count(&with.out), 0);
    assert!(count(&run(folder.path(), &args[..2]).ok()) > 0);
    let lines =
        run(folder.path(), &["extract".as_ref(), "--to".as_ref(), "questions".as_ref(), sample.as_os_str()]).ok();
    assert!(
        lines.lines().all(|l| serde_json::from_str::<Value>(l).is_ok_and(|q| q["id"].is_string())) && !lines.is_empty()
    );
}

//! The index stays in step with the store, whatever happens to either.

use std::fs;
use std::path::{Path, PathBuf};

use hakusho_store::{SearchError, Synced};

use super::{Data, file, graph};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn synced(added: usize, removed: usize, things: usize) -> Synced {
    Synced { added, removed, things, rebuilt: false }
}

#[test]
fn graphs_come_change_and_go() {
    let folder = folder();
    let data = Data::at(folder.path());
    let sync = || data.index.sync(&data.archive).expect("in step");
    data.load(&[file("a", &["標的型攻撃"], &[]), file("b", &["標的型メール"], &[])]);
    assert_eq!(sync(), Synced { rebuilt: true, ..synced(2, 0, 0) });
    assert_eq!(data.found("標的型"), ["a/c/b1", "b/c/b1"]);
    assert_eq!(sync(), synced(0, 0, 0), "nothing changed");
    data.load(&[file("a", &["標的型攻撃", "別の標的型攻撃"], &[])]);
    assert_eq!(sync(), synced(1, 1, 0), "the same file, read anew");
    assert_eq!(data.found("標的型").len(), 3);
    data.load(&[file("c", &["標的型の備え"], &["b"])]);
    assert_eq!(sync(), synced(1, 1, 0), "another file in its place");
    assert_eq!(data.found("標的型").len(), 3);
    assert_eq!(data.found("メール"), [""; 0]);
    assert_eq!(data.found("備え"), ["c/c/b1"]);
}

#[test]
fn shared_things_are_replaced_one_by_one() {
    let folder = folder();
    let data = Data::at(folder.path());
    let sync = || data.index.sync(&data.archive).expect("in step");
    data.things("1", &[("org/1", "第一銀行"), ("org/2", "第二銀行")]);
    assert_eq!(sync().things, 2);
    data.things("2", &[("org/1", "第一銀行"), ("org/2", "第二信用金庫"), ("org/3", "第三銀行")]);
    assert_eq!(sync(), synced(0, 0, 2), "one changed, one came");
    assert_eq!(data.found("銀行"), ["org/1", "org/3"]);
    assert_eq!(data.found("信用金庫"), ["org/2"]);
    data.things("3", &[("org/3", "第三銀行")]);
    assert_eq!(sync(), synced(0, 0, 2), "two went");
    assert_eq!(data.found("第"), ["org/3"]);
    data.things("4", &[("org/3", "第三銀行")]);
    assert_eq!(sync(), synced(0, 0, 0), "the same labels");
}

#[test]
fn an_index_that_is_behind_says_so() {
    let folder = folder();
    let data = Data::at(folder.path());
    let missing = data.search("攻撃").expect_err("no index");
    assert!(matches!(missing, SearchError::Missing { .. }), "{missing}");
    data.load(&[file("a", &["標的型攻撃"], &[])]);
    data.index.sync(&data.archive).expect("in step");
    assert_eq!(data.found("攻撃"), ["a/c/b1"]);
    data.load(&[file("b", &["標的型攻撃"], &["a"])]);
    let behind = data.search("攻撃").expect_err("behind");
    assert!(
        matches!(behind, SearchError::Behind { .. }) && behind.to_string().contains("hakusho search --reindex"),
        "{behind}"
    );
    let in_query = data.ask(r#"SELECT ?x { SERVICE hk:search { ?x hk:match "攻撃" } }"#).expect_err("behind");
    assert!(in_query.contains("hakusho search --reindex"), "{in_query}");
    data.index.sync(&data.archive).expect("in step");
    assert_eq!(data.found("攻撃"), ["b/c/b1"]);
}

/// A reader that has the index open goes on with it while another one writes.
#[test]
fn a_reader_keeps_what_it_has_open() {
    let (folder, other) = (folder(), folder());
    let data = Data::at(folder.path());
    data.load(&[file("a", &["標的型攻撃"], &[])]);
    data.index.sync(&data.archive).expect("in step");
    assert_eq!(data.found("攻撃"), ["a/c/b1"]);
    let writer = Data::at(other.path());
    writer.load(&[file("b", &["標的型攻撃"], &[])]);
    hakusho_store::SearchIndex::at(data.index.path()).sync(&writer.archive).expect("in step with another store");
    assert_eq!(data.found("攻撃"), ["a/c/b1"], "still open");
    let fresh = hakusho_store::SearchIndex::at(data.index.path());
    let request = hakusho_store::SearchRequest::new("攻撃", 1);
    assert!(matches!(fresh.search(&data.archive, &request), Err(SearchError::Behind { .. })));
}

#[test]
fn only_one_writes_at_a_time() {
    let folder = folder();
    let data = Data::at(folder.path());
    data.index.sync(&data.archive).expect("in step");
    let lock = fs::File::open(data.index.path().join(".hakusho.lock")).expect("the lock");
    lock.lock().expect("locked");
    assert!(matches!(data.index.sync(&data.archive), Err(SearchError::Busy { .. })));
    drop(lock);
    data.index.sync(&data.archive).expect("free again");
}

fn files(index: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = fs::read_dir(index)
        .expect("the index")
        .map(|e| e.expect("an entry").path())
        .filter(|p| !p.file_name().is_some_and(|n| n.to_string_lossy().ends_with(".lock")))
        .collect();
    all.sort();
    all
}

/// Whatever becomes of a file of the index: no wrong answer, and the next load makes it good.
#[test]
fn a_damaged_index_is_made_anew() {
    type Damage = fn(&Path, &[u8]);
    let damages: [(&str, Damage); 4] = [
        ("gone", |path, _| fs::remove_file(path).expect("removed")),
        ("empty", |path, _| fs::write(path, []).expect("written")),
        ("cut", |path, bytes| fs::write(path, &bytes[..bytes.len() / 2]).expect("written")),
        ("flipped", |path, bytes| {
            let mut bytes = bytes.to_vec();
            let middle = bytes.len() / 3;
            bytes[middle] ^= 0x20;
            fs::write(path, bytes).expect("written");
        }),
    ];
    let folder = folder();
    let data = Data::at(folder.path());
    data.load(&[file("a", &["標的型攻撃", "標的型メール"], &[])]);
    data.index.sync(&data.archive).expect("in step");
    // A deletion, so that there is a file of the deleted.
    data.load(&[file("b", &["標的型の備え", "標的型メール"], &[])]);
    data.index.sync(&data.archive).expect("in step");
    data.things("1", &[("org/1", "標的型対策室")]);
    data.index.sync(&data.archive).expect("in step");
    let right = data.search("標的型 -攻撃").expect("an answer");
    let mut refused = 0;
    for (how, damage) in damages {
        let count = files(data.index.path()).len();
        for i in 0..count {
            let Some(path) = files(data.index.path()).get(i).cloned() else { continue };
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            damage(&path, &fs::read(&path).expect("a file"));
            // Opened anew, as another process would.
            let other = hakusho_store::SearchIndex::at(data.index.path());
            match other.search(&data.archive, &hakusho_store::SearchRequest::new("標的型 -攻撃", 100)) {
                Ok(answer) => assert_eq!(answer, right, "{how} {name}"),
                Err(error) => {
                    refused += 1;
                    assert!(error.to_string().contains("hakusho search --reindex"), "{how} {name}: {error}");
                }
            }
            other.sync(&data.archive).unwrap_or_else(|e| panic!("{how} {name}: {e}"));
            let again = other.search(&data.archive, &hakusho_store::SearchRequest::new("標的型 -攻撃", 100));
            assert_eq!(again.expect("an answer"), right, "{how} {name}");
        }
    }
    assert!(refused > 20, "only {refused} kinds of damage were seen");
}

#[test]
fn the_index_of_another_version_is_made_anew() {
    let folder = folder();
    let data = Data::at(folder.path());
    data.load(&[file("a", &["標的型攻撃"], &[])]);
    data.index.sync(&data.archive).expect("in step");
    let meta = data.index.path().join("meta.json");
    let text = fs::read_to_string(&meta).expect("meta.json");
    assert!(text.contains("hakusho-search/"));
    fs::write(&meta, text.replace("hakusho-search/", "hakusho-search/0.")).expect("written");
    let other = hakusho_store::SearchIndex::at(data.index.path());
    let error =
        other.search(&data.archive, &hakusho_store::SearchRequest::new("攻撃", 1)).expect_err("another version");
    assert!(error.to_string().contains("another version"), "{error}");
    assert!(other.sync(&data.archive).expect("made anew").rebuilt);
    assert_eq!(data.found("攻撃"), ["a/c/b1"]);
}

/// However a store came to be what it is, its index answers the same, scores included.
#[test]
fn history_leaves_no_trace() {
    let names = ["a", "b", "c", "d", "e"];
    let words = ["標的型", "攻撃", "型", "攻撃 標的型", "メール OR 備え", "攻撃 -メール", "動向", "銀行"];
    let texts = ["標的型攻撃が増えた", "標的型メールの攻撃、攻撃", "攻撃への備え", "銀行の備えと標的型"];
    let mut seed = 7_u64;
    let mut next = move |n: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % n
    };
    let lived = folder();
    let data = Data::at(lived.path());
    // What each file held last.
    let mut now: std::collections::BTreeMap<&str, Vec<&str>> = std::collections::BTreeMap::new();
    for round in 0..12 {
        let name = names[next(names.len())];
        let own: Vec<&str> = (0..=next(6)).map(|i| texts[(i + next(4)) % 4]).collect();
        let gone = names[next(names.len())];
        let replaces: &[&str] = if round % 3 == 2 && gone != name { &[gone] } else { &[] };
        data.load(&[file(name, &own, replaces)]);
        now.insert(name, own);
        for gone in replaces {
            now.remove(gone);
        }
        data.things(&round.to_string(), &[("org/1", "第一銀行"), (&format!("org/{round}"), "攻撃銀行")]);
        data.index.sync(&data.archive).expect("in step");
    }
    let born = folder();
    let fresh = Data::at(born.path());
    fresh.load(&now.iter().map(|(name, own)| file(name, own, &[])).collect::<Vec<_>>());
    fresh.things("x", &[("org/1", "第一銀行"), ("org/11", "攻撃銀行")]);
    fresh.index.sync(&fresh.archive).expect("in step");
    for words in words {
        let (old, new) = (data.search(words).expect("an answer"), fresh.search(words).expect("an answer"));
        assert!(new.total > 0, "{words}");
        assert_eq!(old, new, "{words}");
    }
    assert!(now.keys().all(|n| graph(n).as_str().len() > 16));
}

#[test]
fn equals_are_in_the_order_of_their_names_wherever_they_are_cut() {
    let folder = folder();
    let data = Data::at(folder.path());
    // Three segments, names not in the order of loading.
    for name in ["b", "c", "a"] {
        data.load(&[file(name, &["同じ文", "同じ文", "同じ文"], &[])]);
        data.index.sync(&data.archive).expect("in step");
    }
    let all = data.found("同じ文");
    let mut sorted = all.clone();
    sorted.sort();
    assert_eq!((all.len(), &all), (9, &sorted));
    for limit in 1..=10 {
        let request = hakusho_store::SearchRequest::new("同じ文", limit);
        let answer = data.index.search(&data.archive, &request).expect("an answer");
        let found: Vec<&str> = answer.hits.iter().map(|h| h.node.trim_start_matches(super::BASE)).collect();
        assert_eq!(found, all[..limit.min(9)], "{limit}");
        assert_eq!(answer.total, 9);
    }
}

//! `hakusho backup` and `restore`: what comes back is what was there; half a backup is never seen; damage is named.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use hakusho_tests::{Run, TempDir, folder, hakusho, ingest, note, run, samples};

fn loaded() -> TempDir {
    let folder = folder();
    ingest(&folder.path().join("data"), &samples()).ok();
    folder
}

fn backup(data: &Path, to: &Path) -> Run {
    run(data, &["backup".as_ref(), to.as_os_str()])
}

fn restore(from: &Path, data: &Path, option: Option<&str>) -> Run {
    let mut command = hakusho(data);
    command.arg("restore").arg(from).args(option);
    command.output().expect("hakusho starts").into()
}

/// Everything in a store, load runs included.
fn everything(data: &Path) -> String {
    run(data, &["export", "--history"]).ok()
}

fn first_object(folder: &Path, ending: &str) -> PathBuf {
    let mut found: Vec<PathBuf> = fs::read_dir(folder.join("objects"))
        .expect("objects")
        .flat_map(|e| fs::read_dir(e.expect("a folder").path()).expect("a folder"))
        .map(|e| e.expect("a file").path())
        .filter(|p| p.to_string_lossy().ends_with(ending))
        .collect();
    found.sort();
    found.remove(0)
}

#[test]
fn what_comes_back_is_what_was_there() {
    let folder = loaded();
    let (data, bag, new) = (folder.path().join("data"), folder.path().join("bag"), folder.path().join("new"));
    fs::write(data.join("decisions.tsv"), "surface\ttype\taction\ttarget\tscope\tnote\tmade\n").expect("decisions");
    fs::create_dir(data.join("notes")).expect("a folder of the user's own");
    fs::write(data.join("notes/questions.txt"), "?").expect("a question");
    assert_eq!(backup(&data, &bag).code, Some(0));
    assert_eq!(restore(&bag, &new, Some("--dry-run")).code, Some(0));
    assert!(!new.exists(), "a dry run restores nothing");
    restore(&bag, &new, None).ok();
    assert!(everything(&new) == everything(&data));
    assert!(everything(&new).contains("/id/run/"));
    for path in ["hakusho.toml", "decisions.tsv", "notes/questions.txt"] {
        assert_eq!(fs::read(new.join(path)).expect(path), fs::read(data.join(path)).expect(path));
    }
    let found = run(&new, &["query", "-e", "ASK { SERVICE hk:search { ?x hk:match \"総務省\" } }"]).ok();
    assert!(found.trim() == "yes", "{found}");
    let again = ingest(&new, &samples()).ok();
    assert_eq!(again.matches("unchanged").count(), 3, "{again}");
    let hidden: Vec<String> = fs::read_dir(folder.path())
        .expect("a folder")
        .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|n| n.starts_with('.'))
        .collect();
    assert!(hidden.is_empty(), "left behind: {hidden:?}");
    assert!(!data.join(".snapshot").exists());
}

#[test]
fn a_damaged_backup_is_named_and_not_restored() {
    let folder = loaded();
    let (data, bag, new) = (folder.path().join("data"), folder.path().join("bag"), folder.path().join("new"));
    backup(&data, &bag).ok();
    let check = |harmed: &str, harm: &dyn Fn(&Path)| {
        let path = bag.join(harmed);
        let before = fs::read(&path).expect(harmed);
        harm(&path);
        for option in [None, Some("--dry-run"), Some("--force")] {
            let run = restore(&bag, &new, option);
            assert_eq!(run.code, Some(1), "{harmed} {option:?}");
            assert!(run.err.contains(&format!("`{harmed}` is ")), "{}", run.err);
            assert!(run.err.contains("nothing was restored"), "{}", run.err);
            assert!(!new.exists());
        }
        // Not written in place: objects are hard links to those of the data folder.
        let _ = fs::remove_file(&path);
        fs::write(&path, before).expect(harmed);
    };
    let replace = |path: &Path, bytes: &[u8]| {
        fs::remove_file(path).expect("a file");
        fs::write(path, bytes).expect("a file");
    };
    let pdf = first_object(&bag.join("data"), ".pdf");
    let pdf = pdf.strip_prefix(&bag).expect("in the bag").display().to_string();
    check(&pdf, &|path| {
        let mut bytes = fs::read(path).expect("a PDF");
        bytes[100] ^= 1;
        replace(path, &bytes);
    });
    check("data/store.nq.gz", &|path| replace(path, b""));
    check("data/hakusho.toml", &|path| fs::remove_file(path).expect("a file"));
    check("manifest-sha256.txt", &|path| {
        let text = fs::read_to_string(path).expect("a manifest");
        replace(path, text.replacen(|c: char| c.is_ascii_digit(), "f", 1).as_bytes());
    });
    restore(&bag, &new, None).ok();
    assert!(everything(&new) == everything(&data), "whole again");
}

#[test]
fn what_is_there_is_not_overwritten_unless_told_to() {
    let folder = loaded();
    let (data, bag) = (folder.path().join("data"), folder.path().join("bag"));
    backup(&data, &bag).ok();
    let refused = |run: Run, why: &str| {
        assert_eq!(run.code, Some(1));
        assert!(run.err.contains(why), "{}", run.err);
    };
    refused(backup(&data, &bag), "it is not empty");
    refused(backup(&data, &data.join("bag")), "it lies in the data folder");
    let other = folder.path().join("other");
    ingest(&other, &samples()[..1]).ok();
    let before = everything(&other);
    refused(restore(&bag, &other, None), "it is not empty");
    assert!(everything(&other) == before);
    restore(&bag, &other, Some("--force")).ok();
    assert!(everything(&other) == everything(&data));
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).expect("a folder");
    restore(&bag, &empty, None).ok();
    assert!(everything(&empty) == everything(&data));
}

#[test]
fn an_object_that_was_damaged_before_is_told_of() {
    let folder = loaded();
    let (data, bag) = (folder.path().join("data"), folder.path().join("bag"));
    fs::write(first_object(&data, ".pdf"), "no report").expect("harm");
    let run = backup(&data, &bag);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains(".pdf` was damaged before"), "{}", run.err);
}

/// Every edition that a store lists is there to the last statement.
fn whole_editions(data: &Path) -> usize {
    let listed = run(data, &["editions", "list", "--json"]).ok();
    let editions: serde_json::Value = serde_json::from_str(&listed).expect("JSON");
    let editions = editions.as_array().expect("a list");
    for edition in editions {
        let graph = edition["graph"].as_str().unwrap_or_default();
        let count = format!("SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}");
        let answer = run(data, &["query", "--format", "csv", "-e", &count]).ok();
        assert_eq!(answer.trim().lines().last(), Some(edition["statements"].to_string().as_str()), "{edition}");
    }
    editions.len()
}

/// A load of one edition after the other, as a process beside this one.
#[test]
fn a_backup_beside_a_writer_is_of_one_moment() {
    let folder = folder();
    let data = folder.path().join("data");
    ingest(&data, &samples()[..1]).ok();
    let mut seen = Vec::new();
    for (round, sample) in samples()[1..].iter().cycle().take(4).enumerate() {
        let mut writer = hakusho(&data)
            .arg("ingest")
            .arg(sample)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("hakusho starts");
        for n in 0.. {
            let bag = folder.path().join(format!("bag-{round}-{n}"));
            let running = writer.try_wait().expect("a child").is_none();
            let run = backup(&data, &bag);
            assert_eq!(run.code, Some(0), "{}", run.err);
            let new = folder.path().join(format!("new-{round}-{n}"));
            restore(&bag, &new, None).ok();
            seen.push((running, whole_editions(&new)));
            if !running {
                break;
            }
        }
        assert!(writer.wait().expect("a child").success(), "the writer was disturbed");
    }
    assert!(seen.iter().any(|(running, _)| *running), "no backup was begun while a load ran: {seen:?}");
    assert!(seen.iter().map(|(_, editions)| *editions).is_sorted(), "{seen:?}");
    assert_eq!(seen.last().map(|(_, editions)| *editions), Some(3));
}

#[test]
fn a_killed_backup_is_not_seen_and_can_be_made_again() {
    let folder = loaded();
    let data = folder.path().join("data");
    let mut struck = 0;
    for ms in [5, 80, 200] {
        let bag = folder.path().join(format!("bag-{ms}"));
        let mut child = hakusho(&data).arg("backup").arg(&bag).stderr(Stdio::null()).spawn().expect("hakusho starts");
        std::thread::sleep(Duration::from_millis(ms));
        child.kill().expect("SIGKILL");
        child.wait().expect("a child");
        if bag.exists() {
            restore(&bag, &folder.path().join("unused"), Some("--dry-run")).ok();
        } else {
            struck += 1;
            backup(&data, &bag).ok();
        }
        let new = folder.path().join(format!("new-{ms}"));
        restore(&bag, &new, None).ok();
        assert!(everything(&new) == everything(&data), "after a kill at {ms} ms");
    }
    note(&format!("{struck} of 3 backups were killed before they were whole"));
    assert!(struck > 0);
}

#[test]
fn a_killed_restore_leaves_the_folder_as_it_was() {
    let folder = loaded();
    let (data, bag) = (folder.path().join("data"), folder.path().join("bag"));
    backup(&data, &bag).ok();
    for ms in [5, 150] {
        let new = folder.path().join(format!("new-{ms}"));
        let mut child = hakusho(&new).arg("restore").arg(&bag).stderr(Stdio::null()).spawn().expect("hakusho starts");
        std::thread::sleep(Duration::from_millis(ms));
        child.kill().expect("SIGKILL");
        child.wait().expect("a child");
        if !new.exists() {
            restore(&bag, &new, None).ok();
        }
        assert!(everything(&new) == everything(&data), "after a kill at {ms} ms");
    }
}

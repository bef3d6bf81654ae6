//! Same bytes, same ontology: same output bytes, on any number of threads.

use std::path::PathBuf;

use hakusho_tests::{export, folder, material, run, samples};

/// Two runs on one thread and one on two: documents and stores are equal byte for byte.
fn check(files: &[PathBuf]) {
    let runs: Vec<(Vec<Vec<u8>>, String)> = ["1", "2", "2"]
        .iter()
        .map(|threads| {
            let folder = folder();
            let (data, out) = (folder.path().join("data"), folder.path().join("json"));
            let mut args: Vec<std::ffi::OsString> =
                ["--threads", threads, "extract", "--out"].iter().map(Into::into).collect();
            args.push(out.clone().into());
            args.extend(files.iter().map(Into::into));
            run(&data, &args).ok();
            let mut args: Vec<std::ffi::OsString> = ["--threads", threads, "ingest"].iter().map(Into::into).collect();
            args.extend(files.iter().map(Into::into));
            run(&data, &args).ok();
            let documents = files
                .iter()
                .map(|f| std::fs::read(out.join(f.with_extension("json").file_name().expect("a name"))).expect("JSON"))
                .collect();
            (documents, export(&data))
        })
        .collect();
    assert!(runs[0].1.lines().count() > 1000, "the store holds the reports");
    assert!(runs[0] == runs[1] && runs[1] == runs[2], "outputs differ between runs or thread counts");
}

#[test]
fn sample_editions_give_the_same_bytes_on_one_and_two_threads() {
    check(&samples());
}

#[test]
fn real_reports_give_the_same_bytes_on_one_and_two_threads() {
    let Some(real) = material("corpora/real") else { return };
    let mut files: Vec<PathBuf> = std::fs::read_dir(real)
        .expect("a folder")
        .filter_map(|e| Some(e.ok()?.path()).filter(|p| p.extension().is_some_and(|x| x == "pdf")))
        .collect();
    files.sort_by_key(|p| std::fs::metadata(p).map_or(0, |m| m.len()));
    files.truncate(6);
    check(&files);
}

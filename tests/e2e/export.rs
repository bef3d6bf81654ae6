//! `hakusho export`: every form holds the same statements, every time in the same bytes.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use hakusho_tests::{TempDir, export, folder, hakusho, ingest, run, samples};
use oxrdf::{Quad, Triple};
use sha2::{Digest, Sha256};

fn loaded() -> TempDir {
    let folder = folder();
    ingest(folder.path(), &samples()).ok();
    folder
}

fn bytes(data: &Path, args: &[&str]) -> Vec<u8> {
    let output = hakusho(data).arg("export").args(args).output().expect("hakusho starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Statements of a dump, read by the parser of its form.
fn statements(bytes: &[u8], form: &str) -> BTreeSet<String> {
    let quads: Vec<Quad> = match form {
        "trig" => oxttl::TriGParser::new().for_slice(bytes).collect::<Result<_, _>>().expect("TriG"),
        "jsonld" => oxjsonld::JsonLdParser::new().for_slice(bytes).collect::<Result<_, _>>().expect("JSON-LD"),
        _ => oxttl::NQuadsParser::new().for_slice(bytes).collect::<Result<_, _>>().expect("N-Quads"),
    };
    quads.iter().map(ToString::to_string).collect()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

#[test]
fn three_forms_hold_the_same_statements_in_the_same_bytes_every_time() {
    let folder = loaded();
    let lines = export(folder.path());
    let expected = statements(lines.as_bytes(), "nquads");
    assert_eq!(expected.len(), lines.lines().count(), "a statement twice");
    for form in ["nquads", "trig", "jsonld"] {
        let dump = bytes(folder.path(), &["--format", form]);
        assert!(dump == bytes(folder.path(), &["--format", form]), "{form} differs between two runs");
        assert!(dump.ends_with(b"\n"), "{form} ends in a line");
        let found = statements(&dump, form);
        assert_eq!(found.len(), expected.len(), "{form}");
        assert!(found == expected, "{form} holds other statements");
    }
    let again = folder_with_another_order();
    assert!(export(again.path()) == lines, "the order of loads shows");
}

/// The same editions, loaded one by one, the newest first.
fn folder_with_another_order() -> TempDir {
    let folder = folder();
    for sample in samples().into_iter().rev() {
        ingest(folder.path(), &[sample]).ok();
    }
    folder
}

#[test]
fn graphs_come_by_name_and_their_lines_sorted() {
    let folder = loaded();
    let dump = export(folder.path());
    let graph = |line: &str| line.rsplit(' ').nth(1).unwrap_or_default().to_owned();
    let order: Vec<(String, &str)> = dump.lines().map(|line| (graph(line), line)).collect();
    assert!(order.is_sorted());
    assert!(order.len() > 1000);
}

#[test]
fn a_compressed_dump_has_no_time_in_it() {
    let folder = loaded();
    let packed = bytes(folder.path(), &["--gzip"]);
    assert_eq!(packed[..8], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0], "magic, deflate, no name, no time (RFC 1952)");
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut text).expect("gzip");
    assert!(text == export(folder.path()));
}

#[test]
fn a_folder_holds_dump_checksums_and_description() {
    let folder = loaded();
    let out = folder.path().join("dump");
    let run = run(folder.path(), &["export", "--format", "trig", "--gzip", "--out", &format!("{}/", out.display())]);
    assert!(run.err.contains("hakusho.trig.gz"), "{}", run.err);
    let mut names: Vec<String> = fs::read_dir(&out)
        .expect("a folder")
        .map(|e| e.expect("a file").file_name().to_string_lossy().into())
        .collect();
    names.sort();
    assert_eq!(names, ["SHA256SUMS", "dataset.ttl", "hakusho.trig.gz"]);
    let sums = fs::read_to_string(out.join("SHA256SUMS")).expect("sums");
    assert_eq!(sums.lines().count(), 2);
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").expect("sum and name");
        assert_eq!(sum, sha256(&fs::read(out.join(name)).expect("a file")), "{name}");
    }
    let dump = fs::read(out.join("hakusho.trig.gz")).expect("the dump");
    let description = fs::read(out.join("dataset.ttl")).expect("the description");
    let said: Vec<Triple> =
        oxttl::TurtleParser::new().for_slice(&description).collect::<Result<_, _>>().expect("Turtle");
    let value = |subject: &str, predicate: &str| {
        let found = said.iter().find(|t| {
            t.subject.to_string().ends_with(&format!("{subject}>")) && t.predicate.as_str().ends_with(predicate)
        });
        found.map(|t| t.object.to_string()).unwrap_or_default()
    };
    let file = "#dump/distribution/hakusho.trig.gz";
    assert!(value(file, "dcat#byteSize").starts_with(&format!("\"{}\"", dump.len())));
    assert!(value(file, "dcat#mediaType").ends_with("/application/trig>"));
    assert!(value(file, "dcat#compressFormat").ends_with("/application/gzip>"));
    assert!(value(&format!("{file}/checksum"), "checksumValue").contains(&sha256(&dump)));
    assert!(value("#dump", "dc/terms/issued").starts_with("\"2023-11-14T22:13:20Z\""), "the last load");
    let lines = export(folder.path()).lines().count();
    assert!(value("#dump", "void#triples").starts_with(&format!("\"{lines}\"")));
}

#[test]
fn an_edition_is_a_part_of_everything_with_what_it_refers_to() {
    let folder = loaded();
    let all = statements(export(folder.path()).as_bytes(), "nquads");
    let one = statements(&bytes(folder.path(), &["mihon-2024"]), "nquads");
    assert!(one.is_subset(&all));
    assert!(one.iter().any(|s| s.contains("/ed/mihon-2024>") && s.contains("/graph/registry>")));
    assert!(!one.iter().any(|s| s.contains("/ed/mihon-2023") || s.contains("/ed/mihon-2025")), "another edition");
    // Whatever has a label in the archive and is referred to has it in the export.
    let label = "<http://www.w3.org/2004/02/skos/core#prefLabel>";
    let labelled = |set: &BTreeSet<String>| -> BTreeSet<String> {
        set.iter().filter(|s| s.contains(label)).filter_map(|s| s.split(' ').next().map(str::to_owned)).collect()
    };
    let of_file = |s: &&String| s.rsplit('/').next().is_some_and(|g| g.len() == 17 && g.ends_with('>'));
    let referred: BTreeSet<String> =
        one.iter().filter(of_file).filter_map(|s| s.split(' ').nth(2).map(str::to_owned)).collect();
    let missing: Vec<String> = labelled(&all)
        .intersection(&referred)
        .filter(|s| !s.contains("/hakusho/ns#") && !labelled(&one).contains(*s))
        .cloned()
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(labelled(&one).len() > 20, "{} labels", labelled(&one).len());
    assert!(labelled(&one).len() < labelled(&all).len());
    let both = statements(&bytes(folder.path(), &["mihon-2024", "mihon-2025"]), "nquads");
    assert!(one.is_subset(&both) && both.is_subset(&all) && both.len() > one.len());
}

#[test]
fn an_edition_that_is_not_there_is_named_and_nothing_is_written() {
    let folder = loaded();
    let out = folder.path().join("x.nq");
    let run = run(folder.path(), &["export", "mihon-1999", "--out", &out.display().to_string()]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("no loaded edition is called `mihon-1999`"), "{}", run.err);
    assert!(!out.exists());
}

#[test]
fn runs_of_loads_are_told_of_on_request() {
    let folder = loaded();
    assert!(!export(folder.path()).contains("/id/run/"));
    let told = run(folder.path(), &["export", "--history", "--out", "-"]).ok();
    assert!(told.contains("/id/run/"));
}

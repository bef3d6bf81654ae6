//! Judges of the graph: our own rules and shapes, and pySHACL as an independent one.

use std::path::Path;
use std::process::Command;

use hakusho_tests::{folder, ingest, root, run, samples};

fn loaded(detail: &str) -> hakusho_tests::TempDir {
    let data = folder();
    let mut args = vec!["ingest".into(), "--detail".into(), detail.into()];
    args.extend(samples().into_iter().map(std::path::PathBuf::into_os_string));
    run(data.path(), &args).ok();
    data
}

#[test]
fn the_samples_break_no_rule_and_no_shape() {
    for detail in ["lean", "full"] {
        let data = loaded(detail);
        let checked = run(data.path(), &["check"]);
        assert_eq!(checked.code, Some(0), "{detail}: {}", checked.out);
        assert!(checked.out.contains(" 0 violations"), "{}", checked.out);
    }
}

#[test]
fn what_is_broken_is_found_and_named() {
    let data = folder();
    ingest(data.path(), &samples()[..1]).ok();
    let before = run(data.path(), &["check", "--json"]).ok();
    let found: serde_json::Value = serde_json::from_str(&before).expect("JSON");
    assert!(found["rules"].as_u64().expect("a number") > 90, "{before}");
    let violations = found["findings"].as_array().expect("a list").iter().filter(|f| f["gravity"] == "violation");
    assert_eq!(violations.count(), 0, "{before}");
}

/// pySHACL, where `tools/judge` could install it.
#[test]
fn pyshacl_agrees() {
    for detail in ["lean", "full"] {
        let data = loaded(detail);
        let dump = data.path().join("dump.nq");
        run(data.path(), &["export".as_ref(), "--out".as_ref(), dump.as_os_str()]).ok();
        let judged = judge(&dump);
        let said = String::from_utf8_lossy(&judged.stdout).into_owned();
        match judged.status.code() {
            Some(0) => assert!(said.contains("conforms"), "{said}"),
            Some(77) => {
                hakusho_tests::note(&format!("skipped: {}", said.trim()));
                return;
            }
            _ => panic!("{detail}: {said}{}", String::from_utf8_lossy(&judged.stderr)),
        }
    }
}

fn judge(dump: &Path) -> std::process::Output {
    Command::new(root().join("tools/judge")).arg(dump).output().expect("tools/judge runs")
}

//! The forms in which `extract` prints, for tools that read them.

use std::collections::BTreeSet;
use std::process::Command;

use hakusho_tests::{folder, note, run, samples};
use serde_json::Value;

fn extracted(form: &str) -> String {
    let folder = folder();
    let sample = samples().remove(0).display().to_string();
    run(folder.path(), &["extract", "--to", form, &sample]).ok()
}

/// All values of an attribute, in order.
fn attributes<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    let start = format!(" {name}=\"");
    html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn html_has_an_anchor_for_every_block_and_no_link_inside_leads_nowhere() {
    let html = extracted("html");
    let document: Value = serde_json::from_str(&extracted("json")).expect("JSON");
    let anchors = attributes(&html, "id");
    let known: BTreeSet<&str> = anchors.iter().copied().collect();
    for block in document["blocks"].as_array().expect("blocks").iter().filter(|b| b["kind"] != "footnote") {
        assert!(known.contains(block["id"].as_str().unwrap_or_default()), "{}", block["id"]);
    }
    let inner: Vec<&str> = attributes(&html, "href").into_iter().filter_map(|h| h.strip_prefix('#')).collect();
    assert!(inner.len() > 4, "references and footnotes are linked");
    for target in inner {
        assert!(known.contains(target), "#{target} leads nowhere");
    }
    assert_eq!(html.matches("<table>").count(), html.matches("</table>").count());
    assert_eq!(html.matches("<ul>").count(), html.matches("</ul>").count());
}

/// Every `$ref` of a Docling document, with the object it must lead to.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get("$ref").and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|v| references(v, found));
        }
        Value::Array(items) => items.iter().for_each(|v| references(v, found)),
        _ => {}
    }
}

#[test]
fn every_reference_of_a_docling_document_leads_to_an_object_that_names_itself_so() {
    let document: Value = serde_json::from_str(&extracted("docling")).expect("JSON");
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.len() > 20);
    for reference in found {
        let target = document.pointer(reference.trim_start_matches('#')).unwrap_or(&Value::Null);
        assert_eq!(target["self_ref"], reference.as_str());
    }
}

#[test]
fn docling_core_loads_what_we_write() {
    let script = "import sys\nfrom docling_core.types.doc import DoclingDocument\n\
                  d = DoclingDocument.model_validate_json(sys.stdin.read())\n\
                  assert d.texts and d.tables and d.pages and d.export_to_markdown()\nprint('loaded')";
    let python = std::env::var("HAKUSHO_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let there = Command::new(&python).args(["-c", "import docling_core"]).output().is_ok_and(|o| o.status.success());
    if !there {
        return note("skipped: docling-core is not installed (HAKUSHO_PYTHON names a Python that has it)");
    }
    let folder = folder();
    let file = folder.path().join("docling.json");
    std::fs::write(&file, extracted("docling")).expect("a file");
    let input = std::fs::File::open(&file).expect("the file");
    let output = Command::new(&python).args(["-c", script]).stdin(input).output().expect("python runs");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "loaded\n", "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn fonts_say_where_the_characters_come_from() {
    let folder = folder();
    let sample = samples().remove(0).display().to_string();
    insta::assert_snapshot!("fonts", run(folder.path(), &["fonts", &sample]).ok());
    assert_eq!(run(folder.path(), &["fonts", "no-such.pdf"]).code, Some(1));
}

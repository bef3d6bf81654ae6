//! Every measure on small made-up pairs of gold and document: at its limit, and one step past it.

mod gold;
mod knowledge;
mod layout;
mod parts;
mod seed;
mod whole;

use hakusho_eval::{Evaluation, Gold, Names, evaluate};
use hakusho_model::Document;
use serde_json::{Map, Value, json};

/// Compares a gold with a document; `names` is a list of named things.
fn compare(gold: &Value, document: &Value, names: &Value) -> Evaluation {
    let mut list = Names::default();
    list.add(&names.to_string()).expect("a list of names");
    let gold = Gold::parse(&gold.to_string(), &list).expect("a gold");
    evaluate(&gold, &read(document))
}

/// Checks some scores: `-` stands for a measure that must not be there.
fn check(gold: &Value, document: &Value, expected: &[(&str, &str)]) {
    check_named(gold, document, &json!([]), expected);
}

fn check_named(gold: &Value, document: &Value, names: &Value, expected: &[(&str, &str)]) {
    let scores = compare(gold, document, names).scores;
    let shown = |name: &str| scores.get(name).map_or("-".to_owned(), |s| format!("{:.3}", s.value()));
    let found: Vec<(&str, String)> = expected.iter().map(|(name, _)| (*name, shown(name))).collect();
    let wanted: Vec<(&str, String)> = expected.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    assert_eq!(found, wanted, "{gold:#} {document:#}");
}

/// A document of the rows given, all else filled in; `page` of a block or exhibit becomes its region.
fn read(given: &Value) -> Document {
    let mut whole = json!({
        "schema": "hakusho-document/1", "source": {"file": "", "sha256": "", "bytes": 0, "title": null, "producer": null},
        "pages": [], "sections": [], "blocks": [], "exhibits": [], "footnotes": [], "artifacts": [], "mentions": [],
        "entities": [], "events": [], "observations": [], "diagnostics": [],
    });
    for (list, rows) in given.as_object().expect("lists") {
        let filled: Vec<Value> = rows.as_array().expect("rows").iter().map(|row| fill(list, row)).collect();
        whole[list] = Value::Array(filled);
    }
    serde_json::from_value(whole).expect("a document")
}

fn fill(list: &str, row: &Value) -> Value {
    let mut full = blank(list);
    full.extend(row.as_object().expect("a row").clone());
    if matches!(list, "blocks" | "exhibits")
        && let Some(page) = full.remove("page")
    {
        full.insert("regions".into(), json!([{"page": page, "bbox": [0, 0, 1, 1]}]));
    }
    Value::Object(full)
}

fn blank(list: &str) -> Map<String, Value> {
    let row = match list {
        "pages" => json!({"label": null, "width": 595, "height": 842}),
        "sections" => json!({"parent": null, "label": null, "heading": null}),
        "blocks" => {
            json!({"kind": "paragraph", "section": null, "regions": [], "lines": [], "notes": [], "refs": []})
        }
        "exhibits" => json!({"label": null, "number": null, "caption": "", "kind": "table", "section": null,
            "regions": [], "source": null, "notes": [], "tables": [], "chart": null}),
        "footnotes" => json!({"urls": [], "page": 1, "anchors": []}),
        "artifacts" => json!({"kind": "running_head", "page": 1, "bbox": [0, 0, 1, 1]}),
        "mentions" => json!({"surface": "", "entity": null, "label": null, "confidence": 1, "rule": "gazetteer",
            "value": null}),
        "entities" => json!({"type": "ORG", "aliases": []}),
        "events" => json!({"kind": "leak", "actors": [], "affected": [], "announcer": [], "date": null,
            "date_role": null, "quantities": [], "modality": "fact"}),
        "observations" => json!({"exhibit": null, "block": null, "series": null, "category": "", "unit": null}),
        other => panic!("no rows of {other}"),
    };
    row.as_object().cloned().unwrap_or_default()
}

//! Annotations that cannot be used say why.

use hakusho_eval::{Gold, GoldError, Names};
use serde_json::{Value, json};

fn problem(gold: &Value) -> String {
    Gold::parse(&gold.to_string(), &Names::default()).err().map(|e| e.to_string()).unwrap_or_default()
}

#[test]
fn the_row_is_named() {
    let check = |gold: Value, want: &str| assert_eq!(problem(&gold), want);
    let passages = json!([{"id": "p1", "text": "文"}]);
    check(
        json!({"passages": passages, "mentions": [{"passage": "p1", "surface": "文", "type": "ORGS"}]}),
        "`mentions`, row 1: the type `ORGS` is none of ORG, LAW, THREAT, INCIDENT, SURVEY, CERT, PRODUCT, LOC, PERSON, \
         EVENT, DATE, QTY",
    );
    check(
        json!({"passages": passages, "events": [{"passage": "p1", "type": "incident"}, {"passage": "p2", "type": "incident"}]}),
        "`events`, row 2: there is no passage `p2`",
    );
    check(json!({"passages": [passages[0], passages[0]]}), "`passages`, row 2: the id `p1` is used twice");
    check(json!({"passages": [{"id": "p1"}]}), "`passages`, row 1: `p1` has neither `text` nor `head`");
    check(json!({"pages": [{"index": 0, "label": null}]}), "`pages`, row 1: pages count from 1");
    check(json!({"reading_order": [{"page": 0, "kind": "paragraph"}]}), "`reading_order`, row 1: pages count from 1");
    check(json!({"doc": "ok"}), "");
}

#[test]
fn the_example_of_the_documentation_can_be_read() {
    let page = include_str!("../../../../docs/eval.md");
    let example = page.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let gold = Gold::parse(example, &Names::default()).expect("a gold");
    assert_eq!((gold.name(), gold.files()), (Some("mihon"), ["mihon.pdf".to_owned()].as_slice()));
    assert!(hakusho_eval::failed(&gold).scores.get("events.affected").is_some());
}

#[test]
fn a_value_of_another_type_is_named_with_its_place() {
    let error = Gold::parse("{\n  \"pages\": [{\"index\": \"one\"}]\n}", &Names::default()).err();
    let Some(GoldError::Format(reason)) = error else { panic!("{error:?}") };
    assert!(reason.contains("invalid type: string \"one\"") && reason.contains("line 2"), "{reason}");
    assert!(problem(&json!([])).contains("not in the gold format"));
    let event = json!({"passages": [{"id": "p1", "text": "文"}], "events": [{"passage": "p1", "type": "accident"}]});
    assert!(problem(&event).contains("unknown variant `accident`"), "{}", problem(&event));
}

#[test]
fn only_what_is_annotated_is_measured() {
    let names = |gold: Value| {
        let gold = Gold::parse(&gold.to_string(), &Names::default()).expect("a gold");
        let scores = hakusho_eval::failed(&gold).scores;
        scores.iter().map(|(name, _)| name.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(json!({})), [""; 0]);
    let sections = json!([{"level": 1, "title": "甲"}]);
    assert_eq!(names(json!({"sections": sections})), ["sections.heading", "sections.level", "sections.parent"]);
    assert_eq!(names(json!({"sections": sections, "complete": {"sections": false}})), [""; 0]);
    assert_eq!(names(json!({"pages": [], "tables": [], "reading_order": []})), [""; 0]);
}

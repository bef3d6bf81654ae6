//! Reports as a whole: a perfect one, an unreadable one, and the mean.

use hakusho_eval::{Gold, Names, evaluate, failed, macro_mean};
use serde_json::{Value, json};

use super::read;

const TEXT: &str = "2022年4月に見本大学は約11万人分の情報が流出したと公表した（図表1-1）。";

fn gold() -> Value {
    json!({
        "pages": [{"index": 1, "label": "12"}],
        "sections": [{"id": "s", "level": 1, "label": "第1節", "title": "動向", "page": 1, "parent": null}],
        "reading_order": [
            {"page": 1, "kind": "heading", "head": "第1節動向", "tail": "第1節動向"},
            {"page": 1, "kind": "paragraph", "head": "2022年4月に", "tail": "公表した（図表1-1）。"}],
        "exhibits": [{"number": "1-1", "label": "図表1-1", "caption": "件数", "kind": "table", "page": 1, "source": "見本"}],
        "tables": [{"exhibit": "1-1", "rows": [[{"text": "年"}, {"text": "件"}]]}],
        "chart_data": [{"exhibit": "1-1", "category": "2022", "value": 1}],
        "footnotes": [{"marker": "＊1", "page": 1, "text": "注の文", "anchor_before": "流出したと", "urls": []}],
        "xrefs": [{"page": 1, "target": "1-1"}],
        "artifacts": [{"page": 1, "text": "12"}],
        "passages": [{"id": "p1", "page": 1, "text": TEXT}],
        "mentions": [{"passage": "p1", "surface": "見本大学", "type": "ORG", "canonical": "org:m"},
            {"passage": "p1", "surface": "2022年4月", "type": "DATE", "canonical": "2022-04"}],
        "events": [{"passage": "p1", "type": "incident", "affected": ["org:m"], "date": "2022-04", "counts": [{"value": 110_000}]}],
        "observations": [{"page": 1, "text": "約11万人分の情報", "value": 110_000}],
    })
}

fn document() -> Value {
    let quantity = json!({"value": 110_000.0, "max": null, "unit": "人分", "qualifier": null});
    json!({
        "pages": [{"index": 1, "label": "12"}],
        "sections": [{"id": "s1", "level": 1, "label": "第1節", "title": "動向", "heading": "b1"}],
        "blocks": [{"id": "b1", "kind": "heading", "text": "第1節　動向", "page": 1},
            {"id": "b2", "kind": "paragraph", "text": TEXT, "page": 1, "refs": [{"start": 34, "end": 39, "exhibit": "x1"}]}],
        "exhibits": [{"id": "x1", "number": "1-1", "label": "図表1-1", "caption": "件数", "page": 1, "source": "見本",
            "tables": [{"rows": [[{"text": "年", "row_span": 1, "col_span": 1, "header": true},
                {"text": "件", "row_span": 1, "col_span": 1, "header": true}]]}],
            "chart": {"kind": null, "points": [{"series": null, "category": "2022", "value": 1.0, "unit": null, "printed": "1"}]}}],
        "footnotes": [{"id": "n1", "marker": "＊1", "text": "注の文", "anchors": [{"block": "b2", "offset": 28}]}],
        "artifacts": [{"text": "12"}],
        "mentions": [{"id": "m1", "block": "b2", "start": 8, "end": 12, "type": "ORG", "entity": "e:m", "label": "見本大学"},
            {"id": "m2", "block": "b2", "start": 0, "end": 7, "type": "DATE", "value": "2022-04"}],
        "entities": [{"id": "e:m", "label": "見本大学"}],
        "events": [{"id": "e1", "type": "incident", "block": "b2", "start": 0, "end": 30, "affected": ["e:m"],
            "date": "2022-04", "quantities": [quantity]}],
        "observations": [{"id": "o1", "block": "b2", "value": 110_000.0, "printed": "約11万人分"}],
    })
}

fn parsed() -> Gold {
    Gold::parse(&gold().to_string(), &Names::default()).expect("a gold")
}

#[test]
fn a_document_like_its_gold_scores_one_everywhere() {
    let evaluation = evaluate(&parsed(), &read(&document()));
    assert_eq!(evaluation.misses, []);
    let numbers = evaluation.scores.numbers();
    assert!(numbers.iter().all(|(_, value)| (value - 1.0).abs() < 1e-12), "{numbers:?}");
    let groups: Vec<&str> = numbers.iter().filter_map(|(name, _)| name.split('.').next()).collect();
    for group in [
        "text",
        "order",
        "pages",
        "sections",
        "exhibits",
        "tables",
        "charts",
        "footnotes",
        "xrefs",
        "artifacts",
        "mentions",
        "events",
        "observations",
    ] {
        assert!(groups.contains(&group), "{group} is not measured");
    }
}

#[test]
fn a_report_that_cannot_be_read_scores_zero_and_counts_in_the_mean() {
    let (right, wrong) = (evaluate(&parsed(), &read(&document())), failed(&parsed()));
    assert!(wrong.scores.numbers().iter().all(|(_, value)| *value == 0.0));
    let mean = macro_mean([&right.scores, &wrong.scores]);
    assert_eq!(mean.get("sections.heading.f1"), Some(&0.5));
    let other = Gold::parse(r#"{"pages": [{"index": 1, "label": null}]}"#, &Names::default()).expect("a gold");
    let only = evaluate(&other, &read(&json!({"pages": [{"index": 1}]})));
    let mean = macro_mean([&right.scores, &only.scores, &wrong.scores]);
    assert_eq!((mean.get("pages.label"), mean.get("sections.level")), (Some(&(2.0 / 3.0)), Some(&0.5)));
}

#[test]
fn every_single_fault_is_listed_and_lowers_its_own_measure() {
    let check = |path: &str, value: Value, measure: &str| {
        let mut broken = document();
        *broken.pointer_mut(path).expect("a place") = value;
        let evaluation = evaluate(&parsed(), &read(&broken));
        assert!(evaluation.scores.get(measure).is_some_and(|s| s.value() < 1.0), "{measure}: {path}");
        assert!(evaluation.misses.iter().any(|m| m.measure == measure), "{measure}: {:?}", evaluation.misses);
    };
    check("/pages/0/label", json!("13"), "pages.label");
    check("/sections/0/level", json!(3), "sections.level");
    check("/blocks/1/text", json!("別の文。"), "text.score");
    check("/blocks/1/kind", json!("note"), "order.kind");
    check("/exhibits/0/caption", json!("別"), "exhibits.caption");
    check("/exhibits/0/tables/0/rows/0/1/text", json!("別"), "tables.adjacency");
    check("/exhibits/0/chart/points/0/value", json!(2.0), "charts.point");
    check("/footnotes/0/anchors/0/offset", json!(27), "footnotes.anchor");
    check("/blocks/1/refs/0/exhibit", Value::Null, "xrefs.resolved");
    check("/blocks/0/text", json!("別の見出し"), "order.located");
    check("/mentions/0/end", json!(11), "mentions.strict");
    check("/mentions/0/label", json!("別"), "mentions.linking");
    check("/mentions/1/value", json!("2022"), "mentions.values.date");
    check("/events/0/type", json!("lawsuit"), "events.detected");
    check("/entities/0/label", json!("別"), "events.affected");
    check("/events/0/date", Value::Null, "events.date");
    check("/events/0/quantities", json!([]), "events.count");
    check("/observations/0/value", json!(1.0), "observations.prose");
}

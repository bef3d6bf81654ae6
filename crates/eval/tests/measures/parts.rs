//! Exhibits, tables, charts, footnotes, references.

use serde_json::{Value, json};

use super::check;

#[test]
fn an_exhibit_is_found_by_number_and_the_rest_is_compared() {
    let gold = json!({"exhibits": [
        {"number": "1-1", "label": "図表1-1", "caption": "順位", "kind": "table", "page": 2, "source": "見本調べ"}]});
    let found = |number: &str, caption: &str, source: &str| {
        json!({"exhibits": [{"id": "x1", "label": format!("図表{number}"), "number": number, "caption": caption, "page": 2,
               "source": source}]})
    };
    let names = ["exhibits.number", "exhibits.caption", "exhibits.kind", "exhibits.source", "exhibits.page"];
    let expect = |values: [&'static str; 5]| names.into_iter().zip(values).collect::<Vec<_>>();
    check(&gold, &found("１-１", "順 位", "（出典）見本調べ"), &expect(["1.000"; 5]));
    check(&gold, &found("1-1", "順序", "別調べ"), &expect(["1.000", "0.000", "1.000", "0.000", "1.000"]));
    check(&gold, &found("1-2", "順位", "見本調べ"), &expect(["0.000"; 5]));
}

#[test]
fn an_exhibit_without_a_label_has_no_number_and_goes_by_kind_and_page() {
    let gold = json!({"exhibits": [{"number": "p5", "label": "", "caption": "", "kind": "table", "page": 5}]});
    let found = |kind: &str, page: u32| json!({"exhibits": [{"id": "x1", "kind": kind, "page": page}]});
    check(&gold, &found("table", 5), &[("exhibits.number", "1.000")]);
    check(&gold, &found("chart", 5), &[("exhibits.number", "0.000")]);
    check(&gold, &found("table", 6), &[("exhibits.number", "0.000")]);
}

fn table(key: &str, cells: &Value, spans: [&str; 2]) -> Value {
    let rows: Vec<Value> = cells
        .as_array()
        .into_iter()
        .flatten()
        .map(|row| {
            let cell = |c: &Value| json!({"text": c[0], spans[0]: c[1], spans[1]: c[2], "header": false});
            row.as_array().into_iter().flatten().map(cell).collect()
        })
        .collect();
    json!([{"exhibit": key, "rows": rows}])
}

#[test]
fn cells_are_compared_with_their_next_filled_neighbours() {
    let gold = |cells: Value| json!({"tables": table("1-1", &cells, ["rowspan", "colspan"])});
    let found = |cells: Value| {
        let tables = table("", &cells, ["row_span", "col_span"]);
        json!({"exhibits": [{"id": "x1", "number": "1-1", "tables": tables}]})
    };
    let two_by_two = json!([[["甲", 1, 1], ["乙", 1, 1]], [["丙", 1, 1], ["丁", 1, 1]]]);
    let spanned = json!([[["甲", 1, 2]], [["丙", 1, 1], ["丁", 1, 1]]]);
    check(
        &gold(two_by_two.clone()),
        &found(two_by_two.clone()),
        &[("tables.adjacency", "1.000"), ("tables.cells", "1.000")],
    );
    // 甲 over 丙 and 丁, and 丙 beside 丁: two of the four relations of the other table, and one of its own.
    check(
        &gold(two_by_two.clone()),
        &found(spanned.clone()),
        &[("tables.adjacency", "0.571"), ("tables.cells", "0.857")],
    );
    check(&gold(spanned.clone()), &found(spanned), &[("tables.adjacency", "1.000")]);
    let gap = json!([[["甲", 1, 1], ["", 1, 1], ["・乙", 1, 1]]]);
    check(&gold(gap), &found(json!([[["甲", 1, 1], ["乙", 1, 1]]])), &[("tables.adjacency", "1.000")]);
    check(&gold(two_by_two), &json!({}), &[("tables.adjacency", "0.000")]);
}

#[test]
fn a_point_needs_its_series_only_where_the_chart_has_several() {
    let gold = |series: &[&str]| {
        let points: Vec<Value> = series
            .iter()
            .map(|s| json!({"exhibit": "1-1", "series": s, "category": "2022年", "value": 45.9}))
            .collect();
        json!({"chart_data": points})
    };
    let found = |series: Value, category: &str, value: f64| {
        let point = json!({"series": series, "category": category, "value": value, "unit": null, "printed": ""});
        json!({"exhibits": [{"id": "x1", "number": "1-1", "chart": {"kind": null, "points": [point]}}]})
    };
    check(&gold(&["甲"]), &found(Value::Null, "2022", 45.9), &[("charts.point", "1.000")]);
    check(&gold(&["甲"]), &found(Value::Null, "2022年度", 45.9), &[("charts.point", "0.000")]);
    check(&gold(&["甲"]), &found(Value::Null, "2022", 46.0), &[("charts.point", "0.000")]);
    check(&gold(&["甲", "乙"]), &found(json!("乙"), "2022", 45.9), &[("charts.point", "0.667")]);
    check(&gold(&["甲", "乙"]), &found(json!("丙"), "2022", 45.9), &[("charts.point", "0.000")]);
}

#[test]
fn notes_of_half_the_same_pieces_are_one_note_but_not_a_right_one() {
    let gold = json!({"footnotes": [{"marker": "＊1", "page": 1, "text": "abcd", "urls": ["https://a.example"]}]});
    let found = |marker: &str, text: &str| json!({"footnotes": [{"id": "n1", "marker": marker, "text": text, "urls": ["https://a.example"]}]});
    check(&gold, &found("*1", "ab cd"), &[("footnotes.body", "1.000"), ("footnotes.url", "1.000")]);
    check(&gold, &found("＊1", "abce"), &[("footnotes.body", "0.000"), ("footnotes.url", "1.000")]);
    check(&gold, &found("＊1", "abxe"), &[("footnotes.body", "0.000"), ("footnotes.url", "0.000")]);
    check(&gold, &found("＊2", "abcd"), &[("footnotes.body", "0.000"), ("footnotes.url", "0.000")]);
}

#[test]
fn eight_characters_before_the_mark_must_agree_and_the_ninth_need_not() {
    let gold = |before: &str| json!({"footnotes": [{"marker": "＊1", "text": "注", "anchor_before": before}]});
    let found = |offset: usize| {
        json!({"blocks": [{"id": "b1", "text": "これを認証方式に改めた。", "page": 1}],
               "footnotes": [{"id": "n1", "marker": "＊1", "text": "注", "anchors": [{"block": "b1", "offset": offset}]}]})
    };
    check(&gold("あ認証方式に改めた"), &found(11), &[("footnotes.anchor", "1.000")]);
    check(&gold("あ証方式に改めた"), &found(11), &[("footnotes.anchor", "0.000")]);
    check(&gold("認証方式に改めた"), &found(10), &[("footnotes.anchor", "0.000")]);
}

#[test]
fn references_count_on_their_page_and_only_to_known_exhibits() {
    let gold = json!({"exhibits": [{"number": "1-1", "label": "図1-1", "caption": ""}],
        "xrefs": [{"page": 2, "text": "図1-1", "target": "1-1"}, {"page": 2, "text": "第3章", "target": "第3章"}]});
    let found = |page: u32| {
        json!({"exhibits": [{"id": "x1", "number": "1-1", "label": "図1-1"}],
               "blocks": [{"id": "b1", "text": "図1-1", "page": page, "refs": [{"start": 0, "end": 4, "exhibit": "x1"}]}]})
    };
    check(&gold, &found(2), &[("xrefs.resolved", "1.000")]);
    check(&gold, &found(3), &[("xrefs.resolved", "0.000")]);
}

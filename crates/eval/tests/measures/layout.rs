//! Text, order, pages, sections, furniture.

use serde_json::{Value, json};

use super::check;

fn blocks(texts: &[&str]) -> Value {
    let rows: Vec<Value> =
        texts.iter().enumerate().map(|(i, t)| json!({"id": format!("b{i}"), "text": t, "page": 1})).collect();
    json!({"blocks": rows})
}

fn order(snippets: &[(&str, &str)]) -> Value {
    let rows: Vec<Value> = snippets
        .iter()
        .map(|(head, tail)| json!({"page": 1, "kind": "paragraph", "head": head, "tail": tail}))
        .collect();
    json!({"reading_order": rows})
}

#[test]
fn a_tail_counts_in_the_block_of_its_head_only() {
    let gold = order(&[("はじめに", "おわる。")]);
    check(&gold, &blocks(&["はじめにとおわる。"]), &[("text.score", "1.000"), ("order.whole", "1.000")]);
    check(&gold, &blocks(&["はじめにと", "おわる。"]), &[("text.score", "0.500"), ("order.whole", "0.000")]);
    check(&gold, &blocks(&["おわる。"]), &[("text.score", "0.000"), ("order.located", "0.000")]);
}

#[test]
fn blocks_out_of_order_lower_tau_by_their_share_of_pairs() {
    let gold = order(&[("一番目", "一番目"), ("二番目", "二番目"), ("三番目", "三番目")]);
    check(&gold, &blocks(&["一番目", "二番目", "三番目"]), &[("order.tau", "1.000"), ("order.next", "1.000")]);
    check(&gold, &blocks(&["二番目", "一番目", "三番目"]), &[("order.tau", "0.667"), ("order.next", "0.500")]);
    check(&gold, &blocks(&["三番目", "二番目", "一番目"]), &[("order.tau", "0.000"), ("order.next", "0.000")]);
}

#[test]
fn footnotes_and_floats_may_stand_anywhere() {
    let mut gold = order(&[("一番目", "一番目"), ("二番目", "二番目")]);
    gold["reading_order"][0]["float"] = json!(true);
    check(&gold, &blocks(&["二番目", "一番目"]), &[("order.tau", "1.000")]);
}

#[test]
fn two_blocks_in_one_are_not_whole() {
    let gold = order(&[("一番目の文。", "一番目の文。"), ("二番目の文。", "二番目の文。")]);
    check(&gold, &blocks(&["一番目の文。二番目の文。"]), &[("order.whole", "0.000"), ("text.score", "1.000")]);
}

#[test]
fn a_paragraph_over_a_page_break_is_joined_when_head_and_tail_are_together() {
    let gold = json!({"reading_order": [{"pages": [1, 2], "kind": "paragraph", "head": "はじめ", "tail": "おわり"}]});
    let block = |id: &str, text: &str, page: u32| json!({"id": id, "text": text, "page": page});
    check(&gold, &json!({"blocks": [block("b1", "はじめからおわり", 1)]}), &[("order.joined", "1.000")]);
    let cut = json!({"blocks": [block("b1", "はじめから", 1), block("b2", "おわり", 2)]});
    check(&gold, &cut, &[("order.joined", "0.000")]);
}

#[test]
fn drawings_are_of_one_kind_and_a_table_is_none() {
    let gold = json!({"reading_order": [{"page": 1, "kind": "diagram", "head": "箱", "tail": "箱"}]});
    let block = |kind: &str| json!({"blocks": [{"id": "b1", "kind": kind, "text": "箱", "page": 1}]});
    check(&gold, &block("figure"), &[("order.kind", "1.000"), ("text.score", "-")]);
    check(&gold, &block("table"), &[("order.kind", "0.000")]);
}

#[test]
fn page_labels_are_compared_folded() {
    let gold = json!({"pages": [{"index": 1, "label": "12"}, {"index": 2, "label": null}]});
    let pages =
        |first: Value, second: Value| json!({"pages": [{"index": 1, "label": first}, {"index": 2, "label": second}]});
    check(&gold, &pages(json!("１２"), Value::Null), &[("pages.label", "1.000"), ("pages.count", "1.000")]);
    check(&gold, &pages(json!("12"), json!("13")), &[("pages.label", "0.500")]);
    check(
        &gold,
        &json!({"pages": [{"index": 1, "label": "12"}]}),
        &[("pages.label", "0.500"), ("pages.count", "0.000")],
    );
}

#[test]
fn a_heading_is_the_same_wherever_its_label_is_cut() {
    let gold = json!({"sections": [{"level": 1, "label": "第1節", "title": "動向"}]});
    let found =
        |label: Value, title: &str| json!({"sections": [{"id": "s1", "level": 1, "label": label, "title": title}]});
    check(&gold, &found(json!("第１節"), "動 向"), &[("sections.heading", "1.000")]);
    check(&gold, &found(Value::Null, "第1節 動向"), &[("sections.heading", "1.000")]);
    check(&gold, &found(json!("第2節"), "動向"), &[("sections.heading", "0.000"), ("sections.level", "0.000")]);
}

#[test]
fn levels_go_by_print_or_by_depth_but_not_by_both() {
    let gold = json!({"sections": [
        {"id": "a", "level": 2, "title": "甲", "parent": null}, {"id": "b", "level": 4, "title": "乙", "parent": "a"}]});
    let found = |a: u32, b: u32| json!({"sections": [{"id": "s1", "level": a, "title": "甲"}, {"id": "s2", "level": b, "title": "乙", "parent": "s1"}]});
    check(&gold, &found(2, 4), &[("sections.level", "1.000"), ("sections.parent", "1.000")]);
    check(&gold, &found(1, 2), &[("sections.level", "1.000")]);
    check(&gold, &found(1, 4), &[("sections.level", "0.500")]);
}

#[test]
fn a_heading_under_another_parent_costs_the_parent_only() {
    let gold = json!({"sections": [
        {"id": "a", "level": 1, "title": "甲", "parent": null}, {"id": "b", "level": 1, "title": "乙", "parent": null}]});
    let found = json!({"sections": [
        {"id": "s1", "level": 1, "title": "甲"}, {"id": "s2", "level": 1, "title": "乙", "parent": "s1"}]});
    check(&gold, &found, &[("sections.heading", "1.000"), ("sections.level", "1.000"), ("sections.parent", "0.500")]);
}

#[test]
fn furniture_of_six_characters_inside_a_block_is_a_leak_and_five_in_its_middle_are_not() {
    let gold = |artifact: &str| {
        json!({"reading_order": [{"page": 1, "kind": "paragraph", "head": "本文は", "tail": "続く。"}],
               "artifacts": [{"page": 1, "kind": "running_head", "text": artifact}]})
    };
    let document = blocks(&["本文はあいうえおかここで続く。"]);
    check(&gold("あいうえおか"), &document, &[("artifacts.recall", "0.000")]);
    check(&gold("あいうえお"), &document, &[("artifacts.recall", "1.000")]);
    check(&gold("あいうえお"), &blocks(&["本文は続く。", "あいうえお"]), &[("artifacts.recall", "0.000")]);
    check(&gold("で続く。"), &document, &[("artifacts.recall", "0.000")]);
}

#[test]
fn a_block_of_four_characters_among_the_furniture_is_lost_and_of_three_is_not_told() {
    let gold = |head: &str| {
        json!({"reading_order": [{"page": 1, "kind": "paragraph", "head": head, "tail": head}],
               "artifacts": [{"page": 1, "text": "45"}]})
    };
    let document =
        json!({"blocks": [{"id": "b1", "text": "ほか", "page": 1}], "artifacts": [{"text": "見本の白書の頭"}]});
    check(&gold("見本の白"), &document, &[("artifacts.kept", "0.000")]);
    check(&gold("見本の"), &document, &[("artifacts.kept", "1.000")]);
}

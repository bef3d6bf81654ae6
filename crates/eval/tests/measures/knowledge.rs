//! Mentions, links, values, events, figures in prose.

use hakusho_eval::Verdict;
use serde_json::{Value, json};

use super::{check, check_named, compare};

const TEXT: &str = "2022年4月に見本大学は約11万人分の情報が流出したと公表した。";

fn gold(mentions: Value) -> Value {
    json!({"passages": [{"id": "p1", "page": 1, "text": TEXT}], "mentions": mentions})
}

fn found(mentions: Value) -> Value {
    json!({"blocks": [{"id": "b1", "text": format!("前の文。{TEXT}"), "page": 1}], "mentions": mentions})
}

/// A mention of the document, at a place in [`TEXT`].
fn at(kind: &str, surface: &str, more: &Value) -> Value {
    let byte = TEXT.find(surface).expect("the surface is in the text");
    let start = 4 + TEXT[..byte].chars().count();
    let mut row = json!({"id": "m", "block": "b1", "start": start, "end": start + surface.chars().count(),
        "surface": surface, "type": kind});
    for (key, value) in more.as_object().into_iter().flatten() {
        row[key] = value.clone();
    }
    row
}

fn org() -> Value {
    json!([{"passage": "p1", "surface": "見本大学", "type": "ORG", "canonical": "org:mihon"}])
}

#[test]
fn a_mention_counts_with_exact_span_and_type() {
    let strict = |m: Value, strict: &str, span: &str| {
        check(&gold(org()), &found(json!([m])), &[("mentions.strict", strict), ("mentions.span", span)]);
    };
    strict(at("ORG", "見本大学", &json!({})), "1.000", "1.000");
    strict(at("LOC", "見本大学", &json!({})), "0.000", "1.000");
    strict(at("ORG", "見本大学は", &json!({})), "0.000", "0.000");
    strict(at("ORG", "見本", &json!({})), "0.000", "0.000");
}

#[test]
fn what_lies_inside_a_hit_or_is_left_to_choice_costs_nothing() {
    let hit = at("ORG", "見本大学", &json!({}));
    let inner = at("LOC", "見本", &json!({}));
    let beside = at("DATE", "2022年4月", &json!({}));
    check(&gold(org()), &found(json!([hit, inner])), &[("mentions.strict", "1.000")]);
    check(&gold(org()), &found(json!([hit, beside])), &[("mentions.strict", "0.667")]);
    let optional = json!([org()[0], {"passage": "p1", "surface": "2022年4月", "type": "DATE", "optional": true}]);
    check(&gold(optional.clone()), &found(json!([hit])), &[("mentions.strict", "1.000")]);
    check(&gold(optional), &found(json!([hit, at("QTY", "2022年4月", &json!({}))])), &[("mentions.strict", "1.000")]);
}

#[test]
fn the_same_words_outside_of_the_passages_are_not_judged() {
    let elsewhere = json!({"blocks": [{"id": "b1", "text": "別の所で見本大学が別の事を述べている。", "page": 9}],
        "mentions": [{"id": "m", "block": "b1", "start": 4, "end": 8, "surface": "見本大学", "type": "ORG"}]});
    let evaluation = compare(&gold(org()), &elsewhere, &json!([]));
    assert_eq!(evaluation.misses.len(), 1, "{:?}", evaluation.misses);
    check(&gold(org()), &elsewhere, &[("mentions.strict", "0.000"), ("mentions.linking", "0.000")]);
}

#[test]
fn links_go_by_any_name_of_the_thing() {
    let names = json!([{"id": "org:mihon", "name": "国立大学法人見本大学", "aliases": ["見大"]}]);
    for (label, want) in
        [("見本大学", "1.000"), ("見大", "1.000"), ("見本大学（東京）", "1.000"), ("見本高校", "0.000")]
    {
        let m = at("ORG", "見本大学", &json!({"label": label, "entity": "e1"}));
        check_named(
            &gold(org()),
            &found(json!([m])),
            &names,
            &[("mentions.linking", want), ("mentions.clusters", "1.000")],
        );
    }
}

#[test]
fn a_link_is_wrong_only_where_the_gold_knows_the_other_thing() {
    let names = json!([{"id": "org:mihon", "name": "見本大学"}, {"id": "org:koko", "name": "見本高校"}]);
    let of = |label: &str, entity: &str| {
        let m = at("ORG", "見本大学", &json!({"label": label, "entity": entity}));
        let evaluation = compare(&gold(org()), &found(json!([m])), &names);
        let links = evaluation.tuning.links().into_iter().map(|l| (l.right, l.wrong, l.open)).collect::<Vec<_>>();
        (evaluation.scores.get("mentions.links_sound").map(hakusho_eval::Score::value), links)
    };
    assert_eq!(of("見本大学", "e1"), (Some(1.0), vec![(1, 0, 0)]));
    assert_eq!(of("見本高校", "e1"), (Some(0.0), vec![(0, 1, 0)]));
    assert_eq!(of("ミホン大学", "e1"), (Some(1.0), vec![(0, 0, 1)]));
    // A name that no list has is no link.
    assert_eq!(of("見本高校", "x/nil/見本高校"), (None, vec![]));
}

#[test]
fn other_mentions_of_an_entity_show_what_it_stands_for() {
    let text = "見本大学と見本大学と見本高校。";
    let row = |surface: &str, nth: u32, id: &str| json!({"passage": "p1", "surface": surface, "occurrence": nth, "type": "ORG", "canonical": id});
    let gold = json!({"passages": [{"id": "p1", "text": text}], "mentions": [
        row("見本大学", 1, "org:mihon"), row("見本大学", 2, "org:mihon"), row("見本高校", 1, "org:koko")]});
    let at = |start: usize| json!({"id": "m", "block": "b1", "start": start, "end": start + 4, "type": "ORG", "entity": "e1", "label": "ミホン"});
    let document = json!({"blocks": [{"id": "b1", "text": text}], "mentions": [at(0), at(5), at(10)]});
    let links = compare(&gold, &document, &json!([])).tuning.links();
    assert_eq!(links.iter().map(|l| (l.right, l.wrong, l.open)).collect::<Vec<_>>(), [(0, 1, 2)]);
}

#[test]
fn spans_of_a_type_may_be_found_with_another() {
    let spans = |m: Value| {
        let tuning = compare(&gold(org()), &found(json!([m])), &json!([])).tuning;
        tuning.spans(hakusho_model::MentionKind::Org).map(hakusho_eval::Score::value)
    };
    assert_eq!(spans(at("LOC", "見本大学", &json!({}))), Some(1.0));
    assert_eq!(spans(at("ORG", "見本", &json!({}))), Some(0.0));
}

#[test]
fn values_are_dates_in_edtf_and_quantities_with_unit() {
    let wanted = json!([
        {"passage": "p1", "surface": "2022年4月", "type": "DATE", "canonical": "2022-04"},
        {"passage": "p1", "surface": "約11万人分", "type": "QTY", "canonical": "110000 人分"}]);
    let values = |date: &str, value: f64, unit: &str| {
        let qty = json!({"value": {"value": value, "max": null, "unit": unit, "qualifier": null}});
        found(json!([at("DATE", "2022年4月", &json!({"value": date})), at("QTY", "約11万人分", &qty)]))
    };
    let names = ["mentions.values.date", "mentions.values.quantity", "mentions.values.number"];
    let expect = |values: [&'static str; 3]| names.into_iter().zip(values).collect::<Vec<_>>();
    check(&gold(wanted.clone()), &values("2022-04", 110_000.0, "人分"), &expect(["1.000"; 3]));
    check(&gold(wanted.clone()), &values("2022-04", 110_000.0, "人"), &expect(["1.000", "0.000", "1.000"]));
    check(&gold(wanted), &values("2022", 11.0, "人分"), &expect(["0.000"; 3]));
}

fn event(start: usize, end: usize, more: &Value) -> Value {
    let mut row = json!({"id": "e1", "type": "incident", "block": "b1", "start": start, "end": end});
    for (key, value) in more.as_object().into_iter().flatten() {
        row[key] = value.clone();
    }
    row
}

#[test]
fn an_event_is_found_by_type_and_passage_and_its_parts_are_compared() {
    let names = json!([{"id": "org:mihon", "name": "見本大学"}]);
    let mut gold = gold(json!([]));
    gold["events"] = json!([{"passage": "p1", "type": "incident", "affected": ["org:mihon"], "date": "2022-04",
        "counts": [{"value": 110_000}]}]);
    let document = |e: Value| {
        let mut all = found(json!([]));
        all["entities"] = json!([{"id": "e:1", "label": "見本大学"}, {"id": "e:2", "label": "別の大学"}]);
        all["events"] = json!([e]);
        all
    };
    let quantity = json!([{"value": 110_000.0, "max": null, "unit": "人分", "qualifier": null}]);
    let right = json!({"affected": ["e:1"], "date": "2022-04", "quantities": quantity});
    let names_of = ["events.detected", "events.affected", "events.count", "events.date"];
    let expect = |values: [&'static str; 4]| names_of.into_iter().zip(values).collect::<Vec<_>>();
    check_named(&gold, &document(event(4, 34, &right)), &names, &expect(["1.000"; 4]));
    let other = json!({"affected": ["e:2"], "date": "2022"});
    check_named(&gold, &document(event(4, 34, &other)), &names, &expect(["1.000", "0.000", "0.000", "0.000"]));
    check_named(&gold, &document(event(4, 34, &json!({"type": "lawsuit"}))), &names, &expect(["0.000"; 4]));
    // Outside of the passage nothing is judged: the event is missed, and nothing is wrong.
    let outside = compare(&gold, &document(event(0, 4, &right)), &names);
    let verdicts: Vec<Verdict> = outside.misses.iter().map(|m| m.verdict).collect();
    assert_eq!(verdicts, [Verdict::Missed]);
}

#[test]
fn a_figure_needs_its_value_and_four_fifths_of_its_quote() {
    let gold = |complete: Value| json!({"complete": {"observations": complete}, "observations": [{"page": 1, "text": "abcdefg", "value": 12}]});
    let found = |text: &str, value: f64| {
        json!({"blocks": [{"id": "b1", "text": text, "page": 1}],
               "observations": [{"id": "o1", "block": "b1", "value": value, "printed": "12"}]})
    };
    let some = Value::Null;
    check(&gold(some.clone()), &found("abcdefg 12", 12.0), &[("observations.all", "1.000")]);
    check(&gold(some.clone()), &found("abcdefxyz", 12.0), &[("observations.all", "1.000")]);
    check(&gold(some.clone()), &found("abcdexyzw", 12.0), &[("observations.all", "0.000")]);
    check(&gold(some.clone()), &found("abcdefg", 13.0), &[("observations.all", "0.000")]);
    // A figure that the gold does not speak of is wrong only where the gold has all of them.
    let two = |gold: Value| {
        let mut document = found("abcdefg", 12.0);
        let other = json!({"id": "o2", "block": "b1", "value": 99.0, "printed": "99"});
        document["observations"].as_array_mut().expect("rows").push(other);
        compare(&gold, &document, &json!([])).scores.get("observations.all").map(hakusho_eval::Score::value)
    };
    assert_eq!((two(gold(some)), two(gold(json!("all")))), (Some(1.0), Some(2.0 / 3.0)));
}

#[test]
fn rules_and_types_are_counted() {
    let wanted = json!([org()[0], {"passage": "p1", "surface": "2022年4月", "type": "DATE"}]);
    let document = found(json!([
        at("LOC", "見本大学", &json!({"rule": "form"})),
        at("DATE", "2022年4月", &json!({"rule": "date"})),
        at("THREAT", "流出", &json!({"rule": "form"}))
    ]));
    let tuning = compare(&gold(wanted), &document, &json!([])).tuning;
    let confusions: Vec<(String, String, usize)> =
        tuning.confusions().into_iter().map(|c| (c.gold, c.found, c.count)).collect();
    let row = |gold: &str, found: &str| (gold.to_owned(), found.to_owned(), 1);
    assert_eq!(confusions, [row("-", "THREAT"), row("ORG", "LOC")]);
    let rules: Vec<(String, usize, usize)> = tuning.rules().into_iter().map(|r| (r.rule, r.right, r.wrong)).collect();
    assert_eq!(rules, [("form".to_owned(), 0, 2), ("date".to_owned(), 1, 0)]);
}

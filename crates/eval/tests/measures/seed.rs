//! Annotations of seeds: places by line and column, events with their own text, figures of charts, triggers.

use std::io::{Error, ErrorKind};

use hakusho_eval::{Gold, Names, evaluate, linked_entities};
use serde_json::{Value, json};

use super::read;

/// A made-up seed, file by file.
struct Seed(Vec<(&'static str, String)>);

const TEXT: &str = "第1節 見本\n昨年、見本大\n学＊1が攻撃された。被害は12件。\n＊1\t注の文\n柱";

fn seed() -> Seed {
    let passages = json!([
        {"id": "B-1", "doc": "mihon-b", "line_start": 2, "line_end": 3},
        {"id": "B-9", "doc": "mihon-b", "line_start": 5, "line_end": 5},
        {"id": "A-1", "doc": "mihon-a", "line_start": 1, "line_end": 1}]);
    let mention = |kind: &str, surface: &str, from: (u32, u32), to: (u32, u32)| {
        json!({"doc": "mihon-b", "passage": "B-1", "type": kind, "surface": surface, "line_start": from.0, "col_start": from.1,
            "line_end": to.0, "col_end": to.1, "canonical": "org:mihon"})
    };
    let structure = [
        json!({"kind": "section", "doc": "mihon-b", "level": 1, "label": "第1節", "title": "見本"}),
        json!({"kind": "figure", "doc": "mihon-b", "number": "図１", "caption": "被害", "ref_lines": [2, 3]}),
        json!({"kind": "footnote", "doc": "mihon-b", "number": "＊1", "text": "＊1\t注の文", "marker_line": 3, "marker_context": "＊1"}),
        json!({"kind": "artefact", "doc": "mihon-b", "artefact": "running_header", "lines": [5, 5]}),
    ];
    let incident = json!({"id": "B-I1", "doc": "mihon-b", "type": "incident", "affected": ["org:mihon", "org:other"],
        "notes": "TWO incidents", "text": "昨年、見本大学が攻撃された。", "date": "2020"});
    let stats = [
        json!({"doc": "mihon-b", "line": 3, "table": "text", "value": 12, "unit": "件"}),
        json!({"doc": "mihon-b", "line": 3, "table": "図１", "dims": {"item": "件数", "year": 2020, "n": 5}, "value": 7, "unit": "件"}),
        json!({"doc": "mihon-b", "line": 3, "table": "図１", "dims": {"item": "件数"}, "value": 1, "unit": "位"}),
    ];
    Seed(vec![
        ("mihon-b.txt", TEXT.to_owned()),
        ("gold_passages.json", passages.to_string()),
        (
            "gold_entities.jsonl",
            lines(&[mention("ORG", "見本大学", (2, 3), (3, 1)), mention("TRIG", "攻撃", (3, 4), (3, 6))]),
        ),
        ("gold_incidents.jsonl", lines(&[incident])),
        ("gold_stats.jsonl", lines(&stats)),
        ("gold_structure.jsonl", lines(&structure)),
    ])
}

fn lines(rows: &[Value]) -> String {
    rows.iter().map(|r| format!("{r}\n")).collect()
}

impl Seed {
    fn parse(&self, id: &str) -> Result<Gold, String> {
        let mut names = Names::default();
        names
            .add(r#"[{"id": "org:mihon", "name": "見本大学"}, {"id": "org:other", "name": "別の大学"}]"#)
            .expect("names");
        let file = |name: &str| {
            let found = self.0.iter().find(|(n, _)| *n == name).map(|(_, text)| text.clone());
            found.ok_or_else(|| Error::from(ErrorKind::NotFound))
        };
        Gold::parse_seed(id, &names, file).map_err(|e| e.to_string())
    }

    /// The seed with one file written anew.
    fn with(mut self, name: &str, text: &str) -> Self {
        self.0.iter_mut().filter(|(n, _)| *n == name).for_each(|f| text.clone_into(&mut f.1));
        self
    }
}

/// Compares scores of the seed with a document; `-` stands for a measure that must not be there.
fn check(document: &Value, expected: &[(&str, &str)]) {
    let scores = evaluate(&seed().parse("mihon-b").expect("a seed"), &read(document)).scores;
    for (name, want) in expected {
        let found = scores.get(name).map_or("-".to_owned(), |s| format!("{:.3}", s.value()));
        assert_eq!(found, *want, "{name}");
    }
}

fn found(mentions: Value) -> Value {
    json!({"blocks": [{"id": "b1", "text": "昨年、見本大学が攻撃された。被害は12件。", "page": 1}], "mentions": mentions,
        "entities": [{"id": "e:1", "label": "見本大学"}, {"id": "e:2", "label": "別の大学"}]})
}

fn mention(kind: &str, start: usize, end: usize, surface: &str) -> Value {
    json!({"id": "m", "block": "b1", "start": start, "end": end, "surface": surface, "type": kind, "entity": "e:1",
        "label": "見本大学"})
}

#[test]
fn a_place_goes_over_the_end_of_a_line_and_marks_of_notes_do_not_count() {
    let right = mention("ORG", 3, 7, "見本大学");
    check(
        &found(json!([right])),
        &[("mentions.strict", "1.000"), ("mentions.linking", "1.000"), ("mentions.links_sound", "1.000")],
    );
    check(&found(json!([mention("ORG", 3, 8, "見本大学が")])), &[("mentions.strict", "0.000")]);
}

#[test]
fn triggers_and_dates_of_incomplete_passages_are_left_to_choice() {
    let right = mention("ORG", 3, 7, "見本大学");
    let with = |kind: &str, start: usize, end: usize, surface: &str, want: &str| {
        let document = found(json!([right, mention(kind, start, end, surface)]));
        check(&document, &[("mentions.strict", want)]);
    };
    with("INCIDENT", 8, 10, "攻撃", "1.000");
    with("DATE", 0, 2, "昨年", "1.000");
    with("QTY", 17, 20, "12件", "1.000");
    with("LOC", 0, 2, "昨年", "0.667");
}

#[test]
fn a_row_of_two_incidents_is_two_events_in_the_text_of_the_row() {
    let event = |affected: &str| json!({"id": "e", "type": "incident", "block": "b1", "start": 0, "end": 14, "affected": [affected], "date": "2020"});
    let document = |events: Value| {
        let mut all = found(json!([]));
        all["events"] = events;
        all
    };
    let both = document(json!([event("e:1"), event("e:2")]));
    check(&both, &[("events.detected", "1.000"), ("events.affected", "1.000"), ("events.date", "1.000")]);
    check(&document(json!([event("e:2")])), &[("events.detected", "0.667"), ("events.affected", "1.000")]);
}

#[test]
fn figures_stand_in_the_text_or_in_an_exhibit_and_ranks_are_none() {
    let document = |category: &str, printed: f64| {
        let mut all = found(json!([]));
        all["exhibits"] = json!([{"id": "x1", "label": "図1", "number": "1", "page": 1}]);
        all["observations"] = json!([
            {"id": "o1", "block": "b1", "value": printed, "printed": "12"},
            {"id": "o2", "exhibit": "x1", "category": category, "series": "件数", "value": 7, "printed": "7"}]);
        all
    };
    let names = ["observations.all", "observations.charted", "observations.prose"];
    let expect = |values: [&'static str; 3]| names.into_iter().zip(values).collect::<Vec<_>>();
    check(&document("2020年", 12.0), &expect(["1.000", "1.000", "1.000"]));
    check(&document("2021年", 12.0), &expect(["0.500", "0.000", "1.000"]));
    // Other figures of the same line may be right: the quote is open.
    check(&document("2020", 13.0), &expect(["0.667", "1.000", "0.000"]));
}

#[test]
fn structure_has_no_pages_and_sources_that_are_not_given_are_not_judged() {
    let document = json!({
        "blocks": [{"id": "b1", "text": "昨年、見本大学が攻撃された。", "page": 1, "refs": [
            {"start": 0, "end": 2, "exhibit": "x1"}, {"start": 2, "end": 4, "exhibit": "x1"}]}],
        "sections": [{"id": "s1", "level": 1, "label": "第1節", "title": "見本"}],
        "exhibits": [{"id": "x1", "label": "図1", "number": "1", "caption": "被害", "source": "見本調べ", "page": 1}],
        "footnotes": [{"id": "n1", "marker": "＊1", "text": "注の文", "anchors": [{"block": "b1", "offset": 7}]}]});
    check(
        &document,
        &[
            ("sections.heading", "1.000"),
            ("exhibits.number", "1.000"),
            ("exhibits.caption", "1.000"),
            ("exhibits.source", "-"),
            ("exhibits.kind", "-"),
            ("xrefs.resolved", "1.000"),
            ("footnotes.body", "1.000"),
            ("footnotes.anchor", "1.000"),
            ("pages.label", "-"),
        ],
    );
}

#[test]
fn names_and_links_inside_the_passages_can_be_asked_for() {
    let gold = seed().parse("mihon-b").expect("a seed");
    assert_eq!(gold.surfaces().collect::<Vec<_>>(), ["見本大学"]);
    let document = read(&found(json!([mention("ORG", 3, 7, "見本大学")])));
    assert_eq!(linked_entities(&gold, &document).into_iter().collect::<Vec<_>>(), ["e:1"]);
}

#[test]
fn what_is_wrong_is_named_with_file_and_line() {
    let problem = |seed: Seed, id: &str| seed.parse(id).err().unwrap_or_default();
    let check = |name: &str, text: &str, want: &str| {
        let problem = problem(seed().with(name, text), "mihon-b");
        assert!(problem.starts_with(want), "{problem}");
    };
    assert_eq!(problem(seed(), "other"), "`gold_passages.json`: no report is named `other`, only `mihon-a`, `mihon-b`");
    assert!(problem(seed(), "mihon-a").starts_with("`mihon-a.txt`: "));
    check("gold_stats.jsonl", "\n{\"doc\": 1}", "`gold_stats.jsonl`, line 2: invalid type");
    check("gold_passages.json", "[\n{}]", "`gold_passages.json`, line 2: missing field");
    let far = r#"[{"id": "B-1", "doc": "mihon-b", "line_start": 5, "line_end": 6}]"#;
    check("gold_passages.json", far, "`gold_passages.json`, line 1: the text has no line 6");
    let entity = |kind: &str, line: u32| {
        json!({"doc": "mihon-b", "passage": "B-1", "type": kind, "surface": "見本", "line_start": line, "col_start": 0,
            "line_end": line, "col_end": 2})
    };
    check("gold_entities.jsonl", &lines(&[entity("ORGS", 2)]), "`gold_entities.jsonl`, line 1: the type `ORGS`");
    check("gold_entities.jsonl", &lines(&[entity("ORG", 4)]), "`gold_entities.jsonl`, line 1: line 4 is not in");
    let note = json!({"kind": "footnote", "doc": "mihon-b", "number": "＊1"});
    check("gold_structure.jsonl", &lines(&[note]), "`gold_structure.jsonl`, line 1: a footnote without `marker_line`");
}

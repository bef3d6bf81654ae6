//! Each limit at its value and one past it; and that hostile queries come back.

use std::time::Duration;

use oxigraph::io::RdfFormat;
use oxigraph::sparql::results::QueryResultsFormat;

use super::{ask, ring, service, short};
use crate::error::StoreError;
use crate::query::parse::MAX_OPERATORS;
use crate::query::rewrite::{MAX_JOINED, MAX_LEAVES};
use crate::query::{Answer, Cancel, Form, QueryOptions, QueryService};

const FORM: Form = Form { rows: Some(QueryResultsFormat::Csv), graph: Some(RdfFormat::NTriples) };

#[test]
fn rows_end_at_their_limit() {
    for (text, rows) in [
        ("SELECT * { VALUES ?a { 1 2 3 } }", 3),
        ("SELECT * { VALUES ?a { 1 2 3 } } ORDER BY ?a", 3),
        ("CONSTRUCT { ?s <a:p> ?o } WHERE { VALUES (?s ?o) { (<a:b> 1) (<a:b> 2) } }", 2),
    ] {
        let with = |max| service(QueryOptions { max_rows: Some(max), ..QueryOptions::default() });
        assert_eq!(ask(&with(rows), text).expect(text).len(), rows, "{text}");
        let refused = ask(&with(rows - 1), text);
        assert!(matches!(refused, Err(StoreError::RowLimit { limit }) if limit == rows - 1), "{text}: {refused:?}");
        let written = with(rows - 1).write(text, FORM, &Cancel::new());
        assert!(matches!(written, Err(StoreError::RowLimit { .. })), "{text}: {written:?}");
    }
}

#[test]
fn bytes_end_at_their_limit_in_every_form() {
    let forms = [QueryResultsFormat::Csv, QueryResultsFormat::Tsv, QueryResultsFormat::Json, QueryResultsFormat::Xml];
    let graphs = [RdfFormat::Turtle, RdfFormat::NTriples, Form::JSON_LD, RdfFormat::RdfXml];
    for text in ["SELECT * { VALUES ?a { 1 2 3 } }", "ASK {}", "CONSTRUCT { <a:b> <a:c> ?o } { VALUES ?o { 1 2 } }"] {
        for (rows, graph) in forms.into_iter().zip(graphs) {
            let form = Form { rows: Some(rows), graph: Some(graph) };
            let write = |max_bytes| {
                service(QueryOptions { max_bytes, ..QueryOptions::default() }).write(text, form, &Cancel::new())
            };
            let whole = write(None).expect(text);
            let length = whole.bytes.len();
            assert_eq!(write(Some(length)).expect(text), whole, "{text}");
            let limit = length - 1;
            let refused = write(Some(limit));
            assert!(matches!(refused, Err(StoreError::ByteLimit { limit: l }) if l == limit), "{text}: {refused:?}");
        }
    }
}

#[test]
fn inner_sorts_end_at_their_limit() {
    let text = "ASK { { SELECT ?a { VALUES ?a { 3 2 1 } } ORDER BY ?a LIMIT 1 } }";
    let with = |max_sorted_rows| service(QueryOptions { max_sorted_rows, ..QueryOptions::default() });
    assert_eq!(ask(&with(3), text).expect("three rows"), Answer::Boolean(true));
    assert!(matches!(ask(&with(2), text), Err(StoreError::SortLimit { limit: 2 })));
}

#[test]
fn distinct_rows_of_an_inner_sort_are_counted_once() {
    let text = "ASK { { SELECT ?a { { SELECT DISTINCT ?a { VALUES ?a { 1 1 1 2 } } } } ORDER BY ?a LIMIT 1 } }";
    let with = |max_sorted_rows| service(QueryOptions { max_sorted_rows, ..QueryOptions::default() });
    assert!(ask(&with(2), text).is_ok());
    assert!(matches!(ask(&with(1), text), Err(StoreError::SortLimit { .. })));
}

#[test]
fn texts_end_at_their_limit() {
    let doubled = |times: usize| {
        let binds: String = (1..=times).map(|i| format!("BIND(CONCAT(?t{}, ?t{}) AS ?t{i}) ", i - 1, i - 1)).collect();
        format!("SELECT (STRLEN(?t{times}) AS ?n) {{ BIND(\"0123456789abcdef\" AS ?t0) {binds} }}")
    };
    let service = service(QueryOptions::default());
    assert_eq!(ask(&service, &doubled(20)).expect("16 MB").len(), 1);
    assert!(matches!(ask(&service, &doubled(21)), Err(StoreError::TextLimit { .. })));
    assert!(matches!(ask(&service, &doubled(60)), Err(StoreError::TextLimit { .. })));
}

#[test]
fn the_text_of_a_query_ends_at_its_limit() {
    let text = "ASK {}";
    let with = |max_text| service(QueryOptions { max_text, ..QueryOptions::default() });
    assert!(ask(&with(text.len()), text).is_ok());
    assert!(matches!(ask(&with(text.len() - 1), text), Err(StoreError::TooComplex { .. })));
}

/// Queries that would run for hours.
const HOSTILE: &[&str] = &[
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a",
    "SELECT (COUNT(*) AS ?n) { ?a :n ?b . ?c :n ?d . ?e :n ?f . FILTER(?b + ?d + ?f < 0) }",
    "SELECT (COUNT(*) AS ?n) { ?a :next+ ?b }",
    "SELECT (COUNT(*) AS ?n) { ?a (:next|!:next)* ?b . ?b (:next|!:next)* ?c }",
    "SELECT (GROUP_CONCAT(?m) AS ?t) { ?a :n ?b . ?c :n ?d . ?e :name ?m }",
    "SELECT DISTINCT ?b ?d { ?a :n ?b . ?c :n ?d }",
    "ASK { ?a :n ?b . ?c :n ?d . ?e :n ?f FILTER(?b + ?d + ?f < 0) }",
    "SELECT * { ?a :n ?b OPTIONAL { ?c :n ?d OPTIONAL { ?e :n ?f FILTER(?f + ?d < 0) } } }",
    "SELECT (COUNT(*) AS ?n) { ?a :n ?b FILTER NOT EXISTS { ?c :n ?d . ?e :name ?f FILTER(?d + ?b < 0) } }",
    "CONSTRUCT { ?a :x ?c } WHERE { ?a :n ?b . ?c :n ?d . ?e :n ?f }",
    "SELECT (COUNT(*) AS ?n) { { SELECT ?x { ?a :n ?b BIND(1 AS ?x) } } { SELECT ?x { ?c :n ?d BIND(1 AS ?x) } } \
     { SELECT ?x { ?e :n ?f BIND(1 AS ?x) } } }",
];

#[test]
fn hostile_queries_come_back_with_the_time_limit() {
    let service = QueryService::over(ring(3000), short());
    for text in HOSTILE {
        let answer = ask(&service, text);
        assert!(matches!(&answer, Err(StoreError::TimeLimit { .. })), "{text}: {:?}", answer.map(|a| a.len()));
    }
}

#[test]
fn products_that_read_nothing_come_back_with_the_time_limit() {
    let values = |v: &str| format!("VALUES ?{v} {{ {} }} ", "1 2 3 4 5 6 7 8 9 0 ".repeat(50));
    let product: String = ["a", "b", "c", "d", "e"].map(values).concat();
    for text in [
        format!("SELECT (COUNT(*) AS ?n) {{ {product} }}"),
        format!("SELECT (COUNT(*) AS ?n) {{ {product} FILTER(?a + ?b + ?c + ?d + ?e < 0) }}"),
        format!("SELECT DISTINCT ?a {{ {product} }}"),
        format!("SELECT * {{ {product} }} ORDER BY ?a"),
        format!("ASK {{ {product} FILTER(?a + ?e > 100) }}"),
    ] {
        let answer = ask(&service(short()), &text);
        assert!(matches!(&answer, Err(StoreError::TimeLimit { .. })), "{}: {:?}", &text[..40], answer.map(|a| a.len()));
    }
}

#[test]
fn another_thread_calls_a_query_off() {
    let service = QueryService::over(ring(3000), QueryOptions { timeout: None, ..QueryOptions::default() });
    let cancel = Cancel::new();
    let handle = cancel.clone();
    let asked = service.clone();
    let asking = std::thread::spawn(move || asked.answer("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a", &handle));
    std::thread::sleep(Duration::from_millis(50));
    cancel.cancel();
    let answer = asking.join().expect("the thread ends");
    assert!(matches!(answer, Err(StoreError::Cancelled)), "{:?}", answer.map(|a| a.len()));
}

#[test]
fn memory_ends_at_its_limit() {
    if !std::path::Path::new("/proc/self/status").exists() {
        return;
    }
    let options = QueryOptions { timeout: None, max_memory: Some(64 << 20), ..QueryOptions::default() };
    let service = QueryService::over(ring(3000), options);
    let answer = ask(&service, "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a");
    assert!(matches!(answer, Err(StoreError::MemoryLimit { .. })), "{:?}", answer.map(|a| a.len()));
}

#[test]
fn many_threads_share_a_service() {
    let service = QueryService::over(ring(1000), QueryOptions::default());
    let threads: Vec<_> = (0..8)
        .map(|i| {
            let service = service.clone();
            std::thread::spawn(move || {
                ask(&service, &format!("SELECT * {{ ?s :n ?n FILTER(?n < {i}) }}")).map(|a| a.len())
            })
        })
        .collect();
    for (i, thread) in threads.into_iter().enumerate() {
        assert_eq!(thread.join().expect("the thread ends").expect("an answer"), i);
    }
    assert_eq!(service.running(), 0);
}

fn nested(before: &str, after: &str, depth: usize) -> String {
    format!("{}?x :knows ?y{}", before.repeat(depth), after.repeat(depth))
}

#[test]
fn the_largest_queries_are_worked_on() {
    let service = service(QueryOptions::default());
    for (text, what) in [
        (format!("ASK {{ FILTER({}true) }}", "true && ".repeat(MAX_OPERATORS / 2)), "and"),
        (format!("ASK {{ FILTER({}true) }}", "false || ".repeat(MAX_OPERATORS / 2)), "or"),
        (format!("ASK {{ FILTER(1{} > 0) }}", " + 1".repeat(MAX_OPERATORS - 1)), "plus"),
        (format!("ASK {{ {}{} }}", "{".repeat(240), "}".repeat(240)), "groups"),
        (format!("ASK {{ {} }}", "OPTIONAL { :a :knows ?x ".repeat(100) + &"}".repeat(100)), "optional"),
        (format!("ASK {{ {} }}", "OPTIONAL { ?x :knows ?y } ".repeat(MAX_LEAVES)), "optionals"),
        (format!("ASK {{ ?x ({})* ?y }}", ["^:knows"; MAX_OPERATORS / 2 - 1].join("|")), "alternatives"),
        (format!("ASK {{ ?x {} ?y }}", [":knows"; MAX_JOINED].join("/")), "sequence"),
        (format!("ASK {{ {} }}", "?x :knows ?y . ".repeat(MAX_JOINED)), "triples"),
        (format!("ASK {{ {} {{}} }}", "{ ?x :knows ?y } UNION ".repeat(MAX_LEAVES)), "union"),
        (
            format!("ASK {{ {} }}", nested("?x :knows ?y . { ", " } UNION { ?y :knows ?x }", MAX_LEAVES / 3)),
            "unions in unions",
        ),
        (
            format!("ASK {{ {} }}", nested("?x :knows ?y OPTIONAL { ", " } ?y :knows ?z", MAX_LEAVES / 3)),
            "joins in optionals",
        ),
    ] {
        let answer = ask(&service, &text);
        assert!(answer.is_ok(), "{what}: {answer:?}");
    }
    for text in [
        format!("ASK {{ ?x {} ?y }}", [":knows"; MAX_JOINED + 1].join("/")),
        format!("ASK {{ {} {{}} }}", "{ ?x :knows ?y } UNION ".repeat(MAX_LEAVES + 1)),
    ] {
        assert!(matches!(ask(&service, &text), Err(StoreError::TooComplex { .. })));
    }
}

//! What is likely to be slow, and where.

use super::{prefixed, ring};
use crate::query::{Explanation, QueryOptions, QueryService};

const QUERIES: &[&str] = &[
    "SELECT * {\n  ?a :n ?b .\n  ?c :name ?d .\n}",
    "SELECT * { ?a :n ?b . ?c :name ?d . ?a :next ?c }",
    "SELECT * { ?a a :T . ?c a :T . ?c :n ?d }",
    "PREFIX e: <http://e.org/>\nSELECT * { ?a e:n 5 . ?c e:name ?d }",
    "SELECT * { ?a :n ?b . VALUES ?x { 1 2 } }",
    "SELECT * { ?a :n ?b . VALUES ?x { 1 } }",
    "SELECT * { { ?a :n ?b } UNION { ?a :name ?b } ?c :next ?d }",
    "SELECT * { ?s ?p ?o }",
    "SELECT * { ?s :n 1 . ?s ?p ?o }",
    "SELECT * {\n  ?s\n    :next+ ?o\n}",
    "SELECT * { :n1 :next+ ?o }",
    "SELECT * { ?s :n 1 . ?s :next+ ?o }",
    "SELECT * { ?s :name ?t FILTER(CONTAINS(?t, \"node\")) }",
    "SELECT * { ?s :name ?t FILTER(REGEX(STR(?t), \"ode\") && ?t != \"x\") }",
    "SELECT * { ?s :name ?t FILTER(REGEX(?t, \"^node\")) }",
    "SELECT * { :n1 :name ?t FILTER(CONTAINS(?t, \"node\")) }",
    "SELECT * { ?s :n 1 FILTER NOT EXISTS { ?x :name ?y } }",
    "SELECT * { ?s :n 1 FILTER NOT EXISTS { ?s :name ?y } }",
    "SELECT * { ?s :n 1 OPTIONAL { ?x :name ?y } }",
    "SELECT * { ?s :n ?n } ORDER BY ?n",
    "SELECT * { :n1 :n ?n } ORDER BY ?n",
    "SELECT (COUNT(*) AS ?c) { ?s :n ?n }",
    "SELECT ?s { ?s :n ?n } LIMIT 5",
];

#[test]
fn slow_patterns_are_named_with_line_count_and_advice() {
    let options = prefixed(QueryOptions::default());
    let service = QueryService::over(ring(2000), options);
    let mut table = String::new();
    for text in QUERIES {
        let Explanation { hints, .. } = service.explain(text).expect(text);
        table += &format!("{}\n", text.replace('\n', "⏎"));
        for hint in hints {
            table += &format!("  {:?}: {hint}\n", hint.kind);
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn few_statements_are_not_worth_a_word() {
    let options = prefixed(QueryOptions::default());
    let hints = |nodes| {
        let service = QueryService::over(ring(nodes), options.clone());
        service.explain("SELECT (COUNT(*) AS ?c) { ?s :n ?n }").expect("a query").hints.len()
    };
    assert_eq!((hints(999), hints(1000)), (0, 1));
}

#[test]
fn a_plan_needs_no_work() {
    let service = QueryService::over(ring(10), prefixed(QueryOptions::default()));
    let plan = service.explain("SELECT ?a { ?a :n ?b . ?c :n ?d } ORDER BY ?b").expect("a query").plan;
    assert!(plan.contains("\"plan\"") && plan.contains("Sort"), "{plan}");
}

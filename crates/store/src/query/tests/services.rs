//! `SERVICE`, answered by us or not at all.

use std::sync::Arc;

use oxigraph::model::{BlankNode, Literal, NamedNode, Term};
use oxigraph::sparql::Variable;
use spargebra::algebra::GraphPattern;

use super::{ask, lines, service};
use crate::error::StoreError;
use crate::query::{QueryOptions, QueryService, Rows, Service, ServiceError};

/// Gives `?s` = :a, :b … and `?score`.
struct Fake(Vec<Option<Term>>);

impl Service for Fake {
    fn rows(&self, pattern: &GraphPattern, _: &dyn Fn() -> bool) -> Result<Rows, ServiceError> {
        if matches!(pattern, GraphPattern::Bgp { patterns } if patterns.is_empty()) {
            return Err("say what to look for".into());
        }
        let variables = ["s", "score"].map(Variable::new_unchecked).to_vec();
        let score = |i| Some(Literal::from(i32::try_from(i).unwrap_or(0)).into());
        let rows = self.0.iter().cloned().enumerate().map(|(i, s)| vec![s, score(i)]).collect();
        Ok(Rows { variables, rows })
    }
}

fn with(cells: Vec<Option<Term>>, options: QueryOptions) -> QueryService {
    service(options).with_service(NamedNode::new_unchecked("http://e.org/find"), Arc::new(Fake(cells)))
}

fn node(name: &str) -> Option<Term> {
    Some(NamedNode::new_unchecked(format!("http://e.org/{name}")).into())
}

#[test]
fn rows_of_a_service_join_with_the_rest() {
    let service = with(vec![node("b"), node("e"), node("nobody")], QueryOptions::default());
    let answer =
        ask(&service, "SELECT ?s ?n ?score { ?s :n ?n . SERVICE :find { ?s :match \"x\" } }").expect("an answer");
    insta::assert_snapshot!(lines(&answer).join("\n"), @r#"
    <http://e.org/b> | "12"^^<http://www.w3.org/2001/XMLSchema#integer> | "0"^^<http://www.w3.org/2001/XMLSchema#integer>
    <http://e.org/e> | "7"^^<http://www.w3.org/2001/XMLSchema#integer> | "1"^^<http://www.w3.org/2001/XMLSchema#integer>
    "#);
}

#[test]
fn many_rows_join_as_well() {
    let mut cells: Vec<_> = (0..500).map(|i| node(&format!("x{i}"))).collect();
    cells.push(node("b"));
    let answer =
        ask(&with(cells, QueryOptions::default()), "SELECT * { ?s :n ?n . SERVICE :find { ?s :match \"x\" } }");
    assert_eq!(answer.expect("an answer").len(), 1);
}

#[test]
fn what_cannot_be_answered_says_why() {
    let message = |text: &str| ask(&with(vec![node("a")], QueryOptions::default()), text).expect_err(text).to_string();
    let blank = with(vec![Some(BlankNode::default().into())], QueryOptions::default());
    let few = with(vec![node("a"), node("b")], QueryOptions { max_part_rows: 1, ..QueryOptions::default() });
    let find = "ASK { SERVICE :find { ?s :match 1 } }";
    let messages = [
        message("ASK { SERVICE <http://other.org/sparql> { ?s ?p ?o } }"),
        message("ASK { SERVICE SILENT <http://other.org/sparql> { ?s ?p ?o } }"),
        message("ASK { ?x ?y ?name SERVICE ?name { ?s ?p ?o } }"),
        message("ASK { FILTER EXISTS { SERVICE <http://other.org/sparql> { ?s ?p ?o } } }"),
        message("ASK { SERVICE :find { } }"),
        ask(&blank, find).expect_err("a blank node").to_string(),
        ask(&few, find).expect_err("two rows").to_string(),
    ];
    insta::assert_snapshot!(messages.join("\n"));
    assert!(ask(&with(vec![node("a")], QueryOptions { max_part_rows: 1, ..QueryOptions::default() }), find).is_ok());
    assert!(matches!(ask(&few, find), Err(StoreError::PartLimit { .. })));
}

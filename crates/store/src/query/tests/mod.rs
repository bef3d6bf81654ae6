//! The service on stores in memory.

mod archived;
mod hints;
mod limits;
mod same;
mod services;

use std::time::Duration;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::store::Store;

use super::{Answer, Cancel, QueryOptions, QueryService};
use crate::error::StoreError;

/// Two graphs: names that know each other in a ring and in chains, with texts, numbers and dates.
const DATA: &str = r#"
PREFIX : <http://e.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
GRAPH :one {
  :a a :P ; :knows :b ; :name "あ"@ja, "A" ; :n 3 ; :d "2024-01-02"^^xsd:date ; :self :a .
  :b a :P ; :knows :c ; :name "い"@ja ; :n 12 ; :d "2023-12-31"^^xsd:date .
  :c a :P ; :knows :a, :d ; :name "C" ; :n 1.5 .
  :x :part :y . :y :part :z .
}
GRAPH :two {
  :d a :P, :Q ; :knows :e ; :n 2.5e0 ; :name "D"@en .
  :e a :Q ; :n 7 ; :note "the long note about things" .
  :p :p :p . :p :q :p .
}
"#;

fn store(data: &str) -> Store {
    let store = Store::new().expect("a store in memory");
    store.load_from_slice(RdfParser::from_format(RdfFormat::TriG), data).expect("the data is TriG");
    store
}

fn service(options: QueryOptions) -> QueryService {
    QueryService::over(store(DATA), options)
}

/// A ring of `n` nodes with a number and a name each.
fn ring(n: usize) -> Store {
    let mut data = "PREFIX : <http://e.org/>\nGRAPH :g {\n".to_owned();
    for i in 0..n {
        data += &format!(":n{i} :next :n{} ; :n {i} ; :name \"node {i}\"@en .\n", (i + 1) % n);
    }
    store(&(data + "}"))
}

fn prefixed(options: QueryOptions) -> QueryOptions {
    QueryOptions { prefixes: vec![(String::new(), "http://e.org/".to_owned())], ..options }
}

fn ask(service: &QueryService, text: &str) -> Result<Answer, StoreError> {
    service.with_options(prefixed(service.options().clone())).answer(text, &Cancel::new())
}

/// Rows as lines, sorted.
fn lines(answer: &Answer) -> Vec<String> {
    let mut lines = ordered(answer);
    lines.sort();
    lines
}

fn ordered(answer: &Answer) -> Vec<String> {
    let cell = |c: &Option<oxigraph::model::Term>| c.as_ref().map(ToString::to_string).unwrap_or_default();
    match answer {
        Answer::Boolean(yes) => vec![yes.to_string()],
        Answer::Graph(triples) => triples.iter().map(ToString::to_string).collect(),
        Answer::Solutions { rows, .. } => {
            rows.iter().map(|r| r.iter().map(cell).collect::<Vec<_>>().join(" | ")).collect()
        }
    }
}

fn short() -> QueryOptions {
    QueryOptions { timeout: Some(Duration::from_millis(100)), ..QueryOptions::default() }
}

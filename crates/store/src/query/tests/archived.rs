//! Graphs that left the store, by name.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use oxigraph::model::{NamedNode, Quad};

use super::{ask, lines, service, store};
use crate::query::{ArchivedError, ArchivedGraphs, QueryOptions, QueryService};

/// Knows `:old` and `:older`; `:broken` cannot be read.
#[derive(Default)]
struct Fake {
    read: AtomicUsize,
}

impl ArchivedGraphs for Fake {
    fn quads(&self, graph: &NamedNode) -> Result<Option<Vec<Quad>>, ArchivedError> {
        let name = graph.as_str().trim_start_matches("http://e.org/");
        let data = match name {
            "old" => "PREFIX : <http://e.org/> GRAPH :old { :a :n 2 ; :knows :f . :f :n 99 . }",
            "older" => "PREFIX : <http://e.org/> GRAPH :older { :a :n 1 . }",
            "broken" => return Err("its file is missing".into()),
            _ => return Ok(None),
        };
        self.read.fetch_add(1, Ordering::Relaxed);
        let store = store(data);
        Ok(Some(store.iter().map(|q| q.expect("a quad")).collect()))
    }
}

fn with_old() -> (QueryService, Arc<Fake>) {
    let fake = Arc::new(Fake::default());
    (service(QueryOptions::default()).with_archived_graphs(fake.clone()), fake)
}

fn rows(service: &QueryService, text: &str) -> String {
    match ask(service, text) {
        Ok(answer) => {
            lines(&answer).join("; ").replace("http://e.org/", ":").replace("http://www.w3.org/2001/XMLSchema#", "xsd:")
        }
        Err(error) => format!("error: {error}"),
    }
}

#[test]
fn old_graphs_are_asked_by_name_only() {
    let (service, _) = with_old();
    let queries = [
        "SELECT ?n { GRAPH :old { :a :n ?n } }",
        "SELECT ?now ?then { :a :n ?now GRAPH :old { :a :n ?then } }",
        "SELECT ?s ?n { GRAPH :old { ?s :n ?n FILTER(?n > 50) } }",
        "SELECT ?s ?n { GRAPH :old { :a :knows ?s OPTIONAL { ?s :n ?n } } }",
        "SELECT ?o ?m { GRAPH :old { ?o :n ?n } OPTIONAL { GRAPH :older { ?o :n ?m } } }",
        "SELECT ?n { GRAPH :one { :a :n ?n } }",
        "SELECT ?g ?n { GRAPH ?g { :a :n ?n } }",
        "SELECT ?n { GRAPH :unknown { :a :n ?n } }",
        "SELECT ?n FROM :old { :a :n ?n }",
        "SELECT ?n FROM :old FROM :one { :a :n ?n }",
        "SELECT ?g ?n FROM NAMED :old FROM NAMED :older FROM NAMED :one { GRAPH ?g { :a :n ?n } }",
        "SELECT ?n FROM :one FROM NAMED :old { ?s :n ?n FILTER EXISTS { GRAPH :old { ?s :n ?x } } }",
        "SELECT ?n { :a :n ?n FILTER EXISTS { GRAPH :old { :a :n ?x } } }",
        "SELECT ?n { GRAPH :old { :a :n ?n GRAPH :one { :a :n ?m } } }",
        "SELECT ?n { GRAPH :broken { :a :n ?n } }",
        "SELECT ?n FROM :broken { :a :n ?n }",
        "SELECT (COUNT(*) AS ?c) { ?s :n ?n }",
    ];
    let table: Vec<String> = queries.iter().map(|q| format!("{q}\n  {}", rows(&service, q))).collect();
    insta::assert_snapshot!(table.join("\n"));
}

#[test]
fn the_last_graphs_stay_in_memory() {
    let (service, fake) = with_old();
    for _ in 0..3 {
        rows(&service, "SELECT ?n { GRAPH :old { :a :n ?n } }");
    }
    assert_eq!(fake.read.load(Ordering::Relaxed), 1);
}

//! Help for those who ask: examples, the terms the data uses, what would be slow.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use hakusho_batch::EXAMPLES;
use hakusho_store::{Hint, PREFIXES};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::app::Shared;
use crate::evidence::Both;
use crate::problem::{Problem, ProblemDetails};
use crate::terms::short;
use crate::view::View;
use crate::work::blocking;

/// Example questions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Examples {
    examples: Vec<ExampleQuery>,
}

/// One of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExampleQuery {
    name: String,
    topic: String,
    title: Both,
    /// The query with its prefixes.
    text: String,
}

/// Questions to begin with.
#[utoipa::path(get, path = "/api/examples", tag = "ask", responses((status = 200, body = Examples)))]
pub(crate) async fn examples() -> Json<Examples> {
    let one = |e: &hakusho_store::Example| ExampleQuery {
        name: e.name.to_owned(),
        topic: e.header("topic").to_owned(),
        title: Both { ja: e.header("title@ja").to_owned(), en: e.header("title@en").to_owned() },
        text: e.standalone(),
    };
    Json(Examples { examples: EXAMPLES.iter().map(one).collect() })
}

/// What can be written in a query.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Terms {
    prefixes: Vec<Prefix>,
    classes: Vec<Term>,
    properties: Vec<Term>,
}

/// A prefix that need not be declared.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Prefix {
    prefix: String,
    iri: String,
}

/// A class or property that the data uses.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Term {
    iri: String,
    /// With its prefix: `hk:Incident`.
    name: String,
    label: Both,
    comment: Both,
    /// Things of the class, statements of the property.
    count: u64,
}

/// Prefixes, classes and properties with their counts, as the description of the store (`VoID`) has them.
#[utoipa::path(get, path = "/api/terms", tag = "ask", responses((status = 200, body = Terms)))]
pub(crate) async fn terms(State(app): State<Shared>) -> Result<Json<Terms>, Problem> {
    blocking(&app, |app| {
        let view = app.view();
        let prefixes =
            PREFIXES.iter().map(|(prefix, iri)| Prefix { prefix: (*prefix).to_owned(), iri: (*iri).to_owned() });
        Ok(Json(Terms {
            prefixes: prefixes.collect(),
            classes: counted(&view, "class", "entities")?,
            properties: counted(&view, "property", "triples")?,
        }))
    })
    .await
}

fn counted(view: &View, kind: &str, of: &str) -> Result<Vec<Term>, Problem> {
    let rows = view.rows(&format!(
        "PREFIX void: <http://rdfs.org/ns/void#>
         SELECT ?t ?n ?l ?c WHERE {{
           {{ SELECT ?t (MAX(?m) AS ?n) WHERE {{ GRAPH <{}graph/description> {{ ?d void:{kind}Partition ?p . ?p void:{kind} ?t ; void:{of} ?m }} }} GROUP BY ?t }}
           OPTIONAL {{ ?t rdfs:label ?l }} OPTIONAL {{ ?t rdfs:comment ?c }}
         }}",
        view.base
    ))?;
    let mut found: BTreeMap<String, Term> = BTreeMap::new();
    for row in rows.iter() {
        let iri = row.text("t");
        let term = found.entry(iri.clone()).or_insert_with(|| Term {
            name: short(&iri),
            count: row.number("n").unwrap_or(0),
            label: Both::default(),
            comment: Both::default(),
            iri,
        });
        for (column, text) in [("l", &mut term.label), ("c", &mut term.comment)] {
            match row.language(column) {
                Some("ja") => text.ja = row.text(column),
                Some("en") => text.en = row.text(column),
                _ => {}
            }
        }
    }
    let mut out: Vec<Term> = found.into_values().collect();
    out.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    Ok(out)
}

/// How a query would be worked on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Explained {
    /// The plan, a tree of nodes with `name` and `children`.
    #[schema(value_type = Object)]
    plan: Box<RawValue>,
    hints: Vec<Slow>,
}

/// What is likely to be slow.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Slow {
    line: Option<usize>,
    text: String,
}

/// Plan of a query and what is likely to be slow in it; it is not run.
#[utoipa::path(post, path = "/api/explain", tag = "ask", request_body(content = String, content_type = "text/plain"),
    responses((status = 200, body = Explained), (status = 400, body = ProblemDetails)))]
pub(crate) async fn explain(State(app): State<Shared>, query: String) -> Result<Json<Explained>, Problem> {
    blocking(&app, move |app| {
        let explained = app.view().service.explain(&query)?;
        let plan = RawValue::from_string(explained.plan).map_err(|e| Problem::internal(&e.to_string()))?;
        let slow = |mut hint: Hint| {
            let line = hint.line.take();
            Slow { line, text: hint.to_string() }
        };
        let hints = explained.hints.into_iter().map(slow).collect();
        Ok(Json(Explained { plan, hints }))
    })
    .await
}

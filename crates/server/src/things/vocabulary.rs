//! `/ns`: the vocabulary, as a page or as a graph.

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::ACCEPT;
use axum::response::{IntoResponse as _, Response};
use maud::html;

use super::{Wish, prefers_page};
use crate::app::Shared;
use crate::html;
use crate::problem::Problem;
use crate::sparql::ontology_turtle;
use crate::terms::last;
use crate::work::blocking;

/// A term with its labels and comments.
struct Term {
    iri: String,
    labels: Vec<String>,
    comments: Vec<String>,
}

pub(crate) async fn vocabulary(
    State(app): State<Shared>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let accept = headers.get(ACCEPT).and_then(|a| a.to_str().ok());
    if wish.format.as_deref() != Some("html") && (wish.format.is_some() || !prefers_page(accept)) {
        return ontology_turtle(&app, wish.format.as_deref(), &headers).await;
    }
    let terms = blocking(&app, |app| {
        let view = app.view();
        let rows = view.rows(&format!(
            "SELECT ?t ?p ?x {{ GRAPH <{}graph/ontology> {{ VALUES ?p {{ rdfs:label rdfs:comment }} ?t ?p ?x }} }} ORDER BY ?t ?p LANG(?x)",
            view.base
        ))?;
        let mut out: Vec<Term> = Vec::new();
        for row in rows.iter() {
            let iri = row.text("t");
            if out.last().is_none_or(|t| t.iri != iri) {
                out.push(Term { iri, labels: Vec::new(), comments: Vec::new() });
            }
            let Some(term) = out.last_mut() else { continue };
            if row.text("p").ends_with("label") {
                term.labels.push(row.text("x"));
            } else {
                term.comments.push(row.text("x"));
            }
        }
        Ok(out)
    });
    let terms = terms.await?;
    let body = html! {
        p { a href="?format=ttl" { "Turtle" } }
        table { @for term in &terms {
            tr id=(last(&term.iri)) {
                th { (last(&term.iri)) br; small { (term.labels.join(" / ")) } }
                td { @for comment in &term.comments { (comment) br; } }
            }
        } }
    };
    Ok(html::page("語彙 / Vocabulary", &body).into_response())
}

//! `/ns`: the vocabulary, as a page or as a graph.

use axum::extract::{Query, State};
use axum::http::header::{ACCEPT, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use maud::html;

use super::{Wish, prefers_page};
use crate::app::Shared;
use crate::html;
use crate::language::Language;
use crate::problem::Problem;
use crate::sparql::ontology_turtle;
use crate::terms::{last, short};
use crate::work::blocking;

/// A term with what is said of it in one language.
struct Term {
    iri: String,
    label: String,
    comment: String,
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
    let language = Language::asked(&headers);
    let terms = blocking(&app, move |app| {
        let view = app.view();
        let rows = view.rows(&format!(
            "SELECT ?t ?p ?x {{ GRAPH <{}graph/ontology> {{ VALUES ?p {{ rdfs:label skos:prefLabel rdfs:comment skos:definition }} ?t ?p ?x
               FILTER(LANG(?x) = \"{}\") BIND(STRSTARTS(STR(?t), \"{}\") AS ?own) }} }} ORDER BY DESC(?own) ?t ?p",
            view.base,
            language.tag(),
            hakusho_rdf::HK
        ))?;
        let mut out: Vec<Term> = Vec::new();
        for row in rows.iter() {
            let iri = row.text("t");
            if out.last().is_none_or(|t| t.iri != iri) {
                out.push(Term { iri, label: String::new(), comment: String::new() });
            }
            let Some(term) = out.last_mut() else { continue };
            match last(&row.text("p")).as_str() {
                "label" | "prefLabel" => term.label = row.text("x"),
                _ => term.comment = row.text("x"),
            }
        }
        Ok(out)
    });
    let terms = terms.await?;
    let body = html! {
        p { a href="?format=ttl" { "Turtle" } }
        table { @for term in &terms {
            tr id=(anchor(&term.iri)) { th { (short(&term.iri)) } td { (term.label) } td { (term.comment) } }
        } }
    };
    let mut response = html::page(language, language.pick("語彙", "Vocabulary"), &body).into_response();
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Language"));
    Ok(response)
}

/// Our terms are found by what stands behind `#` in their IRIs; those of others must not take their places.
fn anchor(iri: &str) -> String {
    iri.strip_prefix(hakusho_rdf::HK).map_or_else(|| short(iri), str::to_owned)
}

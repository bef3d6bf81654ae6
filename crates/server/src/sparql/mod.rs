//! `/sparql`: the SPARQL 1.1 Protocol. A query comes by GET, by a form or as it is; a bare GET describes the service.
//! An update comes by POST, where updates are taken.

mod answer;
mod forms;
mod graph_store;
mod request;
mod service;
mod update;

use axum::extract::{Request, State};
use axum::http::Method;
use axum::response::{IntoResponse as _, Response};

use crate::app::Shared;
use crate::problem::Problem;
pub(crate) use answer::{caching, not_modified};
pub(crate) use forms::{GRAPHS, GraphForm, graph_form};
pub(crate) use graph_store::{graph_store, whole};
pub(crate) use service::{describe_service, ontology_turtle, void};

/// `/sparql.csv` is `/sparql?format=csv`, for programs that take an address and look at its end.
pub(crate) const ENDINGS: [&str; 10] = ["csv", "tsv", "json", "xml", "ttl", "nt", "jsonld", "rdf", "nq", "trig"];

/// `GET` and `POST /sparql`.
pub(crate) async fn sparql(State(app): State<Shared>, request: Request) -> Response {
    match *request.method() {
        Method::GET | Method::HEAD | Method::POST => {}
        _ => return Problem::method("GET, HEAD, POST, OPTIONS").into_response(),
    }
    let headers = request.headers().clone();
    let asked = match request::read(request, app.options.max_body).await {
        Ok(asked) => asked,
        Err(problem) => return problem.into_response(),
    };
    match asked {
        request::Asked::Nothing { accept, format } => {
            describe_service(&app, accept.as_deref(), format.as_deref()).await.unwrap_or_else(Problem::into_response)
        }
        request::Asked::Query(query) => answer::answer(&app, query).await,
        request::Asked::Update(text) => {
            update::update(&app, &headers, text).await.unwrap_or_else(Problem::into_response)
        }
    }
}

//! `/sparql`: the SPARQL 1.1 Protocol. A query comes by GET, by a form or as it is; a bare GET describes the service.

mod answer;
mod forms;
mod graph_store;
mod request;
mod service;

use axum::extract::{Request, State};
use axum::http::Method;
use axum::response::{IntoResponse as _, Response};

use crate::app::Shared;
use crate::problem::Problem;
pub(crate) use answer::{caching, not_modified};
pub(crate) use forms::{GRAPHS, GraphForm, graph_form};
pub(crate) use graph_store::{graph_store, whole};
pub(crate) use service::{describe_service, ontology_turtle, void};

/// `GET` and `POST /sparql`.
pub(crate) async fn sparql(State(app): State<Shared>, request: Request) -> Response {
    match *request.method() {
        Method::GET | Method::HEAD | Method::POST => {}
        Method::OPTIONS => return Problem::method("GET, HEAD, POST, OPTIONS").into_response(),
        _ => return Problem::method("GET, HEAD, POST, OPTIONS").into_response(),
    }
    let asked = match request::read(request, app.options.max_body).await {
        Ok(asked) => asked,
        Err(problem) => return problem.into_response(),
    };
    match asked {
        request::Asked::Nothing { accept, format } => {
            describe_service(&app, accept.as_deref(), format.as_deref()).await.unwrap_or_else(Problem::into_response)
        }
        request::Asked::Query(query) => answer::answer(&app, query).await,
    }
}

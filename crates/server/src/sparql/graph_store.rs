//! Reading whole graphs: the Graph Store HTTP Protocol, `GET` and `HEAD` (`?graph=IRI` or `?default`).

use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, IF_NONE_MATCH};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use hakusho_store::NamedNode;

use super::answer::{caching, not_modified, with_tag};
use super::forms::graph_form;
use crate::app::Shared;
use crate::problem::Problem;
use crate::things::construct;
use crate::view::iri;

/// `GET /store`.
pub(crate) async fn graph_store(State(app): State<Shared>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Problem::method("GET, HEAD").into_response();
    }
    let wanted = match Wanted::of(&request) {
        Ok(wanted) => wanted,
        Err(problem) => return problem.into_response(),
    };
    let answer =
        whole(&app, wanted.graph.as_ref(), wanted.format.as_deref(), wanted.accept.as_deref(), wanted.known.as_deref());
    answer.await.unwrap_or_else(Problem::into_response)
}

/// A graph and the form it is wanted in.
struct Wanted {
    /// None: the union of all.
    graph: Option<NamedNode>,
    format: Option<String>,
    accept: Option<String>,
    known: Option<String>,
}

impl Wanted {
    fn of(request: &Request) -> Result<Self, Problem> {
        let text = request.uri().query().unwrap_or_default();
        let mut fields: Vec<(String, String)> = form_urlencoded::parse(text.as_bytes()).into_owned().collect();
        let mut field = |name: &str| fields.iter().position(|(n, _)| n == name).map(|i| fields.swap_remove(i).1);
        let header = |name| request.headers().get(name).and_then(|h: &HeaderValue| h.to_str().ok()).map(str::to_owned);
        let graph = match (field("graph"), field("default")) {
            (Some(name), None) => Some(iri(&name)?),
            (None, Some(_)) => None,
            _ => {
                return Err(Problem::bad(
                    "say which graph: `?graph=IRI`, or `?default` for everything that is current",
                ));
            }
        };
        Ok(Self { graph, format: field("format"), accept: header(ACCEPT), known: header(IF_NONE_MATCH) })
    }
}

/// All statements of a graph, or of the union of all.
///
/// # Errors
/// When there is no such graph or no such form, or a limit is passed.
pub(crate) async fn whole(
    app: &Shared,
    graph: Option<&NamedNode>,
    format: Option<&str>,
    accept: Option<&str>,
    known: Option<&str>,
) -> Result<Response, Problem> {
    let form = graph_form(format, accept)?;
    let view = app.view();
    let key = graph.map_or("default", NamedNode::as_str).to_owned() + " " + form.name;
    let tag = caching(&view, &hakusho_pipeline::sha256_hex(key.as_bytes()));
    if not_modified(known, &tag) {
        return Ok(with_tag(StatusCode::NOT_MODIFIED.into_response(), &view, &tag));
    }
    let query = match graph {
        Some(graph) => format!("CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"),
        None => "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }".to_owned(),
    };
    let (rows, response) = construct(app, &view, query, form).await?;
    if rows == 0 {
        return Err(Problem::missing("there is no such graph, or nothing stands in it"));
    }
    Ok(with_tag(response, &view, &tag))
}

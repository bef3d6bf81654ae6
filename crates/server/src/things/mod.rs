//! Everything that has an IRI of ours answers at `/id/…`: as a page, or as a graph in the form asked for.

mod find;
mod page;
mod vocabulary;

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE, IF_NONE_MATCH, LINK, VARY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use hakusho_store::{Cancel, Form, NamedNode};
use serde::Deserialize;

use crate::app::Shared;
use crate::language::Language;
use crate::log::Gave;
use crate::negotiate;
use crate::problem::Problem;
use crate::sparql::{GRAPHS, GraphForm, caching, graph_form, not_modified};
use crate::view::View;
use crate::work::blocking;
pub(crate) use vocabulary::vocabulary;

/// Statements in which a thing is the object, of those that are told with it.
const INCOMING: usize = 500;

#[derive(Debug, Deserialize)]
pub(crate) struct Wish {
    format: Option<String>,
}

/// `GET /id/…`.
pub(crate) async fn thing(
    State(app): State<Shared>,
    uri: Uri,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let view = app.view();
    let path = uri.path().strip_prefix("/id/").unwrap_or_default().to_owned();
    let found = {
        let view = std::sync::Arc::clone(&view);
        blocking(&app, move |_| find::find(&view, &path)).await?
    };
    let found = found.ok_or_else(|| Problem::missing("nothing that is loaded has this IRI"))?;
    let header = |name: HeaderName| headers.get(name).and_then(|h| h.to_str().ok());
    let format = wish.format.as_deref().or(found.ending);
    let wants_page = format == Some("html") || (format.is_none() && prefers_page(header(ACCEPT)));
    let language = Language::asked(&headers);
    let tag = caching(
        &view,
        &hakusho_pipeline::sha256_hex(
            format!("{} {format:?} {wants_page} {:?} {}", found.node, header(ACCEPT), language.tag()).as_bytes(),
        ),
    );
    if not_modified(header(IF_NONE_MATCH), &tag) {
        return Ok(StatusCode::NOT_MODIFIED.into_response());
    }
    let mut response = if wants_page {
        page::page(&app, &view, &found.node, language).await?
    } else if is_graph(&view, &found.node) {
        crate::sparql::whole(&app, Some(&found.node), format, header(ACCEPT), None).await?
    } else {
        let form = graph_form(format, header(ACCEPT))?;
        construct(&app, &view, query(&found.node), form).await?.1
    };
    let out = response.headers_mut();
    out.insert(VARY, HeaderValue::from_static("Accept-Language"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        out.insert(axum::http::header::ETAG, tag);
    }
    if let Ok(link) = HeaderValue::from_str(&format!("<{}>; rel=\"canonical\"", percent(found.node.as_str()))) {
        out.insert(LINK, link);
    }
    Ok(response)
}

/// An IRI in characters that a header can hold.
fn percent(iri: &str) -> String {
    percent_encoding::utf8_percent_encode(iri, percent_encoding::CONTROLS).to_string()
}

/// Pages are for those who ask for them before any graph.
fn prefers_page(accept: Option<&str>) -> bool {
    let mut offers: Vec<&[&str]> = vec![&["text/html", "application/xhtml+xml"]];
    offers.extend(GRAPHS.iter().map(|f| f.types));
    accept.is_some_and(|a| a.contains("html")) && negotiate::best(accept, &offers) == Some(0)
}

/// Whether an IRI names a graph that is loaded: then its statements are what is wanted.
fn is_graph(view: &View, node: &NamedNode) -> bool {
    node.as_str().strip_prefix(&view.base).is_some_and(|rest| rest.starts_with("graph/"))
        && view.archive.graph(node).next().is_some()
}

/// A thing with its evidence, and some of what refers to it.
fn query(node: &NamedNode) -> String {
    format!(
        "CONSTRUCT {{ {node} ?p ?o . ?ev ?q ?r . ?s ?i {node} }} WHERE {{
           {{ {node} ?p ?o }}
           UNION {{ {node} hk:evidence ?ev . ?ev ?q ?r }}
           UNION {{ SELECT ?s ?i {{ ?s ?i {node} }} LIMIT {INCOMING} }} }}"
    )
}

/// The answer to a query of our own for a graph, with its number of statements.
///
/// # Errors
/// When a limit is passed or the store fails.
pub(crate) async fn construct(
    app: &Shared,
    view: &std::sync::Arc<View>,
    query: String,
    form: &'static GraphForm,
) -> Result<(usize, Response), Problem> {
    let view = std::sync::Arc::clone(view);
    let form_of = Form { rows: None, graph: Some(form.format) };
    let written = blocking(app, move |_| Ok(view.service.write(&query, form_of, &Cancel::new())?)).await?;
    let mut response = Bytes::from(written.bytes).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(form.types[0]));
    response.extensions_mut().insert(Gave(written.rows));
    Ok((written.rows, response))
}

//! What the service says of itself: service description, `VoID`, vocabulary.

use axum::extract::{Query, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE, IF_NONE_MATCH, LINK, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use hakusho_store::NamedNode;
use serde::Deserialize;

use super::forms::{GRAPHS, graph_form};
use super::graph_store::whole;
use crate::app::Shared;
use crate::negotiate;
use crate::problem::Problem;
use crate::things::construct;

/// A form asked for by name.
#[derive(Debug, Deserialize)]
pub(crate) struct Wish {
    format: Option<String>,
}

/// A bare `GET /sparql` (SPARQL 1.1 Service Description §2); browsers are sent to the page where questions are asked.
pub(crate) async fn describe_service(
    app: &Shared,
    accept: Option<&str>,
    format: Option<&str>,
) -> Result<Response, Problem> {
    let mut offers: Vec<&[&str]> = GRAPHS.iter().map(|f| f.types).collect();
    offers.push(&["text/html"]);
    let wants_page = format.is_none() && accept.is_some() && negotiate::best(accept, &offers) == Some(GRAPHS.len());
    if wants_page {
        return Ok((StatusCode::SEE_OTHER, [(LOCATION, "/#/ask")]).into_response());
    }
    let view = app.view();
    let form = graph_form(format, accept)?;
    let (graph, endpoint) = (view.description(), app.endpoint());
    let query = format!(
        "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> PREFIX void: <http://rdfs.org/ns/void#>
         CONSTRUCT {{ ?s ?p ?o . ?s sd:endpoint {endpoint} . ?s void:inDataset ?about .
                      ?d dcterms:modified ?moment ; dcterms:hasVersion ?stamp ; void:sparqlEndpoint {endpoint} ; void:triples ?n . }}
         WHERE {{ GRAPH {graph} {{ ?s a sd:Service ; ?p ?o . OPTIONAL {{ ?s sd:defaultDataset ?d OPTIONAL {{ ?d void:triples ?n }} }} }}
                  BIND({moment} AS ?moment) BIND({stamp} AS ?stamp) }}",
        moment = crate::view::literal(view.loaded.as_deref().unwrap_or_default()),
        stamp = crate::view::literal(&view.stamp),
    );
    let (rows, response) = construct(app, &view, query, form).await?;
    if rows == 0 {
        // Nothing was loaded yet, so nothing described it: the service answers all the same.
        let text = format!(
            "<{}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/sparql-service-description#Service> ;\n  \
             <http://www.w3.org/ns/sparql-service-description#endpoint> {endpoint} .\n",
            endpoint.as_str()
        );
        return Ok(([(CONTENT_TYPE, "text/turtle")], text).into_response());
    }
    Ok(linked(response))
}

fn linked(mut response: Response) -> Response {
    let link = "</.well-known/void>; rel=\"describedby\", </api/openapi.json>; rel=\"service-desc\"";
    response.headers_mut().insert(LINK, HeaderValue::from_static(link));
    response
}

/// `GET /.well-known/void` (`VoID` §7.2): everything the store says of itself.
pub(crate) async fn void(
    State(app): State<Shared>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let graph = app.view().description();
    whole_graph(&app, &graph, &wish, &headers).await
}

/// The vocabulary as a graph.
pub(crate) async fn ontology_turtle(
    app: &Shared,
    format: Option<&str>,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let graph = NamedNode::new_unchecked(format!("{}graph/ontology", app.view().base));
    whole_graph(app, &graph, &Wish { format: format.map(str::to_owned) }, headers).await
}

async fn whole_graph(app: &Shared, graph: &NamedNode, wish: &Wish, headers: &HeaderMap) -> Result<Response, Problem> {
    let header = |name| headers.get(name).and_then(|h: &HeaderValue| h.to_str().ok());
    whole(app, Some(graph), wish.format.as_deref(), header(ACCEPT), header(IF_NONE_MATCH)).await
}

impl crate::app::App {
    /// The address under which clients reach the server, without a slash at its end.
    pub(crate) fn address(&self) -> String {
        match &self.options.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("http://{}", self.options.bind),
        }
    }

    /// IRI of the SPARQL endpoint.
    fn endpoint(&self) -> NamedNode {
        NamedNode::new_unchecked(format!("{}/sparql", self.address()))
    }
}

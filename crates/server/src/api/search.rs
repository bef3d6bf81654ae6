//! Full-text search with the printed lines of each match.

use axum::Json;
use axum::extract::{Query, State};
use hakusho_store::{Hit as Found, Kind, SearchRequest};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{MOST, USUAL};
use crate::app::Shared;
use crate::evidence::{EditionName, PageBox, Where, boxes};
use crate::problem::{Problem, ProblemDetails};
use crate::terms::link;
use crate::view::{View, edition_slug, file_id};
use crate::work::blocking;

/// What is looked for.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Wanted {
    /// Words that must all be there, `"phrases"`, `-words`, `OR`.
    q: String,
    /// passage, exhibit, caption, title or label.
    kind: Option<String>,
    /// Last part of an edition's IRI.
    edition: Option<String>,
    limit: Option<usize>,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Search {
    /// Number of texts that match.
    total: usize,
    hits: Vec<Hit>,
}

/// A text that matches.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Hit {
    node: String,
    kind: String,
    label: Option<String>,
    text: String,
    /// Matches in code points of the text, end exclusive.
    matches: Vec<(usize, usize)>,
    score: f64,
    #[serde(rename = "where")]
    place: Option<Where>,
    /// Printed lines with a match.
    lines: Vec<PageBox>,
}

/// Passages, exhibits, captions, titles and names with some words.
#[utoipa::path(get, path = "/api/search", tag = "search", params(Wanted),
    responses((status = 200, body = Search), (status = 400, body = ProblemDetails)))]
pub(crate) async fn search(State(app): State<Shared>, Query(wanted): Query<Wanted>) -> Result<Json<Search>, Problem> {
    blocking(&app, move |app| {
        let view = app.view();
        let limit = wanted.limit.unwrap_or(USUAL).min(MOST);
        let mut request = SearchRequest::new(&wanted.q, limit);
        request.kind = match wanted.kind.as_deref() {
            None | Some("") => None,
            Some(name) => Some(Kind::of(name).ok_or_else(|| Problem::bad("there is no such kind of text"))?),
        };
        let graphs: Vec<String> = match wanted.edition.as_deref().filter(|e| !e.is_empty()) {
            Some(slug) => view.edition(slug).iter().map(|f| f.graph.clone()).collect(),
            None => return answer(&view, &request).map(Json),
        };
        // An edition may have several files, each with a graph of its own.
        let (mut total, mut hits) = (0, Vec::new());
        for graph in graphs {
            request.graph = Some(graph);
            let found = answer(&view, &request)?;
            total += found.total;
            hits.extend(found.hits);
        }
        hits.sort_by(|a: &Hit, b: &Hit| b.score.total_cmp(&a.score).then_with(|| a.node.cmp(&b.node)));
        hits.truncate(limit);
        Ok(Json(Search { total, hits }))
    })
    .await
}

fn answer(view: &View, request: &SearchRequest) -> Result<Search, Problem> {
    let found = view.search.search(&view.archive, request)?;
    let hits = found.hits.into_iter().map(|hit| one(view, hit)).collect::<Result<_, _>>()?;
    Ok(Search { total: found.total, hits })
}

fn one(view: &View, hit: Found) -> Result<Hit, Problem> {
    let place = hit.place(&view.archive)?;
    let file = view.registered.iter().find(|f| f.graph == hit.graph);
    let lines = boxes(&hit.lines().join(" "));
    let place = file.map(|f| Where {
        edition: EditionName {
            slug: edition_slug(&f.edition).to_owned(),
            title: f.title.clone(),
            iri: f.edition.clone(),
        },
        file: file_id(&f.sha256).to_owned(),
        page: place.index.or_else(|| lines.first().map(|l| l.page)).unwrap_or(1),
        printed: place.page.unwrap_or_default(),
    });
    let label = if hit.kind == Kind::Label { Some(link(view, &hit.node)?.label) } else { None };
    Ok(Hit {
        kind: hit.kind.as_str().to_owned(),
        label,
        text: hit.text,
        matches: hit.matches,
        score: hit.score,
        node: hit.node,
        place,
        lines,
    })
}

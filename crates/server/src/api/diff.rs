//! What changed between two loaded editions.

use axum::extract::{Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use hakusho_insight::editions;
use hakusho_model::Document;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::{App, Shared};
use crate::problem::{Problem, ProblemDetails};
use crate::work::blocking;

/// Two editions by the last parts of their IRIs.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Two {
    before: String,
    after: String,
}

/// What `hakusho editions diff --json` says.
#[utoipa::path(get, path = "/api/diff", tag = "editions", params(Two),
    responses((status = 200, description = "sections, exhibits, figures, rankings, names and incidents that changed"), (status = 404, body = ProblemDetails)))]
pub(crate) async fn diff(State(app): State<Shared>, Query(two): Query<Two>) -> Result<Response, Problem> {
    let text = blocking(&app, move |app| {
        let (before, after) = (read(app, &two.before)?, read(app, &two.after)?);
        let earlier: Vec<&Document> = before.1.iter().map(AsRef::as_ref).collect();
        let later: Vec<&Document> = after.1.iter().map(AsRef::as_ref).collect();
        let found = editions::diff(&earlier, &later);
        let name = |slug: &str, title: &str| serde_json::json!({ "edition": slug, "title": title });
        let compared = [name(&two.before, &before.0), name(&two.after, &after.0)];
        Ok(serde_json::json!({ "compared": compared, "diff": found }).to_string())
    });
    Ok(([(CONTENT_TYPE, "application/json")], text.await?).into_response())
}

/// Title and documents of an edition.
fn read(app: &App, slug: &str) -> Result<(String, Vec<std::sync::Arc<Document>>), Problem> {
    let view = app.view();
    let files = view.edition(slug);
    let title = files.first().map(|f| f.title.clone());
    let title = title.ok_or_else(|| Problem::missing(&format!("no edition `{slug}` is loaded")))?;
    let documents = files.iter().map(|f| app.document(f)).collect::<Result<_, _>>()?;
    Ok((title, documents))
}

//! SPARQL Update, where it is taken: from those who show the token, for graphs beside the archive.

use std::sync::PoisonError;

use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};

use crate::app::Shared;
use crate::guard::check_token;
use crate::log::Asked;
use crate::problem::Problem;
use crate::work::blocking;

/// Makes an update. What was changed is seen by the next request.
///
/// # Errors
/// When updates are not taken, the token is not shown, a load is at it, and those of the update.
pub(super) async fn update(app: &Shared, headers: &HeaderMap, text: String) -> Result<Response, Problem> {
    if !app.options.allow_update {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "read-only",
            "this endpoint takes no updates; reports come in with `hakusho ingest`",
        ));
    }
    check_token(headers, app.options.token.as_deref())?;
    let asked = Asked(text.clone());
    blocking(app, move |app| {
        let _one = app.changing.lock().unwrap_or_else(PoisonError::into_inner);
        app.data.update(&text, app.options.query.timeout)?;
        app.views.refresh(&app.data).map_err(|error| Problem::internal(&error.to_string()))
    })
    .await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.extensions_mut().insert(asked);
    Ok(response)
}

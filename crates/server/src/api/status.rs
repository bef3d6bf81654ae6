//! What is loaded, and what may be asked of it.

use axum::Json;
use axum::extract::State;
use hakusho_pipeline::VERSION;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::Shared;
use crate::problem::Problem;
use crate::work::blocking;

/// What is loaded.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Status {
    name: String,
    version: String,
    /// Namespace of things; what follows it in an IRI is found at `/id/`.
    base: String,
    /// Changes with what is loaded.
    stamp: String,
    statements: usize,
    editions: usize,
    files: usize,
    pages: u64,
    /// Moment of the last load.
    loaded: Option<String>,
    limits: Limits,
    /// Whether decisions about names are taken, with a token.
    review: bool,
    /// Whether SPARQL updates are taken, with the token.
    update: bool,
}

/// Limits of a query; none where a value is missing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Limits {
    seconds: Option<f64>,
    rows: Option<usize>,
    bytes: Option<usize>,
    #[serde(rename = "memoryMb")]
    memory_mb: Option<u64>,
}

/// What is loaded, and within which limits questions are answered.
#[utoipa::path(get, path = "/api/status", tag = "service", responses((status = 200, body = Status)))]
pub(crate) async fn status(State(app): State<Shared>) -> Result<Json<Status>, Problem> {
    blocking(&app, |app| {
        let view = app.view();
        let options = &app.options.query;
        let mut editions: Vec<&str> = view.registered.iter().map(|f| f.edition.as_str()).collect();
        editions.dedup();
        Ok(Json(Status {
            name: "Hakusho".to_owned(),
            version: VERSION.to_owned(),
            base: view.base.clone(),
            stamp: view.stamp.clone(),
            statements: view.statements()?,
            editions: editions.len(),
            files: view.registered.len(),
            pages: view.registered.iter().map(|f| f.pages).sum(),
            loaded: view.loaded.clone(),
            limits: Limits {
                seconds: options.timeout.map(|t| t.as_secs_f64()),
                rows: options.max_rows,
                bytes: options.max_bytes,
                memory_mb: options.max_memory.map(|m| m >> 20),
            },
            review: app.options.token.is_some() && app.options.knowledge.is_some(),
            update: app.options.allow_update && app.options.token.is_some(),
        }))
    })
    .await
}

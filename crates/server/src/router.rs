//! Which address is answered by what.

use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{any, get, post};
use axum::{Json, Router};
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

use crate::app::Shared;
use crate::guard::pass;
use crate::problem::Problem;
use crate::{api, assets, evidence, html, metrics, pages, reconcile, sparql, things};

/// All addresses, behind everything that guards them.
pub(crate) fn router(app: &Shared) -> Router {
    let max_body = app.options.max_body;
    Router::new()
        .merge(open())
        .nest("/api", of_api())
        .layer(DefaultBodyLimit::max(max_body))
        .route("/healthz", get(metrics::healthz))
        .route("/metrics", get(metrics::metrics))
        .fallback(missing)
        .layer(CatchPanicLayer::custom(|_| fault()))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn_with_state(Shared::clone(app), pass))
        .with_state(Shared::clone(app))
}

fn open() -> Router<Shared> {
    sparql::ENDINGS
        .iter()
        .fold(Router::new(), |router, ending| router.route(&format!("/sparql.{ending}"), any(sparql::sparql)))
        .route("/", get(assets::index))
        .route("/assets/{*name}", get(assets::asset))
        .route("/icon.svg", get(|headers: HeaderMap| async move { assets::named("icon.svg", &headers) }))
        .route("/plain.css", get(style))
        .route("/sparql", any(sparql::sparql))
        .route("/store", any(sparql::graph_store))
        .route("/.well-known/void", get(sparql::void))
        .route("/ns", get(things::vocabulary))
        .route("/id/{*path}", get(things::thing))
        .route("/evidence/{id}", get(evidence::evidence))
        .route("/page/{file}/{name}", get(pages::page))
        .route("/reconcile", get(reconcile::get).post(reconcile::post))
        .route("/reconcile/suggest/{what}", get(reconcile::suggest))
        .route("/reconcile/view", get(reconcile::view))
        .route("/reconcile/preview", get(reconcile::preview))
}

fn of_api() -> Router<Shared> {
    Router::new()
        .route("/status", get(api::status::status))
        .route("/examples", get(api::ask::examples))
        .route("/terms", get(api::ask::terms))
        .route("/explain", post(api::ask::explain))
        .route("/evidence", get(api::evidence::evidence))
        .route("/editions", get(api::editions::editions))
        .route("/editions/{slug}", get(api::editions::edition))
        .route("/files/{id}", get(api::editions::file))
        .route("/files/{id}/text", get(api::text::text))
        .route("/diff", get(api::diff::diff))
        .route("/entities", get(api::entities::entities))
        .route("/entity", get(api::entity::entity))
        .route("/events", get(api::events::events))
        .route("/rankings", get(api::rankings::rankings))
        .route("/series", get(api::figures::series))
        .route("/series/points", get(api::figures::points))
        .route("/search", get(api::search::search))
        .route("/review", get(api::review::review))
        .route("/review/decisions", post(api::review::decide))
        .route("/openapi.json", get(|| async { Json(openapi()) }))
}

/// The `OpenAPI` 3.1 document of `/api`, made from the code that answers it.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

#[derive(OpenApi)]
#[openapi(
    info(title = "Hakusho", description = "What the web page asks. Questions in SPARQL go to /sparql."),
    modifiers(&Token),
    paths(
        api::status::status, api::ask::examples, api::ask::terms, api::ask::explain, api::evidence::evidence,
        api::editions::editions, api::editions::edition, api::editions::file, api::text::text, api::diff::diff,
        api::entities::entities, api::entity::entity, api::events::events, api::rankings::rankings,
        api::figures::series, api::figures::points, api::search::search, api::review::review, api::review::decide,
    )
)]
struct Document;

struct Token;

impl Modify for Token {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_with(utoipa::openapi::Components::default);
        components.add_security_scheme("token", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    }
}

async fn style() -> Response {
    let headers = [("content-type", "text/css; charset=utf-8"), ("cache-control", "public, max-age=3600")];
    (headers, html::STYLE).into_response()
}

async fn missing() -> Problem {
    Problem::missing("nothing is answered at this address")
}

fn fault() -> Response {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "fault", "the request broke off, which is a defect of the program")
        .into_response()
}

//! What every request passes on its way in and out: the rate of its client, headers, metrics, log. One layer, for each
//! costs an allocation and a jump on the way of the smallest answer.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::headers::{Origin, harden};
use super::rates::Client;
use crate::app::Shared;
use crate::log;
use crate::problem::Problem;

/// The address where somebody only looks whether the server lives: it has no rate and is not worth a line in the log.
const HEALTH: &str = "/healthz";

/// Lets a request through, and notes how it ended.
pub(crate) async fn pass(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let start = Instant::now();
    let noted = log::Request {
        client: request.extensions().get::<Client>().map(|c| c.0),
        method: request.method().clone(),
        route: request.extensions().get::<MatchedPath>().map_or("other", |m| m.as_str()).to_owned(),
    };
    let origin = Origin::of(&request);
    let held = noted.route != HEALTH && noted.client.is_some_and(|c| !app.rates.take(c, start));
    let mut response = match origin {
        Origin::Preflight => StatusCode::NO_CONTENT.into_response(),
        Origin::Any if held => too_fast().into_response(),
        Origin::Any => next.run(request).await,
    };
    origin.allow(response.headers_mut());
    harden(response.headers_mut());
    let time = start.elapsed();
    app.metrics.count(&noted.route, response.status().as_u16(), time);
    if noted.route != HEALTH {
        app.log.note(&noted, &response, time);
    }
    response
}

fn too_fast() -> Problem {
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "rate", "too many requests from one address; slow down")
}

//! One line of JSON a request, on standard error. Queries are part of it only when asked for: they tell what somebody is after.

use std::io::Write as _;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::middleware::Next;
use axum::response::Response;

use crate::app::Shared;
use crate::guard::Client;
use crate::problem::Told;

/// The text of a query, for the log.
#[derive(Clone, Debug)]
pub(crate) struct Asked(pub(crate) String);

/// Rows of an answer, for the log.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gave(pub(crate) usize);

/// Counts and logs every request.
pub(crate) async fn observe(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let start = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map_or("other", |m| m.as_str()).to_owned();
    let method = request.method().clone();
    let client = request.extensions().get::<Client>().copied();
    let response = next.run(request).await;
    let time = start.elapsed();
    app.metrics.count(&route, response.status().as_u16(), time);
    // Who only looks whether the server lives is not worth a line.
    if route != "/healthz" {
        let length = response.headers().get(CONTENT_LENGTH).and_then(|l| l.to_str().ok()?.parse::<u64>().ok());
        let extensions = response.extensions();
        let mut line = serde_json::json!({
            "at": httpdate::fmt_http_date(std::time::SystemTime::now()),
            "client": client.map(|c| c.0.to_string()),
            "method": method.as_str(),
            "route": route,
            "status": response.status().as_u16(),
            "ms": (time.as_secs_f64() * 10_000.0).round() / 10.0,
            "bytes": length,
            "rows": extensions.get::<Gave>().map(|g| g.0),
            "problem": extensions.get::<Told>().map(|t| t.0.as_str()),
        });
        if let Some(asked) = extensions.get::<Asked>().filter(|_| app.options.log_queries) {
            line["query"] = asked.0.as_str().into();
        }
        // A log that cannot be written is no reason not to answer.
        let _ = writeln!(std::io::stderr(), "{line}");
    }
    response
}

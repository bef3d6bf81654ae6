//! One line of JSON a request, on standard error. Queries are part of it only when asked for: they tell what somebody is after.
//!
//! Lines are written a few times a second, many at once: a system call for each would cost more than a small answer.

use std::io::Write as _;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use axum::body::HttpBody as _;
use axum::response::Response;
use serde::{Serialize, Serializer};

use crate::problem::Told;

/// Lines wait no longer than this.
pub(crate) const FLUSH: Duration = Duration::from_millis(100);
/// More bytes are written at once.
const MOST: usize = 64 << 10;

/// The text of a query, for the log.
#[derive(Clone, Debug)]
pub(crate) struct Asked(pub(crate) String);

/// Rows of an answer, for the log.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gave(pub(crate) usize);

/// A request and how it ended.
#[derive(Serialize)]
struct Line<'r> {
    #[serde(serialize_with = "moment")]
    at: SystemTime,
    client: Option<IpAddr>,
    method: &'r str,
    route: &'r str,
    status: u16,
    ms: f64,
    bytes: Option<u64>,
    rows: Option<usize>,
    problem: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<&'r str>,
}

fn moment<S: Serializer>(at: &SystemTime, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(&httpdate::HttpDate::from(*at))
}

/// What was asked, as far as it is logged.
pub(crate) struct Request {
    pub(crate) client: Option<IpAddr>,
    pub(crate) method: axum::http::Method,
    pub(crate) route: String,
}

/// Lines that are not written yet.
#[derive(Default)]
pub(crate) struct Log {
    lines: Mutex<Vec<u8>>,
    queries: bool,
}

impl Log {
    /// `queries`: with their text.
    pub(crate) fn new(queries: bool) -> Self {
        Self { lines: Mutex::default(), queries }
    }

    /// Notes how a request ended.
    pub(crate) fn note(&self, request: &Request, response: &Response, time: Duration) {
        let extensions = response.extensions();
        let line = Line {
            at: SystemTime::now(),
            client: request.client,
            method: request.method.as_str(),
            route: &request.route,
            status: response.status().as_u16(),
            ms: (time.as_secs_f64() * 10_000.0).round() / 10.0,
            // Unknown where the answer is compressed on its way.
            bytes: response.body().size_hint().exact(),
            rows: extensions.get::<Gave>().map(|g| g.0),
            problem: extensions.get::<Told>().map(|t| t.0.as_str()),
            query: extensions.get::<Asked>().filter(|_| self.queries).map(|a| a.0.as_str()),
        };
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let before = lines.len();
        if serde_json::to_writer(&mut *lines, &line).is_ok() {
            lines.push(b'\n');
        } else {
            lines.truncate(before);
        }
        let many = lines.len() > MOST;
        drop(lines);
        if many {
            self.flush();
        }
    }

    /// Writes what waits.
    pub(crate) fn flush(&self) {
        let lines = std::mem::take(&mut *self.lines.lock().unwrap_or_else(PoisonError::into_inner));
        if !lines.is_empty() {
            // A log that cannot be written is no reason not to answer.
            let _ = std::io::stderr().write_all(&lines);
        }
    }
}

//! What can be measured from outside: `/metrics` in the text form of Prometheus.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use crate::app::Shared;
use crate::problem::Problem;

/// Upper ends of the classes of durations, in seconds.
const SECONDS: [f64; 10] = [0.001, 0.005, 0.02, 0.1, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kind {
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

/// Counters of this process.
pub(crate) struct Metrics {
    registry: Mutex<Registry>,
    requests: Family<Kind, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
    started: Instant,
    queries: Gauge,
    waiting: Gauge,
    statements: Gauge,
    editions: Gauge,
    memory: Gauge,
    uptime: Gauge,
}

fn histogram() -> Histogram {
    Histogram::new(SECONDS)
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("hakusho");
        let requests = Family::default();
        registry.register("requests", "Requests by route and status", requests.clone());
        let seconds = Family::new_with_constructor(histogram as fn() -> Histogram);
        registry.register("request_seconds", "Time to the answer by route", seconds.clone());
        let mut gauge = |name: &str, help: &str| {
            let gauge = Gauge::default();
            registry.register(name, help, gauge.clone());
            gauge
        };
        Self {
            requests,
            seconds,
            started: Instant::now(),
            queries: gauge("queries_running", "Threads at work on queries"),
            waiting: gauge("requests_waiting", "Requests that wait for their turn"),
            statements: gauge("statements", "Statements of the store"),
            editions: gauge("files_loaded", "Files that are loaded"),
            memory: gauge("resident_bytes", "Memory of the process (Linux)"),
            uptime: gauge("uptime_seconds", "Time since the start"),
            registry: Mutex::new(registry),
        }
    }
}

impl Metrics {
    /// Counts an answer.
    pub(crate) fn count(&self, route: &str, status: u16, time: Duration) {
        self.requests.get_or_create(&Kind { route: route.to_owned(), status }).inc();
        self.seconds.get_or_create(&Route { route: route.to_owned() }).observe(time.as_secs_f64());
    }
}

/// `GET /metrics`.
pub(crate) async fn metrics(State(app): State<Shared>) -> Result<Response, Problem> {
    let (view, metrics) = (app.view(), &app.metrics);
    metrics.queries.set(view.service.running() as i64);
    metrics.waiting.set(app.gate.waiting() as i64);
    metrics.statements.set(view.statements()? as i64);
    metrics.editions.set(view.registered.len() as i64);
    metrics.memory.set(resident().unwrap_or(0) as i64);
    metrics.uptime.set(metrics.started.elapsed().as_secs() as i64);
    let mut text = String::new();
    let registry = metrics.registry.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    encode(&mut text, &registry).map_err(|_| Problem::internal("the metrics cannot be written"))?;
    Ok(([(CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text).into_response())
}

/// `GET /healthz`: the process answers.
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// Bytes of memory the process has.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kb| kb << 10)
}

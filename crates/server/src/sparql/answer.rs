//! A query to an HTTP answer: whole, or an error that says why.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, LAST_MODIFIED};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use hakusho_pipeline::sha256_hex;
use hakusho_store::{Cancel, QueryOptions, StoreError};
use tokio::sync::oneshot;

use super::forms::Wanted;
use super::request::SparqlQuery;
use crate::app::Shared;
use crate::log::{Asked, Gave};
use crate::problem::Problem;
use crate::view::{Kept, View};
use crate::work::PATIENCE;

const ROWS: HeaderName = HeaderName::from_static("hakusho-rows");
const TIMING: HeaderName = HeaderName::from_static("server-timing");
/// U+FEFF in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// Functions whose value is another one each time.
const CHANGING: [&str; 5] = ["NOW", "RAND", "UUID", "BNODE", "SERVICE"];

/// Calls the query off when the client goes away.
struct UntilDropped(Cancel);

impl Drop for UntilDropped {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// Answers a query.
pub(super) async fn answer(app: &Shared, query: SparqlQuery) -> Response {
    let asked = Asked(query.text.clone());
    let mut response = find(app, query).await.unwrap_or_else(Problem::into_response);
    response.extensions_mut().insert(asked);
    response
}

async fn find(app: &Shared, query: SparqlQuery) -> Result<Response, Problem> {
    let start = Instant::now();
    let view = app.view();
    let wanted = Wanted::new(query.format.as_deref(), query.accept.as_deref());
    let key = sha256_hex(
        format!("{}\n{:?}\n{:?}\n{}", query.bom, wanted.media_types(), query.dataset, query.text).as_bytes(),
    );
    let tag = caching(&view, &key);
    if let Some(kept) = view.answers.get(&key) {
        let known = not_modified(query.known.as_deref(), &tag);
        let response = if known { StatusCode::NOT_MODIFIED.into_response() } else { respond(&query, kept, start) };
        return Ok(with_tag(response, &view, &tag));
    }
    let lasting = is_lasting(&query.text);
    if lasting && not_modified(query.known.as_deref(), &tag) {
        return Ok(with_tag(StatusCode::NOT_MODIFIED.into_response(), &view, &tag));
    }
    let kept = ask(app, &view, &query, &wanted, start).await?;
    if !lasting {
        return Ok(respond(&query, kept, start));
    }
    view.answers.keep(key, kept.clone());
    Ok(with_tag(respond(&query, kept, start), &view, &tag))
}

/// Asks the store when the turn comes. Waiting counts: nobody waits longer than the query may take.
async fn ask(
    app: &Shared,
    view: &Arc<View>,
    query: &SparqlQuery,
    wanted: &Wanted,
    start: Instant,
) -> Result<Kept, Problem> {
    let options = options(app, query);
    let permit = app.gate.enter(options.timeout.map_or(PATIENCE, |limit| limit.min(PATIENCE))).await?;
    let cancel = Cancel::new();
    let _until = UntilDropped(cancel.clone());
    let (sender, receiver) = oneshot::channel();
    let held = Arc::clone(view);
    view.service.with_options(options).write_later(&query.text, wanted.form, &cancel, start, move |written| {
        // The client may have gone. What was asked stays until nothing reads it.
        let _ = sender.send(written);
        drop((permit, held));
    })?;
    let written = receiver.await.unwrap_or(Err(StoreError::Fault));
    let written = written.map_err(|error| match error {
        StoreError::NoForm { kind } => wanted.media(kind).err().unwrap_or_else(|| error.into()),
        error => error.into(),
    })?;
    let media = wanted.media(written.kind)?;
    let with_mark = query.bom && media == "text/csv";
    let bytes = if with_mark { [BYTE_ORDER_MARK, &written.bytes].concat() } else { written.bytes };
    Ok(Kept { rows: written.rows, media, bytes: Bytes::from(bytes) })
}

fn respond(query: &SparqlQuery, kept: Kept, start: Instant) -> Response {
    let mut response = kept.bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(with_charset(kept.media)));
    headers.insert(ROWS, HeaderValue::from(kept.rows));
    if let Ok(timing) = HeaderValue::from_str(&format!("query;dur={:.1}", start.elapsed().as_secs_f64() * 1000.0)) {
        headers.insert(TIMING, timing);
    }
    let saved = match kept.media {
        "text/csv" => Some("attachment; filename=\"hakusho.csv\""),
        "text/tab-separated-values" => Some("attachment; filename=\"hakusho.tsv\""),
        _ => None,
    };
    if let Some(value) = saved.filter(|_| query.format.is_some()) {
        headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static(value));
    }
    response.extensions_mut().insert(Gave(kept.rows));
    response
}

/// The limits of a query: those of the server, or narrower ones the client wishes for.
fn options(app: &Shared, query: &SparqlQuery) -> QueryOptions {
    let mut options = app.options.query.clone();
    let wished = query.seconds.and_then(|s| Duration::try_from_secs_f64(s).ok()).filter(|w| !w.is_zero());
    if let Some(wished) = wished {
        options.timeout = Some(options.timeout.map_or(wished, |limit| limit.min(wished)));
    }
    options.dataset.clone_from(&query.dataset);
    options
}

/// Whether a query has the same answer as long as the store stays the same.
fn is_lasting(text: &str) -> bool {
    let text = text.to_ascii_uppercase();
    !CHANGING.iter().any(|name| text.contains(name))
}

/// Tag of an answer: what is loaded and what was asked. Weak, because answers are compressed on the way.
pub(crate) fn caching(view: &View, key: &str) -> String {
    format!("W/\"{}-{}\"", view.stamp, key.get(..16).unwrap_or(key))
}

/// Whether the client has that answer already.
pub(crate) fn not_modified(known: Option<&str>, tag: &str) -> bool {
    known.is_some_and(|known| known.split(',').any(|k| k.trim() == tag || k.trim() == "*"))
}

pub(crate) fn with_tag(mut response: Response, view: &View, tag: &str) -> Response {
    let headers: &mut HeaderMap = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(ETAG, tag);
    }
    if let Some(value) = view.loaded.as_deref().and_then(http_date).and_then(|d| HeaderValue::from_str(&d).ok()) {
        headers.insert(LAST_MODIFIED, value);
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// `2026-01-02T03:04:05Z` as HTTP writes it.
fn http_date(moment: &str) -> Option<String> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (date, time) = moment.split_once('T')?;
    let mut numbers = date.splitn(3, '-');
    let (year, month, day) = (numbers.next()?, numbers.next()?.parse::<usize>().ok()?, numbers.next()?);
    let name = MONTHS.get(month.checked_sub(1)?)?;
    let time = time.get(..8)?;
    // The day of the week is part of the form: the one that fits is right.
    let on = |weekday| httpdate::parse_http_date(&format!("{weekday}, {day} {name} {year} {time} GMT")).ok();
    Some(httpdate::fmt_http_date(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].into_iter().find_map(on)?))
}

fn with_charset(media: &'static str) -> &'static str {
    match media {
        "text/csv" => "text/csv; charset=utf-8",
        "text/tab-separated-values" => "text/tab-separated-values; charset=utf-8",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_as_http_writes_them() {
        let check =
            |moment: &str, expected: Option<&str>| assert_eq!(http_date(moment).as_deref(), expected, "{moment}");
        check("2026-11-22T03:04:05Z", Some("Sun, 22 Nov 2026 03:04:05 GMT"));
        check("2026-13-22T03:04:05Z", None);
        check("yesterday", None);
    }

    #[test]
    fn answers_that_change_by_themselves_are_not_kept() {
        assert!(is_lasting("SELECT * { ?s ?p ?o }"));
        assert!(!is_lasting("SELECT (now() AS ?t) {}"));
        assert!(!is_lasting("SELECT * { SERVICE <http://x/> {} }"));
    }

    #[test]
    fn tags_are_compared_one_by_one() {
        assert!(not_modified(Some("\"a\", W/\"b\""), "W/\"b\""));
        assert!(not_modified(Some("*"), "W/\"b\""));
        assert!(!not_modified(Some("W/\"bb\""), "W/\"b\""));
        assert!(!not_modified(None, "W/\"b\""));
    }
}

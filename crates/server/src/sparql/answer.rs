//! A query to an HTTP answer: whole, or an error that says why.

use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, LAST_MODIFIED};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use hakusho_pipeline::sha256_hex;
use hakusho_store::{Cancel, QueryOptions};

use super::forms;
use super::request::SparqlQuery;
use crate::app::Shared;
use crate::log::{Asked, Gave};
use crate::problem::Problem;
use crate::view::{Kept, View};
use crate::work::blocking;

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
    let service = view.service.with_options(options(app, &query));
    let (form, media) = forms::form(service.kind(&query.text)?, query.format.as_deref(), query.accept.as_deref())?;
    let key = sha256_hex(format!("{}\n{media}\n{:?}\n{}", query.bom, query.dataset, query.text).as_bytes());
    let lasting = is_lasting(&query.text);
    let tag = lasting.then(|| caching(&view, &key));
    if let Some(tag) = tag.as_ref().filter(|tag| not_modified(query.known.as_deref(), tag)) {
        return Ok(with_tag(StatusCode::NOT_MODIFIED.into_response(), &view, tag));
    }
    let kept = match view.answers.get(&key).filter(|_| lasting) {
        Some(kept) => kept,
        None => {
            let (cancel, bom) = (Cancel::new(), query.bom && media == "text/csv");
            let _until = UntilDropped(cancel.clone());
            let text = query.text;
            let written = blocking(app, move |_| Ok(service.write(&text, form, &cancel)?)).await?;
            let bytes = if bom { [BYTE_ORDER_MARK, &written.bytes].concat() } else { written.bytes };
            let kept = Kept { rows: written.rows, bytes: Bytes::from(bytes) };
            if lasting {
                view.answers.keep(key, kept.clone());
            }
            kept
        }
    };
    let mut response = kept.bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(with_charset(media)));
    headers.insert(ROWS, HeaderValue::from(kept.rows));
    if let Ok(timing) = HeaderValue::from_str(&format!("query;dur={:.1}", start.elapsed().as_secs_f64() * 1000.0)) {
        headers.insert(TIMING, timing);
    }
    if let Some(name) = query.format.as_deref().filter(|_| matches!(media, "text/csv" | "text/tab-separated-values")) {
        let ending = if name == "tsv" { "tsv" } else { "csv" };
        if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"hakusho.{ending}\"")) {
            headers.insert(CONTENT_DISPOSITION, value);
        }
    }
    response.extensions_mut().insert(Gave(kept.rows));
    Ok(match tag {
        Some(tag) => with_tag(response, &view, &tag),
        None => response,
    })
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

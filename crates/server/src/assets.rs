//! The web page, from inside the program.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use hakusho_pipeline::sha256_hex;

use crate::html;
use crate::language::Language;
use crate::problem::Problem;

/// Name and bytes of each file.
const ASSETS: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// `GET /`: the page; without one, where else to look.
pub(crate) async fn index(headers: HeaderMap) -> Response {
    match find("index.html") {
        Some(bytes) => file("index.html", bytes, &headers),
        None => html::without_page(Language::asked(&headers)).into_response(),
    }
}

/// `GET /assets/…` and the few files beside it.
pub(crate) async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    named(&format!("assets/{name}"), &headers)
}

/// A file at the top.
pub(crate) fn named(name: &str, headers: &HeaderMap) -> Result<Response, Problem> {
    let bytes = find(name).ok_or_else(|| Problem::missing("there is no such file"))?;
    Ok(file(name, bytes, headers))
}

fn find(name: &str) -> Option<&'static [u8]> {
    ASSETS.iter().find(|(n, _)| *n == name).map(|(_, bytes)| *bytes)
}

fn file(name: &str, bytes: &'static [u8], headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", &sha256_hex(bytes)[..16]);
    // Names of assets change with what is in them.
    let caching = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let known = headers.get(IF_NONE_MATCH).is_some_and(|t| t.to_str().is_ok_and(|t| t.contains(&tag)));
    let mut response =
        if known { StatusCode::NOT_MODIFIED.into_response() } else { (StatusCode::OK, bytes).into_response() };
    let out = response.headers_mut();
    out.insert(CONTENT_TYPE, HeaderValue::from_static(media_type(name)));
    out.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        out.insert(ETAG, tag);
    }
    response
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "json" | "webmanifest" => "application/json",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

//! The printed line behind a statement: as JSON for the web page, and as a page of its own at `/evidence/…`.

mod find;
mod focus;
mod page;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::{ACCEPT, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::Shared;
use crate::language::Language;
use crate::negotiate;
use crate::problem::Problem;
use crate::terms::Link;
use crate::work::blocking;
pub(crate) use find::{Printed, boxes, by_iri, by_quote, place};

/// Text in both languages of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Both {
    pub(crate) ja: String,
    pub(crate) en: String,
}

impl From<&Link> for Both {
    fn from(link: &Link) -> Self {
        Self { ja: link.label.clone(), en: link.called(Language::English).to_owned() }
    }
}

/// A box in points from the top left of a page; pages are counted from 1.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct PageBox {
    pub(crate) page: u32,
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
}

/// An edition, briefly.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub(crate) struct EditionName {
    pub(crate) iri: String,
    pub(crate) slug: String,
    pub(crate) title: String,
}

/// Where something is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub(crate) struct Where {
    pub(crate) edition: EditionName,
    /// First 16 digits of the file's SHA-256.
    pub(crate) file: String,
    /// Page of the file, from 1.
    pub(crate) page: u32,
    /// The printed page number; may be empty.
    pub(crate) printed: String,
}

/// One piece of evidence.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Evidence {
    pub(crate) iri: String,
    pub(crate) quote: String,
    /// Text before and after the quote.
    pub(crate) prefix: String,
    pub(crate) suffix: String,
    #[serde(rename = "where")]
    pub(crate) place: Where,
    /// One box a printed line.
    pub(crate) lines: Vec<PageBox>,
    /// Boxes of the number itself, where a figure is asked for that is printed at one place.
    pub(crate) focus: Vec<PageBox>,
    /// That figure in words.
    pub(crate) figure: Option<String>,
    /// How it was read.
    pub(crate) rules: Vec<String>,
    pub(crate) confidence: f64,
    pub(crate) section: Option<String>,
    /// What the sentence names.
    pub(crate) mentions: Vec<Link>,
    /// What rests on it.
    pub(crate) supports: Vec<Link>,
    pub(crate) citation: Both,
    /// Address of its page here.
    pub(crate) url: String,
}

/// `GET /evidence/{id}`: a page, or JSON.
pub(crate) async fn evidence(
    State(app): State<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (id, json) = match id.strip_suffix(".json") {
        Some(id) => (id.to_owned(), true),
        None => (id, false),
    };
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(Problem::missing("evidence is named by hexadecimal digits"));
    }
    let accept = headers.get(ACCEPT).and_then(|a| a.to_str().ok());
    let json = json || negotiate::best(accept, &[&["text/html"], &["application/json"]]) == Some(1);
    let found = blocking(&app, move |app| {
        let view = app.view();
        by_iri(app, &view, &format!("{}ev/{id}", view.base))
    });
    let found =
        found.await?.into_iter().next().ok_or_else(|| Problem::missing("nothing that is loaded rests on this"))?;
    if json {
        return Ok(Json(found).into_response());
    }
    let sizes = {
        let file = found.place.file.clone();
        blocking(&app, move |app| Ok(page::sizes(app, &file))).await?
    };
    let mut response = page::page(&found, &sizes, Language::asked(&headers)).into_response();
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Language"));
    Ok(response)
}

//! The queue of questions to people, and their decisions.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use hakusho_batch::{Row, apply, queue};
use hakusho_model::{Place, Question as Asked};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Part;
use super::entities::KindCount;
use super::text::page_box;
use crate::app::{App, Shared};
use crate::evidence::PageBox;
use crate::guard::check_token;
use crate::problem::{Problem, ProblemDetails};
use crate::view::{View, file_id};
use crate::work::blocking;

/// Questions asked for.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Wanted {
    /// ambiguous, weak, unlisted, leaning, low or undated.
    kind: Option<String>,
    limit: Option<usize>,
    offset: Option<usize>,
}

/// The queue.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Review {
    total: usize,
    kinds: Vec<KindCount>,
    questions: Vec<Question>,
}

/// A question.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Question {
    id: String,
    kind: String,
    surface: String,
    #[serde(rename = "type")]
    entity_type: String,
    count: usize,
    places: Vec<QuestionPlace>,
    candidates: Vec<Candidate>,
}

/// Where it was met.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QuestionPlace {
    /// First 16 digits of the file's SHA-256; empty where it is not loaded any more.
    file: String,
    name: String,
    block: String,
    page: Option<u32>,
    quote: String,
    /// Where the surface stands in the quote, in code points.
    mark: Option<(usize, usize)>,
    lines: Vec<PageBox>,
}

/// What it may be.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Candidate {
    entity: String,
    label: String,
    score: i32,
    reasons: Vec<String>,
}

/// Names that were not linked, or not surely, the most frequent first.
#[utoipa::path(get, path = "/api/review", tag = "review", params(Wanted), responses((status = 200, body = Review)))]
pub(crate) async fn review(State(app): State<Shared>, Query(wanted): Query<Wanted>) -> Result<Json<Review>, Problem> {
    blocking(&app, move |app| {
        let view = app.view();
        let all = queue(&app.data, &view.archive)?.questions;
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for question in &all {
            *kinds.entry(question.kind.as_str()).or_insert(0) += 1;
        }
        let kinds = kinds.into_iter().map(|(kind, count)| KindCount { kind: kind.to_owned(), count }).collect();
        let fits: Vec<&Asked> = all
            .iter()
            .filter(|q| wanted.kind.as_deref().is_none_or(|k| k.is_empty() || q.kind.as_str() == k))
            .collect();
        let total = fits.len();
        let part = Part { limit: wanted.limit, offset: wanted.offset };
        let questions = part.of(fits).into_iter().map(|q| question(app, &view, q)).collect();
        Ok(Json(Review { total, kinds, questions }))
    })
    .await
}

fn question(app: &App, view: &View, asked: &Asked) -> Question {
    Question {
        id: asked.id.clone(),
        kind: asked.kind.as_str().to_owned(),
        surface: asked.surface.clone(),
        entity_type: asked.entity_type.as_str().to_owned(),
        count: asked.count,
        places: asked.places.iter().map(|p| place(app, view, p, &asked.surface)).collect(),
        candidates: asked
            .candidates
            .iter()
            .map(|c| Candidate {
                entity: c.entity.clone(),
                label: c.label.clone(),
                score: c.score,
                reasons: c.reasons.clone(),
            })
            .collect(),
    }
}

/// A place with the lines its surface is printed on.
fn place(app: &App, view: &View, place: &Place, surface: &str) -> QuestionPlace {
    let file = view.registered.iter().find(|f| f.name == place.file);
    let lines = file.and_then(|f| app.document(f).ok()).and_then(|document| {
        let block = document.block(&place.block)?;
        let at = block.text.find(surface)?;
        let start = block.text[..at].chars().count();
        let boxes = block.boxes(start, start + surface.chars().count());
        Some(boxes.iter().map(|r| page_box(r.page, &r.bbox)).collect())
    });
    let (quote, mark) = unmarked(&place.quote);
    QuestionPlace {
        file: file.map(|f| file_id(&f.sha256).to_owned()).unwrap_or_default(),
        name: file.map_or_else(|| place.file.clone(), |f| f.name.clone()),
        block: place.block.clone(),
        page: place.page,
        quote,
        mark,
        lines: lines.unwrap_or_default(),
    }
}

/// A quote without the brackets `[[…]]` around its surface, and where these stood.
fn unmarked(quote: &str) -> (String, Option<(usize, usize)>) {
    let parts = quote.split_once("[[").and_then(|(before, rest)| Some((before, rest.split_once("]]")?)));
    let Some((before, (surface, after))) = parts else { return (quote.to_owned(), None) };
    let start = before.chars().count();
    (format!("{before}{surface}{after}"), Some((start, start + surface.chars().count())))
}

/// A decision, as a row of `decisions.tsv`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decision {
    surface: String,
    #[serde(rename = "type")]
    entity_type: String,
    /// is, not, type, same or differs.
    action: String,
    #[serde(default)]
    target: String,
    #[serde(default)]
    scope: String,
    #[serde(default)]
    note: String,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Decided {
    /// new, replaces, known or refused.
    outcome: String,
    reason: Option<String>,
    /// Files that have to be loaded again for it.
    reload: Vec<String>,
}

/// Takes a decision up, in the decisions file that every load replays.
#[utoipa::path(post, path = "/api/review/decisions", tag = "review", request_body = Decision, security(("token" = [])),
    responses((status = 200, body = Decided), (status = 401, body = ProblemDetails), (status = 403, body = ProblemDetails)))]
pub(crate) async fn decide(
    State(app): State<Shared>,
    headers: HeaderMap,
    Json(decision): Json<Decision>,
) -> Result<Json<Decided>, Problem> {
    check_token(&headers, app.options.token.as_deref())?;
    let table = row(&decision)?;
    blocking(&app, move |app| {
        let _one = app.deciding.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let applied = apply(&app.data, &app.view().registered, app.knowledge()?, &table)?;
        let (outcome, reason) = match applied.rows.first() {
            Some(Row::New(..)) => ("new", None),
            Some(Row::Replaces(..)) => ("replaces", None),
            Some(Row::Known(..)) => ("known", None),
            Some(Row::Refused(_, reason)) => ("refused", Some(reason.clone())),
            None => ("refused", Some("the row is empty".to_owned())),
        };
        Ok(Json(Decided { outcome: outcome.to_owned(), reason, reload: applied.stale }))
    })
    .await
}

/// One row of a table of decisions.
fn row(d: &Decision) -> Result<String, Problem> {
    let fields = [&d.surface, &d.entity_type, &d.action, &d.target, &d.scope, &d.note];
    if fields.iter().any(|f| f.contains(['\t', '\n', '\r'])) {
        return Err(Problem::bad("a field of a decision has no tabs and no line ends"));
    }
    let values: Vec<&str> = fields.iter().map(|f| f.as_str()).collect();
    Ok(format!("surface\ttype\taction\ttarget\tscope\tnote\tmade\n{}\t\n", values.join("\t")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_lose_their_brackets() {
        assert_eq!(unmarked("前[[名]]後"), ("前名後".to_owned(), Some((1, 2))));
        assert_eq!(unmarked("前名後"), ("前名後".to_owned(), None));
        assert_eq!(unmarked("前[[名"), ("前[[名".to_owned(), None));
    }
}

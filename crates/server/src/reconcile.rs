//! Matching tables of names with things: the Reconciliation Service API 0.2 (W3C Entity Reconciliation Community Group),
//! which `OpenRefine` speaks.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{Html, IntoResponse as _, Response};
use hakusho_lexicon::is_katakana;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::api::entities::{EntitySummary, fold, table};
use crate::app::Shared;
use crate::html;
use crate::problem::Problem;
use crate::view::View;
use crate::work::blocking;

/// Candidates of a name.
const USUAL: usize = 5;
const MOST: usize = 50;
/// Names of a request.
const MOST_QUERIES: usize = 500;

/// Types: the kinds of things, in Japanese and English.
const TYPES: [(&str, &str); 10] = [
    ("ORG", "組織 / Organization"),
    ("LAW", "法令 / Law"),
    ("THREAT", "脅威 / Threat"),
    ("INCIDENT", "事案 / Incident"),
    ("SURVEY", "調査 / Survey"),
    ("CERT", "認証・制度 / Certification scheme"),
    ("PRODUCT", "製品・サービス / Product"),
    ("LOC", "場所 / Place"),
    ("PERSON", "人 / Person"),
    ("EVENT", "行事 / Event"),
];

/// Queries by GET, or in a form.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    queries: Option<String>,
}

/// One name.
#[derive(Debug, Deserialize)]
struct One {
    query: String,
    #[serde(rename = "type")]
    kind: Option<Value>,
    limit: Option<usize>,
}

/// `GET /reconcile`: what the service is, or answers to `queries`.
pub(crate) async fn get(State(app): State<Shared>, Query(asked): Query<Asked>) -> Result<Json<Value>, Problem> {
    match asked.queries {
        Some(queries) => answer(&app, queries).await,
        None => Ok(Json(manifest(&app))),
    }
}

/// `POST /reconcile` with a form.
pub(crate) async fn post(State(app): State<Shared>, body: String) -> Result<Json<Value>, Problem> {
    let mut fields = form_urlencoded::parse(body.as_bytes());
    match fields.find(|(name, _)| name == "queries") {
        Some((_, queries)) => answer(&app, queries.into_owned()).await,
        None => Ok(Json(manifest(&app))),
    }
}

fn manifest(app: &Shared) -> Value {
    let (address, base) = (app.address(), app.view().base.clone());
    let types: Vec<Value> = TYPES.iter().map(|(id, name)| json!({ "id": id, "name": name })).collect();
    json!({
        "versions": ["0.2"],
        "name": "Hakusho",
        "identifierSpace": base,
        "schemaSpace": hakusho_rdf::HK,
        "defaultTypes": types,
        "view": { "url": format!("{address}/reconcile/view?id={{{{id}}}}") },
        "preview": { "url": format!("{address}/reconcile/preview?id={{{{id}}}}"), "width": 420, "height": 160 },
        "suggest": {
            "entity": { "service_url": address, "service_path": "/reconcile/suggest/entity" },
            "type": { "service_url": address, "service_path": "/reconcile/suggest/type" },
        },
    })
}

async fn answer(app: &Shared, queries: String) -> Result<Json<Value>, Problem> {
    let queries: BTreeMap<String, One> =
        serde_json::from_str(&queries).map_err(|e| Problem::bad(&format!("the queries cannot be read: {e}")))?;
    if queries.len() > MOST_QUERIES {
        return Err(Problem::bad(&format!("a request may have {MOST_QUERIES} queries")));
    }
    blocking(app, move |app| {
        let view = app.view();
        let mut out = serde_json::Map::new();
        for (key, one) in queries {
            out.insert(key, json!({ "result": candidates(&view, &one)? }));
        }
        Ok(Json(Value::Object(out)))
    })
    .await
}

fn candidates(view: &View, one: &One) -> Result<Vec<Value>, Problem> {
    let kinds: Vec<&str> = match &one.kind {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let found = best(view, &one.query, &kinds, one.limit.unwrap_or(USUAL).min(MOST))?;
    // A match is sure when nothing else is called exactly so.
    let sure = found.iter().filter(|(score, _)| *score >= 100.0).count() == 1;
    let candidate = |(score, entity): &(f64, &EntitySummary)| {
        json!({
            "id": id(view, &entity.link.iri), "name": entity.link.label, "score": score, "match": sure && *score >= 100.0,
            "description": entity.link.english, "type": [kind(&entity.link.kind)],
        })
    };
    Ok(found.iter().map(candidate).collect())
}

fn kind(id: &str) -> Value {
    let name = TYPES.iter().find(|(known, _)| *known == id).map_or(id, |(_, name)| name);
    json!({ "id": id, "name": name })
}

/// What follows the identifier space.
fn id(view: &View, iri: &str) -> String {
    iri.strip_prefix(&view.base).unwrap_or(iri).to_owned()
}

/// Things by how well they are called so: 100 exactly, less by the share of the name that is common.
fn best<'v>(
    view: &'v View,
    name: &str,
    kinds: &[&str],
    limit: usize,
) -> Result<Vec<(f64, &'v EntitySummary)>, Problem> {
    let wanted = fold(name);
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let fits = |e: &&EntitySummary| kinds.is_empty() || kinds.contains(&e.link.kind.as_str());
    let mut found: Vec<(f64, &EntitySummary)> = table(view)?
        .iter()
        .filter(fits)
        .filter_map(|e| {
            let score = e.key.lines().map(|key| likeness(key, &wanted)).fold(0.0, f64::max);
            (score > 0.0).then_some((score, e))
        })
        .collect();
    found.sort_by(|a, b| {
        b.0.total_cmp(&a.0).then_with(|| b.1.sentences.cmp(&a.1.sentences)).then_with(|| a.1.link.cmp(&b.1.link))
    });
    found.truncate(limit);
    Ok(found)
}

/// 100 for the same name; for a part of it, the share of characters that are there. Two kana words in one another are often
/// different things, so these count half.
fn likeness(key: &str, wanted: &str) -> f64 {
    if key == wanted {
        return 100.0;
    }
    let (a, b) = (key.chars().count(), wanted.chars().count());
    let (short, long) = (a.min(b), a.max(b));
    let inside = if a < b { wanted.contains(key) } else { key.contains(wanted) };
    if !inside || short < 2 {
        return 0.0;
    }
    let share = 90.0 * short as f64 / long as f64;
    if key.chars().chain(wanted.chars()).all(is_katakana) { share / 2.0 } else { share }
}

/// The beginning of a name.
#[derive(Debug, Deserialize)]
pub(crate) struct Beginning {
    #[serde(default)]
    prefix: String,
}

/// `GET /reconcile/suggest/{what}`.
pub(crate) async fn suggest(
    State(app): State<Shared>,
    Path(what): Path<String>,
    Query(beginning): Query<Beginning>,
) -> Result<Json<Value>, Problem> {
    match what.as_str() {
        "type" => {
            let wanted = beginning.prefix.to_lowercase();
            let fits = |(id, name): &&(&str, &str)| {
                name.to_lowercase().contains(&wanted) || id.to_lowercase().contains(&wanted)
            };
            let result: Vec<Value> = TYPES.iter().filter(fits).map(|(id, _)| kind(id)).collect();
            Ok(Json(json!({ "result": result })))
        }
        "entity" => {
            blocking(&app, move |app| {
                let view = app.view();
                let found = best(&view, &beginning.prefix, &[], 2 * USUAL)?;
                let one = |(_, e): &(f64, &EntitySummary)| {
                    json!({
                        "id": id(&view, &e.link.iri), "name": e.link.label,
                        "description": e.link.english, "notable": [kind(&e.link.kind)],
                    })
                };
                Ok(Json(json!({ "result": found.iter().map(one).collect::<Vec<_>>() })))
            })
            .await
        }
        _ => Err(Problem::missing("entities and types are suggested")),
    }
}

/// A thing by what follows the identifier space.
#[derive(Debug, Deserialize)]
pub(crate) struct Thing {
    id: String,
}

/// `GET /reconcile/view`: to the page of a thing.
pub(crate) async fn view(State(app): State<Shared>, Query(thing): Query<Thing>) -> Response {
    let base = app.view().base.clone();
    axum::response::Redirect::to(&html::with_base(&format!("{base}{}", thing.id), &base)).into_response()
}

/// `GET /reconcile/preview`: a thing in a few words.
pub(crate) async fn preview(State(app): State<Shared>, Query(thing): Query<Thing>) -> Result<Response, Problem> {
    let found = blocking(&app, move |app| {
        let view = app.view();
        let iri = format!("{}{}", view.base, thing.id);
        Ok(table(&view)?.iter().find(|e| e.link.iri == iri).cloned())
    });
    let found = found.await?.ok_or_else(|| Problem::missing("nothing has this identifier"))?;
    let page = maud::html! {
        strong { (found.link.label) } " " (found.link.english.as_deref().unwrap_or_default())
        p { (kind(&found.link.kind)["name"].as_str().unwrap_or_default()) "、" (found.sentences) " sentences, " (found.editions) " editions" }
    };
    Ok(([(CONTENT_TYPE, "text/html; charset=utf-8")], Html(page.into_string())).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_scored_by_what_they_share() {
        assert!((likeness("総務省", "総務省") - 100.0).abs() < 1e-9);
        assert!(likeness("総務省統計局", "総務省") > 40.0);
        assert!(likeness("総務省", "経済産業省") < 1e-9);
        assert!(likeness("アメリカ", "リカ") < likeness("総務省", "総務") / 1.2);
        assert!(likeness("省", "総務省") < 1e-9, "one character says nothing");
    }
}

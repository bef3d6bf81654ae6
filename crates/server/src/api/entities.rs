//! Things that are named in reports, the most named first.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Part;
use crate::app::Shared;
use crate::problem::Problem;
use crate::terms::{Link, links};
use crate::view::View;
use crate::work::blocking;

/// Things asked for.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Wanted {
    /// Part of a name.
    q: Option<String>,
    /// ORG, LAW, …
    kind: Option<String>,
    limit: Option<usize>,
    offset: Option<usize>,
}

/// Things that are named.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Entities {
    total: usize,
    kinds: Vec<KindCount>,
    entities: Vec<EntitySummary>,
}

/// Number of things of a kind.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KindCount {
    pub(crate) kind: String,
    pub(crate) count: usize,
}

/// A thing with how often it is named.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct EntitySummary {
    #[serde(flatten)]
    pub(crate) link: Link,
    /// All its names, folded.
    #[serde(skip)]
    pub(crate) key: String,
    /// Sentences that name it.
    pub(crate) sentences: usize,
    /// Editions that name it.
    pub(crate) editions: usize,
}

/// Things that reports name: organizations, laws, threats, products, places, people.
#[utoipa::path(get, path = "/api/entities", tag = "things", params(Wanted), responses((status = 200, body = Entities)))]
pub(crate) async fn entities(
    State(app): State<Shared>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Entities>, Problem> {
    blocking(&app, move |app| {
        let view = app.view();
        let all = table(&view)?;
        let wanted_text = wanted.q.as_deref().map(fold).filter(|q| !q.is_empty());
        let named: Vec<&EntitySummary> =
            all.iter().filter(|e| wanted_text.as_deref().is_none_or(|q| e.key.contains(q))).collect();
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for one in &named {
            *kinds.entry(&one.link.kind).or_insert(0) += 1;
        }
        let mut kinds: Vec<KindCount> =
            kinds.into_iter().map(|(kind, count)| KindCount { kind: kind.to_owned(), count }).collect();
        kinds.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.kind.cmp(&b.kind)));
        let of_kind: Vec<&EntitySummary> = named
            .into_iter()
            .filter(|e| wanted.kind.as_deref().is_none_or(|k| k.is_empty() || e.link.kind == k))
            .collect();
        let total = of_kind.len();
        let part = Part { limit: wanted.limit, offset: wanted.offset };
        Ok(Json(Entities { total, kinds, entities: part.of(of_kind).into_iter().cloned().collect() }))
    })
    .await
}

/// As names are compared: width, capitals, old forms and long vowels do not matter.
pub(crate) fn fold(text: &str) -> String {
    hakusho_lexicon::match_key(text.trim()).text()
}

/// All things that are named, the most named first.
///
/// # Errors
/// When the store fails.
pub(crate) fn table(view: &View) -> Result<&Vec<EntitySummary>, Problem> {
    view.tables.entities.get(|| read(view))
}

fn read(view: &View) -> Result<Vec<EntitySummary>, Problem> {
    let files: HashMap<&str, &str> = view.registered.iter().map(|f| (f.file.as_str(), f.edition.as_str())).collect();
    let mut counted: BTreeMap<String, (usize, BTreeSet<&str>)> = BTreeMap::new();
    let rows =
        view.rows("SELECT ?e ?f (COUNT(?ev) AS ?n) WHERE { ?ev hk:mentions ?e ; oa:hasSource ?f } GROUP BY ?e ?f")?;
    for row in rows.iter() {
        let one = counted.entry(row.text("e")).or_default();
        one.0 += row.number::<usize>("n").unwrap_or(0);
        one.1.extend(files.get(row.text("f").as_str()).copied());
    }
    let named = links(view, &counted.keys().cloned().collect())?;
    let mut names = names(view)?;
    let mut out: Vec<EntitySummary> = counted
        .into_iter()
        .filter_map(|(iri, (sentences, editions))| {
            let link = named.get(&iri)?.clone();
            let names = names.remove(&iri).unwrap_or_default();
            let all = std::iter::once(&link.label).chain(&link.english).chain(&names);
            let key = all.map(|name| fold(name)).collect::<Vec<_>>().join("\n");
            Some(EntitySummary { link, key, sentences, editions: editions.len() })
        })
        .collect();
    out.sort_by(|a, b| b.sentences.cmp(&a.sentences).then_with(|| a.link.cmp(&b.link)));
    Ok(out)
}

/// Other names of things than their labels.
fn names(view: &View) -> Result<HashMap<String, Vec<String>>, Problem> {
    let mut out: HashMap<String, Vec<String>> = HashMap::new();
    for row in view.rows("SELECT ?e ?l WHERE { ?e skos:altLabel ?l }")?.iter() {
        out.entry(row.text("e")).or_default().push(row.text("l"));
    }
    Ok(out)
}

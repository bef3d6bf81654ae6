//! One thing: its names, what happened to it, where it is named, and what it is named with.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::editions::edition_name;
use super::events::{self, EventRow};
use crate::app::Shared;
use crate::evidence::{Both, EditionName, Where, place};
use crate::problem::{Problem, ProblemDetails};
use crate::terms::{Link, kind, last, links};
use crate::view::{View, iri};
use crate::work::blocking;

/// Sentences shown.
const SENTENCES: usize = 20;
/// Things it is named with that are shown.
const RELATED: usize = 30;
/// Things of the network.
const NODES: usize = 16;

/// A thing by its IRI.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Wanted {
    iri: String,
}

/// A thing.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entity {
    iri: String,
    label: String,
    english: Option<String>,
    kind: String,
    /// Other names.
    names: Vec<String>,
    types: Vec<Link>,
    identifiers: Vec<Identifier>,
    /// IRIs elsewhere.
    same: Vec<String>,
    events: Vec<EventRow>,
    by_edition: Vec<InEdition>,
    related: Vec<Related>,
    /// The first sentences that name it.
    evidence: Vec<Sentence>,
    network: Network,
}

/// A number or code of a thing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Identifier {
    /// The property it is stated by.
    name: String,
    label: Both,
    value: String,
    url: Option<String>,
}

/// How often an edition names it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InEdition {
    edition: EditionWithYear,
    sentences: usize,
}

/// An edition with its year.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EditionWithYear {
    #[serde(flatten)]
    name: EditionName,
    year: Option<String>,
}

/// A thing that is named in the same sentences.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Related {
    #[serde(flatten)]
    link: Link,
    sentences: usize,
}

/// A sentence that names it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Sentence {
    iri: String,
    quote: String,
    #[serde(rename = "where")]
    place: Where,
}

/// Things that are named together.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct Network {
    nodes: Vec<Related>,
    edges: Vec<Edge>,
}

/// Two of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Edge {
    from: String,
    to: String,
    sentences: usize,
}

/// A thing with everything that leads to and from it.
#[utoipa::path(get, path = "/api/entity", tag = "things", params(Wanted),
    responses((status = 200, body = Entity), (status = 404, body = ProblemDetails)))]
pub(crate) async fn entity(State(app): State<Shared>, Query(wanted): Query<Wanted>) -> Result<Json<Entity>, Problem> {
    blocking(&app, move |app| Ok(Json(read(&app.view(), &wanted.iri)?))).await
}

fn read(view: &View, text: &str) -> Result<Entity, Problem> {
    let node = iri(text)?;
    let mut entity = described(view, node.as_str())?;
    let is_in = |links: &[Link]| links.iter().any(|l| l.iri == entity.iri);
    entity.events = events::table(view)?
        .iter()
        .filter(|e| {
            [&e.victims, &e.actors, &e.authorities, &e.targets, &e.concerns, &e.vectors].into_iter().any(|l| is_in(l))
        })
        .cloned()
        .collect();
    entity.by_edition = by_edition(view, node.as_str())?;
    entity.related = related(view, node.as_str())?;
    entity.evidence = sentences(view, node.as_str())?;
    entity.network = network(view, &entity)?;
    Ok(entity)
}

fn described(view: &View, text: &str) -> Result<Entity, Problem> {
    let rows = view.rows(&format!("SELECT ?p ?o {{ <{text}> ?p ?o }} ORDER BY ?p ?o"))?;
    if rows.first().is_none() {
        return Err(Problem::missing("nothing that is loaded has this IRI"));
    }
    let mut entity = Entity {
        iri: text.to_owned(),
        label: String::new(),
        english: None,
        kind: kind(&view.base, text).to_owned(),
        names: Vec::new(),
        types: Vec::new(),
        identifiers: Vec::new(),
        same: Vec::new(),
        events: Vec::new(),
        by_edition: Vec::new(),
        related: Vec::new(),
        evidence: Vec::new(),
        network: Network::default(),
    };
    let mut types = BTreeSet::new();
    let mut codes: Vec<(String, String)> = Vec::new();
    for row in rows.iter() {
        let (property, object) = (row.text("p"), row.text("o"));
        match last(&property).as_str() {
            "prefLabel" | "label" | "title" => match row.language("o") {
                Some("en") => entity.english = Some(object),
                _ if entity.label.is_empty() => entity.label = object,
                _ => entity.names.push(object),
            },
            "altLabel" | "hiddenLabel" => entity.names.push(object),
            "type" if property.ends_with("#type") => drop(types.insert(object)),
            "sameAs" | "exactMatch" | "closeMatch" => entity.same.push(object),
            "identifier" | "hojinBango" | "lawNumber" | "egovLawId" | "notation" | "legislationIdentifier" => {
                codes.push((property, object));
            }
            _ => {}
        }
    }
    if entity.label.is_empty() {
        entity.label = entity.english.clone().unwrap_or_else(|| last(text));
    }
    entity.english = entity.english.filter(|name| *name != entity.label);
    entity.names.sort();
    entity.names.dedup();
    let terms = types.iter().chain(codes.iter().map(|(property, _)| property)).cloned().collect();
    let named = links(view, &terms)?;
    entity.types = types.iter().filter_map(|class| named.get(class).cloned()).collect();
    let identifier = |(property, value): (String, String)| Some(identifier(named.get(&property)?, value));
    entity.identifiers = codes.into_iter().filter_map(identifier).collect();
    Ok(entity)
}

fn identifier(property: &Link, value: String) -> Identifier {
    let name = last(&property.iri);
    let url = match name.as_str() {
        "hojinBango" => Some(format!("https://info.gbiz.go.jp/hojin/ichiran?hojinBango={value}")),
        "egovLawId" => Some(format!("https://laws.e-gov.go.jp/law/{value}")),
        _ => None,
    };
    Identifier { name, label: property.into(), value, url }
}

fn by_edition(view: &View, text: &str) -> Result<Vec<InEdition>, Problem> {
    let rows = view
        .rows(&format!("SELECT ?f (COUNT(?ev) AS ?n) {{ ?ev hk:mentions <{text}> ; oa:hasSource ?f }} GROUP BY ?f"))?;
    let counted: BTreeMap<String, usize> = rows.iter().map(|r| (r.text("f"), r.number("n").unwrap_or(0))).collect();
    let mut out: Vec<InEdition> = Vec::new();
    for file in &view.registered {
        let Some(n) = counted.get(&file.file) else { continue };
        match out.last_mut().filter(|e| e.edition.name.iri == file.edition) {
            Some(known) => known.sentences += n,
            None => out.push(InEdition {
                edition: EditionWithYear { name: edition_name(file), year: file.year.clone() },
                sentences: *n,
            }),
        }
    }
    out.sort_by(|a, b| (&a.edition.year, &a.edition.name).cmp(&(&b.edition.year, &b.edition.name)));
    Ok(out)
}

fn related(view: &View, text: &str) -> Result<Vec<Related>, Problem> {
    let rows = view.rows(&format!(
        "SELECT ?o (COUNT(?ev) AS ?n) {{ ?ev hk:mentions <{text}> ; hk:mentions ?o FILTER(?o != <{text}>) }} GROUP BY ?o ORDER BY DESC(?n) ?o LIMIT {RELATED}"
    ))?;
    let named = links(view, &rows.iter().map(|r| r.text("o")).collect())?;
    let one = |iri: String, n| Some(Related { link: named.get(&iri)?.clone(), sentences: n });
    Ok(rows.iter().filter_map(|r| one(r.text("o"), r.number("n").unwrap_or(0))).collect())
}

fn sentences(view: &View, text: &str) -> Result<Vec<Sentence>, Problem> {
    let rows = view.rows(&format!(
        "SELECT ?ev ?quote ?f ?edition ?title ?index ?printed {{
           ?ev hk:mentions <{text}> ; hk:text ?quote ; oa:hasSource ?f ; hk:onPage ?p .
           ?p hk:pageIndex ?index . OPTIONAL {{ ?p hk:printedPage ?printed }}
           ?edition frbr:embodiment ?f ; dcterms:title ?title }} ORDER BY ?title ?index ?ev LIMIT {SENTENCES}"
    ))?;
    Ok(rows.iter().map(|r| Sentence { iri: r.text("ev"), quote: r.text("quote"), place: place(&r) }).collect())
}

/// The thing with those it is named with most, and how these are named together.
fn network(view: &View, entity: &Entity) -> Result<Network, Problem> {
    let centre = Related {
        link: Link {
            iri: entity.iri.clone(),
            label: entity.label.clone(),
            english: entity.english.clone(),
            kind: entity.kind.clone(),
        },
        sentences: entity.by_edition.iter().map(|e| e.sentences).sum(),
    };
    let around = entity.related.iter().take(NODES - 1).cloned();
    let nodes: Vec<Related> = std::iter::once(centre).chain(around).collect();
    let mut edges: Vec<Edge> = nodes
        .iter()
        .skip(1)
        .map(|n| Edge { from: entity.iri.clone(), to: n.link.iri.clone(), sentences: n.sentences })
        .collect();
    let values: String = nodes.iter().skip(1).map(|n| format!("<{}> ", n.link.iri)).collect();
    if nodes.len() > 2 {
        let rows = view.rows(&format!(
            "SELECT ?a ?b (COUNT(?ev) AS ?n) {{ VALUES ?a {{ {values} }} ?ev hk:mentions ?a ; hk:mentions ?b . VALUES ?b {{ {values} }}
             FILTER(STR(?a) < STR(?b)) }} GROUP BY ?a ?b ORDER BY ?a ?b"
        ))?;
        let between =
            rows.iter().map(|r| Edge { from: r.text("a"), to: r.text("b"), sentences: r.number("n").unwrap_or(0) });
        edges.extend(between);
    }
    Ok(Network { nodes, edges })
}

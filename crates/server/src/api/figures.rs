//! Statistics: items with figures for several times.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Part;
use super::entities::fold;
use crate::app::Shared;
use crate::evidence::{Both, Where, place};
use crate::problem::{Problem, ProblemDetails};
use crate::terms::{Link, link, links};
use crate::view::{View, iri};
use crate::work::blocking;

/// Series asked for.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Wanted {
    /// Part of the item's or survey's name.
    q: Option<String>,
    limit: Option<usize>,
    offset: Option<usize>,
}

/// Items with figures for at least two times.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeriesList {
    total: usize,
    series: Vec<SeriesSummary>,
}

/// One of them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct SeriesSummary {
    item: Link,
    survey: Option<String>,
    times: Vec<String>,
    figures: usize,
    unit: Option<String>,
    #[serde(skip)]
    key: String,
}

/// Items with figures for several times, the most figures first.
#[utoipa::path(get, path = "/api/series", tag = "figures", params(Wanted), responses((status = 200, body = SeriesList)))]
pub(crate) async fn series(
    State(app): State<Shared>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<SeriesList>, Problem> {
    blocking(&app, move |app| {
        let view = app.view();
        let all = view.tables.series.get(|| read(&view))?;
        let q = wanted.q.as_deref().map(fold).filter(|q| !q.is_empty());
        let fits: Vec<&SeriesSummary> = all.iter().filter(|s| q.as_deref().is_none_or(|q| s.key.contains(q))).collect();
        let total = fits.len();
        let part = Part { limit: wanted.limit, offset: wanted.offset };
        Ok(Json(SeriesList { total, series: part.of(fits).into_iter().cloned().collect() }))
    })
    .await
}

fn read(view: &View) -> Result<Vec<SeriesSummary>, Problem> {
    #[derive(Default)]
    struct Found {
        times: BTreeSet<String>,
        figures: usize,
        units: BTreeMap<String, usize>,
        surveys: BTreeSet<String>,
    }
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    let rows = view.rows(
        "SELECT ?i ?year ?unit ?survey (COUNT(?o) AS ?n) WHERE { ?o hk:item ?i ; dcterms:temporal ?year .
           OPTIONAL { ?o schema:unitText ?unit } OPTIONAL { ?o hk:survey ?survey } } GROUP BY ?i ?year ?unit ?survey",
    )?;
    for row in rows.iter() {
        let one = found.entry(row.text("i")).or_default();
        let n = row.number::<usize>("n").unwrap_or(0);
        one.times.insert(row.text("year").get(..4).unwrap_or_default().to_owned());
        one.figures += n;
        one.surveys.extend(row.opt("survey"));
        if let Some(unit) = row.opt("unit") {
            *one.units.entry(unit).or_insert(0) += n;
        }
    }
    found.retain(|_, one| one.times.len() > 1);
    let iris = found.iter().flat_map(|(i, one)| std::iter::once(i).chain(&one.surveys)).cloned().collect();
    let named = links(view, &iris)?;
    let mut out: Vec<SeriesSummary> = found
        .into_iter()
        .filter_map(|(iri, one)| {
            let item = named.get(&iri)?.clone();
            let survey = one.surveys.first().and_then(|s| named.get(s)).map(|l| l.label.clone());
            let unit = one.units.into_iter().max_by_key(|(_, n)| *n).map(|(unit, _)| unit);
            let key = format!("{}\n{}", fold(&item.label), survey.as_deref().map(fold).unwrap_or_default());
            Some(SeriesSummary {
                item,
                survey,
                times: one.times.into_iter().collect(),
                figures: one.figures,
                unit,
                key,
            })
        })
        .collect();
    out.sort_by(|a, b| (b.times.len(), b.figures).cmp(&(a.times.len(), a.figures)).then_with(|| a.item.cmp(&b.item)));
    Ok(out)
}

/// An item.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Item {
    /// Its IRI.
    item: String,
}

/// Its figures, and what speaks against joining them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeriesDetail {
    item: Link,
    points: Vec<SeriesPoint>,
    notes: Vec<Both>,
}

/// A figure.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SeriesPoint {
    /// IRI of the figure.
    iri: String,
    time: String,
    value: f64,
    unit: Option<String>,
    printed: String,
    sample_size: Option<u64>,
    /// Class of respondents; none: all.
    respondents: Option<String>,
    series: Option<String>,
    survey: Option<String>,
    exhibit: Option<String>,
    evidence: String,
    #[serde(rename = "where")]
    place: Where,
}

/// All figures of an item, by time.
#[utoipa::path(get, path = "/api/series/points", tag = "figures", params(Item),
    responses((status = 200, body = SeriesDetail), (status = 400, body = ProblemDetails)))]
pub(crate) async fn points(State(app): State<Shared>, Query(item): Query<Item>) -> Result<Json<SeriesDetail>, Problem> {
    blocking(&app, move |app| {
        let view = app.view();
        let node = iri(&item.item)?;
        let points = figures(&view, node.as_str())?;
        if points.is_empty() {
            return Err(Problem::missing("no figure has this item"));
        }
        let notes = notes(&points);
        Ok(Json(SeriesDetail { item: link(&view, node.as_str())?, points, notes }))
    })
    .await
}

fn figures(view: &View, item: &str) -> Result<Vec<SeriesPoint>, Problem> {
    let rows = view.rows(&format!(
        "SELECT ?o ?year ?value ?unit ?printed ?n ?class ?series ?survey ?exhibit ?ev ?f ?edition ?title ?index ?page WHERE {{
           ?o hk:item <{item}> ; sdmx-measure:obsValue ?value ; hk:verbatim ?printed ; hk:evidence ?ev .
           ?ev oa:hasSource ?f ; hk:onPage ?p . ?p hk:pageIndex ?index . OPTIONAL {{ ?p hk:printedPage ?page }}
           ?edition frbr:embodiment ?f ; dcterms:title ?title .
           OPTIONAL {{ ?o dcterms:temporal ?year }} OPTIONAL {{ ?o schema:unitText ?unit }} OPTIONAL {{ ?o hk:sampleSize ?n }}
           OPTIONAL {{ ?o hk:respondentClass/skos:prefLabel ?class }} OPTIONAL {{ ?o hk:seriesItem/skos:prefLabel ?series }}
           OPTIONAL {{ ?o hk:survey/skos:prefLabel ?survey FILTER(LANG(?survey) = \"ja\") }}
           OPTIONAL {{ ?o qb:dataSet/dcterms:title ?exhibit }}
         }} ORDER BY ?year ?class ?series ?o"
    ))?;
    let mut seen = BTreeSet::new();
    let point = |r: crate::view::Row<'_>| SeriesPoint {
        iri: r.text("o"),
        time: r.text("year").get(..4).unwrap_or_default().to_owned(),
        value: r.number("value").unwrap_or(0.0),
        unit: r.opt("unit"),
        printed: r.text("printed"),
        sample_size: r.number("n"),
        respondents: r.opt("class"),
        series: r.opt("series"),
        survey: r.opt("survey"),
        exhibit: r.opt("exhibit"),
        evidence: r.text("ev"),
        place: Where { printed: r.text("page"), ..place(&r) },
    };
    Ok(rows.iter().filter(|r| seen.insert(r.text("o"))).map(point).collect())
}

/// Why figures of several times may not be comparable: other respondents, numbers, surveys, units.
fn notes(points: &[SeriesPoint]) -> Vec<Both> {
    let mut out = Vec::new();
    let mut differs = |values: BTreeSet<String>, ja: &str, en: &str| {
        if values.len() > 1 {
            let listed = values.into_iter().collect::<Vec<_>>().join("、");
            out.push(Both { ja: format!("{ja}：{listed}"), en: format!("{en}: {listed}") });
        }
    };
    let all =
        |get: &dyn Fn(&SeriesPoint) -> Option<String>| points.iter().filter_map(get).collect::<BTreeSet<String>>();
    differs(all(&|p| p.sample_size.map(|n| n.to_string())), "回答数（N）が異なります", "Numbers of answers (N) differ");
    differs(all(&|p| p.survey.clone()), "調査が異なります", "The surveys differ");
    differs(all(&|p| p.unit.clone()), "単位が異なります", "Units differ");
    differs(
        all(&|p| Some(p.place.edition.title.clone())),
        "出典が複数あります",
        "The figures come from several editions",
    );
    if points.iter().any(|p| p.time.is_empty()) {
        out.push(Both {
            ja: "年の分からない値があります".to_owned(),
            en: "For some figures the year is not known".to_owned(),
        });
    }
    out
}

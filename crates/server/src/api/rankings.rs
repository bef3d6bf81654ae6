//! Rankings (順位表) over the years.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::Shared;
use crate::problem::Problem;
use crate::view::{View, edition_slug};
use crate::work::blocking;

/// All rankings.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Rankings {
    rankings: Vec<Ranking>,
}

/// Places of one ranking over the years.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Ranking {
    /// Name of its survey, or of its series of reports.
    survey: String,
    /// For whom it ranks; may be empty.
    perspective: String,
    years: Vec<String>,
    items: Vec<RankedItem>,
}

/// What is ranked.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct RankedItem {
    label: String,
    iri: Option<String>,
    places: Vec<RankedPlace>,
}

/// Its place in a year.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RankedPlace {
    year: String,
    rank: u32,
    previous: Option<u32>,
    is_new: bool,
    evidence: String,
    /// The edition that prints it.
    edition: String,
}

/// Places over the years, by ranking and item.
#[utoipa::path(get, path = "/api/rankings", tag = "things", responses((status = 200, body = Rankings)))]
pub(crate) async fn rankings(State(app): State<Shared>) -> Result<Json<Rankings>, Problem> {
    blocking(&app, |app| {
        let view = app.view();
        Ok(Json(Rankings { rankings: view.tables.rankings.get(|| read(&view))?.clone() }))
    })
    .await
}

fn read(view: &View) -> Result<Vec<Ranking>, Problem> {
    let rows = view.rows(
        "SELECT ?series ?survey ?perspective ?year ?item ?thing ?rank ?previous ?new ?ev ?edition WHERE {
           ?r a hk:Ranking ; hk:perspective ?perspective ; schema:itemListElement ?e .
           ?e rdfs:label ?item ; schema:position ?rank ; hk:evidence ?ev .
           ?ev oa:hasSource/^frbr:embodiment ?edition .
           OPTIONAL { ?r dcterms:temporal ?year } OPTIONAL { ?e hk:previousRank ?previous } OPTIONAL { ?e hk:isNewEntry ?new }
           OPTIONAL { ?e schema:item ?thing }
           OPTIONAL { ?r hk:survey/skos:prefLabel ?survey FILTER(LANG(?survey) = \"ja\") }
           OPTIONAL { ?edition frbr:realizationOf/rdfs:label ?series FILTER(LANG(?series) = \"ja\") }
         } ORDER BY ?ev ?rank",
    )?;
    let mut found: BTreeMap<(String, String), Found> = BTreeMap::new();
    for row in rows.iter() {
        // The survey of one year is another one than that of the next: the ranking is what they have in common.
        let survey = row.opt("survey").map(|s| without_year(&s)).or_else(|| row.opt("series"));
        let edition = view.registered.iter().find(|f| f.edition == row.text("edition"));
        let survey = survey.or_else(|| edition.map(|e| without_year(&e.title))).unwrap_or_default();
        let ranking = found.entry((survey, row.text("perspective"))).or_default();
        // A ranking that tells no year is of that in which it was printed.
        let year = row.opt("year").or_else(|| edition.and_then(|e| e.year.clone()));
        let year = year.map(|y| y.get(..4).unwrap_or(&y).to_owned()).unwrap_or_default();
        let thing = row.opt("thing");
        let key = thing.clone().unwrap_or_else(|| row.text("item"));
        ranking.years.insert(year.clone());
        let item = ranking.items.entry(key).or_insert_with(|| (row.text("item"), thing, BTreeSet::new()));
        item.2.insert(RankedPlace {
            year,
            rank: row.number("rank").unwrap_or(0),
            previous: row.number("previous"),
            is_new: row.text("new") == "true",
            evidence: row.text("ev"),
            edition: edition_slug(&row.text("edition")).to_owned(),
        });
    }
    Ok(found.into_iter().map(|((survey, perspective), one)| one.ranking(survey, perspective)).collect())
}

/// A title without the year it begins or ends with.
fn without_year(title: &str) -> String {
    let year: Vec<char> = title.chars().collect();
    let digits = |c: &&char| c.is_ascii_digit() || ('０'..='９').contains(*c);
    let mut out: String = String::new();
    let mut i = 0;
    while i < year.len() {
        let run = year[i..].iter().take_while(digits).count();
        if run == 4 {
            i += 4;
            // 年, 年度, 年版
            i += year[i..].iter().take_while(|c| matches!(c, '年' | '度' | '版')).count();
            continue;
        }
        out.extend(&year[i..i + run.max(1)]);
        i += run.max(1);
    }
    let out = out.trim().to_owned();
    if out.is_empty() { title.to_owned() } else { out }
}

#[derive(Default)]
struct Found {
    years: BTreeSet<String>,
    items: BTreeMap<String, (String, Option<String>, BTreeSet<RankedPlace>)>,
}

impl Found {
    fn ranking(self, survey: String, perspective: String) -> Ranking {
        let mut items: Vec<RankedItem> = self
            .items
            .into_values()
            .map(|(label, iri, places)| RankedItem { label, iri, places: places.into_iter().collect() })
            .collect();
        // By the last place, then by name.
        let key =
            |i: &RankedItem| (i.places.last().map(|p| (std::cmp::Reverse(p.year.clone()), p.rank)), i.label.clone());
        items.sort_by_key(key);
        Ranking { survey, perspective, years: self.years.into_iter().collect(), items }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_lose_their_year() {
        assert_eq!(without_year("見本脅威2025"), "見本脅威");
        assert_eq!(without_year("２０２４年度 見本調査"), "見本調査");
        assert_eq!(without_year("見本10大脅威 2025"), "見本10大脅威");
        assert_eq!(without_year("2025年"), "2025年");
    }
}

//! Which figure a row of an answer tells, so that its number can be marked and not only the chart or table around it.

use std::collections::{BTreeMap, BTreeSet};

use super::PageBox;
use super::find::boxes;
use crate::problem::Problem;
use crate::view::{View, iri};

/// Boxes of the number itself, where a thing is a figure that is printed at one place.
///
/// # Errors
/// When the IRI is none, or the store fails.
pub(super) fn of_figure(view: &View, text: &str) -> Result<Vec<PageBox>, Problem> {
    let node = iri(text)?;
    let rows = view.rows(&format!("SELECT ?boxes WHERE {{ {node} a hk:Observation ; hk:boxes ?boxes }}"))?;
    Ok(rows.iter().flat_map(|r| boxes(&r.text("boxes"))).collect())
}

/// A figure that might be meant.
#[derive(Default)]
struct Candidate {
    file: String,
    is_told: bool,
    /// Cells of the row that it says, too.
    shared: BTreeSet<String>,
}

/// IRI of the figure that a row tells: of those in the evidence or exhibit named (`anchor` binds `?q`), the one whose value is in
/// a cell and that shares most other cells. Nothing where a file has several such figures.
///
/// # Errors
/// When the store fails.
pub(super) fn of_row(view: &View, anchor: &str, cells: &BTreeSet<&str>) -> Result<Option<String>, Problem> {
    if cells.is_empty() {
        return Ok(None);
    }
    let rows = view.rows(&format!(
        "SELECT ?o ?f ?value ?printed ?word WHERE {{
           {anchor} {{ ?there hk:text ?q . ?o hk:evidence ?there }} UNION {{ ?x dcterms:title ?q . ?o qb:dataSet ?x }}
           ?o a hk:Observation ; sdmx-measure:obsValue ?value ; hk:verbatim ?printed ; hk:evidence ?ev .
           ?ev oa:hasSource ?f ; hk:onPage ?p .
           OPTIONAL {{
             {{ ?o rdfs:label ?word }} UNION {{ ?o dcterms:temporal ?word }} UNION {{ ?o hk:wave/rdfs:label ?word }}
             UNION {{ ?o hk:item/skos:prefLabel ?word }} UNION {{ ?o hk:respondentClass/skos:prefLabel ?word }} UNION {{ ?o hk:seriesItem/skos:prefLabel ?word }}
             UNION {{ ?p hk:printedPage ?word }} UNION {{ ?f ^frbr:embodiment/dcterms:title ?word }}
           }} }}"
    ))?;
    let mut found: BTreeMap<String, Candidate> = BTreeMap::new();
    for row in rows.iter() {
        let one = found.entry(row.text("o")).or_default();
        one.file = row.text("f");
        one.is_told |= cells.contains(row.text("printed").as_str()) || same_number(cells, row.number("value"));
        one.shared.extend(row.opt("word").filter(|word| cells.contains(word.as_str())));
    }
    Ok(choose(found))
}

fn same_number(cells: &BTreeSet<&str>, value: Option<f64>) -> bool {
    let Some(value) = value else { return false };
    cells.iter().filter_map(|c| c.parse::<f64>().ok()).any(|cell| (cell - value).abs() <= f64::EPSILON * value.abs())
}

/// The candidate that shares most; the first file's where several files have one each.
fn choose(found: BTreeMap<String, Candidate>) -> Option<String> {
    let told: Vec<(String, Candidate)> = found.into_iter().filter(|(_, c)| c.is_told).collect();
    let most = told.iter().map(|(_, c)| c.shared.len()).max()?;
    let best: Vec<(String, Candidate)> = told.into_iter().filter(|(_, c)| c.shared.len() == most).collect();
    let files: BTreeSet<&str> = best.iter().map(|(_, c)| c.file.as_str()).collect();
    let is_clear = files.len() == best.len();
    best.into_iter().min_by(|a, b| (&a.1.file, &a.0).cmp(&(&b.1.file, &b.0))).map(|(iri, _)| iri).filter(|_| is_clear)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(candidates: &[(&str, &str, bool, &[&str])], expected: Option<&str>) {
        let found = candidates.iter().map(|(iri, file, is_told, shared)| {
            let shared = shared.iter().map(|s| (*s).to_owned()).collect();
            ((*iri).to_owned(), Candidate { file: (*file).to_owned(), is_told: *is_told, shared })
        });
        assert_eq!(choose(found.collect()).as_deref(), expected);
    }

    #[test]
    fn the_figure_that_shares_most_is_meant() {
        check(&[("a", "f", true, &["全体"]), ("b", "f", true, &["全体", "2020"])], Some("b"));
        check(&[("a", "f", false, &["全体", "2020"]), ("b", "f", true, &[])], Some("b"));
        // Two of one file cannot be told apart; one each of two files can be shown in either.
        check(&[("a", "f", true, &["全体"]), ("b", "f", true, &["全体"])], None);
        check(&[("b", "f", true, &["全体"]), ("a", "g", true, &["全体"])], Some("b"));
        check(&[("a", "f", false, &[])], None);
    }

    #[test]
    fn numbers_are_compared_by_value() {
        let cells = BTreeSet::from(["14.40", "％", "2020"]);
        assert!(same_number(&cells, Some(14.4)));
        assert!(!same_number(&cells, Some(14.5)));
        assert!(!same_number(&cells, None));
    }
}

//! Which figure a row of an answer tells, so that its number can be marked and not only the chart or table around it.

use std::collections::{BTreeMap, BTreeSet};

use super::find::boxes;
use super::{Both, PageBox};
use crate::problem::Problem;
use crate::view::{Row, View, iri};

/// A figure.
#[derive(Clone, Debug, Default)]
pub(super) struct Figure {
    /// Boxes of the number itself, where it is printed at one place.
    pub(super) boxes: Vec<PageBox>,
    /// Of a chart or table: what it is and how much (電子書籍（2022年）5,013億円), and the exhibit as a citation names it. One in
    /// the text is told by its sentence.
    pub(super) words: Option<(String, Both)>,
}

/// What a thing is as a figure; nothing where it is none.
///
/// # Errors
/// When the IRI is none, or the store fails.
pub(super) fn of_figure(view: &View, text: &str) -> Result<Option<Figure>, Problem> {
    let node = iri(text)?;
    let rows = view.rows(&format!(
        "SELECT ?boxes ?label ?printed ?unit ?year ?x ?number ?title WHERE {{
           {node} a hk:Observation ; hk:verbatim ?printed ; rdfs:label ?label . OPTIONAL {{ {node} hk:boxes ?boxes }}
           OPTIONAL {{ {node} schema:unitText ?unit }} OPTIONAL {{ {node} dcterms:temporal ?year }}
           OPTIONAL {{ {node} qb:dataSet ?x OPTIONAL {{ ?x hk:exhibitNumber ?number }} OPTIONAL {{ ?x dcterms:title ?title }} }} }} LIMIT 1"
    ))?;
    let figure = |row: Row<'_>| Figure {
        boxes: boxes(&row.text("boxes")),
        words: row.opt("x").map(|_| {
            let text = told(&row.text("label"), &row.text("year"), &row.text("printed"), &row.text("unit"));
            (text, exhibit(&row.text("number"), &row.text("title")))
        }),
    };
    Ok(rows.first().map(figure))
}

/// Label, year and amount; a number alone has its unit behind it.
fn told(label: &str, year: &str, printed: &str, unit: &str) -> String {
    let year = year.get(..4).filter(|y| !label.contains(y)).map(|y| format!("（{y}年）")).unwrap_or_default();
    let unit = if printed.ends_with(|c: char| c.is_numeric()) { unit } else { "" };
    let between = if year.is_empty() { " " } else { "" };
    format!("{label}{year}{between}{printed}{unit}")
}

/// Number and title. Where no number is printed the graph has one of its own (`x7`), which nobody would find.
fn exhibit(number: &str, title: &str) -> Both {
    let own = number.strip_prefix('x').is_some_and(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit()));
    let named = |before: &str| match number {
        "" => title.to_owned(),
        _ if own => title.to_owned(),
        _ => format!("{before}{number} {title}").trim_end().to_owned(),
    };
    Both { ja: named("図表"), en: named("Exhibit ") }
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
    fn figures_in_words() {
        assert_eq!(told("電子書籍", "2022", "5,013", "億円"), "電子書籍（2022年）5,013億円");
        assert_eq!(told("その他", "", "2.7％", "%"), "その他 2.7％");
        assert_eq!(told("実施中 2020年", "2020", "32.7", "%"), "実施中 2020年 32.7%");
        let check = |number: &str, title: &str, ja: &str, en: &str| {
            assert_eq!(exhibit(number, title), Both { ja: ja.to_owned(), en: en.to_owned() });
        };
        check("4-7-4-1", "市場規模の推移", "図表4-7-4-1 市場規模の推移", "Exhibit 4-7-4-1 市場規模の推移");
        check("x36", "市場規模の推移", "市場規模の推移", "市場規模の推移");
        check("3", "", "図表3", "Exhibit 3");
        check("", "", "", "");
    }

    #[test]
    fn numbers_are_compared_by_value() {
        let cells = BTreeSet::from(["14.40", "％", "2020"]);
        assert!(same_number(&cells, Some(14.4)));
        assert!(!same_number(&cells, Some(14.5)));
        assert!(!same_number(&cells, None));
    }
}

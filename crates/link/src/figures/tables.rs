//! Points of charts, and cells of tables that are nothing but a number.

use hakusho_lexicon::Cues;
use hakusho_model::{Document, Exhibit, Observation, Table};

use super::grid::grid;
use super::{number, surveys, without_sample_size};

/// The figures of the exhibits.
pub(super) fn figures(document: &Document) -> Vec<Observation> {
    let mut out = Vec::new();
    for exhibit in &document.exhibits {
        let survey = surveys::of_exhibit(document, exhibit);
        let start = out.len();
        out.extend(points(exhibit));
        for table in &exhibit.tables {
            cells(exhibit, table, &mut out);
        }
        for figure in &mut out[start..] {
            figure.survey.clone_from(&survey);
        }
    }
    out
}

fn points(exhibit: &Exhibit) -> impl Iterator<Item = Observation> {
    exhibit.chart.iter().flat_map(|c| &c.points).map(|p| {
        let (series, size) = p.series.as_deref().map_or((None, None), |s| {
            let (name, size) = without_sample_size(s);
            (Some(name.to_owned()).filter(|n| !n.is_empty()), size)
        });
        let (category, own) = without_sample_size(&p.category);
        Observation {
            id: String::new(),
            exhibit: Some(exhibit.id.clone()),
            block: None,
            wave: surveys::wave(&[series.as_deref().unwrap_or(""), category]),
            series,
            category: category.to_owned(),
            group: Vec::new(),
            sample_size: own.or(size),
            survey: None,
            value: p.value,
            unit: p.unit.clone(),
            printed: p.printed.clone(),
        }
    })
}

/// Number cells of a table with the last label of their row and the heads of their column. Rows without numbers between
/// rows of figures are new heads.
fn cells(exhibit: &Exhibit, table: &Table, out: &mut Vec<Observation>) {
    let grid = grid(table);
    let is_value = |text: &String| number(text).is_some();
    let headless = grid.first().is_some_and(|row| row.iter().skip(1).any(is_value));
    let mut heads: Vec<&Vec<String>> = Vec::new();
    let mut told = headless;
    for row in &grid {
        let first = row.iter().position(|c| !is_value(c) && !c.is_empty());
        let values = row.iter().skip(first.unwrap_or(0) + 1).filter(|c| is_value(c)).count();
        if values == 0 {
            if told {
                heads.clear();
                told = false;
            }
            heads.push(row);
            continue;
        }
        told = true;
        row_figures(exhibit, row, &heads, out);
    }
}

fn row_figures(exhibit: &Exhibit, row: &[String], heads: &[&Vec<String>], out: &mut Vec<Observation>) {
    let Some(from) = row.iter().position(|c| !c.is_empty() && number(c).is_none()) else { return };
    let to = row.iter().skip(from).position(|c| number(c).is_some()).map_or(row.len(), |n| from + n);
    let mut labels: Vec<&str> = row[from..to].iter().map(String::as_str).filter(|c| !c.is_empty()).collect();
    labels.dedup();
    let Some((category, group)) = labels.split_last() else { return };
    let (category, own) = without_sample_size(category);
    for (c, printed) in row.iter().enumerate().skip(to) {
        let Some((value, unit)) = number(printed) else { continue };
        let (series, size, measure) = column(heads, c);
        out.push(Observation {
            id: String::new(),
            exhibit: Some(exhibit.id.clone()),
            block: None,
            wave: surveys::wave(&[series.as_deref().unwrap_or(""), category]),
            series,
            category: category.to_owned(),
            group: group.iter().map(|g| (*g).to_owned()).collect(),
            sample_size: own.or(size),
            survey: None,
            value,
            unit: unit.or(measure),
            printed: printed.clone(),
        });
    }
}

/// The series of a column by its heads, the number of answers they say, and the unit of a head that only names a measure
/// (`回答数`, `％`).
fn column(heads: &[&Vec<String>], c: usize) -> (Option<String>, Option<u32>, Option<String>) {
    let mut texts: Vec<&str> =
        heads.iter().filter_map(|r| r.get(c)).map(String::as_str).filter(|t| !t.is_empty()).collect();
    texts.dedup();
    let (mut names, mut size, mut unit) = (Vec::new(), None, None);
    for text in texts {
        let (name, n) = without_sample_size(text);
        size = n.or(size);
        match measure(name) {
            Some(of) => unit = Some(of.to_owned()).filter(|u| !u.is_empty()).or(unit),
            None => names.push(name),
        }
    }
    (Some(names.join(" ").trim().to_owned()).filter(|s| !s.is_empty()), size, unit)
}

/// The unit of a head that names a measure and no series; empty where the measure has none.
fn measure(text: &str) -> Option<&'static str> {
    let chars: Vec<char> = text.trim().trim_start_matches(['（', '(']).trim_end_matches(['）', ')']).chars().collect();
    Cues::embedded().list("measure").iter().find(|c| c.word == chars).map(|c| c.note.as_str())
}

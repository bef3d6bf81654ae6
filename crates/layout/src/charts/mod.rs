//! Charts with printed values: which number belongs to which category and series.
//!
//! Bars are filled rectangles that start on one axis; a value belongs to the bar it stands in or at the end of, a bar to the
//! category it is nearest to, its colour to a series of the legend. Without bars, values stand over the categories of the
//! axis (lines), beside the names of slices (pies), or in brackets behind the names of dots (scatter plots). Values that cannot be attributed are left out: a wrong figure is
//! worse than none.

mod annotated;
mod bars;
mod lengths;
mod lines;
mod pies;
mod tokens;

use hakusho_model::{Chart, ChartPoint, Rect};

use crate::page::Page;
use tokens::{Token, tokens};

/// Fewest values that make a chart.
const FEWEST: usize = 2;

/// A chart, and the points whose bars are not as long as their values say, each with what its bar says.
pub(crate) struct ReadChart {
    pub(crate) chart: Chart,
    pub(crate) contradictions: Vec<(usize, f64)>,
}

/// Reads the chart in a box; `lines` are the lines inside. `None` where no value can be attributed. In what is `ruled` like a
/// table, numbers in columns are no line chart.
pub(crate) fn read(page: &Page<'_>, body: &Rect, lines: &[usize], ruled: bool) -> Option<ReadChart> {
    let tokens = tokens(page, lines);
    let numbers = tokens.iter().filter(|t| t.value.is_some() || annotated::parts(&t.text).is_some()).count();
    if numbers < FEWEST {
        return None;
    }
    let unit = axis_unit(&tokens);
    let percent = unit.as_deref().is_some_and(|u| matches!(u, "%" | "％"));
    let mut contradictions = Vec::new();
    let (kind, mut points) = bars::read(page, body, &tokens)
        .map(|bars| {
            contradictions = bars.contradictions;
            ("bar", bars.points)
        })
        .or_else(|| pies::read(&tokens, percent).map(|p| ("pie", p)))
        .or_else(|| annotated::read(&tokens).map(|p| ("scatter", p)))
        .or_else(|| lines::read(&tokens).filter(|_| !ruled).map(|p| ("line", p)))?;
    for point in &mut points {
        if point.unit.is_none() {
            point.unit.clone_from(&unit);
        }
    }
    (points.len() >= FEWEST).then(|| ReadChart { chart: Chart { kind: Some(kind.to_owned()), points }, contradictions })
}

/// The unit an axis is headed with: `（億円）`, `[件]`.
fn axis_unit(tokens: &[Token]) -> Option<String> {
    tokens.iter().filter(|t| t.value.is_none()).find_map(|t| {
        let inner = t.text.strip_prefix(['（', '(', '［', '['])?.strip_suffix(['）', ')', '］', ']'])?;
        let inner = inner.strip_prefix("単位：").or_else(|| inner.strip_prefix("単位:")).unwrap_or(inner);
        // A year or a number of answers in brackets is no unit.
        let plain =
            !inner.contains(crate::chars::is_digit) && !inner.contains(['＝', '=']) && inner.chars().count() <= 8;
        (plain && !matches!(inner, "年" | "年度" | "月")).then(|| inner.to_owned())
    })
}

/// A point as the document keeps it.
fn point(series: Option<String>, category: &str, token: &Token) -> Option<ChartPoint> {
    let value = token.value?;
    let percent = token.text.ends_with(['%', '％']);
    Some(ChartPoint {
        series,
        category: category.to_owned(),
        value,
        unit: percent.then(|| "%".to_owned()),
        printed: token.text.clone(),
    })
}

//! Line charts: one value over each category of the axis.

use hakusho_model::ChartPoint;

use super::point;
use super::tokens::Token;

/// Reads the values over the lowest row of labels; `None` unless every category has exactly one.
pub(super) fn read(tokens: &[Token]) -> Option<Vec<ChartPoint>> {
    let row = lowest_row(tokens)?;
    let (first, last) = (row.first()?, row.last()?);
    let pitch = (last.bbox.center().x - first.bbox.center().x) / (row.len() - 1) as f32;
    let top = row.iter().map(|t| t.bbox.y0).fold(f32::INFINITY, f32::min);
    let over = |t: &&Token| {
        t.value.is_some()
            && t.bbox.y1 < top
            && t.bbox.center().x > first.bbox.center().x - 0.5 * pitch
            && t.bbox.center().x < last.bbox.center().x + 0.5 * pitch
    };
    let mut out = Vec::new();
    for category in &row {
        let mine: Vec<&Token> = tokens
            .iter()
            .filter(over)
            .filter(|t| (t.bbox.center().x - category.bbox.center().x).abs() < 0.5 * pitch)
            .collect();
        let [value] = mine.as_slice() else { return None };
        out.extend(point(None, &category.text, value));
    }
    Some(out)
}

/// The lowest row of at least three labels at even distances.
fn lowest_row(tokens: &[Token]) -> Option<Vec<&Token>> {
    let mut sorted: Vec<&Token> = tokens.iter().collect();
    sorted.sort_by(|a, b| b.bbox.center().y.total_cmp(&a.bbox.center().y));
    sorted.iter().find_map(|t| {
        let level = |o: &&Token| (o.bbox.center().y - t.bbox.center().y).abs() < 0.4 * t.size;
        let mut row: Vec<&Token> = tokens.iter().filter(level).filter(|t| !t.text.starts_with(['（', '('])).collect();
        row.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0));
        let steps: Vec<f32> = row.windows(2).map(|w| w[1].bbox.center().x - w[0].bbox.center().x).collect();
        let (low, high) =
            (steps.iter().copied().fold(f32::INFINITY, f32::min), steps.iter().copied().fold(0.0, f32::max));
        (row.len() >= 3 && high < 1.4 * low).then_some(row)
    })
}

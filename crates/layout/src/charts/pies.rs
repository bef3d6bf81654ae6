//! Pie charts: a share beside or below the name of its slice.

use hakusho_model::ChartPoint;

use super::point;
use super::tokens::{Token, label, number};

/// Reads shares with the names of their slices; `None` where fewer than three have one. `percent` says that the chart's
/// heading gives the unit, so that plain numbers are shares.
pub(super) fn read(tokens: &[Token], percent: bool) -> Option<Vec<ChartPoint>> {
    let shares = tokens.iter().filter(|t| share(&t.text).is_some() || percent && t.value.is_some());
    let out: Vec<ChartPoint> = shares.filter_map(|t| slice(t, tokens)).collect();
    let sum: f64 = out.iter().map(|p| p.value).sum();
    // The slices of a pie make a whole.
    (out.len() >= 3 && (sum - 100.0).abs() < 1.5).then_some(out)
}

/// A share as `2.6％`, alone or behind a name in one token (`その他 2.6％`).
fn share(text: &str) -> Option<(&str, &str)> {
    let bare = text.strip_suffix(['％', '%'])?;
    let at = bare
        .char_indices()
        .rev()
        .take_while(|(_, c)| number(&c.to_string()).is_some() || matches!(c, '.' | '．'))
        .last()?
        .0;
    number(&text[at..])?;
    Some((text[..at].trim_end(), &text[at..]))
}

fn slice(token: &Token, tokens: &[Token]) -> Option<ChartPoint> {
    let (name, _) = share(&token.text).unwrap_or(("", &token.text));
    let printed = token.text[name.len()..].trim_start().to_owned();
    let own = Token { value: number(&printed), text: printed, ..token.clone() };
    if !name.is_empty() {
        return point(None, name.trim_end_matches(['、', ',', ':', '：']), &own);
    }
    // In the same row to the left, else in the lines right above.
    let named = |t: &&Token| t.value.is_none() && share(&t.text).is_none();
    let left = tokens.iter().filter(named).filter(|t| {
        let gap = token.bbox.x0 - t.bbox.x1;
        gap > -1.0 && gap < 1.5 * token.size && t.bbox.y_overlap(&token.bbox) > 0.5 * token.bbox.height()
    });
    if let Some(found) = left.max_by(|a, b| a.bbox.x1.total_cmp(&b.bbox.x1)) {
        return point(None, &found.text, &own);
    }
    let mut above: Vec<&Token> = Vec::new();
    let mut edge = token.bbox;
    while let Some(next) = tokens.iter().filter(named).find(|t| {
        let gap = edge.y0 - t.bbox.y1;
        let near = |a: f32, b: f32| (a - b).abs() < 0.6 * token.size;
        let inline = near(t.bbox.x0, token.bbox.x0)
            || near(t.bbox.x1, token.bbox.x1)
            || (t.bbox.center().x - token.bbox.center().x).abs() < token.size.max(0.25 * t.bbox.width());
        gap > -0.5 * t.size
            && gap < 0.6 * t.size
            && t.bbox.y0 < edge.y0
            && inline
            && !above.iter().any(|a| a.bbox == t.bbox)
    }) {
        above.push(next);
        edge = next.bbox;
    }
    (!above.is_empty()).then(|| point(None, &label(&above), &own)).flatten()
}

//! Scatter plots whose dots are named with their value in brackets: `GPT-3（175B）`.

use hakusho_model::ChartPoint;

use super::tokens::{Token, number};

/// Fewest dots of a plot.
const FEWEST: usize = 5;
/// Longest unit behind a value, in characters.
const UNIT: usize = 6;

/// Reads the named dots; `None` where there are few of them.
pub(super) fn read(tokens: &[Token]) -> Option<Vec<ChartPoint>> {
    let out: Vec<ChartPoint> = tokens.iter().filter_map(|t| dot(t, tokens)).collect();
    (out.len() >= FEWEST).then_some(out)
}

fn dot(token: &Token, tokens: &[Token]) -> Option<ChartPoint> {
    let (name, inner) = parts(&token.text)?;
    let digits = inner.find(|c: char| !crate::chars::is_digit(c) && !matches!(c, '.' | ',' | '．' | '，'));
    let (printed, unit) = inner.split_at(digits.unwrap_or(inner.len()));
    let category = if name.is_empty() { above(token, tokens)?.text.clone() } else { name.to_owned() };
    Some(ChartPoint {
        series: None,
        category,
        value: number(printed)?,
        unit: (!unit.is_empty()).then(|| unit.to_owned()),
        printed: inner.to_owned(),
    })
}

/// Name and value of a label that ends in a value in brackets. Years and numbers of answers are no values.
pub(super) fn parts(text: &str) -> Option<(&str, &str)> {
    let open = text.trim_end().strip_suffix([')', '）'])?;
    let (at, bracket) = open.char_indices().rev().find(|(_, c)| matches!(c, '(' | '（'))?;
    let inner = open[at + bracket.len_utf8()..].trim();
    let digits = inner.chars().take_while(|c| crate::chars::is_digit(*c) || matches!(c, '.' | ',' | '．' | '，'));
    let (count, all) = (digits.count(), inner.chars().count());
    let unit: String = inner.chars().skip(count).collect();
    let is_unit = unit.chars().count() <= UNIT && !unit.starts_with('年') && !unit.starts_with('月');
    // 2020 alone in brackets is a year.
    let year = count == 4 && all == 4;
    (count > 0 && is_unit && !year).then(|| (text[..at].trim(), inner))
}

/// The name in the line right above a value in brackets.
fn above<'t>(token: &Token, tokens: &'t [Token]) -> Option<&'t Token> {
    tokens.iter().find(|t| {
        let gap = token.bbox.y0 - t.bbox.y1;
        t.value.is_none()
            && parts(&t.text).is_none()
            && gap > -0.5 * t.size
            && gap < 0.8 * t.size
            && t.bbox.y0 < token.bbox.y0
            && t.bbox.x_overlap(&token.bbox) > 0.5 * token.bbox.width().min(t.bbox.width())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_in_brackets() {
        for (text, expected) in [
            ("GPT-3（175B）", Some(("GPT-3", "175B"))),
            ("Hyperclova(日本語)(82B)", Some(("Hyperclova(日本語)", "82B"))),
            ("(1,600億円)", Some(("", "1,600億円"))),
            ("調査(2020)", None),
            ("調査（2020年）", None),
            ("GPT-4(?)", None),
            ("（N=686）", None),
        ] {
            assert_eq!(parts(text), expected, "{text}");
        }
    }
}

//! Words and numbers of a chart: lines cut at wide gaps.

use hakusho_model::Rect;

use crate::chars::{is_digit, joint};
use crate::exhibits::is_value;
use crate::line::TextLine;
use crate::page::Page;

/// A gap of this many type sizes parts two words.
const GAP: f32 = 0.7;

/// A word, label or number of a chart.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) bbox: Rect,
    pub(super) size: f32,
    /// Its value, if it is nothing but a number.
    pub(super) value: Option<f64>,
    /// Set from top to bottom.
    pub(super) vertical: bool,
}

/// The tokens of some lines.
pub(super) fn tokens(page: &Page<'_>, lines: &[usize]) -> Vec<Token> {
    lines.iter().flat_map(|&i| cut(&page.lines[i])).collect()
}

fn cut(line: &TextLine) -> Vec<Token> {
    if line.vertical {
        return token(line, 0, line.chars.len()).into_iter().collect();
    }
    let mut out = Vec::new();
    let mut start = 0;
    for i in 1..=line.chars.len() {
        let apart = i < line.chars.len() && line.chars[i].bbox.x0 - line.chars[i - 1].bbox.x1 > GAP * line.size;
        let space = i < line.chars.len() && line.chars[i].ch == '\u{3000}';
        if i == line.chars.len() || apart || space || numbers_part(line, i) {
            out.extend(token(line, start, i));
            start = i;
        }
    }
    out
}

/// Whether two numbers stand side by side (`2019 2020`), or a number and the unit of the axis (`2028（年）`).
fn numbers_part(line: &TextLine, i: usize) -> bool {
    let (Some(before), Some(here)) = (line.chars.get(i - 1), line.chars.get(i)) else { return false };
    let gap = here.bbox.x0 - before.bbox.x1;
    let rest: String = line.chars[i..].iter().map(|c| c.ch).collect();
    let unit = matches!(rest.trim(), "（年）" | "（年度）" | "（月）" | "(年)" | "(年度)" | "(月)");
    is_digit(before.ch) && (is_digit(here.ch) && gap > 0.2 * line.size || unit)
}

fn token(line: &TextLine, start: usize, end: usize) -> Option<Token> {
    let mut part = line.clone();
    part.chars = line.chars[start..end].to_vec().into();
    let text = part.text().trim().to_owned();
    let bbox = Rect::bounding(part.chars.iter().filter(|c| !c.ch.is_whitespace()).map(|c| c.bbox))?;
    let value = number(&text);
    (!text.is_empty()).then_some(Token { text, bbox, size: line.size, value, vertical: line.vertical })
}

/// The number a text is, signs and per cent allowed.
pub(super) fn number(text: &str) -> Option<f64> {
    if !is_value(text) {
        return None;
    }
    let negative = text.starts_with(['△', '▲', '-', '－', '−']);
    let folded: String = text
        .chars()
        .filter_map(|c| match c {
            '.' | '．' => Some('.'),
            c if is_digit(c) => match c {
                '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
                c => Some(c),
            },
            _ => None,
        })
        .collect();
    let value: f64 = folded.parse().ok()?;
    Some(if negative { -value } else { value })
}

/// Several tokens as one label, from top to bottom; vertical ones from right to left.
pub(super) fn label(tokens: &[&Token]) -> String {
    let mut sorted: Vec<&&Token> = tokens.iter().collect();
    // The last column may be a single character, which has no direction of its own.
    let vertical = tokens.iter().any(|t| t.vertical);
    sorted.sort_by(|a, b| {
        if vertical {
            return b.bbox.center().x.total_cmp(&a.bbox.center().x);
        }
        (a.bbox.y0 + 0.5 * a.size).total_cmp(&(b.bbox.y0 + 0.5 * b.size)).then(a.bbox.x0.total_cmp(&b.bbox.x0))
    });
    let mut out = String::new();
    for token in sorted {
        out.push_str(joint(&out, &token.text));
        out.push_str(&token.text);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_charts_print_them() {
        for (text, value) in [("1,234", 1234.0), ("16.0％", 16.0), ("△3.2", -3.2), ("４５．９", 45.9)] {
            assert_eq!(number(text), Some(value), "{text}");
        }
        assert_eq!(number("2022年"), None);
        assert_eq!(number("1.2.3"), None);
    }
}

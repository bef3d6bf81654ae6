//! Tables for a terminal: Japanese characters take two columns, long cells are wrapped.

#[cfg(feature = "store")]
use hakusho_store::Term;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns where the terminal does not say.
const DEFAULT_WIDTH: usize = 120;
/// Least width of a column that has to be narrowed.
const NARROWEST: usize = 8;
/// Lines a cell may take.
const MAX_LINES: usize = 3;

/// Rows under a header.
#[derive(Debug)]
pub(crate) struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(header: &[&str]) -> Self {
        Self { header: header.iter().map(|h| (*h).to_owned()).collect(), rows: Vec::new() }
    }

    pub(crate) fn push(&mut self, row: Vec<String>) {
        self.rows.push(row.into_iter().map(|c| c.replace(['\n', '\t', '\r'], " ")).collect());
    }

    /// The table, at most `width` columns wide.
    pub(crate) fn render(&self, width: usize) -> String {
        let widths = self.widths(width);
        let mut out = String::new();
        push_row(&mut out, &self.header, &widths);
        let rule: Vec<String> = widths.iter().map(|w| "─".repeat(*w)).collect();
        out.push_str(rule.join("  ").trim_end());
        out.push('\n');
        for row in &self.rows {
            push_row(&mut out, row, &widths);
        }
        if self.rows.is_empty() {
            out.push_str("(no rows)\n");
        }
        out
    }

    /// Natural widths, the widest narrowed until all fit.
    fn widths(&self, width: usize) -> Vec<usize> {
        let natural = |c: usize| {
            self.rows.iter().chain([&self.header]).filter_map(|r| r.get(c)).map(|s| s.width()).max().unwrap_or(0)
        };
        let mut widths: Vec<usize> = (0..self.header.len()).map(natural).collect();
        let gaps = 2 * widths.len().saturating_sub(1);
        while widths.iter().sum::<usize>() + gaps > width {
            let Some(widest) = widths.iter_mut().max().filter(|w| **w > NARROWEST) else { break };
            *widest -= 1;
        }
        widths
    }
}

fn push_row(out: &mut String, cells: &[String], widths: &[usize]) {
    let wrapped: Vec<Vec<String>> = cells.iter().zip(widths).map(|(c, w)| wrap(c, *w)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(1);
    for i in 0..height {
        let mut line = String::new();
        for (c, (lines, width)) in wrapped.iter().zip(widths).enumerate() {
            let text = lines.get(i).map_or("", String::as_str);
            line.push_str(if c > 0 { "  " } else { "" });
            line.push_str(text);
            line.push_str(&" ".repeat(width.saturating_sub(text.width())));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// Cuts a text into lines of at most `width` columns; what does not fit into [`MAX_LINES`] ends in an ellipsis.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for ch in text.chars() {
        let w = ch.width().unwrap_or(0);
        if used + w > width {
            if lines.len() == MAX_LINES {
                let last = lines.last_mut();
                if let Some(line) = last {
                    while line.width() + 1 > width {
                        line.pop();
                    }
                    line.push('…');
                }
                break;
            }
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push(ch);
            used += w;
        }
    }
    lines
}

/// Columns that the first `chars` characters of a line take.
#[cfg(feature = "store")]
pub(crate) fn columns(line: &str, chars: usize) -> usize {
    line.chars().take(chars).map(|c| c.width().unwrap_or(0)).sum()
}

/// Width of the terminal, as far as the environment tells.
pub(crate) fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).filter(|w| *w >= 40).unwrap_or(DEFAULT_WIDTH)
}

/// A term as a reader wants it: literals by their text, things by their IRI.
#[cfg(feature = "store")]
pub(crate) fn term(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(node) => node.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japanese_takes_two_columns_and_wraps() {
        assert_eq!(wrap("情報通信", 8), ["情報通信"]);
        assert_eq!(wrap("情報通信", 7), ["情報通", "信"]);
        assert_eq!(wrap(&"あ".repeat(20), 8), ["ああああ", "ああああ", "あああ…"]);
    }

    #[test]
    fn the_widest_column_gives_way() {
        let mut table = Table::new(&["a", "b"]);
        table.push(vec!["x".into(), "long ".repeat(30)]);
        assert!(table.render(40).lines().all(|l| l.width() <= 40));
    }
}

//! GitHub-flavoured Markdown: headings, paragraphs, lists, tables, footnotes.

use std::fmt::Write as _;

use hakusho_model::{Block, BlockKind, Document, Table};

/// A document as Markdown.
pub(crate) fn document(document: &Document) -> String {
    let mut out = String::new();
    if !document.context.is_empty() {
        let lines: Vec<String> = document.context.iter().map(|c| escape(&c.line())).collect();
        let _ = write!(out, "> {}\n\n", lines.join(" › "));
    }
    for block in &document.blocks {
        let text = with_marks(document, block);
        let part = match block.kind {
            BlockKind::Footnote => continue,
            BlockKind::Heading => format!("{} {text}", "#".repeat(block.level.unwrap_or(1).clamp(1, 6) as usize)),
            BlockKind::ListItem | BlockKind::ChronologyEntry => format!("- {}", bare_item(&text)),
            BlockKind::Caption => format!("**{text}**"),
            BlockKind::Table => table_of(document, block).unwrap_or_else(|| quoted(&text)),
            BlockKind::Chart | BlockKind::Figure | BlockKind::Box => quoted(&text),
            BlockKind::SourceNote | BlockKind::Note => format!("<small>{text}</small>"),
            BlockKind::Paragraph => text,
        };
        if !part.trim().is_empty() {
            out.push_str(&part);
            out.push_str("\n\n");
        }
    }
    for note in &document.footnotes {
        let _ = writeln!(out, "[^{}]: {} {}", note.id, escape(&note.marker), escape(&note.text));
    }
    out
}

/// Text with `[^n1]` where footnote markers stood.
fn with_marks(document: &Document, block: &Block) -> String {
    let mut out = String::new();
    let mut marks = block.notes.iter().peekable();
    let known = |id: &str| document.footnotes.iter().any(|n| n.id == id);
    for (i, ch) in block.text.chars().enumerate() {
        while let Some(mark) = marks.next_if(|m| m.offset <= i) {
            if known(&mark.footnote) {
                let _ = write!(out, "[^{}]", mark.footnote);
            }
        }
        push_escaped(&mut out, ch);
    }
    for mark in marks.filter(|m| known(&m.footnote)) {
        let _ = write!(out, "[^{}]", mark.footnote);
    }
    out
}

fn escape(text: &str) -> String {
    let mut out = String::new();
    text.chars().for_each(|c| push_escaped(&mut out, c));
    out
}

fn push_escaped(out: &mut String, ch: char) {
    if matches!(ch, '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '|' | '\\' | '~') {
        out.push('\\');
    }
    out.push(ch);
}

fn bare_item(text: &str) -> &str {
    text.trim_start_matches(['・', '•', '●', '○', '■', '□', '◆', '◇', '➢', '\u{F06C}', ' ', '\u{3000}'])
}

fn quoted(text: &str) -> String {
    text.lines().filter(|l| !l.trim().is_empty()).map(|l| format!("> {l}")).collect::<Vec<_>>().join("  \n")
}

fn table_of(document: &Document, block: &Block) -> Option<String> {
    let exhibit = document.exhibits.iter().find(|x| x.blocks.contains(&block.id))?;
    exhibit.tables.first().map(table)
}

/// A pipe table; spans are filled by repeating empty cells, which is all Markdown can say.
fn table(table: &Table) -> String {
    let width = table.rows.iter().map(|r| r.iter().map(|c| c.col_span as usize).sum::<usize>()).max().unwrap_or(0);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut pending: Vec<u32> = vec![0; width];
    for row in &table.rows {
        let mut cells = row.iter();
        let mut line = Vec::new();
        while line.len() < width {
            if pending[line.len()] > 0 {
                pending[line.len()] -= 1;
                line.push(String::new());
                continue;
            }
            let Some(cell) = cells.next() else {
                line.push(String::new());
                continue;
            };
            for k in 0..(cell.col_span as usize).min(width - line.len()) {
                pending[line.len()] = cell.row_span.saturating_sub(1);
                line.push(if k == 0 { escape(&cell.text).replace('\n', "<br>") } else { String::new() });
            }
        }
        rows.push(line);
    }
    let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
    let mut out = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        out.push(line(row));
        if i == 0 {
            out.push(format!("|{}", " --- |".repeat(width)));
        }
    }
    out.join("\n")
}

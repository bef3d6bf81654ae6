//! Plain text in reading order: one paragraph a line, headings set off, a form feed before each new page.

use hakusho_model::{BlockKind, Document};

/// The text of a document.
pub(crate) fn document(document: &Document) -> String {
    let mut out = String::new();
    let mut page = 1;
    for block in document.blocks.iter().filter(|b| !b.text.is_empty()) {
        let start = block.page().unwrap_or(page);
        while page < start {
            out.push('\u{c}');
            page += 1;
        }
        if block.kind == BlockKind::Heading && !out.is_empty() {
            out.push('\n');
        }
        if block.kind == BlockKind::Footnote
            && let Some(note) = document.footnotes.iter().find(|n| n.block.as_ref() == Some(&block.id))
        {
            out.push_str(&note.marker);
            out.push(' ');
        }
        out.push_str(&block.text);
        out.push('\n');
        if block.kind == BlockKind::Heading {
            out.push('\n');
        }
    }
    out
}

//! Blocks as the layout stage gives them, with a text and nothing else.

use hakusho_model::{Block, BlockKind};

/// A block of a text; entries of chronologies stand under `month`.
pub(crate) fn block(number: usize, kind: BlockKind, text: &str, month: &str) -> Block {
    Block {
        id: format!("b{number}"),
        kind,
        section: None,
        level: None,
        month: (kind == BlockKind::ChronologyEntry).then(|| month.to_owned()),
        side: None,
        text: text.to_owned(),
        regions: Vec::new(),
        lines: Vec::new(),
        notes: Vec::new(),
        refs: Vec::new(),
    }
}

//! A document as the measures look at it: blocks folded once, ids and labels at hand.

use std::collections::BTreeMap;

use hakusho_model::{Block, BlockKind, Document, Exhibit};

use crate::fold::{Folded, note_mark};
use crate::keys::number_key;

/// A document with what is looked up often.
#[derive(Debug)]
pub(crate) struct View<'d> {
    pub(crate) document: &'d Document,
    pub(crate) blocks: Vec<ViewBlock<'d>>,
    by_id: BTreeMap<&'d str, usize>,
    labels: BTreeMap<&'d str, &'d str>,
}

/// A block with its folded text.
#[derive(Debug)]
pub(crate) struct ViewBlock<'d> {
    pub(crate) raw: &'d Block,
    pub(crate) index: usize,
    /// Folded and without marks of notes.
    pub(crate) text: Folded,
}

impl<'d> View<'d> {
    pub(crate) fn new(document: &'d Document) -> Self {
        let view = |(index, raw): (usize, &'d Block)| ViewBlock {
            raw,
            index,
            text: Folded::new(&raw.text).without(note_mark),
        };
        let mut labels = BTreeMap::new();
        for m in document.mentions.iter().rev() {
            labels.extend(m.entity.as_deref().zip(m.label.as_deref()));
        }
        labels.extend(document.entities.iter().map(|e| (e.id.as_str(), e.label.as_str())));
        Self {
            document,
            blocks: document.blocks.iter().enumerate().map(view).collect(),
            by_id: document.blocks.iter().enumerate().map(|(i, b)| (b.id.as_str(), i)).collect(),
            labels,
        }
    }

    /// The block with that id.
    pub(crate) fn block(&self, id: &str) -> Option<&ViewBlock<'d>> {
        self.by_id.get(id).map(|i| &self.blocks[*i])
    }

    /// Blocks that stand on one of the pages, or whose page is not known; all where no page is given.
    pub(crate) fn on_pages<'v>(&'v self, pages: &'v [u32]) -> impl Iterator<Item = &'v ViewBlock<'d>> {
        self.blocks.iter().filter(move |b| b.is_on(pages))
    }

    /// Label of an entity; its id where it has none.
    pub(crate) fn label<'v>(&'v self, entity: &'v str) -> &'v str {
        self.labels.get(entity).copied().unwrap_or(entity)
    }

    /// Key of the number of the exhibit with that id; empty for an exhibit without a number.
    pub(crate) fn exhibit_number(&self, id: &str) -> Option<String> {
        self.document.exhibits.iter().find(|e| e.id == id).map(exhibit_key)
    }
}

impl ViewBlock<'_> {
    pub(crate) fn is_on(&self, pages: &[u32]) -> bool {
        let regions = &self.raw.regions;
        pages.is_empty() || regions.is_empty() || regions.iter().any(|r| pages.contains(&r.page))
    }

    /// Folded characters `start..end` that a span of the printed text covers.
    pub(crate) fn span(&self, start: usize, end: usize) -> (usize, usize) {
        let (start, end) = (self.text.at(start), self.text.at(end));
        (start, end.max(start))
    }

    /// The folded text of a span.
    pub(crate) fn slice(&self, start: usize, end: usize) -> &[char] {
        let (start, end) = self.span(start, end);
        &self.text.chars[start..end]
    }

    pub(crate) fn is_graphic(&self) -> bool {
        !self.raw.kind.is_running_text()
    }

    /// Text to show a reader, cut short.
    pub(crate) fn shown(&self) -> String {
        clip(&self.raw.text)
    }
}

/// Key of an exhibit's number, or of its label where it has none.
pub(crate) fn exhibit_key(exhibit: &Exhibit) -> String {
    let number = exhibit.number.as_deref().filter(|n| !n.is_empty());
    number_key(number.or(exhibit.label.as_deref()).unwrap_or_default())
}

/// Whether a kind of block, by its name in the gold, is a drawing or table rather than running text.
pub(crate) fn is_graphic(kind: &str) -> bool {
    kind == BlockKind::Table.as_str() || is_drawing(kind)
}

/// Whether a kind is a drawing of any sort: which sort, the exhibit's kind says.
pub(crate) fn is_drawing(kind: &str) -> bool {
    matches!(kind, "chart" | "figure" | "image" | "slide" | "diagram" | "photo" | "map")
}

/// Characters of a text shown in a list of misses.
const SHOWN: usize = 60;

/// The beginning of a text.
pub(crate) fn clip(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Folded characters as text, cut short.
pub(crate) fn show(chars: &[char]) -> String {
    clip(&chars.iter().collect::<String>())
}

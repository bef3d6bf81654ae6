//! Where the blocks of the gold stand in the document.

use std::collections::BTreeMap;

use crate::fold::find;
use crate::gold::{Gold, GoldBlock};
use crate::view::{View, ViewBlock, is_graphic};

/// The block of the document in which a block of the gold starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Index of the block.
    pub(crate) block: usize,
    /// Folded characters before the head.
    pub(crate) offset: usize,
    /// Whether the head was found; a drawing may be placed without.
    pub(crate) head: bool,
    /// Whether the tail follows in the same block.
    pub(crate) tail: bool,
}

/// A place for every block of the gold, in its order; `None` where it was not found.
pub(crate) fn locate(gold: &Gold, view: &View<'_>) -> Vec<Option<Place>> {
    let mut used = BTreeMap::new();
    let mut expected = 0;
    let mut places = Vec::new();
    for want in gold.blocks.iter().flatten() {
        let place = by_text(want, view, &used, expected).or_else(|| by_kind(want, view, &used, expected));
        if let Some(found) = place {
            expected = found.block + 1;
            let start = used.entry(found.block).or_insert(0);
            *start = (found.offset + 1).max(*start);
        }
        places.push(place);
    }
    places
}

/// The block that holds the head and fits best: right kind, head at its start, not taken, tail inside, near the last one.
fn by_text(want: &GoldBlock, view: &View<'_>, used: &BTreeMap<usize, usize>, expected: usize) -> Option<Place> {
    if want.head.is_empty() {
        return None;
    }
    let mut best: Option<(u64, Place)> = None;
    for block in view.on_pages(first(&want.pages)) {
        let text = &block.text.chars;
        let from = used.get(&block.index).copied();
        let Some(at) = find(text, &want.head, from.unwrap_or(0)).or_else(|| find(text, &want.head, 0)) else {
            continue;
        };
        let tail = find(text, &want.tail, at).is_some();
        let kind = block.raw.kind.as_str() == want.kind;
        let misfit = 2 * u64::from(!kind) + u64::from(at != 0) + 2 * u64::from(from.is_some()) + 3 * u64::from(!tail);
        let cost = 100 * misfit + distance(block, expected).min(99);
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, Place { block: block.index, offset: at, head: true, tail }));
        }
    }
    best.map(|(_, place)| place)
}

/// For a drawing whose words differ: the nearest free drawing of the page.
fn by_kind(want: &GoldBlock, view: &View<'_>, used: &BTreeMap<usize, usize>, expected: usize) -> Option<Place> {
    if !is_graphic(&want.kind) {
        return None;
    }
    let free = view.on_pages(first(&want.pages)).filter(|b| b.is_graphic() && !used.contains_key(&b.index));
    let near = free.min_by_key(|b| distance(b, expected))?;
    Some(Place { block: near.index, offset: 0, head: false, tail: false })
}

fn first(pages: &[u32]) -> &[u32] {
    &pages[..pages.len().min(1)]
}

fn distance(block: &ViewBlock<'_>, expected: usize) -> u64 {
    block.index.abs_diff(expected) as u64
}

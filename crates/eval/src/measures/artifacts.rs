//! `artifacts.*`: running heads, page numbers and side tabs kept out of the text, and no text lost among them.

use std::collections::{BTreeMap, BTreeSet};

use super::Case;
use crate::finding::Findings;
use crate::fold::{contains, plain_chars};
use crate::gold::{ArtifactRow, GoldBlock};
use crate::score::share;
use crate::view::{ViewBlock, clip, show};

/// Characters from which furniture inside a block cannot be a coincidence.
const TELLING: usize = 6;
/// Fewest characters of a head by which a lost block is known.
const LEAST_HEAD: usize = 4;

/// Blocks of the gold by the block of the document that holds them.
type Expected<'a> = BTreeMap<usize, Vec<&'a GoldBlock>>;

pub(super) fn measure(case: &Case<'_>, out: &mut Findings) {
    let (Some(artifacts), Some(blocks)) = (&case.gold.artifacts, &case.gold.blocks) else { return };
    let mut expected = Expected::new();
    for (want, place) in blocks.iter().zip(&case.places) {
        if let Some(p) = place {
            expected.entry(p.block).or_default().push(want);
        }
    }
    let read = !case.view.blocks.is_empty();
    let mut kept_out = 0;
    for a in artifacts {
        match leak(a, case, &expected) {
            Some(block) => out.differs("artifacts.recall", a.page, clip(&a.text), format!("in {}", block.shown())),
            None => kept_out += usize::from(read),
        }
    }
    out.score("artifacts.recall", share(kept_out, artifacts.len(), true));
    let dropped = if read { lost(case, blocks, out) } else { blocks.len() };
    out.score("artifacts.kept", share(blocks.len() - dropped, blocks.len(), true));
}

/// The block in which the furniture, or a part of it alone, stands where the gold has no such text.
fn leak<'v, 'd>(a: &ArtifactRow, case: &'v Case<'d>, expected: &Expected<'_>) -> Option<&'v ViewBlock<'d>> {
    let text = plain_chars(&a.text);
    let mut parts: BTreeSet<Vec<char>> = a.text.split_whitespace().map(plain_chars).collect();
    parts.insert(text.clone());
    parts.remove(&Vec::new());
    let page: Vec<u32> = a.page.into_iter().collect();
    let digits = !text.is_empty() && text.iter().all(|c| c.is_numeric());
    case.view.blocks.iter().filter(|b| b.is_on(&page)).find(|block| {
        let body = &block.text.chars;
        let wants = expected.get(&block.index).map(Vec::as_slice).unwrap_or_default();
        let printed = |t: &[char]| wants.iter().any(|w| contains(&w.head, t) || contains(&w.tail, t));
        let alone = parts.contains(body) && !printed(body);
        let at_edge = !wants.is_empty() && !digits && (body.ends_with(&text) || body.starts_with(&text));
        let inside = !text.is_empty() && contains(body, &text) && (text.len() >= TELLING || at_edge);
        alone || (inside && !block.is_graphic() && !printed(&text))
    })
}

/// Blocks of the gold that stand among the furniture instead of the text.
fn lost(case: &Case<'_>, blocks: &[GoldBlock], out: &mut Findings) -> usize {
    let scrap: Vec<(u32, Vec<char>)> =
        case.view.document.artifacts.iter().map(|a| (a.page, plain_chars(&a.text))).collect();
    let is_lost = |b: &GoldBlock| {
        b.head.len() >= LEAST_HEAD && scrap.iter().any(|(page, text)| b.pages.contains(page) && contains(text, &b.head))
    };
    let gone = blocks.iter().zip(&case.places).filter(|(b, p)| p.is_none() && is_lost(b));
    gone.map(|(b, _)| out.missed("artifacts.kept", b.pages.first().copied(), show(&b.head))).count()
}

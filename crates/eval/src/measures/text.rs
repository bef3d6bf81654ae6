//! `text.score`: is every snippet of running text in one block on the right page?

use super::Case;
use crate::finding::Findings;
use crate::score::share;
use crate::view::{is_graphic, show};

const SCORE: &str = "text.score";

/// Share of the heads and tails of running blocks that are found; a tail counts only in the block of its head.
pub(super) fn measure(case: &Case<'_>, out: &mut Findings) {
    let Some(blocks) = &case.gold.blocks else { return };
    let (mut hits, mut of) = (0, 0);
    for (want, place) in blocks.iter().zip(&case.places).filter(|(b, _)| !is_graphic(&b.kind)) {
        of += 2;
        let found = [(place.is_some_and(|p| p.head), &want.head), (place.is_some_and(|p| p.tail), &want.tail)];
        for (there, snippet) in found {
            hits += usize::from(there);
            if !there {
                out.missed(SCORE, want.pages.first().copied(), show(snippet));
            }
        }
    }
    out.score(SCORE, share(hits, of, of > 0));
}

//! `order.*`: are the blocks of the gold found, in its order, whole and of the right kind?

use std::collections::BTreeMap;

use super::Case;
use crate::compare::inversions;
use crate::finding::Findings;
use crate::gold::GoldBlock;
use crate::place::Place;
use crate::score::{Score, share};
use crate::view::{is_drawing, is_graphic, show};

type Pair<'a> = (&'a GoldBlock, Option<Place>);

pub(super) fn measure(case: &Case<'_>, out: &mut Findings) {
    let Some(blocks) = &case.gold.blocks else { return };
    let pairs: Vec<Pair<'_>> = blocks.iter().zip(case.places.iter().copied()).collect();
    sequence(case, &pairs, out);
    let located = pairs.iter().filter(|(_, p)| p.is_some()).count();
    for (want, _) in pairs.iter().filter(|(_, p)| p.is_none()) {
        out.missed("order.located", page(want), show(&want.head));
    }
    out.score("order.located", share(located, pairs.len(), true));
    wholeness(case, &pairs, out);
    kinds(case, &pairs, located, out);
}

fn page(block: &GoldBlock) -> Option<u32> {
    block.pages.first().copied()
}

/// Kendall's tau as a share of pairs, and the share of neighbours in order. Footnotes and floats may stand anywhere.
fn sequence(case: &Case<'_>, pairs: &[Pair<'_>], out: &mut Findings) {
    let ranked: Vec<(&GoldBlock, (usize, usize))> = pairs
        .iter()
        .filter(|(want, _)| want.kind != "footnote" && !want.floating)
        .filter_map(|(want, place)| place.map(|p| (*want, (p.block, p.offset))))
        .collect();
    let order: Vec<(usize, usize)> = ranked.iter().map(|(_, at)| *at).collect();
    let n = order.len();
    let tau = if n > 1 { 1.0 - inversions(&order) as f64 / (n * (n - 1) / 2) as f64 } else { n as f64 };
    out.score("order.tau", Some(Score::Ratio { value: tau }));
    let mut right = 0;
    for two in ranked.windows(2) {
        if two[0].1 < two[1].1 {
            right += 1;
        } else {
            let found = format!("stands before `{}`", show(&two[0].0.head));
            let place = case.view.blocks[two[1].1.0].raw.page();
            out.differs("order.tau", place, show(&two[1].0.head), found);
        }
    }
    out.score("order.next", share(right, n.saturating_sub(1), pairs.len() > 1));
}

/// Blocks found as exactly one block, and those among them that go over a page break.
fn wholeness(case: &Case<'_>, pairs: &[Pair<'_>], out: &mut Findings) {
    let running: Vec<&Pair<'_>> = pairs.iter().filter(|(want, _)| !is_graphic(&want.kind)).collect();
    let mut crowd: BTreeMap<usize, usize> = BTreeMap::new();
    for place in running.iter().filter_map(|(_, p)| *p) {
        *crowd.entry(place.block).or_default() += 1;
    }
    let (mut whole, mut joined, mut crossing) = (0, 0, 0);
    for (want, place) in running.iter().copied() {
        let complete = place.is_some_and(|p| p.head && p.tail);
        let alone = place.is_some_and(|p| crowd.get(&p.block) == Some(&1));
        whole += usize::from(complete && alone);
        if let Some(p) = place.filter(|_| !(complete && alone)) {
            let how = if complete { "more than one in" } else { "cut:" };
            let found = format!("{how} {}", case.view.blocks[p.block].shown());
            out.differs("order.whole", page(want), show(&want.head), found);
        }
        if want.pages.len() > 1 {
            crossing += 1;
            joined += usize::from(complete);
            if !complete {
                out.missed("order.joined", page(want), format!("{} … {}", show(&want.head), show(&want.tail)));
            }
        }
    }
    out.score("order.whole", share(whole, running.len(), !running.is_empty()));
    out.score("order.joined", share(joined, crossing, crossing > 0));
}

fn kinds(case: &Case<'_>, pairs: &[Pair<'_>], located: usize, out: &mut Findings) {
    let mut right = 0;
    for (want, place) in pairs {
        let Some(place) = place else { continue };
        let kind = case.view.blocks[place.block].raw.kind.as_str();
        if want.kind == kind || (is_drawing(&want.kind) && is_drawing(kind)) {
            right += 1;
        } else {
            out.differs("order.kind", page(want), format!("{}: {}", want.kind, show(&want.head)), kind);
        }
    }
    out.score("order.kind", share(right, located, !pairs.is_empty()));
}

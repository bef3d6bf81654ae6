//! `observations.all`: figures stated in prose, by value and quote.

use hakusho_model::Observation;

use super::Case;
use crate::compare::{cover, pair, unpaired};
use crate::finding::Findings;
use crate::fold::{Folded, contains};
use crate::gold::GoldObservation;
use crate::keys::same_number;
use crate::score::f1;
use crate::view::ViewBlock;

const ALL: &str = "observations.all";
/// Share of the quote that must stand in the block of the figure.
const LEAST_COVER: f64 = 0.8;

pub(super) fn measure(case: &Case<'_>, out: &mut Findings) {
    let Some(gold) = &case.gold.observations else { return };
    let stated: Vec<(&Observation, &ViewBlock<'_>)> = case
        .view
        .document
        .observations
        .iter()
        .filter(|o| o.exhibit.is_none())
        .filter_map(|o| o.block.as_deref().and_then(|id| case.view.block(id)).map(|b| (o, b)))
        .collect();
    let pairs = pair(gold.len(), stated.len(), |i, j| {
        let (o, block) = stated[j];
        let same = gold[i].value.is_some_and(|v| same_number(v, o.value));
        (same && cover(&gold[i].quote, &block.text.chars) >= LEAST_COVER).then_some(0.0)
    });
    for i in unpaired(gold.len(), &pairs, |p| p.0) {
        let value = gold[i].value.map_or_else(String::new, |v| v.to_string());
        out.missed(ALL, gold[i].page, format!("{value}: {}", gold[i].quote.iter().collect::<String>()));
    }
    let mut counted = pairs.len();
    for j in unpaired(stated.len(), &pairs, |p| p.1) {
        let (o, block) = stated[j];
        if case.gold.all_prose || is_annotated(o, block, gold) {
            counted += 1;
            out.wrong(ALL, block.raw.page(), format!("{} ({}) in {}", o.value, o.printed, block.shown()));
        }
    }
    out.score(ALL, f1(pairs.len(), gold.len(), counted));
}

/// Whether the gold says what there is to find at that place; elsewhere a figure may be right, and is not counted.
fn is_annotated(o: &Observation, block: &ViewBlock<'_>, gold: &[GoldObservation]) -> bool {
    let printed = Folded::new(&o.printed).chars;
    gold.iter().any(|g| contains(&g.quote, &printed) && contains(&block.text.chars, &g.quote))
}

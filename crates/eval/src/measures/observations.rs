//! `observations.*`: figures stated in prose, by value and quote, and those of tables and charts, by value and labels.

use std::collections::BTreeSet;

use hakusho_model::Observation;

use super::Case;
use super::charts::labels_agree;
use crate::compare::{cover, pair, unpaired};
use crate::finding::Findings;
use crate::fold::{Folded, contains};
use crate::gold::GoldObservation;
use crate::keys::{number_key, same_number};
use crate::score::f1;
use crate::view::ViewBlock;

const PROSE: &str = "observations.prose";
const CHARTED: &str = "observations.charted";
/// Share of the quote that must stand in the block of the figure.
const LEAST_COVER: f64 = 0.8;

/// Right, asked for, found.
type Counts = (usize, usize, usize);

pub(super) fn measure(case: &Case<'_>, out: &mut Findings) {
    let Some(gold) = &case.gold.observations else { return };
    let (charted, prose): (Vec<_>, Vec<_>) = gold.iter().partition(|o| !o.tokens.is_empty());
    let (a, b) = (measure_charted(case, &charted, out), measure_prose(case, &prose, out));
    out.score("observations.all", f1(a.0 + b.0, a.1 + b.1, a.2 + b.2));
    out.score(CHARTED, f1(a.0, a.1, a.2));
    out.score(PROSE, f1(b.0, b.1, b.2));
}

fn measure_prose(case: &Case<'_>, gold: &[&GoldObservation], out: &mut Findings) -> Counts {
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
        (same_value(gold[i], o) && cover(&gold[i].quote, &block.text.chars) >= LEAST_COVER).then_some(0.0)
    });
    for i in unpaired(gold.len(), &pairs, |p| p.0) {
        let quote: String = gold[i].quote.iter().collect();
        out.missed(PROSE, gold[i].page, format!("{}: {quote}", value(gold[i])));
    }
    let mut counted = pairs.len();
    for j in unpaired(stated.len(), &pairs, |p| p.1) {
        let (o, block) = stated[j];
        if case.gold.all_prose || is_annotated(o, block, gold) {
            counted += 1;
            out.wrong(PROSE, block.raw.page(), format!("{} ({}) in {}", o.value, o.printed, block.shown()));
        }
    }
    (pairs.len(), gold.len(), counted)
}

/// Whether the gold says what there is to find at that place; elsewhere a figure may be right, and is not counted.
fn is_annotated(o: &Observation, block: &ViewBlock<'_>, gold: &[&GoldObservation]) -> bool {
    let printed = Folded::new(&o.printed).chars;
    let closed = gold.iter().filter(|g| !g.open);
    closed.into_iter().any(|g| contains(&g.quote, &printed) && contains(&block.text.chars, &g.quote))
}

fn measure_charted(case: &Case<'_>, gold: &[&GoldObservation], out: &mut Findings) -> Counts {
    let known: BTreeSet<String> = gold.iter().filter_map(|g| g.exhibit.as_deref()).map(number_key).collect();
    let figures = case.view.document.observations.iter();
    let cells: Vec<(String, &Observation)> = figures
        .filter_map(|o| o.exhibit.as_deref().map(|id| (case.view.exhibit_number(id).unwrap_or_default(), o)))
        .collect();
    // A figure of an exhibit without a number may stand in any whose number the gold does not have.
    let pairs = pair(gold.len(), cells.len(), |i, j| {
        let (number, o) = &cells[j];
        let wanted = gold[i].exhibit.as_deref().map(number_key).unwrap_or_default();
        let same = if wanted.is_empty() { !known.contains(number) } else { *number == wanted };
        (same && same_value(gold[i], o) && labels_agree(&gold[i].tokens, &labels(o))).then_some(0.0)
    });
    let mut free: Vec<usize> = unpaired(cells.len(), &pairs, |p| p.1).collect();
    for i in unpaired(gold.len(), &pairs, |p| p.0) {
        let exhibit = gold[i].exhibit.as_deref().unwrap_or_default();
        let missed = format!("{exhibit}: {} = {}", gold[i].tokens.join(" "), value(gold[i]));
        match instead(gold[i], &number_key(exhibit), &cells, &mut free) {
            Some((_, o)) => out.differs(CHARTED, gold[i].page, missed, shown(o)),
            None => out.missed(CHARTED, gold[i].page, missed),
        }
    }
    let beside = pairs.iter().filter(|(_, j)| !known.contains(&cells[*j].0)).count();
    for (number, o) in free.into_iter().map(|j| &cells[j]).filter(|c| known.contains(&c.0)) {
        out.wrong(CHARTED, None, format!("{number}: {}", shown(o)));
    }
    let asked = cells.iter().filter(|c| known.contains(&c.0)).count();
    (pairs.len(), gold.len(), asked + beside)
}

/// What the exhibit has instead of a missed figure: another value under the same labels, else the value under others.
/// It is taken out of those that nothing was said about yet.
fn instead<'c, 'o>(
    g: &GoldObservation,
    number: &str,
    cells: &'c [(String, &'o Observation)],
    free: &mut Vec<usize>,
) -> Option<&'c (String, &'o Observation)> {
    let here = |j: &usize| !number.is_empty() && cells[*j].0 == number;
    let labelled = |j: &usize| here(j) && labels_agree(&g.tokens, &labels(cells[*j].1));
    let valued = |j: &usize| here(j) && same_value(g, cells[*j].1);
    let at = free.iter().position(labelled).or_else(|| free.iter().position(valued))?;
    cells.get(free.remove(at))
}

fn shown(o: &Observation) -> String {
    format!("{} = {}", labels(o).join(" ").trim(), o.value)
}

fn labels(o: &Observation) -> [String; 2] {
    [o.category.clone(), o.series.clone().unwrap_or_default()]
}

fn same_value(g: &GoldObservation, o: &Observation) -> bool {
    g.value.is_some_and(|v| same_number(v, o.value))
}

fn value(g: &GoldObservation) -> String {
    g.value.map_or_else(String::new, |v| v.to_string())
}

//! `xrefs.resolved`: references to exhibits that lead to the right one.

use std::collections::BTreeSet;

use super::Case;
use super::exhibits::gold_key;
use crate::compare::{pair, unpaired};
use crate::finding::Findings;
use crate::keys::number_key;
use crate::score::f1;
use crate::view::ViewBlock;

const RESOLVED: &str = "xrefs.resolved";

pub(super) fn measure(case: &Case<'_>, out: &mut Findings) {
    let Some(xrefs) = &case.gold.xrefs else { return };
    // References to sections and to exhibits of other parts cannot be resolved here.
    let known: BTreeSet<String> = case.gold.exhibits.iter().flatten().map(gold_key).filter(|k| !k.is_empty()).collect();
    let want: Vec<(String, Option<u32>)> =
        xrefs.iter().map(|x| (number_key(&x.target), x.page)).filter(|(key, _)| known.contains(key)).collect();
    let have: Vec<(String, &ViewBlock<'_>)> = case
        .view
        .blocks
        .iter()
        .flat_map(|b| b.raw.refs.iter().filter_map(|r| r.exhibit.as_deref()).map(move |id| (id, b)))
        .filter_map(|(id, b)| case.view.exhibit_number(id).filter(|n| !n.is_empty()).map(|n| (n, b)))
        .collect();
    let pairs = pair(want.len(), have.len(), |i, j| {
        let meet = want[i].1.is_none_or(|page| have[j].1.is_on(&[page]));
        (want[i].0 == have[j].0 && meet).then_some(0.0)
    });
    for i in unpaired(want.len(), &pairs, |p| p.0) {
        out.missed(RESOLVED, want[i].1, &*want[i].0);
    }
    for j in unpaired(have.len(), &pairs, |p| p.1) {
        out.wrong(RESOLVED, have[j].1.raw.page(), format!("{} in {}", have[j].0, have[j].1.shown()));
    }
    out.score(RESOLVED, f1(pairs.len(), want.len(), have.len()));
}

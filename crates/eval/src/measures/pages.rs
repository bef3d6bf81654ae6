//! `pages.*`: printed page numbers, and how many pages there are.

use std::collections::BTreeMap;

use super::Case;
use crate::finding::Findings;
use crate::fold::fold;
use crate::score::{Score, share};

pub(super) fn measure(case: &Case<'_>, out: &mut Findings) {
    let Some(pages) = &case.gold.pages else { return };
    let label = |l: &Option<String>| fold(l.as_deref().unwrap_or_default());
    let found: BTreeMap<u32, String> = case.view.document.pages.iter().map(|p| (p.index, label(&p.label))).collect();
    let mut right = 0;
    for page in pages {
        let want = label(&page.label);
        match found.get(&page.index) {
            Some(have) if *have == want => right += 1,
            Some(have) => out.differs("pages.label", Some(page.index), want, have),
            None => out.missed("pages.label", Some(page.index), want),
        }
    }
    out.score("pages.label", share(right, pages.len(), true));
    let same = found.len() == pages.len();
    if !same {
        out.differs("pages.count", None, pages.len().to_string(), found.len().to_string());
    }
    out.score("pages.count", Some(Score::Ratio { value: f64::from(u8::from(same)) }));
}

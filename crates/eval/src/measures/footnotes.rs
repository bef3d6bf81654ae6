//! `footnotes.*`: the note itself, where its mark stands, its addresses.

use hakusho_model::Footnote;

use super::Case;
use crate::compare::{likeness, pair, unpaired};
use crate::finding::Findings;
use crate::fold::{fold, plain_chars};
use crate::gold::FootnoteRow;
use crate::score::{f1, share};
use crate::view::clip;

/// Least likeness of the texts of two notes that are the same.
const LEAST_LIKENESS: f64 = 0.5;
/// Characters before the mark that must agree.
const BEFORE: usize = 8;

pub(super) fn measure(case: &Case<'_>, out: &mut Findings) {
    let Some(gold) = &case.gold.footnotes else { return };
    let found = &case.view.document.footnotes;
    let pairs = pair(gold.len(), found.len(), |i, j| cost(&gold[i], &found[j]));
    bodies(gold, found, &pairs, out);
    let (mut anchored, mut right) = (0, 0);
    let (mut linked, mut same) = (0, 0);
    for (g, f) in pairs.iter().map(|(i, j)| (&gold[*i], &found[*j])) {
        if let Some(before) = g.anchor_before.as_deref().filter(|b| !b.is_empty()) {
            anchored += 1;
            let ok = stands_after(before, f, case);
            right += usize::from(ok);
            if !ok {
                out.differs(
                    "footnotes.anchor",
                    Some(f.page),
                    format!("{} after `{before}`", g.marker),
                    anchors(f, case),
                );
            }
        }
        if !g.urls.is_empty() {
            linked += 1;
            let ok = sorted(&g.urls) == sorted(&f.urls);
            same += usize::from(ok);
            if !ok {
                out.differs(
                    "footnotes.url",
                    Some(f.page),
                    format!("{} {}", g.marker, g.urls.join(" ")),
                    f.urls.join(" "),
                );
            }
        }
    }
    let asked = gold.iter().any(|g| g.anchor_before.as_ref().is_some_and(|b| !b.is_empty()));
    out.score("footnotes.anchor", share(right, anchored, asked));
    out.score("footnotes.url", share(same, linked, gold.iter().any(|g| !g.urls.is_empty())));
}

fn bodies(gold: &[FootnoteRow], found: &[Footnote], pairs: &[(usize, usize)], out: &mut Findings) {
    let mut exact = 0;
    for (i, j) in pairs {
        if fold(&gold[*i].text) == fold(&found[*j].text) {
            exact += 1;
        } else {
            let gold = format!("{} {}", gold[*i].marker, gold[*i].text);
            out.differs("footnotes.body", Some(found[*j].page), gold, &*found[*j].text);
        }
    }
    for i in unpaired(gold.len(), pairs, |p| p.0) {
        out.missed("footnotes.body", gold[i].page, format!("{} {}", gold[i].marker, clip(&gold[i].text)));
    }
    for j in unpaired(found.len(), pairs, |p| p.1) {
        out.wrong("footnotes.body", Some(found[j].page), format!("{} {}", found[j].marker, clip(&found[j].text)));
    }
    out.score("footnotes.body", f1(exact, gold.len(), found.len()));
}

fn cost(g: &FootnoteRow, f: &Footnote) -> Option<f64> {
    if fold(&g.marker) != fold(&f.marker) {
        return None;
    }
    let alike = likeness(&plain_chars(&g.text), &plain_chars(&f.text));
    (alike >= LEAST_LIKENESS).then_some(1.0 - alike)
}

/// Whether one of the marks stands right after these words.
fn stands_after(before: &str, f: &Footnote, case: &Case<'_>) -> bool {
    let before = plain_chars(before);
    let last = &before[before.len().saturating_sub(BEFORE)..];
    f.anchors.iter().filter_map(|a| case.view.block(&a.block).map(|b| b.slice(0, a.offset))).any(|t| t.ends_with(last))
}

fn anchors(f: &Footnote, case: &Case<'_>) -> String {
    let text = |a: &hakusho_model::Anchor| {
        let chars = case.view.block(&a.block).map(|b| b.slice(0, a.offset)).unwrap_or_default();
        chars[chars.len().saturating_sub(2 * BEFORE)..].iter().collect::<String>()
    };
    let all: Vec<String> = f.anchors.iter().map(text).collect();
    if all.is_empty() { "no mark found".to_owned() } else { format!("after `{}`", all.join("`, `")) }
}

fn sorted(urls: &[String]) -> Vec<&str> {
    let mut all: Vec<&str> = urls.iter().map(String::as_str).collect();
    all.sort_unstable();
    all
}

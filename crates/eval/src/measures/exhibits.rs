//! `exhibits.*`: figures and tables with number, caption, kind, source and page.

use hakusho_model::Exhibit;

use super::Case;
use crate::compare::{pair, unpaired};
use crate::finding::Findings;
use crate::fold::{fold, plain};
use crate::gold::GoldExhibit;
use crate::keys::{number_key, source_key};
use crate::score::{f1, share};
use crate::view::exhibit_key;

type Pair<'a> = (&'a GoldExhibit, &'a Exhibit);

/// Key of the gold's exhibit, as [`exhibit_key`] of the document's.
pub(super) fn gold_key(e: &GoldExhibit) -> String {
    number_key(e.number.as_deref().filter(|n| !n.is_empty()).unwrap_or(&e.label))
}

pub(super) fn measure(case: &Case<'_>, out: &mut Findings) {
    let Some(gold) = &case.gold.exhibits else { return };
    let found = &case.view.document.exhibits;
    let indices = pair(gold.len(), found.len(), |i, j| cost(&gold[i], &found[j]));
    for i in unpaired(gold.len(), &indices, |p| p.0) {
        out.missed("exhibits.number", gold[i].pages.first().copied(), title(&gold[i]));
    }
    // An unnamed drawing that matches nothing is no claim that there is an exhibit.
    let mut counted = indices.len();
    for j in unpaired(found.len(), &indices, |p| p.1).filter(|j| is_named(&found[*j])) {
        counted += 1;
        let label = found[j].label.as_deref().unwrap_or_default();
        out.wrong("exhibits.number", page(&found[j]), shown(label, &found[j].caption));
    }
    out.score("exhibits.number", f1(indices.len(), gold.len(), counted));
    let pairs: Vec<Pair<'_>> = indices.iter().map(|(i, j)| (&gold[*i], &found[*j])).collect();
    let any = |has: fn(&GoldExhibit) -> bool| gold.iter().any(has);
    check("exhibits.caption", &pairs, !gold.is_empty(), out, |(g, f)| {
        (plain(&g.caption) == plain(&f.caption), g.caption.clone(), f.caption.clone())
    });
    let kinds: Vec<Pair<'_>> = pairs.iter().copied().filter(|(g, _)| g.kind.is_some()).collect();
    check("exhibits.kind", &kinds, any(|g| g.kind.is_some()), out, |(g, f)| {
        let want = g.kind.as_deref().unwrap_or_default();
        (want == f.kind.as_str(), shown(&g.label, want), f.kind.as_str().to_owned())
    });
    let sourced: Vec<Pair<'_>> = pairs.iter().copied().filter(|(g, _)| !g.any_source).collect();
    check("exhibits.source", &sourced, any(|g| !g.source.is_empty()), out, |(g, f)| {
        let have = f.source.as_deref().unwrap_or_default();
        (source_key(&g.source) == source_key(have), shown(&g.label, &g.source), have.to_owned())
    });
    let paged: Vec<Pair<'_>> = pairs.iter().copied().filter(|(g, _)| !g.pages.is_empty()).collect();
    check("exhibits.page", &paged, any(|g| !g.pages.is_empty()), out, |(g, f)| {
        (shares_page(g, f), format!("{} on {:?}", g.label, g.pages), format!("page {}", page(f).unwrap_or_default()))
    });
}

/// What two exhibits differ in beyond their key; those without one are the same by caption, or as unnamed neighbours of one kind.
fn cost(g: &GoldExhibit, f: &Exhibit) -> Option<f64> {
    let key = gold_key(g);
    if key != exhibit_key(f) {
        return None;
    }
    let caption = fold(&g.caption);
    let (label_differs, caption_differs) =
        (fold(&g.label) != fold(f.label.as_deref().unwrap_or_default()), caption != fold(&f.caption));
    if !key.is_empty() || (!caption_differs && !caption.is_empty()) {
        return Some(f64::from(u8::from(label_differs) + u8::from(caption_differs)));
    }
    let same_kind = g.kind.as_deref().unwrap_or_default() == f.kind.as_str();
    (caption.is_empty() && same_kind && shares_page(g, f)).then_some(3.0)
}

/// Label and caption; the kind of one that has neither.
fn title(g: &GoldExhibit) -> String {
    let kind = g.kind.as_deref().unwrap_or("exhibit");
    Some(shown(&g.label, &g.caption)).filter(|t| !t.is_empty()).unwrap_or_else(|| format!("a {kind} without a label"))
}

fn is_named(f: &Exhibit) -> bool {
    !exhibit_key(f).is_empty() || !fold(&f.caption).is_empty()
}

fn shares_page(g: &GoldExhibit, f: &Exhibit) -> bool {
    f.regions.iter().any(|r| g.pages.contains(&r.page))
}

fn page(f: &Exhibit) -> Option<u32> {
    f.regions.first().map(|r| r.page)
}

fn shown(label: &str, rest: &str) -> String {
    format!("{label} {rest}").trim().to_owned()
}

/// Share of the pairs that agree; `compare` gives the verdict and both sides in words.
fn check(
    name: &'static str,
    pairs: &[Pair<'_>],
    asked: bool,
    out: &mut Findings,
    compare: impl Fn(Pair<'_>) -> (bool, String, String),
) {
    let mut right = 0;
    for p in pairs {
        match compare(*p) {
            (true, ..) => right += 1,
            (false, gold, found) => out.differs(name, page(p.1), gold, found),
        }
    }
    out.score(name, share(right, pairs.len(), asked));
}

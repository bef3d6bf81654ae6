//! `mentions.linking` and `mentions.clusters`: is a mention linked to the right thing, and are mentions of one thing together?

use std::collections::{BTreeMap, BTreeSet};

use hakusho_model::MentionKind;

use super::Case;
use super::mentions::{Compared, Key};
use crate::finding::Findings;
use crate::gold::{Gold, GoldMention};
use crate::keys::name_key;
use crate::score::{Score, nothing_to_judge, share};

const LINKING: &str = "mentions.linking";

/// Keys of the names of the thing that a mention stands for.
fn names<'g>(gold: &'g Gold, m: &GoldMention) -> BTreeSet<&'g str> {
    let of = |id: &Option<String>| id.as_ref().and_then(|id| gold.names.get(id)).into_iter().flatten();
    of(&m.canonical).chain(of(&m.alt)).map(String::as_str).collect()
}

pub(super) fn measure(case: &Case<'_>, c: &Compared<'_>, out: &mut Findings) {
    let named =
        |m: &GoldMention| m.canonical.as_ref().and_then(|id| case.gold.names.get(id)).is_some_and(|n| !n.is_empty());
    let asked = c.want.values().any(|m| named(m));
    let (mut right, mut of) = (0, 0);
    for key in &c.hits {
        let (m, f) = (c.want[key], c.found[key]);
        let names = names(case.gold, m);
        if names.is_empty() {
            continue;
        }
        of += 1;
        let label = f.label.as_deref().unwrap_or_default();
        if names.contains(name_key(label).as_str()) {
            right += 1;
        } else {
            let gold = format!("{} = {}", m.surface, m.canonical.as_deref().unwrap_or_default());
            let page = case.gold.passages.get(key.0.passage).and_then(|p| p.page);
            let found = if label.is_empty() { "no label" } else { label };
            out.differs(LINKING, page, gold, found);
        }
    }
    out.score(LINKING, share(right, of, asked));
    clusters(c, asked, out);
}

/// B³ (Bagga and Baldwin 1998) of the document's entities against the gold's ids, over the hits.
fn clusters(c: &Compared<'_>, asked: bool, out: &mut Findings) {
    let is_thing = |k: &&Key| !matches!(k.1, MentionKind::Date | MentionKind::Qty);
    let id = |k: &Key| c.want[k].canonical.as_deref().filter(|id| !id.is_empty());
    // A mention without an entity is a cluster of its own.
    let own = |k: &Key| c.found[k].entity.clone().unwrap_or_else(|| format!("{k:?}"));
    let pairs: Vec<(&str, String)> =
        c.hits.iter().filter(is_thing).filter_map(|k| id(k).map(|id| (id, own(k)))).collect();
    if pairs.is_empty() {
        out.score("mentions.clusters", asked.then(|| nothing_to_judge(0)));
        return;
    }
    let (mut gold, mut found, mut both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (a, b) in &pairs {
        *gold.entry(*a).or_insert(0_usize) += 1;
        *found.entry(b.as_str()).or_insert(0_usize) += 1;
        *both.entry((*a, b.as_str())).or_insert(0_usize) += 1;
    }
    let mean = |whole: &dyn Fn(&(&str, &str)) -> usize| {
        both.iter().map(|(key, n)| (n * n) as f64 / whole(key) as f64).sum::<f64>() / pairs.len() as f64
    };
    let (p, r) = (mean(&|key| found[key.1]), mean(&|key| gold[key.0]));
    let f1 = 2.0 * p * r / (p + r);
    let (of, n) = (pairs.len(), both.len());
    out.score("mentions.clusters", Some(Score::F1 { p: Some(p), r: Some(r), f1, hits: n, gold: of, found: of }));
}

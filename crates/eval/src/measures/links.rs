//! `mentions.linking`, `mentions.links_sound` and `mentions.clusters`: is a mention linked to the right thing, does a link that was
//! made lead to another thing, and are mentions of one thing together?

use std::collections::{BTreeMap, BTreeSet};

use hakusho_model::{Mention, MentionKind};

use super::Case;
use super::mentions::{Compared, Key};
use crate::finding::Findings;
use crate::gold::{Gold, GoldMention};
use crate::keys::name_key;
use crate::score::{Score, nothing_to_judge, share};
use crate::tuning::Tuning;

const LINKING: &str = "mentions.linking";
/// Part of the id of an entity that stands for a name no list has: it says nothing about what is named.
const UNLISTED: &str = "/nil/";

/// Keys of the names of the thing that a mention stands for.
fn names<'g>(gold: &'g Gold, m: &GoldMention) -> BTreeSet<&'g str> {
    let of = |id: &Option<String>| id.as_ref().and_then(|id| gold.names.get(id)).into_iter().flatten();
    of(&m.canonical).chain(of(&m.alt)).map(String::as_str).collect()
}

pub(super) fn measure(case: &Case<'_>, c: &Compared<'_>, out: &mut Findings, tuning: &mut Tuning) {
    let named =
        |m: &GoldMention| m.canonical.as_ref().and_then(|id| case.gold.names.get(id)).is_some_and(|n| !n.is_empty());
    let asked = c.want.values().any(|m| named(m));
    let known = Known::new(case.gold, c);
    let (mut right, mut of, mut sound, mut links) = (0, 0, 0, 0);
    for key in &c.hits {
        let (m, f) = (c.want[key], c.found[key]);
        let verdict = known.judge(case.gold, m, f);
        if link(f).is_some() && thing(m).is_some() {
            links += 1;
            sound += usize::from(!matches!(verdict, LinkVerdict::Wrong(_)));
            tuning.judge_link(&f.rule, &verdict);
        }
        let judged = !names(case.gold, m).is_empty();
        of += usize::from(judged);
        right += usize::from(judged && verdict == LinkVerdict::Right);
        if verdict != LinkVerdict::Right && (judged || matches!(verdict, LinkVerdict::Wrong(_))) {
            let gold = format!("{} = {}", m.surface, m.canonical.as_deref().unwrap_or_default());
            let page = case.gold.passages.get(key.0.passage).and_then(|p| p.page);
            out.differs(LINKING, page, gold, shown(f, &verdict));
        }
    }
    out.score(LINKING, share(right, of, asked));
    out.score("mentions.links_sound", share(sound, links, false));
    clusters(c, asked, out);
}

/// What a mention is linked to, where that is a thing of a list.
fn link(m: &Mention) -> Option<&str> {
    m.entity.as_deref().filter(|id| !id.contains(UNLISTED))
}

/// The id of the thing in the gold.
fn thing(m: &GoldMention) -> Option<&str> {
    let is_thing = !matches!(m.mention_kind(), Some(MentionKind::Date | MentionKind::Qty));
    m.canonical.as_deref().filter(|id| is_thing && !id.is_empty())
}

/// What a mention is linked to, in words: label, rule, and entity, with the gold's id for it where it is another.
fn shown(m: &Mention, verdict: &LinkVerdict) -> String {
    let label = m.label.as_deref().filter(|l| !l.is_empty()).unwrap_or("no label");
    match (link(m), verdict) {
        (Some(id), LinkVerdict::Wrong(other)) => format!("{label} = {other} ({}), {id}", m.rule),
        (Some(id), _) => format!("{label} ({}), {id}", m.rule),
        (None, _) if m.entity.is_some() => format!("{label} ({}), in no list", m.rule),
        (None, _) => format!("{label} ({}), no link", m.rule),
    }
}

/// What came of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LinkVerdict {
    /// Its label is a name of the thing.
    Right,
    /// It leads to another thing, whose id is given.
    Wrong(String),
    /// The gold does not know the label.
    Open,
}

/// What the gold knows of labels and entities.
struct Known<'c> {
    /// Key of a name → things that go by it.
    things: BTreeMap<&'c str, BTreeSet<&'c str>>,
    /// Entity → the thing that most of its mentions are in the gold.
    usual: BTreeMap<&'c str, &'c str>,
}

impl<'c> Known<'c> {
    fn new(gold: &'c Gold, c: &'c Compared<'_>) -> Self {
        let mut things: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (id, names) in &gold.names {
            for name in names {
                things.entry(name).or_default().insert(id);
            }
        }
        let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
        for key in &c.hits {
            if let Some((entity, id)) = link(c.found[key]).zip(thing(c.want[key])) {
                *counts.entry(entity).or_default().entry(id).or_default() += 1;
            }
        }
        let most = |ids: BTreeMap<&'c str, usize>| ids.into_iter().max_by_key(|(_, n)| *n).map(|(id, _)| id);
        Self { things, usual: counts.into_iter().filter_map(|(entity, ids)| Some((entity, most(ids)?))).collect() }
    }

    /// Whether a mention is linked to what the gold says. A label that the gold does not know may be another name of it, unless
    /// other mentions of the same entity show what it stands for.
    fn judge(&self, gold: &Gold, m: &GoldMention, f: &Mention) -> LinkVerdict {
        let label = name_key(f.label.as_deref().unwrap_or_default());
        if names(gold, m).contains(label.as_str()) {
            return LinkVerdict::Right;
        }
        let own = |id: &str| m.canonical.as_deref() == Some(id) || m.alt.as_deref() == Some(id);
        let by_name = self.things.get(label.as_str()).and_then(BTreeSet::first).copied();
        let other = by_name.or_else(|| link(f).and_then(|entity| self.usual.get(entity).copied()));
        other.filter(|id| !own(id)).map_or(LinkVerdict::Open, |id| LinkVerdict::Wrong(id.to_owned()))
    }
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

//! Words that lean on a name before them: 同社, 同法, 前回調査, 同州.

use hakusho_model::{Block, Mention, MentionKind};
use rustc_hash::FxHashMap;

use crate::candidate::{Candidate, Target};
use crate::scope::{Scope, is_kanji};

const ROLES: [(&str, MentionKind); 5] = [
    ("anaphor_org", MentionKind::Org),
    ("anaphor_law", MentionKind::Law),
    ("anaphor_loc", MentionKind::Loc),
    ("anaphor_product", MentionKind::Product),
    ("anaphor_survey", MentionKind::Survey),
];
/// Blocks to look back through, the word's own included.
const BLOCKS_BACK: usize = 4;

/// The rule's name, by which [`resolve`] knows its mentions.
pub(crate) const RULE: &str = "anaphor";

/// Words that lean on a name.
pub(crate) fn anaphora(scope: &Scope<'_>) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut at = 0;
    let roles = ROLES.map(|(role, kind)| (scope.cues.role(role), kind));
    while at < scope.chars.len() {
        let here = &scope.chars[at..];
        let found = roles.iter().find_map(|(words, kind)| Some((words.beginning(here)?.word.len(), *kind)));
        let free = at == 0 || !is_kanji(scope.chars[at - 1]);
        match found.filter(|_| free) {
            Some((length, kind)) => {
                out.push(Candidate::name((at, at + length), kind, Target::Anaphor, RULE, 870));
                at += length;
            }
            None => at += 1,
        }
    }
    out.extend(own(scope));
    out.extend(dated_survey(scope));
    out
}

/// 自社 in an entry of a chronology: whom the entry is about.
fn own(scope: &Scope<'_>) -> Vec<Candidate> {
    let own = |at: &usize| scope.is_entry() && scope.chars[*at..].starts_with(&['自', '社']);
    (0..scope.chars.len())
        .filter(own)
        .map(|at| Candidate::name((at, at + 2), MentionKind::Org, Target::Anaphor, RULE, 870))
        .collect()
}

/// `2019年調査`: a wave by its year.
fn dated_survey(scope: &Scope<'_>) -> Vec<Candidate> {
    let mut out = Vec::new();
    for at in (4..scope.chars.len()).filter(|i| scope.chars[*i] == '年') {
        let year =
            scope.chars[at - 4..at].iter().all(|c| c.is_numeric()) && (at == 4 || !scope.chars[at - 5].is_numeric());
        if year && scope.chars[at..].starts_with(&['年', '調', '査']) {
            out.push(Candidate::name(
                (at - 4, at + 3),
                MentionKind::Survey,
                Target::Unlisted(None),
                "dated-survey",
                985,
            ));
        }
    }
    out
}

/// Gives each leaning mention the entity of the nearest name of its type before it; one without stays without.
pub(crate) fn resolve(mentions: &mut [Mention], blocks: &[Block]) {
    if !mentions.iter().any(|m| m.rule == RULE) {
        return;
    }
    let order: FxHashMap<&str, usize> = blocks.iter().enumerate().map(|(i, b)| (b.id.as_str(), i)).collect();
    let places: Vec<usize> = mentions.iter().map(|m| order.get(m.block.as_str()).copied().unwrap_or(0)).collect();
    for i in 0..mentions.len() {
        if mentions[i].rule != RULE || mentions[i].entity.is_some() {
            continue;
        }
        // The wave before, and a wave by its year, are no names of the survey that stands before them.
        if mentions[i].surface.starts_with("前回") {
            continue;
        }
        // 本調査 is the survey that the report is about, however far back it was named.
        let own = mentions[i].surface.starts_with("本") || mentions[i].surface.starts_with("今回");
        let found = (0..i)
            .rev()
            .take_while(|j| own || places[i] - places[*j] < BLOCKS_BACK)
            .filter(|&j| !own || mentions[j].entity.as_deref().is_some_and(|e| !e.contains("/nil/")))
            .find(|&j| fits(&mentions[i], &mentions[j]))
            .map(|j| (mentions[j].entity.clone(), mentions[j].label.clone()));
        if let Some((entity, label)) = found {
            (mentions[i].entity, mentions[i].label) = (entity, label);
        }
    }
}

fn fits(word: &Mention, name: &Mention) -> bool {
    if name.kind != word.kind || name.entity.is_none() || name.end > word.start && name.block == word.block {
        return false;
    }
    let place = |tail: &str| name.label.as_deref().is_some_and(|l| l.ends_with(tail));
    match word.surface.as_str() {
        "同州" => place("州"),
        "同県" => place("県"),
        "同市" => place("市"),
        "同省" => place("省"),
        "同庁" => place("庁"),
        "同国" => name.entity.as_deref().is_some_and(|e| e.contains("/country/")),
        _ => true,
    }
}

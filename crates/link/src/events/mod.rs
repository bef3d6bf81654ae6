//! Events: what the report says has happened, may have happened, will happen or has not.
//!
//! A clause that holds a word of `event-words.tsv` in a finite form, and says when or by whom, states an event. Where
//! several words stand in one clause, law suits win over sanctions, those over incidents, then steps of laws, and
//! announcements come last (a leak that is announced is a leak). Entries of chronologies are bare statements about their
//! head; rows of tables are statements about their first cell.

mod citations;
mod frames;
mod items;
mod prose;
mod statement;
mod tables;

use std::collections::BTreeMap;

use hakusho_lexicon::{EventHit, EventWords};
use hakusho_model::{Block, BlockKind, Document, Event, EventKind, Mention, MentionKind};

/// What the extraction of events needs besides the document.
pub(crate) struct Knowledge<'k> {
    pub(crate) words: &'k EventWords,
    /// Class of the entry with that IRI (`company`).
    pub(crate) class: &'k dyn Fn(&str) -> Option<&'k str>,
}

/// A name as events hold it: type and IRI.
pub(crate) type Name = (MentionKind, String);

/// The events of a document whose mentions are known.
pub(crate) fn events(document: &Document, knowledge: &Knowledge<'_>) -> Vec<Event> {
    let mut by_block: BTreeMap<&str, Vec<&Mention>> = BTreeMap::new();
    for mention in &document.mentions {
        by_block.entry(&mention.block).or_default().push(mention);
    }
    let none = Vec::new();
    let mut out = Vec::new();
    for block in &document.blocks {
        let mentions = by_block.get(block.id.as_str()).unwrap_or(&none);
        let found = match block.kind {
            BlockKind::Paragraph | BlockKind::Box => prose::events(block, mentions, knowledge),
            BlockKind::ListItem | BlockKind::ChronologyEntry => items::events(block, mentions, knowledge),
            BlockKind::Footnote | BlockKind::Note | BlockKind::SourceNote => {
                citations::events(block, mentions, knowledge)
            }
            BlockKind::Table => tables::events(block, mentions, knowledge),
            _ => Vec::new(),
        };
        out.extend(found);
    }
    for (i, event) in out.iter_mut().enumerate() {
        event.id = format!("e{}", i + 1);
    }
    out
}

/// Words of a block that may state an event: not in quotation marks, not part of a name.
fn stating<'k>(block: &Block, inside: &[bool], mentions: &[&Mention], knowledge: &Knowledge<'k>) -> Vec<EventHit<'k>> {
    let hits = knowledge.words.find(&block.text).into_iter();
    hits.filter(|h| !inside[h.start] && !in_name(h, mentions)).collect()
}

/// Whether a word is part of a name (改正 in a law's name). Names of threats and incidents are no such names, and a law's
/// name may end in what was done to it (改正法案).
fn in_name(hit: &EventHit<'_>, mentions: &[&Mention]) -> bool {
    let aside = |m: &Mention| {
        matches!(m.kind, MentionKind::Threat | MentionKind::Incident | MentionKind::Date | MentionKind::Qty)
    };
    mentions.iter().any(|m| {
        let ends = m.kind == MentionKind::Law && m.end == hit.end && hit.kind == EventKind::Legislation;
        m.start < hit.end && hit.start < m.end && !aside(m) && !ends
    })
}

fn weight(kind: EventKind) -> u8 {
    match kind {
        EventKind::Lawsuit => 4,
        EventKind::Enforcement => 3,
        EventKind::Incident => 2,
        EventKind::Legislation => 1,
        EventKind::Announcement => 0,
    }
}

/// The word that says what the clause states: by weight of its type, then the last.
fn strongest<'a, 'w>(hits: &[&'a EventHit<'w>]) -> Option<&'a EventHit<'w>> {
    hits.iter().copied().max_by_key(|h| (weight(h.kind), h.start))
}

#[cfg(test)]
mod tests;

//! Notes and source lines that say when what they cite was published: `○○研究所「…」（2020年11月5日発表）`.

use hakusho_lexicon::EventHit;
use hakusho_model::{Block, Event, EventKind, Mention, MentionKind, Modality};

use super::Knowledge;
use super::statement::{Parts, Statement, edtf};
use crate::clauses::sentences;

/// The publications of a note.
pub(super) fn events(block: &Block, mentions: &[&Mention], knowledge: &Knowledge<'_>) -> Vec<Event> {
    let chars: Vec<char> = block.text.chars().collect();
    let hits = knowledge.words.find(&block.text);
    let mut out = Vec::new();
    for range in sentences(&chars) {
        let statement = Statement { block, chars: &chars, mentions, range };
        let Some(publisher) = statement.inside().find(|m| m.kind == MentionKind::Org && m.entity.is_some()) else {
            continue;
        };
        let dated = |hit: &EventHit<'_>| {
            let close = |m: &&Mention| m.end <= hit.start && hit.start - m.end <= 1 && m.start >= publisher.end;
            statement.inside().filter(|m| m.kind == MentionKind::Date).find(close).and_then(edtf)
        };
        let published = |h: &&EventHit<'_>| h.kind == EventKind::Announcement && h.class == "publish";
        let Some((hit, date)) = hits.iter().filter(published).find_map(|h| Some((h, dated(h)?))) else { continue };
        let actors = vec![(publisher.kind, publisher.entity.clone().unwrap_or_default())];
        out.push(statement.event(hit, &Parts { actors, ..Parts::default() }, Some(date), Modality::Fact));
    }
    out
}

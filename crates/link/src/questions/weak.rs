//! Short and common surfaces of the lists that stood without support, and were not taken.

use std::collections::{BTreeMap, BTreeSet};

use hakusho_lexicon::{Hit, Strength, match_key};
use hakusho_model::{MentionKind, Proposal, QuestionKind, order_proposals};

use super::Reader;
use super::collected::Collected;
use crate::linker::Text;

/// Characters a surface has at least: one kanji is met everywhere.
const SHORTEST: usize = 2;
/// How often a surface is met at least: the queue is for what decides something.
const RAREST: usize = 2;
/// Places at which the entries behind a surface are scored.
const SCORED: usize = 3;

/// Where a surface stands: number of the text, first character, one past the last.
type Span = (usize, usize, usize);

impl Reader<'_> {
    /// Takes up the weak surfaces that no mention covers.
    pub(super) fn weak(&self, collected: &mut Collected<'_>) {
        let mut mentions: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
        for m in &self.document.mentions {
            mentions.entry(m.block.as_str()).or_default().push((m.start, m.end));
        }
        let mut found: BTreeMap<(MentionKind, String), BTreeSet<Span>> = BTreeMap::new();
        for (i, text) in self.texts.iter().enumerate() {
            let taken = mentions.get(text.block.id.as_str()).map_or(&[][..], Vec::as_slice);
            // 誤送 inside 誤送信: the longer surface has been looked at.
            let part = |h: &Hit| {
                text.hits.iter().any(|o| o.start <= h.start && h.end <= o.end && o.end - o.start > h.end - h.start)
            };
            for hit in text.hits.iter().filter(|h| is_open(h, taken) && !part(h)) {
                let surface: String = text.chars[hit.start..hit.end].iter().collect();
                let kind = self.linker.entries()[hit.entry as usize].kind;
                found.entry((kind, match_key(&surface).text())).or_default().insert((i, hit.start, hit.end));
            }
        }
        let decided = self.decided();
        // 流出 and 不正アクセス are words by which events are stated; as such they have been read.
        let states_event = |key: &str| !self.linker.event_words().find(key).is_empty();
        found.retain(|at, spans| {
            let often = at.1.chars().count() >= SHORTEST && spans.len() >= RAREST;
            often && !decided.contains(at) && !states_event(&at.1)
        });
        for ((kind, _), spans) in found {
            for (i, start, end) in &spans {
                let text = &self.texts[*i];
                let surface: String = text.chars[*start..*end].iter().collect();
                let place = (text.block.id.as_str(), *start, *end);
                collected.add(QuestionKind::Weak, kind, &surface, place, || self.behind(kind, &spans));
            }
        }
    }

    /// Surfaces that a decision speaks of in this report.
    fn decided(&self) -> BTreeSet<(MentionKind, String)> {
        let sha256 = self.document.source.sha256.as_str();
        let here = self.linker.decisions().iter().filter(|d| d.holds_in(sha256, self.edition));
        here.map(|d| (d.kind, match_key(&d.surface).text())).collect()
    }

    /// The entries that have the surface as a weak one, each with its best score among the first places.
    fn behind(&self, kind: MentionKind, spans: &BTreeSet<Span>) -> Vec<Proposal> {
        let mut best: BTreeMap<String, Proposal> = BTreeMap::new();
        for (i, start, end) in spans.iter().take(SCORED) {
            let text: &Text<'_> = &self.texts[*i];
            let same = |h: &&Hit| (h.start, h.end) == (*start, *end);
            let entries = text.hits.iter().filter(same).map(|h| h.entry);
            for proposal in self.scored(text, entries, kind, (*start, *end)) {
                let known = best.get(&proposal.entity).map_or(i32::MIN, |p| p.score);
                if proposal.score > known {
                    best.insert(proposal.entity.clone(), proposal);
                }
            }
        }
        let mut out: Vec<Proposal> = best.into_values().collect();
        order_proposals(&mut out);
        out
    }
}

fn is_open(hit: &Hit, taken: &[(usize, usize)]) -> bool {
    hit.strength == Strength::Weak && !taken.iter().any(|(start, end)| *start < hit.end && hit.start < *end)
}

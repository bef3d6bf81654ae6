//! A stretch of text that states an event, with everything known about it.

use hakusho_lexicon::{Cues, EventHit};
use hakusho_model::{Block, Event, EventKind, Mention, MentionKind, Modality, Quantity, Value};

use super::{Knowledge, Name, strongest};
use crate::clauses::Range;

/// Characters behind a word in which its verb ending must stand.
const VERB_WITHIN: usize = 10;

/// Ends of a clause that the next one is set against.
const AGAINST: [&str; 6] = ["たが、", "だが、", "るが、", "ないが、", "ものの、", "一方で、"];

/// What follows the words that somebody says.
const TOLD: [&str; 5] = ["と公表", "と発表", "と説明", "と報告", "とし"];

/// A stretch of a block.
pub(super) struct Statement<'a> {
    pub(super) block: &'a Block,
    pub(super) chars: &'a [char],
    pub(super) mentions: &'a [&'a Mention],
    pub(super) range: Range,
}

/// Who plays which part.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    pub(super) actors: Vec<Name>,
    pub(super) affected: Vec<Name>,
    pub(super) announcer: Vec<Name>,
}

/// The EDTF value of a date.
pub(super) fn edtf(mention: &Mention) -> Option<String> {
    match &mention.value {
        Some(Value::Date(date)) => Some(date.clone()),
        _ => None,
    }
}

impl<'a> Statement<'a> {
    /// Characters of the stretch, cut to it.
    pub(super) fn text(&self, from: usize, to: usize) -> String {
        let end = to.min(self.range.end).min(self.chars.len());
        self.chars[from.min(end)..end].iter().collect()
    }

    /// All of it.
    pub(super) fn whole(&self) -> String {
        self.text(self.range.start, self.range.end)
    }

    /// Mentions inside, from left to right.
    pub(super) fn inside(&self) -> impl Iterator<Item = &'a Mention> {
        self.mentions.iter().copied().filter(|m| m.start >= self.range.start && m.end <= self.range.end)
    }

    /// The last date that ends before a place.
    pub(super) fn date_before(&self, end: usize) -> Option<String> {
        self.inside().filter(|m| m.kind == MentionKind::Date && m.end <= end).filter_map(edtf).last()
    }

    /// Whether a word is the verb of the clause, and means one event.
    pub(super) fn is_stated(&self, hit: &EventHit<'_>, knowledge: &Knowledge<'_>) -> bool {
        if hit.kind == EventKind::Incident && self.is_general(hit, knowledge) {
            return false;
        }
        let after = self.text(hit.end, hit.end + VERB_WITHIN);
        let habit = ["毎年", "毎月", "定期的"].iter().any(|w| self.whole().contains(w));
        let supposed =
            ["する際", "する場合", "するため", "することが", "することに"].iter().any(|w| after.starts_with(w));
        if habit || supposed {
            return false;
        }
        let rest = self.text(hit.end, self.range.end);
        let rest = rest.trim_end_matches(['、', '，', '。']);
        let verb = after.trim_start_matches(['を', 'が', 'も', 'は', 'に', 'と']);
        let near = ["し", "さ", "た", "れ", "っ", "開始", "発表", "公表", "課", "受け", "行", "求", "命"];
        let past = |t: &str| {
            t.ends_with(['た', 'し', 'り', 'れ', 'て', 'が']) || t.ends_with("ている") || t.ends_with("予定である")
        };
        // What is denied is stated too (`流出は確認されていない`).
        let told = TOLD.iter().filter_map(|w| rest.find(w)).min().unwrap_or(rest.len());
        let not = |w: &String| rest[..told].ends_with(w.as_str());
        let denied = after.starts_with(['は', 'が', 'も']) && knowledge.words.negated.iter().any(not);
        denied
            || near.iter().any(|n| verb.starts_with(n)) && (past(rest) || rest.contains('た'))
            || past(rest) && rest.chars().count() <= 8
    }

    /// Whether what follows an incident word makes it a matter in general (対策, 防止).
    pub(super) fn is_general(&self, hit: &EventHit<'_>, knowledge: &Knowledge<'_>) -> bool {
        let after = self.text(hit.end, hit.end + VERB_WITHIN);
        knowledge.words.general.iter().any(|w| after.starts_with(w.as_str()))
    }

    /// The strongest word; what has happened goes before what has not.
    pub(super) fn strongest<'h, 'w>(
        &self,
        hits: &[&'h EventHit<'w>],
        knowledge: &Knowledge<'_>,
    ) -> Option<&'h EventHit<'w>> {
        let happened: Vec<&EventHit<'_>> =
            hits.iter().copied().filter(|h| self.modality(h, knowledge) != Modality::Negated).collect();
        strongest(&happened).or_else(|| strongest(hits))
    }

    /// How a word is stated, by its own sentence and what of it is not set against it (`受けたが、`): what comes behind is
    /// another matter.
    pub(super) fn modality(&self, hit: &EventHit<'_>, knowledge: &Knowledge<'_>) -> Modality {
        let rest = self.text(hit.end, self.range.end);
        let after = rest.split_inclusive('。').next().unwrap_or_default();
        let own = AGAINST.iter().filter_map(|w| Some(after.find(w)? + w.len())).min().unwrap_or(after.len());
        let after = &after[..own];
        let says = |list: &[String]| list.iter().any(|w| after.contains(w.as_str()));
        let words = knowledge.words;
        if says(&words.negated) {
            Modality::Negated
        } else if says(&words.possible) {
            Modality::Possible
        } else if says(&words.planned) {
            Modality::Planned
        } else {
            Modality::Fact
        }
    }

    /// The laws of the stretch, of names inside one another the longest.
    pub(super) fn laws(&self) -> Vec<Name> {
        let mut out: Vec<Name> = Vec::new();
        let mut end = 0;
        for mention in self.inside().filter(|m| m.kind == MentionKind::Law) {
            if mention.start < end {
                continue;
            }
            end = mention.end;
            if let Some(iri) = mention.entity.as_ref().filter(|iri| !out.iter().any(|(_, o)| o == *iri)) {
                out.push((MentionKind::Law, iri.clone()));
            }
        }
        out
    }

    /// The stretch as an event.
    pub(super) fn event(&self, hit: &EventHit<'_>, parts: &Parts, date: Option<String>, modality: Modality) -> Event {
        let iris = |names: &[Name]| names.iter().map(|(_, iri)| iri.clone()).collect::<Vec<_>>();
        let mut range = self.range;
        let bullet = |c: &char| matches!(c, '・' | '●' | '■' | '　' | ' ' | '○' | '◆');
        while range.start < range.end && bullet(&self.chars[range.start]) {
            range.start += 1;
        }
        Event {
            id: String::new(),
            kind: hit.kind,
            class: hit.class.to_owned(),
            block: self.block.id.clone(),
            start: range.start,
            end: range.end,
            actors: iris(&parts.actors),
            affected: iris(&parts.affected),
            announcer: iris(&parts.announcer),
            vectors: self.vectors(hit),
            data: self.data(hit),
            sources: self.sources(),
            date_role: date.as_ref().map(|d| self.date_role(d).to_owned()),
            date,
            quantities: self.quantities(),
            modality,
        }
    }

    /// What a date says: the column it stands in, when it was told, or when it happened.
    fn date_role(&self, date: &str) -> &'static str {
        if self.block.month.as_deref() == Some(date) {
            return "column_month";
        }
        let told = self.inside().filter(|m| m.kind == MentionKind::Date && edtf(m).as_deref() == Some(date)).any(|m| {
            let after = self.text(m.end, m.end + 8);
            ["公表", "発表", "付", "に公表", "に発表", "、公表", "第"].iter().any(|w| after.starts_with(w))
        });
        if told { "disclosed" } else { "stated" }
    }

    /// The threats that an incident came by: those followed by で, により, を利用, をつか.
    fn vectors(&self, hit: &EventHit<'_>) -> Vec<String> {
        if hit.kind != EventKind::Incident {
            return Vec::new();
        }
        let by = |m: &&Mention| {
            let after = self.text(m.end, m.end + 5);
            ["で", "によ", "を利用", "をつか", "を突", "を悪用", "に感染", "攻撃"].iter().any(|w| after.starts_with(w))
        };
        let mut out: Vec<String> = self
            .inside()
            .filter(|m| m.kind == MentionKind::Threat)
            .filter(by)
            .filter_map(|m| m.entity.clone())
            .collect();
        out.dedup();
        out
    }

    /// The kinds of data an incident touches, longer words before those inside them.
    fn data(&self, hit: &EventHit<'_>) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let kinds = Cues::embedded().role("data");
        let end = self.range.end.min(self.chars.len());
        let mut at = self.range.start;
        while hit.kind == EventKind::Incident && at < end {
            let Some(cue) = kinds.beginning(&self.chars[at..end]) else {
                at += 1;
                continue;
            };
            let word: String = cue.word.iter().collect();
            at += cue.word.len();
            if !out.contains(&word) {
                out.push(word);
            }
        }
        out
    }

    /// Whose report the statement rests on: `中日新聞記事による`, `（○○新聞の報道による）`.
    fn sources(&self) -> Vec<String> {
        let second_hand = |m: &&Mention| {
            let after = self.text(m.end, m.end + 7);
            ["記事による", "の記事による", "報道による", "の報道による", "によると", "の報道によ", "紙によ"]
                .iter()
                .any(|w| after.starts_with(w))
        };
        let mut out: Vec<String> = self
            .inside()
            .filter(|m| m.kind == MentionKind::Org)
            .filter(second_hand)
            .filter_map(|m| m.entity.clone())
            .collect();
        out.dedup();
        out
    }

    fn quantities(&self) -> Vec<Quantity> {
        let value = |m: &Mention| match &m.value {
            Some(Value::Quantity(q)) => Some(q.clone()),
            _ => None,
        };
        self.inside().filter_map(value).collect()
    }
}

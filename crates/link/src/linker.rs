//! A document's names, dates and quantities.

use hakusho_lexicon::{DateContext, Entry, EventWords, Matcher, Strength, dates, fold, is_measure, quantities};
use hakusho_model::{Block, Document, Entity, Mention, MentionKind, Quantity, Value};

use crate::candidate::{Candidate, select};
use crate::definitions::Definitions;
use crate::events::events;
use crate::figures::figures;

/// What is known about the report besides its text.
#[derive(Clone, Debug, Default)]
pub struct LinkContext {
    /// Year of the edition: what 本年 means, and what bare months fall in when nothing nearer is said.
    pub edition_year: Option<i32>,
}

/// Links the text of documents to a lexicon.
#[derive(Debug)]
pub struct Linker {
    entries: Vec<Entry>,
    matcher: Matcher,
    event_words: EventWords,
    /// Namespace of entity IRIs, ending in a slash.
    base: String,
}

impl Linker {
    /// Prepares the matcher; `base` is the namespace under which entries have their IRIs.
    pub fn new(entries: Vec<Entry>, event_words: EventWords, base: &str) -> Self {
        let matcher = Matcher::new(&entries);
        Self { entries, matcher, event_words, base: base.to_owned() }
    }

    /// The entries, in the order the linker knows them.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// IRI of an entry.
    pub fn iri(&self, entry: &Entry) -> String {
        format!("{}{}", self.base, entry.id)
    }

    /// Adds mentions, entities, events and figures to a document. The same document gives the same.
    pub fn link(&self, document: &mut Document, context: &LinkContext) {
        let definitions = Definitions::read(document, &self.matcher, &self.entries);
        let mut mentions = Vec::new();
        for block in document.blocks.iter().filter(|b| !b.text.is_empty()) {
            let chars: Vec<char> = block.text.chars().collect();
            for candidate in select(self.candidates(block, &chars, &definitions, context)) {
                let id = format!("m{}", mentions.len() + 1);
                mentions.push(self.mention(id, block, &chars, candidate));
            }
        }
        document.entities = entities(&mentions);
        document.mentions = mentions;
        document.events = events(document, &self.event_words);
        document.observations.extend(figures(document, &is_measure));
    }

    fn candidates(
        &self,
        block: &Block,
        chars: &[char],
        definitions: &Definitions,
        context: &LinkContext,
    ) -> Vec<Candidate> {
        let mut out = self.names(block, chars, definitions);
        let folded = fold(&block.text);
        let mut date_context = DateContext { year: None, edition: context.edition_year };
        for date in dates(&folded, &mut date_context) {
            let (start, end) = folded.span(date.from, date.to);
            let value = date.edtf.map(Value::Date);
            out.push(Candidate { start, end, kind: MentionKind::Date, entry: None, rule: "date", score: 980, value });
        }
        for found in quantities(&folded) {
            let (start, end) = folded.span(found.from, found.to);
            let printed = Some(chars[start..end].iter().collect());
            let value = Some(Value::Quantity(Quantity { printed, ..found.quantity }));
            out.push(Candidate {
                start,
                end,
                kind: MentionKind::Qty,
                entry: None,
                rule: "quantity",
                score: 970,
                value,
            });
        }
        out
    }

    fn names(&self, block: &Block, chars: &[char], definitions: &Definitions) -> Vec<Candidate> {
        let mut out = Vec::new();
        for hit in self.matcher.find(&block.text) {
            let entry = &self.entries[hit.entry as usize];
            let surface: String = chars[hit.start..hit.end].iter().collect();
            let (rule, score) = match hit.strength {
                Strength::Plain => ("gazetteer", 950),
                Strength::Weak if definitions.supports(&surface, hit.entry) => ("definition", 900),
                Strength::Weak => continue,
            };
            out.push(Candidate {
                start: hit.start,
                end: hit.end,
                kind: entry.kind,
                entry: Some(hit.entry),
                rule,
                score,
                value: None,
            });
        }
        out
    }

    fn mention(&self, id: String, block: &Block, chars: &[char], candidate: Candidate) -> Mention {
        let entry = candidate.entry.map(|e| &self.entries[e as usize]);
        Mention {
            id,
            block: block.id.clone(),
            start: candidate.start,
            end: candidate.end,
            surface: chars[candidate.start..candidate.end].iter().collect(),
            kind: candidate.kind,
            entity: entry.map(|e| self.iri(e)),
            label: entry.map(|e| e.ja.clone()),
            confidence: f64::from(candidate.score) / 1000.0,
            rule: candidate.rule.to_owned(),
            value: candidate.value,
        }
    }
}

/// Distinct entities in order of IRI, with the surfaces they were met under.
fn entities(mentions: &[Mention]) -> Vec<Entity> {
    let mut out: Vec<Entity> = Vec::new();
    for mention in mentions {
        let (Some(id), Some(label)) = (&mention.entity, &mention.label) else { continue };
        let at = match out.binary_search_by(|e| e.id.cmp(id)) {
            Ok(at) => at,
            Err(at) => {
                out.insert(
                    at,
                    Entity { id: id.clone(), kind: mention.kind, label: label.clone(), aliases: Vec::new() },
                );
                at
            }
        };
        let entity = &mut out[at];
        if mention.surface != entity.label && !entity.aliases.contains(&mention.surface) {
            entity.aliases.push(mention.surface.clone());
        }
    }
    for entity in &mut out {
        entity.aliases.sort();
    }
    out
}

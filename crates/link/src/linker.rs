//! A document's names, dates and quantities.

use hakusho_lexicon::{
    DateContext, Entry, EventWords, Matcher, OrgForms, Strength, dates, fold, is_measure, quantities,
};
use hakusho_model::{Block, BlockKind, Document, Entity, Mention, MentionKind, Quantity, Value};

use crate::candidate::{Candidate, select};
use crate::definitions::Definitions;
use crate::events::events;
use crate::figures::{exhibit_figures, figures};
use crate::forms::{is_name, organisations};

/// Longest head of a chronology entry, in characters.
const HEAD: usize = 20;

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
    org_forms: OrgForms,
    /// Namespace of entity IRIs, ending in a slash.
    base: String,
}

impl Linker {
    /// Prepares the matcher; `base` is the namespace under which entries have their IRIs.
    pub fn new(entries: Vec<Entry>, event_words: EventWords, org_forms: OrgForms, base: &str) -> Self {
        let matcher = Matcher::new(&entries);
        Self::with_matcher(entries, matcher, event_words, org_forms, base)
    }

    /// As [`Self::new`] with a matcher over the same entries that is there already: building one takes seconds for many names.
    pub fn with_matcher(
        entries: Vec<Entry>,
        matcher: Matcher,
        event_words: EventWords,
        org_forms: OrgForms,
        base: &str,
    ) -> Self {
        Self { entries, matcher, event_words, org_forms, base: base.to_owned() }
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
            let mut candidates = self.candidates(block, &chars, &definitions, context);
            let addresses = addresses(&chars);
            candidates.retain(|c| !addresses.iter().any(|(start, end)| *start <= c.start && c.end <= *end));
            for candidate in select(candidates) {
                let id = format!("m{}", mentions.len() + 1);
                mentions.push(self.mention(id, block, &chars, candidate));
            }
        }
        document.entities = entities(&mentions);
        document.mentions = mentions;
        document.events = events(document, &self.event_words);
        document.observations = exhibit_figures(document);
        document.observations.extend(figures(document, &is_measure));
        for (i, figure) in document.observations.iter_mut().enumerate() {
            figure.id = format!("o{}", i + 1);
        }
    }

    fn candidates(
        &self,
        block: &Block,
        chars: &[char],
        definitions: &Definitions,
        context: &LinkContext,
    ) -> Vec<Candidate> {
        let mut out = self.names(block, chars, definitions);
        out.extend(self.formed(chars, &out));
        out.extend(head(block, chars, &out));
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
                Strength::Weak if is_head(block, chars, hit.start, hit.end) => ("head", 900),
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

    /// Organisations by the form of their name. One that is a listed name with its legal form is that entry; one that ends
    /// where a listed name ends says no more than the list.
    fn formed(&self, chars: &[char], listed: &[Candidate]) -> Vec<Candidate> {
        let mut out = Vec::new();
        for mut found in organisations(chars, &self.org_forms) {
            // A country before the name, and whatever else is named there, is not part of it.
            let place = |c: &&Candidate| c.start <= found.start && c.end > found.start && c.kind == MentionKind::Loc;
            if let Some(place) = listed.iter().filter(place).find(|c| c.end + 3 < found.end) {
                found.start = place.end;
            }
            let inside = |c: &&Candidate| found.start <= c.start && c.end <= found.end && c.kind == MentionKind::Org;
            let same = |c: &&Candidate| {
                let before: Vec<char> = chars[found.start..c.start].to_vec();
                let behind: Vec<char> = chars[c.end..found.end].to_vec();
                let form = |part: &Vec<char>, list: &[Vec<char>]| part.is_empty() || list.contains(part);
                form(&before, &self.org_forms.prefixes) && form(&behind, &self.org_forms.suffixes[..])
            };
            let across = listed.iter().any(|c| c.start < found.start && c.end > found.start && c.end <= found.end);
            let whole = listed.iter().any(|c| c.start <= found.start && c.end >= found.end);
            if across || whole {
                continue;
            }
            let entry = listed.iter().filter(inside).find(same).and_then(|c| c.entry);
            out.push(Candidate {
                start: found.start,
                end: found.end,
                kind: MentionKind::Org,
                entry,
                rule: "form",
                score: if entry.is_some() { 955 } else { 900 },
                value: None,
            });
        }
        out
    }

    /// IRI of an organisation that no list has: made of its folded name, so that it is the same in every report.
    fn unlisted(&self, rule: &str, surface: &str) -> Option<String> {
        let key = |c: char| if c.is_alphanumeric() || c == 'ー' { c } else { '-' };
        matches!(rule, "form" | "head").then(|| {
            let name: String = fold(surface).text().chars().map(key).collect();
            format!("{}org/nil/{name}", self.base)
        })
    }

    fn mention(&self, id: String, block: &Block, chars: &[char], candidate: Candidate) -> Mention {
        let entry = candidate.entry.map(|e| &self.entries[e as usize]);
        let surface: String = chars[candidate.start..candidate.end].iter().collect();
        let unlisted = candidate.entry.is_none().then(|| self.unlisted(candidate.rule, &surface)).flatten();
        Mention {
            id,
            block: block.id.clone(),
            start: candidate.start,
            end: candidate.end,
            kind: candidate.kind,
            entity: entry.map(|e| self.iri(e)).or_else(|| unlisted.clone()),
            label: entry.map(|e| e.ja.clone()).or_else(|| unlisted.map(|_| surface.clone())),
            confidence: f64::from(candidate.score) / 1000.0,
            rule: candidate.rule.to_owned(),
            value: candidate.value,
            surface,
        }
    }
}

/// Spans of web addresses: what stands in them names and counts nothing.
fn addresses(chars: &[char]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for start in 0..chars.len() {
        let begins = ["http://", "https://"].iter().any(|scheme| {
            let scheme: Vec<char> = scheme.chars().collect();
            chars[start..].starts_with(&scheme)
        });
        if begins && out.last().is_none_or(|(_, end)| *end <= start) {
            let length =
                chars[start..].iter().take_while(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"')).count();
            out.push((start, start + length));
        }
    }
    out
}

/// Whether a span is the head of a chronology entry.
fn is_head(block: &Block, chars: &[char], start: usize, end: usize) -> bool {
    block.kind == BlockKind::ChronologyEntry
        && chars[..start].iter().all(|c| !c.is_alphanumeric())
        && matches!(chars.get(end), Some('、' | '，'))
}

/// The head of a chronology entry (`・甲社、…`) that nothing else has named: whom the entry is about.
fn head(block: &Block, chars: &[char], known: &[Candidate]) -> Option<Candidate> {
    if block.kind != BlockKind::ChronologyEntry {
        return None;
    }
    let start = chars.iter().position(|c| !matches!(c, '・' | '●' | '■' | '○' | '　' | ' '))?;
    let end = start + chars[start..].iter().take(HEAD + 1).position(|c| matches!(c, '、' | '，'))?;
    let name = &chars[start..end];
    let foreign = |c: &char| matches!(c, '\u{30A1}'..='\u{30FA}' | 'A'..='Z' | 'a'..='z' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    let plain = name.len() >= 2 && name.iter().any(foreign) && name.iter().all(|c| is_name(*c));
    let survey = name.ends_with(&['調', '査']);
    let taken = known.iter().any(|c| c.start < end && start < c.end);
    let (kind, rule) = (MentionKind::Org, "head");
    (plain && !taken && !survey).then_some(Candidate { start, end, kind, entry: None, rule, score: 850, value: None })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_japanese_goes_on() {
        let chars: Vec<char> = "出典：https://a.example/83%E3（参照）http://b.example".chars().collect();
        let found: Vec<String> = addresses(&chars).iter().map(|(a, b)| chars[*a..*b].iter().collect()).collect();
        assert_eq!(found, ["https://a.example/83%E3", "http://b.example"]);
    }
}

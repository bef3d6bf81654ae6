//! What a linked report leaves open, as questions to people: one for each surface, with places, candidates and reasons.

mod collected;
mod proposals;
#[cfg(test)]
mod tests;
mod weak;

use hakusho_model::{
    Document, Mention, MentionKind, Proposal, Question, QuestionKind, order_proposals, order_questions,
};

pub(crate) use proposals::Name;

use crate::anaphora;
use crate::decisions;
use crate::linker::{LinkContext, Linker, Text};
use crate::rivals::{self, Met, Setting};
use collected::Collected;

/// Links below this are asked about.
const SURE: f64 = 0.8;

/// A linked document while its questions are collected.
struct Reader<'a> {
    linker: &'a Linker,
    document: &'a Document,
    texts: &'a [Text<'a>],
    edition: &'a str,
    year: Option<i32>,
}

impl Linker {
    /// The questions of a linked document, the most frequent first. The same document gives the same.
    pub fn questions(&self, document: &Document, context: &LinkContext) -> Vec<Question> {
        let texts = self.texts(document);
        let (edition, year) = (context.edition.as_str(), context.edition_year);
        let reader = Reader { linker: self, document, texts: &texts, edition, year };
        let mut collected = Collected::new(document);
        for mention in &document.mentions {
            reader.ask(mention, &mut collected);
        }
        reader.weak(&mut collected);
        let mut questions = collected.questions();
        order_questions(&mut questions);
        questions
    }
}

impl Reader<'_> {
    /// Takes up what a mention leaves open, if it does.
    fn ask(&self, mention: &Mention, collected: &mut Collected<'_>) {
        let Some(kind) = open(mention) else { return };
        match kind {
            QuestionKind::Unlisted => self.unlisted(mention, collected),
            QuestionKind::Ambiguous => {
                let candidates = || self.rivals(mention);
                collected.add(kind, mention.kind, &mention.surface, at(mention), candidates);
            }
            QuestionKind::Low => {
                let candidates = || linked(mention);
                collected.add(kind, mention.kind, &mention.surface, at(mention), candidates);
            }
            _ => collected.add(kind, mention.kind, &mention.surface, at(mention), Vec::new),
        }
    }

    /// A name that no list has counts under the name by which the report calls it, whatever short forms it uses.
    fn unlisted(&self, mention: &Mention, collected: &mut Collected<'_>) {
        let name = mention.label.as_deref().unwrap_or(&mention.surface);
        let candidates = || self.linker.proposals(name, mention.kind);
        collected.add(QuestionKind::Unlisted, mention.kind, name, at(mention), candidates);
    }

    /// The entries that share a mention's surface.
    fn rivals(&self, mention: &Mention) -> Vec<Proposal> {
        let Some(text) = self.texts.iter().find(|t| t.block.id == mention.block) else { return Vec::new() };
        let same = |h: &&hakusho_lexicon::Hit| (h.start, h.end) == (mention.start, mention.end);
        let entries = text.hits.iter().filter(same).map(|h| h.entry);
        self.scored(text, entries, mention.kind, (mention.start, mention.end))
    }

    /// Entries of a type behind a span, scored in their place.
    fn scored(
        &self,
        text: &Text<'_>,
        entries: impl Iterator<Item = u32>,
        kind: MentionKind,
        span: (usize, usize),
    ) -> Vec<Proposal> {
        let setting =
            Setting { entries: self.linker.entries(), met: Met(self.texts), hits: &text.hits, year: self.year };
        let surface: String = text.chars[span.0..span.1].iter().collect();
        let proposal = |number: u32| {
            let entry = &self.linker.entries()[number as usize];
            let score = setting.score(number, &surface, span);
            let (entity, label) = (self.linker.iri(entry), entry.ja.clone());
            Proposal { entity, label, score: score.points, reasons: score.reasons }
        };
        let fits = |n: &u32| self.linker.entries()[*n as usize].kind == kind;
        let mut out: Vec<Proposal> = entries.filter(fits).map(proposal).collect();
        order_proposals(&mut out);
        out.dedup();
        out
    }
}

/// What a mention leaves open; what a person has decided leaves nothing open.
fn open(mention: &Mention) -> Option<QuestionKind> {
    if mention.rule == decisions::RULE {
        return None;
    }
    match &mention.entity {
        Some(entity) if entity.contains("/nil/") => Some(QuestionKind::Unlisted),
        Some(_) => (mention.confidence < SURE).then_some(QuestionKind::Low),
        None if mention.rule == rivals::RULE => Some(QuestionKind::Ambiguous),
        None if mention.rule == anaphora::RULE => Some(QuestionKind::Leaning),
        None => (mention.kind == MentionKind::Date && mention.value.is_none()).then_some(QuestionKind::Undated),
    }
}

fn at(mention: &Mention) -> (&str, usize, usize) {
    (&mention.block, mention.start, mention.end)
}

/// The link as it was made.
fn linked(mention: &Mention) -> Vec<Proposal> {
    let label = mention.label.clone().unwrap_or_default();
    let score = (mention.confidence * 1000.0).round() as i32;
    let reasons = vec![format!("linked by the rule `{}`", mention.rule)];
    mention
        .entity
        .iter()
        .map(|e| Proposal { entity: e.clone(), label: label.clone(), score, reasons: reasons.clone() })
        .collect()
}

//! Questions while they are collected: equal ones are counted, the first places kept.

use std::collections::BTreeMap;

use hakusho_lexicon::match_key;
use hakusho_model::{Document, MentionKind, Place, Proposal, Question, QuestionKind};
use rustc_hash::FxHashMap;

use crate::stable::stable_id;

/// Characters that a quote shows on either side.
const AROUND: usize = 24;

/// The questions of one document.
pub(super) struct Collected<'d> {
    document: &'d Document,
    /// Number of a block by its id.
    blocks: FxHashMap<&'d str, usize>,
    questions: BTreeMap<(QuestionKind, MentionKind, String), Question>,
}

impl<'d> Collected<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        let blocks = document.blocks.iter().enumerate().map(|(i, b)| (b.id.as_str(), i)).collect();
        Self { document, blocks, questions: BTreeMap::new() }
    }

    /// Counts a surface at a place; candidates are looked for when it is met first.
    pub(super) fn add(
        &mut self,
        kind: QuestionKind,
        entity_type: MentionKind,
        surface: &str,
        place: (&str, usize, usize),
        candidates: impl FnOnce() -> Vec<Proposal>,
    ) {
        let shown = self.place(place);
        let key = match_key(surface).text();
        let question = self.questions.entry((kind, entity_type, key)).or_insert_with_key(|(_, _, key)| Question {
            id: stable_id('q', &[kind.as_str(), entity_type.as_str(), key]),
            kind,
            surface: surface.to_owned(),
            entity_type,
            count: 0,
            places: Vec::new(),
            candidates: candidates(),
        });
        question.count += 1;
        if question.places.len() < Question::PLACES {
            question.places.extend(shown);
        }
    }

    fn place(&self, (id, start, end): (&str, usize, usize)) -> Option<Place> {
        let block = &self.document.blocks[*self.blocks.get(id)?];
        let chars: Vec<char> = block.text.chars().collect();
        let part = |from: usize, to: usize| {
            let text: String = chars[from.min(chars.len())..to.min(chars.len())].iter().collect();
            text.replace(['\n', '\t', '\r'], " ")
        };
        let quote =
            format!("{}[[{}]]{}", part(start.saturating_sub(AROUND), start), part(start, end), part(end, end + AROUND));
        let line = block.lines.iter().find(|l| l.start <= start && start < l.end).map(|l| l.page);
        let (file, block_id) = (self.document.source.file.clone(), block.id.clone());
        Some(Place { file, block: block_id, page: line.or_else(|| block.page()), quote })
    }

    pub(super) fn questions(self) -> Vec<Question> {
        self.questions.into_values().collect()
    }
}

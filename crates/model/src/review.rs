//! Questions to people: decisions that the program did not take, or took without being sure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::MentionKind;

/// Why something is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// Several entries of one type have this surface, and none is ahead of the others.
    Ambiguous,
    /// A short or common surface that needs support and never had it.
    Weak,
    /// A name that no list has.
    Unlisted,
    /// A word that leans on a name before it, and found none.
    Leaning,
    /// A link that was made without being sure.
    Low,
    /// A date without a year to count from.
    Undated,
}

impl QuestionKind {
    /// All kinds.
    pub const ALL: [Self; 6] = [Self::Ambiguous, Self::Weak, Self::Unlisted, Self::Leaning, Self::Low, Self::Undated];

    /// The name used in JSON and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ambiguous => "ambiguous",
            Self::Weak => "weak",
            Self::Unlisted => "unlisted",
            Self::Leaning => "leaning",
            Self::Low => "low",
            Self::Undated => "undated",
        }
    }
}

/// Where a surface stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Name of the file.
    pub file: String,
    /// Id of the block.
    pub block: String,
    /// Physical page from 1.
    pub page: Option<u32>,
    /// The words around it, the surface between `[[` and `]]`.
    pub quote: String,
}

/// What a surface may name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// IRI of the entity.
    pub entity: String,
    /// Its label.
    pub label: String,
    /// How much speaks for it, in thousandths.
    pub score: i32,
    /// What speaks for or against it, in words.
    pub reasons: Vec<String>,
}

/// One decision to take: about a surface, not about a mention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Id that is the same in every report: a hash of kind, type and match key.
    pub id: String,
    /// Why it is asked.
    pub kind: QuestionKind,
    /// The surface as printed.
    pub surface: String,
    /// Type of the thing it names, or would name.
    #[serde(rename = "type")]
    pub entity_type: MentionKind,
    /// How often it stands in the text.
    pub count: usize,
    /// The first places, at most [`Question::PLACES`].
    pub places: Vec<Place>,
    /// What it may name, the likeliest first.
    pub candidates: Vec<Proposal>,
}

impl Question {
    /// Places that a question shows.
    pub const PLACES: usize = 3;

    /// Takes up the same question from another report.
    pub fn join(&mut self, other: Self) {
        self.count += other.count;
        self.places.extend(other.places);
        self.places.truncate(Self::PLACES);
        for proposal in other.candidates {
            match self.candidates.iter_mut().find(|c| c.entity == proposal.entity) {
                Some(known) if known.score >= proposal.score => {}
                Some(known) => *known = proposal,
                None => self.candidates.push(proposal),
            }
        }
        order_proposals(&mut self.candidates);
    }
}

/// The likeliest proposal first; ties by IRI.
pub fn order_proposals(proposals: &mut [Proposal]) {
    proposals.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.entity.cmp(&b.entity)));
}

/// The most frequent question first; ties by id.
pub fn order_questions(questions: &mut [Question]) {
    questions.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.id.cmp(&b.id)));
}

/// What one report gives to the review queue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Questions, the most frequent first.
    pub questions: Vec<Question>,
    /// How often each decision applied, by its id.
    pub applied: BTreeMap<String, usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposal(entity: &str, score: i32) -> Proposal {
        Proposal { entity: entity.to_owned(), label: String::new(), score, reasons: Vec::new() }
    }

    fn question(count: usize, candidates: &[(&str, i32)]) -> Question {
        let place = Place { file: String::new(), block: "b1".to_owned(), page: None, quote: String::new() };
        Question {
            id: "q".to_owned(),
            kind: QuestionKind::Weak,
            surface: "甲".to_owned(),
            entity_type: MentionKind::Org,
            count,
            places: vec![place; count.min(Question::PLACES)],
            candidates: candidates.iter().map(|(e, s)| proposal(e, *s)).collect(),
        }
    }

    #[test]
    fn joined_questions_add_counts_and_keep_the_best_of_each_candidate() {
        let mut one = question(2, &[("b", 300), ("a", 100)]);
        one.join(question(2, &[("a", 400), ("c", 300)]));
        assert_eq!((one.count, one.places.len()), (4, 3));
        let order: Vec<(&str, i32)> = one.candidates.iter().map(|c| (c.entity.as_str(), c.score)).collect();
        assert_eq!(order, [("a", 400), ("b", 300), ("c", 300)]);
    }
}

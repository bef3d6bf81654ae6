//! What people have decided about names, and how it is replayed on a report.

mod applied;
mod check;
mod table;

use std::collections::BTreeMap;

use hakusho_lexicon::match_key;
use hakusho_model::MentionKind;

pub(crate) use applied::{Ledger, Rulings};
pub use check::Refusal;
pub use table::{HEADER, RowProblem};

use crate::stable::stable_id;

/// Rule and score of what a person has decided.
pub(crate) const RULE: &str = "decision";
/// Score of what a person has decided.
pub(crate) const SCORE: u16 = 1000;

/// What a decision says of a surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// It names the target, wherever it stands free.
    Is,
    /// It names nothing of that type.
    Not,
    /// It is of another type, which the target says.
    Type,
    /// The name that no list has is the same thing as the target.
    Same,
    /// It is not the listed thing but one that no list has.
    Differs,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 5] = [Self::Is, Self::Not, Self::Type, Self::Same, Self::Differs];

    /// The word in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Is => "is",
            Self::Not => "not",
            Self::Type => "type",
            Self::Same => "same",
            Self::Differs => "differs",
        }
    }

    /// The action of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.as_str() == word)
    }
}

/// One decision: a row of `decisions.tsv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The surface; what has the same match key is the same.
    pub surface: String,
    /// Type of the mentions it speaks of.
    pub kind: MentionKind,
    /// What is said.
    pub action: Action,
    /// Path below the namespace, or the other type of `type`.
    pub target: String,
    /// Where it holds: everywhere (empty), in the file whose SHA-256 begins so, or in the edition of that slug.
    pub scope: String,
    /// Why, in free words.
    pub note: String,
    /// When it was made.
    pub made: String,
}

/// What a decision is known by: the newer of two with the same place takes the place of the older.
pub(crate) type Place = (String, MentionKind, String);

impl Decision {
    pub(crate) fn place(&self) -> Place {
        (match_key(&self.surface).text(), self.kind, self.scope.clone())
    }

    /// Id that is the same as long as surface, type, action, target and scope are.
    pub fn id(&self) -> String {
        let (key, kind, scope) = self.place();
        stable_id('d', &[&key, kind.as_str(), self.action.as_str(), &self.target, &scope])
    }

    /// Whether it holds in a file of an edition.
    pub fn holds_in(&self, sha256: &str, edition: &str) -> bool {
        let scope = self.scope.as_str();
        scope.is_empty() || scope == edition || is_hash(scope) && sha256.starts_with(scope)
    }
}

/// Whether a scope is the beginning of a SHA-256: eight digits at least, so that no slug is taken for one.
fn is_hash(scope: &str) -> bool {
    (8..=64).contains(&scope.len()) && scope.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// Decisions, one a surface, type and scope.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions(BTreeMap<Place, Decision>);

impl Decisions {
    /// Whether nothing was decided.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// In order of surface, type and scope.
    pub fn iter(&self) -> impl Iterator<Item = &Decision> {
        self.0.values()
    }

    /// Takes up a decision; gives the older one of the same surface, type and scope back.
    pub fn insert(&mut self, decision: Decision) -> Option<Decision> {
        self.0.insert(decision.place(), decision)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(scope: &str) -> Decision {
        Decision {
            surface: "財団".to_owned(),
            kind: MentionKind::Org,
            action: Action::Not,
            target: String::new(),
            scope: scope.to_owned(),
            note: String::new(),
            made: String::new(),
        }
    }

    #[test]
    fn scopes() {
        let check = |scope: &str, expected| {
            assert_eq!(decision(scope).holds_in("0123456789ab", "mihon-r07"), expected, "{scope}");
        };
        check("", true);
        check("mihon-r07", true);
        check("mihon-r06", false);
        check("01234567", true);
        // One digit fewer is no beginning of a hash.
        check("0123456", false);
        check("11234567", false);
    }

    #[test]
    fn the_newer_decision_takes_the_place_of_the_older() {
        let mut decisions = Decisions::default();
        assert!(decisions.insert(decision("")).is_none());
        assert!(decisions.insert(Decision { action: Action::Differs, ..decision("") }).is_some());
        assert!(decisions.insert(decision("mihon-r07")).is_none());
        assert_eq!(decisions.len(), 2);
    }
}

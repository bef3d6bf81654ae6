//! What a measure says besides its number: what was missed, what was wrongly found, what differs.

use serde::Serialize;

use crate::score::{Score, Scores};

/// How a miss came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Verdict {
    /// The gold has it, the document has not.
    Missed,
    /// The document has it, the gold has not.
    Wrong,
    /// Both have it, and they differ.
    Differs,
}

/// One thing that lowered a measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Miss {
    /// Name of the measure, as in the scores.
    pub measure: &'static str,
    /// How it came about.
    pub verdict: Verdict,
    /// Physical page from 1, where one is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// What the gold says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gold: Option<String>,
    /// What the document says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
}

/// Scores and misses while they are being collected.
#[derive(Clone, Debug, Default)]
pub(crate) struct Findings {
    pub(crate) scores: Scores,
    pub(crate) misses: Vec<Miss>,
}

impl Findings {
    pub(crate) fn score(&mut self, name: impl Into<String>, score: Option<Score>) {
        self.scores.push(name, score);
    }

    pub(crate) fn missed(&mut self, measure: &'static str, page: Option<u32>, gold: impl Into<String>) {
        self.push(measure, Verdict::Missed, page, Some(gold.into()), None);
    }

    pub(crate) fn wrong(&mut self, measure: &'static str, page: Option<u32>, found: impl Into<String>) {
        self.push(measure, Verdict::Wrong, page, None, Some(found.into()));
    }

    pub(crate) fn differs(
        &mut self,
        measure: &'static str,
        page: Option<u32>,
        gold: impl Into<String>,
        found: impl Into<String>,
    ) {
        self.push(measure, Verdict::Differs, page, Some(gold.into()), Some(found.into()));
    }

    fn push(
        &mut self,
        measure: &'static str,
        verdict: Verdict,
        page: Option<u32>,
        gold: Option<String>,
        found: Option<String>,
    ) {
        self.misses.push(Miss { measure, verdict, page, gold, found });
    }
}

//! One report, and many: scores with what lowered them, and their mean.

use std::collections::{BTreeMap, BTreeSet};

use hakusho_model::{Document, Source};

use crate::finding::Miss;
use crate::gold::Gold;
use crate::measures::Case;
use crate::score::Scores;
use crate::tuning::Tuning;

/// What came of comparing a document with its gold.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Evaluation {
    /// The scores by name.
    pub scores: Scores,
    /// What lowered them, measure by measure, in the order of the report.
    pub misses: Vec<Miss>,
    /// Mentions by type and rule.
    pub tuning: Tuning,
}

/// Compares a document with its gold. Measures only what the gold annotates; the outcome is always the same.
pub fn evaluate(gold: &Gold, document: &Document) -> Evaluation {
    let (out, tuning) = Case::new(gold, document).measure();
    Evaluation { scores: out.scores, misses: out.misses, tuning }
}

/// Ids of the entities that the document's mentions inside the annotated passages are linked to.
pub fn linked_entities(gold: &Gold, document: &Document) -> BTreeSet<String> {
    Case::new(gold, document).linked()
}

/// The evaluation of a report that could not be read: 0 wherever the gold asks for something.
pub fn failed(gold: &Gold) -> Evaluation {
    let (out, _) = Case::new(gold, &Document::new(Source::default())).measure();
    Evaluation { scores: out.scores.zeroed(), ..Evaluation::default() }
}

/// Mean of every number over the reports that have it, each report counting the same.
pub fn macro_mean<'s>(reports: impl IntoIterator<Item = &'s Scores>) -> BTreeMap<String, f64> {
    let mut sums: BTreeMap<String, (f64, usize)> = BTreeMap::new();
    for (name, value) in reports.into_iter().flat_map(Scores::numbers) {
        let sum = sums.entry(name).or_default();
        *sum = (sum.0 + value, sum.1 + 1);
    }
    sums.into_iter().map(|(name, (sum, count))| (name, sum / count as f64)).collect()
}

//! What changed between two editions: sections, exhibits, figures, rankings, names, incidents.
//!
//! Parts are compared by folded words with the years taken out: what only moved on by a year is the same part. Scores
//! are whole thousandths and ties go by position, so that equal editions give equal answers everywhere.
//!
//! ```
//! use hakusho_insight::editions::diff;
//! use hakusho_model::{Document, Source};
//! let document = Document::new(Source::default());
//! assert!(diff(&[&document], &[&document]).is_empty());
//! ```

mod align;
mod edition;
mod exhibits;
mod figures;
mod incidents;
mod names;
mod parts;
mod rankings;
mod sections;
#[cfg(test)]
mod testing;
mod words;

use hakusho_model::Document;
use serde::Serialize;

use edition::Edition;
pub use edition::{File, Place, Side};
pub use figures::{Figure, FigureChange, FigureDiff, Relation};
pub use incidents::{Incident, IncidentDiff, Retold};
pub use names::{Name, NameDiff};
pub use parts::{Part, PartChange, PartDiff, PartFate};
pub use rankings::{Move, RankingDiff};

/// What changed between two editions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EditionDiff {
    /// What is compared.
    pub before: Side,
    /// What it is compared with.
    pub after: Side,
    /// Sections: moved (another number or another section around it), renamed, new, gone.
    pub sections: PartDiff,
    /// Exhibits: moved (another number), renamed, new, gone.
    pub exhibits: PartDiff,
    /// Figures with another value.
    pub figures: FigureDiff,
    /// Rankings of the same perspective.
    pub rankings: Vec<RankingDiff>,
    /// Things named in one edition only.
    pub names: NameDiff,
    /// Incidents told in one edition only, or told otherwise.
    pub incidents: IncidentDiff,
}

impl EditionDiff {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.sections.changes.is_empty()
            && self.exhibits.changes.is_empty()
            && self.figures.changes.is_empty()
            && self.figures.only_before + self.figures.only_after == 0
            && self.rankings.iter().all(RankingDiff::is_empty)
            && self.names.new.is_empty()
            && self.names.gone.is_empty()
            && self.incidents.is_empty()
    }
}

/// Compares two editions, each with all its files in order of their parts.
pub fn diff(before: &[&Document], after: &[&Document]) -> EditionDiff {
    let (before, after) = (Edition::new(before), Edition::new(after));
    let (sections, section_pairs) = sections::compare(&before, &after);
    let (exhibits, exhibit_pairs) = exhibits::compare(&before, &after, &section_pairs);
    let (incidents, incident_counts) = incidents::compare(&before, &after);
    EditionDiff {
        before: before.side(incident_counts.0),
        after: after.side(incident_counts.1),
        sections,
        exhibits,
        figures: figures::compare(&before, &after, &exhibit_pairs),
        rankings: rankings::compare(&before, &after, &exhibit_pairs),
        names: names::compare(&before, &after),
        incidents,
    }
}

//! Spans that may be mentions, and the choice between those that overlap.

use hakusho_model::{MentionKind, Value};

/// What a candidate stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    /// Nothing that has an IRI: a date, a quantity.
    #[default]
    None,
    /// An entry of the lexicon.
    Entry(u32),
    /// An edition, version or wave of an entry, by the year or number as printed (`2021`, `第1.0版`).
    Edition(u32, String),
    /// The body that governs a place: 神奈川県 that announces something.
    Government(u32),
    /// A name that no list has; the key under which the document knows it, where that is another surface than its own.
    Unlisted(Option<String>),
    /// A word that leans on a name before it.
    Anaphor,
}

/// A span of a block's text that a rule takes for a mention.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: MentionKind,
    pub(crate) target: Target,
    /// Name of the rule.
    pub(crate) rule: &'static str,
    /// How sure the rule is, in thousandths.
    pub(crate) score: u16,
    pub(crate) value: Option<Value>,
}

impl Candidate {
    /// A name without a value.
    pub(crate) fn name(
        (start, end): (usize, usize),
        kind: MentionKind,
        target: Target,
        rule: &'static str,
        score: u16,
    ) -> Self {
        Self { start, end, kind, target, rule, score, value: None }
    }

    /// The lexicon's entry, if it stands for one as such.
    pub(crate) fn entry(&self) -> Option<u32> {
        match self.target {
            Target::Entry(entry) => Some(entry),
            _ => None,
        }
    }

    /// Whether the two share a character.
    pub(crate) fn touches(&self, start: usize, end: usize) -> bool {
        self.start < end && start < self.end
    }

    fn len(&self) -> usize {
        self.end - self.start
    }

    fn is_value(&self) -> bool {
        matches!(self.kind, MentionKind::Date | MentionKind::Qty)
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    fn holds(&self, other: &Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// Chooses among overlapping candidates: surer rules first, then longer spans; names strictly inside a chosen name stay.
///
/// The result is in order of start, longer first. Ties are broken by entry, so it does not depend on the input's order.
pub(crate) fn select(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    let rank = |c: &Candidate| (c.score / 100, c.len(), c.score);
    candidates.sort_by(|a, b| {
        rank(b)
            .cmp(&rank(a))
            .then(a.start.cmp(&b.start))
            .then_with(|| a.target.cmp(&b.target))
            .then(a.kind.cmp(&b.kind))
    });
    let mut chosen: Vec<Candidate> = Vec::new();
    for c in candidates {
        let fits = chosen.iter().all(|o| match (o.is_value(), c.is_value()) {
            _ if !o.overlaps(&c) => true,
            (false, false) => {
                o.holds(&c) && o.len() > c.len() && o.target != c.target || c.holds(o) && c.len() > o.len()
            }
            _ => false,
        });
        if fits {
            chosen.push(c);
        }
    }
    chosen.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)).then(a.kind.cmp(&b.kind)));
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(start: usize, end: usize, score: u16, entry: u32) -> Candidate {
        Candidate { start, end, kind: MentionKind::Org, target: Target::Entry(entry), rule: "test", score, value: None }
    }

    fn check(input: &[(usize, usize, u16, u32)], expected: &[(usize, usize)]) {
        let spans = |list: Vec<Candidate>| list.iter().map(|c| (c.start, c.end)).collect::<Vec<_>>();
        let forwards: Vec<Candidate> = input.iter().map(|c| candidate(c.0, c.1, c.2, c.3)).collect();
        let backwards: Vec<Candidate> = forwards.iter().rev().cloned().collect();
        assert_eq!(spans(select(forwards)), expected);
        assert_eq!(spans(select(backwards)), expected);
    }

    #[test]
    fn inner_names_stay_and_crossing_ones_go() {
        check(&[(0, 10, 950, 1), (0, 3, 950, 2)], &[(0, 10), (0, 3)]);
        check(&[(0, 5, 950, 1), (3, 8, 950, 2)], &[(0, 5)]);
        check(&[(0, 5, 700, 1), (3, 8, 950, 2)], &[(3, 8)]);
    }
}

//! Spans that may be mentions, and the choice between those that overlap.

use hakusho_model::{MentionKind, Value};

/// A span of a block's text that a rule takes for a mention.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: MentionKind,
    /// Index of the lexicon entry, for linked names.
    pub(crate) entry: Option<u32>,
    /// Name of the rule.
    pub(crate) rule: &'static str,
    /// How sure the rule is, in thousandths.
    pub(crate) score: u16,
    pub(crate) value: Option<Value>,
}

impl Candidate {
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
    let rank = |c: &Candidate| (c.score / 100, c.len());
    candidates.sort_by(|a, b| rank(b).cmp(&rank(a)).then(a.start.cmp(&b.start)).then(a.entry.cmp(&b.entry)));
    let mut chosen: Vec<Candidate> = Vec::new();
    for c in candidates {
        let fits = chosen.iter().all(|o| match (o.is_value(), c.is_value()) {
            _ if !o.overlaps(&c) => true,
            (false, false) => o.holds(&c) && o.len() > c.len() && o.entry != c.entry || c.holds(o) && c.len() > o.len(),
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
        Candidate { start, end, kind: MentionKind::Org, entry: Some(entry), rule: "test", score, value: None }
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

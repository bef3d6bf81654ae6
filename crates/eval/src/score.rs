//! Scores: a number with the counts it comes from, and the list of them that a report gets.

use serde::{Serialize, Serializer};

/// One measured number. All numbers lie between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Score {
    /// Precision, recall and their harmonic mean. `p` and `r` are missing where nothing could be judged though the gold asks for it.
    F1 {
        /// Share of what was found that is right.
        #[serde(skip_serializing_if = "Option::is_none")]
        p: Option<f64>,
        /// Share of the gold that was found.
        #[serde(skip_serializing_if = "Option::is_none")]
        r: Option<f64>,
        /// Harmonic mean of both.
        f1: f64,
        /// Found and right.
        hits: usize,
        /// Asked for.
        gold: usize,
        /// Found.
        found: usize,
    },
    /// Share of the judged items that are right.
    Share {
        /// `hits / of`; 0 where the gold asks for some and none could be judged.
        value: f64,
        /// Right ones.
        hits: usize,
        /// Judged ones.
        of: usize,
    },
    /// A number that is no share of a count.
    Ratio {
        /// The number.
        value: f64,
    },
}

impl Score {
    /// The number a table shows: the F1 or the share.
    pub fn value(self) -> f64 {
        match self {
            Self::F1 { f1, .. } => f1,
            Self::Share { value, .. } | Self::Ratio { value } => value,
        }
    }

    /// The same score of a report that could not be read.
    fn zero(self) -> Self {
        match self {
            Self::F1 { p, r, gold, .. } => {
                Self::F1 { p: p.map(|_| 0.0), r: r.map(|_| 0.0), f1: 0.0, hits: 0, gold, found: 0 }
            }
            Self::Share { of, .. } => Self::Share { value: 0.0, hits: 0, of },
            Self::Ratio { .. } => Self::Ratio { value: 0.0 },
        }
    }
}

/// The F1 of counts; `None` where neither side has anything.
pub(crate) fn f1(hits: usize, gold: usize, found: usize) -> Option<Score> {
    if gold == 0 && found == 0 {
        return None;
    }
    let of = |total: usize| if total == 0 { 0.0 } else { hits as f64 / total as f64 };
    let (p, r) = (of(found), of(gold));
    let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
    Some(Score::F1 { p: Some(p), r: Some(r), f1, hits, gold, found })
}

/// An F1 of 0 where the gold asks for something that nothing could be compared with.
pub(crate) fn nothing_to_judge(found: usize) -> Score {
    let known = (found > 0).then_some(0.0);
    Score::F1 { p: known, r: known, f1: 0.0, hits: 0, gold: 0, found }
}

/// A share of judged items; `asked` says whether the gold has such items at all.
pub(crate) fn share(hits: usize, of: usize, asked: bool) -> Option<Score> {
    if of > 0 {
        return Some(Score::Share { value: hits as f64 / of as f64, hits, of });
    }
    asked.then_some(Score::Share { value: 0.0, hits: 0, of: 0 })
}

/// Scores by name (`sections.heading`), in the order they were measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores {
    rows: Vec<(String, Score)>,
}

impl Scores {
    /// The scores with their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Score)> {
        self.rows.iter().map(|(name, score)| (name.as_str(), *score))
    }

    /// The score of that name; `None` where the gold does not annotate it.
    pub fn get(&self, name: &str) -> Option<Score> {
        self.iter().find(|(n, _)| *n == name).map(|(_, score)| score)
    }

    /// Every number with its full name: `NAME` for a share, `NAME.p`, `NAME.r` and `NAME.f1` for an F1.
    pub fn numbers(&self) -> Vec<(String, f64)> {
        let mut all = Vec::new();
        for (name, score) in self.iter() {
            match score {
                Score::F1 { p, r, f1, .. } => {
                    let parts = [("p", p), ("r", r), ("f1", Some(f1))];
                    all.extend(parts.iter().filter_map(|(part, v)| v.map(|v| (format!("{name}.{part}"), v))));
                }
                Score::Share { value, .. } | Score::Ratio { value } => all.push((name.to_owned(), value)),
            }
        }
        all
    }

    pub(crate) fn push(&mut self, name: impl Into<String>, score: Option<Score>) {
        self.rows.extend(score.map(|s| (name.into(), s)));
    }

    pub(crate) fn zeroed(self) -> Self {
        Self { rows: self.rows.into_iter().map(|(name, score)| (name, score.zero())).collect() }
    }
}

impl Serialize for Scores {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f1_of_counts() {
        assert_eq!(f1(0, 0, 0), None);
        assert_eq!(f1(0, 0, 3).map(Score::value), Some(0.0));
        assert_eq!(f1(2, 2, 2).map(Score::value), Some(1.0));
        assert_eq!(
            f1(1, 2, 1),
            Some(Score::F1 { p: Some(1.0), r: Some(0.5), f1: 2.0 / 3.0, hits: 1, gold: 2, found: 1 })
        );
    }

    #[test]
    fn a_share_of_nothing_is_missing_unless_it_was_asked_for() {
        assert_eq!(share(0, 0, false), None);
        assert_eq!(share(0, 0, true).map(Score::value), Some(0.0));
        assert_eq!(share(1, 4, true).map(Score::value), Some(0.25));
    }

    #[test]
    fn numbers_have_full_names_and_a_failed_report_has_zeros() {
        let mut scores = Scores::default();
        scores.push("a.b", f1(1, 1, 1));
        scores.push("c", share(1, 2, true));
        scores.push("d", None);
        let names: Vec<String> = scores.numbers().into_iter().map(|(n, _)| n).collect();
        assert_eq!(names, ["a.b.p", "a.b.r", "a.b.f1", "c"]);
        assert!(scores.zeroed().numbers().iter().all(|(_, v)| *v == 0.0));
    }
}

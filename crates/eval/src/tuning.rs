//! What helps to tune names: which types are mistaken for which, and how often each rule is right.

use std::collections::BTreeMap;

use hakusho_model::MentionKind;
use serde::Serialize;

use crate::measures::LinkVerdict;
use crate::score::{Score, f1};

/// Mentions by type and by rule, inside the annotated passages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tuning {
    confusions: BTreeMap<(String, String), usize>,
    /// By rule: right, wrong.
    rules: BTreeMap<String, (usize, usize)>,
    /// By rule: right, wrong, open.
    links: BTreeMap<String, [usize; 3]>,
    /// By type: right, asked for, found.
    spans: BTreeMap<&'static str, (usize, usize, usize)>,
}

/// How often a span of one type was given as another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Confusion {
    /// Type in the gold; `-` where the gold has nothing there.
    pub gold: String,
    /// Type in the document; `-` where the span was not found.
    pub found: String,
    /// How often.
    pub count: usize,
}

/// How often a rule was right.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RulePrecision {
    /// Name of the rule, as mentions carry it.
    pub rule: String,
    /// Mentions that the gold has too, with their type.
    pub right: usize,
    /// Mentions that the gold has not, or not so.
    pub wrong: usize,
    /// Share of the right ones.
    pub precision: f64,
}

/// Where the links of a rule lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RuleLinks {
    /// Name of the rule, as mentions carry it.
    pub rule: String,
    /// Links whose label is a name of the gold's thing.
    pub right: usize,
    /// Links to another thing of the gold.
    pub wrong: usize,
    /// Links with a label that the gold does not know.
    pub open: usize,
}

/// Stands for no mention at all.
const NONE: &str = "-";

impl Tuning {
    /// Adds what another report showed.
    pub fn add(&mut self, other: &Self) {
        for (key, count) in &other.confusions {
            *self.confusions.entry(key.clone()).or_default() += count;
        }
        for (rule, (right, wrong)) in &other.rules {
            let sums = self.rules.entry(rule.clone()).or_default();
            *sums = (sums.0 + right, sums.1 + wrong);
        }
        for (rule, counts) in &other.links {
            let sums = self.links.entry(rule.clone()).or_default();
            sums.iter_mut().zip(counts).for_each(|(sum, n)| *sum += n);
        }
        for (kind, counts) in &other.spans {
            self.add_spans(kind, *counts);
        }
    }

    /// F1 of the spans of one type, found with whatever type; `None` where neither side has any.
    pub fn spans(&self, kind: MentionKind) -> Option<Score> {
        let (hits, gold, found) = self.spans.get(kind.as_str()).copied().unwrap_or_default();
        f1(hits, gold, found)
    }

    /// Types that were taken for others, missed or made up, the most frequent first.
    pub fn confusions(&self) -> Vec<Confusion> {
        let row = |((gold, found), count): (&(String, String), &usize)| Confusion {
            gold: gold.clone(),
            found: found.clone(),
            count: *count,
        };
        let mut all: Vec<Confusion> = self.confusions.iter().map(row).collect();
        all.sort_by_key(|c| std::cmp::Reverse(c.count));
        all
    }

    /// Precision of every rule, the one with the most wrong mentions first.
    pub fn rules(&self) -> Vec<RulePrecision> {
        let row = |(rule, (right, wrong)): (&String, &(usize, usize))| RulePrecision {
            rule: rule.clone(),
            right: *right,
            wrong: *wrong,
            precision: *right as f64 / (right + wrong).max(1) as f64,
        };
        let mut all: Vec<RulePrecision> = self.rules.iter().map(row).collect();
        all.sort_by_key(|r| std::cmp::Reverse(r.wrong));
        all
    }

    /// Links that every rule makes, over mentions with the right span and type; the rule with the most wrong ones first.
    pub fn links(&self) -> Vec<RuleLinks> {
        let row = |(rule, [right, wrong, open]): (&String, &[usize; 3])| RuleLinks {
            rule: rule.clone(),
            right: *right,
            wrong: *wrong,
            open: *open,
        };
        let mut all: Vec<RuleLinks> = self.links.iter().map(row).collect();
        all.sort_by_key(|r| std::cmp::Reverse(r.wrong));
        all
    }

    pub(crate) fn confuse(&mut self, gold: Option<&str>, found: Option<&str>) {
        let key = (gold.unwrap_or(NONE).to_owned(), found.unwrap_or(NONE).to_owned());
        *self.confusions.entry(key).or_default() += 1;
    }

    pub(crate) fn count_spans(&mut self, kind: MentionKind, hits: usize, gold: usize, found: usize) {
        self.add_spans(kind.as_str(), (hits, gold, found));
    }

    fn add_spans(&mut self, kind: &'static str, (hits, gold, found): (usize, usize, usize)) {
        let sums = self.spans.entry(kind).or_default();
        *sums = (sums.0 + hits, sums.1 + gold, sums.2 + found);
    }

    pub(crate) fn judge(&mut self, rule: &str, right: bool) {
        let sums = self.rules.entry(rule.to_owned()).or_default();
        *if right { &mut sums.0 } else { &mut sums.1 } += 1;
    }

    pub(crate) fn judge_link(&mut self, rule: &str, verdict: &LinkVerdict) {
        let place = match verdict {
            LinkVerdict::Right => 0,
            LinkVerdict::Wrong(_) => 1,
            LinkVerdict::Open => 2,
        };
        self.links.entry(rule.to_owned()).or_default()[place] += 1;
    }
}

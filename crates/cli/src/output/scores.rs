//! What `eval` prints: scores as a table, what lowered them as lists, or all of it as JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use hakusho_eval::{Confusion, Evaluation, Miss, RuleLinks, RulePrecision, Score, Scores, Tuning, Verdict, macro_mean};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::{table, tuning};
use crate::gold_files::name;

/// Columns of a number with its gap.
const NUMBER: usize = 7;
/// Characters of a text in a list of misses; of longer ones that differ, the place where they do is shown.
const LONG: usize = 80;
/// Characters before that place.
const LEAD: usize = 15;

/// One report, measured.
#[derive(Clone, Debug, Default)]
pub(crate) struct Measured {
    /// Path of the annotation.
    pub(crate) gold: String,
    /// The PDF it speaks of.
    pub(crate) pdf: Option<PathBuf>,
    /// Short name.
    pub(crate) name: String,
    /// `None` where the annotation cannot be used.
    pub(crate) evaluation: Option<Evaluation>,
    /// Why it could not be measured.
    pub(crate) problem: Option<String>,
}

impl Measured {
    /// The file that a problem is about.
    pub(crate) fn subject(&self) -> String {
        let pdf = self.pdf.as_ref().filter(|_| self.evaluation.is_some());
        pdf.map_or_else(|| self.gold.clone(), |p| p.display().to_string())
    }

    fn title(&self) -> String {
        self.pdf.as_deref().map_or_else(|| self.name.clone(), name)
    }
}

fn scores(reports: &[Measured]) -> impl Iterator<Item = &Scores> {
    reports.iter().filter_map(|r| r.evaluation.as_ref()).map(|e| &e.scores)
}

/// Reports by number, a table of all measures with their mean, and if asked for the misses.
pub(crate) fn text(reports: &[Measured], misses: bool) -> String {
    let mut out = String::new();
    for (i, r) in reports.iter().enumerate() {
        let note = r.problem.as_ref().map(|p| format!(" (failed: {p})")).unwrap_or_default();
        let _ = writeln!(out, "{:>3}  {}{note}", i + 1, r.title());
    }
    grids(reports, &mut out);
    if misses {
        for r in reports {
            listing(r, &mut out);
        }
        tuning::push(&total(reports), &mut out);
    }
    out
}

/// The table, in as many parts as the terminal's width needs; the mean stands in the last column of the last.
fn grids(reports: &[Measured], out: &mut String) {
    let names = measures(reports);
    if names.is_empty() {
        return;
    }
    let mean = shown_mean(reports);
    let label = names.iter().map(|n| n.width()).max().unwrap_or(0).max("measure".len());
    let fit = (table::width().saturating_sub(label + NUMBER) / NUMBER).max(1);
    let all: Vec<(usize, &Measured)> = reports.iter().enumerate().collect();
    let parts = all.chunks(fit);
    let last = parts.len().saturating_sub(1);
    for (n, part) in parts.enumerate() {
        let _ = write!(out, "\n{:<label$}", "measure");
        for (i, _) in part {
            let _ = write!(out, "{:>NUMBER$}", i + 1);
        }
        out.push_str(if n == last { "   mean\n" } else { "\n" });
        for measure in &names {
            let _ = write!(out, "{measure:<label$}");
            for (_, r) in part {
                push_number(out, r.evaluation.as_ref().and_then(|e| e.scores.get(measure)).map(Score::value));
            }
            if n == last {
                push_number(out, mean.get(measure).copied());
            }
            out.push('\n');
        }
    }
}

fn push_number(out: &mut String, value: Option<f64>) {
    let text = value.map_or_else(|| "-".to_owned(), |v| format!("{v:.3}"));
    let _ = write!(out, "{text:>NUMBER$}");
}

/// Names of the measures of any report, in the order they are measured.
fn measures(reports: &[Measured]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for scores in scores(reports) {
        let mut next = 0;
        for (measure, _) in scores.iter() {
            match all.iter().position(|n| n == measure) {
                Some(at) => next = at + 1,
                None => {
                    all.insert(next, measure.to_owned());
                    next += 1;
                }
            }
        }
    }
    all
}

/// Mean of the number that the table shows, by measure.
fn shown_mean(reports: &[Measured]) -> BTreeMap<String, f64> {
    let mean = macro_mean(scores(reports));
    mean.into_iter().map(|(n, v)| (n.strip_suffix(".f1").map_or(n.clone(), ToOwned::to_owned), v)).collect()
}

/// Everything that lowered the scores of a report, measure by measure.
fn listing(report: &Measured, out: &mut String) {
    let Some(evaluation) = report.evaluation.as_ref().filter(|_| report.problem.is_none()) else { return };
    let _ = write!(out, "\n==== {}\n", report.title());
    let mut by_measure: Vec<(&str, Vec<&Miss>)> = Vec::new();
    for miss in &evaluation.misses {
        match by_measure.iter_mut().find(|(measure, _)| *measure == miss.measure) {
            Some((_, list)) => list.push(miss),
            None => by_measure.push((miss.measure, vec![miss])),
        }
    }
    if by_measure.is_empty() {
        out.push_str("nothing was missed and nothing is wrong\n");
    }
    for (measure, list) in by_measure {
        let score = evaluation.scores.get(measure).map(in_words).unwrap_or_default();
        let _ = write!(out, "\n{measure}{score}\n");
        for miss in list {
            push_miss(out, miss);
        }
    }
}

fn in_words(score: Score) -> String {
    match score {
        Score::F1 { f1, hits, gold, found, .. } => format!(" {f1:.3}: {hits} right, {gold} in the gold, {found} found"),
        Score::Share { value, hits, of } => format!(" {value:.3}: {hits} of {of}"),
        other => format!(" {:.3}", other.value()),
    }
}

fn push_miss(out: &mut String, miss: &Miss) {
    let page = miss.page.map_or_else(String::new, |p| format!("p{p}"));
    let gold = miss.gold.as_deref().unwrap_or_default();
    let found = miss.found.as_deref().unwrap_or_default();
    let line = match miss.verdict {
        Verdict::Missed => format!("missed   {}", cut(gold, 0)),
        Verdict::Wrong => format!("wrong    {}", cut(found, 0)),
        _ => {
            let from = difference(gold, found);
            format!("differs  {}\n{:15}found  {}", cut(gold, from), "", cut(found, from))
        }
    };
    let _ = writeln!(out, "  {page:<5} {line}");
}

/// Where two long texts begin to differ, a little before it.
fn difference(a: &str, b: &str) -> usize {
    if a.chars().count() <= LONG && b.chars().count() <= LONG {
        return 0;
    }
    // The texts may begin with a number or label on one side only; then they differ at once.
    a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count().saturating_sub(LEAD)
}

/// A part of a text, with dots where something is left out.
fn cut(text: &str, from: usize) -> String {
    let text = text.replace(['\n', '\t'], " ");
    let part: String = text.chars().skip(from).take(LONG).collect();
    let before = if from > 0 { "…" } else { "" };
    let after = if text.chars().count() > from + LONG { "…" } else { "" };
    format!("{before}{part}{after}")
}

fn total(reports: &[Measured]) -> Tuning {
    let mut sum = Tuning::default();
    reports.iter().filter_map(|r| r.evaluation.as_ref()).for_each(|e| sum.add(&e.tuning));
    sum
}

#[derive(Serialize)]
struct Output<'a> {
    schema: &'static str,
    documents: Vec<Row<'a>>,
    #[serde(rename = "macro")]
    mean: BTreeMap<String, f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confusions: Option<Vec<Confusion>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rules: Option<Vec<RulePrecision>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<Vec<RuleLinks>>,
}

#[derive(Serialize)]
struct Row<'a> {
    document: &'a str,
    gold: &'a str,
    pdf: Option<String>,
    error: Option<&'a str>,
    scores: Option<&'a Scores>,
    #[serde(skip_serializing_if = "Option::is_none")]
    misses: Option<&'a [Miss]>,
}

/// All numbers with their counts; with the misses where asked for.
pub(crate) fn json(reports: &[Measured], misses: bool) -> Result<String> {
    let sum = total(reports);
    let output = Output {
        schema: "hakusho-eval/1",
        documents: reports.iter().map(|r| json_row(r, misses)).collect(),
        mean: macro_mean(scores(reports)),
        confusions: misses.then(|| sum.confusions()),
        rules: misses.then(|| sum.rules()),
        links: misses.then(|| sum.links()),
    };
    Ok(serde_json::to_string_pretty(&output)? + "\n")
}

fn json_row(r: &Measured, misses: bool) -> Row<'_> {
    let evaluation = r.evaluation.as_ref();
    Row {
        document: &r.name,
        gold: &r.gold,
        pdf: r.pdf.as_ref().map(|p| p.display().to_string()),
        error: r.problem.as_deref(),
        scores: evaluation.map(|e| &e.scores),
        misses: evaluation.filter(|_| misses).map(|e| e.misses.as_slice()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_shown_where_they_differ() {
        let same = "あ".repeat(LONG);
        assert_eq!(difference(&same, &format!("{}い", &same[3..])), 0);
        let (a, b) = (format!("{same}い"), format!("{same}う"));
        assert_eq!(difference(&a, &b), LONG - LEAD);
        assert_eq!(cut(&a, difference(&a, &b)), format!("…{}い", "あ".repeat(LEAD)));
        assert_eq!(cut(&a, 0), format!("{same}…"));
    }
}

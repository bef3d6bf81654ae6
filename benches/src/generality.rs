//! How much is found in a report whose names no list has: every name of the report is taken out of the lexicon, and the
//! report is linked again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use hakusho_eval::{Evaluation, Gold, Score, evaluate, linked_entities};
use hakusho_lexicon::{Entry, match_key};
use hakusho_model::MentionKind;
use hakusho_pipeline::{Knowledge, ReadOptions, read, source, understand};

use crate::files::stem;
use crate::golds::{self, Annotated};
use crate::table::{Table, mean};

/// F1 of organisations that a report nobody knows should come to.
const TARGET: f64 = 0.75;
/// The measure of all names, and of organisations.
const ALL: &str = "mentions.strict";
const ORG: &str = "mentions.by_type.ORG";

/// A report read twice.
struct Compared {
    name: String,
    removed: usize,
    full: Evaluation,
    without: Evaluation,
}

/// The table, and what is lost where `lost` is asked for.
pub(crate) fn report(folder: &Path, lost: bool) -> Result<String> {
    let knowledge = Knowledge::embedded()?;
    let mut all = Vec::new();
    // A report without annotated names says nothing here.
    for annotated in golds::read(folder)?.iter().filter(|a| a.gold.surfaces().next().is_some()) {
        all.push(compare(annotated, &knowledge)?);
    }
    let mut out = table(&all);
    if lost {
        push_lost(&all, &mut out);
    }
    Ok(out)
}

fn compare(annotated: &Annotated, knowledge: &Knowledge) -> Result<Compared> {
    let Annotated { gold, pdf } = annotated;
    let bytes = std::fs::read(pdf).with_context(|| format!("cannot read `{}`", pdf.display()))?;
    let content = read(&bytes, &ReadOptions::default()).with_context(|| pdf.display().to_string())?;
    let linked = |knowledge: &Knowledge| understand(&content, source(&stem(pdf), &bytes), knowledge);
    let full = linked(knowledge);
    let (known, removed) = without_names(gold, &linked_entities(gold, &full), knowledge)?;
    let (full, without) = (evaluate(gold, &full), evaluate(gold, &linked(&known)));
    Ok(Compared { name: stem(pdf), removed, full, without })
}

/// The lexicon without the entries that a report names, and how many they are: those with a surface of the gold's, and
/// those that are linked in the annotated passages.
fn without_names(gold: &Gold, linked: &BTreeSet<String>, knowledge: &Knowledge) -> Result<(Knowledge, usize)> {
    let named: BTreeSet<String> = gold.surfaces().map(key).collect();
    let mut removed = 0;
    let rest = Knowledge::with_names(&knowledge.base, |entry| {
        let goes = linked.contains(&knowledge.linker.iri(entry)) || surfaces(entry).any(|s| named.contains(&key(s)));
        removed += usize::from(goes);
        !goes
    })?;
    Ok((rest, removed))
}

fn surfaces(entry: &Entry) -> impl Iterator<Item = &str> {
    let labels = [&entry.ja, &entry.en].into_iter();
    labels.chain(&entry.aliases).chain(&entry.weak).map(String::as_str).filter(|s| !s.is_empty())
}

fn key(surface: &str) -> String {
    match_key(surface).text()
}

fn table(all: &[Compared]) -> String {
    let mut table = Table::new(&[
        "document",
        "names removed",
        "ORG P/R/F1, full lexicon",
        "ORG P/R/F1 without",
        "ORG spans P/R/F1 without",
        "all types F1 without",
    ]);
    for c in all {
        table.row(&[
            c.name.clone(),
            c.removed.to_string(),
            parts(c.full.scores.get(ORG)),
            parts(c.without.scores.get(ORG)),
            parts(c.without.tuning.spans(MentionKind::Org)),
            value(c.without.scores.get(ALL)),
        ]);
    }
    let f1 = |of: &dyn Fn(&Compared) -> Option<Score>| {
        mean(&all.iter().filter_map(of).map(Score::value).collect::<Vec<_>>())
    };
    let shown = |of: &dyn Fn(&Compared) -> Option<Score>| format!("{:.3}", f1(of));
    table.row(&[
        "mean".to_owned(),
        String::new(),
        shown(&|c| c.full.scores.get(ORG)),
        shown(&|c| c.without.scores.get(ORG)),
        shown(&|c| c.without.tuning.spans(MentionKind::Org)),
        shown(&|c| c.without.scores.get(ALL)),
    ]);
    format!("## Generality\n\nTarget: ORG F1 of {TARGET} without the report's names.\n\n{}", table.finish())
}

fn parts(score: Option<Score>) -> String {
    match score {
        Some(Score::F1 { p, r, f1, .. }) => {
            let part = |v: Option<f64>| v.map_or_else(|| "-".to_owned(), |v| format!("{v:.3}"));
            format!("{} / {} / {f1:.3}", part(p), part(r))
        }
        other => value(other),
    }
}

fn value(score: Option<Score>) -> String {
    score.map_or_else(|| "-".to_owned(), |s| format!("{:.3}", s.value()))
}

/// Organisations that are found with the full lexicon and not without the names, and what is wrongly taken for one then.
/// What another file of the same report has lost too is listed once.
fn push_lost(all: &[Compared], out: &mut String) {
    let mut listed = BTreeSet::new();
    for c in all {
        let lines = new_lines(&c.full, &c.without);
        // Writing to a string cannot fail.
        let _ = write!(out, "\n### {}\n\n", c.name);
        for line in lines.iter().filter(|l| !listed.contains(*l)) {
            let _ = writeln!(out, "- {line}");
        }
        listed.extend(lines);
    }
}

/// Misses of the second evaluation that the first one has not.
fn new_lines(full: &Evaluation, without: &Evaluation) -> Vec<String> {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for line in lines(full) {
        *known.entry(line).or_default() += 1;
    }
    let is_new = |line: &String| match known.get_mut(line).filter(|n| **n > 0) {
        Some(n) => {
            *n -= 1;
            false
        }
        None => true,
    };
    lines(without).into_iter().filter(is_new).collect()
}

/// The misses that are about organisations, in words.
fn lines(evaluation: &Evaluation) -> Vec<String> {
    let is_org = |text: &Option<String>| text.as_ref().is_some_and(|t| t.starts_with("ORG "));
    let of_names = evaluation.misses.iter().filter(|m| m.measure == ALL && (is_org(&m.gold) || is_org(&m.found)));
    of_names
        .map(|m| match (&m.gold, &m.found) {
            (Some(gold), Some(found)) => format!("lost {gold}, found {found}"),
            (Some(gold), None) => format!("lost {gold}"),
            (None, found) => format!("wrong {}", found.as_deref().unwrap_or_default()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use hakusho_eval::Names;

    use super::*;

    #[test]
    fn entries_go_by_any_surface_or_by_their_link_and_all_others_stay() {
        let knowledge = Knowledge::embedded().expect("the embedded lexicon");
        let gold = r#"{"passages": [{"id": "p", "text": "ＮＩＣＴは12件"}], "mentions": [
            {"passage": "p", "surface": "ＮＩＣＴ", "type": "ORG"}, {"passage": "p", "surface": "12件", "type": "QTY"}]}"#;
        let gold = Gold::parse(gold, &Names::default()).expect("a gold");
        let entry = |label: &str| knowledge.linker.entries().iter().find(|e| e.ja == label).expect("an entry");
        let linked = BTreeSet::from([knowledge.linker.iri(entry("総務省"))]);
        let (rest, removed) = without_names(&gold, &linked, &knowledge).expect("the rest");
        assert_eq!(rest.linker.entries().len() + removed, knowledge.linker.entries().len());
        let has = |label: &str| rest.linker.entries().iter().any(|e| e.ja == label);
        assert_eq!([has("情報通信研究機構"), has("総務省"), has("経済産業省")], [false, false, true]);
    }
}

//! The annotations of the seeds: plain texts annotated by line and column, several reports in one folder.

mod knowledge;
mod rows;
mod structure;

use std::io;

use super::{Gold, GoldError, Names};
use crate::fold::mend;
use rows::{PassageRow, Row, parse};

const PASSAGES: &str = "gold_passages.json";
const MENTIONS: &str = "gold_entities.jsonl";
const INCIDENTS: &str = "gold_incidents.jsonl";
const STATS: &str = "gold_stats.jsonl";
const STRUCTURE: &str = "gold_structure.jsonl";

/// The printed lines of a seed, from 1, as characters.
struct Lines(Vec<Vec<char>>);

impl Lines {
    /// Lines are mended: the texts have an ellipsis where a space in Latin words was lost.
    fn of(text: &str) -> Self {
        Self(text.split('\n').map(|line| mend(line).chars().collect()).collect())
    }

    fn get(&self, number: usize) -> Option<&[char]> {
        self.0.get(number.checked_sub(1)?).map(Vec::as_slice)
    }

    /// A line that a row names.
    fn named<T>(&self, number: usize, row: &Row<T>) -> Result<&[char], GoldError> {
        self.get(number).ok_or_else(|| row.wrong(format!("the text has no line {number}")))
    }
}

impl Gold {
    /// Reads the annotation of one report from a folder of seed annotations. `id` is the report's, or how it begins; it may
    /// be empty where there is but one. `read` gives the text of a file by its name: those of the annotations, and the
    /// report's own text (`ID.txt`).
    ///
    /// # Errors
    /// When a file cannot be read or has a row that is not in the seed format; the error names file and line.
    pub fn parse_seed(
        id: &str,
        names: &Names,
        mut read: impl FnMut(&str) -> io::Result<String>,
    ) -> Result<Self, GoldError> {
        let mut file =
            |name: &str| read(name).map_err(|e| GoldError::File { file: name.to_owned(), problem: e.to_string() });
        let passages = passages(&file(PASSAGES)?)?;
        let doc = document(id, &passages)?;
        let lines = Lines::of(&file(&format!("{doc}.txt"))?);
        let mut gold = Self::unannotated(doc.clone());
        let structure = parse(STRUCTURE, &file(STRUCTURE)?)?;
        let structure: Vec<_> = structure.into_iter().filter(|r: &Row<rows::StructureRow>| r.it.doc == doc).collect();
        structure::fill(&mut gold, &structure, &lines)?;
        let scrap = structure::furniture(&structure);
        let inside =
            |p: &PassageRow| p.doc == doc && !scrap.iter().any(|(a, b)| *a <= p.line_start && p.line_end <= *b);
        let passages: Vec<Row<PassageRow>> = passages.into_iter().filter(|p| inside(&p.it)).collect();
        knowledge::mentions(&mut gold, &passages, parse(MENTIONS, &file(MENTIONS)?)?, &lines, &doc)?;
        knowledge::events(&mut gold, parse(INCIDENTS, &file(INCIDENTS)?)?, &doc)?;
        knowledge::observations(&mut gold, parse(STATS, &file(STATS)?)?, &lines, &doc)?;
        gold.names = names.table(&[]);
        Ok(gold)
    }
}

/// The list of passages; its rows are counted, since the list is no file of lines.
fn passages(text: &str) -> Result<Vec<Row<PassageRow>>, GoldError> {
    let list: Vec<PassageRow> = serde_json::from_str(text).map_err(|e| GoldError::Line {
        file: PASSAGES,
        line: e.line(),
        problem: e.to_string(),
    })?;
    Ok(list.into_iter().enumerate().map(|(i, it)| Row { file: PASSAGES, line: i + 1, it }).collect())
}

/// The report that an id means.
fn document(id: &str, passages: &[Row<PassageRow>]) -> Result<String, GoldError> {
    let mut all: Vec<&str> = passages.iter().map(|p| p.it.doc.as_str()).collect();
    all.sort_unstable();
    all.dedup();
    let fitting = all.iter().find(|doc| !id.is_empty() && doc.starts_with(id));
    match (fitting, all.as_slice()) {
        (Some(doc), _) => Ok((*doc).to_owned()),
        (None, [only]) if id.is_empty() => Ok((*only).to_owned()),
        _ => Err(GoldError::File {
            file: PASSAGES.to_owned(),
            problem: format!("no report is named `{id}`, only `{}`", all.join("`, `")),
        }),
    }
}

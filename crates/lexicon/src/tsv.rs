//! Reading the lexicon's tables: a header row, tab-separated cells, `#` comments.

use thiserror::Error;

/// A table that cannot be used, with the line to look at.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("`{file}` line {line}: {problem}")]
pub struct TableError {
    /// File name.
    pub file: String,
    /// Line from 1.
    pub line: usize,
    /// What is wrong, in words.
    pub problem: String,
}

impl TableError {
    pub(crate) fn new(file: &str, line: usize, problem: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, problem: problem.into() }
    }
}

/// Rows of a table: line number and cells, as many as the header has.
pub(crate) struct Rows<'a> {
    pub(crate) header: Vec<&'a str>,
    pub(crate) rows: Vec<(usize, Vec<&'a str>)>,
}

/// Splits a table.
///
/// # Errors
/// When a row has more cells than the header.
pub(crate) fn rows<'a>(file: &str, text: &'a str) -> Result<Rows<'a>, TableError> {
    let mut lines = text
        .lines()
        .enumerate()
        .map(|(i, line)| (i + 1, line.trim_end_matches('\r')))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let Some((_, header)) = lines.next() else { return Err(TableError::new(file, 1, "the table has no header row")) };
    let header: Vec<&str> = header.split('\t').collect();
    let mut rows = Vec::new();
    for (number, line) in lines {
        let mut cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        if cells.len() > header.len() {
            let problem = format!("{} cells where the header has {}", cells.len(), header.len());
            return Err(TableError::new(file, number, problem));
        }
        cells.resize(header.len(), "");
        rows.push((number, cells));
    }
    Ok(Rows { header, rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_rows_are_filled_and_long_ones_refused() {
        let table = rows("a.tsv", "x\ty\n# no\n1\n2\t3\n").expect("readable");
        assert_eq!(table.rows, [(3, vec!["1", ""]), (4, vec!["2", "3"])]);
        let error = rows("a.tsv", "x\n1\t2\n").err().expect("too many cells");
        assert_eq!(error.to_string(), "`a.tsv` line 2: 2 cells where the header has 1");
    }
}

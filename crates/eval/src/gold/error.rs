//! What can be wrong with an annotation.

use thiserror::Error;

/// An annotation that cannot be used.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum GoldError {
    /// It is no JSON, or a value is missing or of another type; the text says what, with line and column.
    #[error("it is not in the gold format: {0}")]
    Format(String),
    /// A row does not fit with the others, or has a word that is not known.
    #[error("`{list}`, row {row}: {problem}")]
    Row {
        /// Name of the list.
        list: &'static str,
        /// Row in the list, from 1.
        row: usize,
        /// What is wrong, in words.
        problem: String,
    },
    /// A file of a folder of annotations cannot be read, or has nothing on the report.
    #[error("`{file}`: {problem}")]
    File {
        /// Name of the file.
        file: String,
        /// What is wrong, in words.
        problem: String,
    },
    /// A line of such a file is not in its format, or does not fit with the others.
    #[error("`{file}`, line {line}: {problem}")]
    Line {
        /// Name of the file.
        file: &'static str,
        /// Line, or row of a list, from 1.
        line: usize,
        /// What is wrong, in words.
        problem: String,
    },
}

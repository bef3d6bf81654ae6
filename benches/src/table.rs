//! Markdown tables.

use std::fmt::Write as _;

/// A table being filled; the first column is text, the others are numbers.
pub(crate) struct Table {
    out: String,
}

impl Table {
    pub(crate) fn new(columns: &[&str]) -> Self {
        let rule: String = (0..columns.len()).map(|i| if i == 0 { "---|" } else { "--:|" }).collect();
        Self { out: format!("| {} |\n|{rule}\n", columns.join(" | ")) }
    }

    pub(crate) fn row<S: AsRef<str>>(&mut self, cells: &[S]) {
        let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(self.out, "| {} |", cells.join(" | "));
    }

    pub(crate) fn finish(self) -> String {
        self.out
    }
}

/// Mean of some shares; 1 without any.
pub(crate) fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 1.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}

/// Smallest of some shares; 1 without any.
pub(crate) fn least(values: &[f64]) -> f64 {
    values.iter().copied().fold(1.0, f64::min)
}

/// A part of a whole; 1 where there is nothing to have.
pub(crate) fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

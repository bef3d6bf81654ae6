//! The words by which the layout stage recognises captions, sources, notes and boxes.

use crate::embedded::FILES;
use crate::tsv::{TableError, rows};

/// Words by role, from `layout.tsv`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LayoutWords {
    /// 図表, 図, 表, Figure.
    pub exhibit: Vec<String>,
    /// 出典, 資料.
    pub source: Vec<String>,
    /// 注, 備考.
    pub note: Vec<String>,
    /// 関連データ: small boxes kept as one block.
    pub boxed: Vec<String>,
    /// コラム: longer boxes.
    pub column: Vec<String>,
    /// はじめに: headings without a number.
    pub heading: Vec<String>,
    /// 国内, 海外.
    pub side: Vec<String>,
    /// 単位.
    pub unit: Vec<String>,
    /// を参照: makes the number of a section before it a reference, even where nothing has that number.
    pub cue: Vec<String>,
}

impl LayoutWords {
    /// Reads the table.
    ///
    /// # Errors
    /// On a row with an unknown role.
    pub fn read(file: &str, text: &str) -> Result<Self, TableError> {
        let mut words = Self::default();
        for (line, cells) in rows(file, text)?.rows {
            let list = match cells[0] {
                "exhibit" => &mut words.exhibit,
                "source" => &mut words.source,
                "note" => &mut words.note,
                "box" => &mut words.boxed,
                "column" => &mut words.column,
                "heading" => &mut words.heading,
                "side" => &mut words.side,
                "unit" => &mut words.unit,
                "cue" => &mut words.cue,
                other => return Err(TableError::new(file, line, format!("`{other}` is no role of a layout word"))),
            };
            list.push(cells[1].to_owned());
        }
        Ok(words)
    }

    /// The words that come with the program.
    ///
    /// # Panics
    /// Never: the embedded table is read in a test.
    pub fn embedded() -> Self {
        let (name, text) = FILES.iter().find(|(name, _)| *name == "layout.tsv").expect("layout.tsv is embedded");
        Self::read(name, text).expect("the embedded table is well formed")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_words_are_there() {
        let words = LayoutWords::embedded();
        assert!(words.exhibit.iter().any(|w| w == "図表") && words.source.iter().any(|w| w == "出典"));
    }

    #[test]
    fn unknown_roles_are_named() {
        let error = LayoutWords::read("layout.tsv", "role\tword\nfigure\t図\n").expect_err("unknown role");
        assert_eq!(error.to_string(), "`layout.tsv` line 2: `figure` is no role of a layout word");
    }
}

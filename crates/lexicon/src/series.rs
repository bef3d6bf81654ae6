//! Report series: which series and edition a file belongs to (`corpora/*/series.toml`).

use hakusho_model::{ArtifactKind, Document};
use regex::{Captures, Regex};
use serde::Deserialize;
use thiserror::Error;

use crate::dates::era_year;
use crate::embedded::SERIES;
use crate::issued::year_of;
use crate::normalize::fold;
use crate::title::title_of;

/// A series file that cannot be used.
#[derive(Debug, Error)]
#[error("`{file}`: {problem}")]
pub struct SeriesError {
    /// Folder of the series, or path of the file.
    pub file: String,
    /// What is wrong, in words.
    pub problem: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSeries {
    id: String,
    title: String,
    #[serde(default)]
    title_en: String,
    #[serde(default)]
    publisher: String,
    #[serde(default)]
    publisher_name: String,
    #[serde(default)]
    kind: String,
    edition: RawEdition,
    #[serde(default)]
    files: RawFiles,
    #[serde(default)]
    hints: toml::Table,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEdition {
    patterns: Vec<String>,
    id: String,
    title: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFiles {
    #[serde(default)]
    parts: Vec<String>,
}

/// A report series.
#[derive(Debug)]
pub struct Series {
    /// Slug (`ict-white-paper`).
    pub id: String,
    /// Japanese title.
    pub title: String,
    /// English title, may be empty.
    pub title_en: String,
    /// Lexicon id of the publisher, may be empty.
    pub publisher: String,
    /// Name of a publisher that is in no list.
    pub publisher_name: String,
    /// `FaBiO` class of the editions, may be empty.
    pub kind: String,
    patterns: Vec<Regex>,
    edition_id: String,
    edition_title: String,
    parts: Vec<Regex>,
}

/// The edition a file belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edition {
    /// Slug of the series; `None` for a report of no known series.
    pub series: Option<String>,
    /// Slug of the edition (`ict-wp-2024`).
    pub id: String,
    /// Title.
    pub title: String,
    /// Year of issue, if known.
    pub year: Option<i32>,
    /// Which part of the edition the file is, where an edition has several files.
    pub part: Option<String>,
}

impl Series {
    /// Reads a series file.
    ///
    /// # Errors
    /// When the text is no TOML of the expected form or a pattern is no regular expression.
    pub fn read(file: &str, text: &str) -> Result<Self, SeriesError> {
        let error = |problem: String| SeriesError { file: file.to_owned(), problem };
        let raw: RawSeries = toml::from_str(text).map_err(|e| error(e.to_string()))?;
        let compile = |patterns: &[String]| -> Result<Vec<Regex>, SeriesError> {
            patterns.iter().map(|p| Regex::new(p).map_err(|e| error(e.to_string()))).collect()
        };
        let _ = raw.hints;
        Ok(Self {
            patterns: compile(&raw.edition.patterns)?,
            parts: compile(&raw.files.parts)?,
            id: raw.id,
            title: raw.title,
            title_en: raw.title_en,
            publisher: raw.publisher,
            publisher_name: raw.publisher_name,
            kind: raw.kind,
            edition_id: raw.edition.id,
            edition_title: raw.edition.title,
        })
    }

    /// The series that come with the program.
    ///
    /// # Errors
    /// When an embedded file is malformed, which a test excludes.
    pub fn embedded() -> Result<Vec<Self>, SeriesError> {
        SERIES.iter().map(|(folder, text)| Self::read(folder, text)).collect()
    }

    fn recognise(&self, text: &str, document: &Document) -> Option<Edition> {
        let captures = self.patterns.iter().find_map(|p| p.captures(text))?;
        let year = year(&captures);
        Some(Edition {
            series: Some(self.id.clone()),
            id: filled(&self.edition_id, &captures, year).to_lowercase(),
            title: filled(&self.edition_title, &captures, year),
            year,
            part: self.part(document),
        })
    }

    /// Part by the file's name; a file of a series with parts that no rule knows is told by its hash.
    fn part(&self, document: &Document) -> Option<String> {
        if self.parts.is_empty() {
            return None;
        }
        let name = fold(&document.source.file).text();
        let found = self
            .parts
            .iter()
            .find_map(|p| p.captures(&name).and_then(|c| c.name("part").map(|m| m.as_str().to_owned())));
        found.or_else(|| document.source.sha256.get(..8).map(str::to_owned))
    }
}

fn year(captures: &Captures<'_>) -> Option<i32> {
    if let Some(year) = captures.name("year") {
        return year.as_str().parse().ok();
    }
    let of_era = captures.name("era_year")?.as_str();
    era_year(captures.name("era")?.as_str(), if of_era == "元" { 1 } else { of_era.parse().ok()? })
}

/// A template with `{name}` filled from the captures, `{year}` from the year found.
fn filled(template: &str, captures: &Captures<'_>, year: Option<i32>) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, tail) = after.split_once('}').unwrap_or((after, ""));
        match (name, year) {
            ("year", Some(year)) => out.push_str(&year.to_string()),
            _ => out.push_str(captures.name(name).map_or("", |m| m.as_str())),
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// The edition of a document: by its running heads and feet, its first page, its title, its file name.
/// A report of no known series is an edition of its own: named by its hash, called by its title, of the year that it is dated.
pub fn edition_of(document: &Document, series: &[Series]) -> Edition {
    let margins = document.artifacts.iter().filter(|a| a.kind != ArtifactKind::PageNumber).map(|a| a.text.as_str());
    let first_page = document.blocks.iter().filter(|b| b.page() == Some(1)).map(|b| b.text.as_str());
    let title = document.source.title.iter().map(String::as_str);
    let name = std::iter::once(document.source.file.as_str());
    for text in margins.chain(title).chain(name).chain(first_page) {
        let text = fold(text).text();
        if let Some(edition) = series.iter().find_map(|s| s.recognise(&text, document)) {
            return edition;
        }
    }
    let title = title_of(document);
    Edition {
        series: None,
        id: format!("x-{}", document.source.sha256.get(..16).unwrap_or("unread")),
        year: year_of(document, &title),
        title,
        part: None,
    }
}

#[cfg(test)]
mod tests {
    use hakusho_model::Source;

    use super::*;

    fn check(file: &str, title: Option<&str>, expected: (&str, Option<i32>, Option<&str>)) {
        let source = Source {
            file: file.into(),
            sha256: "abcdef0123456789ff".into(),
            title: title.map(Into::into),
            ..Source::default()
        };
        let edition = edition_of(&Document::new(source), &Series::embedded().expect("well formed"));
        assert_eq!((edition.id.as_str(), edition.year, edition.part.as_deref()), expected);
    }

    #[test]
    fn editions_by_title_and_name() {
        check("n1410000.pdf", Some("令和６年版　情報通信白書"), ("ict-wp-2024", Some(2024), Some("1410000")));
        check("a.pdf", Some("令和元年版 情報通信白書"), ("ict-wp-2019", Some(2019), Some("abcdef01")));
        check("a.pdf", Some("JIPDEC IT-Report 2020 Spring"), ("jipdec-itr-2020-spring", Some(2020), None));
        check("文科省_令和6年版_科学技術・イノベーション白書_1章.pdf", None, ("sti-wp-2024", Some(2024), Some("1章")));
    }

    #[test]
    fn unknown_reports_are_named_by_their_hash() {
        check("memo.pdf", None, ("x-abcdef0123456789", None, None));
    }
}

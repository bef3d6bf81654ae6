//! The annotation of one report: read, checked, and brought to what the measures compare.

mod error;
mod file;
mod marks;
mod names;
mod parts;
mod seed;

use std::collections::{BTreeMap, BTreeSet};

use hakusho_model::MentionKind;

pub use error::GoldError;
pub use names::Names;

use crate::fold::{Folded, fold};
pub(crate) use file::{
    ArtifactRow, EventRow, FootnoteRow, Given, GoldValue, MentionRow as GoldMention, PageRow, SectionRow, TableCell,
};
use file::{BlockRow, ExhibitRow, GoldFile, MentionRow, ObservationRow, PassageRow, PointRow};
use marks::Marks;
pub(crate) use parts::{GoldBlock, GoldExhibit, GoldObservation, GoldPoint, GoldReference, GoldTable, Passage};

/// Bullets that may stand before an item without being part of it.
const BULLETS: &str = "・●○■□◆◇▶▷◎";

/// One annotated report. A part that is `None` is not annotated and not measured.
#[derive(Debug)]
pub struct Gold {
    pub(crate) name: Option<String>,
    files: Vec<String>,
    pub(crate) pages: Option<Vec<PageRow>>,
    pub(crate) sections: Option<Vec<SectionRow>>,
    pub(crate) blocks: Option<Vec<GoldBlock>>,
    pub(crate) exhibits: Option<Vec<GoldExhibit>>,
    pub(crate) tables: Option<Vec<GoldTable>>,
    pub(crate) points: Option<Vec<GoldPoint>>,
    pub(crate) footnotes: Option<Vec<FootnoteRow>>,
    pub(crate) xrefs: Option<Vec<GoldReference>>,
    pub(crate) artifacts: Option<Vec<ArtifactRow>>,
    pub(crate) passages: Vec<Passage>,
    pub(crate) mentions: Option<Vec<GoldMention>>,
    pub(crate) events: Option<Vec<EventRow>>,
    pub(crate) observations: Option<Vec<GoldObservation>>,
    /// Whether every figure stated in prose is annotated.
    pub(crate) all_prose: bool,
    /// Id of a thing → keys of the names it goes by.
    pub(crate) names: BTreeMap<String, BTreeSet<String>>,
}

impl Gold {
    /// Reads the annotation of a report.
    ///
    /// # Errors
    /// When the text is no JSON of the gold format, or its parts do not fit together; the error names the row.
    pub fn parse(text: &str, names: &Names) -> Result<Self, GoldError> {
        let file: GoldFile = serde_json::from_str(text).map_err(|e| GoldError::Format(e.to_string()))?;
        file.check()?;
        Ok(Self::build(file, names))
    }

    /// Short name of the report, if the gold gives one.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Names of the PDF file that the gold speaks of, the first one to be tried first.
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// Surfaces of the annotated names: all mentions but dates and quantities.
    pub fn surfaces(&self) -> impl Iterator<Item = &str> {
        let is_name = |m: &&GoldMention| {
            m.mention_kind().is_some_and(|kind| !matches!(kind, MentionKind::Date | MentionKind::Qty))
        };
        self.mentions.iter().flatten().filter(is_name).map(|m| m.surface.as_str())
    }

    /// A report of which nothing is annotated yet.
    fn unannotated(name: String) -> Self {
        Self {
            name: Some(name),
            files: Vec::new(),
            pages: None,
            sections: None,
            blocks: None,
            exhibits: None,
            tables: None,
            points: None,
            footnotes: None,
            xrefs: None,
            artifacts: None,
            passages: Vec::new(),
            mentions: None,
            events: None,
            observations: None,
            all_prose: false,
            names: BTreeMap::new(),
        }
    }

    fn build(mut file: GoldFile, names: &Names) -> Self {
        let all_prose = file.all_of("observations");
        let made_up = made_up_numbers(file.exhibits.as_deref().unwrap_or_default());
        file.drop_unannotated();
        let marks = Marks::of(file.footnotes.as_deref().unwrap_or_default());
        let number = |n: Option<String>| n.filter(|n| !made_up.contains(n.as_str()));
        Self {
            name: file.doc,
            files: [file.pdf, file.file].into_iter().flatten().collect(),
            pages: file.pages,
            sections: file.sections,
            blocks: file.reading_order.map(|rows| each(rows, |row| block(row, &marks))),
            exhibits: file.exhibits.map(|rows| each(rows, |row| exhibit(row, number))),
            tables: file.tables.map(|rows| each(rows, |t| GoldTable { exhibit: number(t.exhibit), rows: t.rows })),
            points: file.chart_data.map(|rows| each(rows, |row| point(row, number))),
            xrefs: file
                .xrefs
                .map(|rows| each(rows, |r| GoldReference { target: r.target.unwrap_or_default(), page: r.page })),
            artifacts: file.artifacts,
            passages: each(file.passages.unwrap_or_default(), |row| passage(row, &marks)),
            names: names.table(file.mentions.as_deref().unwrap_or_default()),
            mentions: file.mentions,
            events: file.events,
            observations: file.observations.map(|rows| each(rows, |row| observation(row, &marks))),
            footnotes: file.footnotes,
            all_prose,
        }
    }
}

fn each<T, U>(rows: Vec<T>, make: impl FnMut(T) -> U) -> Vec<U> {
    rows.into_iter().map(make).collect()
}

/// Numbers of exhibits that print no label: the annotation's own names for them, which no reader sees.
fn made_up_numbers(rows: &[ExhibitRow]) -> BTreeSet<String> {
    let unlabelled =
        |e: &&ExhibitRow| matches!(&e.label, Given::Said(l) if l.as_deref().unwrap_or_default().is_empty());
    rows.iter().filter(unlabelled).filter_map(|e| e.number.clone()).collect()
}

fn exhibit(row: ExhibitRow, number: impl Fn(Option<String>) -> Option<String>) -> GoldExhibit {
    GoldExhibit {
        label: if let Given::Said(label) = row.label { label.unwrap_or_default() } else { String::new() },
        number: number(row.number),
        caption: row.caption.unwrap_or_default(),
        kind: row.kind.filter(|k| !k.is_empty()),
        pages: row.pages.unwrap_or_else(|| row.page.into_iter().collect()),
        source: row.source.unwrap_or_default(),
        any_source: false,
    }
}

fn point(row: PointRow, number: impl Fn(Option<String>) -> Option<String>) -> GoldPoint {
    GoldPoint {
        exhibit: number(row.exhibit),
        series: fold(&row.series.unwrap_or_default()),
        category: row.category.unwrap_or_default(),
        value: row.value,
    }
}

fn observation(row: ObservationRow, marks: &Marks) -> GoldObservation {
    let quote = marks.strip(&row.text.unwrap_or_default());
    GoldObservation { page: row.page, value: row.value, quote, ..GoldObservation::default() }
}

fn block(row: BlockRow, marks: &Marks) -> GoldBlock {
    let printed = marks.strip(&row.head.unwrap_or_default());
    let bullets = printed.iter().take_while(|c| BULLETS.contains(**c)).count();
    let head = if bullets < printed.len() { printed[bullets..].to_vec() } else { printed };
    let tail = marks.strip(&row.tail.unwrap_or_default());
    GoldBlock {
        kind: row.kind,
        pages: row.pages.unwrap_or_else(|| row.page.into_iter().collect()),
        tail: if tail.is_empty() { head.clone() } else { tail },
        head,
        floating: row.float,
    }
}

fn passage(row: PassageRow, marks: &Marks) -> Passage {
    let full = row.text.filter(|t| !t.is_empty()).map(|t| Folded::new(&t));
    Passage {
        id: row.id,
        page: row.page,
        head: marks.strip(&row.head.unwrap_or_default()),
        tail: marks.strip(&row.tail.unwrap_or_default()),
        text: full.map(|full| {
            let bare = full.without(|chars, at| marks.length_at(chars, at));
            (full, bare)
        }),
        partial: false,
    }
}

impl MentionRow {
    /// The type; checked when the file was read.
    pub(crate) fn mention_kind(&self) -> Option<MentionKind> {
        MentionKind::parse(&self.kind)
    }

    /// Whether the gold wants a value compared: a date or quantity with one.
    pub(crate) fn wanted_value(&self) -> Option<GoldValue> {
        self.value.clone().or_else(|| self.canonical.clone().map(GoldValue::Text))
    }

    /// A mention that a careful reader may leave out.
    pub(crate) fn is_optional(&self) -> bool {
        self.nested || self.optional || self.flags.iter().any(|f| f == "weak")
    }
}

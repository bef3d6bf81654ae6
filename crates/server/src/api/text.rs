//! Text of a file, some pages at a time, for reading.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::{Path, Query, State};
use hakusho_model::{Block, Document, Exhibit, Rect, Table};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::Shared;
use crate::evidence::PageBox;
use crate::problem::{Problem, ProblemDetails};
use crate::view::View;
use crate::work::blocking;

/// Pages given at once at most.
const MOST_PAGES: u32 = 50;

/// Which pages, from 1, both included.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Pages {
    from: Option<u32>,
    to: Option<u32>,
}

/// What begins on some pages, in reading order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FileText {
    from: u32,
    to: u32,
    blocks: Vec<TextBlock>,
    exhibits: Vec<ExhibitText>,
    notes: Vec<NoteText>,
}

/// A block of text; offsets count Unicode code points.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TextBlock {
    id: String,
    kind: String,
    section: Option<String>,
    level: Option<u32>,
    month: Option<String>,
    text: String,
    page: u32,
    /// The exhibit it belongs to.
    exhibit: Option<String>,
    lines: Vec<TextLine>,
    mentions: Vec<TextMention>,
    notes: Vec<TextAnchor>,
    refs: Vec<TextReference>,
}

/// A printed line.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TextLine {
    #[serde(flatten)]
    place: PageBox,
    start: usize,
    end: usize,
}

/// A name, date or amount.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TextMention {
    start: usize,
    end: usize,
    kind: String,
    iri: Option<String>,
    label: Option<String>,
}

/// Where a footnote is referred to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TextAnchor {
    offset: usize,
    footnote: String,
}

/// A reference to an exhibit or a section.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TextReference {
    start: usize,
    end: usize,
    exhibit: Option<String>,
    section: Option<String>,
}

/// An exhibit with what was recovered of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExhibitText {
    id: String,
    iri: String,
    label: Option<String>,
    caption: String,
    kind: String,
    page: u32,
    source: Option<String>,
    notes: Vec<String>,
    tables: Vec<Vec<Vec<TableCell>>>,
    chart: Option<ChartText>,
    regions: Vec<PageBox>,
}

/// A cell of a table.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TableCell {
    text: String,
    row_span: u32,
    col_span: u32,
    header: bool,
}

/// Values printed in a chart.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChartText {
    kind: Option<String>,
    points: Vec<ChartValue>,
}

/// One of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChartValue {
    series: Option<String>,
    category: String,
    value: f64,
    unit: Option<String>,
    printed: String,
}

/// A footnote.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoteText {
    id: String,
    marker: String,
    text: String,
    urls: Vec<String>,
    page: u32,
}

/// Text, exhibits and footnotes of some pages.
#[utoipa::path(get, path = "/api/files/{id}/text", tag = "editions", params(("id" = String, Path), Pages),
    responses((status = 200, body = FileText), (status = 404, body = ProblemDetails)))]
pub(crate) async fn text(
    State(app): State<Shared>,
    Path(id): Path<String>,
    Query(pages): Query<Pages>,
) -> Result<Json<FileText>, Problem> {
    blocking(&app, move |app| {
        let view = app.view();
        let file = view.file(&id).ok_or_else(|| Problem::missing("no file that is loaded has this hash"))?;
        let document = app.document(file)?;
        let from = pages.from.unwrap_or(1).max(1);
        let to = pages.to.unwrap_or(from + 4).clamp(from, from + MOST_PAGES - 1);
        let iris = exhibit_iris(&view, &file.graph, &document)?;
        Ok(Json(Reader { document: &document, iris: &iris }.pages(from, to)))
    })
    .await
}

/// IRIs of exhibits by the blocks their evidence lies in.
fn exhibit_iris(view: &View, graph: &str, document: &Document) -> Result<BTreeMap<String, String>, Problem> {
    let rows = view.rows(&format!(
        "SELECT ?x ?o WHERE {{ GRAPH <{graph}> {{ ?x a hk:Exhibit ; hk:evidence/hk:offsets ?o }} }} ORDER BY ?x"
    ))?;
    let of_block: BTreeMap<String, String> =
        rows.iter().filter_map(|row| Some((row.text("o").rsplit_once(':')?.0.to_owned(), row.text("x")))).collect();
    let iri = |x: &Exhibit| x.blocks.iter().find_map(|b| of_block.get(b)).cloned();
    Ok(document.exhibits.iter().filter_map(|x| Some((x.id.clone(), iri(x)?))).collect())
}

struct Reader<'d> {
    document: &'d Document,
    iris: &'d BTreeMap<String, String>,
}

impl Reader<'_> {
    fn pages(&self, from: u32, to: u32) -> FileText {
        let document = self.document;
        let within = |page: u32| page >= from && page <= to;
        let blocks: Vec<&Block> = document.blocks.iter().filter(|b| b.page().is_some_and(within)).collect();
        let shown: BTreeSet<&str> = blocks.iter().map(|b| b.id.as_str()).collect();
        let of_exhibit: BTreeMap<&str, &str> =
            document.exhibits.iter().flat_map(|x| x.blocks.iter().map(|b| (b.as_str(), x.id.as_str()))).collect();
        let mut mentions: BTreeMap<&str, Vec<TextMention>> = BTreeMap::new();
        for m in document.mentions.iter().filter(|m| shown.contains(m.block.as_str())) {
            mentions.entry(&m.block).or_default().push(TextMention {
                start: m.start,
                end: m.end,
                kind: m.kind.as_str().to_owned(),
                iri: m.entity.clone(),
                label: m.label.clone(),
            });
        }
        let anchored: BTreeSet<&str> =
            blocks.iter().flat_map(|b| b.notes.iter().map(|n| n.footnote.as_str())).collect();
        let exhibits = document.exhibits.iter().filter(|x| {
            x.regions.first().is_some_and(|r| within(r.page)) || x.blocks.iter().any(|b| shown.contains(b.as_str()))
        });
        let notes = document.footnotes.iter().filter(|n| within(n.page) || anchored.contains(n.id.as_str()));
        FileText {
            from,
            to,
            exhibits: exhibits.map(|x| self.exhibit(x)).collect(),
            notes: notes
                .map(|n| NoteText {
                    id: n.id.clone(),
                    marker: n.marker.clone(),
                    text: n.text.clone(),
                    urls: n.urls.clone(),
                    page: n.page,
                })
                .collect(),
            blocks: blocks
                .iter()
                .map(|b| {
                    let exhibit = of_exhibit.get(b.id.as_str()).map(|x| (*x).to_owned());
                    block(b, exhibit, mentions.remove(b.id.as_str()).unwrap_or_default())
                })
                .collect(),
        }
    }

    fn exhibit(&self, x: &Exhibit) -> ExhibitText {
        let chart = x.chart.as_ref().map(|c| ChartText {
            kind: c.kind.clone(),
            points: c
                .points
                .iter()
                .map(|p| ChartValue {
                    series: p.series.clone(),
                    category: p.category.clone(),
                    value: p.value,
                    unit: p.unit.clone(),
                    printed: p.printed.clone(),
                })
                .collect(),
        });
        ExhibitText {
            id: x.id.clone(),
            iri: self.iris.get(&x.id).cloned().unwrap_or_default(),
            label: x.label.clone(),
            caption: x.caption.clone(),
            kind: x.kind.as_str().to_owned(),
            page: x.regions.first().map_or(1, |r| r.page),
            source: x.source.clone(),
            notes: x.notes.clone(),
            tables: x.tables.iter().map(table).collect(),
            chart,
            regions: x.regions.iter().map(|r| page_box(r.page, &r.bbox)).collect(),
        }
    }
}

fn table(table: &Table) -> Vec<Vec<TableCell>> {
    let cell = |c: &hakusho_model::Cell| TableCell {
        text: c.text.clone(),
        row_span: c.row_span,
        col_span: c.col_span,
        header: c.header,
    };
    table.rows.iter().map(|row| row.iter().map(cell).collect()).collect()
}

fn block(block: &Block, exhibit: Option<String>, mentions: Vec<TextMention>) -> TextBlock {
    TextBlock {
        id: block.id.clone(),
        kind: block.kind.as_str().to_owned(),
        section: block.section.clone(),
        level: block.level,
        month: block.month.clone(),
        text: block.text.clone(),
        page: block.page().unwrap_or(1),
        exhibit,
        lines: block
            .lines
            .iter()
            .map(|l| TextLine { place: page_box(l.page, &l.bbox), start: l.start, end: l.end })
            .collect(),
        mentions,
        notes: block.notes.iter().map(|n| TextAnchor { offset: n.offset, footnote: n.footnote.clone() }).collect(),
        refs: block
            .refs
            .iter()
            .map(|r| TextReference {
                start: r.start,
                end: r.end,
                exhibit: r.exhibit.clone(),
                section: r.section.clone(),
            })
            .collect(),
    }
}

pub(crate) fn page_box(page: u32, bbox: &Rect) -> PageBox {
    PageBox { page, x: bbox.x0, y: bbox.y0, width: bbox.width(), height: bbox.height() }
}

//! Sections, blocks, their printed lines, and the furniture around them.

use serde::{Deserialize, Serialize};

use crate::Rect;

/// A heading with everything below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Id within the file (`s1`).
    pub id: String,
    /// Id of the section around it; `None` at the top.
    pub parent: Option<String>,
    /// Depth from 1.
    pub level: u32,
    /// Number as printed (`第1節`, `(1)`, `ア`); `None` for an unnumbered heading.
    pub label: Option<String>,
    /// Title without the number.
    pub title: String,
    /// Id of the heading block; `None` for a section known only from a side tab or running head.
    pub heading: Option<String>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// Heading of a section.
    Heading,
    /// Running text.
    Paragraph,
    /// One item of a list.
    ListItem,
    /// Number and title of an exhibit.
    Caption,
    /// Text of a table, cells joined by tabs and line feeds.
    Table,
    /// Text inside a chart.
    Chart,
    /// Text inside a drawing or beside a picture.
    Figure,
    /// 出典.
    SourceNote,
    /// 注 of an exhibit.
    Note,
    /// Body of a footnote.
    Footnote,
    /// A box apart from the flow (関連データ, コラム).
    Box,
    /// One item of a chronology.
    ChronologyEntry,
}

impl BlockKind {
    /// The name used in the document JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::ListItem => "list_item",
            Self::Caption => "caption",
            Self::Table => "table",
            Self::Chart => "chart",
            Self::Figure => "figure",
            Self::SourceNote => "source_note",
            Self::Note => "note",
            Self::Footnote => "footnote",
            Self::Box => "box",
            Self::ChronologyEntry => "chronology_entry",
        }
    }

    /// Whether the block is text that a reader reads from start to end (not a table or a drawing).
    pub fn is_running_text(self) -> bool {
        !matches!(self, Self::Table | Self::Chart | Self::Figure)
    }
}

/// A part of a page.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Region {
    /// Physical page from 1.
    pub page: u32,
    /// Box on that page.
    pub bbox: Rect,
}

/// One printed line of a block: what evidence highlights are cut from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Physical page from 1.
    pub page: u32,
    /// First character of the line in the block's text (Unicode scalar values).
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// Box of the line.
    pub bbox: Rect,
}

/// Where a footnote marker stood. The marker itself is not in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteMark {
    /// Characters of the text before the marker.
    pub offset: usize,
    /// Id of the footnote.
    pub footnote: String,
}

/// A reference to an exhibit or a section in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// Id of the exhibit; `None` when no exhibit has that number.
    pub exhibit: Option<String>,
    /// Id of the section; `None` when it is to an exhibit, or no one section has that number.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub section: Option<String>,
}

/// A body block: a piece of the report that is read as one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// Id within the file (`b1`).
    pub id: String,
    /// What it is.
    pub kind: BlockKind,
    /// Id of the section it belongs to.
    pub section: Option<String>,
    /// Depth of a heading.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub level: Option<u32>,
    /// Month a chronology entry stands under (`2019-12`).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub month: Option<String>,
    /// Column of a chronology entry (`国内`, `海外`).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub side: Option<String>,
    /// What a reader would retype: lines joined, characters as printed.
    pub text: String,
    /// Where it stands, one region a page.
    pub regions: Vec<Region>,
    /// Its printed lines.
    pub lines: Vec<Line>,
    /// Footnote markers.
    pub notes: Vec<NoteMark>,
    /// References to exhibits.
    pub refs: Vec<Reference>,
}

impl Block {
    /// The first physical page of the block.
    pub fn page(&self) -> Option<u32> {
        self.regions.first().map(|r| r.page)
    }

    /// The boxes of the printed lines that hold the characters `start..end`, cut to those characters by their share of the line.
    pub fn boxes(&self, start: usize, end: usize) -> Vec<Region> {
        let cut = |line: &Line| {
            let (from, to) = (start.max(line.start), end.min(line.end));
            (from < to).then(|| Region { page: line.page, bbox: share(line, from, to) })
        };
        self.lines.iter().filter_map(cut).collect()
    }
}

/// The part of a line's box that its characters `from..to` take, assuming even widths along the longer side.
fn share(line: &Line, from: usize, to: usize) -> Rect {
    let total = (line.end - line.start).max(1) as f32;
    let (a, b) = ((from - line.start) as f32 / total, (to - line.start) as f32 / total);
    let r = line.bbox;
    if r.height() > r.width() && line.end - line.start > 1 {
        Rect { y0: r.y0 + r.height() * a, y1: r.y0 + r.height() * b, ..r }
    } else {
        Rect { x0: r.x0 + r.width() * a, x1: r.x0 + r.width() * b, ..r }
    }
}

/// What a piece of furniture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArtifactKind {
    /// Repeated at the head of pages.
    RunningHead,
    /// Repeated at the foot of pages.
    RunningFoot,
    /// The printed page number.
    PageNumber,
    /// Text in the outer margin, often vertical.
    SideTab,
    /// Text that decorates or repeats what is printed elsewhere.
    Decoration,
}

/// A section around the file that no heading in it has: the 章 of an extract that begins in 第4節.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// Number as printed (`第4章`).
    pub label: String,
    /// Title, where one stands beside the number.
    pub title: Option<String>,
    /// Physical pages that name it, from 1.
    pub pages: Vec<u32>,
}

impl Context {
    /// Number and title in one line.
    pub fn line(&self) -> String {
        self.title.iter().fold(self.label.clone(), |line, title| format!("{line}\u{3000}{title}"))
    }
}

/// Text that is not part of the body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Artifact {
    /// What it is.
    pub kind: ArtifactKind,
    /// Physical page from 1.
    pub page: u32,
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub bbox: Rect,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block() -> Block {
        let line = |start, end, y| Line { page: 1, start, end, bbox: Rect::new(10.0, y, 110.0, y + 10.0) };
        Block {
            id: "b1".into(),
            kind: BlockKind::Paragraph,
            section: None,
            level: None,
            month: None,
            side: None,
            text: "あ".repeat(15),
            regions: vec![],
            lines: vec![line(0, 10, 0.0), line(10, 15, 12.0)],
            notes: vec![],
            refs: vec![],
        }
    }

    #[test]
    fn a_span_over_a_line_break_gives_one_box_a_line() {
        let boxes = block().boxes(8, 11);
        assert_eq!(boxes.len(), 2);
        assert_eq!(boxes[0].bbox, Rect::new(90.0, 0.0, 110.0, 10.0));
        assert_eq!(boxes[1].bbox, Rect::new(10.0, 12.0, 30.0, 22.0));
    }

    #[test]
    fn a_span_that_ends_at_the_line_end_stays_on_the_line() {
        assert_eq!(block().boxes(8, 10).len(), 1);
    }
}

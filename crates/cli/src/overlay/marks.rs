//! What there is to draw on a page.

use hakusho_model::{BlockKind, Color, Document, GlyphFlags, PageContent, WritingMode};

use super::Mark;
use crate::args::Layer;

const BLUE: Color = Color { r: 0x1f, g: 0x5f, b: 0xd0 };
const GREEN: Color = Color { r: 0x1a, g: 0x87, b: 0x3c };
const RED: Color = Color { r: 0xd0, g: 0x1f, b: 0x2e };
const ORANGE: Color = Color { r: 0xd9, g: 0x73, b: 0x00 };
const PURPLE: Color = Color { r: 0x82, g: 0x2f, b: 0xc2 };
const TEAL: Color = Color { r: 0x00, g: 0x86, b: 0x8b };
const PINK: Color = Color { r: 0xd1, g: 0x2c, b: 0x8f };
const BROWN: Color = Color { r: 0x8a, g: 0x56, b: 0x1f };
const GREY: Color = Color { r: 0x77, g: 0x77, b: 0x77 };
const OLIVE: Color = Color { r: 0x7a, g: 0x7a, b: 0x00 };

/// Boxes of the document tree on a page (from 1).
pub(crate) fn from_document(document: &Document, page: u32, layers: &[Layer]) -> Vec<Mark> {
    let mut marks = Vec::new();
    for &layer in layers {
        match layer {
            Layer::Lines => lines(document, page, &mut marks),
            Layer::Blocks => blocks(document, page, layer, |_| true, &mut marks),
            Layer::Tables => blocks(document, page, layer, |kind| kind == BlockKind::Table, &mut marks),
            Layer::Furniture => marks.extend(document.artifacts.iter().filter(|a| a.page == page).map(|a| Mark {
                layer,
                bbox: a.bbox,
                kind: "furniture",
                id: String::new(),
                color: GREY,
            })),
            Layer::Exhibits => exhibits(document, page, &mut marks),
            _ => {}
        }
    }
    marks
}

fn lines(document: &Document, page: u32, marks: &mut Vec<Mark>) {
    let here = document.blocks.iter().flat_map(|b| &b.lines).filter(|l| l.page == page);
    let mark = |bbox| Mark { layer: Layer::Lines, bbox, kind: "line", id: String::new(), color: BLUE };
    marks.extend(here.map(|l| mark(l.bbox)));
}

fn blocks(document: &Document, page: u32, layer: Layer, wanted: fn(BlockKind) -> bool, marks: &mut Vec<Mark>) {
    for block in document.blocks.iter().filter(|b| wanted(b.kind)) {
        let kind = block.kind.as_str();
        let here = block.regions.iter().filter(|r| r.page == page);
        marks.extend(here.map(|r| Mark {
            layer,
            bbox: r.bbox,
            kind,
            id: block.id.clone(),
            color: block_color(block.kind),
        }));
    }
}

fn exhibits(document: &Document, page: u32, marks: &mut Vec<Mark>) {
    for exhibit in &document.exhibits {
        let kind = exhibit.kind.as_str();
        let here = exhibit.regions.iter().filter(|r| r.page == page);
        let mark = |bbox| Mark { layer: Layer::Exhibits, bbox, kind, id: exhibit.id.clone(), color: RED };
        marks.extend(here.map(|r| mark(r.bbox)));
    }
}

fn block_color(kind: BlockKind) -> Color {
    match kind {
        BlockKind::Heading => PINK,
        BlockKind::Paragraph => GREEN,
        BlockKind::ListItem => OLIVE,
        BlockKind::Caption => ORANGE,
        BlockKind::Table => PURPLE,
        BlockKind::Chart | BlockKind::Figure => TEAL,
        BlockKind::SourceNote | BlockKind::Note | BlockKind::Footnote => BROWN,
        BlockKind::Box => BLUE,
        BlockKind::ChronologyEntry => GREY,
    }
}

/// Boxes of what the text engine found on a page.
pub(crate) fn from_content(page: &PageContent, layers: &[Layer]) -> Vec<Mark> {
    let mut marks = Vec::new();
    for &layer in layers {
        let mark = |bbox, kind, color| Mark { layer, bbox, kind, id: String::new(), color };
        match layer {
            Layer::Images => marks.extend(page.images.iter().map(|i| mark(i.bbox, "image", TEAL))),
            Layer::Shapes => marks.extend(page.shapes.iter().map(|s| mark(s.bbox, "shape", OLIVE))),
            Layer::Rules => marks.extend(page.rules.iter().map(|r| mark(r.bbox, "rule", ORANGE))),
            Layer::Links => marks.extend(page.links.iter().map(|l| mark(l.bbox, "link", PINK))),
            Layer::Glyphs => glyphs(page, &mut marks),
            _ => {}
        }
    }
    marks
}

fn glyphs(page: &PageContent, marks: &mut Vec<Mark>) {
    for run in &page.runs {
        for glyph in page.glyphs_of(run).iter().filter(|g| !g.ch.is_whitespace()) {
            let (kind, color) = match glyph.flags {
                f if f.has(GlyphFlags::DUPLICATE) => ("repeated glyph", ORANGE),
                f if f.has(GlyphFlags::INVISIBLE) => ("hidden glyph", GREY),
                _ if glyph.ch == '\u{FFFD}' => ("unknown glyph", RED),
                _ if run.mode == WritingMode::Vertical => ("vertical glyph", PURPLE),
                _ if run.angle != 0 => ("turned glyph", TEAL),
                _ => ("glyph", GREEN),
            };
            marks.push(Mark { layer: Layer::Glyphs, bbox: glyph.bbox, kind, id: String::new(), color });
        }
    }
}

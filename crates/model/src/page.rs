//! What the text engine sees on a page: glyph runs, ruling lines, shapes, images, links. Input of the layout stage.

use std::ops::Range;

use crate::{Diagnostic, Point, Rect};

/// An RGB colour, eight bits a channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Color {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
}

impl Color {
    /// Black.
    pub const BLACK: Self = Self { r: 0, g: 0, b: 0 };
    /// White.
    pub const WHITE: Self = Self { r: 255, g: 255, b: 255 };

    /// Perceived lightness from 0 (black) to 255 (white), ITU-R BT.601 weights.
    #[inline]
    pub fn luma(self) -> u8 {
        ((u32::from(self.r) * 299 + u32::from(self.g) * 587 + u32::from(self.b) * 114) / 1000) as u8
    }

    /// Greatest distance over the three channels.
    #[inline]
    pub fn distance(self, other: Self) -> u8 {
        self.r.abs_diff(other.r).max(self.g.abs_diff(other.g)).max(self.b.abs_diff(other.b))
    }

    /// How far the colour is from grey: greatest minus least channel.
    #[inline]
    pub fn chroma(self) -> u8 {
        self.r.max(self.g).max(self.b) - self.r.min(self.g).min(self.b)
    }
}

/// Direction in which a font sets its glyphs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum WritingMode {
    /// Left to right.
    #[default]
    Horizontal,
    /// Top to bottom (縦書き).
    Vertical,
}

/// Which step of the decode ladder gave the characters of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Provenance {
    /// The font's `ToUnicode` map.
    #[default]
    ToUnicode,
    /// A predefined or embedded `CMap` that is itself keyed by Unicode.
    CMap,
    /// The character collection: CID to Unicode.
    CidMap,
    /// The font program's own character map or glyph names, inverted.
    FontProgram,
    /// `Encoding`, `Differences` and glyph names of a simple font.
    Encoding,
    /// `ActualText` of the marked content.
    ActualText,
    /// Optical character recognition of the rendered page.
    Ocr,
    /// No map at all: U+FFFD.
    Unmapped,
}

impl Provenance {
    /// The name used in reports.
    #[inline]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ToUnicode => "to_unicode",
            Self::CMap => "cmap",
            Self::CidMap => "cid_map",
            Self::FontProgram => "font_program",
            Self::Encoding => "encoding",
            Self::ActualText => "actual_text",
            Self::Ocr => "ocr",
            Self::Unmapped => "unmapped",
        }
    }
}

/// Properties of a single glyph, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct GlyphFlags(pub u8);

impl GlyphFlags {
    /// A further character of the same code (a ligature or a map to several characters).
    pub const CONTINUES: Self = Self(1);
    /// Drawn a second time at the same place (bold by double strike, outline copy): not counted as text.
    pub const DUPLICATE: Self = Self(2);
    /// Text render mode 3, or nothing painted: there for searching only.
    pub const INVISIBLE: Self = Self(4);
    /// Set small beside the base line: ruby (振り仮名).
    pub const RUBY: Self = Self(8);

    /// Whether all bits of `other` are set.
    #[inline]
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Sets the bits of `other`.
    #[inline]
    pub fn set(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// One character with its box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// The character, U+FFFD where the font does not say.
    pub ch: char,
    /// Box in display space: advance width by ascent and descent (horizontal), or the em cell (vertical).
    pub bbox: Rect,
    /// Bits about this glyph.
    pub flags: GlyphFlags,
}

/// Glyphs shown by one text operator in one graphics state.
#[derive(Clone, Debug, PartialEq)]
pub struct GlyphRun {
    /// Index range into [`PageContent::glyphs`].
    pub glyphs: Range<u32>,
    /// Index into [`ReportContent::fonts`].
    pub font: u32,
    /// Type size in points as displayed.
    pub size: f32,
    /// Baseline: y of a horizontal run, x of the centre line of a vertical one, at the first glyph.
    pub baseline: f32,
    /// Clockwise rotation on the displayed page in degrees, 0 for upright text.
    pub angle: i16,
    /// Writing mode of the font.
    pub mode: WritingMode,
    /// Fill colour (stroke colour where only the outline is painted).
    pub color: Color,
    /// Text render mode 0–7 (ISO 32000-1, 9.3.6).
    pub render: u8,
    /// Marked-content id, where tagged.
    pub mcid: Option<i32>,
    /// Where the characters come from.
    pub provenance: Provenance,
    /// Order of painting on the page, from 0.
    pub order: u32,
}

/// A font as far as the layout needs to know it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FontInfo {
    /// PostScript name without the subset tag.
    pub name: String,
    /// Whether name, flags or weight say bold.
    pub bold: bool,
    /// Whether name or flags say italic.
    pub italic: bool,
    /// Whether the glyphs have one width.
    pub fixed: bool,
    /// `Subtype` of the font dictionary, of the descendant for composite fonts (`CIDFontType2`).
    pub kind: String,
    /// Name of the `Encoding` or `CMap`; `embedded` for one that the file brings, `built-in` where none is named.
    pub encoding: String,
    /// Whether the file brings the font program.
    pub embedded: bool,
    /// What the `ToUnicode` map is worth.
    pub to_unicode: MapWorth,
}

/// What a font's `ToUnicode` map is worth, as far as the codes met in the file show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum MapWorth {
    /// The font has none.
    #[default]
    Absent,
    /// Nothing speaks against it.
    Sound,
    /// It is believed, but for these codes the character collection names another character.
    Doubtful(Vec<MapDoubt>),
    /// It gives one character for nearly all codes and is asked last.
    Lying,
}

/// A code for which `ToUnicode` map and character collection disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapDoubt {
    /// The character code.
    pub code: u32,
    /// What the map says.
    pub stated: char,
    /// What the collection says.
    pub collection: char,
}

/// A straight ruling line parallel to an edge of the page, drawn as a stroke or as a thin filled box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// The line's box; one extent is its thickness.
    pub bbox: Rect,
    /// Colour.
    pub color: Color,
    /// Whether the line runs left to right.
    pub horizontal: bool,
    /// Whether it is dashed.
    pub dashed: bool,
}

/// What a shape's outline is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShapeKind {
    /// One rectangle parallel to the edges.
    Rect,
    /// Straight segments.
    Polygon,
    /// Has curves (a circle, a pie slice, an outlined glyph).
    Curve,
}

/// A filled or stroked path that is not a ruling line.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Box of the path.
    pub bbox: Rect,
    /// What it is made of.
    pub kind: ShapeKind,
    /// Fill colour.
    pub fill: Option<Color>,
    /// Stroke colour.
    pub stroke: Option<Color>,
    /// Stroke width in points.
    pub width: f32,
    /// End points of the segments in drawing order, curves by their ends; empty where there were too many.
    pub points: Vec<Point>,
    /// Order of painting on the page, shared with the glyph runs.
    pub order: u32,
}

/// Share of the page's area from which an image covers it.
const COVERING: f32 = 0.9;

/// An image painted on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ImageBox {
    /// Where it stands, clipped to the page.
    pub bbox: Rect,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// A link annotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Where it can be clicked.
    pub bbox: Rect,
    /// Target address of a link out of the file.
    pub uri: Option<String>,
    /// Physical target page, from 1, of a link inside the file.
    pub page: Option<u32>,
}

/// An annotation that is no link: a note, a stamp, a form field. Its text is not part of the page's.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// Kind as the file names it: `Text`, `FreeText`, `Widget`, `Highlight` (ISO 32000-1, 12.5.6).
    pub kind: String,
    /// Where it stands, clipped to the page.
    pub bbox: Rect,
    /// What it says: its contents, or the value of a form field.
    pub text: Option<String>,
}

/// Everything found on one page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageContent {
    /// Physical page, from 1.
    pub index: u32,
    /// The file's own page label (`/PageLabels`), if it has any.
    pub label: Option<String>,
    /// Displayed width in points, after crop box and rotation.
    pub width: f32,
    /// Displayed height in points.
    pub height: f32,
    /// All glyphs in painting order.
    pub glyphs: Vec<Glyph>,
    /// The runs, each a range of `glyphs`.
    pub runs: Vec<GlyphRun>,
    /// Ruling lines.
    pub rules: Vec<Rule>,
    /// Filled and stroked shapes.
    pub shapes: Vec<Shape>,
    /// Images.
    pub images: Vec<ImageBox>,
    /// Links.
    pub links: Vec<Link>,
    /// Mean confidence (0 to 100) of the characters recognised in the page's image; `None` where nothing was.
    pub ocr: Option<u8>,
    /// Annotations that are no links.
    pub annotations: Vec<Annotation>,
}

impl PageContent {
    /// The glyphs of a run.
    #[inline]
    pub fn glyphs_of(&self, run: &GlyphRun) -> &[Glyph] {
        &self.glyphs[run.glyphs.start as usize..run.glyphs.end as usize]
    }

    /// Whether an image covers the page (at least nine tenths of its area): a scan, or a cover.
    pub fn covers_page(&self, image: &ImageBox) -> bool {
        let page = self.bbox();
        page.area() > 0.0 && image.bbox.intersection(&page).area() >= COVERING * page.area()
    }

    /// The page as a box.
    #[inline]
    pub fn bbox(&self) -> Rect {
        Rect { x0: 0.0, y0: 0.0, x1: self.width, y1: self.height }
    }
}

/// An entry of the file's outline (bookmarks).
#[derive(Clone, Debug, PartialEq)]
pub struct OutlineItem {
    /// Title as stored.
    pub title: String,
    /// Depth from 1.
    pub level: u32,
    /// Physical target page from 1, if it can be resolved.
    pub page: Option<u32>,
    /// Height of the target on its page in display space, if given.
    pub y: Option<f32>,
}

/// A piece of a page that an element of the structure tree owns: the runs with this marked-content id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarkedContent {
    /// Physical page, from 1.
    pub page: u32,
    /// Marked-content id, as [`GlyphRun::mcid`].
    pub mcid: i32,
}

/// An element of the structure tree of a tagged file (ISO 32000-1, 14.7.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StructElement {
    /// Structure type, through the file's role map to a standard one where it leads there: `H1`, `P`, `TD`.
    pub role: String,
    /// Index of the parent in [`ReportContent::structure`], always smaller than the own; `None` under the root.
    pub parent: Option<u32>,
    /// Title given by the author or producer.
    pub title: Option<String>,
    /// Alternate description of what cannot be read (a figure).
    pub alt: Option<String>,
    /// Text to read instead of the content.
    pub actual_text: Option<String>,
    /// Physical page, from 1: the element's own or inherited, else that of its first content.
    pub page: Option<u32>,
    /// Its own content in reading order; that of its children is theirs.
    pub content: Vec<MarkedContent>,
}

/// A whole file as the text engine read it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReportContent {
    /// Title from the document information, if any.
    pub title: Option<String>,
    /// Producing software, if any.
    pub producer: Option<String>,
    /// Pages in order; a page that could not be read is there, empty, with a diagnostic.
    pub pages: Vec<PageContent>,
    /// Fonts met, in order of first use.
    pub fonts: Vec<FontInfo>,
    /// Outline, flattened in reading order.
    pub outline: Vec<OutlineItem>,
    /// Structure tree, flattened in reading order, parents first; empty where it was not asked for or the file is not tagged.
    pub structure: Vec<StructElement>,
    /// What went wrong.
    pub diagnostics: Vec<Diagnostic>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_covers_the_page_from_nine_tenths_of_its_area() {
        let page = PageContent { width: 100.0, height: 100.0, ..PageContent::default() };
        let image = |x1| ImageBox { bbox: Rect::new(0.0, 0.0, x1, 100.0), width: 1, height: 1 };
        assert!(page.covers_page(&image(90.0)));
        assert!(!page.covers_page(&image(89.9)));
        assert!(!PageContent::default().covers_page(&image(0.0)));
    }
}

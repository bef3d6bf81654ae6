//! The plainest PDF that holds Japanese text: two fonts by name, none embedded, in the predefined encoding UniJIS-UTF16-H
//! (ISO 32000-1, 9.7.5.2), whose character collection gives every reader the text.

use std::fmt::Write as _;

/// Width of an A4 page in points.
pub(super) const WIDTH: f32 = 595.0;
/// Height of an A4 page in points.
pub(super) const HEIGHT: f32 = 842.0;

/// A face.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// For running text.
    Mincho,
    /// For headings and captions.
    Gothic,
}

/// Content of a page being written; y is measured from the top.
#[derive(Default)]
pub(super) struct Page {
    content: String,
}

impl Page {
    /// Shows text with its baseline at `y`.
    pub(super) fn text(&mut self, face: Face, size: f32, x: f32, y: f32, text: &str) {
        let font = if face == Face::Mincho { "F1" } else { "F2" };
        let codes: String = text.encode_utf16().map(|u| format!("{u:04X}")).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(self.content, "BT /{font} {size} Tf 1 0 0 1 {x:.2} {:.2} Tm <{codes}> Tj ET", HEIGHT - y);
    }

    /// Draws a ruling line.
    pub(super) fn rule(&mut self, from: (f32, f32), to: (f32, f32)) {
        let (x0, y0, x1, y1) = (from.0, HEIGHT - from.1, to.0, HEIGHT - to.1);
        let _ = writeln!(self.content, "0.5 w {x0:.2} {y0:.2} m {x1:.2} {y1:.2} l S");
    }
}

/// Width of a text in points: letters of the Latin alphabet and digits are half as wide as high.
pub(super) fn width(size: f32, text: &str) -> f32 {
    text.chars().map(|c| if c.is_ascii() { size / 2.0 } else { size }).sum()
}

/// The file.
pub(super) fn file(title: &str, pages: &[Page]) -> Vec<u8> {
    // 1 catalogue, 2 page tree, 3 information, 4 to 9 fonts, then a page and its content each.
    let first = 10;
    let kids: String = (0..pages.len()).map(|i| format!("{} 0 R ", first + 2 * i)).collect();
    let title: String = title.encode_utf16().map(|u| format!("{u:04X}")).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len()),
        format!("<</Title<FEFF{title}>/Producer(hakusho-bench)>>"),
    ];
    for (name, at) in [("Made-Mincho-Regular", 4), ("Made-Gothic-Bold", 7)] {
        objects.extend(font(name, at));
    }
    for (i, page) in pages.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources<</Font<</F1 4 0 R/F2 7 0 R>>>>/Contents {} 0 R>>",
            first + 2 * i + 1
        ));
        objects.push(format!("<</Length {}>>stream\n{}endstream", page.content.len(), page.content));
    }
    assemble(&objects)
}

/// A composite font, its descendant and its descriptor, as objects from number `at`.
fn font(name: &str, at: usize) -> [String; 3] {
    let weight = if name.contains("Bold") { 160 } else { 80 };
    [
        format!("<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/UniJIS-UTF16-H/DescendantFonts[{} 0 R]>>", at + 1),
        format!(
            "<</Type/Font/Subtype/CIDFontType0/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 6>>\
             /DW 1000/W[1 95 500]/FontDescriptor {} 0 R>>",
            at + 2
        ),
        format!(
            "<</Type/FontDescriptor/FontName/{name}/Flags 6/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880/Descent -120\
             /CapHeight 700/StemV {weight}>>"
        ),
    ]
}

/// Objects from number 1, cross-reference table and trailer.
fn assemble(objects: &[String]) -> Vec<u8> {
    let mut out = "%PDF-1.7\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (i, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", out.len());
        let _ = writeln!(out, "{} 0 obj\n{object}\nendobj", i + 1);
    }
    let start = out.len();
    let _ = write!(
        out,
        "{table}trailer\n<</Size {}/Root 1 0 R/Info 3 0 R>>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    out.into_bytes()
}

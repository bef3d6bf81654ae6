//! Glyph runs as tab-separated text, straight from the text engine: one run a line in painting order, no layout.

use hakusho_model::{Glyph, GlyphFlags, GlyphRun, PageContent, Rect, ReportContent, WritingMode};

/// Names of the columns. Boxes and sizes are points from the top left of the page as displayed.
const HEADER: &str = "page\tx0\ty0\tx1\ty1\tsize\tangle\tflags\tfont\tprovenance\ttext\n";

/// The runs of a report under a header line; glyphs struck a second time are left out, invisible ones marked.
pub(crate) fn report(report: &ReportContent) -> Vec<u8> {
    let glyphs: usize = report.pages.iter().map(|p| p.glyphs.len()).sum();
    let mut out = Vec::with_capacity(HEADER.len() + glyphs * 8);
    out.extend_from_slice(HEADER.as_bytes());
    for page in &report.pages {
        for run in &page.runs {
            let font = report.fonts.get(run.font as usize).map_or("", |f| f.name.as_str());
            row(&mut out, page, run, font);
        }
    }
    out
}

fn row(out: &mut Vec<u8>, page: &PageContent, run: &GlyphRun, font: &str) {
    let kept = || page.glyphs_of(run).iter().filter(|g| !g.flags.has(GlyphFlags::DUPLICATE));
    let Some(bbox) = Rect::bounding(kept().map(|g| g.bbox)) else { return };
    integer(out, i64::from(page.index));
    for value in [bbox.x0, bbox.y0, bbox.x1, bbox.y1, run.size] {
        out.push(b'\t');
        hundredths(out, value);
    }
    out.push(b'\t');
    integer(out, i64::from(run.angle));
    out.push(b'\t');
    out.extend_from_slice(flags(run, kept()).as_bytes());
    out.push(b'\t');
    escaped(out, font.chars());
    out.push(b'\t');
    out.extend_from_slice(run.provenance.as_str().as_bytes());
    out.push(b'\t');
    escaped(out, kept().map(|g| g.ch));
    out.push(b'\n');
}

fn flags<'g>(run: &GlyphRun, mut glyphs: impl Iterator<Item = &'g Glyph>) -> &'static str {
    match (run.mode == WritingMode::Vertical, glyphs.all(|g| g.flags.has(GlyphFlags::INVISIBLE))) {
        (false, false) => "-",
        (false, true) => "invisible",
        (true, false) => "vertical",
        (true, true) => "vertical,invisible",
    }
}

/// Without the machinery of formatting, which would take longer than decoding the glyphs.
fn integer(out: &mut Vec<u8>, value: i64) {
    if value < 0 {
        out.push(b'-');
    }
    let mut digits = [0; 20];
    let (mut at, mut rest) = (digits.len(), value.unsigned_abs());
    while rest > 0 || at == digits.len() {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    out.extend_from_slice(&digits[at..]);
}

/// Two decimals, halves away from zero.
fn hundredths(out: &mut Vec<u8>, value: f32) {
    let value = (f64::from(value) * 100.0 + 0.5_f64.copysign(f64::from(value))) as i64;
    if value < 0 {
        out.push(b'-');
    }
    integer(out, (value / 100).abs());
    let rest = (value % 100).unsigned_abs() as u8;
    out.extend_from_slice(&[b'.', b'0' + rest / 10, b'0' + rest % 10]);
}

/// Tabs, line ends and backslashes would break the rows apart.
fn escaped(out: &mut Vec<u8>, text: impl Iterator<Item = char>) {
    for ch in text {
        match ch {
            '\t' => out.extend_from_slice(b"\\t"),
            '\n' => out.extend_from_slice(b"\\n"),
            '\r' => out.extend_from_slice(b"\\r"),
            '\\' => out.extend_from_slice(b"\\\\"),
            ' '..='~' => out.push(ch as u8),
            _ => out.extend_from_slice(ch.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use hakusho_model::FontInfo;

    use super::*;

    fn check(glyphs: &[(char, u8)], expected: &str) {
        let glyph = |(i, &(ch, flags)): (usize, &(char, u8))| {
            let x = i as f32 * 10.0;
            Glyph { ch, bbox: Rect::new(x, -0.004, x + 10.0, 10.125), flags: GlyphFlags(flags) }
        };
        let run = GlyphRun {
            glyphs: 0..glyphs.len() as u32,
            font: 0,
            size: 10.5,
            baseline: 0.0,
            angle: 0,
            mode: WritingMode::Horizontal,
            color: hakusho_model::Color::BLACK,
            render: 0,
            mcid: None,
            provenance: hakusho_model::Provenance::CidMap,
            order: 0,
        };
        let glyphs = glyphs.iter().enumerate().map(glyph).collect();
        let page = PageContent { index: 3, glyphs, runs: vec![run], ..PageContent::default() };
        let fonts = vec![FontInfo { name: "Ryumin".into(), ..FontInfo::default() }];
        let content = ReportContent { pages: vec![page], fonts, ..ReportContent::default() };
        let text = String::from_utf8(report(&content)).expect("text");
        assert_eq!(text.strip_prefix(HEADER), Some(expected));
    }

    #[test]
    fn a_row_has_box_size_and_text() {
        check(&[('白', 0), ('書', 0)], "3\t0.00\t0.00\t20.00\t10.13\t10.50\t0\t-\tRyumin\tcid_map\t白書\n");
    }

    #[test]
    fn what_is_struck_twice_is_left_out_and_what_is_unseen_marked() {
        check(&[('白', 2)], "");
        check(&[('白', 4), ('白', 6)], "3\t0.00\t0.00\t10.00\t10.13\t10.50\t0\tinvisible\tRyumin\tcid_map\t白\n");
    }

    #[test]
    fn signs_that_part_rows_are_escaped() {
        check(&[('\t', 0), ('\\', 0)], "3\t0.00\t0.00\t20.00\t10.13\t10.50\t0\t-\tRyumin\tcid_map\t\\t\\\\\n");
    }

    #[test]
    fn numbers_near_zero() {
        for (value, expected) in
            [(0.0, "0.00"), (-0.004, "0.00"), (-0.5, "-0.50"), (-12.345, "-12.35"), (1.999, "2.00")]
        {
            let mut out = Vec::new();
            hundredths(&mut out, value);
            assert_eq!(String::from_utf8(out).expect("text"), expected);
        }
    }
}

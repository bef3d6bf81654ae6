//! Text showing (ISO 32000-1, 9.4): codes to positioned glyphs.

use hakusho_model::{Color, Glyph, GlyphFlags, GlyphRun, Provenance, Rect, WritingMode};

use super::Interpreter;
use crate::font::{GlyphText, Vertical};
use crate::lexer::{Token, hex_bytes, literal_bytes};
use crate::limits::Breach;
use crate::matrix::Matrix;

/// Text matrix and line matrix of the current text object.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextObject {
    pub(super) matrix: Matrix,
    pub(super) line: Matrix,
}

impl Default for TextObject {
    fn default() -> Self {
        Self { matrix: Matrix::IDENTITY, line: Matrix::IDENTITY }
    }
}

impl TextObject {
    /// `Td`: to the start of the next line, offset from the start of this one.
    pub(super) fn next_line(&mut self, x: f32, y: f32) {
        self.line = self.line.moved(x, y);
        self.matrix = self.line;
    }
}

/// What stays the same over one text-showing operator.
struct Showing {
    matrix: Matrix,
    font: usize,
    mode: WritingMode,
    ascent: f32,
    descent: f32,
    size: f32,
    display_size: f32,
    angle: i16,
    invisible: bool,
    color: Color,
    /// Displacement within the operator, in text space.
    x: f32,
    y: f32,
}

/// A run being built.
struct OpenRun {
    start: u32,
    baseline: f32,
    provenance: Provenance,
}

impl Interpreter<'_, '_> {
    /// Shows the strings of one `Tj` or `TJ`, moved apart by the numbers between them.
    pub(super) fn show(&mut self, operands: &[Token<'_>]) {
        let Some(mut showing) = self.begin_show() else { return };
        let mut run = None;
        let mut buffer = std::mem::take(&mut self.fonts.buffer);
        for token in operands {
            match *token {
                Token::Number(amount) => self.adjust(&mut showing, amount),
                Token::Literal(raw) if !raw.contains(&b'\\') => self.show_bytes(&mut showing, &mut run, raw),
                Token::Literal(raw) => {
                    buffer.clear();
                    literal_bytes(raw, &mut buffer);
                    self.show_bytes(&mut showing, &mut run, &buffer);
                }
                Token::Hex(raw) => {
                    buffer.clear();
                    hex_bytes(raw, &mut buffer);
                    self.show_bytes(&mut showing, &mut run, &buffer);
                }
                _ => {}
            }
        }
        self.fonts.buffer = buffer;
        self.end_run(&showing, run);
        self.text.matrix = self.text.matrix.moved(showing.x, showing.y);
    }

    fn begin_show(&self) -> Option<Showing> {
        let text = &self.state.text;
        let font = text.font?;
        let loaded = self.fonts.get(font);
        let matrix = self.text.matrix.then(&self.state.ctm);
        if !matrix.is_finite() || !text.size.is_finite() {
            return None;
        }
        let em = match loaded.type3_scale {
            // Bitmap fonts have glyph spaces of their own: their box is the em.
            Some(scale) if !(0.0005..=0.002).contains(&scale) => loaded.ascent - loaded.descent,
            _ => 1.0,
        };
        let sign = if text.size < 0.0 { -1.0 } else { 1.0 };
        Some(Showing {
            font,
            mode: loaded.mode,
            ascent: loaded.ascent,
            descent: loaded.descent,
            size: text.size,
            display_size: (text.size * em * matrix.y_scale()).abs(),
            angle: angle(matrix.a * sign, matrix.b * sign),
            invisible: text.render == 3 || text.render == 7 || self.state.transparent,
            color: if text.render % 4 == 1 { self.state.stroke } else { self.state.fill },
            matrix,
            x: 0.0,
            y: 0.0,
        })
    }

    fn adjust(&self, showing: &mut Showing, amount: f32) {
        let shift = -amount / 1000.0 * showing.size;
        match showing.mode {
            WritingMode::Horizontal => showing.x += shift * self.state.text.scale,
            WritingMode::Vertical => showing.y += shift,
        }
    }

    fn show_bytes(&mut self, showing: &mut Showing, run: &mut Option<OpenRun>, mut bytes: &[u8]) {
        let text = self.state.text;
        let hidden = self.hidden();
        while !bytes.is_empty() {
            if self.shown.max(self.page.glyphs.len()) >= self.limits.page_glyphs {
                return self.note_limit(Breach::PageGlyphs);
            }
            self.shown += 1;
            let (info, len) = self.fonts.glyph(showing.font, bytes);
            bytes = &bytes[len..];
            let (width, vertical, provenance) = (info.width, info.vertical, info.provenance);
            let space = text.char_space + if info.is_space_code { text.word_space } else { 0.0 };
            let glyph_text = info.text.clone();
            if provenance == Provenance::Unmapped {
                self.unmapped[showing.font] += 1;
            }
            if run.as_ref().is_some_and(|r| r.provenance != provenance) {
                let open = run.take();
                self.end_run(showing, open);
            }
            let (bbox, baseline) = glyph_box(showing, width, vertical, text.rise, text.scale);
            if !hidden && self.is_on_page(&bbox) {
                let start = self.page.glyphs.len() as u32;
                run.get_or_insert(OpenRun { start, baseline, provenance });
                let flags = if showing.invisible { GlyphFlags::INVISIBLE } else { GlyphFlags::default() };
                match glyph_text {
                    GlyphText::One(ch) => self.page.glyphs.push(Glyph { ch, bbox, flags }),
                    GlyphText::Many(text) => push_several(&mut self.page.glyphs, &text, bbox, flags),
                }
            }
            match vertical {
                Some(v) => showing.y += v.advance * showing.size + space,
                None => showing.x += (width * showing.size + space) * text.scale,
            }
        }
    }

    /// The crop box decides: printers' slugs and bleed lie outside.
    fn is_on_page(&self, bbox: &Rect) -> bool {
        let c = bbox.center();
        c.x.is_finite() && c.y.is_finite() && self.page.bbox().grow(0.5, 0.5).contains(c)
    }

    fn end_run(&mut self, showing: &Showing, run: Option<OpenRun>) {
        let Some(run) = run else { return };
        let end = self.page.glyphs.len() as u32;
        let order = self.next_order();
        self.page.runs.push(GlyphRun {
            glyphs: run.start..end,
            font: showing.font as u32,
            size: showing.display_size,
            baseline: run.baseline,
            angle: showing.angle,
            mode: showing.mode,
            color: showing.color,
            render: self.state.text.render,
            mcid: self.mcid(),
            provenance: run.provenance,
            order,
        });
    }
}

/// Several characters of one code share its box in equal parts.
fn push_several(glyphs: &mut Vec<Glyph>, text: &str, bbox: Rect, mut flags: GlyphFlags) {
    let n = text.chars().count() as f32;
    for (i, ch) in text.chars().enumerate() {
        let (a, b) = (i as f32 / n, (i + 1) as f32 / n);
        let bbox = Rect { x0: bbox.x0 + bbox.width() * a, x1: bbox.x0 + bbox.width() * b, ..bbox };
        glyphs.push(Glyph { ch, bbox, flags });
        flags.set(GlyphFlags::CONTINUES);
    }
}

/// Box of a glyph in display space, and its baseline: y of a horizontal line, x of a vertical one's middle.
fn glyph_box(s: &Showing, width: f32, vertical: Option<Vertical>, rise: f32, scale: f32) -> (Rect, f32) {
    if let Some(v) = vertical {
        let (left, top) = (s.x - v.origin.0 * s.size * scale, s.y + rise);
        let advance = if v.advance == 0.0 { -1.0 } else { v.advance };
        let bbox = s.matrix.apply_rect(left, top + advance * s.size, left + width * s.size * scale, top);
        return (bbox, s.matrix.apply(s.x, top).x);
    }
    let (low, high) = (rise + s.descent * s.size, rise + s.ascent * s.size);
    let bbox = s.matrix.apply_rect(s.x, low, s.x + width * s.size * scale, high);
    let origin = s.matrix.apply(s.x, rise);
    (bbox, if s.angle % 180 == 0 { origin.y } else { origin.x })
}

/// Direction of the base line in whole degrees, clockwise on the page; nearly upright counts as upright.
fn angle(a: f32, b: f32) -> i16 {
    if b == 0.0 && a > 0.0 {
        return 0;
    }
    let degrees = b.atan2(a).to_degrees().round() as i16;
    match degrees.rem_euclid(360) {
        359 | 0 | 1 => 0,
        89..=91 => 90,
        179..=181 => 180,
        269..=271 => 270,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn angles_snap_within_a_degree() {
        assert_eq!(angle(1.0, 0.0), 0);
        assert_eq!(angle(1.0, -0.01), 0);
        assert_eq!(angle(0.0, 1.0), 90);
        assert_eq!(angle(0.0, -1.0), 270);
        assert_eq!(angle(1.0, 1.0), 45);
    }
}

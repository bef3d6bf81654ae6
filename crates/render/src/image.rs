//! Pixels of a page, and boxes drawn over them.

use hakusho_model::{Color, Rect};

use crate::error::RenderError;
use crate::letters;
use crate::png_file;
use crate::renderer::pixels;

/// An opaque image, three bytes a pixel, rows from the top.
#[derive(Clone, PartialEq, Eq)]
pub struct PageImage {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
}

impl std::fmt::Debug for PageImage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PageImage({} × {})", self.width, self.height)
    }
}

/// A box in whole pixels, right and lower edge outside.
#[derive(Clone, Copy)]
struct Area {
    x0: u32,
    y0: u32,
    x1: u32,
    y1: u32,
}

impl PageImage {
    /// A white image.
    pub fn blank(width: u32, height: u32) -> Self {
        Self { width, height, rgb: vec![255; width as usize * height as usize * 3] }
    }

    /// A white image of a page's size in points, at `scale` pixels a point.
    ///
    /// # Errors
    /// Where the image would be too large.
    pub fn for_page(width: f32, height: f32, scale: f32) -> Result<Self, RenderError> {
        let (width, height) = pixels(width, height, scale)?;
        Ok(Self::blank(u32::from(width), u32::from(height)))
    }

    /// From four bytes a pixel; what is not opaque lies on white. Missing pixels are white.
    pub(crate) fn from_rgba(width: u32, height: u32, rgba: &[u8]) -> Self {
        let mut image = Self::blank(width, height);
        for (to, from) in image.rgb.as_chunks_mut::<3>().0.iter_mut().zip(rgba.as_chunks::<4>().0) {
            let alpha = u32::from(from[3]);
            for c in 0..3 {
                to[c] = ((u32::from(from[c]) * alpha + 255 * (255 - alpha)) / 255) as u8;
            }
        }
        image
    }

    /// Pixels across.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Pixels down.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The colour of a pixel; white outside.
    pub fn pixel(&self, x: u32, y: u32) -> Color {
        match self.at(x, y).and_then(|i| self.rgb.get(i..i + 3)) {
            Some(&[r, g, b]) => Color { r, g, b },
            _ => Color::WHITE,
        }
    }

    /// Draws the outline of a box given in pixels, `thick` pixels wide, just outside the box so that it hides nothing
    /// in it.
    pub fn outline(&mut self, bbox: &Rect, color: Color, thick: u32) {
        let inner = self.area(bbox);
        let (x0, y0) = (inner.x0.saturating_sub(thick), inner.y0.saturating_sub(thick));
        let (x1, y1) = ((inner.x1 + thick).min(self.width), (inner.y1 + thick).min(self.height));
        for edge in [
            Area { x0, y0, x1, y1: inner.y0 },
            Area { x0, y0: inner.y1, x1, y1 },
            Area { x0, y0: inner.y0, x1: inner.x0, y1: inner.y1 },
            Area { x0: inner.x1, y0: inner.y0, x1, y1: inner.y1 },
        ] {
            self.mix(edge, color, 255);
        }
    }

    /// Tints a box given in pixels; `alpha` 0 changes nothing, 255 covers it.
    pub fn tint(&mut self, bbox: &Rect, color: Color, alpha: u8) {
        self.mix(self.area(bbox), color, u32::from(alpha));
    }

    /// Writes a few small letters (digits, a–z and signs) in white on a patch of the colour, its upper left corner at a
    /// pixel, each dot `size` pixels wide; moved into the image where it would leave it. See [`Self::label_width`].
    pub fn label(&mut self, x: f32, y: f32, text: &str, color: Color, size: u32) {
        let (wide, high) = (Self::label_width(text, size), 7 * size);
        let x = (x.max(0.0) as u32).min(self.width.saturating_sub(wide));
        let y = (y.max(0.0) as u32).min(self.height.saturating_sub(high));
        let clip = |x: u32, y: u32, w: u32, h: u32, s: &Self| Area {
            x0: x.min(s.width),
            y0: y.min(s.height),
            x1: (x + w).min(s.width),
            y1: (y + h).min(s.height),
        };
        self.mix(clip(x, y, wide, high, self), color, 255);
        for (i, ch) in text.chars().enumerate() {
            for (dx, dy) in letters::dots(ch) {
                let (px, py) = (x + (1 + i as u32 * 4 + dx) * size, y + (1 + dy) * size);
                self.mix(clip(px, py, size, size, self), Color::WHITE, 255);
            }
        }
    }

    /// Pixels that a label takes across.
    pub fn label_width(text: &str, size: u32) -> u32 {
        text.chars().count() as u32 * 4 * size + size
    }

    /// As a PNG file.
    ///
    /// # Errors
    /// [`RenderError::Png`], for an image without pixels.
    pub fn to_png(&self) -> Result<Vec<u8>, RenderError> {
        png_file::colour(self.width, self.height, &self.rgb)
    }

    /// As a PNG file in shades of grey that says how many pixels an inch has: what text recognition wants.
    ///
    /// # Errors
    /// [`RenderError::Png`], for an image without pixels.
    pub fn to_grey_png(&self, dpi: f32) -> Result<Vec<u8>, RenderError> {
        let luma = |p: &[u8; 3]| Color { r: p[0], g: p[1], b: p[2] }.luma();
        let grey: Vec<u8> = self.rgb.as_chunks::<3>().0.iter().map(luma).collect();
        png_file::grey(self.width, self.height, &grey, dpi)
    }

    fn at(&self, x: u32, y: u32) -> Option<usize> {
        (x < self.width && y < self.height).then(|| (y as usize * self.width as usize + x as usize) * 3)
    }

    /// The pixels a box touches, cut to the image; at least one pixel wide and high.
    fn area(&self, bbox: &Rect) -> Area {
        let side = |from: f32, to: f32, limit: u32| {
            let last = limit.saturating_sub(1);
            let start = (from.max(0.0).floor() as u32).min(last);
            (start, (to.max(0.0).ceil() as u32).clamp(start + 1, limit.max(start + 1)))
        };
        let ((x0, x1), (y0, y1)) = (side(bbox.x0, bbox.x1, self.width), side(bbox.y0, bbox.y1, self.height));
        Area { x0, y0, x1, y1 }
    }

    fn mix(&mut self, area: Area, color: Color, alpha: u32) {
        let ink = [color.r, color.g, color.b].map(u32::from);
        for y in area.y0..area.y1 {
            for x in area.x0..area.x1 {
                let Some(i) = self.at(x, y) else { continue };
                for (byte, ink) in self.rgb[i..i + 3].iter_mut().zip(ink) {
                    *byte = ((u32::from(*byte) * (255 - alpha) + ink * alpha) / 255) as u8;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED: Color = Color { r: 255, g: 0, b: 0 };

    #[test]
    fn an_outline_stays_outside_its_box_and_a_box_outside_harms_nothing() {
        let mut image = PageImage::blank(10, 10);
        image.outline(&Rect::new(3.0, 3.0, 8.0, 8.0), RED, 1);
        for (x, y, color) in [(2, 2, RED), (8, 8, RED), (5, 2, RED), (3, 3, Color::WHITE), (1, 1, Color::WHITE)] {
            assert_eq!(image.pixel(x, y), color, "{x} {y}");
        }
        image.outline(&Rect::new(-50.0, -50.0, 1e9, 1e9), RED, 3);
        image.label(1e9, 1e9, "b1", RED, 2);
        assert_eq!(image.pixel(99, 99), Color::WHITE);
    }

    #[test]
    fn a_tint_lets_the_page_through() {
        let mut image = PageImage::blank(4, 4);
        image.tint(&Rect::new(0.0, 0.0, 2.0, 2.0), RED, 128);
        assert_eq!(image.pixel(0, 0), Color { r: 255, g: 127, b: 127 });
        assert_eq!(image.pixel(3, 3), Color::WHITE);
    }

    #[test]
    fn what_is_transparent_lies_on_white() {
        let image = PageImage::from_rgba(2, 1, &[0, 0, 0, 0, 10, 20, 30, 255]);
        assert_eq!(image.pixel(0, 0), Color::WHITE);
        assert_eq!(image.pixel(1, 0), Color { r: 10, g: 20, b: 30 });
    }

    #[test]
    fn png_files_begin_with_their_mark() {
        let image = PageImage::blank(3, 2);
        for file in [image.to_png(), image.to_grey_png(300.0)] {
            assert!(file.expect("pixels").starts_with(b"\x89PNG\r\n"));
        }
        assert!(PageImage::blank(0, 0).to_png().is_err());
    }
}

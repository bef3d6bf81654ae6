//! What is usual in this report: type size and font of the body, leading, the frame of the text.

use std::collections::BTreeMap;

use hakusho_model::{Color, PageContent, Rect};

use crate::line::TextLine;

/// Sizes at most this share apart are one size.
pub(crate) const SAME_SIZE: f32 = 0.04;

/// Measures of the whole report.
#[derive(Clone, Debug)]
pub(crate) struct Styles {
    /// Type size of the body in points.
    pub(crate) size: f32,
    /// Fonts in which body text is set, most used first.
    pub(crate) fonts: Vec<u32>,
    /// Distance of base lines in body paragraphs.
    pub(crate) leading: f32,
    /// Frame of the body text by parity of the page (even, odd).
    pub(crate) frames: [Rect; 2],
    /// Whether the body is set top to bottom.
    pub(crate) vertical: bool,
    /// Colour of the body.
    pub(crate) color: Color,
    /// Whether body text is set bold.
    pub(crate) bold: bool,
}

impl Styles {
    /// Measures all lines of a report, `pages[i]` holding the lines of page `i + 1`.
    pub(crate) fn measure(pages: &[Vec<TextLine>], content: &[PageContent]) -> Self {
        let all = || pages.iter().flatten();
        let chars = |vertical: bool| all().filter(|l| l.vertical == vertical).map(TextLine::len).sum::<usize>();
        let vertical = chars(true) > chars(false);
        let size = body_size(all().filter(|l| l.vertical == vertical));
        let is_body = |l: &&TextLine| l.vertical == vertical && same_size(l.size, size) && l.len() >= 10;
        let fonts = by_weight(all().filter(is_body).map(|l| (l.font, l.len())));
        let leading = leading(pages, size, vertical);
        let frame = |parity: usize| {
            let on = |l: &&TextLine| l.page as usize % 2 == parity;
            let own = frame_of(all().filter(is_body).filter(on), leading);
            own.or_else(|| frame_of(all().filter(is_body), leading))
                .or_else(|| frame_of(all(), leading))
                .unwrap_or_else(|| content.first().map_or(Rect::default(), PageContent::bbox))
        };
        let color = by_weight(all().filter(is_body).map(|l| (l.color, l.len()))).first().copied().unwrap_or_default();
        let bold = by_weight(all().filter(is_body).map(|l| (l.bold, l.len()))).first().copied().unwrap_or_default();
        Self { size, fonts, leading, frames: [frame(0), frame(1)], vertical, color, bold }
    }

    /// The same with the size and fonts of a part that is set apart: a box with text of its own.
    pub(crate) fn of_part<'a>(&self, lines: impl Iterator<Item = &'a TextLine> + Clone) -> Self {
        let size = body_size(lines.clone());
        let is_body = |l: &&TextLine| same_size(l.size, size) && l.len() >= 10;
        let fonts = by_weight(lines.clone().filter(is_body).map(|l| (l.font, l.len())));
        let color = by_weight(lines.clone().filter(is_body).map(|l| (l.color, l.len()))).first().copied();
        let bold = by_weight(lines.filter(is_body).map(|l| (l.bold, l.len()))).first().copied();
        Self {
            size,
            fonts,
            color: color.unwrap_or(self.color),
            bold: bold.unwrap_or(self.bold),
            leading: self.leading * size / self.size.max(1.0),
            ..self.clone()
        }
    }

    /// Whether the line is set like body text.
    pub(crate) fn is_body(&self, line: &TextLine) -> bool {
        same_size(line.size, self.size) && self.fonts.iter().take(3).any(|f| *f == line.font)
    }

    /// Frame of the body on a page.
    pub(crate) fn frame(&self, page: u32) -> Rect {
        self.frames[page as usize % 2]
    }
}

/// Whether two sizes are the same size, give or take rounding.
pub(crate) fn same_size(a: f32, b: f32) -> bool {
    (a - b).abs() <= SAME_SIZE * a.max(b)
}

/// The size most characters of sentence-like lines have.
fn body_size<'a>(lines: impl Iterator<Item = &'a TextLine> + Clone) -> f32 {
    let key = |l: &TextLine| (l.size * 5.0).round() as u32;
    let weigh = |long: usize| by_weight(lines.clone().filter(|l| l.len() >= long).map(|l| (key(l), l.len())));
    let ranked = [18, 8, 1].into_iter().map(weigh).find(|r| !r.is_empty());
    ranked.and_then(|r| r.first().copied()).map_or(10.0, |k| k as f32 / 5.0)
}

/// Keys by total weight, heaviest first, ties by key.
fn by_weight<K: Ord + Copy>(pairs: impl Iterator<Item = (K, usize)>) -> Vec<K> {
    let mut weights: BTreeMap<K, usize> = BTreeMap::new();
    for (key, weight) in pairs {
        *weights.entry(key).or_default() += weight;
    }
    let mut ranked: Vec<(K, usize)> = weights.into_iter().collect();
    ranked.sort_by_key(|(key, weight)| (std::cmp::Reverse(*weight), *key));
    ranked.into_iter().map(|(key, _)| key).collect()
}

/// The most usual distance between base lines of body lines that stand one below the other.
fn leading(pages: &[Vec<TextLine>], size: f32, vertical: bool) -> f32 {
    let across = |l: &TextLine| if vertical { -l.bbox.center().x } else { l.baseline };
    let mut counts = Vec::new();
    for lines in pages {
        let mut body: Vec<&TextLine> =
            lines.iter().filter(|l| l.vertical == vertical && same_size(l.size, size) && l.len() >= 6).collect();
        body.sort_by(|a, b| across(a).total_cmp(&across(b)));
        for (i, line) in body.iter().enumerate() {
            let below = body[i + 1..].iter().find(|o| {
                let beside = if vertical { line.bbox.y_overlap(&o.bbox) } else { line.bbox.x_overlap(&o.bbox) };
                beside > 2.0 * size && across(o) - across(line) > 0.5 * size
            });
            if let Some(below) = below {
                let step = across(below) - across(line);
                if step < 3.0 * size {
                    counts.push(((step * 2.0).round() as u32, 1));
                }
            }
        }
    }
    by_weight(counts.into_iter()).first().map_or(1.6 * size, |k| *k as f32 / 2.0)
}

/// The frame that holds nearly all of the lines: outliers at either edge are left out.
fn frame_of<'a>(lines: impl Iterator<Item = &'a TextLine>, leading: f32) -> Option<Rect> {
    let boxes: Vec<Rect> = lines.map(|l| l.bbox).collect();
    if boxes.is_empty() {
        return None;
    }
    // An edge counts where at least two lines, or a hundredth of all, come as far.
    let spare = (boxes.len() / 100).min(boxes.len() - 1);
    let low = |get: fn(&Rect) -> f32| nth(boxes.iter().map(get), spare);
    let high = |get: fn(&Rect) -> f32| -nth(boxes.iter().map(|r| -get(r)), spare);
    let frame = Rect { x0: low(|r| r.x0), y0: low(|r| r.y0), x1: high(|r| r.x1), y1: high(|r| r.y1) };
    Some(frame.grow(0.1 * leading, 0.1 * leading))
}

fn nth(values: impl Iterator<Item = f32>, n: usize) -> f32 {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    values[n]
}

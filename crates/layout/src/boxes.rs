//! Boxes apart from the flow: framed or shaded areas with text of their own (関連データ, コラム, boxed rules).

use hakusho_lexicon::LayoutWords;
use hakusho_model::{Rect, ShapeKind};

use crate::page::{Page, Role};
use crate::styles::Styles;

/// A box and the lines in it.
#[derive(Clone, Debug)]
pub(crate) struct FoundBox {
    pub(crate) bbox: Rect,
    pub(crate) lines: Vec<usize>,
    /// Small boxes are kept as one block; the text of larger ones keeps its paragraphs.
    pub(crate) whole: bool,
}

/// Most lines of a box that is kept whole.
const SMALL: usize = 12;

/// Finds the boxes of a page and marks their lines. Runs after exhibits have taken theirs.
pub(crate) fn find(page: &mut Page<'_>, styles: &Styles, words: &LayoutWords) -> Vec<FoundBox> {
    let mut frames = frames(page);
    frames.sort_by(|a, b| b.area().total_cmp(&a.area()));
    let mut found: Vec<FoundBox> = Vec::new();
    for frame in frames {
        if found.iter().any(|f| f.bbox.encloses(&frame, 3.0) && f.whole) {
            continue;
        }
        let lines: Vec<usize> = (0..page.lines.len())
            .filter(|&i| page.roles[i] == Role::Flow && frame.grow(1.0, 1.0).contains(page.lines[i].bbox.center()))
            .collect();
        let chars: usize = lines.iter().map(|&i| page.lines[i].len()).sum();
        if lines.len() < 2 || chars < 12 {
            continue;
        }
        let named = lines.iter().any(|&i| words.boxed.iter().any(|w| page.lines[i].all_text().contains(w.as_str())));
        let body = lines.iter().filter(|&&i| styles.is_body(&page.lines[i])).count();
        let whole = !is_prose(page, &lines, &frame) && lines.len() <= SMALL && (named || body * 2 < lines.len());
        if !whole && body == 0 && !is_prose(page, &lines, &frame) {
            continue;
        }
        let k = found.len();
        for &i in &lines {
            page.roles[i] = Role::Boxed(k);
        }
        found.push(FoundBox { bbox: frame, lines, whole });
    }
    found
}

/// Whether a box holds paragraphs: several lines that fill its width, and sentences.
fn is_prose(page: &Page<'_>, lines: &[usize], frame: &Rect) -> bool {
    let full = lines.iter().filter(|&&i| page.lines[i].bbox.width() > 0.8 * frame.width()).count();
    let sentences = lines.iter().filter(|&&i| page.lines[i].text().contains('。')).count();
    full >= 3 && sentences >= 2
}

/// Framed or shaded rectangles large enough to hold lines, and small enough not to be the page.
fn frames(page: &Page<'_>) -> Vec<Rect> {
    let big_enough = |b: &Rect| {
        b.width() > 100.0
            && b.height() > 28.0
            && b.height() < 0.8 * page.content.height
            && b.width() < 0.97 * page.content.width
    };
    let shapes = page.content.shapes.iter().filter(|s| {
        let framed = s.stroke.is_some_and(|c| c.luma() < 245);
        let shaded = s.fill.is_some_and(|c| c.luma() > 200 && c.luma() < 251);
        let boxy = s.kind == ShapeKind::Rect || s.kind == ShapeKind::Curve && is_round_box(s);
        boxy && (framed || shaded) && big_enough(&s.bbox)
    });
    shapes.map(|s| s.bbox).collect()
}

/// A rectangle with rounded corners: most of its points lie on the edges of its box.
fn is_round_box(shape: &hakusho_model::Shape) -> bool {
    let b = shape.bbox;
    let reach = 0.25 * b.height().min(b.width());
    let near = |p: &&hakusho_model::Point| {
        (p.x - b.x0).min(b.x1 - p.x).min((p.y - b.y0).min(b.y1 - p.y)) < 0.12 * b.height().min(b.width()) + 0.5
    };
    let in_middle = shape.points.iter().any(|p| {
        (p.x - b.center().x).abs() < b.width() / 2.0 - 2.0 * reach
            && (p.y - b.center().y).abs() < b.height() / 2.0 - reach
    });
    shape.points.len() >= 8 && shape.points.iter().filter(near).count() * 10 >= shape.points.len() * 9 && !in_middle
}

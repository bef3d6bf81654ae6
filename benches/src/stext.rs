//! What mutool's structured text says of each character.

use std::path::Path;

use anyhow::Result;
use hakusho_model::{Point, Rect};

use crate::markup::{attribute, numbers, unescaped};
use crate::peers;

/// A character of structured text.
#[derive(Clone, Debug)]
pub(crate) struct Char {
    /// Its text, rarely more than one character.
    pub(crate) text: String,
    /// Its box, except in vertical lines, where mutool 1.21 gives one without height that starts at the base line.
    pub(crate) bbox: Rect,
    /// Origin of the glyph.
    pub(crate) origin: Point,
    /// Type size in points.
    pub(crate) size: f32,
    /// Set top to bottom.
    pub(crate) vertical: bool,
}

/// Height of the base line above the middle of an ideographic em cell, in em (`DW2` 880).
const BASE_LINE_TO_MIDDLE: f32 = 0.38;

impl Char {
    /// Middle of the glyph: of the box, or of the em cell over the base line.
    pub(crate) fn center(&self) -> Point {
        let middle = self.bbox.center();
        if self.vertical { Point { y: self.origin.y - BASE_LINE_TO_MIDDLE * self.size, ..middle } } else { middle }
    }
}

/// Characters of all pages.
pub(crate) fn pages(file: &Path) -> Result<Vec<Vec<Char>>> {
    Ok(parse(&peers::printed(&mut peers::mutool(file, "stext"))?))
}

fn parse(text: &str) -> Vec<Vec<Char>> {
    let mut pages = Vec::new();
    let (mut size, mut vertical) = (0.0, false);
    for line in text.lines() {
        match line.trim_start().split_once(' ') {
            Some(("<page", _)) => pages.push(Vec::new()),
            Some(("<line", tag)) => vertical = attribute(tag, "wmode") == Some("1"),
            Some(("<font", tag)) => size = attribute(tag, "size").and_then(|s| s.parse().ok()).unwrap_or(0.0),
            Some(("<char", tag)) => {
                if let (Some(page), Some(found)) = (pages.last_mut(), character(tag, size, vertical)) {
                    page.push(found);
                }
            }
            _ => {}
        }
    }
    pages
}

fn character(tag: &str, size: f32, vertical: bool) -> Option<Char> {
    let [xa, ya, xb, yb, xc, yc, xd, yd] = numbers(attribute(tag, "quad")?).try_into().ok()?;
    let [x, y] = [attribute(tag, "x")?.parse().ok()?, attribute(tag, "y")?.parse().ok()?];
    let bbox = Rect::new(xa, ya, xd, yd).union(&Rect::new(xb, yb, xc, yc));
    Some(Char { text: unescaped(attribute(tag, "c")?), bbox, origin: Point { x, y }, size, vertical })
}

/// A character without those that repeat it at its place: bold by several strikes, outlines, shadows.
pub(crate) fn struck_once(page: &[Char]) -> Vec<&Char> {
    /// Repeats lie nearer than this, in em.
    const REACH: f32 = 0.15;
    let mut kept: Vec<&Char> = Vec::new();
    let mut by_text: std::collections::BTreeMap<&str, Vec<Point>> = std::collections::BTreeMap::new();
    for c in page {
        let reach = REACH * c.size.max(1.0);
        let places = by_text.entry(&c.text).or_default();
        if !places.iter().any(|p| (p.x - c.origin.x).abs() <= reach && (p.y - c.origin.y).abs() <= reach) {
            places.push(c.origin);
            kept.push(c);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r##"<page id="page1" width="595" height="841">
<line bbox="10 20 30 40" wmode="WMODE" dir="1 0">
<font name="Ryumin" size="20">
<char quad="10 20 30 20 10 40 30 40" x="10" y="36" color="#000000" c="&#x56f3;"/>
<char quad="11 20 31 20 11 40 31 40" x="11" y="36" color="#000000" c="&#x56f3;"/>
<char quad="30 20 50 20 30 40 50 40" x="30" y="36" color="#000000" c="&#x56f3;"/>"##;

    #[test]
    fn characters_have_boxes_and_strikes_are_counted_once() {
        let pages = parse(&PAGE.replace("WMODE", "0"));
        assert_eq!(pages[0].len(), 3);
        assert_eq!(pages[0][0].text, "図");
        assert_eq!(pages[0][0].center(), Point { x: 20.0, y: 30.0 });
        assert_eq!(struck_once(&pages[0]).len(), 2);
    }

    #[test]
    fn the_middle_of_a_vertical_one_is_reckoned_from_the_base_line() {
        let pages = parse(&PAGE.replace("WMODE", "1"));
        assert_eq!(pages[0][0].center(), Point { x: 20.0, y: 28.4 });
    }
}

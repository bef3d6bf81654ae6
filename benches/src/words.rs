//! poppler's words with their boxes, and each character's likely place in them.

use std::path::Path;

use anyhow::Result;
use hakusho_model::{Point, Rect};

use crate::markup::{attribute, unescaped};
use crate::peers;

/// A word.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) bbox: Rect,
}

impl Word {
    /// Characters with where they stand if ideographs are twice as wide as letters: near enough to find them.
    pub(crate) fn places(&self) -> Vec<(char, Point)> {
        let width = |c: char| if u32::from(c) < 0x2E80 { 0.5 } else { 1.0 };
        let whole: f32 = self.text.chars().map(width).sum();
        let (w, h) = (self.bbox.width(), self.bbox.height());
        let Point { x, y } = self.bbox.center();
        let mut passed = 0.0;
        let place = |ch: char| {
            let middle = (passed + width(ch) / 2.0) / whole;
            passed += width(ch);
            if w >= h || whole <= 1.0 {
                (ch, Point { x: self.bbox.x0 + w * middle, y })
            } else {
                (ch, Point { x, y: self.bbox.y0 + h * middle })
            }
        };
        self.text.chars().map(place).collect()
    }
}

/// Words of all pages.
pub(crate) fn pages(file: &Path) -> Result<Vec<Vec<Word>>> {
    Ok(parse(&peers::printed(&mut peers::pdftotext(file, &["-bbox", "-cropbox"]))?))
}

fn parse(text: &str) -> Vec<Vec<Word>> {
    let mut pages: Vec<Vec<Word>> = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with("<page ") {
            pages.push(Vec::new());
        }
        if let (Some(page), Some(found)) = (pages.last_mut(), line.strip_prefix("<word ").and_then(word)) {
            page.push(found);
        }
    }
    pages
}

fn word(tag: &str) -> Option<Word> {
    let number = |name| attribute(tag, name)?.parse::<f32>().ok();
    let bbox = Rect::new(number("xMin")?, number("yMin")?, number("xMax")?, number("yMax")?);
    let text = unescaped(tag.split_once('>')?.1.strip_suffix("</word>")?);
    Some(Word { text, bbox })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_stand_along_the_longer_edge() {
        let text = "<page width=\"1\">\n <word xMin=\"0\" yMin=\"0\" xMax=\"30.0\" yMax=\"10\">A白B書</word>";
        let places = parse(text)[0][0].places();
        assert_eq!(places[1], ('白', Point { x: 10.0, y: 5.0 }));
        assert_eq!(places[3], ('書', Point { x: 25.0, y: 5.0 }));
        let upright = Word { text: "白書".into(), bbox: Rect::new(0.0, 0.0, 10.0, 20.0) };
        assert_eq!(upright.places()[1], ('書', Point { x: 5.0, y: 15.0 }));
    }
}

//! A printed line: characters in reading order with boxes, and the style most of them have.

use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;

use hakusho_model::{Color, Rect};

use crate::chars::{is_japanese, is_latin, is_space};

/// How a character stands in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// On the base line.
    Normal,
    /// Small and raised: a footnote marker or an exponent.
    Raised,
}

/// One character of a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineChar {
    pub(crate) ch: char,
    pub(crate) bbox: Rect,
    /// Where it begins along the direction of its line, and where it ends.
    pub(crate) along: (f32, f32),
    pub(crate) size: f32,
    pub(crate) font: u32,
    pub(crate) color: Color,
    pub(crate) standing: Standing,
}

/// The characters of a line, which remember the text they make until they are changed.
#[derive(Clone, Debug, Default)]
pub(crate) struct LineChars {
    list: Vec<LineChar>,
    text: OnceLock<String>,
}

impl From<Vec<LineChar>> for LineChars {
    fn from(list: Vec<LineChar>) -> Self {
        Self { list, text: OnceLock::new() }
    }
}

impl Deref for LineChars {
    type Target = Vec<LineChar>;

    fn deref(&self) -> &Vec<LineChar> {
        &self.list
    }
}

impl DerefMut for LineChars {
    fn deref_mut(&mut self) -> &mut Vec<LineChar> {
        self.text.take();
        &mut self.list
    }
}

/// A line, or a piece of one between wide gaps.
#[derive(Clone, Debug)]
pub(crate) struct TextLine {
    /// Physical page, from 1.
    pub(crate) page: u32,
    pub(crate) chars: LineChars,
    pub(crate) bbox: Rect,
    /// y of a horizontal, x of a vertical line's base.
    pub(crate) baseline: f32,
    /// Type size of most characters.
    pub(crate) size: f32,
    /// Font of most characters.
    pub(crate) font: u32,
    pub(crate) bold: bool,
    pub(crate) color: Color,
    /// Set top to bottom.
    pub(crate) vertical: bool,
}

impl TextLine {
    /// Recomputes box and style after characters have changed. The characters must be in reading order.
    pub(crate) fn settle(&mut self, bold: &dyn Fn(u32) -> bool) {
        let normal = |c: &&LineChar| c.standing == Standing::Normal && !is_space(c.ch);
        if let Some(bbox) = Rect::bounding(self.chars.iter().filter(|c| !is_space(c.ch)).map(|c| c.bbox)) {
            self.bbox = bbox;
        }
        let of_most = |key: &dyn Fn(&LineChar) -> u64| -> Option<u64> {
            let mut counts: Vec<(u64, u32)> = Vec::new();
            for c in self.chars.iter().filter(normal) {
                match counts.iter_mut().find(|(k, _)| *k == key(c)) {
                    Some((_, n)) => *n += 1,
                    None => counts.push((key(c), 1)),
                }
            }
            counts.into_iter().reduce(|a, b| if b.1 > a.1 { b } else { a }).map(|(k, _)| k)
        };
        let size = of_most(&|c| (c.size * 10.0).round() as u64);
        let font = of_most(&|c| u64::from(c.font));
        let color = of_most(&|c| u64::from(c.color.r) << 16 | u64::from(c.color.g) << 8 | u64::from(c.color.b));
        if let (Some(size), Some(font), Some(color)) = (size, font, color) {
            self.size = size as f32 / 10.0;
            self.font = font as u32;
            self.bold = bold(self.font);
            self.color = Color { r: (color >> 16) as u8, g: (color >> 8) as u8, b: color as u8 };
        }
    }

    /// The text without raised characters, spaces as a reader would type them.
    pub(crate) fn text(&self) -> &str {
        self.chars.text.get_or_init(|| {
            let mut out = String::with_capacity(self.chars.len() * 3);
            for (_, space, ch) in self.signs() {
                out.push_str(space);
                out.extend(ch);
            }
            out
        })
    }

    /// All characters including raised ones, without spaces.
    pub(crate) fn all_text(&self) -> String {
        self.chars.iter().map(|c| c.ch).filter(|c| !is_space(*c)).collect()
    }

    /// Number of characters that are not spaces.
    pub(crate) fn len(&self) -> usize {
        self.chars.iter().filter(|c| !is_space(c.ch)).count()
    }

    /// Text pieces with the index of the character each belongs to; raised characters give empty pieces.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = (usize, String)> + '_ {
        self.signs().map(|(i, space, ch)| (i, space.chars().chain(ch).collect()))
    }

    /// For each character its index, the space before it, and the character; raised ones and spaces have neither.
    fn signs(&self) -> impl Iterator<Item = (usize, &'static str, Option<char>)> + '_ {
        let mut last: Option<usize> = None;
        let mut pending_space = None;
        self.chars.iter().enumerate().map(move |(i, c)| {
            if c.standing == Standing::Raised {
                return (i, "", None);
            }
            if is_space(c.ch) {
                pending_space = Some(c.ch);
                return (i, "", None);
            }
            let space = last.map_or("", |k: usize| space_between(&self.chars[k], c, pending_space));
            pending_space = None;
            last = Some(i);
            (i, space, Some(c.ch))
        })
    }
}

/// What a reader would type between two neighbours: a printed ideographic space stays, a space or a gap counts
/// between Latin characters, a space glyph also between Latin and Japanese.
fn space_between(a: &LineChar, b: &LineChar, printed: Option<char>) -> &'static str {
    let gap = b.along.0 - a.along.1;
    let em = a.size.max(b.size).max(1.0);
    if printed.is_none() && gap <= 0.15 * em {
        return "";
    }
    match printed {
        Some('\u{3000}') => "\u{3000}",
        _ if gap > 1.4 * em && printed.is_none() => "\u{3000}",
        Some(_) if is_japanese(a.ch) && is_japanese(b.ch) && gap > 0.7 * em => "\u{3000}",
        Some(_) => " ",
        None if is_latin(a.ch) && is_latin(b.ch) && gap > 0.18 * em => " ",
        // Wider than the quarter em that sets Latin off from Japanese (JIS X 4051).
        None if is_latin(a.ch) != is_latin(b.ch) && gap > 0.6 * em => " ",
        // A number reversed out of a disc, then its title in the colour of text.
        None if gap > 0.15 * em && a.color.distance(b.color) > 150 => " ",
        None => "",
    }
}

//! Boxes of glyphs against the peers'.
//!
//! mutool gives each character a box and an origin. Its box is as high as the font program says; poppler's and ours are as
//! high as the font descriptor says, so that centres differ across the line by definition while advance widths (along
//! the line) and base lines, which no definition enters, agree. poppler gives boxes of words: a glyph is near when the
//! edges of its word along the line and the word's centre across it are. Vertical writing: mutool's boxes have no height,
//! there the em cell over its base line is taken; poppler's lie half an em to the right and one above what it renders.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use hakusho_model::{GlyphFlags, PageContent, Point, Rect, WritingMode};

use crate::files;
use crate::matching::pairs;
use crate::stext::{self, Char};
use crate::table::{Table, share};
use crate::words::{self, Word};

/// How far centres may lie apart, in points.
const TOLERANCE: f32 = 1.0;

/// A glyph of ours, and what was found of it.
struct Ours {
    ch: char,
    bbox: Rect,
    font: u32,
    size: f32,
    /// Base line of an upright horizontal run.
    base_line: Option<f32>,
    across_is_y: bool,
    by_mutool: Option<Near>,
    by_poppler: Option<Near>,
}

/// Whether a peer has the glyph where we have it.
#[derive(Clone, Copy, Default)]
struct Near {
    along: bool,
    across: bool,
    base_line: Option<bool>,
    /// Distance across the line in em.
    offset: f32,
}

impl Near {
    fn both(self) -> bool {
        self.along && self.across
    }
}

/// Counts over glyphs.
#[derive(Clone, Copy, Default)]
struct Tally {
    glyphs: u64,
    found: u64,
    near_either: u64,
    mutool: [u64; 6],
    poppler: [u64; 6],
}

/// Glyphs away from both peers, by file and font: how many, how many of them along the line for both.
type Worst = BTreeMap<String, (u64, u64, f64)>;

pub(crate) fn report(pdfs: &[PathBuf], verbose: bool) -> Result<String> {
    let columns =
        ["file", "found", "near either", "mutool", "along", "across", "base line", "poppler", "along", "across"];
    let mut table = Table::new(&columns);
    let mut sum = Tally::default();
    let mut shares = Vec::new();
    let mut worst = Worst::new();
    for file in pdfs {
        let content = files::read(file, None)?;
        let (chars, words) = (stext::pages(file)?, words::pages(file)?);
        let mut tally = Tally::default();
        for (i, page) in content.pages.iter().enumerate() {
            let mut ours = our_glyphs(page);
            against_chars(&mut ours, chars.get(i).map_or(&[], Vec::as_slice));
            against_words(&mut ours, words.get(i).map_or(&[], Vec::as_slice));
            for glyph in &ours {
                let font = content.fonts.get(glyph.font as usize).map_or("", |f| f.name.as_str());
                count(glyph, &mut tally, &mut worst, || format!("{} {font}", files::stem(file)));
            }
        }
        shares.push(share(tally.near_either, tally.found));
        sum.add(&tally);
        let mut cells = vec![files::stem(file)];
        cells.extend(tally.cells());
        table.row(&cells);
    }
    let c = sum.cells();
    let low = shares.iter().filter(|s| **s < 0.999).count();
    let mut out = String::from("## Boxes: centres within 1 pt\n\n");
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "{} glyphs, {} of them found by a peer; near either peer {}, files below 0.999: {low}. mutool: centres {}, \
         along the line {}, across it {}, base line {}. poppler: {}, along {}, across {}.\n",
        sum.glyphs, c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8]
    );
    out += &table.finish();
    if verbose {
        out += &listed(worst);
    }
    Ok(out)
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.glyphs += other.glyphs;
        self.found += other.found;
        self.near_either += other.near_either;
        for (a, b) in self.mutool.iter_mut().chain(&mut self.poppler).zip(other.mutool.iter().chain(&other.poppler)) {
            *a += b;
        }
    }

    fn cells(&self) -> Vec<String> {
        let [m, p] = [self.mutool, self.poppler];
        let shares = [
            share(self.found, self.glyphs),
            share(self.near_either, self.found),
            share(m[1], m[0]),
            share(m[2], m[0]),
            share(m[3], m[0]),
            share(m[5], m[4]),
            share(p[1], p[0]),
            share(p[2], p[0]),
            share(p[3], p[0]),
        ];
        shares.iter().map(|s| format!("{s:.5}")).collect()
    }
}

fn count(glyph: &Ours, tally: &mut Tally, worst: &mut Worst, name: impl Fn() -> String) {
    tally.glyphs += 1;
    for (near, sums) in [(glyph.by_mutool, &mut tally.mutool), (glyph.by_poppler, &mut tally.poppler)] {
        let Some(near) = near else { continue };
        let counted =
            [true, near.both(), near.along, near.across, near.base_line.is_some(), near.base_line == Some(true)];
        for (sum, one) in sums.iter_mut().zip(counted) {
            *sum += u64::from(one);
        }
    }
    let found: Vec<Near> = glyph.by_mutool.into_iter().chain(glyph.by_poppler).collect();
    tally.found += u64::from(!found.is_empty());
    tally.near_either += u64::from(found.iter().any(|n| n.both()));
    if let Some(first) = found.first().filter(|_| !found.iter().any(|n| n.both())) {
        let slot = worst.entry(name()).or_default();
        slot.0 += 1;
        slot.1 += u64::from(found.iter().all(|n| !n.along));
        slot.2 += f64::from(first.offset);
    }
}

fn listed(worst: Worst) -> String {
    let mut rows: Vec<_> = worst.into_iter().collect();
    rows.sort_by_key(|(_, (n, ..))| std::cmp::Reverse(*n));
    let mut table = Table::new(&["file and font", "apart from both", "along the line", "mean distance across, em"]);
    for (font, (n, along, sum)) in rows.into_iter().take(60) {
        table.row(&[font, n.to_string(), along.to_string(), format!("{:+.3}", sum / n as f64)]);
    }
    format!("\n{}", table.finish())
}

fn our_glyphs(page: &PageContent) -> Vec<Ours> {
    let mut out = Vec::with_capacity(page.glyphs.len());
    for run in &page.runs {
        let upright = run.mode == WritingMode::Horizontal && run.angle == 0;
        let across_is_y = (run.mode == WritingMode::Horizontal) == (run.angle % 180 == 0);
        let glyphs = page.glyphs_of(run).iter();
        let kept = glyphs.filter(|g| !g.flags.has(GlyphFlags::DUPLICATE) && !g.ch.is_whitespace());
        out.extend(kept.map(|g| Ours {
            ch: g.ch,
            bbox: g.bbox,
            font: run.font,
            size: run.size,
            base_line: upright.then_some(run.baseline),
            across_is_y,
            by_mutool: None,
            by_poppler: None,
        }));
    }
    out
}

fn centers(ours: &[Ours]) -> Vec<(char, Point)> {
    ours.iter().map(|g| (g.ch, g.bbox.center())).collect()
}

/// Distance along and across the line.
fn apart(ours: &Ours, from: Point, to: Point) -> (f32, f32) {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    if ours.across_is_y { (dx, dy) } else { (dy, dx) }
}

fn against_chars(ours: &mut [Ours], chars: &[Char]) {
    let theirs: Vec<(char, Point, Point)> =
        chars.iter().filter_map(|c| Some((shown(&c.text)?, c.center(), c.origin))).collect();
    let places: Vec<(char, Point)> = theirs.iter().map(|(ch, p, _)| (*ch, *p)).collect();
    for pair in pairs(&centers(ours), &places) {
        let glyph = &mut ours[pair.ours];
        let (_, center, origin) = theirs[pair.theirs];
        let (along, across) = apart(glyph, glyph.bbox.center(), center);
        glyph.by_mutool = Some(Near {
            along: along.abs() <= TOLERANCE,
            across: across.abs() <= TOLERANCE,
            base_line: glyph.base_line.map(|y| (y - origin.y).abs() <= TOLERANCE),
            offset: across / glyph.size.max(0.1),
        });
    }
}

fn against_words(ours: &mut [Ours], words: &[Word]) {
    let mut places = Vec::new();
    let mut word_of = Vec::new();
    for (i, word) in words.iter().enumerate() {
        let known = word.places().into_iter().filter_map(|(ch, p)| Some((shown(&ch.to_string())?, p)));
        places.extend(known);
        word_of.resize(places.len(), i);
    }
    let mut glyphs_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for pair in pairs(&centers(ours), &places) {
        glyphs_of.entry(word_of[pair.theirs]).or_default().push(pair.ours);
    }
    for (word, glyphs) in glyphs_of {
        let Some(bbox) = Rect::bounding(glyphs.iter().map(|&i| ours[i].bbox)) else { continue };
        let theirs = words[word].bbox;
        let corner = |r: &Rect, last: bool| if last { Point { x: r.x1, y: r.y1 } } else { Point { x: r.x0, y: r.y0 } };
        for i in glyphs {
            let glyph = &mut ours[i];
            let edge = |last| apart(glyph, corner(&bbox, last), corner(&theirs, last)).0.abs() <= TOLERANCE;
            let across = apart(glyph, bbox.center(), theirs.center()).1;
            glyph.by_poppler = Some(Near {
                along: edge(false) && edge(true),
                across: across.abs() <= TOLERANCE,
                base_line: None,
                offset: across / glyph.size.max(0.1),
            });
        }
    }
}

/// The character as ours has it; nothing for white space.
fn shown(text: &str) -> Option<char> {
    text.chars().find_map(hakusho_pdf::repaired).filter(|c| !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(ch: char, bbox: Rect) -> Ours {
        let (base_line, across_is_y) = (Some(9.0), true);
        Ours { ch, bbox, font: 0, size: 10.0, base_line, across_is_y, by_mutool: None, by_poppler: None }
    }

    fn check_word(ours: [f32; 2], word: Rect, along: bool, across: bool) {
        let cell = |x: f32| Rect::new(x, 0.0, x + 10.0, 10.0);
        let mut glyphs = [glyph('白', cell(ours[0])), glyph('書', cell(ours[1]))];
        against_words(&mut glyphs, &[Word { text: "白書".into(), bbox: word }]);
        for near in glyphs.iter().filter_map(|g| g.by_poppler) {
            assert_eq!((near.along, near.across), (along, across), "{ours:?} {word:?}");
        }
        assert!(glyphs.iter().all(|g| g.by_poppler.is_some()));
    }

    #[test]
    fn words_at_the_limit_and_past_it() {
        check_word([0.0, 10.0], Rect::new(0.0, 0.0, 20.0, 10.0), true, true);
        check_word([0.0, 10.0], Rect::new(1.0, 0.0, 21.0, 12.0), true, true);
        check_word([0.0, 10.0], Rect::new(0.0, 0.0, 21.1, 10.0), false, true);
        check_word([0.0, 10.0], Rect::new(0.0, 0.0, 20.0, 12.2), true, false);
    }

    #[test]
    fn base_lines_are_compared_whatever_the_height() {
        let mut glyphs = [glyph('白', Rect::new(0.0, 0.0, 10.0, 10.0))];
        let (bbox, origin) = (Rect::new(0.0, 0.0, 10.0, 14.0), Point { x: 0.0, y: 9.5 });
        against_chars(&mut glyphs, &[Char { text: "白".into(), bbox, origin, size: 10.0, vertical: false }]);
        let near = glyphs[0].by_mutool.expect("found");
        assert_eq!((near.along, near.across, near.base_line), (true, false, Some(true)));
    }
}

//! Centres of glyph boxes against the peers'.
//!
//! MuPDF gives a box and an origin for each character. Its box is as high as the font program says, ours as high as the
//! font descriptor says, so besides the centres their parts are told apart: along the line (advance widths), across it
//! (what ascent and descent are taken for), and the base line itself, which no definition enters.
//! poppler gives boxes of words: a word of kana and kanji only is cut into equal cells.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Result;
use hakusho_model::{GlyphFlags, PageContent, Point, Rect, ReportContent, WritingMode};

use crate::chars::is_kana_or_kanji;
use crate::matching::pairs;
use crate::table::{Table, share};
use crate::{files, peers};

/// How far centres may lie apart, in points.
const TOLERANCE: f32 = 1.0;

/// A character of a peer.
struct Theirs {
    ch: char,
    bbox: Rect,
    base_line: Option<f32>,
}

/// A glyph of ours.
struct Ours {
    ch: char,
    bbox: Rect,
    font: u32,
    size: f32,
    /// Base line of an upright horizontal run.
    base_line: Option<f32>,
    across_is_y: bool,
}

/// Counts of pairs.
#[derive(Clone, Copy, Default)]
struct Tally {
    theirs: u64,
    matched: u64,
    near: u64,
    along: u64,
    across: u64,
    with_base_line: u64,
    base_line: u64,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.theirs += other.theirs;
        self.matched += other.matched;
        self.near += other.near;
        self.along += other.along;
        self.across += other.across;
        self.with_base_line += other.with_base_line;
        self.base_line += other.base_line;
    }

    fn cells(self) -> Vec<String> {
        let shares = [
            share(self.matched, self.theirs),
            share(self.near, self.matched),
            share(self.along, self.matched),
            share(self.across, self.matched),
            share(self.base_line, self.with_base_line),
        ];
        shares.iter().map(|s| format!("{s:.5}")).collect()
    }
}

/// Pairs that lie apart, by font: count, how many of them along the line, mean distance across it in em.
type Worst = BTreeMap<(String, String), (u64, u64, f64)>;

pub(crate) fn report(pdfs: &[PathBuf], verbose: bool) -> Result<String> {
    let columns =
        ["file", "matched", "centre", "along", "across", "base line", "poppler matched", "centre", "along", "across"];
    let mut table = Table::new(&columns);
    let (mut of_mutool, mut of_poppler, mut either) = (Tally::default(), Tally::default(), Vec::new());
    let mut worst = Worst::new();
    for file in pdfs {
        let content = files::read(file, None)?;
        let mutool = compare(&content, &mutool_pages(file)?, ("mutool", &mut worst, file));
        let poppler = compare(&content, &poppler_pages(file)?, ("poppler", &mut worst, file));
        let mut cells = vec![files::stem(file)];
        cells.extend(mutool.cells());
        cells.extend(poppler.cells().into_iter().take(4));
        table.row(&cells);
        either.push(share(mutool.near, mutool.matched).max(share(poppler.near, poppler.matched)));
        of_mutool.add(mutool);
        of_poppler.add(poppler);
    }
    let mut out = String::from("## Boxes: centres within 1 pt\n\n");
    for (name, tally) in [("mutool", of_mutool), ("poppler", of_poppler)] {
        let c = tally.cells();
        let n = tally.matched;
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "- {name}: {n} glyphs matched ({} of its own), centres {}, along the line {}, across {}.",
            c[0], c[1], c[2], c[3]
        );
    }
    let low = either.iter().filter(|s| **s < 0.999).count();
    let _ =
        writeln!(out, "- mutool's base line: {}. Files below 0.999 against both peers: {low}.\n", of_mutool.cells()[4]);
    out += &table.finish();
    if verbose {
        out += &listed(worst);
    }
    Ok(out)
}

fn listed(worst: Worst) -> String {
    let mut rows: Vec<_> = worst.into_iter().collect();
    rows.sort_by_key(|(_, (n, ..))| std::cmp::Reverse(*n));
    let mut table =
        Table::new(&["file and font", "peer", "apart", "of them along the line", "mean distance across, em"]);
    for ((font, peer), (n, along, sum)) in rows.into_iter().take(60) {
        table.row(&[font, peer, n.to_string(), along.to_string(), format!("{:+.3}", sum / n as f64)]);
    }
    format!("\n{}", table.finish())
}

fn compare(content: &ReportContent, pages: &[Vec<Theirs>], (peer, worst, file): (&str, &mut Worst, &Path)) -> Tally {
    let mut tally = Tally::default();
    for (page, theirs) in content.pages.iter().zip(pages) {
        let ours = our_glyphs(page);
        let a: Vec<(char, Point)> = ours.iter().map(|g| (g.ch, g.bbox.center())).collect();
        let b: Vec<(char, Point)> = theirs.iter().map(|g| (g.ch, g.bbox.center())).collect();
        tally.theirs += b.len() as u64;
        for pair in pairs(&a, &b) {
            let (o, t) = (&ours[pair.ours], &theirs[pair.theirs]);
            let (dx, dy) = (b[pair.theirs].1.x - a[pair.ours].1.x, b[pair.theirs].1.y - a[pair.ours].1.y);
            let (along, across) = if o.across_is_y { (dx, dy) } else { (dy, dx) };
            tally.matched += 1;
            tally.along += u64::from(along.abs() <= TOLERANCE);
            tally.across += u64::from(across.abs() <= TOLERANCE);
            let near = along.abs() <= TOLERANCE && across.abs() <= TOLERANCE;
            tally.near += u64::from(near);
            if let (Some(mine), Some(their)) = (o.base_line, t.base_line) {
                tally.with_base_line += 1;
                tally.base_line += u64::from((mine - their).abs() <= TOLERANCE);
            }
            if !near {
                let font = content.fonts.get(o.font as usize).map_or("", |f| f.name.as_str());
                let key = (format!("{} {font}", files::stem(file)), peer.to_owned());
                let slot = worst.entry(key).or_default();
                slot.0 += 1;
                slot.1 += u64::from(along.abs() > TOLERANCE);
                slot.2 += f64::from(across / o.size.max(0.1));
            }
        }
    }
    tally
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
        }));
    }
    out
}

/// Characters of MuPDF's structured text, by page.
fn mutool_pages(file: &Path) -> Result<Vec<Vec<Theirs>>> {
    let text = peers::printed(&mut peers::mutool(file, "stext"))?;
    let mut pages = Vec::new();
    for line in text.lines() {
        if line.starts_with("<page ") {
            pages.push(Vec::new());
        }
        let found = line.strip_prefix("<char ").and_then(mutool_char);
        if let (Some(found), Some(page)) = (found, pages.last_mut()) {
            page.push(found);
        }
    }
    Ok(pages)
}

fn mutool_char(tag: &str) -> Option<Theirs> {
    let quad: Vec<f32> = attribute(tag, "quad")?.split(' ').filter_map(|n| n.parse().ok()).collect();
    let [xa, ya, xb, yb, xc, yc, xd, yd] = quad.try_into().ok()?;
    let bbox = Rect::new(xa, ya, xd, yd).union(&Rect::new(xb, yb, xc, yc));
    let ch = shown(&unescaped(attribute(tag, "c")?))?;
    Some(Theirs { ch, bbox, base_line: attribute(tag, "y")?.parse().ok() })
}

/// Cells of poppler's words that are kana and kanji only, by page.
fn poppler_pages(file: &Path) -> Result<Vec<Vec<Theirs>>> {
    let text = peers::printed(&mut peers::pdftotext(file, &["-bbox", "-cropbox"]))?;
    let mut pages = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with("<page ") {
            pages.push(Vec::new());
        }
        if let (Some(tag), Some(page)) = (line.strip_prefix("<word "), pages.last_mut()) {
            page.extend(poppler_word(tag).unwrap_or_default());
        }
    }
    Ok(pages)
}

fn poppler_word(tag: &str) -> Option<Vec<Theirs>> {
    let number = |name| attribute(tag, name)?.parse::<f32>().ok();
    let bbox = Rect::new(number("xMin")?, number("yMin")?, number("xMax")?, number("yMax")?);
    let text = unescaped(tag.split_once('>')?.1.strip_suffix("</word>")?);
    let chars: Vec<char> = text.chars().collect();
    if !chars.iter().all(|c| is_kana_or_kanji(*c)) {
        return None;
    }
    let n = chars.len() as f32;
    let horizontal = chars.len() == 1 || bbox.width() >= bbox.height();
    let cell = |i: usize| {
        let (a, b) = (i as f32 / n, (i + 1) as f32 / n);
        let (w, h) = (bbox.width(), bbox.height());
        if horizontal {
            Rect { x0: bbox.x0 + w * a, x1: bbox.x0 + w * b, ..bbox }
        } else {
            Rect { y0: bbox.y0 + h * a, y1: bbox.y0 + h * b, ..bbox }
        }
    };
    let found = chars.iter().enumerate().filter_map(|(i, ch)| Some((i, shown(&ch.to_string())?)));
    Some(found.map(|(i, ch)| Theirs { ch, bbox: cell(i), base_line: None }).collect())
}

/// The character as ours has it; nothing for white space.
fn shown(text: &str) -> Option<char> {
    text.chars().find_map(hakusho_pdf::repaired).filter(|c| !c.is_whitespace())
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let start = tag
        .match_indices(name)
        .find(|(i, _)| (*i == 0 || tag[..*i].ends_with(' ')) && tag[i + name.len()..].starts_with("=\""))?;
    let rest = &tag[start.0 + name.len() + 2..];
    rest.split_once('"').map(|(value, _)| value)
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out += before;
        let Some((entity, behind)) = after.split_once(';') else { break };
        let hex = entity.strip_prefix("#x").and_then(|h| u32::from_str_radix(h, 16).ok());
        let code = hex.or_else(|| entity.strip_prefix('#')?.parse().ok()).and_then(char::from_u32);
        let named = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];
        out.extend(code.or_else(|| named.iter().find(|(n, _)| *n == entity).map(|(_, c)| *c)));
        rest = behind;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_of_structured_text() {
        let tag = r##"quad="10 20 30 20 10 40 30 40" x="10" y="36" color="#000000" c="&#x56f3;"/>"##;
        let found = mutool_char(tag).expect("a character");
        assert_eq!((found.ch, found.bbox.center(), found.base_line), ('図', Point { x: 20.0, y: 30.0 }, Some(36.0)));
    }

    #[test]
    fn words_of_kanji_are_cut_and_others_left() {
        let word = |text: &str| format!(r#"xMin="0" yMin="0" xMax="20.0" yMax="10">{text}</word>"#);
        let cells = poppler_word(&word("白書")).expect("cells");
        assert_eq!(cells[1].bbox, Rect::new(10.0, 0.0, 20.0, 10.0));
        assert!(poppler_word(&word("AI白")).is_none());
    }

    #[test]
    fn entities() {
        assert_eq!(unescaped("a&lt;&#x767d;&#33;&quot;"), "a<白!\"");
    }
}

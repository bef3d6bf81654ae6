//! Glyphs to lines. Horizontal, vertical and turned text each run through the same steps in a frame of their own.
//!
//! 1. Runs are cut into fragments at wide gaps.
//! 2. Fragments on one base line are joined where the gap is small and no ruling line stands between.
//! 3. Small raised fragments join the line they stand in; ruby leaves the text.
//! 4. Characters set one below the other become vertical lines.

use std::collections::BTreeMap;

use hakusho_model::{Color, GlyphFlags, PageContent, Rect, ReportContent, Rule, WritingMode};

use crate::chars::{is_bracket, is_bullet, is_digit, is_japanese, is_kana, is_kanji, is_space};
use crate::gutters::{Piece, Row, gutters};
use crate::line::{LineChar, Standing, TextLine};
use crate::towers::{Single, painted, towers};

/// Pieces of a line with a gap up to this many ems are one.
const GAP: f32 = 0.95;
/// Base lines at most this many ems apart are one.
const BASE: f32 = 0.22;
/// A raised character is at most this large beside its host.
const RAISED: f32 = 0.8;
/// A raised number may be as large as its host or larger, if it is raised without doubt.
const RAISED_NUMBER: f32 = 1.2;

/// How a line's frame lies on the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Frame {
    Upright,
    /// Characters run down the page, lines from right to left: turned a quarter to the left.
    Down,
    /// Characters run up the page.
    Up,
    /// Upside down.
    Over,
}

impl Frame {
    /// Display box to the frame, in which text runs to the right and lines go down.
    fn to(self, r: Rect, page: &Rect) -> Rect {
        match self {
            Self::Upright => r,
            Self::Down => Rect::new(r.y0, page.x1 - r.x1, r.y1, page.x1 - r.x0),
            Self::Up => Rect::new(page.y1 - r.y1, r.x0, page.y1 - r.y0, r.x1),
            Self::Over => Rect::new(page.x1 - r.x1, page.y1 - r.y1, page.x1 - r.x0, page.y1 - r.y0),
        }
    }
}

/// Lines of a page that are laid out. Every line is compared with others; a page with more is a drawing.
pub(crate) const MAX_LINES: usize = 10_000;

/// Lines of one page.
pub(crate) struct PageLines {
    pub(crate) lines: Vec<TextLine>,
    /// Whether there were more than [`MAX_LINES`].
    pub(crate) more: bool,
    /// Ruby that was set beside the text.
    pub(crate) ruby: Vec<TextLine>,
    /// Narrow gutters between upright columns.
    pub(crate) gutters: Vec<Rect>,
}

/// A fragment in its frame.
struct Fragment {
    chars: Vec<LineChar>,
    /// Box in the frame.
    frame: Rect,
    base: f32,
    size: f32,
    order: u32,
}

/// Builds the lines of a page.
pub(crate) fn lines(report: &ReportContent, page: &PageContent) -> PageLines {
    let bold = |font: u32| report.fonts.get(font as usize).is_some_and(|f| f.bold);
    let hidden_text = only_hidden_text(page);
    let faces = faces(report);
    let mut out = PageLines { lines: Vec::new(), more: false, ruby: Vec::new(), gutters: Vec::new() };
    for frame in [Frame::Upright, Frame::Down, Frame::Up, Frame::Over] {
        let fragments = fragments(page, frame, hidden_text, &faces);
        if fragments.is_empty() {
            continue;
        }
        let upright = frame == Frame::Upright;
        let (fragments, stacks) = if upright { without_towers(fragments) } else { (fragments, Vec::new()) };
        out.lines.extend(stacks.into_iter().map(|chars| tower(chars, page, &bold)));
        let (fragments, gutters) = if upright { with_gutters(fragments) } else { (fragments, Vec::new()) };
        let joined = join(fragments, if upright { &page.rules } else { &[] }, &gutters);
        let mut joined: Vec<Fragment> = joined.into_iter().filter_map(trimmed).collect();
        out.more |= joined.len() > MAX_LINES;
        joined.truncate(MAX_LINES);
        let (body, ruby) = split_ruby(attach_raised(joined, &gutters));
        out.gutters.extend(gutters);
        let finish = |f: Fragment| finish(f, page, frame, &bold);
        out.lines.extend(body.into_iter().map(finish));
        out.ruby.extend(ruby.into_iter().map(finish));
    }
    out.lines = towers(std::mem::take(&mut out.lines), &page.rules, &bold);
    out.lines.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0).then(a.bbox.x0.total_cmp(&b.bbox.x0)));
    out
}

/// For each font the first one of its name: some producers write a face as a dozen fonts.
fn faces(report: &ReportContent) -> Vec<u32> {
    let mut first: BTreeMap<&str, u32> = BTreeMap::new();
    (0..).zip(&report.fonts).map(|(i, f)| *first.entry(f.name.as_str()).or_insert(i)).collect()
}

/// Whether the page's text is a hidden layer over an image (scanned and recognised).
fn only_hidden_text(page: &PageContent) -> bool {
    let hidden = page.glyphs.iter().filter(|g| g.flags.has(GlyphFlags::INVISIBLE)).count();
    hidden > 0 && hidden * 10 >= page.glyphs.len() * 9
}

fn frame_of(mode: WritingMode, angle: i16) -> Option<Frame> {
    match (mode, angle) {
        (WritingMode::Horizontal, 0) => Some(Frame::Upright),
        (WritingMode::Vertical, 0) | (WritingMode::Horizontal, 90) => Some(Frame::Down),
        (WritingMode::Horizontal, 270) | (WritingMode::Vertical, 180) => Some(Frame::Up),
        (WritingMode::Horizontal, 180) => Some(Frame::Over),
        // Slanted text (watermarks, turned axis labels) is read as if upright.
        (WritingMode::Horizontal, _) => Some(Frame::Upright),
        (WritingMode::Vertical, _) => Some(Frame::Down),
    }
}

fn fragments(page: &PageContent, frame: Frame, hidden_text: bool, faces: &[u32]) -> Vec<Fragment> {
    let bounds = page.bbox();
    let mut out: Vec<Fragment> = Vec::new();
    for run in page.runs.iter().filter(|r| frame_of(r.mode, r.angle) == Some(frame)) {
        let mut open: Option<Fragment> = None;
        for glyph in page.glyphs_of(run) {
            let invisible = glyph.flags.has(GlyphFlags::INVISIBLE);
            if glyph.flags.has(GlyphFlags::DUPLICATE) || (invisible && !hidden_text) {
                continue;
            }
            let place = frame.to(glyph.bbox, &bounds);
            let c = LineChar {
                ch: glyph.ch,
                bbox: glyph.bbox,
                along: (place.x0, place.x1),
                size: run.size,
                font: faces.get(run.font as usize).copied().unwrap_or(run.font),
                color: run.color,
                standing: Standing::Normal,
            };
            let fits = open.as_ref().is_some_and(|f| {
                let gap = place.x0 - f.frame.x1;
                gap <= GAP * run.size && gap >= -overlap(f.chars.last(), glyph.ch) * run.size
            });
            if let Some(f) = open.as_mut().filter(|_| fits) {
                f.chars.push(c);
                f.frame = f.frame.union(&place);
            } else {
                out.extend(open.take().and_then(kept));
                // Vertical type stands on the middle of its column, all else on a base line near the foot of the box.
                let base = if run.mode == WritingMode::Vertical {
                    place.center().y
                } else {
                    base_of(&place, run.baseline, frame)
                };
                let (size, order) = (run.size, run.order);
                open = Some(Fragment { chars: vec![c], frame: place, base, size, order });
            }
        }
        out.extend(open.take().and_then(kept));
    }
    out
}

/// How far, in ems, the boxes of two neighbours may overlap: 」「 are set closed up to half an em and less (JIS X 4051).
fn overlap(before: Option<&LineChar>, after: char) -> f32 {
    if before.is_some_and(|c| is_bracket(c.ch)) && is_bracket(after) { 1.1 } else { 0.6 }
}

fn base_of(place: &Rect, baseline: f32, frame: Frame) -> f32 {
    if frame == Frame::Upright { baseline } else { place.center().y }
}

/// Widest white space, in ems, that still joins what stands on both sides of it.
const SPACE: f32 = 2.6;

/// Spaces at the ends stay, so that they join what they stand between, unless they are wide enough to set columns apart.
fn kept(f: Fragment) -> Option<Fragment> {
    let at_end = |chars: &mut dyn Iterator<Item = &LineChar>| -> f32 {
        chars.take_while(|c| is_space(c.ch)).map(|c| c.along.1 - c.along.0).sum()
    };
    let wide = SPACE * f.size;
    if at_end(&mut f.chars.iter()) > wide || at_end(&mut f.chars.iter().rev()) > wide { trimmed(f) } else { Some(f) }
}

/// Without spaces at both ends; `None` when nothing is left.
fn trimmed(mut f: Fragment) -> Option<Fragment> {
    while f.chars.last().is_some_and(|c| is_space(c.ch)) {
        f.chars.pop();
    }
    let lead = f.chars.iter().take_while(|c| is_space(c.ch)).count();
    f.chars.drain(..lead);
    f.frame.x0 = f.chars.first()?.along.0;
    f.frame.x1 = f.chars.iter().map(|c| c.along.1).fold(f.frame.x0, f32::max);
    Some(f)
}

/// The fragments, and the narrow gutters that they leave.
fn with_gutters(fragments: Vec<Fragment>) -> (Vec<Fragment>, Vec<Rect>) {
    let bands = bands(fragments);
    let piece = |f: &Fragment| Piece { x0: f.frame.x0, x1: f.frame.x1, size: f.size };
    let row = |band: &Vec<Fragment>| Row { base: band[0].base, pieces: band.iter().map(piece).collect() };
    let rows: Vec<Row> = bands.iter().map(row).collect();
    (bands.into_iter().flatten().collect(), gutters(&rows, GAP))
}

/// Fragments by base line, each band from left to right.
fn bands(mut fragments: Vec<Fragment>) -> Vec<Vec<Fragment>> {
    fragments.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.frame.x0.total_cmp(&b.frame.x0)));
    let mut out: Vec<Vec<Fragment>> = Vec::new();
    let (mut base, mut smallest) = (f32::NEG_INFINITY, f32::INFINITY);
    for f in fragments {
        match out.last_mut() {
            Some(band) if f.base - base <= BASE * f.size.min(smallest) => {
                smallest = smallest.min(f.size);
                band.push(f);
            }
            _ => {
                (base, smallest) = (f.base, f.size);
                out.push(vec![f]);
            }
        }
    }
    for band in &mut out {
        band.sort_by(|a, b| a.frame.x0.total_cmp(&b.frame.x0).then(a.order.cmp(&b.order)));
    }
    out
}

/// Joins fragments that stand on one base line next to each other.
fn join(fragments: Vec<Fragment>, rules: &[Rule], gutters: &[Rect]) -> Vec<Fragment> {
    let parted = |a: &Fragment, b: &Fragment| rule_between(a, b, rules) || gutter_between(a, b, gutters);
    let mut out: Vec<Fragment> = Vec::with_capacity(fragments.len());
    for band in bands(fragments) {
        let start = out.len();
        for f in band {
            match out[start..].last_mut() {
                Some(last) if adjacent(last, &f) && !parted(last, &f) => absorb(last, f),
                _ => out.push(f),
            }
        }
    }
    out
}

fn gutter_between(a: &Fragment, b: &Fragment, gutters: &[Rect]) -> bool {
    gutters
        .iter()
        .any(|g| g.y0 <= a.base && a.base <= g.y1 + 0.1 && a.frame.x1 <= g.x0 + 0.1 && g.x1 <= b.frame.x0 + 0.1)
}

fn adjacent(a: &Fragment, b: &Fragment) -> bool {
    let em = a.size.max(b.size);
    let gap = b.frame.x0 - a.frame.x1;
    let alike = a.size / b.size < 2.6 && b.size / a.size < 2.6;
    let first = b.chars.first().map_or(' ', |c| c.ch);
    alike && gap <= GAP * em && gap >= -overlap(a.chars.last(), first) * em
}

fn rule_between(a: &Fragment, b: &Fragment, rules: &[Rule]) -> bool {
    let y = a.frame.center().y;
    let (left, right) = (a.frame.x1 - 0.3 * a.size, b.frame.x0 + 0.3 * b.size);
    rules.iter().any(|r| {
        !r.horizontal && r.bbox.y0 <= y && y <= r.bbox.y1 && {
            let x = r.bbox.center().x;
            left <= x && x <= right
        }
    })
}

fn absorb(into: &mut Fragment, f: Fragment) {
    let back = f.frame.x0 < into.frame.x1 - 0.3 * into.size;
    into.frame = into.frame.union(&f.frame);
    into.order = into.order.min(f.order);
    into.size = if f.chars.len() > into.chars.len() { f.size } else { into.size };
    into.chars.extend(f.chars);
    if back {
        into.chars.sort_by(|a, b| a.along.0.total_cmp(&b.along.0));
    }
}

/// Fragments by base line, to look only at those near by.
struct ByBase(Vec<(f32, usize)>);

impl ByBase {
    fn new(fragments: &[Fragment]) -> Self {
        let mut list: Vec<_> = fragments.iter().enumerate().map(|(i, f)| (f.base, i)).collect();
        list.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        Self(list)
    }

    /// Indexes of the fragments whose base line lies in the range.
    fn between(&self, low: f32, high: f32) -> impl Iterator<Item = usize> + '_ {
        let start = self.0.partition_point(|e| e.0 < low);
        self.0[start..].iter().take_while(move |e| e.0 <= high).map(|e| e.1)
    }
}

fn largest(fragments: &[Fragment]) -> f32 {
    fragments.iter().map(|f| f.size).fold(0.0, f32::max)
}

/// Small fragments that stand raised beside or between larger ones become part of their line.
fn attach_raised(fragments: Vec<Fragment>, gutters: &[Rect]) -> Vec<Fragment> {
    let (mut small, mut hosts): (Vec<_>, Vec<_>) = (Vec::new(), Vec::new());
    let is_host_for = |h: &Fragment, f: &Fragment| {
        let em = h.size;
        let rise = h.base - f.base;
        let beside = f.frame.x0 - h.frame.x1 <= 0.4 * em && h.frame.x0 - f.frame.x1 <= 0.4 * em;
        (f.size <= RAISED * em || is_raised_number(h, f))
            && beside
            && (-0.1 * em..=0.75 * em).contains(&rise)
            && f.frame.y_overlap(&h.frame) > 0.25 * f.frame.height()
    };
    let (index, em) = (ByBase::new(&fragments), largest(&fragments));
    for (i, f) in fragments.iter().enumerate() {
        let mut near = index.between(f.base - 0.1 * em, f.base + 0.75 * em).map(|k| (k, &fragments[k]));
        let hosted = f.chars.len() <= 14
            && f.size <= RAISED_NUMBER * em
            && near.any(|(k, h)| k != i && is_host_for(h, f) && !inside_ruby_place(h, f));
        if hosted { small.push(i) } else { hosts.push(i) }
    }
    let mut taken: Vec<Option<Fragment>> = fragments.into_iter().map(Some).collect();
    let mut lines: Vec<Fragment> = hosts.into_iter().filter_map(|i| taken[i].take()).collect();
    for mut f in small.into_iter().filter_map(|i| taken[i].take()) {
        // The host on the left is nearer than the one on the right: markers follow what they mark.
        let host = lines.iter_mut().filter(|h| is_host_for(h, &f)).min_by(|a, b| {
            let distance = |h: &Fragment| {
                let left = (f.frame.x0 - h.frame.x1).abs();
                let right = (h.frame.x0 - f.frame.x1).abs() + 2.0;
                if h.frame.x0 <= f.frame.x0 && f.frame.x1 <= h.frame.x1 { 0.0 } else { left.min(right) }
            };
            distance(a).total_cmp(&distance(b))
        });
        match host {
            Some(host) => {
                if can_be_raised(&f) {
                    for c in &mut f.chars {
                        c.standing = Standing::Raised;
                    }
                }
                // Full-width brackets are set closed up: the marker may begin inside the box of the bracket before it.
                let at = host.chars.partition_point(|c| c.along.0 + 0.3 * (c.along.1 - c.along.0) < f.frame.x0);
                host.frame.x0 = host.frame.x0.min(f.frame.x0);
                host.frame.x1 = host.frame.x1.max(f.frame.x1);
                host.chars.splice(at..at, f.chars);
            }
            None => lines.push(f),
        }
    }
    rejoin(lines, gutters)
}

/// Markers, exponents and signs stand raised; 第 and 章 around a large number only stand smaller.
fn can_be_raised(f: &Fragment) -> bool {
    f.chars.iter().all(|c| !is_japanese_letter(c.ch) || c.ch == '注')
}

fn is_number(f: &Fragment) -> bool {
    f.chars
        .iter()
        .filter(|c| !is_space(c.ch))
        .all(|c| is_digit(c.ch) || matches!(c.ch, '*' | '＊' | '※' | ')' | '）' | '、' | ',' | '，'))
}

/// A number set in type of nearly the host's size, lifted off its base line and close by.
fn is_raised_number(h: &Fragment, f: &Fragment) -> bool {
    let rise = (h.base - f.base) / h.size;
    let gap = (f.frame.x0 - h.frame.x1).max(h.frame.x0 - f.frame.x1);
    let lift = if f.size > 0.92 * h.size { 0.3..0.65 } else { 0.2..0.65 };
    f.size <= RAISED_NUMBER * h.size
        && is_number(f)
        && f.chars.len() <= 4
        && h.chars.len() >= 4
        && gap < 0.3 * h.size
        && lift.contains(&rise)
}

fn is_japanese_letter(ch: char) -> bool {
    is_kanji(ch) || is_kana(ch)
}

/// Whether a small fragment stands over the characters of a larger one, where ruby stands.
fn inside_ruby_place(host: &Fragment, f: &Fragment) -> bool {
    let within = f.frame.x0 >= host.frame.x0 - 0.5 * host.size && f.frame.x1 <= host.frame.x1 + 0.5 * host.size;
    let kana = f.chars.iter().all(|c| is_kana(c.ch) || is_space(c.ch));
    within && kana && f.frame.center().y < host.frame.y0 + 0.15 * host.size
}

/// Lines that a marker had kept apart.
fn rejoin(lines: Vec<Fragment>, gutters: &[Rect]) -> Vec<Fragment> {
    join(lines, &[], gutters)
}

/// Ruby: small kana over the kanji of a line.
fn split_ruby(fragments: Vec<Fragment>) -> (Vec<Fragment>, Vec<Fragment>) {
    let (index, em) = (ByBase::new(&fragments), largest(&fragments));
    let is_ruby = |i: usize| {
        let f = &fragments[i];
        let kana = f.size <= 0.65 * em && f.chars.iter().all(|c| is_kana(c.ch) || is_space(c.ch) || c.ch == 'ー');
        kana && index.between(f.base, f.base + 2.0 * em).any(|k| {
            let h = &fragments[k];
            let size = f.size <= 0.65 * h.size;
            let above = h.frame.y0 - f.frame.y1;
            let close = (-0.5 * h.size..=0.35 * h.size).contains(&above) && f.frame.center().y < h.frame.center().y;
            let over = h.chars.iter().any(|c| is_kanji(c.ch)) && f.frame.x_overlap(&h.frame) > 0.6 * f.frame.width();
            k != i && size && close && over
        })
    };
    let flags: Vec<bool> = (0..fragments.len()).map(is_ruby).collect();
    let mut ruby = Vec::new();
    let mut body = Vec::new();
    for (f, flag) in fragments.into_iter().zip(flags) {
        if flag { ruby.push(f) } else { body.push(f) }
    }
    (body, ruby)
}

/// Takes the towers out of the fragments.
fn without_towers(fragments: Vec<Fragment>) -> (Vec<Fragment>, Vec<Vec<LineChar>>) {
    let single = |(index, f): (usize, &'_ Fragment)| match f.chars.as_slice() {
        [c] if is_japanese(c.ch) && !is_bullet(c.ch) || is_bracket(c.ch) || c.ch.is_ascii_alphanumeric() => {
            Some((index, f.order))
        }
        _ => None,
    };
    let found: Vec<(usize, u32)> = fragments.iter().enumerate().filter_map(single).collect();
    let singles = found.iter().map(|&(index, order)| Single { char: &fragments[index].chars[0], order, index });
    let towers = painted(singles.collect());
    let chars = towers.iter().map(|t| t.iter().map(|&i| fragments[i].chars[0]).collect()).collect();
    let mut gone = vec![false; fragments.len()];
    for &i in towers.iter().flatten() {
        gone[i] = true;
    }
    let mut gone = gone.into_iter();
    (fragments.into_iter().filter(|_| !gone.next().unwrap_or(false)).collect(), chars)
}

fn tower(mut chars: Vec<LineChar>, page: &PageContent, bold: &dyn Fn(u32) -> bool) -> TextLine {
    for c in &mut chars {
        c.along = (c.bbox.y0, c.bbox.y1);
    }
    let (baseline, size) = (chars[0].bbox.center().x, chars[0].size);
    let mut line = TextLine {
        page: page.index,
        bbox: Rect::default(),
        baseline,
        size,
        font: 0,
        bold: false,
        color: Color::BLACK,
        vertical: true,
        chars: chars.into(),
    };
    line.settle(bold);
    line
}

fn finish(f: Fragment, page: &PageContent, frame: Frame, bold: &dyn Fn(u32) -> bool) -> TextLine {
    let vertical = frame == Frame::Down || frame == Frame::Up;
    let mut line = TextLine {
        page: page.index,
        bbox: Rect::default(),
        baseline: if vertical { page.width - f.base } else { f.base },
        size: f.size,
        font: 0,
        bold: false,
        color: Color::BLACK,
        vertical,
        chars: f.chars.into(),
    };
    line.settle(bold);
    line
}

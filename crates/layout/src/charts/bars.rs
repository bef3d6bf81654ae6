//! Bar charts, upright and lying, single, side by side and stacked.

use hakusho_model::{ChartPoint, Color, Rect, ShapeKind};

use super::lengths;
use super::point;
use super::tokens::{Token, label};
use crate::page::Page;

/// Edges this near, in points, are on one axis.
const SNAP: f32 = 1.5;
/// Largest swatch of a legend, in points.
const SWATCH: f32 = 14.0;

/// A filled rectangle along the way the bars run: `base` and `tip` along it, `from` and `to` across.
#[derive(Clone, Copy, Debug)]
struct Bar {
    base: f32,
    tip: f32,
    from: f32,
    to: f32,
    color: Color,
}

/// Turns the page so that every chart reads as one of lying bars: `along` grows from the axis, `across` runs down the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Lying,
    Upright,
}

impl Way {
    fn turn(self, b: &Rect) -> (f32, f32, f32, f32) {
        match self {
            Self::Lying => (b.x0, b.x1, b.y0, b.y1),
            Self::Upright => (-b.y1, -b.y0, b.x0, b.x1),
        }
    }
}

/// The values of a bar chart, and what the lengths of its bars say against them.
pub(super) struct Bars {
    pub(super) points: Vec<ChartPoint>,
    /// Index of a point, and the value its bar is as long as.
    pub(super) contradictions: Vec<(usize, f64)>,
}

/// Reads the values of a bar chart; `None` where there are no bars.
pub(super) fn read(page: &Page<'_>, body: &Rect, tokens: &[Token]) -> Option<Bars> {
    let (swatches, rects): (Vec<_>, Vec<_>) =
        rectangles(page, body).into_iter().partition(|(b, _)| swatch_name(b, tokens).is_some());
    let found = [Way::Lying, Way::Upright].map(|way| (way, bars(&rects, way)));
    let (way, bars) = found.into_iter().max_by_key(|(_, bars)| rows(bars).len())?;
    let rows = rows(&bars);
    if rows.len() < 2 {
        return None;
    }
    let legend = legend(&swatches, tokens);
    let axis = bars.iter().map(|b| b.base).fold(f32::INFINITY, f32::min);
    let named: Vec<&Token> = swatches.iter().filter_map(|(b, _)| swatch_name(b, tokens)).collect();
    let free: Vec<&Token> = tokens.iter().filter(|t| !named.iter().any(|n| n.bbox == t.bbox)).collect();
    let labels = labels(&free, way, axis, &rows);
    if labels.is_empty() {
        return None;
    }
    let mut used = vec![false; tokens.len()];
    let mut points = Vec::new();
    let mut lengths: Vec<(f32, f64)> = Vec::new();
    for row in &rows {
        let middle = f32::midpoint(row.0, row.1);
        let Some((category, _)) = labels.iter().min_by(|a, b| (a.1 - middle).abs().total_cmp(&(b.1 - middle).abs()))
        else {
            continue;
        };
        let segments: Vec<&Bar> =
            bars.iter().filter(|b| overlap(b.from, b.to, row.0, row.1) > 0.6 * (b.to - b.from)).collect();
        for (k, bar) in segments.iter().enumerate() {
            let last = k + 1 == segments.len();
            let Some(i) = value_of(bar, last, tokens, &used, way) else { continue };
            used[i] = true;
            let series = legend.iter().find(|(c, _)| *c == bar.color).map(|(_, name)| name.clone());
            if let Some(point) = point(series, category, &tokens[i]) {
                lengths.push((bar.tip - bar.base, point.value));
                points.push(point);
            }
        }
    }
    (!points.is_empty()).then(|| Bars { points, contradictions: lengths::contradictions(&lengths) })
}

fn rectangles(page: &Page<'_>, body: &Rect) -> Vec<(Rect, Color)> {
    let around = body.grow(2.0, 2.0);
    let visible = |s: &&hakusho_model::Shape| {
        s.kind == ShapeKind::Rect && around.contains(s.bbox.center()) && s.bbox.area() < 0.4 * body.area()
    };
    let fill = |s: &hakusho_model::Shape| s.fill.filter(|c| c.luma() < 250).map(|c| (s.bbox, c));
    let all = page.content.shapes.iter().filter(visible).filter_map(fill);
    let mut out: Vec<(Rect, Color)> = all.filter(|(b, _)| b.width() > 1.0 && b.height() > 1.0).collect();
    // The bar of a small value is as thin as a ruling line, and is known by its colour.
    let colors: Vec<Color> = out.iter().map(|(_, c)| *c).collect();
    let rules = page.content.rules.iter().filter(|r| around.contains(r.bbox.center()) && colors.contains(&r.color));
    out.extend(rules.map(|r| (r.bbox, r.color)));
    out
}

fn overlap(a0: f32, a1: f32, b0: f32, b1: f32) -> f32 {
    (a1.min(b1) - a0.max(b0)).max(0.0)
}

/// The rectangles that start on the most common axis with a common thickness, and those that go on where one ends.
fn bars(rects: &[(Rect, Color)], way: Way) -> Vec<Bar> {
    let all: Vec<Bar> = rects
        .iter()
        .map(|(b, color)| {
            let (base, tip, from, to) = way.turn(b);
            Bar { base, tip, from, to, color: *color }
        })
        .collect();
    let alike = |a: &Bar, b: &Bar| {
        let (s, t) = (a.to - a.from, b.to - b.from);
        (a.base - b.base).abs() <= SNAP && (s - t).abs() <= 0.2 * s.max(t)
    };
    let mates = |a: &Bar| all.iter().filter(|b| alike(a, b)).count();
    let Some(first) = all.iter().max_by_key(|a| mates(a)).copied() else { return Vec::new() };
    let mut out: Vec<Bar> = all.iter().copied().filter(|b| alike(&first, b)).collect();
    // Bars differ in length, cells of a table do not; a stack may be full, so its pieces are looked at below.
    loop {
        let next: Vec<Bar> = all
            .iter()
            .copied()
            .filter(|b| {
                let goes_on = |a: &Bar| {
                    (a.tip - b.base).abs() <= SNAP && (a.from - b.from).abs() <= SNAP && (a.to - b.to).abs() <= SNAP
                };
                !out.iter().any(|o| same(o, b)) && out.iter().any(goes_on)
            })
            .collect();
        if next.is_empty() || out.len() > 2000 {
            break;
        }
        out.extend(next);
    }
    let lengths: std::collections::BTreeSet<i32> = out.iter().map(|b| (b.tip - b.base).round() as i32).collect();
    if lengths.len() < 2 {
        return Vec::new();
    }
    out.sort_by(|a, b| a.from.total_cmp(&b.from).then(a.base.total_cmp(&b.base)));
    out
}

fn same(a: &Bar, b: &Bar) -> bool {
    (a.base - b.base).abs() < 0.1 && (a.tip - b.tip).abs() < 0.1 && (a.from - b.from).abs() < 0.1
}

/// The places across, each of one bar or stack.
fn rows(bars: &[Bar]) -> Vec<(f32, f32)> {
    let mut out: Vec<(f32, f32)> = Vec::new();
    for bar in bars {
        match out.last_mut() {
            Some(last) if overlap(last.0, last.1, bar.from, bar.to) > 0.6 * (bar.to - bar.from) => {}
            _ => out.push((bar.from, bar.to)),
        }
    }
    out
}

/// The name directly to the right of a small rectangle: it is a swatch of the legend.
fn swatch_name<'t>(swatch: &Rect, tokens: &'t [Token]) -> Option<&'t Token> {
    let (long, short) = (swatch.width().max(swatch.height()), swatch.width().min(swatch.height()));
    if long > 2.0 * SWATCH || swatch.height() > SWATCH || long > 4.0 * short {
        return None;
    }
    let beside = |t: &&Token| {
        t.bbox.x0 >= swatch.x1 - 1.0
            && t.bbox.x0 - swatch.x1 < 1.6 * t.size
            && t.bbox.y_overlap(&swatch.grow(0.0, 2.0)) > 0.4 * t.bbox.height()
    };
    tokens.iter().filter(beside).min_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0)).filter(|t| t.value.is_none())
}

/// Colours and the names beside their swatches. One colour needs no name.
fn legend(swatches: &[(Rect, Color)], tokens: &[Token]) -> Vec<(Color, String)> {
    let mut out: Vec<(Color, String)> = Vec::new();
    for (swatch, color) in swatches {
        if let Some(name) = swatch_name(swatch, tokens).filter(|_| !out.iter().any(|(c, _)| c == color)) {
            out.push((*color, name.text.clone()));
        }
    }
    if out.len() > 1 { out } else { Vec::new() }
}

/// Labels on the far side of the axis with their middle across, several lines joined.
fn labels(tokens: &[&Token], way: Way, axis: f32, rows: &[(f32, f32)]) -> Vec<(String, f32)> {
    let (first, last) = (rows[0].0, rows[rows.len() - 1].1);
    let pitch = (last - first) / rows.len() as f32;
    let behind = |t: &&Token| {
        let (_, tip, from, to) = way.turn(&t.bbox);
        let middle = f32::midpoint(from, to);
        // Beyond the bars stands the 0 of the axis.
        let room = if way == Way::Lying && t.value.is_some() { 0.0 } else { pitch };
        tip <= axis + 2.0 && middle > first - room && middle < last + room
    };
    // Remarks in brackets between the names of lying bars belong to them.
    let is_within = |t: &Token| {
        let middle = t.bbox.center().y;
        way == Way::Lying && middle > first && middle < last
    };
    let mut found: Vec<&Token> =
        tokens.iter().copied().filter(behind).filter(|t| !is_axis_word(t) || is_within(t)).collect();
    // The names nearest the axis; the values of a far axis, a source or a note stand further out.
    let reach = found.iter().map(|t| way.turn(&t.bbox).1).fold(f32::NEG_INFINITY, f32::max);
    if way == Way::Upright {
        let depth = found.iter().map(|t| t.size).fold(0.0, f32::max) * 3.6;
        found.retain(|t| way.turn(&t.bbox).1 > reach - depth);
    }
    let outer = if way == Way::Lying { take_outer(&mut found, rows.len()) } else { Vec::new() };
    let across = |t: &Token| {
        let (_, _, from, to) = way.turn(&t.bbox);
        f32::midpoint(from, to)
    };
    found.sort_by(|a, b| across(a).total_cmp(&across(b)));
    let mut groups: Vec<Vec<&Token>> = Vec::new();
    for token in found {
        let joins = groups.last().is_some_and(|g| {
            let near = |o: &&Token| match way {
                Way::Lying => token.bbox.y0 - o.bbox.y1 < 0.45 * token.size,
                Way::Upright => (across(token) - across(o)).abs() < 0.6 * token.size.max(0.25 * pitch),
            };
            g.iter().any(near)
        });
        match groups.last_mut() {
            Some(group) if joins => group.push(token),
            _ => groups.push(vec![token]),
        }
    }
    let middle = |g: &[&Token]| {
        let (mut from, mut to) = (f32::INFINITY, f32::NEG_INFINITY);
        for (_, _, a, b) in g.iter().map(|t| way.turn(&t.bbox)) {
            (from, to) = (from.min(a), to.max(b));
        }
        f32::midpoint(from, to)
    };
    let name = |g: &[&Token]| match nearest(&outer, middle(g)) {
        Some(outer) => format!("{outer}\u{3000}{}", label(g)),
        None => label(g),
    };
    groups.iter().map(|g| (name(g), middle(g))).collect()
}

fn nearest(labels: &[(String, f32)], at: f32) -> Option<&str> {
    labels.iter().min_by(|a, b| (a.1 - at).abs().total_cmp(&(b.1 - at).abs())).map(|(name, _)| name.as_str())
}

/// Takes the names of groups of bars out of the labels: they stand in a column of their own, farther from the axis, and are
/// fewer than half of the bars.
fn take_outer(found: &mut Vec<&Token>, rows: usize) -> Vec<(String, f32)> {
    let Some(last) = found.iter().copied().max_by(|a, b| a.bbox.x1.total_cmp(&b.bbox.x1)) else { return Vec::new() };
    // The inner column: what shares a stretch across with the label nearest to the axis.
    let (mut x0, mut taken) = (last.bbox.x0, 0);
    loop {
        let inner = found.iter().filter(|t| t.bbox.x1 > x0);
        let count = inner.clone().count();
        x0 = inner.map(|t| t.bbox.x0).fold(x0, f32::min);
        if count == taken {
            break;
        }
        taken = count;
    }
    let (mut outer, inner): (Vec<&Token>, Vec<&Token>) = found.iter().copied().partition(|t| t.bbox.x1 <= x0);
    outer.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0));
    let mut groups: Vec<(Vec<&Token>, f32)> = Vec::new();
    for token in outer {
        match groups.last_mut() {
            Some((group, bottom)) if token.bbox.y0 < *bottom + 0.45 * token.size => {
                group.push(token);
                *bottom = bottom.max(token.bbox.y1);
            }
            _ => groups.push((vec![token], token.bbox.y1)),
        }
    }
    // One name beside all bars is the title of the axis.
    if groups.len() < 2 || groups.len() * 2 > rows || inner.len() < rows {
        return Vec::new();
    }
    *found = inner;
    let middle = |g: &[&Token]| Rect::bounding(g.iter().map(|t| t.bbox)).map_or(0.0, |b| b.center().y);
    groups.iter().map(|(g, _)| (label(g), middle(g))).collect()
}

/// `（年）` at the end of an axis names no category.
fn is_axis_word(token: &Token) -> bool {
    token.text.starts_with(['（', '(', '［', '['])
        && token.text.ends_with(['）', ')', '］', ']'])
        && token.text.chars().count() <= 6
}

/// The value in a bar, or just beyond its tip.
fn value_of(bar: &Bar, last: bool, tokens: &[Token], used: &[bool], way: Way) -> Option<usize> {
    let thick = bar.to - bar.from;
    let mut best: Option<(usize, f32)> = None;
    for (i, token) in tokens.iter().enumerate().filter(|(i, t)| t.value.is_some() && !used[*i]) {
        let (base, tip, from, to) = way.turn(&token.bbox);
        let middle = f32::midpoint(base, tip);
        let aside = (f32::midpoint(from, to) - f32::midpoint(bar.from, bar.to)).abs();
        if aside > 0.6 * thick.max(token.size) {
            continue;
        }
        let inside = middle > bar.base && middle < bar.tip;
        let beyond = base >= bar.tip - 1.0 && base - bar.tip < 1.6 * token.size;
        let distance = if inside {
            aside
        } else if beyond && last {
            (base - bar.tip).max(0.0) + aside + 100.0
        } else {
            continue;
        };
        if best.is_none_or(|(_, d)| distance < d) {
            best = Some((i, distance));
        }
    }
    best.map(|(i, _)| i)
}

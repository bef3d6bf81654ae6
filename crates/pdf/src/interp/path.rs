//! Paths: built by `m l c v y h re`, painted into ruling lines and shapes in display space.

use hakusho_model::{Color, Point, Rect, Rule, Shape, ShapeKind};

use super::Interpreter;
use crate::limits::Breach;

/// A line at most this thick, in points, is a ruling line when filled.
const RULE_THICKNESS: f32 = 2.2;
/// A filled box is a ruling line only if it is this many times longer than thick.
const RULE_ASPECT: f32 = 4.0;
/// Points kept of one shape's outline.
const MAX_POINTS: usize = 256;

/// The path under construction, in display space.
#[derive(Debug, Default)]
pub(super) struct Path {
    points: Vec<Point>,
    subpaths: Vec<Subpath>,
    clip: bool,
}

#[derive(Clone, Copy, Debug)]
struct Subpath {
    start: usize,
    curved: bool,
    closed: bool,
}

impl Path {
    pub(super) fn move_to(&mut self, p: Point) {
        self.subpaths.push(Subpath { start: self.points.len(), curved: false, closed: false });
        self.points.push(p);
    }

    pub(super) fn line_to(&mut self, p: Point) {
        if self.subpaths.is_empty() {
            return self.move_to(p);
        }
        self.points.push(p);
    }

    /// A curve, kept by its end; control points widen the outline so that boxes stay right for circles.
    pub(super) fn curve_to(&mut self, end: Point) {
        self.line_to(end);
        if let Some(last) = self.subpaths.last_mut() {
            last.curved = true;
        }
    }

    pub(super) fn close(&mut self) {
        if let Some(last) = self.subpaths.last_mut() {
            last.closed = true;
        }
    }

    pub(super) fn current(&self) -> Option<Point> {
        self.points.last().copied()
    }

    /// The next painting operator also clips.
    pub(super) fn mark_clip(&mut self) {
        self.clip = true;
    }

    fn clear(&mut self) {
        self.points.clear();
        self.subpaths.clear();
        self.clip = false;
    }

    fn bbox(&self) -> Option<Rect> {
        Rect::bounding(self.points.iter().map(|p| Rect::new(p.x, p.y, p.x, p.y)))
    }

    /// Points, curved, closed of each subpath.
    fn parts(&self) -> impl Iterator<Item = (&[Point], bool, bool)> {
        let end = |i: usize| self.subpaths.get(i + 1).map_or(self.points.len(), |s| s.start);
        self.subpaths.iter().enumerate().map(move |(i, s)| (&self.points[s.start..end(i)], s.curved, s.closed))
    }
}

/// Points of a rectangle that begins in the middle of an edge and names corners twice, as drawing programs write it.
const MAX_CORNERS: usize = 10;

/// The box of a subpath that is a rectangle parallel to the edges.
fn as_rect(points: &[Point]) -> Option<Rect> {
    if (6..=MAX_CORNERS).contains(&points.len()) || points.len() == 5 && !near(points[0], points[4]) {
        let corners = corners(points)?;
        return as_rect(&corners);
    }
    let points = match points {
        [rest @ .., last] if rest.len() == 4 && near(*last, rest[0]) => rest,
        other => other,
    };
    let [a, b, c, d] = points else { return None };
    let same = |p: f32, q: f32| (p - q).abs() < 0.05;
    let upright = (same(a.x, b.x) && same(b.y, c.y) && same(c.x, d.x) && same(d.y, a.y))
        || (same(a.y, b.y) && same(b.x, c.x) && same(c.y, d.y) && same(d.x, a.x));
    upright.then(|| Rect::new(a.x, a.y, c.x, c.y))
}

/// The four points at which an outline turns; `None` where there are more or fewer.
fn corners(points: &[Point]) -> Option<[Point; 4]> {
    let mut distinct: Vec<Point> = Vec::with_capacity(points.len());
    for &p in points {
        if distinct.last().is_none_or(|&q| !near(p, q)) {
            distinct.push(p);
        }
    }
    while distinct.len() > 1 && near(distinct[0], distinct[distinct.len() - 1]) {
        distinct.pop();
    }
    let n = distinct.len();
    let turns = |i: usize| {
        let (a, b, c) = (distinct[(i + n - 1) % n], distinct[i], distinct[(i + 1) % n]);
        let same = |p: f32, q: f32| (p - q).abs() < 0.05;
        !(same(a.x, b.x) && same(b.x, c.x) || same(a.y, b.y) && same(b.y, c.y))
    };
    let found: Vec<Point> = (0..n).filter(|&i| turns(i)).map(|i| distinct[i]).collect();
    found.try_into().ok()
}

fn near(a: Point, b: Point) -> bool {
    (a.x - b.x).abs() < 0.05 && (a.y - b.y).abs() < 0.05
}

fn is_thin(r: &Rect) -> bool {
    let (thick, long) = (r.width().min(r.height()), r.width().max(r.height()));
    thick <= RULE_THICKNESS && long >= RULE_ASPECT * thick && long >= 2.0
}

impl Interpreter<'_, '_> {
    /// Paints the path: fills first, strokes after; then the path is gone.
    pub(super) fn paint(&mut self, fill: bool, stroke: bool) {
        let path = std::mem::take(&mut self.path);
        if !self.hidden() && (fill || stroke) {
            self.emit(&path, fill, stroke);
        }
        if path.clip
            && let Some(bbox) = path.bbox()
        {
            self.state.clip = self.state.clip.intersection(&bbox);
        }
        self.path = path;
        self.path.clear();
    }

    fn emit(&mut self, path: &Path, fill: bool, stroke: bool) {
        let order = self.next_order();
        let fill_color = (fill && !self.state.transparent).then_some(self.state.fill);
        let stroke_color = stroke.then_some(self.state.stroke);
        if fill_color.is_none() && stroke_color.is_none() {
            return;
        }
        let width = self.state.line_width * self.state.ctm.scale();
        let curved = path.parts().any(|(_, curved, _)| curved);
        if curved {
            return self.emit_curves(path, fill_color, stroke_color, width, order);
        }
        for (points, _, closed) in path.parts() {
            self.emit_straight(points, closed, fill_color, stroke_color, width, order);
        }
    }

    fn emit_curves(&mut self, path: &Path, fill: Option<Color>, stroke: Option<Color>, width: f32, order: u32) {
        let Some(bbox) = path.bbox().and_then(|b| self.clipped(&b)) else { return };
        if self.has_all_shapes() {
            return;
        }
        let points = if path.points.len() <= MAX_POINTS { path.points.clone() } else { Vec::new() };
        self.page.shapes.push(Shape { bbox, kind: ShapeKind::Curve, fill, stroke, width, points, order });
    }

    fn emit_straight(
        &mut self,
        points: &[Point],
        closed: bool,
        fill: Option<Color>,
        stroke: Option<Color>,
        width: f32,
        order: u32,
    ) {
        let rect = as_rect(points);
        if let (Some(color), Some(r)) = (fill, rect.filter(is_thin)) {
            self.push_rule(r, color, false);
        } else if let (Some(color), None, [a, b]) = (stroke, rect, points) {
            self.push_line(*a, *b, color, width);
        } else if let Some(r) = rect {
            self.push_shape(r, ShapeKind::Rect, fill, stroke, width, points, order);
            if let Some(color) = stroke {
                self.stroke_edges(points, true, color, width);
            }
        } else {
            if let Some(color) = stroke {
                self.stroke_edges(points, closed, color, width);
            }
            if points.len() > 2
                && let Some(bbox) = Rect::bounding(points.iter().map(|p| Rect::new(p.x, p.y, p.x, p.y)))
            {
                self.push_shape(bbox, ShapeKind::Polygon, fill, stroke, width, points, order);
            }
        }
    }

    fn stroke_edges(&mut self, points: &[Point], closed: bool, color: Color, width: f32) {
        for pair in points.windows(2) {
            self.push_line(pair[0], pair[1], color, width);
        }
        if let (true, [first, .., last]) = (closed, points)
            && !near(*first, *last)
        {
            self.push_line(*last, *first, color, width);
        }
    }

    /// A stroked segment becomes a ruling line when it is parallel to an edge and as long as thick.
    fn push_line(&mut self, a: Point, b: Point, color: Color, width: f32) {
        let (dx, dy) = ((a.x - b.x).abs(), (a.y - b.y).abs());
        let half = (width / 2.0).max(0.05);
        if dy <= 0.1 + dx * 0.002 && dx >= width {
            self.push_rule(Rect::new(a.x, a.y - half, b.x, a.y + half), color, true);
        } else if dx <= 0.1 + dy * 0.002 && dy >= width {
            self.push_rule(Rect::new(a.x - half, a.y, a.x + half, b.y), color, true);
        } else if dx + dy > 0.5 {
            let order = self.order;
            self.push_shape(
                Rect::new(a.x, a.y, b.x, b.y),
                ShapeKind::Polygon,
                None,
                Some(color),
                width,
                &[a, b],
                order,
            );
        }
    }

    fn push_rule(&mut self, bbox: Rect, color: Color, stroked: bool) {
        let Some(bbox) = self.clipped(&bbox).filter(|_| !self.has_all_shapes()) else { return };
        // A stroke as thick as a box is a box (a bar drawn as a fat line).
        if bbox.width().min(bbox.height()) > RULE_THICKNESS * 2.0 {
            let order = self.order;
            return self.push_shape(bbox, ShapeKind::Rect, Some(color), None, 0.0, &[], order);
        }
        let horizontal = bbox.width() >= bbox.height();
        self.page.rules.push(Rule { bbox, color, horizontal, dashed: stroked && self.state.dashed });
    }

    #[expect(clippy::too_many_arguments, reason = "the fields of a shape")]
    fn push_shape(
        &mut self,
        bbox: Rect,
        kind: ShapeKind,
        fill: Option<Color>,
        stroke: Option<Color>,
        width: f32,
        points: &[Point],
        order: u32,
    ) {
        let Some(bbox) = self.clipped(&bbox).filter(|_| !self.has_all_shapes()) else { return };
        let keep = kind != ShapeKind::Rect && points.len() <= MAX_POINTS;
        let points = if keep { points.to_vec() } else { Vec::new() };
        self.page.shapes.push(Shape { bbox, kind, fill, stroke, width, points, order });
    }

    /// Whether the page has as many shapes, lines and images as it may; notes that there were more.
    pub(super) fn has_all_shapes(&mut self) -> bool {
        let full = self.page.shapes.len() + self.page.rules.len() + self.page.images.len() >= self.limits.page_shapes;
        if full {
            self.note_limit(Breach::PageShapes);
        }
        full
    }

    /// The part of a box inside the clip; `None` when nothing of it can be seen.
    pub(super) fn clipped(&self, bbox: &Rect) -> Option<Rect> {
        let clip = self.state.clip;
        let inside = bbox.x0 <= clip.x1 && bbox.x1 >= clip.x0 && bbox.y0 <= clip.y1 && bbox.y1 >= clip.y0;
        inside.then(|| bbox.intersection(&clip))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(x: f32, y: f32) -> Point {
        Point { x, y }
    }

    #[test]
    fn rectangles_in_both_directions_and_closed_by_a_point() {
        let turn = [p(0.0, 0.0), p(4.0, 0.0), p(4.0, 2.0), p(0.0, 2.0)];
        assert_eq!(as_rect(&turn), Some(Rect::new(0.0, 0.0, 4.0, 2.0)));
        let closed = [p(0.0, 0.0), p(0.0, 2.0), p(4.0, 2.0), p(4.0, 0.0), p(0.0, 0.0)];
        assert_eq!(as_rect(&closed), Some(Rect::new(0.0, 0.0, 4.0, 2.0)));
        assert_eq!(as_rect(&[p(0.0, 0.0), p(4.0, 1.0), p(4.0, 2.0), p(0.0, 2.0)]), None);
        let from_the_middle = [p(2.0, 0.0), p(4.0, 0.0), p(4.0, 2.0), p(0.0, 2.0), p(0.0, 0.0), p(2.0, 0.0)];
        assert_eq!(as_rect(&from_the_middle), Some(Rect::new(0.0, 0.0, 4.0, 2.0)));
        assert_eq!(as_rect(&from_the_middle[..5]), Some(Rect::new(0.0, 0.0, 4.0, 2.0)));
        let arrow = [p(0.0, 0.0), p(4.0, 0.0), p(5.0, 1.0), p(4.0, 2.0), p(0.0, 2.0), p(0.0, 0.0)];
        assert_eq!(as_rect(&arrow), None);
    }

    #[test]
    fn thin_at_the_limit() {
        assert!(is_thin(&Rect::new(0.0, 0.0, 10.0, 2.2)));
        assert!(!is_thin(&Rect::new(0.0, 0.0, 10.0, 2.3)));
        assert!(!is_thin(&Rect::new(0.0, 0.0, 3.0, 1.0)));
    }
}

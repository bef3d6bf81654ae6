//! Drawings: what is painted on a page besides text, grouped into connected parts.

use hakusho_model::{Color, PageContent, Rect, Rule, ShapeKind};

/// Edge of a grid cell in points.
const CELL: f32 = 3.0;
/// Cells between parts of one drawing.
const REACH: usize = 2;
/// Least white between two frames set side by side, in points.
const FRAME_GAP: f32 = 2.0;
/// A shape that covers more of the page than this is its background.
const BACKGROUND: f32 = 0.6;
/// Width of the strip along a page's edge where its frame runs, in points, and the share of the edge that a frame covers.
const PAGE_EDGE: f32 = 3.0;
const WHOLE_EDGE: f32 = 0.9;

/// A connected part of the graphics on a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Drawing {
    pub(crate) bbox: Rect,
    /// Ruling lines in it.
    pub(crate) rules: u32,
    /// Filled or stroked shapes in it.
    pub(crate) shapes: u32,
}

impl Drawing {
    /// Large enough to be a figure, table or box rather than an ornament of a line of text.
    pub(crate) fn is_figure(&self) -> bool {
        self.bbox.width() >= 60.0 && self.bbox.height() >= 30.0
    }
}

/// Whether a shape cannot be seen on white paper.
fn is_blank(fill: Option<Color>, stroke: Option<Color>) -> bool {
    stroke.is_none_or(|c| c.luma() > 250) && fill.is_none_or(|c| c.luma() > 250)
}

/// One painted thing: its box and whether it covers its inside.
struct Part {
    bbox: Rect,
    solid: bool,
    kind: PartKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PartKind {
    Rule,
    Shape,
    Image,
}

/// Whether a rule runs along a whole edge of the page, as the frame of a slide does.
fn frames_page(page: &PageContent, rule: &Rect) -> bool {
    let along = |low: f32, high: f32, side: f32| high < PAGE_EDGE || low > side - PAGE_EDGE;
    (rule.height() > WHOLE_EDGE * page.height && along(rule.x0, rule.x1, page.width))
        || (rule.width() > WHOLE_EDGE * page.width && along(rule.y0, rule.y1, page.height))
}

fn parts(page: &PageContent) -> Vec<Part> {
    let whole = page.bbox().area().max(1.0);
    let usable = |b: &Rect| b.area() < BACKGROUND * whole;
    let drawn = |r: &&Rule| r.color.luma() <= 250 && !frames_page(page, &r.bbox);
    let rules = page.rules.iter().filter(drawn).map(|r| Part { bbox: r.bbox, solid: true, kind: PartKind::Rule });
    let shapes = page.shapes.iter().filter(|s| !is_blank(s.fill, s.stroke) && usable(&s.bbox)).map(|s| Part {
        bbox: s.bbox,
        solid: s.fill.is_some_and(|c| c.luma() <= 250) || s.kind != ShapeKind::Rect,
        kind: PartKind::Shape,
    });
    let images = page.images.iter().filter(|i| usable(&i.bbox)).map(|i| Part {
        bbox: i.bbox,
        solid: true,
        kind: PartKind::Image,
    });
    rules.chain(shapes).chain(images).collect()
}

/// The drawings of a page, from top to bottom.
pub(crate) fn drawings(page: &PageContent) -> Vec<Drawing> {
    let parts = parts(page);
    let (columns, rows) = ((page.width / CELL) as usize + 1, (page.height / CELL) as usize + 1);
    if parts.is_empty() || columns.saturating_mul(rows) > 4_000_000 {
        return Vec::new();
    }
    let mut grid = Grid { columns, rows, cells: vec![false; columns * rows] };
    for part in &parts {
        grid.paint(part);
    }
    let connected = grid.parts();
    let mut groups: Vec<Vec<&Part>> = vec![Vec::new(); connected.count];
    for part in &parts {
        let corners = [(part.bbox.x0, part.bbox.y0), (part.bbox.x1, part.bbox.y1)];
        if let Some(id) = corners.iter().filter_map(|&(x, y)| connected.at(x, y, columns)).max() {
            groups[id].push(part);
        }
    }
    let mut found: Vec<Drawing> = Vec::new();
    for group in groups.into_iter().filter(|g| !g.is_empty()) {
        found.extend(side_by_side(group).iter().filter_map(|parts| Drawing::of(parts)));
    }
    found.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0).then(a.bbox.x0.total_cmp(&b.bbox.x0)));
    found
}

impl Drawing {
    fn of(parts: &[&Part]) -> Option<Self> {
        let bbox = Rect::bounding(parts.iter().map(|p| p.bbox))?;
        let count = |kind| parts.iter().filter(|p| p.kind == kind).count() as u32;
        Some(Self { bbox, rules: count(PartKind::Rule), shapes: count(PartKind::Shape) })
    }
}

/// Frames set side by side with a sliver of white between them are drawings of their own.
fn side_by_side(mut parts: Vec<&Part>) -> Vec<Vec<&Part>> {
    parts.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0));
    let mut out: Vec<Vec<&Part>> = Vec::new();
    let mut open: Vec<&Part> = Vec::new();
    let mut reach = f32::NEG_INFINITY;
    for (i, part) in parts.iter().enumerate() {
        let gap = part.bbox.x0 - reach;
        if gap >= FRAME_GAP
            && has_upright_edge(&open, reach, true)
            && has_upright_edge(&parts[i..], part.bbox.x0, false)
        {
            out.push(std::mem::take(&mut open));
            reach = f32::NEG_INFINITY;
        }
        open.push(part);
        reach = reach.max(part.bbox.x1);
    }
    out.push(open);
    out
}

/// Whether a part with an edge at `x` is nearly as high as all of them.
fn has_upright_edge(parts: &[&Part], x: f32, right: bool) -> bool {
    let height = Rect::bounding(parts.iter().map(|p| p.bbox)).map_or(0.0, |b| b.height());
    let edge = |p: &Part| if right { p.bbox.x1 } else { p.bbox.x0 };
    height > 30.0 && parts.iter().any(|p| (edge(p) - x).abs() < 1.5 && p.bbox.height() > 0.8 * height)
}

/// A coarse picture of the page.
struct Grid {
    columns: usize,
    rows: usize,
    cells: Vec<bool>,
}

/// A stretch of painted cells in one row: first and last column, and the part it belongs to.
#[derive(Clone, Copy)]
struct Run {
    first: usize,
    last: usize,
    part: usize,
}

/// The painted stretches by row; connected ones have one part, numbered from the top left.
struct Parts {
    rows: Vec<Vec<Run>>,
    count: usize,
}

fn cell(v: f32, limit: usize) -> usize {
    ((v / CELL) as usize).min(limit - 1)
}

impl Grid {
    fn paint(&mut self, part: &Part) {
        let (c0, c1) = (cell(part.bbox.x0, self.columns), cell(part.bbox.x1, self.columns));
        let (r0, r1) = (cell(part.bbox.y0, self.rows), cell(part.bbox.y1, self.rows));
        for r in r0..=r1 {
            let row = &mut self.cells[r * self.columns..(r + 1) * self.columns];
            if part.solid || r == r0 || r == r1 {
                row[c0..=c1].fill(true);
            } else {
                (row[c0], row[c1]) = (true, true);
            }
        }
    }

    /// The connected parts: cells at most [`REACH`] apart in both directions belong together.
    fn parts(&self) -> Parts {
        let mut rows: Vec<Vec<Run>> = Vec::with_capacity(self.rows);
        let mut sets = Sets::default();
        for cells in self.cells.chunks(self.columns) {
            let mut runs: Vec<Run> = Vec::new();
            for (column, _) in cells.iter().enumerate().filter(|(_, painted)| **painted) {
                match runs.last_mut() {
                    Some(run) if column - run.last <= REACH => run.last = column,
                    _ => runs.push(Run { first: column, last: column, part: sets.add() }),
                }
            }
            for above in rows.iter().rev().take(REACH) {
                for run in &runs {
                    let from = above.partition_point(|a| a.last + REACH < run.first);
                    for a in above[from..].iter().take_while(|a| a.first <= run.last + REACH) {
                        sets.join(a.part, run.part);
                    }
                }
            }
            rows.push(runs);
        }
        let count = sets.0.len();
        for run in rows.iter_mut().flatten() {
            run.part = sets.root(run.part);
        }
        Parts { rows, count }
    }
}

impl Parts {
    /// The part at a point.
    fn at(&self, x: f32, y: f32, columns: usize) -> Option<usize> {
        let (c, runs) = (cell(x, columns), &self.rows[cell(y, self.rows.len())]);
        let run = runs.get(runs.partition_point(|r| r.last < c))?;
        (run.first <= c).then_some(run.part)
    }
}

/// Sets that are joined; each is known by its first member.
#[derive(Default)]
pub(crate) struct Sets(pub(crate) Vec<usize>);

impl Sets {
    pub(crate) fn add(&mut self) -> usize {
        self.0.push(self.0.len());
        self.0.len() - 1
    }

    pub(crate) fn root(&mut self, mut i: usize) -> usize {
        while self.0[i] != i {
            self.0[i] = self.0[self.0[i]];
            i = self.0[i];
        }
        i
    }

    pub(crate) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use hakusho_model::Shape;

    use super::*;

    fn page(rules: &[Rect], shapes: &[Rect]) -> PageContent {
        let rule = |b: &Rect| Rule { bbox: *b, color: Color::BLACK, horizontal: true, dashed: false };
        let shape = |b: &Rect| Shape {
            bbox: *b,
            kind: ShapeKind::Rect,
            fill: Some(Color::BLACK),
            stroke: None,
            width: 0.0,
            points: Vec::new(),
            order: 0,
        };
        PageContent {
            width: 500.0,
            height: 700.0,
            rules: rules.iter().map(rule).collect(),
            shapes: shapes.iter().map(shape).collect(),
            ..PageContent::default()
        }
    }

    #[test]
    fn near_parts_are_one_drawing_and_far_ones_two() {
        let near = page(&[Rect::new(10.0, 10.0, 100.0, 10.5)], &[Rect::new(10.0, 15.0, 40.0, 60.0)]);
        assert_eq!(drawings(&near).len(), 1);
        let far = page(&[Rect::new(10.0, 10.0, 100.0, 10.5)], &[Rect::new(10.0, 30.0, 40.0, 60.0)]);
        assert_eq!(drawings(&far).len(), 2);
    }

    #[test]
    fn frames_side_by_side_are_two_drawings() {
        let frames = |gap: f32| {
            let left = Rect::new(10.0, 10.0, 100.0, 100.0);
            drawings(&page(&[], &[left, Rect::new(100.0 + gap, 10.0, 190.0, 100.0)])).len()
        };
        assert_eq!((frames(2.0), frames(1.9)), (2, 1));
        // A bar beside a frame is no frame.
        let bar = page(&[], &[Rect::new(10.0, 10.0, 100.0, 100.0), Rect::new(103.0, 60.0, 120.0, 90.0)]);
        assert_eq!(drawings(&bar).len(), 1);
    }

    #[test]
    fn the_frame_of_a_page_joins_nothing() {
        let box_ = Rect::new(3.0, 300.0, 200.0, 400.0);
        let framed = |x: f32| drawings(&page(&[Rect::new(x, 0.0, x + 0.5, 700.0)], &[box_])).len();
        // At the edge it is left out; further in it is a rule of its own, here touching the shape.
        assert_eq!((framed(0.0), drawings(&page(&[Rect::new(0.0, 0.0, 0.5, 700.0)], &[])).len()), (1, 0));
        assert_eq!(drawings(&page(&[Rect::new(2.6, 0.0, 3.1, 700.0)], &[])).len(), 1);
    }

    #[test]
    fn a_page_background_is_no_drawing() {
        assert!(drawings(&page(&[], &[Rect::new(0.0, 0.0, 500.0, 700.0)])).is_empty());
    }
}

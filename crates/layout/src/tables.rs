//! Tables from ruling lines: edges make a grid, missing edges make spans, shading and weight make headers.

use hakusho_model::{Cell, Rect, Shape, ShapeKind, Table};

use crate::chars::joint;
use crate::drawings::Sets;
use crate::line::{Standing, TextLine};
use crate::page::Page;
use crate::rows::sort_in_rows;

/// Edges at most this far apart, in points, are one edge.
const SNAP: f32 = 2.5;
/// Share of a cell's side that must be ruled for the side to count.
const RULED: f32 = 0.6;
/// Rules of a table that has them only around its head and foot.
const FEW_LEVELS: usize = 4;
/// Lines in a band between rules from which on it holds several rows.
const MANY_ROWS: usize = 5;
/// Edges in each direction above which ruling lines alone are a table.
const WELL_RULED: usize = 3;
/// Most rows and columns a grid may have.
const MAX_EDGES: usize = 600;

/// A straight edge: where it lies across, and from where to where it runs.
#[derive(Clone, Copy, Debug)]
struct Edge {
    at: f32,
    from: f32,
    to: f32,
}

/// The grid of a table: positions of its edges and which of them are drawn.
struct Grid {
    xs: Vec<f32>,
    ys: Vec<f32>,
    across: Vec<Edge>,
    down: Vec<Edge>,
}

/// Whether the box is ruled like a table: at least two rows and two columns of drawn cells, or rows between full rules.
pub(crate) fn looks_ruled(page: &Page<'_>, body: &Rect) -> bool {
    let grid = grid(page, body);
    let columns = distinct(&grid.down);
    let rows = distinct(&grid.across);
    // Lines that make no cells are a drawing.
    rows >= 3 && columns >= 3 && crookedness(&grid) <= 0.3
}

/// Heights at which horizontal rules, whole or in pieces, cover most of a box's width.
pub(crate) fn ruled_levels(page: &Page<'_>, body: &Rect) -> usize {
    let rules: Vec<Rect> = page
        .content
        .rules
        .iter()
        .filter(|r| r.horizontal && r.color.luma() <= 250 && body.contains(r.bbox.center()))
        .map(|r| r.bbox)
        .collect();
    let covered = |y: &f32| {
        rules.iter().filter(|r| (r.center().y - y).abs() <= SNAP).map(Rect::width).sum::<f32>() > RULED * body.width()
    };
    snapped(rules.iter().map(|r| r.center().y)).iter().filter(|y| covered(y)).count()
}

/// Share of a grid's cells that run into others in shapes that are no rectangles.
fn crookedness(grid: &Grid) -> f32 {
    let (rows, columns) = (grid.ys.len().saturating_sub(1), grid.xs.len().saturating_sub(1));
    if rows == 0 || columns == 0 || rows > MAX_EDGES || columns > MAX_EDGES {
        return 1.0;
    }
    let joined = joined(grid, rows, columns);
    let mut areas = joined.clone();
    undo_crooked(&mut areas, columns);
    joined.iter().zip(&areas).filter(|(a, b)| a != b).count() as f32 / (rows * columns) as f32
}

/// Whether the ruling lines in a box make a whole grid by themselves: nearly every cell is bounded by drawn edges, merged
/// cells are rectangles. Frames, banners and the decoration of slides do not.
pub(crate) fn is_regular(page: &Page<'_>, body: &Rect) -> bool {
    is_whole(&as_drawn(page, body))
}

/// Like [`is_regular`], with the lines of pictures in the cells left out.
pub(crate) fn is_regular_but_for_pictures(page: &Page<'_>, body: &Rect) -> bool {
    is_whole(&grid(page, body))
}

/// The lower edge of the first row of the grid in a box.
pub(crate) fn head_bottom(page: &Page<'_>, body: &Rect) -> f32 {
    grid(page, body).ys.get(1).copied().unwrap_or(body.y0)
}

fn is_whole(grid: &Grid) -> bool {
    let (rows, columns) = (grid.ys.len().saturating_sub(1), grid.xs.len().saturating_sub(1));
    if rows < 2 || columns < 2 || rows > MAX_EDGES || columns > MAX_EDGES {
        return false;
    }
    let distinct = merge(grid, rows, columns).iter().collect::<std::collections::BTreeSet<_>>().len();
    crookedness(grid) <= 0.05 && distinct * 2 >= rows * columns && distinct >= 4
}

fn distinct(edges: &[Edge]) -> usize {
    snapped(edges.iter().map(|e| e.at)).len()
}

/// A piece of a cell's text with its box.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) bbox: Rect,
    pub(crate) text: String,
}

/// A recovered table, and for each of its cells the printed pieces it was made of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grounded {
    pub(crate) table: Table,
    pub(crate) pieces: Vec<Vec<Vec<Piece>>>,
}

/// Share of the cells of a table that have text, at the least, where nothing else says that it is one.
const FILLED: f32 = 0.6;
/// Share of the lines in an exhibit that must stand in the tables side by side, if it is cut into them.
const IN_TABLES: f32 = 0.7;

impl Grounded {
    /// Whether most cells have text, in several rows; in two rows, every cell of three columns.
    pub(crate) fn is_filled(&self) -> bool {
        let cells = || self.pieces.iter().flatten();
        let (count, columns) = (cells().count(), self.pieces.first().map_or(0, Vec::len));
        let filled = cells().filter(|c| c.iter().any(|p| !p.text.trim().is_empty())).count();
        match self.pieces.len() {
            0 | 1 => false,
            2 => filled == count && columns > 2,
            _ => filled as f32 >= FILLED * count as f32,
        }
    }
}

/// The tables of an exhibit, and its lines that stand in none of them.
pub(crate) struct Tables {
    pub(crate) tables: Vec<Grounded>,
    pub(crate) rest: Vec<usize>,
}

/// Reads the tables in a box: frames side by side are tables of their own.
pub(crate) fn read_all(page: &Page<'_>, body: &Rect, lines: &[usize]) -> Tables {
    let around = body.grow(4.0, 4.0);
    let mut parts: Vec<Rect> = page.drawings.iter().filter(|d| d.is_figure()).map(|d| d.bbox).collect();
    parts.retain(|p| around.encloses(p, 2.0) && p.width() < 0.7 * body.width() && is_regular(page, p));
    parts.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let apart = parts.windows(2).all(|w| w[0].x_overlap(&w[1]) <= 0.0 && w[0].y_overlap(&w[1]) > 0.5 * w[0].height());
    let within = |part: &Rect, i: usize| part.grow(1.0, 1.0).contains(page.lines[i].bbox.center());
    let rest: Vec<usize> = lines.iter().copied().filter(|&i| !parts.iter().any(|p| within(p, i))).collect();
    if parts.len() > 1 && apart && (lines.len() - rest.len()) as f32 >= IN_TABLES * lines.len() as f32 {
        let of_part = |p: &Rect| -> Vec<usize> { lines.iter().copied().filter(|&i| within(p, i)).collect() };
        let tables: Option<Vec<Grounded>> = parts.iter().map(|p| read(page, p, &of_part(p))).collect();
        if let Some(tables) = tables {
            return Tables { tables, rest };
        }
    }
    Tables { tables: read(page, body, lines).into_iter().collect(), rest: Vec::new() }
}

/// Reads the table in a box; `lines` are the lines inside. `None` where there is no grid.
pub(crate) fn read(page: &Page<'_>, body: &Rect, lines: &[usize]) -> Option<Grounded> {
    let mut grid = grid(page, body);
    complete(page, &mut grid, body, lines);
    let (rows, columns) = (grid.ys.len().checked_sub(1)?, grid.xs.len().checked_sub(1)?);
    if rows == 0 || columns == 0 || rows * columns < 2 || rows > MAX_EDGES || columns > MAX_EDGES {
        return None;
    }
    let areas = merge(&grid, rows, columns);
    let table = fill(page, &grid, &areas, rows, columns, lines);
    let filled = table.table.rows.iter().flatten().filter(|c| !c.text.is_empty()).count();
    (filled >= 2).then_some(table)
}

/// Edges in a box: those of its ruling lines, and those of shaded cells. Where the ruling lines alone tell the table,
/// pictures in its cells have no edges that count.
fn grid(page: &Page<'_>, body: &Rect) -> Grid {
    match ruled(page, body).told() {
        Ok(told) => {
            let on = |edges: &[f32], low: f32, high: f32| {
                [low, high].iter().all(|at| edges.iter().any(|e| (e - at).abs() <= SNAP))
            };
            let fits = |b: &Rect| on(&told.xs, b.x0, b.x1) || on(&told.ys, b.y0, b.y1);
            let shades = shades(page, body).into_iter().filter(fits).collect();
            told.with(shades)
        }
        Err(plain) => plain.with(shades(page, body)),
    }
}

fn as_drawn(page: &Page<'_>, body: &Rect) -> Grid {
    ruled(page, body).with(shades(page, body))
}

/// The ruling lines in a box.
fn ruled(page: &Page<'_>, body: &Rect) -> Grid {
    let near = body.grow(1.0, 1.0);
    let (mut across, mut down) = (Vec::new(), Vec::new());
    for rule in page.content.rules.iter().filter(|r| near.encloses(&r.bbox, 0.0) && r.color.luma() <= 250) {
        let b = rule.bbox;
        if rule.horizontal {
            across.push(Edge { at: b.center().y, from: b.x0, to: b.x1 });
        } else {
            down.push(Edge { at: b.center().x, from: b.y0, to: b.y1 });
        }
    }
    Grid::new(across, down)
}

/// The shaded cells in a box.
fn shades(page: &Page<'_>, body: &Rect) -> Vec<Rect> {
    let near = body.grow(1.0, 1.0);
    let shaded = |s: &&Shape| s.kind == ShapeKind::Rect && s.fill.is_some_and(|c| c.luma() <= 250);
    let is_cell =
        |b: &Rect| near.encloses(b, 0.0) && b.width() > 6.0 && b.height() > 6.0 && b.area() < 0.9 * body.area();
    page.content.shapes.iter().filter(shaded).map(|s| s.bbox).filter(is_cell).collect()
}

impl Grid {
    fn new(across: Vec<Edge>, down: Vec<Edge>) -> Self {
        Self { xs: snapped(down.iter().map(|e| e.at)), ys: snapped(across.iter().map(|e| e.at)), across, down }
    }

    fn with(mut self, shades: Vec<Rect>) -> Self {
        for b in shades {
            self.across.extend([b.y0, b.y1].map(|at| Edge { at, from: b.x0, to: b.x1 }));
            self.down.extend([b.x0, b.x1].map(|at| Edge { at, from: b.y0, to: b.y1 }));
        }
        Self::new(self.across, self.down)
    }

    /// The grid if it tells a table alone, perhaps without lines that end nowhere, as those of pictures do; else the
    /// grid as it was.
    fn told(self) -> Result<Self, Self> {
        let tells = |g: &Self| g.xs.len() > WELL_RULED && g.ys.len() > WELL_RULED && is_whole(g);
        if tells(&self) {
            return Ok(self);
        }
        if self.across.len() * self.down.len() > MAX_EDGES * MAX_EDGES {
            return Err(self);
        }
        let across: Vec<Edge> = self.across.iter().filter(|e| e.ends_at(&self.down)).copied().collect();
        let down: Vec<Edge> = self.down.iter().filter(|e| e.ends_at(&self.across)).copied().collect();
        Some(Self::largest(&across, &down)).filter(tells).ok_or(self)
    }

    /// The grid of the most edges that meet one another.
    fn largest(across: &[Edge], down: &[Edge]) -> Self {
        let mut sets = Sets::default();
        for _ in 0..across.len() + down.len() {
            sets.add();
        }
        for (i, a) in across.iter().enumerate() {
            for (k, _) in down.iter().enumerate().filter(|(_, d)| d.reaches(a.at) && a.reaches(d.at)) {
                sets.join(i, across.len() + k);
            }
        }
        let roots: Vec<usize> = (0..across.len() + down.len()).map(|i| sets.root(i)).collect();
        let size = |root: usize| roots.iter().filter(|r| **r == root).count();
        let largest = roots.iter().copied().max_by_key(|r| (size(*r), std::cmp::Reverse(*r)));
        let of = |edges: &[Edge], from: usize| {
            let kept = |(i, _): &(usize, &Edge)| Some(roots[from + i]) == largest;
            edges.iter().enumerate().filter(kept).map(|(_, e)| *e).collect()
        };
        Self::new(of(across, 0), of(down, across.len()))
    }
}

impl Edge {
    /// Whether both ends meet one of the edges across.
    fn ends_at(&self, others: &[Edge]) -> bool {
        [self.from, self.to].iter().all(|end| others.iter().any(|o| (o.at - end).abs() <= SNAP && o.reaches(self.at)))
    }

    /// Whether it runs past a place, or ends at it.
    fn reaches(&self, place: f32) -> bool {
        self.from - SNAP <= place && place <= self.to + SNAP
    }
}

/// Positions with those that are nearly equal made one, ascending.
fn snapped(values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    let mut out: Vec<(f32, f32)> = Vec::new();
    for v in values {
        match out.last_mut() {
            Some((sum, n)) if v - *sum / *n <= SNAP => {
                *sum += v;
                *n += 1.0;
            }
            _ => out.push((v, 1.0)),
        }
    }
    out.into_iter().map(|(sum, n)| sum / n).collect()
}

/// Adds what many tables leave undrawn: the outer frame, and columns told only by white space.
fn complete(page: &Page<'_>, grid: &mut Grid, body: &Rect, lines: &[usize]) {
    let text = Rect::bounding(lines.iter().map(|&i| page.lines[i].bbox)).unwrap_or(*body);
    let left = grid.across.iter().map(|e| e.from).fold(text.x0, f32::min);
    let right = grid.across.iter().map(|e| e.to).fold(text.x1, f32::max);
    let open = grid.xs.len() < 3 || !spans(&grid.down, grid.ys.first().copied(), grid.ys.last().copied());
    if open {
        let from = grid.ys.first().map_or(text.y0, |y| y.min(text.y0));
        let to = grid.ys.last().map_or(text.y1, |y| y.max(text.y1));
        for x in column_gaps(page, grid, lines, left, right) {
            if grid.xs.iter().all(|e| (e - x).abs() > 0.1) {
                grid.xs.push(x);
            }
            grid.down.push(Edge { at: x, from, to });
        }
        grid.xs.sort_by(f32::total_cmp);
    }
    let outer = |positions: &mut Vec<f32>, low: f32, high: f32, slack: f32| {
        if positions.first().is_none_or(|p| *p > low + slack) {
            positions.insert(0, low);
        }
        if positions.last().is_none_or(|p| *p < high - slack) {
            positions.push(high);
        }
    };
    outer(&mut grid.xs, left, right, 2.0 * SNAP);
    let top = grid.ys.first().map_or(text.y0, |y| y.min(text.y0));
    let bottom = grid.ys.last().map_or(text.y1, |y| y.max(text.y1));
    outer(&mut grid.ys, top, bottom, 2.0 * SNAP);
    if open {
        split_bands(page, grid, lines, left, right);
    }
}

/// Adds the edges between rows that only white space tells apart, where a table has no upright rules: a row begins where
/// its first column has a line, or at least half of its columns have.
fn split_bands(page: &Page<'_>, grid: &mut Grid, lines: &[usize], left: f32, right: f32) {
    let columns = grid.xs.len() - 1;
    let column = |x: f32| grid.xs.partition_point(|e| *e <= x).clamp(1, columns) - 1;
    let mut added = Vec::new();
    for band in grid.ys.windows(2) {
        let mut inside: Vec<&TextLine> = lines
            .iter()
            .map(|&i| &page.lines[i])
            .filter(|l| !l.vertical && l.bbox.center().y > band[0] && l.bbox.center().y < band[1])
            .collect();
        inside.sort_by(|a, b| a.bbox.center().y.total_cmp(&b.bbox.center().y));
        let mut rows: Vec<(Vec<usize>, Rect)> = Vec::new();
        for line in inside {
            let cells = column(line.bbox.x0 + 0.3 * line.size)..=column(line.bbox.x1 - 0.3 * line.size);
            match rows.last_mut() {
                Some((row, bbox)) if line.bbox.center().y < bbox.y1 - 0.2 * line.size => {
                    row.extend(cells);
                    *bbox = bbox.union(&line.bbox);
                }
                _ => rows.push((cells.collect(), line.bbox)),
            }
        }
        if grid.ys.len() > FEW_LEVELS && rows.len() < MANY_ROWS {
            continue;
        }
        for pair in rows.windows(2) {
            let (mut next, above, below) = (pair[1].0.clone(), pair[0].1, pair[1].1);
            next.sort_unstable();
            next.dedup();
            if next.first() == Some(&0) && next.len() > 1 || 2 * next.len() >= columns && next.len() > 1 {
                added.push(f32::midpoint(above.y1, below.y0));
            }
        }
    }
    for y in added {
        grid.ys.push(y);
        grid.across.push(Edge { at: y, from: left, to: right });
    }
    grid.ys.sort_by(f32::total_cmp);
}

/// Whether some edge runs over most of the way from top to bottom.
fn spans(edges: &[Edge], low: Option<f32>, high: Option<f32>) -> bool {
    let (Some(low), Some(high)) = (low, high) else { return false };
    edges.iter().any(|e| e.to - e.from > 0.7 * (high - low))
}

/// Middles of the white columns that no line crosses.
fn column_gaps(page: &Page<'_>, grid: &Grid, lines: &[usize], left: f32, right: f32) -> Vec<f32> {
    let mut spans: Vec<(f32, f32)> =
        lines.iter().map(|&i| &page.lines[i]).filter(|l| !l.vertical).map(|l| (l.bbox.x0, l.bbox.x1)).collect();
    // A line that crosses nearly the whole table heads it.
    spans.retain(|(a, b)| b - a < 0.8 * (right - left));
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let size = lines.first().map_or(8.0, |&i| page.lines[i].size);
    let mut gaps = Vec::new();
    let mut reach = f32::NEG_INFINITY;
    for (a, b) in spans {
        if reach > f32::NEG_INFINITY && a - reach > 0.8 * size {
            // A header's shading may have told the column already.
            let told = grid.xs.iter().copied().find(|x| *x > reach - SNAP && *x < a + SNAP);
            gaps.push(told.unwrap_or(f32::midpoint(reach, a)));
        }
        reach = reach.max(b);
    }
    gaps
}

/// The representative of a cell's area (union–find).
fn root(area: &mut [usize], mut i: usize) -> usize {
    while area[i] != i {
        area[i] = area[area[i]];
        i = area[i];
    }
    i
}

/// Which area each cell belongs to: cells with no drawn edge between are one, as long as they make a rectangle.
fn merge(grid: &Grid, rows: usize, columns: usize) -> Vec<usize> {
    let mut areas = joined(grid, rows, columns);
    undo_crooked(&mut areas, columns);
    areas
}

/// Cells with no drawn edge between joined to areas of any shape.
fn joined(grid: &Grid, rows: usize, columns: usize) -> Vec<usize> {
    let mut area: Vec<usize> = (0..rows * columns).collect();
    let drawn = |edges: &[Edge], at: f32, from: f32, to: f32| {
        let covered: f32 = edges
            .iter()
            .filter(|e| (e.at - at).abs() <= SNAP * 1.5)
            .map(|e| (e.to.min(to) - e.from.max(from)).max(0.0))
            .sum();
        covered >= RULED * (to - from)
    };
    for r in 0..rows {
        for c in 0..columns {
            let (x0, x1, y0, y1) = (grid.xs[c], grid.xs[c + 1], grid.ys[r], grid.ys[r + 1]);
            if c + 1 < columns && !drawn(&grid.down, x1, y0, y1) {
                let (a, b) = (root(&mut area, r * columns + c), root(&mut area, r * columns + c + 1));
                area[a.max(b)] = a.min(b);
            }
            if r + 1 < rows && !drawn(&grid.across, y1, x0, x1) {
                let (a, b) = (root(&mut area, r * columns + c), root(&mut area, (r + 1) * columns + c));
                area[a.max(b)] = a.min(b);
            }
        }
    }
    (0..area.len()).map(|i| root(&mut area, i)).collect()
}

/// Areas that are no rectangles fall back to single cells.
fn undo_crooked(areas: &mut [usize], columns: usize) {
    // Number of cells, first and last row, first and last column of each area.
    let mut extents = vec![(0usize, usize::MAX, 0usize, usize::MAX, 0usize); areas.len()];
    for (i, &id) in areas.iter().enumerate() {
        let (r, c) = (i / columns, i % columns);
        let (count, r0, r1, c0, c1) = extents[id];
        extents[id] = (count + 1, r0.min(r), r1.max(r), c0.min(c), c1.max(c));
    }
    for (i, area) in areas.iter_mut().enumerate() {
        let (count, r0, r1, c0, c1) = extents[*area];
        if count > 1 && (r1 - r0 + 1) * (c1 - c0 + 1) != count {
            *area = i;
        }
    }
}

/// Puts the lines into their cells.
fn fill(page: &Page<'_>, grid: &Grid, areas: &[usize], rows: usize, columns: usize, lines: &[usize]) -> Grounded {
    let mut texts: Vec<Vec<Piece>> = vec![Vec::new(); areas.len()];
    let mut bold = vec![true; areas.len()];
    for &i in lines {
        let line = &page.lines[i];
        for (column, text, bbox) in cut(line, &grid.xs) {
            let y = line.bbox.center().y;
            let row = grid.ys.partition_point(|e| *e <= y).clamp(1, rows) - 1;
            let area = areas[row * columns + column.min(columns - 1)];
            texts[area].push(Piece { bbox, text });
            bold[area] &= line.bold;
        }
    }
    let heads = Headers::new(page, grid);
    // White space inside a column may have been taken for a column of its own.
    let empty: Vec<bool> = (0..columns)
        .map(|c| {
            let alone = |r: usize| {
                let area = areas[r * columns + c];
                let wide = (c > 0 && areas[r * columns + c - 1] == area)
                    || (c + 1 < columns && areas[r * columns + c + 1] == area);
                wide || texts[area].is_empty()
            };
            let drawn = |x: f32| {
                let beside = |e: &&Edge| (e.at - x).abs() <= SNAP;
                let length: f32 = grid.down.iter().filter(beside).map(|e| e.to - e.from).sum();
                length > RULED * (grid.ys[rows] - grid.ys[0])
            };
            let framed = drawn(grid.xs[c]) && drawn(grid.xs[c + 1]);
            columns > 2
                && !framed
                && (0..rows).all(alone)
                && (0..rows).any(|r| areas[r * columns + c] == r * columns + c)
        })
        .collect();
    let mut out = Grounded::default();
    for r in 0..rows {
        let (mut cells, mut grounds) = (Vec::new(), Vec::new());
        for c in 0..columns {
            let area = r * columns + c;
            if areas[area] != area {
                continue;
            }
            let row_span = (r..rows).take_while(|k| areas[k * columns + c] == area).count();
            let col_span = (c..columns).take_while(|k| areas[r * columns + k] == area).count();
            // Cells drawn with a sliver between them span it; what has text stays.
            let kept = (c..c + col_span).filter(|k| !empty[*k]).count().max(usize::from(!texts[area].is_empty()));
            if kept == 0 {
                continue;
            }
            let cell = Rect { x0: grid.xs[c], y0: grid.ys[r], x1: grid.xs[c + col_span], y1: grid.ys[r + row_span] };
            let pieces = in_order(std::mem::take(&mut texts[area]));
            let text = cell_text(&pieces);
            let header = !text.is_empty() && (heads.is_shaded(&cell) || (r == 0 && bold[area]));
            cells.push(Cell { text, row_span: row_span as u32, col_span: kept as u32, header });
            grounds.push(pieces);
        }
        // Rows in which no cell begins and nothing stands carry no information.
        if cells.iter().any(|c| !c.text.is_empty() || c.row_span > 1) {
            out.table.rows.push(cells);
            out.pieces.push(grounds);
        }
    }
    out
}

/// Cuts a line where it crosses column edges; most lines lie in one column.
fn cut(line: &TextLine, xs: &[f32]) -> Vec<(usize, String, Rect)> {
    let columns = xs.len() - 1;
    let column = |x: f32| xs.partition_point(|e| *e <= x).clamp(1, columns) - 1;
    let whole = column(line.bbox.x0 + 0.3 * line.size);
    if line.vertical || column(line.bbox.x1 - 0.3 * line.size) == whole {
        let center = column(line.bbox.center().x);
        return vec![(if line.vertical { center } else { whole }, text_of(line, 0, line.chars.len()), line.bbox)];
    }
    let mut out = Vec::new();
    let mut start = 0;
    for i in 1..=line.chars.len() {
        let here = column(line.chars[start].bbox.center().x);
        if i == line.chars.len() || column(line.chars[i].bbox.center().x) != here {
            let bbox = Rect::bounding(line.chars[start..i].iter().map(|c| c.bbox)).unwrap_or(line.bbox);
            out.push((here, text_of(line, start, i), bbox));
            start = i;
        }
    }
    out
}

/// Text of part of a line, raised characters included: in a table they may be exponents or marks.
fn text_of(line: &TextLine, start: usize, end: usize) -> String {
    let mut part = line.clone();
    part.chars = line.chars[start..end].to_vec().into();
    for c in part.chars.iter_mut() {
        c.standing = Standing::Normal;
    }
    part.text().to_owned()
}

/// Pieces from top to bottom, those on one height from left to right.
fn in_order(mut pieces: Vec<Piece>) -> Vec<Piece> {
    sort_in_rows(&mut pieces, |p| p.bbox);
    pieces
}

fn cell_text(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        out.push_str(joint(&out, &piece.text));
        out.push_str(&piece.text);
    }
    out
}

/// Shaded boxes by which header cells are told.
struct Headers {
    shades: Vec<Rect>,
}

impl Headers {
    fn new(page: &Page<'_>, grid: &Grid) -> Self {
        let bounds = Rect {
            x0: grid.xs.first().copied().unwrap_or(0.0),
            x1: grid.xs.last().copied().unwrap_or(0.0),
            y0: grid.ys.first().copied().unwrap_or(0.0),
            y1: grid.ys.last().copied().unwrap_or(0.0),
        };
        let shaded = |s: &&Shape| s.fill.is_some_and(|c| c.luma() < 246) && bounds.overlaps(&s.bbox);
        Self { shades: page.content.shapes.iter().filter(shaded).map(|s| s.bbox).collect() }
    }

    fn is_shaded(&self, cell: &Rect) -> bool {
        let covered: f32 = self.shades.iter().map(|s| s.intersection(cell).area()).sum();
        covered > 0.5 * cell.area()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grid of full edges over 3 × 3 cells of 30 × 10, without the edges named.
    fn grid(missing: &[(char, usize)]) -> Grid {
        let at = |n: usize, step: f32| n as f32 * step;
        let edges = |way: char, step: f32, length: f32| {
            let drawn = move |n: &usize| !missing.contains(&(way, *n));
            (0..4).filter(drawn).map(|n| Edge { at: at(n, step), from: 0.0, to: length }).collect::<Vec<_>>()
        };
        let (across, down) = (edges('y', 10.0, 90.0), edges('x', 30.0, 30.0));
        Grid { xs: (0..4).map(|n| at(n, 30.0)).collect(), ys: (0..4).map(|n| at(n, 10.0)).collect(), across, down }
    }

    #[test]
    fn a_full_grid_is_a_table_and_a_frame_is_none() {
        assert!(is_whole(&grid(&[])));
        assert!(!is_whole(&grid(&[('x', 1), ('x', 2), ('y', 2)])));
    }

    #[test]
    fn cells_without_an_edge_between_are_one_as_long_as_they_are_a_rectangle() {
        let mut spanned = grid(&[]);
        // The upper left edge between two cells of the first row is missing.
        spanned.down.retain(|e| (e.at - 30.0).abs() > 1.0);
        spanned.down.push(Edge { at: 30.0, from: 10.0, to: 30.0 });
        assert_eq!(merge(&spanned, 3, 3), [0, 0, 2, 3, 4, 5, 6, 7, 8]);
        // Three cells in an angle stay single cells.
        spanned.across.retain(|e| (e.at - 10.0).abs() > 1.0);
        spanned.across.push(Edge { at: 10.0, from: 30.0, to: 90.0 });
        assert_eq!(merge(&spanned, 3, 3), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
        assert!(!is_whole(&spanned));
    }

    #[test]
    fn positions_nearly_equal_are_one() {
        assert_eq!(snapped([10.0, 12.5, 30.0].into_iter()), [11.25, 30.0]);
        assert_eq!(snapped([10.0, 12.6].into_iter()), [10.0, 12.6]);
    }
}

//! Gutters: white corridors between columns that are set closer together than words at other places.
//!
//! A narrow gap alone says nothing. The same gap on many lines one below the other, with running text on both sides and
//! nothing across, is a gutter.

use hakusho_model::Rect;

/// Least width, in ems.
const NARROWEST: f32 = 0.22;
/// Lines with text on both sides that make a gutter.
const ROWS: usize = 6;
/// Text on each side that counts, in ems: a number or a term before its text is no column.
const SIDE: f32 = 7.0;
/// Rows without the gap in a row that end a gutter, as a share of the rows that have it.
const ONE_SIDED: usize = 3;

/// A piece of a printed row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub(crate) x0: f32,
    pub(crate) x1: f32,
    /// Type size in points.
    pub(crate) size: f32,
}

/// A row of pieces from left to right, and its base line.
pub(crate) struct Row {
    pub(crate) base: f32,
    pub(crate) pieces: Vec<Piece>,
}

/// A corridor that is still open at the bottom.
struct Corridor {
    x0: f32,
    x1: f32,
    top: f32,
    bottom: f32,
    both: usize,
    one: usize,
}

impl Corridor {
    fn is_crossed(&self, row: &Row) -> bool {
        row.pieces.iter().any(|p| p.x0 < self.x1 && p.x1 > self.x0)
    }

    fn finished(self) -> Option<Rect> {
        (self.both >= ROWS).then(|| Rect::new(self.x0, self.top, self.x1, self.bottom))
    }
}

/// The gutters among rows that come from top to bottom; pieces up to `near` ems apart are one text.
pub(crate) fn gutters(rows: &[Row], near: f32) -> Vec<Rect> {
    let mut open: Vec<Corridor> = Vec::new();
    let mut found = Vec::new();
    for row in rows {
        let gaps = gaps(row, near);
        for gap in &gaps {
            let narrowest = NARROWEST * gap.2;
            let mut known = false;
            for c in &mut open {
                let (x0, x1) = (c.x0.max(gap.0), c.x1.min(gap.1));
                if x1 - x0 >= narrowest {
                    (c.x0, c.x1, c.bottom) = (x0, x1, row.base);
                    c.both += 1;
                    known = true;
                }
            }
            if !known {
                let top = row.base - gap.2;
                open.push(Corridor { x0: gap.0, x1: gap.1, top, bottom: row.base, both: 1, one: 0 });
            }
        }
        let mut still = Vec::with_capacity(open.len());
        for mut c in open {
            let continued = c.bottom >= row.base;
            c.one += usize::from(!continued);
            if !continued && (c.is_crossed(row) || c.one > ONE_SIDED * c.both) {
                found.extend(c.finished());
            } else {
                still.push(c);
            }
        }
        open = still;
    }
    found.extend(open.into_iter().filter_map(Corridor::finished));
    found
}

/// Gaps with much text on both sides: left edge, right edge, type size.
fn gaps(row: &Row, near: f32) -> Vec<(f32, f32, f32)> {
    let mut out = Vec::new();
    for (i, pair) in row.pieces.windows(2).enumerate() {
        let size = pair[0].size.max(pair[1].size);
        let gap = pair[1].x0 - pair[0].x1;
        if gap < NARROWEST * size {
            continue;
        }
        let left = extent(row.pieces[..=i].iter().rev(), near);
        let right = extent(row.pieces[i + 1..].iter(), near);
        if left.min(right) >= SIDE * size {
            out.push((pair[0].x1, pair[1].x0, size));
        }
    }
    out
}

/// Width of the pieces that hang together, beginning with the first.
fn extent<'p>(mut pieces: impl Iterator<Item = &'p Piece>, near: f32) -> f32 {
    let Some(first) = pieces.next() else { return 0.0 };
    let (mut x0, mut x1) = (first.x0, first.x1);
    for p in pieces {
        if (p.x0 - x1).max(x0 - p.x1) > near * p.size.max(first.size) {
            break;
        }
        (x0, x1) = (x0.min(p.x0), x1.max(p.x1));
    }
    x1 - x0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows twelve points apart, of type of ten points; each a list of extents.
    fn check(rows: &[&[(f32, f32)]], expected: &[[f32; 2]]) {
        let piece = |&(x0, x1): &(f32, f32)| Piece { x0, x1, size: 10.0 };
        let row = |(i, pieces): (usize, &&[(f32, f32)])| Row {
            base: 12.0 * i as f32,
            pieces: pieces.iter().map(piece).collect(),
        };
        let rows: Vec<Row> = rows.iter().enumerate().map(row).collect();
        let found: Vec<[f32; 2]> = gutters(&rows, 0.95).iter().map(|g| [g.x0, g.x1]).collect();
        assert_eq!(found, expected);
    }

    const BOTH: &[(f32, f32)] = &[(0.0, 96.0), (100.0, 200.0)];

    #[test]
    fn six_rows_make_a_gutter_five_do_not() {
        check(&[BOTH; 6], &[[96.0, 100.0]]);
        check(&[BOTH; 5], &[]);
    }

    #[test]
    fn rows_on_one_side_belong_to_it_and_a_full_row_ends_it() {
        let one: &[(f32, f32)] = &[(100.0, 190.0)];
        let full: &[(f32, f32)] = &[(0.0, 200.0)];
        check(&[BOTH, BOTH, one, BOTH, BOTH, BOTH, BOTH, full], &[[96.0, 100.0]]);
        check(&[BOTH, BOTH, BOTH, full, BOTH, BOTH, BOTH], &[]);
    }

    #[test]
    fn numbers_before_their_text_are_no_column() {
        let short: &[(f32, f32)] = &[(0.0, 69.0), (74.0, 200.0)];
        let long: &[(f32, f32)] = &[(0.0, 70.0), (74.0, 200.0)];
        check(&[short; 8], &[]);
        check(&[long; 8], &[[70.0, 74.0]]);
    }

    #[test]
    fn the_corridor_is_as_narrow_as_its_narrowest_row() {
        let near: &[(f32, f32)] = &[(0.0, 97.7), (100.0, 200.0)];
        let nearer: &[(f32, f32)] = &[(0.0, 97.9), (100.0, 200.0)];
        check(&[BOTH, BOTH, BOTH, BOTH, BOTH, near], &[[97.7, 100.0]]);
        check(&[BOTH, BOTH, BOTH, BOTH, BOTH, nearer], &[]);
    }
}

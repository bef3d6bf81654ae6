//! Reading order: recursive cuts by white space, full-width parts breaking columns.

use hakusho_model::Rect;

use crate::rows::sort_in_rows;

/// Something to be put in order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    /// Its box; for a heading that breaks the columns, as wide as the columns.
    pub(crate) bbox: Rect,
    /// Whether it is a line of text (and not an exhibit or box).
    pub(crate) is_line: bool,
}

/// One column's worth of items, top to bottom.
#[derive(Clone, Debug)]
pub(crate) struct Leaf {
    /// Indexes of the items.
    pub(crate) items: Vec<usize>,
    /// Left edge of the column.
    pub(crate) left: f32,
    /// Right edge of the column.
    pub(crate) right: f32,
}

/// What the cuts go by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measures<'a> {
    /// Least width of white space between columns.
    pub(crate) gutter: f32,
    /// Type size of the body.
    pub(crate) size: f32,
    /// Upright ruling lines: where one runs along a gap, a narrow gap is enough.
    pub(crate) dividers: &'a [Rect],
}

/// Depth of cuts before giving up; a page needs three.
const MAX_DEPTH: usize = 24;

/// Orders items into columns.
pub(crate) fn order(items: &[Item], measures: Measures<'_>) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    let all: Vec<usize> = (0..items.len()).collect();
    cut(items, all, measures, 0, &mut leaves);
    leaves
}

fn bounds(items: &[Item], part: &[usize]) -> Rect {
    Rect::bounding(part.iter().map(|&i| items[i].bbox)).unwrap_or_default()
}

fn cut(items: &[Item], part: Vec<usize>, m: Measures<'_>, depth: usize, out: &mut Vec<Leaf>) {
    if part.is_empty() {
        return;
    }
    if part.len() == 1 || depth > MAX_DEPTH {
        return out.push(leaf(items, part));
    }
    if let Some((left, right)) = split_columns(items, &part, m) {
        cut(items, left, m, depth + 1, out);
        cut(items, right, m, depth + 1, out);
        return;
    }
    let strips = strips(items, &part, m);
    if strips.len() < 2 {
        return out.push(leaf(items, part));
    }
    for strip in strips {
        cut(items, strip, m, depth + 1, out);
    }
}

fn leaf(items: &[Item], mut part: Vec<usize>) -> Leaf {
    sort_in_rows(&mut part, |&i| items[i].bbox);
    let b = bounds(items, &part);
    Leaf { items: part, left: b.x0, right: b.x1 }
}

/// Splits at the widest white column that runs through the whole part.
fn split_columns(items: &[Item], part: &[usize], m: Measures<'_>) -> Option<(Vec<usize>, Vec<usize>)> {
    let gap = widest_gap(items, part, m)?;
    let (left, right): (Vec<usize>, Vec<usize>) = part.iter().partition(|&&i| items[i].bbox.center().x < gap);
    // A number or bullet before its text is no column.
    let (l, r) = (bounds(items, &left), bounds(items, &right));
    let thin = l.width() < 4.0 * m.size || r.width() < 4.0 * m.size;
    let one_line = |side: &[usize]| side.len() == 1 && items[side[0]].is_line;
    (!thin && !(one_line(&left) && one_line(&right))).then_some((left, right))
}

/// Middle of the widest gap in the horizontal extents that is wide enough or has a ruling line in it.
fn widest_gap(items: &[Item], part: &[usize], m: Measures<'_>) -> Option<f32> {
    let mut spans: Vec<(f32, f32)> = part.iter().map(|&i| (items[i].bbox.x0, items[i].bbox.x1)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let height = bounds(items, part);
    let mut best: Option<(f32, f32)> = None;
    let mut reach = f32::NEG_INFINITY;
    for (a, b) in spans {
        let gap = a - reach;
        if reach > f32::NEG_INFINITY && gap > 0.0 {
            let divided = gap >= 0.2 * m.size && has_divider(m.dividers, reach, a, &height);
            let width = if divided { gap + m.gutter } else { gap };
            if width >= m.gutter && best.is_none_or(|(w, _)| width > w) {
                best = Some((width, f32::midpoint(a, reach)));
            }
        }
        reach = reach.max(b);
    }
    best.map(|(_, x)| x)
}

/// Whether ruling lines between two positions run along most of a height.
fn has_divider(dividers: &[Rect], left: f32, right: f32, height: &Rect) -> bool {
    let along = dividers.iter().filter(|d| d.center().x > left - 1.0 && d.center().x < right + 1.0);
    along.map(|d| d.y_overlap(height)).sum::<f32>() > 0.6 * height.height()
}

/// Strips from top to bottom: rows that stand in columns together as far as one gap runs through them, and the rows
/// between.
fn strips(items: &[Item], part: &[usize], m: Measures<'_>) -> Vec<Vec<usize>> {
    let splits = |part: &[usize]| part.len() > 1 && split_columns(items, part, m).is_some();
    let paired = |row: &[usize]| row.len() > 1 && widest_gap(items, row, m).is_some();
    let rows = rows(items, part);
    let mut out: Vec<Vec<usize>> = Vec::new();
    let mut plain: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        if !paired(&rows[at]) {
            plain.extend(&rows[at]);
            at += 1;
            continue;
        }
        let mut strip = rows[at].clone();
        let mut end = at + 1;
        while let Some(next) = rows.get(end) {
            let joined = [strip.as_slice(), next.as_slice()].concat();
            if !splits(&joined) {
                break;
            }
            strip = joined;
            end += 1;
        }
        if splits(&strip) {
            if !plain.is_empty() {
                out.push(std::mem::take(&mut plain));
            }
            out.push(strip);
        } else {
            plain.extend(strip);
        }
        at = end;
    }
    if !plain.is_empty() {
        out.push(plain);
    }
    out
}

/// Items in rows: groups whose vertical extents overlap, from top to bottom.
fn rows(items: &[Item], part: &[usize]) -> Vec<Vec<usize>> {
    let mut sorted = part.to_vec();
    sorted.sort_by(|&a, &b| items[a].bbox.y0.total_cmp(&items[b].bbox.y0));
    let mut rows: Vec<(Vec<usize>, f32)> = Vec::new();
    for i in sorted {
        let b = items[i].bbox;
        match rows.last_mut() {
            // Lines set tight overlap a little without standing on one height.
            Some((row, bottom)) if b.y0 < *bottom - 0.3 * b.height().min(12.0) => {
                row.push(i);
                *bottom = bottom.max(b.y1);
            }
            _ => rows.push((vec![i], b.y1)),
        }
    }
    rows.into_iter().map(|(row, _)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_divided(boxes: &[[f32; 4]], dividers: &[Rect], expected: &[&[usize]]) {
        let bbox = |b: &[f32; 4]| Rect::new(b[0], b[1], b[2], b[3]);
        let items: Vec<Item> = boxes.iter().map(|b| Item { bbox: bbox(b), is_line: true }).collect();
        let measures = Measures { gutter: 12.0, size: 10.0, dividers };
        let found: Vec<Vec<usize>> = order(&items, measures).into_iter().map(|l| l.items).collect();
        assert_eq!(found, expected);
    }

    fn check(boxes: &[[f32; 4]], expected: &[&[usize]]) {
        check_divided(boxes, &[], expected);
    }

    const TWO_BY_TWO: [[f32; 4]; 4] =
        [[0., 0., 90., 10.], [110., 0., 200., 10.], [0., 15., 90., 25.], [110., 15., 200., 25.]];

    #[test]
    fn one_column_stays_one() {
        check(&[[0., 0., 200., 10.], [0., 15., 200., 25.], [0., 30., 80., 40.]], &[&[0, 1, 2]]);
    }

    #[test]
    fn two_columns_are_read_one_after_the_other() {
        check(&TWO_BY_TWO, &[&[0, 2], &[1, 3]]);
    }

    #[test]
    fn a_full_width_part_breaks_the_columns() {
        let mut boxes = TWO_BY_TWO.to_vec();
        boxes.push([0., 40., 200., 50.]);
        boxes.extend(TWO_BY_TWO.map(|b| [b[0], b[1] + 60., b[2], b[3] + 60.]));
        check(&boxes, &[&[0, 2], &[1, 3], &[4], &[5, 7], &[6, 8]]);
    }

    #[test]
    fn a_gap_just_under_the_gutter_is_no_column_unless_a_rule_runs_in_it() {
        let narrow = TWO_BY_TWO.map(|b| if b[0] > 0.0 { [101., b[1], b[2], b[3]] } else { b });
        check(&narrow, &[&[0, 1, 2, 3]]);
        check_divided(&narrow, &[Rect::new(95., 0., 95.5, 25.)], &[&[0, 2], &[1, 3]]);
    }
}

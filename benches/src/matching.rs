//! Pairs the glyphs of two engines on one page: same character, nearest first.

use std::collections::BTreeMap;

use hakusho_model::Point;

/// Edge of the cells in which the nearest is looked for first, in points.
const CELL: f32 = 2.0;
/// Leftovers of one character beyond which they are not paired: their pairing would be a guess.
const LEFTOVERS: usize = 2000;

/// A pair of indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) ours: usize,
    pub(crate) theirs: usize,
}

/// Pairs each glyph with the nearest of the same character that is still free: within a cell's reach first, then what
/// is left over, however far away.
pub(crate) fn pairs(ours: &[(char, Point)], theirs: &[(char, Point)]) -> Vec<Pair> {
    let mut out = Vec::new();
    let mut used = vec![false; ours.len()];
    let mut cells: BTreeMap<(char, i32, i32), Vec<usize>> = BTreeMap::new();
    for (i, (ch, p)) in ours.iter().enumerate() {
        cells.entry((*ch, cell(p.x), cell(p.y))).or_default().push(i);
    }
    let mut rest = Vec::new();
    for (j, (ch, p)) in theirs.iter().enumerate() {
        let around = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (dx, dy)));
        let near = around.filter_map(|(dx, dy)| cells.get(&(*ch, cell(p.x) + dx, cell(p.y) + dy))).flatten();
        let free = near.filter(|i| !used[**i]);
        match free.min_by(|a, b| distance(ours[**a].1, *p).total_cmp(&distance(ours[**b].1, *p))) {
            Some(&i) => {
                used[i] = true;
                out.push(Pair { ours: i, theirs: j });
            }
            None => rest.push(j),
        }
    }
    far(ours, theirs, &mut used, &rest, &mut out);
    out
}

fn far(ours: &[(char, Point)], theirs: &[(char, Point)], used: &mut [bool], rest: &[usize], out: &mut Vec<Pair>) {
    let mut free: BTreeMap<char, Vec<usize>> = BTreeMap::new();
    for (i, (ch, _)) in ours.iter().enumerate().filter(|(i, _)| !used[*i]) {
        free.entry(*ch).or_default().push(i);
    }
    for &j in rest {
        let (ch, p) = theirs[j];
        let Some(candidates) = free.get_mut(&ch).filter(|c| c.len() <= LEFTOVERS) else { continue };
        let nearest = (0..candidates.len())
            .min_by(|&a, &b| distance(ours[candidates[a]].1, p).total_cmp(&distance(ours[candidates[b]].1, p)));
        if let Some(k) = nearest {
            let i = candidates.swap_remove(k);
            used[i] = true;
            out.push(Pair { ours: i, theirs: j });
        }
    }
}

fn cell(v: f32) -> i32 {
    (v / CELL).floor() as i32
}

fn distance(a: Point, b: Point) -> f32 {
    (a.x - b.x).hypot(a.y - b.y)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ours: &[(char, f32)], theirs: &[(char, f32)], expected: &[(usize, usize)]) {
        let points = |list: &[(char, f32)]| list.iter().map(|&(ch, x)| (ch, Point { x, y: 5.0 })).collect::<Vec<_>>();
        let mut found: Vec<_> = pairs(&points(ours), &points(theirs)).iter().map(|p| (p.ours, p.theirs)).collect();
        found.sort_unstable();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_nearest_of_the_same_character() {
        check(
            &[('白', 0.0), ('白', 3.0), ('書', 3.1)],
            &[('書', 3.0), ('白', 3.2), ('白', 0.1)],
            &[(0, 2), (1, 1), (2, 0)],
        );
    }

    #[test]
    fn what_is_far_is_paired_last_and_what_is_alone_never() {
        check(&[('白', 0.0), ('白', 100.0)], &[('白', 90.0), ('白', 0.5)], &[(0, 1), (1, 0)]);
        check(&[('白', 0.0)], &[('書', 0.0)], &[]);
    }
}

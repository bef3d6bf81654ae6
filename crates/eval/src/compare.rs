//! How alike two texts are, and how far an order is from another: counts of three-character pieces, and inversions.

/// Three-character pieces of a text, sorted; a shorter text is one piece.
pub(crate) fn pieces(text: &[char]) -> Vec<&[char]> {
    let mut all: Vec<&[char]> = match text.len() {
        0 => Vec::new(),
        1..=3 => vec![text],
        _ => text.windows(3).collect(),
    };
    all.sort_unstable();
    all
}

/// How many items two sorted lists share, repeated ones as often as both have them.
pub(crate) fn shared<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                (i, j, count) = (i + 1, j + 1, count + 1);
            }
        }
    }
    count
}

/// Dice coefficient of the pieces, 0 to 1; two empty texts are alike.
pub(crate) fn likeness(a: &[char], b: &[char]) -> f64 {
    let (x, y) = (pieces(a), pieces(b));
    let total = x.len() + y.len();
    if total == 0 { 1.0 } else { 2.0 * shared(&x, &y) as f64 / total as f64 }
}

/// Share of the shorter text's pieces that the other has, 0 to 1; 1 where one text holds the other.
pub(crate) fn cover(a: &[char], b: &[char]) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    if crate::fold::contains(a, b) || crate::fold::contains(b, a) {
        return 1.0;
    }
    let (x, y) = (pieces(a), pieces(b));
    shared(&x, &y) as f64 / x.len().min(y.len()) as f64
}

/// Pairs that stand the wrong way round; equal ones count as wrong.
pub(crate) fn inversions<T: Ord + Copy>(order: &[T]) -> usize {
    let mut seen: Vec<T> = Vec::with_capacity(order.len());
    let mut count = 0;
    for value in order {
        let at = seen.partition_point(|s| s < value);
        count += seen.len() - at;
        seen.insert(at, *value);
    }
    count
}

/// Pairs items of two lists, cheapest first, each at most once; `cost` is `None` where two cannot be a pair.
/// Equal costs go by position, so the outcome is always the same. Sorted by the first.
pub(crate) fn pair(
    left: usize,
    right: usize,
    mut cost: impl FnMut(usize, usize) -> Option<f64>,
) -> Vec<(usize, usize)> {
    let mut options = Vec::new();
    for i in 0..left {
        options.extend((0..right).filter_map(|j| cost(i, j).map(|c| (c, i, j))));
    }
    options.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used_left, mut used_right) = (vec![false; left], vec![false; right]);
    let mut pairs = Vec::new();
    for (_, i, j) in options {
        if !used_left[i] && !used_right[j] {
            (used_left[i], used_right[j]) = (true, true);
            pairs.push((i, j));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Indices below `count` that `pairs` leaves out; `side` takes one of a pair.
pub(crate) fn unpaired(
    count: usize,
    pairs: &[(usize, usize)],
    side: impl Fn(&(usize, usize)) -> usize,
) -> impl Iterator<Item = usize> {
    let mut taken = vec![false; count];
    for p in pairs {
        taken[side(p)] = true;
    }
    (0..count).filter(move |i| !taken[*i])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn likeness_counts_pieces_of_three() {
        let check =
            |a: &str, b: &str, want: f64| assert!((likeness(&chars(a), &chars(b)) - want).abs() < 1e-12, "{a} {b}");
        check("", "", 1.0);
        check("あい", "あい", 1.0);
        check("abcd", "abce", 0.5);
        check("abcd", "", 0.0);
        assert!((cover(&chars("abcdef"), &chars("xabcd")) - 2.0 / 3.0).abs() < 1e-12);
        assert!((cover(&chars("abcdef"), &chars("cd")) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn inversions_count_equal_ones_too() {
        assert_eq!(inversions(&[1, 2, 3]), 0);
        assert_eq!(inversions(&[3, 2, 1]), 3);
        assert_eq!(inversions(&[1, 1]), 1);
    }

    #[test]
    fn the_cheapest_pair_is_made_first_and_ties_go_by_position() {
        let table = [[Some(2.0), Some(1.0)], [None, Some(0.5)]];
        assert_eq!(pair(2, 2, |i, j| table[i][j]), [(0, 0), (1, 1)]);
        assert_eq!(pair(2, 2, |_, _| Some(0.0)), [(0, 0), (1, 1)]);
        assert_eq!(unpaired(3, &[(1, 0)], |p| p.0).collect::<Vec<_>>(), [0, 2]);
    }
}

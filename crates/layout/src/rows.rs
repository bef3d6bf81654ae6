//! Printed rows: what stands on one height is read from left to right.

use hakusho_model::Rect;

/// Sorts from top to bottom, and from left to right within each row.
///
/// A row is what overlaps its topmost member by half a height. Grouping comes first and sorting second: "overlaps" is
/// no total order, and a sort by it could not end well.
pub(crate) fn sort_in_rows<T>(items: &mut [T], bbox: impl Fn(&T) -> Rect) {
    items.sort_by(|a, b| {
        let (a, b) = (bbox(a), bbox(b));
        a.center().y.total_cmp(&b.center().y).then(a.x0.total_cmp(&b.x0))
    });
    let mut start = 0;
    for end in 1..=items.len() {
        let goes_on = items.get(end).is_some_and(|item| {
            let (first, next) = (bbox(&items[start]), bbox(item));
            first.y_overlap(&next) > 0.5 * first.height().min(next.height())
        });
        if !goes_on {
            items[start..end].sort_by(|a, b| bbox(a).x0.total_cmp(&bbox(b).x0));
            start = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(boxes: &[[f32; 4]], expected: &[usize]) {
        let mut order: Vec<usize> = (0..boxes.len()).collect();
        let bbox = |i: &usize| Rect::new(boxes[*i][0], boxes[*i][1], boxes[*i][2], boxes[*i][3]);
        sort_in_rows(&mut order, bbox);
        assert_eq!(order, expected);
    }

    #[test]
    fn a_row_is_read_across() {
        check(&[[50., 1., 60., 11.], [0., 0., 10., 10.], [0., 20., 10., 30.]], &[1, 0, 2]);
    }

    #[test]
    fn half_an_overlap_is_one_row_and_less_is_two() {
        check(&[[50., 0., 60., 10.], [0., 4., 10., 14.]], &[1, 0]);
        check(&[[50., 0., 60., 10.], [0., 6., 10., 16.]], &[0, 1]);
    }

    #[test]
    fn stairs_do_not_upset_the_order() {
        // Each overlaps the next but not the one after: no total order by overlap exists.
        let stairs: Vec<[f32; 4]> =
            (0..60).map(|i| [-i as f32, i as f32 * 4.0, 10.0 - i as f32, i as f32 * 4.0 + 10.0]).collect();
        let mut order: Vec<usize> = (0..60).collect();
        sort_in_rows(&mut order, |&i| Rect::new(stairs[i][0], stairs[i][1], stairs[i][2], stairs[i][3]));
        order.sort_unstable();
        assert_eq!(order, (0..60).collect::<Vec<_>>());
    }
}

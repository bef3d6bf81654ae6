//! Lattices: ruling lines that cross one another, told apart from the banners and frames they nearly touch.

use std::collections::BTreeMap;

use hakusho_model::{PageContent, Rect, Rule};

use crate::drawings::Sets;

/// Rules at most this far apart, in points, meet.
const MEET: f32 = 0.5;
/// Least number of rules in each direction.
const LEAST: usize = 3;
/// Most rules of a drawing that are looked at; drawings have more, tables do not.
const MOST: usize = 2_000;

/// The boxes of the connected lattices of ruling lines inside a box, in the order of their first rule.
pub(crate) fn lattices(page: &PageContent, inside: &Rect) -> Vec<Rect> {
    let drawn = page.rules.iter().filter(|r| r.color.luma() <= 250 && inside.encloses(&r.bbox, 2.0));
    let (across, down): (Vec<Rect>, Vec<Rect>) = {
        let (across, down): (Vec<&Rule>, Vec<&Rule>) = drawn.partition(|r| r.horizontal);
        (across.iter().map(|r| r.bbox).collect(), down.iter().map(|r| r.bbox).collect())
    };
    if across.len() < LEAST || down.len() < LEAST || across.len() + down.len() > MOST {
        return Vec::new();
    }
    let mut sets = Sets::default();
    let rules: Vec<Rect> = across.iter().chain(&down).copied().collect();
    for _ in &rules {
        sets.add();
    }
    for (i, a) in across.iter().enumerate() {
        for (k, d) in down.iter().enumerate() {
            if meet(a, d) {
                sets.join(i, across.len() + k);
            }
        }
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in 0..rules.len() {
        members.entry(sets.root(i)).or_default().push(i);
    }
    let crossed = |members: &&Vec<usize>| {
        let level = members.iter().filter(|i| **i < across.len()).count();
        level >= LEAST && members.len() - level >= LEAST
    };
    members.values().filter(crossed).filter_map(|m| Rect::bounding(m.iter().map(|&i| rules[i]))).collect()
}

fn meet(a: &Rect, b: &Rect) -> bool {
    a.x0 <= b.x1 + MEET && b.x0 <= a.x1 + MEET && a.y0 <= b.y1 + MEET && b.y0 <= a.y1 + MEET
}

#[cfg(test)]
mod tests {
    use hakusho_model::Color;

    use super::*;

    fn rule(x0: f32, y0: f32, x1: f32, y1: f32) -> Rule {
        Rule { bbox: Rect::new(x0, y0, x1, y1), color: Color::BLACK, horizontal: x1 - x0 > y1 - y0, dashed: false }
    }

    /// A grid of two by two cells with a rule along its top at `gap` points above.
    fn grid_under_banner(gap: f32) -> Vec<Rect> {
        let mut rules: Vec<Rule> = [100.0, 150.0, 200.0].iter().map(|y| rule(10.0, *y, 210.0, y + 1.0)).collect();
        rules.extend([10.0, 110.0, 209.0].iter().map(|x| rule(*x, 100.0, x + 1.0, 201.0)));
        rules.push(rule(0.0, 99.0 - gap, 300.0, 100.0 - gap));
        lattices(&PageContent { rules, ..PageContent::default() }, &Rect::new(0.0, 0.0, 300.0, 300.0))
    }

    #[test]
    fn a_banner_that_does_not_touch_is_left_out() {
        let grid = Rect::new(10.0, 100.0, 210.0, 201.0);
        assert_eq!(grid_under_banner(0.6), [grid]);
        assert_eq!(grid_under_banner(0.5), [Rect::new(0.0, 98.5, 300.0, 201.0)]);
    }

    #[test]
    fn two_rules_in_one_direction_are_no_lattice() {
        let rules = vec![
            rule(10.0, 100.0, 210.0, 101.0),
            rule(10.0, 150.0, 210.0, 151.0),
            rule(10.0, 100.0, 11.0, 150.0),
            rule(110.0, 100.0, 111.0, 150.0),
            rule(209.0, 100.0, 210.0, 150.0),
        ];
        let page = PageContent { rules, ..PageContent::default() };
        assert!(lattices(&page, &Rect::new(0.0, 0.0, 300.0, 300.0)).is_empty());
    }
}

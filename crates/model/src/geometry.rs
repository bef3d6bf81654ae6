//! Points and boxes in display space: PDF points, origin at the top left of the page as shown, y downwards.

use serde::{Deserialize, Serialize};

/// A point in display space, in PDF points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Distance from the left edge.
    pub x: f32,
    /// Distance from the top edge.
    pub y: f32,
}

/// An axis-parallel box in display space, in PDF points; `x0 ≤ x1`, `y0 ≤ y1`.
///
/// Serialised as `[x0, y0, x1, y1]` with one decimal.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x0: f32,
    /// Top edge.
    pub y0: f32,
    /// Right edge.
    pub x1: f32,
    /// Bottom edge.
    pub y1: f32,
}

impl Rect {
    /// The box of two opposite corners, in any order.
    #[inline]
    pub fn new(xa: f32, ya: f32, xb: f32, yb: f32) -> Self {
        Self { x0: xa.min(xb), y0: ya.min(yb), x1: xa.max(xb), y1: ya.max(yb) }
    }

    /// Horizontal extent.
    #[inline]
    pub fn width(&self) -> f32 {
        self.x1 - self.x0
    }

    /// Vertical extent.
    #[inline]
    pub fn height(&self) -> f32 {
        self.y1 - self.y0
    }

    /// Surface in square points.
    #[inline]
    pub fn area(&self) -> f32 {
        self.width().max(0.0) * self.height().max(0.0)
    }

    /// Middle of the box.
    #[inline]
    pub fn center(&self) -> Point {
        Point { x: f32::midpoint(self.x0, self.x1), y: f32::midpoint(self.y0, self.y1) }
    }

    /// The smallest box that holds both.
    #[must_use]
    #[inline]
    pub fn union(&self, other: &Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// The common part; empty boxes have zero area.
    #[must_use]
    #[inline]
    pub fn intersection(&self, other: &Self) -> Self {
        let (x0, y0) = (self.x0.max(other.x0), self.y0.max(other.y0));
        Self { x0, y0, x1: self.x1.min(other.x1).max(x0), y1: self.y1.min(other.y1).max(y0) }
    }

    /// Whether the boxes share a surface.
    #[inline]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x0 < other.x1 && other.x0 < self.x1 && self.y0 < other.y1 && other.y0 < self.y1
    }

    /// Whether the point lies inside or on the edge.
    #[inline]
    pub fn contains(&self, p: Point) -> bool {
        self.x0 <= p.x && p.x <= self.x1 && self.y0 <= p.y && p.y <= self.y1
    }

    /// Whether the other box lies inside, give or take `slack` points.
    #[inline]
    pub fn encloses(&self, other: &Self, slack: f32) -> bool {
        self.x0 - slack <= other.x0
            && self.y0 - slack <= other.y0
            && other.x1 <= self.x1 + slack
            && other.y1 <= self.y1 + slack
    }

    /// The box grown by `dx` to both sides and `dy` up and down.
    #[must_use]
    #[inline]
    pub fn grow(&self, dx: f32, dy: f32) -> Self {
        Self { x0: self.x0 - dx, y0: self.y0 - dy, x1: self.x1 + dx, y1: self.y1 + dy }
    }

    /// Length of the common part of the horizontal extents, 0 when apart.
    #[inline]
    pub fn x_overlap(&self, other: &Self) -> f32 {
        (self.x1.min(other.x1) - self.x0.max(other.x0)).max(0.0)
    }

    /// Length of the common part of the vertical extents, 0 when apart.
    #[inline]
    pub fn y_overlap(&self, other: &Self) -> f32 {
        (self.y1.min(other.y1) - self.y0.max(other.y0)).max(0.0)
    }

    /// The smallest box around all of them; `None` without any.
    pub fn bounding(boxes: impl IntoIterator<Item = Self>) -> Option<Self> {
        boxes.into_iter().reduce(|a, b| a.union(&b))
    }
}

impl Serialize for Rect {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.x0, self.y0, self.x1, self.y1].map(tenth).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Rect {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let [x0, y0, x1, y1] = <[f32; 4]>::deserialize(deserializer)?;
        Ok(Self { x0, y0, x1, y1 })
    }
}

/// Rounds to one decimal as a double, so that the printed form is the shortest and the same everywhere.
pub(crate) fn tenth(value: f32) -> f64 {
    let rounded = (f64::from(value) * 10.0).round() / 10.0;
    if rounded == 0.0 { 0.0 } else { rounded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_come_in_any_order() {
        assert_eq!(Rect::new(3.0, 9.0, 1.0, 2.0), Rect { x0: 1.0, y0: 2.0, x1: 3.0, y1: 9.0 });
    }

    #[test]
    fn boxes_that_touch_do_not_overlap() {
        let left = Rect::new(0.0, 0.0, 1.0, 1.0);
        assert!(!left.overlaps(&Rect::new(1.0, 0.0, 2.0, 1.0)));
        assert!(left.overlaps(&Rect::new(0.9, 0.0, 2.0, 1.0)));
    }

    #[test]
    fn serialised_with_one_decimal_and_no_negative_zero() {
        let json = serde_json::to_string(&Rect { x0: -0.01, y0: 1.25, x1: 3.0, y1: 4.449 }).expect("a rect is plain");
        assert_eq!(json, "[0.0,1.3,3.0,4.4]");
    }
}

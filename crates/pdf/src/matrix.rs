//! Affine transformations as PDF writes them: `[a b c d e f]`, row vectors from the left.

use hakusho_model::{Point, Rect};

/// `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Matrix {
    pub(crate) a: f32,
    pub(crate) b: f32,
    pub(crate) c: f32,
    pub(crate) d: f32,
    pub(crate) e: f32,
    pub(crate) f: f32,
}

impl Matrix {
    pub(crate) const IDENTITY: Self = Self { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    #[inline]
    pub(crate) fn new(v: [f32; 6]) -> Self {
        Self { a: v[0], b: v[1], c: v[2], d: v[3], e: v[4], f: v[5] }
    }

    /// First `self`, then `after`.
    #[inline]
    pub(crate) fn then(&self, after: &Self) -> Self {
        Self {
            a: self.a * after.a + self.b * after.c,
            b: self.a * after.b + self.b * after.d,
            c: self.c * after.a + self.d * after.c,
            d: self.c * after.b + self.d * after.d,
            e: self.e * after.a + self.f * after.c + after.e,
            f: self.e * after.b + self.f * after.d + after.f,
        }
    }

    /// First a move by `(x, y)`, then `self`.
    #[inline]
    pub(crate) fn moved(&self, x: f32, y: f32) -> Self {
        Self { e: x * self.a + y * self.c + self.e, f: x * self.b + y * self.d + self.f, ..*self }
    }

    #[inline]
    pub(crate) fn apply(&self, x: f32, y: f32) -> Point {
        Point { x: self.a * x + self.c * y + self.e, y: self.b * x + self.d * y + self.f }
    }

    /// The box around the image of a box.
    #[inline]
    pub(crate) fn apply_rect(&self, x0: f32, y0: f32, x1: f32, y1: f32) -> Rect {
        let p = self.apply(x0, y0);
        let q = self.apply(x1, y1);
        if self.b == 0.0 && self.c == 0.0 {
            return Rect::new(p.x, p.y, q.x, q.y);
        }
        let r = self.apply(x0, y1);
        let s = self.apply(x1, y0);
        Rect::new(p.x, p.y, q.x, q.y).union(&Rect::new(r.x, r.y, s.x, s.y))
    }

    /// Length that a unit vector along y gets: the type size factor.
    #[inline]
    pub(crate) fn y_scale(&self) -> f32 {
        self.c.hypot(self.d)
    }

    /// Mean scale: for stroke widths.
    #[inline]
    pub(crate) fn scale(&self) -> f32 {
        (self.a * self.d - self.b * self.c).abs().sqrt()
    }

    /// Whether all six numbers are finite.
    #[inline]
    pub(crate) fn is_finite(&self) -> bool {
        [self.a, self.b, self.c, self.d, self.e, self.f].iter().all(|v| v.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_of_composition() {
        let scale = Matrix::new([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]);
        let shift = Matrix::new([1.0, 0.0, 0.0, 1.0, 10.0, 0.0]);
        assert_eq!(scale.then(&shift).apply(1.0, 1.0), Point { x: 12.0, y: 2.0 });
        assert_eq!(shift.then(&scale).apply(1.0, 1.0), Point { x: 22.0, y: 2.0 });
        assert_eq!(scale.moved(1.0, 0.0).apply(0.0, 0.0), Point { x: 2.0, y: 0.0 });
    }

    #[test]
    fn a_quarter_turn_keeps_the_box_upright() {
        let turn = Matrix::new([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]);
        assert_eq!(turn.apply_rect(0.0, 0.0, 4.0, 1.0), Rect::new(-1.0, 0.0, 0.0, 4.0));
    }
}

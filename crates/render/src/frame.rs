//! The visible box of a page, by the same rules as `hakusho-pdf` (crop box ∩ media box, rotation, `UserUnit`).

use hayro::hayro_syntax::object::Rect;
use hayro::hayro_syntax::object::dict::keys::USER_UNIT;
use hayro::hayro_syntax::page::{Page, Rotation};
use hayro::kurbo::Affine;

/// A page larger than this, in units, is taken for an error.
const MAX_EXTENT: f64 = 20_000.0;

/// Displayed size in points, and the way from user space to display space.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) base: Affine,
}

impl Frame {
    pub(crate) fn of(page: &Page<'_>) -> Self {
        let media = Some(page.media_box()).filter(usable).unwrap_or(Rect::new(0.0, 0.0, 595.0, 842.0));
        let crop = Some(page.crop_box().intersect(media)).filter(usable).unwrap_or(media);
        let unit = page.raw().get::<f32>(USER_UNIT).filter(|u| (0.1..=100.0).contains(u)).unwrap_or(1.0);
        let (width, height, coefficients) = placed(crop, f64::from(unit), page.rotation());
        Self { width: width as f32, height: height as f32, base: Affine::new(coefficients) }
    }
}

fn usable(r: &Rect) -> bool {
    let sides = [r.width(), r.height()];
    [r.x0, r.y0, r.x1, r.y1].iter().all(|v| v.is_finite()) && sides.iter().all(|&s| s > 1.0 && s < MAX_EXTENT)
}

fn placed(r: Rect, u: f64, rotation: Rotation) -> (f64, f64, [f64; 6]) {
    let (w, h) = (r.width() * u, r.height() * u);
    match rotation {
        Rotation::None => (w, h, [u, 0.0, 0.0, -u, -r.x0 * u, r.y1 * u]),
        Rotation::Horizontal => (h, w, [0.0, u, u, 0.0, -r.y0 * u, -r.x0 * u]),
        Rotation::Flipped => (w, h, [-u, 0.0, 0.0, u, r.x1 * u, -r.y0 * u]),
        Rotation::FlippedHorizontal => (h, w, [0.0, -u, -u, 0.0, r.y1 * u, r.x1 * u]),
    }
}

//! Boxes over pixels.

use hakusho_model::Rect;
use hakusho_render::PageImage;

use super::Mark;
use crate::args::Layer;

/// Draws the boxes over an image of the page at `scale` pixels a point.
pub(crate) fn draw(image: &mut PageImage, marks: &[Mark], scale: f32) {
    let dot = ((scale * 0.75).round() as u32).max(1);
    for mark in marks {
        let b = mark.bbox;
        let bbox = Rect { x0: b.x0 * scale, y0: b.y0 * scale, x1: b.x1 * scale, y1: b.y1 * scale };
        if mark.layer.tint() > 0 {
            image.tint(&bbox, mark.color, mark.layer.tint());
        }
        image.outline(&bbox, mark.color, ((mark.layer.stroke() * scale).round() as u32).max(1));
    }
    for mark in marks.iter().filter(|m| !m.id.is_empty()) {
        let wide = PageImage::label_width(&mark.id, dot) as f32;
        // Beside the box, where most pages have nothing: names of exhibits to the right, of all else to the left.
        let x = if mark.layer == Layer::Exhibits { mark.bbox.x1 * scale } else { mark.bbox.x0 * scale - wide };
        image.label(x, mark.bbox.y0 * scale, &mark.id, mark.color, dot);
    }
}

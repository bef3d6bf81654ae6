//! Boxes as SVG over the page as an embedded PNG: names can be searched, boxes pointed at.

use std::fmt::Write as _;

use super::{Mark, css};
use crate::args::Layer;

/// A page of `size` points, shown at `scale`; `png` is the painted page.
pub(crate) fn svg(size: (f32, f32), scale: f32, png: Option<&[u8]>, layers: &[Layer], marks: &[Mark]) -> String {
    let (w, h) = size;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{:.0}\" height=\"{:.0}\" viewBox=\"0 0 {w:.2} {h:.2}\">\n",
        w * scale,
        h * scale
    );
    match png {
        Some(png) => {
            let _ = writeln!(
                out,
                "<image width=\"{w:.2}\" height=\"{h:.2}\" href=\"data:image/png;base64,{}\"/>",
                base64(png)
            );
        }
        None => {
            let _ = writeln!(out, "<rect width=\"{w:.2}\" height=\"{h:.2}\" fill=\"#ffffff\"/>");
        }
    }
    for &layer in layers {
        let _ = writeln!(
            out,
            "<g id=\"{}\" stroke-width=\"{}\" font-family=\"sans-serif\" font-size=\"5\">",
            layer.as_str(),
            layer.stroke()
        );
        for mark in marks.iter().filter(|m| m.layer == layer) {
            write_mark(&mut out, mark);
        }
        out += "</g>\n";
    }
    out + "</svg>\n"
}

fn write_mark(out: &mut String, mark: &Mark) {
    let (b, color) = (mark.bbox, css(mark.color));
    let title = if mark.id.is_empty() { mark.kind.to_owned() } else { format!("{} {}", mark.id, mark.kind) };
    let _ = writeln!(
        out,
        "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\" fill=\"{color}\" fill-opacity=\"{:.2}\" \
         stroke=\"{color}\"><title>{title}</title></rect>",
        b.x0,
        b.y0,
        b.width(),
        b.height(),
        f32::from(mark.layer.tint()) / 255.0
    );
    if !mark.id.is_empty() {
        let _ = writeln!(
            out,
            "<text x=\"{:.2}\" y=\"{:.2}\" fill=\"{color}\">{}</text>",
            b.x0,
            (b.y0 - 1.0).max(5.0),
            title
        );
    }
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let word = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            let digit = DIGITS[(word >> (18 - 6 * i) & 63) as usize];
            out.push(if i <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use hakusho_model::{Color, Rect};

    use super::*;

    #[test]
    fn base64_as_in_the_rfc() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn boxes_keep_their_points() {
        let mark = Mark {
            layer: Layer::Blocks,
            bbox: Rect::new(10.0, 20.0, 30.0, 25.0),
            kind: "heading",
            id: "b1".to_owned(),
            color: Color::BLACK,
        };
        let text = svg((595.0, 842.0), 2.0, None, &[Layer::Blocks], &[mark]);
        assert!(text.contains("width=\"1190\" height=\"1684\" viewBox=\"0 0 595.00 842.00\""), "{text}");
        assert!(text.contains("<rect x=\"10.00\" y=\"20.00\" width=\"20.00\" height=\"5.00\""), "{text}");
        assert!(text.contains(">b1 heading</text>"), "{text}");
    }
}

//! The painted page and the text engine's boxes lie on one another.

use std::fmt::Write as _;

use hakusho_model::Rect;
use hakusho_pdf::{OpenOptions, Pdf};
use hakusho_render::{MAX_PIXELS, PageImage, RenderError, RenderOptions, Renderer, largest_scale};

/// Pixels that smoothing may leave outside a box.
const SLACK: f32 = 1.5;

/// A file of one page with those entries, on which a filled H of 40 units stands at (x, y).
fn pdf(entries: &str, x: f32, y: f32) -> Vec<u8> {
    let content = format!("BT /F 40 Tf {x} {y} Td (H) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!("<< /Type /Page /Parent 2 0 R {entries} /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 72 /LastChar 72 /Widths [722] >>".to_owned(),
    ];
    let mut file = "%PDF-1.7\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (i, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        let _ = writeln!(file, "{} 0 obj\n{object}\nendobj", i + 1);
    }
    let start = file.len();
    let trailer = format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    (file + &table + &trailer).into_bytes()
}

/// The box of all dark pixels.
fn ink(image: &PageImage) -> Option<Rect> {
    let all = (0..image.height()).flat_map(|y| (0..image.width()).map(move |x| (x, y)));
    let dark = all.filter(|&(x, y)| image.pixel(x, y).luma() < 128);
    Rect::bounding(dark.map(|(x, y)| Rect::new(x as f32, y as f32, x as f32 + 1.0, y as f32 + 1.0)))
}

fn check(entries: &str, x: f32, y: f32) {
    let scale = 3.0;
    let bytes = pdf(entries, x, y);
    let report = Pdf::open(&bytes, &OpenOptions::default()).expect("a plain file").read();
    let page = &report.pages[0];
    let renderer = Renderer::open(&bytes, &RenderOptions::default()).expect("a plain file");
    let (width, height) = renderer.size(1).expect("a page");
    assert!((width - page.width).abs() < 0.1 && (height - page.height).abs() < 0.1, "{entries}: {width} × {height}");
    let ink = ink(&renderer.render(1, scale).expect("a page").image).expect("ink");
    let b = page.glyphs[0].bbox;
    let glyph = Rect { x0: b.x0 * scale, y0: b.y0 * scale, x1: b.x1 * scale, y1: b.y1 * scale };
    assert!(glyph.encloses(&ink, SLACK), "{entries}: ink {ink:?} outside of {glyph:?}");
    assert!(ink.area() > 0.3 * glyph.area(), "{entries}: ink {ink:?} is no H in {glyph:?}");
}

#[test]
fn ink_lies_in_the_glyph_box_whatever_the_page_box() {
    for rotate in [0, 90, 180, 270, -90, 450] {
        check(&format!("/MediaBox [0 0 300 200] /Rotate {rotate}"), 50.0, 60.0);
        check(&format!("/MediaBox [-100 -50 300 200] /CropBox [20 30 900 180] /Rotate {rotate}"), 50.0, 60.0);
        check(&format!("/MediaBox [0 0 300 200] /CropBox [200 150 100 50] /UserUnit 2 /Rotate {rotate}"), 110.0, 60.0);
    }
}

#[test]
fn what_lies_outside_the_crop_box_is_not_painted() {
    let bytes = pdf("/MediaBox [0 0 300 200] /CropBox [100 0 300 200]", 50.0, 60.0);
    let renderer = Renderer::open(&bytes, &RenderOptions::default()).expect("a plain file");
    assert_eq!(ink(&renderer.render(1, 1.0).expect("a page").image), None);
}

#[test]
fn a_page_that_is_not_there_and_an_image_too_large_are_errors() {
    let bytes = pdf("/MediaBox [0 0 300 200]", 50.0, 60.0);
    let renderer = Renderer::open(&bytes, &RenderOptions::default()).expect("a plain file");
    for page in [0, 2] {
        assert_eq!(renderer.render(page, 1.0).err(), Some(RenderError::NoPage { page, pages: 1 }));
    }
    assert_eq!(renderer.render(1, f32::NAN).err(), Some(RenderError::Scale));
    assert_eq!(renderer.render(1, 0.0).err(), Some(RenderError::Scale));
    let fits = largest_scale(300.0, 200.0);
    assert!((300.0 * fits * 200.0 * fits) as u64 <= MAX_PIXELS);
    assert!(matches!(renderer.render(1, fits + 0.1), Err(RenderError::TooLarge { .. })));
    assert!(PageImage::for_page(1.0, 70_000.0, 1.0).is_err());
    assert!(PageImage::for_page(1.0, 65_535.0, 1.0).is_ok());
}

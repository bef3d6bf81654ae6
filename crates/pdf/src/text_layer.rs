//! Pages whose words cannot be had as text: scans, characters drawn as outlines, pictures with only a page number beside.

use std::ops::RangeInclusive;

use hakusho_model::{Code, Diagnostic, Glyph, GlyphFlags, PageContent, Severity, ShapeKind};
use rustc_hash::FxHashMap;

/// Share of a page without text from which on a picture is worth reporting.
const PICTURE: f32 = 0.05;
/// Share of a page with some text from which on a picture may hold its body.
const COVERING: f32 = 0.6;
/// A page under a covering picture has a text of its own from this many characters on, recurring ones aside.
const OWN_TEXT: usize = 30;
/// Characters from which on a page is taken to have a text, whatever lies under it.
const MUCH_TEXT: usize = 250;
/// Small filled shapes from which on a page without text is taken to be set in outlines.
const OUTLINES: usize = 60;
/// The same for a page that has a little text.
const OUTLINES_BESIDE_TEXT: usize = 400;
/// Height and width of the largest outlined character, in points.
const OUTLINE_SIZE: f32 = 40.0;
/// Shapes from which on a page without text is worth reporting as a drawing.
const DRAWING: usize = 200;
/// A character that stands at one place of this many pages recurs.
const RECURRING: u32 = 3;
/// Edge of the grid in which recurring characters are compared, in points.
const CELL: f32 = 3.0;

/// How far the words of a page can be had as text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextLayer {
    /// They can, or the page has none.
    #[default]
    Text,
    /// The page is a picture or a drawing without text.
    None,
    /// The page has no text, and many small shapes that look like characters.
    Outlines,
    /// Pictures or outlines make up the body; little more than what recurs on all pages is text.
    Partial,
}

/// What can be had of each page of a file.
pub fn text_layers(pages: &[PageContent]) -> Vec<TextLayer> {
    let doubtful: Vec<&PageContent> = pages.iter().filter(|p| is_doubtful(p)).collect();
    let recurring = recurring(&doubtful);
    pages.iter().map(|page| text_layer(page, &recurring)).collect()
}

fn text_layer(page: &PageContent, recurring: &FxHashMap<Place, u32>) -> TextLayer {
    if page.glyphs.iter().all(|g| g.ch.is_whitespace()) {
        return match outlines(page) {
            n if n >= OUTLINES => TextLayer::Outlines,
            _ if covered(page) >= PICTURE || page.shapes.len() >= DRAWING => TextLayer::None,
            _ => TextLayer::Text,
        };
    }
    let own = |g: &&Glyph| counts(g) && recurring.get(&place(g)).is_none_or(|&n| n < RECURRING);
    if is_doubtful(page) && page.glyphs.iter().filter(own).count() < OWN_TEXT {
        TextLayer::Partial
    } else {
        TextLayer::Text
    }
}

/// Whether a page has some text, and something that may hold more of it.
fn is_doubtful(page: &PageContent) -> bool {
    let text = page.glyphs.iter().filter(|g| counts(g)).take(MUCH_TEXT).count();
    (1..MUCH_TEXT).contains(&text) && (covered(page) > COVERING || outlines(page) >= OUTLINES_BESIDE_TEXT)
}

/// Text also where it is hidden: a recognised layer under a scan is text.
fn counts(glyph: &Glyph) -> bool {
    !glyph.ch.is_whitespace() && !glyph.flags.has(GlyphFlags::DUPLICATE)
}

/// Share of the page under pictures.
fn covered(page: &PageContent) -> f32 {
    page.images.iter().map(|i| i.bbox.area()).sum::<f32>() / page.bbox().area().max(1.0)
}

fn outlines(page: &PageContent) -> usize {
    let small = |s: &&hakusho_model::Shape| {
        s.fill.is_some()
            && s.kind != ShapeKind::Rect
            && s.bbox.width().max(s.bbox.height()) <= OUTLINE_SIZE
            && s.bbox.width().max(s.bbox.height()) >= 1.0
    };
    page.shapes.iter().filter(small).count()
}

type Place = (char, i32, i32);

fn place(glyph: &Glyph) -> Place {
    let c = glyph.bbox.center();
    (glyph.ch, (c.x / CELL).round() as i32, (c.y / CELL).round() as i32)
}

/// On how many of the pages a character stands at a place.
fn recurring(pages: &[&PageContent]) -> FxHashMap<Place, u32> {
    let mut counts: FxHashMap<Place, u32> = FxHashMap::default();
    for page in pages {
        let mut places: Vec<Place> = page.glyphs.iter().map(place).collect();
        places.sort_unstable();
        places.dedup();
        for place in places {
            *counts.entry(place).or_default() += 1;
        }
    }
    counts
}

/// One diagnostic for each run of pages alike; one for the whole file where no page has text.
pub(crate) fn findings(pages: &[PageContent]) -> Vec<Diagnostic> {
    let layers = text_layers(pages);
    let untextual = |l: &TextLayer| matches!(l, TextLayer::None | TextLayer::Outlines);
    if layers.iter().any(untextual) && pages.iter().all(|p| p.glyphs.iter().all(|g| g.ch.is_whitespace())) {
        return vec![Diagnostic::file(Code::NoTextLayer, Severity::Error, whole_file(&layers))];
    }
    runs(&layers).into_iter().map(|(layer, run)| finding(layer, run, pages)).collect()
}

fn whole_file(layers: &[TextLayer]) -> String {
    let how = if layers.contains(&TextLayer::Outlines) {
        "the characters are drawn as outlines"
    } else {
        "the pages are pictures"
    };
    format!("no page has a text layer: {how}; their text needs optical character recognition (OCR, `--ocr tesseract`)")
}

/// Runs of pages (by index) with one kind of fault.
fn runs(layers: &[TextLayer]) -> Vec<(TextLayer, RangeInclusive<usize>)> {
    let mut runs: Vec<(TextLayer, RangeInclusive<usize>)> = Vec::new();
    for (i, &layer) in layers.iter().enumerate() {
        match runs.last_mut() {
            Some((last, run)) if *last == layer && run.end() + 1 == i => *run = *run.start()..=i,
            _ => runs.push((layer, i..=i)),
        }
    }
    runs.retain(|(layer, _)| *layer != TextLayer::Text);
    runs
}

fn finding(layer: TextLayer, run: RangeInclusive<usize>, pages: &[PageContent]) -> Diagnostic {
    let (first, last) = (pages[*run.start()].index, pages[*run.end()].index);
    let one = first == last;
    let name = if one { format!("page {first}") } else { format!("pages {first} to {last}") };
    let (have, are, their) = if one { ("has", "is", "its") } else { ("have", "are", "their") };
    // A picture with a title on the first or last page of a report is most often what it should be.
    let cover = one && layer != TextLayer::Outlines && (*run.start() == 0 || *run.end() + 1 == pages.len());
    let (severity, message) = match layer {
        _ if cover => {
            (Severity::Info, format!("{name} is a picture, possibly a cover; words inside the picture cannot be read"))
        }
        TextLayer::Partial => (
            Severity::Warning,
            format!(
                "{name} {have} only a partial text layer: {their} body seems to be pictures, and hardly more than what \
                 recurs on all pages can be read as text"
            ),
        ),
        TextLayer::Outlines => {
            (Severity::Warning, format!("{name} {have} no text layer: {their} characters seem to be drawn as outlines"))
        }
        TextLayer::None | TextLayer::Text => {
            (Severity::Warning, format!("{name} {are} without a text layer: only a picture, possibly of text"))
        }
    };
    Diagnostic::page(first, Code::NoTextLayer, severity, message)
}

#[cfg(test)]
mod tests {
    use hakusho_model::{Color, ImageBox, Rect, Shape};

    use super::*;

    fn page(index: u32) -> PageContent {
        PageContent { index, width: 600.0, height: 800.0, ..PageContent::default() }
    }

    fn picture(mut page: PageContent, share: f32) -> PageContent {
        let bbox = Rect::new(0.0, 0.0, 600.0, 800.0 * share);
        page.images.push(ImageBox { bbox, width: 10, height: 10 });
        page
    }

    /// Text at a height of its own, so that it recurs only where it should.
    fn text(mut page: PageContent, text: &str, y: f32) -> PageContent {
        page.glyphs.extend(text.chars().enumerate().map(|(i, ch)| {
            let x = 10.0 * i as f32;
            Glyph { ch, bbox: Rect::new(x, y, x + 10.0, y + 10.0), flags: GlyphFlags::default() }
        }));
        page
    }

    fn outlined(mut page: PageContent, count: usize, size: f32) -> PageContent {
        let shape = Shape {
            bbox: Rect::new(0.0, 0.0, size, size),
            kind: ShapeKind::Curve,
            fill: Some(Color::BLACK),
            stroke: None,
            width: 0.0,
            points: Vec::new(),
            order: 0,
        };
        page.shapes.extend(std::iter::repeat_n(shape, count));
        page
    }

    fn check(page: PageContent, expected: TextLayer) {
        assert_eq!(text_layers(&[page]), [expected]);
    }

    #[test]
    fn pages_without_text_at_the_limits_and_past_them() {
        check(page(1), TextLayer::Text);
        check(picture(page(1), 0.051), TextLayer::None);
        check(picture(page(1), 0.049), TextLayer::Text);
        check(outlined(page(1), OUTLINES, 10.0), TextLayer::Outlines);
        check(outlined(page(1), OUTLINES - 1, 10.0), TextLayer::Text);
        check(outlined(page(1), DRAWING, 50.0), TextLayer::None);
        check(text(picture(page(1), 1.0), " \u{3000}", 0.0), TextLayer::None);
    }

    #[test]
    fn a_little_text_on_a_picture_is_a_partial_text_layer() {
        check(text(picture(page(1), 0.7), &"字".repeat(OWN_TEXT - 1), 0.0), TextLayer::Partial);
        check(text(picture(page(1), 0.7), &"字".repeat(OWN_TEXT), 0.0), TextLayer::Text);
        check(text(picture(page(1), 0.5), "12", 0.0), TextLayer::Text);
        check(text(outlined(page(1), OUTLINES_BESIDE_TEXT, 9.0), "12", 0.0), TextLayer::Partial);
    }

    #[test]
    fn what_recurs_on_three_pages_is_not_a_pages_own_text() {
        let foot = "会社の名前と権利の表示が長く長く長く長く長く長く長く長く長く続く";
        let pages = |n: u32| (1..=n).map(|i| text(picture(page(i), 0.8), foot, 780.0)).collect::<Vec<_>>();
        assert_eq!(text_layers(&pages(3)), [TextLayer::Partial; 3]);
        assert_eq!(text_layers(&pages(2)), [TextLayer::Text; 2]);
    }

    #[test]
    fn a_hidden_layer_is_text() {
        let mut scan = text(picture(page(1), 1.0), &"字".repeat(40), 0.0);
        scan.glyphs.iter_mut().for_each(|g| g.flags.set(GlyphFlags::INVISIBLE));
        check(scan, TextLayer::Text);
    }

    fn messages(pages: &[PageContent]) -> Vec<(Option<u32>, Severity, String)> {
        findings(pages).into_iter().map(|d| (d.page, d.severity, d.message)).collect()
    }

    #[test]
    fn one_diagnostic_a_run_and_one_for_a_file_without_any_text() {
        let body = |i| text(page(i), &"字".repeat(300), 0.0);
        let mixed =
            [body(1), picture(page(2), 1.0), picture(page(3), 1.0), body(4), outlined(page(5), 100, 9.0), body(6)];
        let found = messages(&mixed);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].0 == Some(2) && found[0].2.starts_with("pages 2 to 3 are without"), "{found:?}");
        assert!(found[1].0 == Some(5) && found[1].2.contains("outlines"), "{found:?}");
        let scan = [picture(page(1), 1.0), page(2), picture(page(3), 1.0)];
        assert!(matches!(&messages(&scan)[..], [(None, Severity::Error, _)]));
        assert!(messages(&[page(1), page(2)]).is_empty());
    }

    #[test]
    fn a_cover_is_only_remarked_on() {
        let cover = text(picture(page(1), 1.0), "白書", 0.0);
        let found = messages(&[cover, text(page(2), &"字".repeat(300), 0.0)]);
        assert!(matches!(&found[..], [(Some(1), Severity::Info, m)] if m.contains("possibly")), "{found:?}");
    }
}

//! Words with boxes to glyph runs: one run a line, word boxes shared out among their characters.

use hakusho_model::{Color, Glyph, GlyphFlags, GlyphRun, PageContent, Provenance, Rect, WritingMode};

use super::{LEAST_CONFIDENCE, Reading, Word};

/// Ink of an ideograph, as a share of its em.
const INK: f32 = 0.9;

/// Type of a line whose size differs less than this from that of its paragraph has the size of the paragraph.
const SAME_SIZE: f32 = 0.25;

/// What became of the words of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Laid {
    /// Sum of confidence over the characters kept.
    pub(super) confidence: f32,
    /// Characters kept.
    pub(super) characters: usize,
    /// Words left out for little confidence.
    pub(super) doubtful: usize,
}

/// Adds the words to a page, `scale` pixels a point, in the font with that index. Where the page has text, that stays and
/// the word over it is left out.
pub(super) fn lay(page: &mut PageContent, reading: &Reading, scale: f32, font: u32) -> Laid {
    let mut laid = Laid::default();
    let printed: Vec<_> = page.glyphs.iter().filter(|g| !g.ch.is_whitespace()).map(|g| g.bbox.center()).collect();
    let mut lines: Vec<Vec<Word>> = Vec::new();
    for word in &reading.words {
        let bbox = in_points(word.bbox, scale).intersection(&page.bbox());
        if word.text.is_empty() || bbox.area() <= 0.0 || printed.iter().any(|&p| bbox.contains(p)) {
            continue;
        }
        if word.confidence < LEAST_CONFIDENCE {
            laid.doubtful += 1;
            continue;
        }
        let n = word.text.chars().count();
        laid.confidence += word.confidence * n as f32;
        laid.characters += n;
        let word = Word { bbox, ..word.clone() };
        match lines.last_mut() {
            Some(words) if words[0].line == word.line => words.push(word),
            _ => lines.push(vec![word]),
        }
    }
    let start = page.runs.iter().map(|r| r.order + 1).max().unwrap_or(0);
    let sizes = sizes(&lines, reading.vertical);
    for (order, (words, size)) in (start..).zip(lines.into_iter().zip(sizes)) {
        if reading.vertical {
            down(page, words, size, font, order);
        } else {
            across(page, words, size, font, order);
        }
    }
    laid
}

/// Size of type of each line. The boxes of single words vary with their characters; paragraphs are set in one size.
fn sizes(lines: &[Vec<Word>], vertical: bool) -> Vec<f32> {
    let extent = |w: &Word| if vertical { w.bbox.width() } else { w.bbox.height() };
    let own: Vec<f32> = lines.iter().map(|l| median(telling(l).map(|w| extent(w) / INK)).unwrap_or(1.0)).collect();
    let of_paragraph = |paragraph: u32| {
        let its = lines.iter().zip(&own).filter(|(l, _)| l[0].paragraph == paragraph);
        median(its.map(|(_, &size)| size)).unwrap_or(1.0)
    };
    let settled = |(line, &size): (&Vec<Word>, &f32)| {
        let usual = of_paragraph(line[0].paragraph);
        if (size / usual - 1.0).abs() < SAME_SIZE { usual } else { size }
    };
    lines.iter().zip(&own).map(settled).collect()
}

fn in_points(r: Rect, scale: f32) -> Rect {
    Rect { x0: r.x0 / scale, y0: r.y0 / scale, x1: r.x1 / scale, y1: r.y1 / scale }
}

/// A horizontal line: all its characters stand on one base line.
fn across(page: &mut PageContent, words: Vec<Word>, size: f32, font: u32, order: u32) {
    let Some(foot) = median(telling(&words).map(|w| w.bbox.y1)) else { return };
    let foot = foot + size * (1.0 - INK) / 2.0;
    let start = page.glyphs.len() as u32;
    let (mut from, mut last) = (f32::NEG_INFINITY, ' ');
    for (word, (x0, x1)) in words.iter().zip(side_by_side(&words, size, |r| (r.x0, r.x1))) {
        if is_latin(last) && word.text.starts_with(is_latin) {
            page.glyphs.push(glyph(' ', Rect::new(from, foot - size, x0, foot)));
        }
        share(&word.text, x0, x1, |ch, a, b| page.glyphs.push(glyph(ch, Rect::new(a, foot - size, b, foot))));
        (from, last) = (x1, word.text.chars().next_back().unwrap_or(' '));
    }
    let end = page.glyphs.len() as u32;
    page.runs.push(run(start..end, size, foot - 0.12 * size, WritingMode::Horizontal, font, order));
}

/// A vertical line: all its characters stand on one middle line.
fn down(page: &mut PageContent, words: Vec<Word>, size: f32, font: u32, order: u32) {
    let Some(middle) = median(words.iter().map(|w| w.bbox.center().x)) else { return };
    let (left, right) = (middle - size / 2.0, middle + size / 2.0);
    let start = page.glyphs.len() as u32;
    for (word, (y0, y1)) in words.iter().zip(side_by_side(&words, size, |r| (r.y0, r.y1))) {
        share(&word.text, y0, y1, |ch, a, b| page.glyphs.push(glyph(ch, Rect::new(left, a, right, b))));
    }
    page.runs.push(run(start..page.glyphs.len() as u32, size, middle, WritingMode::Vertical, font, order));
}

/// Where the words of a line, in reading order, begin and end along it. Boxes may overlap, and the box of a word that the
/// recogniser could not place is that of the whole line: a word ends where the next one begins.
fn side_by_side(words: &[Word], size: f32, along: fn(&Rect) -> (f32, f32)) -> Vec<(f32, f32)> {
    let mut from = f32::NEG_INFINITY;
    let mut spans = Vec::with_capacity(words.len());
    for (i, word) in words.iter().enumerate() {
        let (own, end) = along(&word.bbox);
        let start = own.max(from);
        let next = words[i + 1..].iter().map(|w| along(&w.bbox).0).find(|&next| next > start);
        from = end.min(next.unwrap_or(end)).max(start + 0.1 * size);
        spans.push((start, from));
    }
    spans
}

/// Words with an ideograph, whose box tells the size of the type; all of them where there is none such.
fn telling(words: &[Word]) -> impl Iterator<Item = &Word> {
    let full = |w: &Word| w.text.chars().any(|c| matches!(u32::from(c), 0x3400..=0x9FFF) && c != '一');
    let any = words.iter().any(full);
    words.iter().filter(move |w| !any || full(w))
}

fn is_latin(ch: char) -> bool {
    ch.is_ascii_graphic()
}

/// Gives each character its part of `from..to`: half as much to those of half width.
fn share(text: &str, from: f32, to: f32, mut put: impl FnMut(char, f32, f32)) {
    let width = |c: char| if c.is_ascii() { 1.0 } else { 2.0 };
    let unit = (to - from) / text.chars().map(width).sum::<f32>().max(1.0);
    let mut at = from;
    for ch in text.chars() {
        let next = at + width(ch) * unit;
        put(ch, at, next);
        at = next;
    }
}

fn glyph(ch: char, bbox: Rect) -> Glyph {
    Glyph { ch, bbox, flags: GlyphFlags::default() }
}

fn run(glyphs: std::ops::Range<u32>, size: f32, baseline: f32, mode: WritingMode, font: u32, order: u32) -> GlyphRun {
    GlyphRun {
        glyphs,
        font,
        size,
        baseline,
        angle: 0,
        mode,
        color: Color::BLACK,
        render: 0,
        mcid: None,
        provenance: Provenance::Ocr,
        order,
    }
}

fn median(values: impl Iterator<Item = f32>) -> Option<f32> {
    let mut values: Vec<f32> = values.filter(|v| v.is_finite()).collect();
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, bbox: [f32; 4], confidence: f32, line: u32) -> Word {
        let [x0, y0, x1, y1] = bbox;
        Word { text: text.to_owned(), bbox: Rect { x0, y0, x1, y1 }, confidence, line, paragraph: 1 }
    }

    fn page() -> PageContent {
        PageContent { index: 1, width: 600.0, height: 800.0, ..PageContent::default() }
    }

    fn laid(words: Vec<Word>, vertical: bool) -> (PageContent, Laid) {
        let mut page = page();
        let laid = lay(&mut page, &Reading { words, vertical }, 2.0, 0);
        (page, laid)
    }

    fn text(page: &PageContent) -> String {
        page.glyphs.iter().map(|g| g.ch).collect()
    }

    #[test]
    fn a_word_box_is_shared_out_by_width() {
        let (page, _) = laid(vec![word("白A", [20.0, 20.0, 80.0, 56.0], 90.0, 1)], false);
        let b: Vec<_> = page.glyphs.iter().map(|g| (g.bbox.x0, g.bbox.x1)).collect();
        assert_eq!(b, [(10.0, 30.0), (30.0, 40.0)]);
        assert_eq!(page.runs.len(), 1);
        assert!((page.runs[0].size - 20.0).abs() < 0.01);
        assert_eq!(page.runs[0].provenance, Provenance::Ocr);
    }

    #[test]
    fn latin_words_are_set_apart_and_japanese_ones_are_not() {
        let words = |a: &str, b: &str| {
            vec![word(a, [0.0, 0.0, 80.0, 20.0], 90.0, 1), word(b, [90.0, 0.0, 200.0, 20.0], 90.0, 1)]
        };
        assert_eq!(text(&laid(words("open", "data"), false).0), "open data");
        assert_eq!(text(&laid(words("白書", "data"), false).0), "白書data");
        assert_eq!(text(&laid(words("情報", "通信"), false).0), "情報通信");
    }

    #[test]
    fn lines_of_a_paragraph_have_one_size() {
        let size = |high: f32| {
            let lines = [(1, 20.0), (2, 20.0), (3, high)];
            let words = lines.map(|(l, h)| word("白書", [0.0, 50.0 * l as f32, 40.0, 50.0 * l as f32 + h], 90.0, l));
            laid(words.to_vec(), false).0.runs[2].size * 2.0 * INK
        };
        assert!((size(24.9) - 20.0).abs() < 0.01);
        assert!((size(25.1) - 25.1).abs() < 0.01);
    }

    #[test]
    fn doubtful_words_are_counted_and_left_out() {
        let at = |confidence| vec![word("白", [0.0, 0.0, 20.0, 20.0], confidence, 1)];
        assert_eq!(text(&laid(at(LEAST_CONFIDENCE), false).0), "白");
        let (page, found) = laid(at(LEAST_CONFIDENCE - 0.1), false);
        assert!(page.runs.is_empty() && found.doubtful == 1 && found.characters == 0);
    }

    #[test]
    fn a_column_runs_down_on_its_middle() {
        let words =
            vec![word("白", [500.0, 0.0, 536.0, 40.0], 90.0, 1), word("書", [504.0, 44.0, 540.0, 80.0], 90.0, 1)];
        let (page, _) = laid(words, true);
        assert_eq!(page.runs[0].mode, WritingMode::Vertical);
        let (a, b) = (page.glyphs[0].bbox, page.glyphs[1].bbox);
        assert!((a.x0 - b.x0).abs() < 0.01 && b.y0 >= a.y1);
    }

    #[test]
    fn printed_text_is_not_doubled() {
        let mut page = page();
        page.glyphs.push(glyph('白', Rect::new(0.0, 0.0, 10.0, 10.0)));
        let words = vec![word("白", [0.0, 0.0, 20.0, 20.0], 90.0, 1), word("書", [40.0, 0.0, 60.0, 20.0], 90.0, 1)];
        lay(&mut page, &Reading { words, vertical: false }, 2.0, 0);
        assert_eq!(text(&page), "白書");
    }

    #[test]
    fn a_word_in_a_box_of_the_whole_line_stands_between_its_neighbours() {
        let words = vec![
            word("情報", [0.0, 0.0, 40.0, 20.0], 90.0, 1),
            word("通", [0.0, 0.0, 400.0, 20.0], 90.0, 1),
            word("信", [60.0, 0.0, 80.0, 20.0], 90.0, 1),
        ];
        let (page, _) = laid(words, false);
        let spans: Vec<_> = page.glyphs.iter().map(|g| (g.ch, g.bbox.x0, g.bbox.x1)).collect();
        assert_eq!(spans, [('情', 0.0, 10.0), ('報', 10.0, 20.0), ('通', 20.0, 30.0), ('信', 30.0, 40.0)]);
    }

    #[test]
    fn boxes_that_overlap_are_set_side_by_side() {
        let words = vec![word("情報", [0.0, 0.0, 44.0, 20.0], 90.0, 1), word("通信", [36.0, 0.0, 80.0, 20.0], 90.0, 1)];
        let (page, _) = laid(words, false);
        assert!(page.glyphs.windows(2).all(|g| g[1].bbox.x0 >= g[0].bbox.x1 - 0.01));
    }
}

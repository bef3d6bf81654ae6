//! Captions: an exhibit's number and title, in one line or in pieces (number in a filled pill, title beside it).

use hakusho_lexicon::LayoutWords;
use hakusho_model::Rect;

use crate::chars::{ends_sentence, joint};
use crate::line::TextLine;
use crate::numbering::{CaptionLabel, caption_label};
use crate::page::{Page, Role};
use crate::styles::{Styles, same_size};

/// A caption found on a page.
#[derive(Clone, Debug)]
pub(crate) struct Caption {
    /// Lines it is made of, in reading order.
    pub(crate) lines: Vec<usize>,
    pub(crate) label: String,
    pub(crate) number: String,
    pub(crate) title: String,
    /// Box of its text.
    pub(crate) bbox: Rect,
    /// Box of text and the band or pill behind it.
    pub(crate) band: Rect,
}

/// The captions of a page, from top to bottom.
pub(crate) fn captions(page: &Page<'_>, styles: &Styles, words: &LayoutWords) -> Vec<Caption> {
    let mut found: Vec<Caption> = Vec::new();
    for i in 0..page.lines.len() {
        let line = &page.lines[i];
        if line.vertical != styles.vertical || page.roles[i] != Role::Flow || found.iter().any(|c| c.lines.contains(&i))
        {
            continue;
        }
        if let Some(label) = caption_label(line.text(), words).filter(|l| is_caption(page, i, l, styles, words)) {
            found.push(gather(page, i, label, styles, words));
        }
    }
    found
}

/// Whether a line that begins with an exhibit number is a caption and not prose about the exhibit.
fn is_caption(page: &Page<'_>, i: usize, label: &CaptionLabel, styles: &Styles, words: &LayoutWords) -> bool {
    let line = &page.lines[i];
    let particle = [
        "は",
        "に",
        "の",
        "を",
        "で",
        "が",
        "も",
        "と",
        "から",
        "より",
        "へ",
        "や",
        "）",
        ")",
        "、",
        "，",
        "。",
        "」",
        "参照",
        "及び",
        "のとおり",
    ];
    if particle.iter().any(|p| label.rest.starts_with(p)) && !label.rest.starts_with("のと")
        || label.rest.starts_with("のとおり")
    {
        return false;
    }
    if ends_sentence(&label.rest) || label.rest.contains('。') {
        return false;
    }
    let styled = !styles.is_body(line) || on_band(page, &line.bbox).is_some();
    if label.rest.is_empty() {
        // A number alone: a pill with its title beside, or a title on the next line.
        return styled && (title_beside(page, i).is_some() || title_below(page, i, words).is_some());
    }
    (label.spaced || styled) && (styled || !continues_prose(page, i, styles))
}

/// Whether the line goes on from, or into, running text of the same make.
fn continues_prose(page: &Page<'_>, i: usize, styles: &Styles) -> bool {
    let line = &page.lines[i];
    let neighbour = |o: &TextLine| {
        let step = (o.baseline - line.baseline).abs();
        styles.is_body(o)
            && o.bbox.x_overlap(&line.bbox) > 0.3 * line.bbox.width()
            && step > 0.5 * line.size
            && step < 1.15 * styles.leading
    };
    let near: Vec<&TextLine> = page.lines.iter().filter(|o| neighbour(o)).collect();
    near.iter()
        .any(|o| o.baseline < line.baseline && !ends_sentence(o.text()) && o.bbox.x1 > page.frame.x1 - 3.0 * o.size)
}

/// The filled shape behind a box, if it is a band or pill of about its height.
fn on_band(page: &Page<'_>, bbox: &Rect) -> Option<Rect> {
    let visible = |s: &&hakusho_model::Shape| s.fill.is_some_and(|c| c.luma() <= 250);
    let behind = |b: &Rect| {
        b.height() <= 4.5 * bbox.height()
            && b.height() >= 0.8 * bbox.height()
            && b.y_overlap(bbox) > 0.7 * bbox.height()
            && b.x_overlap(bbox) > 0.7 * bbox.width()
    };
    page.content.shapes.iter().filter(visible).map(|s| s.bbox).filter(behind).reduce(|a, b| a.union(&b))
}

/// The nearest piece of text to the right on the same height.
fn title_beside(page: &Page<'_>, i: usize) -> Option<usize> {
    let line = &page.lines[i];
    let beside = |&k: &usize| {
        let o = &page.lines[k];
        let gap = o.bbox.x0 - line.bbox.x1;
        k != i
            && !o.vertical
            && page.roles[k] == Role::Flow
            && gap > -0.2 * line.size
            && gap < 4.5 * line.size
            && o.bbox.y_overlap(&line.bbox.grow(0.0, 0.4 * line.size)) > 0.4 * o.bbox.height()
    };
    (0..page.lines.len()).filter(beside).min_by(|&a, &b| page.lines[a].bbox.x0.total_cmp(&page.lines[b].bbox.x0))
}

/// The title below a number; a source line there belongs to the exhibit above.
fn title_below(page: &Page<'_>, i: usize, words: &LayoutWords) -> Option<usize> {
    let line = &page.lines[i];
    (0..page.lines.len()).find(|&k| {
        let o = &page.lines[k];
        k != i
            && same_size(o.size, line.size)
            && o.font == line.font
            && o.bbox.y0 - line.bbox.y1 > -0.3 * line.size
            && o.bbox.y0 - line.bbox.y1 < 0.8 * line.size
            && o.bbox.x_overlap(&line.bbox) > 0.0
            && crate::numbering::source_label(o.text(), words).is_none()
    })
}

/// Collects the pieces of a caption.
fn gather(page: &Page<'_>, first: usize, label: CaptionLabel, styles: &Styles, words: &LayoutWords) -> Caption {
    let mut lines = vec![first];
    let mut bbox = page.lines[first].bbox;
    let mut band = on_band(page, &bbox).unwrap_or(bbox);
    let mut title = label.rest.clone();
    if title.is_empty()
        && let Some(k) = title_beside(page, first).or_else(|| title_below(page, first, words))
    {
        push(page, k, &mut lines, &mut bbox, &mut title);
        band = band.union(&on_band(page, &page.lines[k].bbox).unwrap_or(page.lines[k].bbox));
    }
    // Further lines of the title, in the same make, close below and starting where the title starts.
    while let Some(k) = next_title_line(page, &lines, &band, styles, words) {
        push(page, k, &mut lines, &mut bbox, &mut title);
        band = band.union(&page.lines[k].bbox);
    }
    Caption { lines, label: label.text, number: label.number, title, bbox, band }
}

fn push(page: &Page<'_>, k: usize, lines: &mut Vec<usize>, bbox: &mut Rect, title: &mut String) {
    let text = page.lines[k].text();
    title.push_str(joint(title, text));
    title.push_str(text);
    *bbox = bbox.union(&page.lines[k].bbox);
    lines.push(k);
}

fn next_title_line(
    page: &Page<'_>,
    lines: &[usize],
    band: &Rect,
    styles: &Styles,
    words: &LayoutWords,
) -> Option<usize> {
    let last = &page.lines[*lines.last()?];
    let first = &page.lines[if lines.len() > 1 { lines[1] } else { lines[0] }];
    let fits = |&k: &usize| {
        let o = &page.lines[k];
        if lines.contains(&k) || page.roles[k] != Role::Flow || o.vertical != last.vertical {
            return false;
        }
        let step = o.baseline - last.baseline;
        let alike = same_size(o.size, last.size) && o.font == last.font && o.color == last.color;
        let aligned = (o.bbox.x0 - first.bbox.x0).abs() < 1.2 * o.size
            // Under the sign that stands before the number.
            || o.bbox.x0 < first.bbox.x0 && o.bbox.x0 > first.bbox.x0 - 2.6 * o.size && o.bbox.x1 <= last.bbox.x1
            || (o.bbox.center().x - last.bbox.center().x).abs() < 1.0 * o.size
            || o.bbox.x0 >= first.bbox.x0 && o.bbox.x1 <= last.bbox.x1 + o.size;
        let in_band = band.grow(1.0, 1.0).encloses(&o.bbox, 2.0);
        let below = step > 0.6 * last.size && step < if in_band { 2.0 } else { 1.7 } * last.size;
        let new = caption_label(o.text(), words).is_some() || crate::numbering::source_label(o.text(), words).is_some();
        alike && below && aligned && !new && (in_band || !styles.is_body(o))
    };
    (0..page.lines.len()).find(fits)
}

//! Exhibits: each caption owns the drawing, table and small print above or below it, its source line and notes.

use hakusho_lexicon::LayoutWords;
use hakusho_model::{ExhibitKind, Rect};

use crate::bare_figures;
use crate::bare_tables;
use crate::captions::{Caption, captions};
use crate::chars::{ends_sentence, joint};
use crate::line::TextLine;
use crate::numbering::{heading_label, is_exhibit_note, source_label};
use crate::page::{Page, Role};
use crate::rows::sort_in_rows;
use crate::styles::{Styles, same_size};
use crate::tables;

/// On which side of its caption an exhibit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Habit {
    /// The caption stands above.
    Above,
    /// The caption stands below.
    Below,
}

/// An exhibit on a page.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) caption: Option<Caption>,
    /// Lines of the content (cells, labels).
    pub(crate) content: Vec<usize>,
    /// Lines of each source note; usually one note.
    pub(crate) sources: Vec<Vec<usize>>,
    /// Lines of each further note.
    pub(crate) notes: Vec<Vec<usize>>,
    /// Box of drawing and content, without caption, source, notes.
    pub(crate) body: Rect,
    /// Box of everything.
    pub(crate) bbox: Rect,
    pub(crate) kind: ExhibitKind,
    pub(crate) habit: Habit,
}

/// Finds the exhibits of all pages and marks their lines.
pub(crate) fn find(pages: &mut [Page<'_>], styles: &Styles, words: &LayoutWords) -> Vec<Vec<Found>> {
    let captions: Vec<Vec<Caption>> = pages.iter().map(|p| captions(p, styles, words)).collect();
    let habit = habit(pages, &captions, styles);
    pages.iter_mut().zip(captions).map(|(page, captions)| on_page(page, captions, habit, styles, words)).collect()
}

/// The side on which most captions of the report stand, by what lies next to them.
fn habit(pages: &[Page<'_>], captions: &[Vec<Caption>], styles: &Styles) -> Habit {
    let (mut above, mut below) = (0usize, 0usize);
    for (page, list) in pages.iter().zip(captions) {
        for caption in list {
            let down = distance(page, caption, list, styles, true);
            let up = distance(page, caption, list, styles, false);
            match (down, up) {
                (Some(d), Some(u)) if d + 4.0 < u => above += 1,
                (Some(d), Some(u)) if u + 4.0 < d => below += 1,
                (Some(_), None) => above += 1,
                (None, Some(_)) => below += 1,
                _ => {}
            }
        }
    }
    if below > above { Habit::Below } else { Habit::Above }
}

/// Distance from a caption to the nearest drawing or small print; `None` where prose or nothing comes first.
fn distance(page: &Page<'_>, caption: &Caption, all: &[Caption], styles: &Styles, down: bool) -> Option<f32> {
    let gap = |b: &Rect| if down { b.y0 - caption.bbox.y1 } else { caption.bbox.y0 - b.y1 };
    let beside = |b: &Rect| b.x_overlap(&caption.bbox) > 0.2 * b.width().min(caption.bbox.width());
    let other = |i: usize| all.iter().any(|c| c.lines.contains(&i));
    let figures = page.drawings.iter().filter(|d| d.is_figure() && beside(&d.bbox)).map(|d| (gap(&d.bbox), true));
    let lines =
        page.lines.iter().enumerate().filter(|(i, l)| beside(&l.bbox) && !caption.lines.contains(i)).map(|(i, l)| {
            let stuff = !other(i) && !styles.is_body(l) && l.size < 1.05 * styles.size;
            (gap(&l.bbox), stuff)
        });
    let near = figures
        .chain(lines)
        .filter(|(g, _)| *g > -3.0 && *g < 4.0 * styles.leading)
        .min_by(|a, b| a.0.total_cmp(&b.0))?;
    near.1.then_some(near.0)
}

fn on_page(
    page: &mut Page<'_>,
    captions: Vec<Caption>,
    habit: Habit,
    styles: &Styles,
    words: &LayoutWords,
) -> Vec<Found> {
    for (k, caption) in captions.iter().enumerate() {
        for &i in &caption.lines {
            page.roles[i] = Role::Exhibit(k);
        }
    }
    let mut found: Vec<Found> = Vec::new();
    for (k, caption) in captions.iter().enumerate() {
        let grown = grow(page, caption, &captions, habit, styles, words);
        for &i in grown.content.iter().chain(grown.sources.iter().flatten()).chain(grown.notes.iter().flatten()) {
            page.roles[i] = Role::Exhibit(k);
        }
        found.push(grown);
    }
    for exhibit in &mut found {
        exhibit.kind = kind(page, exhibit);
    }
    let bare = bare_tables::find(page, &found, styles, words);
    found.extend(bare);
    let figures = bare_figures::find(page, &found, styles);
    found.extend(figures);
    found
}

/// Collects what belongs to a caption.
fn grow(
    page: &Page<'_>,
    caption: &Caption,
    all: &[Caption],
    habit: Habit,
    styles: &Styles,
    words: &LayoutWords,
) -> Found {
    let span = column_span(page, caption, all, habit, styles);
    let body_side = collect(page, caption, all, &span, habit == Habit::Above, styles, words);
    let mut lines = body_side;
    if habit == Habit::Below {
        // Source and notes may also stand under a caption that stands under its figure.
        lines.extend(small_print_below(page, caption, &span, styles, words));
    }
    let mut found = Found {
        caption: Some(caption.clone()),
        content: Vec::new(),
        sources: Vec::new(),
        notes: Vec::new(),
        body: caption.bbox,
        bbox: caption.bbox,
        kind: ExhibitKind::Diagram,
        habit,
    };
    sort_out(page, lines, &mut found, words);
    let content = found.content.iter().map(|&i| page.lines[i].bbox);
    let drawn = drawn_near(page, caption, all, &span, &found, habit, styles);
    found.body = Rect::bounding(content.chain(drawn)).unwrap_or(caption.bbox);
    let print = found.sources.iter().chain(&found.notes).flatten().map(|&i| page.lines[i].bbox);
    found.bbox = Rect::bounding(print).map_or(found.body, |b| b.union(&found.body)).union(&caption.band);
    found
}

/// The horizontal extent in which the exhibit's parts are looked for.
fn column_span(page: &Page<'_>, caption: &Caption, all: &[Caption], habit: Habit, styles: &Styles) -> Rect {
    let mut span = caption.band.union(&caption.bbox);
    let toward = |b: &Rect| if habit == Habit::Above { b.y0 - caption.bbox.y1 } else { caption.bbox.y0 - b.y1 };
    let neighbours: Vec<&Caption> = all
        .iter()
        .filter(|c| c.number != caption.number && c.band.y_overlap(&caption.band.grow(0.0, 4.0)) > 0.0)
        .collect();
    for d in page.drawings.iter().filter(|d| d.is_figure()) {
        let near = toward(&d.bbox) > -0.6 * d.bbox.height() && toward(&d.bbox) < 6.0 * styles.leading;
        let over = d.bbox.x_overlap(&span) > 0.3 * d.bbox.width().min(span.width());
        let shared = neighbours.iter().any(|c| d.bbox.x_overlap(&c.band) > 0.3 * c.band.width());
        if near && over && !shared {
            span = span.union(&Rect { y0: span.y0, y1: span.y1, ..d.bbox });
        }
    }
    // Text of the exhibit may reach out as far as its column does, when nothing else stands beside it.
    if neighbours.is_empty() {
        let (x0, x1) = (page.frame.x0, page.frame.x1);
        let prose_beside = page.lines.iter().any(|l| {
            let outside = l.bbox.x0 > span.x1 + styles.size || l.bbox.x1 < span.x0 - styles.size;
            outside
                && styles.is_body(l)
                && l.len() > 8
                && toward(&l.bbox) > -2.0
                && toward(&l.bbox) < 8.0 * styles.leading
                && !page.in_figure(&l.bbox)
        });
        // An exhibit beside has a caption of its own, perhaps on another height.
        let caption_beside = all.iter().any(|c| {
            let outside = c.band.x0 > span.x1 - styles.size || c.band.x1 < span.x0 + styles.size;
            c.number != caption.number && outside && toward(&c.band).abs() < 14.0 * styles.leading
        });
        if !prose_beside && !caption_beside {
            (span.x0, span.x1) = (span.x0.min(x0), span.x1.max(x1));
        }
    }
    for c in neighbours {
        if c.band.x0 >= caption.band.x1 - 2.0 {
            span.x1 = span.x1.min(f32::midpoint(caption.band.x1, c.band.x0).max(caption.bbox.x1)).max(caption.bbox.x1);
            span.x1 = span.x1.max(c.band.x0 - 6.0);
        } else if c.band.x1 <= caption.band.x0 + 2.0 {
            span.x0 = span.x0.min(caption.band.x0 - 2.0).max(c.band.x1);
        }
    }
    span
}

/// Lines on one side of a caption up to the next prose, heading or caption.
fn collect(
    page: &Page<'_>,
    caption: &Caption,
    all: &[Caption],
    span: &Rect,
    down: bool,
    styles: &Styles,
    words: &LayoutWords,
) -> Vec<usize> {
    let toward = |b: &Rect| if down { b.y0 - caption.bbox.y1 } else { caption.bbox.y0 - b.y1 };
    let is_beside = |b: &Rect| {
        b.center().x >= span.x0 - 4.0 && b.center().x <= span.x1 + 4.0 && b.x_overlap(span) > 0.5 * b.width()
    };
    let mut order: Vec<usize> = (0..page.lines.len())
        .filter(|&i| {
            page.roles[i] == Role::Flow
                && toward(&page.lines[i].bbox) > -0.35 * page.lines[i].bbox.height()
                && is_beside(&page.lines[i].bbox)
        })
        .collect();
    order.sort_by(|&a, &b| toward(&page.lines[a].bbox).total_cmp(&toward(&page.lines[b].bbox)));
    let figure = figure_limit(page, caption, span, down);
    let barrier = all
        .iter()
        .filter(|c| c.number != caption.number && c.band.x_overlap(span) > 0.3 * c.band.width())
        .map(|c| toward(&c.band))
        .filter(|g| *g > 0.0)
        .fold(f32::INFINITY, f32::min);
    // With a source below it, a figure may quote others.
    let below_figure = order.iter().any(|&i| {
        let line = &page.lines[i];
        let at = toward(&line.bbox);
        at >= figure - 0.3 * line.size
            && at < figure + 1.6 * styles.leading
            && !page.in_figure(&line.bbox)
            && source_label(line.text(), words).is_some()
    });
    let mut taken: Vec<usize> = Vec::new();
    let mut reach = 0.0f32;
    let mut sourced = false;
    for i in order {
        let line = &page.lines[i];
        let at = toward(&line.bbox);
        if at >= barrier || at > figure.max(reach) + 3.2 * styles.leading {
            break;
        }
        let text = line.text();
        let inside = at < figure - 0.3 * line.size || page.in_figure(&line.bbox);
        if !inside && (is_prose(page, line, styles) || is_heading_like(line, styles)) {
            break;
        }
        let print = source_label(text, words).is_some() || is_exhibit_note(text, words);
        if down && sourced && !print && !continues_print(page, &taken, line) {
            break;
        }
        sourced |= !(inside && below_figure) && source_label(text, words).is_some();
        reach = reach.max(if down { line.bbox.y1 - caption.bbox.y1 } else { caption.bbox.y0 - line.bbox.y0 });
        taken.push(i);
    }
    taken
}

/// How far the drawing next to a caption reaches.
fn figure_limit(page: &Page<'_>, caption: &Caption, span: &Rect, down: bool) -> f32 {
    let mut limit = 0.0f32;
    let mut drawings: Vec<&Rect> = page.drawings.iter().filter(|d| d.is_figure()).map(|d| &d.bbox).collect();
    drawings.sort_by(|a, b| if down { a.y0.total_cmp(&b.y0) } else { b.y1.total_cmp(&a.y1) });
    for d in drawings {
        let (near, far) = if down {
            (d.y0 - caption.bbox.y1, d.y1 - caption.bbox.y1)
        } else {
            (caption.bbox.y0 - d.y1, caption.bbox.y0 - d.y0)
        };
        if far > 0.0 && near < limit + 40.0 && d.x_overlap(span) > 0.5 * d.width() {
            limit = limit.max(far);
        }
    }
    limit
}

/// Running text of the body: it ends an exhibit.
pub(crate) fn is_prose(page: &Page<'_>, line: &TextLine, styles: &Styles) -> bool {
    let long = line.bbox.width() > 0.55 * page.frame.width() || line.len() >= 22;
    styles.is_body(line) && (long || ends_sentence(line.text()))
}

fn is_heading_like(line: &TextLine, styles: &Styles) -> bool {
    let larger = line.size > 1.08 * styles.size;
    larger
        || (line.size > 0.97 * styles.size
            && (line.bold || !styles.fonts.first().is_some_and(|f| *f == line.font))
            && heading_label(line.text()).is_some_and(|l| l.spaced && !l.rest.is_empty()))
}

/// Whether a line goes on from the small print collected last.
fn continues_print(page: &Page<'_>, taken: &[usize], line: &TextLine) -> bool {
    taken.last().is_some_and(|&k| {
        let last = &page.lines[k];
        let step = line.baseline - last.baseline;
        let same_row = step.abs() < 0.5 * line.size;
        same_row || (same_size(last.size, line.size) && step < 1.7 * line.size && line.bbox.x_overlap(&last.bbox) > 0.0)
    })
}

/// Source and note lines directly under a caption.
fn small_print_below(
    page: &Page<'_>,
    caption: &Caption,
    span: &Rect,
    styles: &Styles,
    words: &LayoutWords,
) -> Vec<usize> {
    let mut order: Vec<usize> = (0..page.lines.len())
        .filter(|&i| {
            page.roles[i] == Role::Flow
                && page.lines[i].bbox.y0 >= caption.bbox.y1 - 2.0
                && page.lines[i].bbox.x_overlap(span) > 0.5 * page.lines[i].bbox.width()
        })
        .collect();
    order.sort_by(|&a, &b| page.lines[a].baseline.total_cmp(&page.lines[b].baseline));
    let mut taken = Vec::new();
    let mut bottom = caption.bbox.y1;
    for i in order {
        let line = &page.lines[i];
        let text = line.text();
        let print = source_label(text, words).is_some() || is_exhibit_note(text, words);
        if line.bbox.y0 - bottom > 1.2 * styles.leading
            || styles.is_body(line) && !print
            || !(print || continues_print(page, &taken, line))
        {
            break;
        }
        bottom = line.bbox.y1;
        taken.push(i);
    }
    taken
}

/// Tells content, source and notes apart.
fn sort_out(page: &Page<'_>, mut lines: Vec<usize>, found: &mut Found, words: &LayoutWords) {
    sort_in_rows(&mut lines, |&i| page.lines[i].bbox);
    let outer = outer_source(page, &lines, words);
    for i in lines {
        let line = &page.lines[i];
        let text = line.text();
        let within = outer.is_some_and(|y| line.bbox.y1 < y && page.in_figure(&line.bbox));
        if within {
            found.content.push(i);
        } else if source_label(text, words).is_some() {
            found.sources.push(vec![i]);
        } else if is_exhibit_note(text, words) && !page.in_figure(&line.bbox) {
            found.notes.push(vec![i]);
        } else if let Some(list) = open_print(page, found, line) {
            list.push(i);
        } else {
            found.content.push(i);
        }
    }
}

/// Top of the source line below a figure, if the figure quotes sources of its own with more text after them.
fn outer_source(page: &Page<'_>, lines: &[usize], words: &LayoutWords) -> Option<f32> {
    let is_source = |i: &&usize| source_label(page.lines[**i].text(), words).is_some();
    let inner = |i: &&usize| page.in_figure(&page.lines[**i].bbox);
    let last = lines.iter().rev().find(is_source).filter(|i| !inner(i))?;
    let y = page.lines[*last].bbox.y0;
    lines.iter().filter(is_source).find(inner).filter(|i| page.lines[**i].bbox.y1 < y).map(|_| y)
}

/// The note or source that a line continues: in its row first, below its last line otherwise.
fn open_print<'f>(page: &Page<'_>, found: &'f mut Found, line: &TextLine) -> Option<&'f mut Vec<usize>> {
    let last_of = |list: &Vec<usize>| list.last().map(|&k| &page.lines[k]).filter(|l| same_size(l.size, line.size));
    let in_row = |list: &Vec<usize>| {
        last_of(list).is_some_and(|last| {
            let gap = (line.bbox.x0 - last.bbox.x1) / line.size;
            (line.baseline - last.baseline).abs() < 0.35 * line.size && (-1.1..3.0).contains(&gap)
        })
    };
    let below = |list: &Vec<usize>| {
        last_of(list).is_some_and(|last| {
            let step = line.baseline - last.baseline;
            last.font == line.font
                && step > 0.5 * line.size
                && step < 1.8 * line.size
                && line.bbox.x_overlap(&last.bbox) > 0.0
        })
    };
    let mut lists = found.notes.iter_mut().chain(found.sources.iter_mut()).collect::<Vec<_>>();
    let at = lists.iter().position(|l| in_row(l)).or_else(|| lists.iter().position(|l| below(l)))?;
    Some(lists.swap_remove(at))
}

/// Drawings that belong to the exhibit.
fn drawn_near(
    page: &Page<'_>,
    caption: &Caption,
    all: &[Caption],
    span: &Rect,
    found: &Found,
    habit: Habit,
    styles: &Styles,
) -> Vec<Rect> {
    let content = Rect::bounding(found.content.iter().map(|&i| page.lines[i].bbox));
    let toward = |b: &Rect| if habit == Habit::Above { b.y0 - caption.bbox.y1 } else { caption.bbox.y0 - b.y1 };
    let belongs = |b: &Rect| {
        let beside = b.x_overlap(span) > 0.6 * b.width();
        let touching = content.is_some_and(|c| c.grow(4.0, 4.0).overlaps(b));
        let next = toward(b) > -0.7 * b.height() && toward(b) < 3.0 * styles.leading;
        let foreign = all.iter().any(|c| {
            c.number != caption.number
                && b.grow(0.0, 2.0).y_overlap(&c.band) > 0.5 * c.band.height()
                && b.x_overlap(&c.band) > 0.5 * c.band.width()
        });
        let far_side = if habit == Habit::Above { b.y1 < caption.bbox.y0 } else { b.y0 > caption.bbox.y1 };
        beside && (touching || next) && !foreign && !far_side
    };
    let drawn: Vec<Rect> =
        page.drawings.iter().map(|d| d.bbox).filter(|b| b.width() > 8.0 && b.height() > 4.0 && belongs(b)).collect();
    // Clip off the caption's own band.
    drawn.into_iter().filter(|b| b.intersection(&caption.band).area() < 0.8 * b.area()).collect()
}

/// What an exhibit shows, by what is drawn in its body.
fn kind(page: &Page<'_>, found: &Found) -> ExhibitKind {
    let body = found.body.grow(2.0, 2.0);
    let inside = |b: &Rect| body.contains(b.center());
    let images: f32 = page.content.images.iter().filter(|i| inside(&i.bbox)).map(|i| i.bbox.area()).sum();
    let rules =
        |horizontal: bool| page.content.rules.iter().filter(|r| r.horizontal == horizontal && inside(&r.bbox)).count();
    let curves =
        page.content.shapes.iter().filter(|s| inside(&s.bbox) && s.kind == hakusho_model::ShapeKind::Curve).count();
    let bars = bars(page, &body);
    let long_cells = found.content.iter().filter(|&&i| page.lines[i].len() >= 8).count();
    let numbers = found.content.iter().filter(|&&i| is_value(page.lines[i].text())).count();
    let wide_rules = tables::ruled_levels(page, &body);
    if images > 0.5 * body.area() && found.content.len() < 4 {
        ExhibitKind::Photo
    } else if tables::looks_ruled(page, &body) && bars < 3 || long_cells >= 4 && tables::is_regular(page, &found.body) {
        ExhibitKind::Table
    } else if bars >= 3
        || (curves >= 2 && numbers >= 3)
        || (numbers >= 4 && numbers * 3 >= found.content.len() && rules(true) + rules(false) + bars > 0)
    {
        ExhibitKind::Chart
    } else if wide_rules >= 3 && (long_cells >= 2 || numbers > 0) {
        ExhibitKind::Table
    } else if images > 0.5 * body.area() {
        if found.content.is_empty() { ExhibitKind::Photo } else { ExhibitKind::Diagram }
    } else if found.content.is_empty() && bars >= 2 {
        ExhibitKind::Chart
    } else {
        ExhibitKind::Diagram
    }
}

/// A number as charts print it: `45.9`, `1,234`, `16.0%`, `△3.2`.
pub(crate) fn is_value(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '%' | '％' | '(' | ')' | '（' | '）' | '△' | '▲' | '-' | '－' | '−' | '+' | '＋')
    });
    !bare.is_empty()
        && bare.chars().any(crate::chars::is_digit)
        && bare.chars().all(|c| crate::chars::is_digit(c) || matches!(c, '.' | ',' | '．' | '，'))
}

/// Filled boxes that share an edge: the bars of a chart.
fn bars(page: &Page<'_>, body: &Rect) -> usize {
    let filled: Vec<Rect> = page
        .content
        .shapes
        .iter()
        .filter(|s| {
            s.kind == hakusho_model::ShapeKind::Rect
                && s.fill.is_some_and(|c| c.luma() < 245)
                && body.contains(s.bbox.center())
        })
        .map(|s| s.bbox)
        .filter(|b| b.width() > 1.0 && b.height() > 1.0 && b.area() < 0.25 * body.area())
        .collect();
    let share = |edge: fn(&Rect) -> f32, across: fn(&Rect) -> f32, along: fn(&Rect) -> f32| {
        filled
            .iter()
            .map(|a| {
                let mates: Vec<&Rect> = filled
                    .iter()
                    .filter(|b| (edge(a) - edge(b)).abs() < 0.8 && (across(a) - across(b)).abs() < 0.15 * across(a))
                    .collect();
                // Bars differ in length; cells of a table do not.
                let lengths: std::collections::BTreeSet<i32> = mates.iter().map(|b| along(b).round() as i32).collect();
                if lengths.len() >= 2 { mates.len() } else { 0 }
            })
            .max()
            .unwrap_or(0)
    };
    let upright = share(|b| b.y1, Rect::width, Rect::height);
    let lying = share(|b| b.x0, Rect::height, Rect::width);
    upright.max(lying)
}

/// Text of a list of lines, joined.
pub(crate) fn joined(page: &Page<'_>, lines: &[usize]) -> String {
    let mut out = String::new();
    for &i in lines {
        let text = page.lines[i].text();
        out.push_str(joint(&out, text));
        out.push_str(text);
    }
    out
}

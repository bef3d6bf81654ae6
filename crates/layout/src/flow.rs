//! The flow of a page: items in reading order, cut into paragraphs, list items and headings.

use hakusho_lexicon::LayoutWords;
use hakusho_model::{BlockKind, Rect};

use crate::boxes::FoundBox;
use crate::chars::{ends_sentence, is_bullet, is_japanese};
use crate::chronology::is_month;
use crate::columns::{Item, Leaf, Measures, order};
use crate::contents::{Contents, contents};
use crate::exhibits::Found;
use crate::headings::{Group, closes_bracket_of, continues, is_heading};
use crate::line::TextLine;
use crate::numbering::{System, heading_label};
use crate::page::{Page, Role};
use crate::styles::{Styles, same_size};

/// A block in the making.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) kind: BlockKind,
    pub(crate) lines: Vec<TextLine>,
    /// Left and right edge of its column.
    pub(crate) column: (f32, f32),
    /// Exhibit it stands for (page index, exhibit on the page), content to be filled in.
    pub(crate) exhibit: Option<(usize, usize)>,
    /// For headings whose number stands apart: how many of the lines are the number.
    pub(crate) label_lines: usize,
    /// Column of the page it was found in, to know where the flow breaks.
    pub(crate) leaf: usize,
    /// Inside a box that keeps its paragraphs.
    pub(crate) boxed: bool,
}

/// What stands at one place of the page.
enum Place {
    Line(usize),
    Heading(usize),
    Exhibit(usize),
    Box(usize),
}

/// Everything found on a page before it is put in order.
pub(crate) struct Parts<'p> {
    pub(crate) groups: &'p [Group],
    pub(crate) exhibits: &'p [Found],
    pub(crate) boxes: &'p [FoundBox],
}

/// Drafts of a page in reading order.
pub(crate) fn drafts(
    page: &Page<'_>,
    page_index: usize,
    parts: &Parts<'_>,
    styles: &Styles,
    words: &LayoutWords,
) -> Vec<Draft> {
    let own = turned_page(page, styles);
    let styles = own.as_ref().unwrap_or(styles);
    let mut places: Vec<Place> = page.with_role(Role::Flow).map(Place::Line).collect();
    places.extend((0..parts.groups.len()).map(Place::Heading));
    places.extend((0..parts.exhibits.len()).map(Place::Exhibit));
    places.extend((0..parts.boxes.len()).map(Place::Box));
    let items: Vec<Item> = places.iter().map(|p| item(page, p, parts, styles, words)).collect();
    let leaves = in_order(page, &items, styles);
    let mut out = Vec::new();
    for (k, leaf) in leaves.iter().enumerate() {
        let sequence: Vec<&Place> = leaf.items.iter().map(|&i| &places[i]).collect();
        leaf_drafts(page, page_index, &sequence, leaf, k, parts, styles, words, &mut out);
    }
    if page_index == 0 {
        title_alone(&mut out);
    }
    out
}

/// Type this much smaller than the title is no heading on a cover.
const COVER: f32 = 0.8;

/// On a cover, a first page without a sentence, only the title is a heading: who published it, when, and in which version
/// are set large too.
fn title_alone(drafts: &mut [Draft]) {
    let is_cover = !drafts.iter().flat_map(|d| &d.lines).any(|l| l.text().contains('。'))
        && drafts.iter().all(|d| d.exhibit.is_none() && d.label_lines == 0);
    let size = |d: &Draft| d.lines.iter().map(|l| l.size).fold(0.0, f32::max);
    let headings = || drafts.iter().filter(|d| d.kind == BlockKind::Heading);
    let largest = headings().map(size).fold(0.0, f32::max);
    if !is_cover {
        return;
    }
    for draft in drafts.iter_mut().filter(|d| d.kind == BlockKind::Heading) {
        if size(draft) < COVER * largest && heading_label(draft.lines[0].text()).is_none() {
            draft.kind = BlockKind::Paragraph;
        }
    }
}

/// Measures of a page whose running text is set in the other direction than the report's: a vertical preface.
fn turned_page(page: &Page<'_>, styles: &Styles) -> Option<Styles> {
    let lines: Vec<&TextLine> = page.with_role(Role::Flow).map(|i| &page.lines[i]).collect();
    let running = |vertical| lines.iter().copied().filter(move |l| l.vertical == vertical && l.len() >= 10);
    let chars = |vertical| running(vertical).map(TextLine::len).sum::<usize>();
    let turned = !styles.vertical;
    let is_turned = running(turned).count() >= 5 && chars(turned) > 2 * chars(styles.vertical);
    is_turned.then(|| Styles { vertical: turned, ..styles.of_part(running(turned)) })
}

/// Items in columns; vertical pages are turned so that their lines run to the right.
fn in_order(page: &Page<'_>, items: &[Item], styles: &Styles) -> Vec<Leaf> {
    let upright = page.content.rules.iter().filter(|r| !r.horizontal).map(|r| r.bbox);
    let dividers: Vec<Rect> = upright.chain(page.gutters.iter().copied()).collect();
    let measures = Measures { gutter: 1.05 * styles.size, size: styles.size, dividers: &dividers };
    if !styles.vertical {
        return order(items, measures);
    }
    let width = page.content.width;
    let turn = |b: &Rect| Rect::new(b.y0, width - b.x1, b.y1, width - b.x0);
    let turned: Vec<Item> = items.iter().map(|i| Item { bbox: turn(&i.bbox), ..*i }).collect();
    order(&turned, Measures { dividers: &[], ..measures })
}

fn item(page: &Page<'_>, place: &Place, parts: &Parts<'_>, styles: &Styles, words: &LayoutWords) -> Item {
    match place {
        Place::Line(i) => {
            let line = &page.lines[*i];
            let breaks = is_heading(line, &page.frame, styles, words) || is_month(line, styles);
            let bbox = if breaks { widened(page, &line.bbox, styles) } else { line.bbox };
            Item { bbox, is_line: true }
        }
        Place::Heading(k) => Item { bbox: widened(page, &parts.groups[*k].bbox, styles), is_line: true },
        Place::Exhibit(k) => Item { bbox: parts.exhibits[*k].bbox, is_line: false },
        Place::Box(k) => Item { bbox: parts.boxes[*k].bbox, is_line: false },
    }
}

/// A heading is as wide as its banner or rule, and as its page where nothing stands beside it.
fn widened(page: &Page<'_>, bbox: &Rect, styles: &Styles) -> Rect {
    let near = bbox.grow(6.0, 0.6 * styles.size);
    let wide = |b: &Rect| {
        b.width() > bbox.width()
            && b.y_overlap(&near) > 0.0
            && b.height() < 3.0 * bbox.height() + 8.0
            && b.x_overlap(bbox) > 0.5 * bbox.width()
    };
    let shapes = page.content.shapes.iter().filter(|s| s.fill.is_some_and(|c| c.luma() <= 250)).map(|s| s.bbox);
    let rules = page.content.rules.iter().filter(|r| r.horizontal).map(|r| r.bbox);
    let mut out = *bbox;
    for b in shapes.chain(rules).filter(wide) {
        out.x0 = out.x0.min(b.x0);
        out.x1 = out.x1.max(b.x1);
    }
    let band = bbox.grow(0.0, 0.35 * styles.leading);
    let figure_beside =
        page.drawings.iter().any(|d| d.is_figure() && d.bbox.y_overlap(&band) > 0.0 && d.bbox.x_overlap(bbox) <= 0.0);
    let alone = !figure_beside
        && page.lines.iter().all(|l| {
            l.bbox.y_overlap(&band) < 0.3 * l.bbox.height() || l.bbox.overlaps(bbox) || l.vertical != styles.vertical
        });
    if alone {
        out.x0 = out.x0.min(page.frame.x0.max(0.0));
        out.x1 = out.x1.max(page.frame.x1.min(page.content.width));
    }
    out
}

/// Left and right edge of the running text in a column; banners and tags may stand out of it.
fn text_edges(page: &Page<'_>, sequence: &[&Place], styles: &Styles) -> Option<(f32, f32)> {
    let lines = || {
        sequence.iter().filter_map(|place| match place {
            Place::Line(i) => Some(&page.lines[*i]),
            _ => None,
        })
    };
    let running = || lines().filter(|l| same_size(l.size, styles.size) && l.vertical == styles.vertical && l.len() > 9);
    let left = running().map(|l| l.bbox.x0).reduce(f32::min)?;
    let right = running().map(|l| l.bbox.x1).reduce(f32::max)?;
    (running().count() >= 3).then_some((left, right))
}

#[expect(clippy::too_many_arguments, reason = "one leaf of one page with all that was found on it")]
fn leaf_drafts(
    page: &Page<'_>,
    page_index: usize,
    sequence: &[&Place],
    leaf: &Leaf,
    leaf_index: usize,
    parts: &Parts<'_>,
    styles: &Styles,
    words: &LayoutWords,
    out: &mut Vec<Draft>,
) {
    let (left, right) = text_edges(page, sequence, styles).unwrap_or((leaf.left, leaf.right));
    let column = Rect { x0: left, x1: right, y0: 0.0, y1: 0.0 };
    let mut run: Vec<TextLine> = Vec::new();
    let blank = |kind, lines: Vec<TextLine>| Draft {
        kind,
        lines,
        column: (left, right),
        exhibit: None,
        label_lines: 0,
        leaf: leaf_index,
        boxed: false,
    };
    for place in sequence {
        if let Place::Line(i) = place {
            run.push(page.lines[*i].clone());
            continue;
        }
        out.extend(paragraphs(std::mem::take(&mut run), &column, leaf_index, styles, words));
        match place {
            Place::Heading(k) => {
                let group = &parts.groups[*k];
                let label = std::iter::once(group.label).chain(group.label_end);
                let label_lines = label.clone().count();
                let lines = label.chain(group.title.iter().copied()).map(|i| page.lines[i].clone()).collect();
                out.push(Draft { label_lines, ..blank(BlockKind::Heading, lines) });
            }
            Place::Exhibit(k) => {
                out.push(Draft { exhibit: Some((page_index, *k)), ..blank(BlockKind::Figure, Vec::new()) });
            }
            Place::Box(k) => out.extend(box_drafts(page, &parts.boxes[*k], leaf_index, styles, words)),
            Place::Line(_) => {}
        }
    }
    out.extend(paragraphs(run, &column, leaf_index, styles, words));
}

fn box_drafts(page: &Page<'_>, found: &FoundBox, leaf: usize, styles: &Styles, words: &LayoutWords) -> Vec<Draft> {
    let items: Vec<Item> = found.lines.iter().map(|&i| Item { bbox: page.lines[i].bbox, is_line: true }).collect();
    let leaves = order(&items, Measures { gutter: 1.05 * styles.size, size: styles.size, dividers: &[] });
    if found.whole {
        let mut lines: Vec<TextLine> =
            leaves.iter().flat_map(|l| &l.items).map(|&k| page.lines[found.lines[k]].clone()).collect();
        // The tab at the side of a box is read last: it names the kind of box, not its content.
        lines.sort_by_key(|l| l.vertical);
        let column = (found.bbox.x0, found.bbox.x1);
        return vec![Draft { kind: BlockKind::Box, lines, column, exhibit: None, label_lines: 0, leaf, boxed: true }];
    }
    let mut out = Vec::new();
    let styles = styles.of_part(found.lines.iter().map(|&i| &page.lines[i]));
    for inner in &leaves {
        let lines = inner.items.iter().map(|&k| page.lines[found.lines[k]].clone()).collect();
        let column = Rect { x0: inner.left, x1: inner.right, y0: 0.0, y1: 0.0 };
        out.extend(paragraphs(lines, &column, leaf, &styles, words));
    }
    for draft in &mut out {
        draft.boxed = true;
    }
    out
}

/// Cuts the lines of one column into blocks.
fn paragraphs(lines: Vec<TextLine>, column: &Rect, leaf: usize, styles: &Styles, words: &LayoutWords) -> Vec<Draft> {
    let rows = rows(lines);
    let step = usual_step(&rows, styles);
    let listed = contents(&rows);
    let headings: Vec<bool> = (0..rows.len()).map(|i| heads(&rows[i..], column, styles, words)).collect();
    let mut out: Vec<Draft> = Vec::new();
    for (i, row) in rows.into_iter().enumerate() {
        let line = &row[0];
        let before = if i > 0 { listed[i - 1] } else { Contents::No };
        if listed[i] != Contents::No || before == Contents::Open {
            match out.last_mut().filter(|_| before == Contents::Open) {
                Some(draft) => draft.lines.extend(row),
                None => out.push(Draft::of(BlockKind::ListItem, row, column, leaf)),
            }
            continue;
        }
        let heading = headings[i];
        let joins = before == Contents::No
            && out.last().is_some_and(|draft| {
                let last = draft.lines.last().unwrap_or(line);
                match (draft.kind == BlockKind::Heading, heading) {
                    (true, true) => continues(last, line),
                    (false, false) => stays(draft, line, column, step, styles),
                    _ => false,
                }
            });
        if joins && let Some(draft) = out.last_mut() {
            draft.lines.extend(row);
            continue;
        }
        let kind = match () {
            () if heading => BlockKind::Heading,
            () if item_start(line).is_some() => BlockKind::ListItem,
            () => BlockKind::Paragraph,
        };
        out.push(Draft::of(kind, row, column, leaf));
    }
    out
}

/// Whether the first of these rows is a heading.
fn heads(rows: &[Vec<TextLine>], column: &Rect, styles: &Styles, words: &LayoutWords) -> bool {
    match rows[0].as_slice() {
        [line] => {
            is_heading(line, column, styles, words)
                && (heading_label(line.text()).is_some()
                    || !runs_into_text(rows, column) && !is_signature(line, column))
        }
        // Pieces far apart are cells of a row.
        pieces => {
            let near = |w: &[TextLine]| extent(&w[1]).0 - extent(&w[0]).1 < 2.5 * w[0].size;
            let bullet = pieces[0].text().chars().next().is_some_and(is_bullet);
            pieces.iter().all(|l| l.size > 1.1 * styles.size) && pieces.windows(2).all(near) && !bullet
        }
    }
}

/// Whether a full line goes on, in the same type, to the end of a sentence: text in large type, not a heading.
fn runs_into_text(rows: &[Vec<TextLine>], column: &Rect) -> bool {
    let is_full = |l: &TextLine| l.bbox.width() > 0.75 * column.width();
    let mut before = &rows[0][0];
    for row in &rows[1..] {
        let ([line], true) = (row.as_slice(), is_full(before)) else { return false };
        let step = across(line) - across(before);
        if !same_size(line.size, before.size) || line.bold != before.bold || !(0.6..2.4).contains(&(step / line.size)) {
            return false;
        }
        if line.text().contains('。') {
            return true;
        }
        before = line;
    }
    false
}

/// A line set flush right, well off the left edge: who wrote it, or when.
fn is_signature(line: &TextLine, column: &Rect) -> bool {
    !line.vertical
        && line.bbox.x0 > column.x0 + 0.35 * column.width()
        && (line.bbox.x1 - column.x1).abs() < 1.5 * line.size
}

impl Draft {
    /// A block of the flow that begins with these lines.
    fn of(kind: BlockKind, lines: Vec<TextLine>, column: &Rect, leaf: usize) -> Self {
        let column = (column.x0, column.x1);
        Self { kind, lines, column, exhibit: None, label_lines: 0, leaf, boxed: false }
    }
}

/// Pieces on one height are one printed line.
fn rows(lines: Vec<TextLine>) -> Vec<Vec<TextLine>> {
    let mut out: Vec<Vec<TextLine>> = Vec::new();
    for line in lines {
        let same = out.last().and_then(|row| row.last()).is_some_and(|last| {
            let overlap = if line.vertical {
                last.bbox.x_overlap(&line.bbox) / line.bbox.width().max(1.0)
            } else {
                last.bbox.y_overlap(&line.bbox) / line.bbox.height().min(last.bbox.height()).max(1.0)
            };
            overlap > 0.6 && last.vertical == line.vertical
        });
        match out.last_mut() {
            Some(row) if same => row.push(line),
            _ => out.push(vec![line]),
        }
    }
    out
}

fn across(line: &TextLine) -> f32 {
    if line.vertical { -line.bbox.center().x } else { line.baseline }
}

/// Where a line begins and ends along its direction.
fn extent(line: &TextLine) -> (f32, f32) {
    if line.vertical { (line.bbox.y0, line.bbox.y1) } else { (line.bbox.x0, line.bbox.x1) }
}

fn usual_step(rows: &[Vec<TextLine>], styles: &Styles) -> f32 {
    let mut steps: Vec<f32> = rows
        .windows(2)
        .map(|w| across(&w[1][0]) - across(&w[0][0]))
        .filter(|s| *s > 0.0 && *s < 2.2 * styles.leading)
        .collect();
    if steps.len() < 4 {
        return styles.leading;
    }
    steps.sort_by(f32::total_cmp);
    steps[steps.len() / 3].max(0.8 * styles.size)
}

/// How surely a line begins an item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ItemStart {
    /// A bullet, a number in brackets or a circle.
    Marked,
    /// A letter or number that could also be the rest of a word.
    Lettered,
}

/// A bullet or an item's number at the beginning of a line.
fn item_start(line: &TextLine) -> Option<ItemStart> {
    let text = line.text();
    let first = text.chars().next()?;
    if is_bullet(first) || matches!(first, '-' | '－' | '–') && text.chars().nth(1).is_some_and(char::is_whitespace)
    {
        return Some(ItemStart::Marked);
    }
    let label = heading_label(text)?;
    match label.system {
        System::Paren | System::HalfParen | System::Circled | System::ParenKana | System::ParenLetter => {
            Some(ItemStart::Marked)
        }
        // ア、 begins a list; ン、 is the end of a name.
        System::Kana if text[label.text.len()..].starts_with('、') && label.value > 3 => None,
        System::Kana | System::Letter | System::Decimal1 | System::Article | System::Kanji => {
            label.spaced.then_some(ItemStart::Lettered)
        }
        _ => None,
    }
}

/// Whether a line goes on with the block before it.
fn stays(draft: &Draft, line: &TextLine, column: &Rect, step: f32, styles: &Styles) -> bool {
    let Some(last) = draft.lines.last() else { return false };
    let em = line.size.max(1.0);
    let gap = across(line) - across(last);
    if gap > 1.42 * step.max(last.size * 1.1) || gap < -0.5 * em || !same_size(last.size, line.size) {
        return false;
    }
    // Who wrote it, and when: each in a line of its own.
    if is_signature(line, column) && is_signature(last, column) {
        return false;
    }
    if last.bold != line.bold && (line.font != last.font) && (line.len() > 6 && last.len() > 6) {
        return false;
    }
    let (left, right) = if styles.vertical { (page_start(draft), f32::INFINITY) } else { (column.x0, column.x1) };
    let (start, _) = extent(line);
    let first = extent(&draft.lines[0]).0;
    let (_, last_end) = extent(last);
    let ended = ends_sentence(last.text());
    let short = last_end < right - 1.6 * em;
    match item_start(line) {
        // （図表2-4-1-⏎3）。: the bracket closes one of the line before.
        Some(ItemStart::Marked) if !short && !ended && closes_bracket_of(last, line) => {}
        Some(ItemStart::Marked) => return false,
        Some(ItemStart::Lettered) if ended || short || draft.kind == BlockKind::ListItem => return false,
        _ => {}
    }
    if draft.kind == BlockKind::ListItem {
        // Hanging lines, or lines back at the edge when the item runs on.
        let hangs = start > first + 0.4 * em;
        return hangs || !(ended || short);
    }
    let continuation = draft.lines.iter().skip(1).map(|l| extent(l).0).fold(f32::INFINITY, f32::min);
    if draft.lines.len() == 1 {
        return match () {
            () if start < first - 0.5 * em => true,
            () if start > first + 0.5 * em => !ended && !short && is_running(last),
            () => !(ended && short) && !(short && is_running(line) && first > left + 0.6 * em),
        };
    }
    if start > continuation + 0.6 * em {
        return !ended && !short && start < continuation + 0.95 * em;
    }
    if start < continuation - 0.6 * em {
        return !ended;
    }
    !(ended && short)
}

fn page_start(draft: &Draft) -> f32 {
    draft.lines.iter().map(|l| extent(l).0).fold(f32::INFINITY, f32::min)
}

fn is_running(line: &TextLine) -> bool {
    line.chars.iter().filter(|c| is_japanese(c.ch)).count() * 2 > line.len()
}

/// Joins paragraphs that go on in the next column, on the next page, or behind an exhibit.
pub(crate) fn join_breaks(drafts: Vec<Draft>, styles: &Styles) -> Vec<Draft> {
    let indents = indents(&drafts);
    let mut out: Vec<Draft> = Vec::new();
    // Index in `out` of the last block of the flow, and whether something broke the flow since.
    let mut open: Option<usize> = None;
    let mut broken = false;
    for draft in drafts {
        let flows =
            matches!(draft.kind, BlockKind::Paragraph | BlockKind::ListItem) && draft.exhibit.is_none() && !draft.boxed;
        if !flows {
            if draft.kind == BlockKind::Heading {
                open = None;
                if let Some(before) = out.last_mut().filter(|before| goes_on_as_title(before, &draft)) {
                    before.lines.extend(draft.lines);
                    continue;
                }
            }
            broken = true;
            out.push(draft);
            continue;
        }
        let target = open.filter(|&k| {
            let before = &out[k];
            let elsewhere = broken || before.leaf != draft.leaf || page_of(before) != page_of(&draft);
            elsewhere && goes_on(before, &draft, indents, styles)
        });
        match target {
            Some(k) => {
                out[k].lines.extend(draft.lines);
                out[k].column = draft.column;
                out[k].leaf = draft.leaf;
            }
            None => {
                open = Some(out.len());
                out.push(draft);
            }
        }
        broken = false;
    }
    out
}

/// Whether a heading is the second line of the one before, although each was taken for a row of its own.
fn goes_on_as_title(before: &Draft, after: &Draft) -> bool {
    let (Some(last), Some(first)) = (before.lines.last(), after.lines.first()) else { return false };
    before.kind == BlockKind::Heading
        && after.label_lines == 0
        && before.leaf != after.leaf
        && last.page == first.page
        && last.bold == first.bold
        && continues(last, first)
        // A full line, and a rest of it.
        && (closes_bracket_of(last, first) || 2.0 * first.bbox.width() < last.bbox.width())
}

fn page_of(draft: &Draft) -> u32 {
    draft.lines.last().map_or(0, |l| l.page)
}

/// Whether paragraphs of this report begin with an indent.
fn indents(drafts: &[Draft]) -> bool {
    let mut counts = [0usize; 2];
    for d in drafts.iter().filter(|d| d.kind == BlockKind::Paragraph && d.lines.len() >= 3) {
        let (first, second) = (extent(&d.lines[0]).0, extent(&d.lines[1]).0);
        counts[usize::from(first > second + 0.6 * d.lines[0].size)] += 1;
    }
    counts[1] > counts[0]
}

fn goes_on(before: &Draft, after: &Draft, indents: bool, styles: &Styles) -> bool {
    let (Some(last), Some(first)) = (before.lines.last(), after.lines.first()) else { return false };
    if !same_size(last.size, first.size)
        || after.kind == BlockKind::ListItem
        || last.vertical != first.vertical
        || first.page > last.page + 1
    {
        return false;
    }
    let em = first.size;
    let left = after
        .lines
        .iter()
        .skip(1)
        .map(|l| extent(l).0)
        .fold(if styles.vertical { extent(first).0 } else { after.column.0 }, f32::min);
    let indented = extent(first).0 > left + 0.6 * em;
    let right =
        if styles.vertical { before.lines.iter().map(|l| extent(l).1).fold(0.0, f32::max) } else { before.column.1 };
    let full = extent(last).1 > right - 1.7 * em;
    let ended = ends_sentence(last.text());
    match (ended, full) {
        // In mid-sentence: an indent alone does not make a new paragraph of it.
        (false, true) => !indented || !indents,
        (false, false) => !indented && before.kind == BlockKind::Paragraph && before.lines.len() > 1,
        (true, true) => indents && !indented && before.lines.len() > 1,
        (true, false) => false,
    }
}

#[cfg(test)]
mod tests {
    use hakusho_model::Color;

    use super::*;
    use crate::line::{LineChar, Standing};

    fn heading(text: &str, size: f32) -> Draft {
        let char = |(i, ch): (usize, char)| {
            let bbox = Rect::new(size * i as f32, 0.0, size * (i + 1) as f32, size);
            let (along, standing) = ((bbox.x0, bbox.x1), Standing::Normal);
            LineChar { ch, bbox, along, size, font: 0, color: Color::BLACK, standing }
        };
        let line = TextLine {
            page: 1,
            chars: text.chars().enumerate().map(char).collect::<Vec<_>>().into(),
            bbox: Rect::new(0.0, 0.0, size * text.chars().count() as f32, size),
            baseline: size,
            size,
            font: 0,
            bold: false,
            color: Color::BLACK,
            vertical: false,
        };
        Draft::of(BlockKind::Heading, vec![line], &Rect::new(0.0, 0.0, 400.0, 0.0), 0)
    }

    fn check(lines: &[(&str, f32)], headings: &[&str]) {
        let mut drafts: Vec<Draft> = lines.iter().map(|(text, size)| heading(text, *size)).collect();
        title_alone(&mut drafts);
        let left = drafts.iter().filter(|d| d.kind == BlockKind::Heading);
        assert_eq!(left.map(|d| d.lines[0].text()).collect::<Vec<_>>(), headings);
    }

    #[test]
    fn a_cover_has_its_title_for_heading() {
        let cover = [("情報白書", 20.0), ("概要編", 16.0), ("調査協会", 15.9), ("2024年3月", 12.0)];
        check(&cover, &["情報白書", "概要編"]);
        // With a sentence on it, it is a page like others.
        check(
            &[("情報白書", 20.0), ("はじめに", 12.0), ("本書を公表する。", 10.0)],
            &["情報白書", "はじめに", "本書を公表する。"],
        );
        check(&[("情報白書", 20.0), ("第1章　総論", 12.0)], &["情報白書", "第1章　総論"]);
    }
}

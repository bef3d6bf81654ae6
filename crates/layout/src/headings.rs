//! Headings: which lines they are, what belongs together, and how deep each stands.

use hakusho_lexicon::LayoutWords;
use hakusho_model::Rect;

use crate::chars::{ends_sentence, is_bullet, is_digit, is_space};
use crate::contents::is_entry;
use crate::line::TextLine;
use crate::numbering::{Label, System, heading_label, tag};
use crate::page::{Page, Role};
use crate::styles::{Styles, same_size};

/// Characters a heading has at most.
const MAX_LENGTH: usize = 70;

/// A tag and its title are this many times as large as the body, at the least.
pub(crate) const TAG_SIZE: f32 = 1.3;

/// A heading in pieces: its number in a banner, its title beside, on one or more lines.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// The line with the number.
    pub(crate) label: usize,
    /// The rest of the number in a line of its own: the year of a tag.
    pub(crate) label_end: Option<usize>,
    /// Lines of the title.
    pub(crate) title: Vec<usize>,
    pub(crate) bbox: Rect,
}

/// Finds headings whose number stands apart from the title, and marks their lines.
pub(crate) fn groups(page: &mut Page<'_>, styles: &Styles) -> Vec<Group> {
    let mut found: Vec<Group> = Vec::new();
    for i in 0..page.lines.len() {
        if page.roles[i] != Role::Flow || page.lines[i].vertical != styles.vertical {
            continue;
        }
        let line = &page.lines[i];
        let numbered = heading_label(line.text()).filter(|l| l.rest.is_empty());
        let tagged = || tag(line.text()).filter(|_| line.size > TAG_SIZE * styles.size);
        let Some(label) = numbered.or_else(tagged) else { continue };
        let drawn = page.in_figure(&line.bbox) && !on_banner(page, &line.bbox);
        if line.size < 0.97 * styles.size || drawn && !is_ordinal(label.system) && label.system != System::Tag {
            continue;
        }
        let mut title = title_lines(page, i, styles);
        if label.system == System::Tag {
            title.retain(|&k| page.lines[k].size > TAG_SIZE * styles.size);
        }
        if title.is_empty() && label.system <= System::Chapter {
            title.extend(title_below(page, i, styles));
        }
        if title.is_empty() {
            continue;
        }
        let label_end = if label.system == System::Tag { year_of_tag(page, i) } else { None };
        title.retain(|&t| Some(t) != label_end);
        let bbox = title.iter().map(|&k| page.lines[k].bbox).fold(line.bbox, |a, b| a.union(&b));
        let k = found.len();
        for &t in title.iter().chain([&i]).chain(&label_end) {
            page.roles[t] = Role::Heading(k);
        }
        found.push(Group { label: i, label_end, title, bbox });
    }
    found
}

/// `:2017` beside or under `A1`.
fn year_of_tag(page: &Page<'_>, i: usize) -> Option<usize> {
    let near = page.lines[i].bbox.grow(0.6 * page.lines[i].size, 0.8 * page.lines[i].size);
    let is_year =
        |text: &str| text.strip_prefix(':').is_some_and(|y| y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit()));
    (0..page.lines.len()).find(|&k| near.overlaps(&page.lines[k].bbox) && is_year(page.lines[k].text().trim()))
}

/// The title of a chapter in large type under its number.
fn title_below(page: &Page<'_>, i: usize, styles: &Styles) -> Option<usize> {
    let line = &page.lines[i];
    let fits = |&k: &usize| {
        let o = &page.lines[k];
        let gap = o.bbox.y0 - line.bbox.y1;
        page.roles[k] == Role::Flow
            && o.vertical == line.vertical
            && o.size > 1.15 * styles.size
            && o.size > 0.9 * line.size
            && gap > -0.2 * line.size
            && gap < 4.0 * line.size
            && o.bbox.x_overlap(&line.bbox) > 0.0
            && heading_label(o.text()).is_none()
    };
    (0..page.lines.len()).filter(fits).min_by(|&a, &b| page.lines[a].bbox.y0.total_cmp(&page.lines[b].bbox.y0))
}

fn is_ordinal(system: System) -> bool {
    system <= System::Ordinal
}

/// A filled shape behind the box that is not the page.
fn on_banner(page: &Page<'_>, bbox: &Rect) -> bool {
    page.content.shapes.iter().any(|s| {
        let b = s.bbox;
        s.fill.is_some_and(|c| c.luma() <= 250)
            && b.intersection(bbox).area() > 0.5 * bbox.area()
            && b.height() < 6.0 * bbox.height()
            && b.width() < 0.95 * page.content.width
    })
}

/// Lines to the right of a number that are its title.
fn title_lines(page: &Page<'_>, i: usize, styles: &Styles) -> Vec<usize> {
    let line = &page.lines[i];
    let differs_from_body = |l: &TextLine| styles.fonts.first().is_some_and(|f| *f != l.font);
    let beside = |&k: &usize| {
        let o = &page.lines[k];
        let gap = o.bbox.x0 - line.bbox.x1;
        k != i
            && page.roles[k] == Role::Flow
            && o.vertical == line.vertical
            && gap > -0.2 * line.size
            && gap < 5.0 * line.size.max(styles.size)
            && o.size >= 0.97 * styles.size
            && o.size > 0.45 * line.size
            && !ends_sentence(o.text())
            && (!styles.is_body(o) || o.bold != styles.bold || differs_from_body(o) && differs_from_body(line))
            && o.bbox.y_overlap(&line.bbox.grow(0.0, 0.9 * o.size)) > 0.5 * o.bbox.height()
    };
    let mut title: Vec<usize> = (0..page.lines.len()).filter(beside).collect();
    title.sort_by(|&a, &b| {
        page.lines[a]
            .baseline
            .total_cmp(&page.lines[b].baseline)
            .then(page.lines[a].bbox.x0.total_cmp(&page.lines[b].bbox.x0))
    });
    // All in the make of the piece on the label's own height.
    let nearest = title.iter().copied().min_by(|&a, &b| {
        let off = |k: usize| (page.lines[k].bbox.center().y - line.bbox.center().y).abs();
        off(a).total_cmp(&off(b))
    });
    if let Some(first) = nearest {
        let make = page.lines[first].clone();
        title.retain(|&k| same_size(page.lines[k].size, make.size) && page.lines[k].font == make.font);
        while let Some(next) = title.last().and_then(|&last| next_title_line(page, line, last, &title)) {
            title.push(next);
        }
    }
    title
}

/// The line on which a title that fills its line goes on: under the number or under the title, in the same make.
fn next_title_line(page: &Page<'_>, label: &TextLine, last: usize, title: &[usize]) -> Option<usize> {
    let mut last = page.lines[last].clone();
    let left = page.lines[title[0]].bbox.x0;
    // The next line may be short, and stand under the number alone.
    last.bbox.x0 = last.bbox.x0.min(label.bbox.x0);
    let fits = |&k: &usize| {
        let o = &page.lines[k];
        page.roles[k] == Role::Flow
            && !title.contains(&k)
            && continues(&last, o)
            && o.bold == last.bold
            && o.bbox.x0 > label.bbox.x0 - 0.5 * o.size
            && o.bbox.x0 < left + 0.5 * o.size
            && o.bbox.x1 < last.bbox.x1 + 0.5 * o.size
    };
    (0..page.lines.len()).find(fits)
}

/// Whether a line in the flow is set as a heading; `column` is the column it stands in.
pub(crate) fn is_heading(line: &TextLine, column: &Rect, styles: &Styles, words: &LayoutWords) -> bool {
    let text = line.text().trim_matches(is_space);
    let ratio = line.size / styles.size;
    let font_differs = !styles.fonts.first().is_some_and(|f| *f == line.font);
    let color_differs = line.color.distance(styles.color) > 60;
    let differs = line.bold != styles.bold && line.bold || color_differs || ratio > 1.06;
    let label = heading_label(text);
    // Most lines are plain text, and the questions below take time.
    let plain = !differs && !font_differs && ratio <= 1.02 && label.is_none() && !text.starts_with('【');
    let count = text.chars().count();
    if plain
        || count == 0
        || count > MAX_LENGTH
        || line.vertical != styles.vertical
        || ends_sentence(text)
        || text.ends_with(['、', '，', '・'])
        || is_entry(text)
        || is_imprint(text)
        || is_code(text)
    {
        return false;
    }
    let first = text.chars().next().unwrap_or(' ');
    if ratio < 0.93 || is_bullet(first) && (ratio < 1.15 || matches!(first, '•' | '・' | '･')) {
        return false;
    }
    if let Some(label) = &label {
        let fills = line.bbox.width() > 0.97 * column.width() && !color_differs && ratio <= 1.06;
        return labelled(label, fills, differs, font_differs, ratio);
    }
    if text.starts_with('【') && text.ends_with('】') {
        return differs || font_differs || count <= 30;
    }
    let wide = line.bbox.width() > 0.97 * column.width() && count > 20;
    let word = words.heading.iter().any(|w| text == w || text.replace(is_space, "") == *w);
    let boxed = words.column.iter().any(|w| text.starts_with(w.as_str())) && count <= 40;
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let plain = text.contains('。') || letters == 0 || wide && ratio < 1.3;
    if plain {
        return false;
    }
    ratio >= 1.15
        || word && (differs || font_differs || ratio > 1.02)
        || boxed && (differs || font_differs)
        || differs && font_differs && ratio >= 0.97 && count <= 45
}

/// A line of a program or of its output: signs that no title has, and no Japanese.
fn is_code(text: &str) -> bool {
    let japanese = text.chars().any(crate::chars::is_japanese);
    let signs =
        text.chars().filter(|c| matches!(c, '=' | ';' | '<' | '>' | '{' | '}' | '"' | '\\' | '$' | '|')).count();
    !japanese && signs >= 2
}

/// Addresses, dates and marks of right: large on a cover, but no section begins there.
fn is_imprint(text: &str) -> bool {
    let is_date = |c: char| is_digit(c) || "年月日版元時点現在令和平成昭和（）() ./-".contains(c) || is_space(c);
    ["http://", "https://", "www.", "※", "＊", "©", "Copyright"].iter().any(|w| text.starts_with(w))
        || text.contains('年') && text.contains(['日', '版']) && text.chars().all(is_date)
}

/// Whether a line with a number is a heading; `wide` lines fill their column like text, in the size and colour of text.
fn labelled(label: &Label, wide: bool, differs: bool, font_differs: bool, ratio: f32) -> bool {
    if label.rest.contains('。') || label.rest.is_empty() && label.system > System::Subsection && ratio < 1.1 {
        return false;
    }
    match label.system {
        System::Volume | System::Part | System::Chapter | System::Section | System::Subsection | System::Ordinal => {
            label.spaced && (differs || font_differs || !wide && label.rest.chars().count() <= 40)
        }
        System::Article => {
            differs || font_differs && !wide || label.rest.starts_with(['（', '(']) && label.rest.ends_with(['）', ')'])
        }
        System::Decimal2 | System::Decimal3 | System::Decimal4 | System::Roman => {
            label.spaced && (differs || font_differs && !wide)
        }
        System::Kana | System::Decimal1 | System::Letter | System::Kanji | System::Tag => {
            label.spaced && (differs || font_differs && !wide)
        }
        System::Paren | System::HalfParen | System::Circled | System::ParenKana | System::ParenLetter => {
            (differs || font_differs) && !wide
        }
    }
}

/// Whether the first bracket of a line is the end of one that the line before left open.
pub(crate) fn closes_bracket_of(last: &TextLine, line: &TextLine) -> bool {
    let open = |c: char| matches!(c, '(' | '（');
    let close = |c: char| matches!(c, ')' | '）');
    let depth = last.chars.iter().fold(0i32, |depth, c| match c.ch {
        ch if open(ch) => depth + 1,
        ch if close(ch) => (depth - 1).max(0),
        _ => depth,
    });
    depth > 0 && line.chars.iter().map(|c| c.ch).find(|&ch| open(ch) || close(ch)).is_some_and(close)
}

/// Whether `line` continues the heading that ends in `last`.
pub(crate) fn continues(last: &TextLine, line: &TextLine) -> bool {
    let step = line.baseline - last.baseline;
    same_size(last.size, line.size)
        && last.font == line.font
        && last.color == line.color
        && (heading_label(line.text()).is_none() || closes_bracket_of(last, line))
        && step > 0.6 * line.size
        && step < 1.9 * line.size
        && line.bbox.x_overlap(&last.bbox) > 0.0
        && !ends_sentence(line.text())
}

/// What decides how deep a heading stands.
#[derive(Clone, Debug)]
pub(crate) struct Make {
    pub(crate) system: Option<System>,
    /// Number in its system; 0 without one.
    pub(crate) value: u32,
    /// Tenths of a point.
    pub(crate) size: u32,
    pub(crate) bold: bool,
    /// The number is reversed out of a disc or a tag.
    pub(crate) tagged: bool,
    /// It heads a box that interrupts the numbered sections (コラム).
    pub(crate) aside: bool,
}

impl Make {
    fn looks_like(&self, other: &Self) -> bool {
        let (a, b) = (f64::from(self.size), f64::from(other.size));
        self.tagged == other.tagged && a <= b * 1.03 && b <= a * 1.03
    }

    fn is_larger(&self, other: &Self, share: f64) -> bool {
        f64::from(self.size) > f64::from(other.size) * share
    }
}

/// Depth from 1 of each heading, in reading order.
///
/// A heading goes below the nearest one before it that outranks it: an outer number system (章 over 節), or larger type. A box
/// with a heading of its own does not end the section that it stands in.
pub(crate) fn levels(makes: &[Make]) -> Vec<u32> {
    let mut stack: Vec<&Make> = Vec::new();
    let mut out = Vec::with_capacity(makes.len());
    for make in makes {
        if make.aside {
            let above = stack.iter().position(|open| !outranks(open, make, &stack)).unwrap_or(stack.len());
            out.push(above as u32 + 1);
            continue;
        }
        while stack.last().is_some_and(|top| !outranks(top, make, &stack)) {
            let peer = stack.pop();
            if peer.is_some_and(|p| p.system.is_some() && p.system == make.system && p.looks_like(make)) {
                break;
            }
        }
        stack.push(make);
        out.push(stack.len() as u32);
    }
    out
}

/// Whether `a`, the innermost open heading of `stack`, is above `b`.
fn outranks(a: &Make, b: &Make, stack: &[&Make]) -> bool {
    if let (Some(x), Some(y)) = (a.system, b.system) {
        if x == y {
            return outranks_in_system(a, b, stack);
        }
        if is_ordinal(x) || is_ordinal(y) {
            return x < y;
        }
    }
    match (a.system, b.system) {
        (Some(x), _) if is_ordinal(x) => true,
        (_, Some(y)) if is_ordinal(y) => false,
        _ if a.is_larger(b, 1.03) => true,
        _ if b.is_larger(a, 1.03) => false,
        (Some(x), Some(y)) => x < y,
        (None, Some(_)) => a.bold && !b.bold,
        // 総評 after 8 … in the same type is its sibling, not a part of it.
        (Some(_), None) => a.bold && !b.bold,
        (None, None) => a.bold && !b.bold,
    }
}

/// One system on two depths: only if the make says so, and the inner one begins at its first number.
fn outranks_in_system(a: &Make, b: &Make, stack: &[&Make]) -> bool {
    // Tags name parts of one rank, in type as large as there was room for.
    if a.system == Some(System::Tag) || a.looks_like(b) || b.is_larger(a, 1.03) {
        return false;
    }
    let open_alike = stack.iter().any(|open| open.system == b.system && open.looks_like(b));
    !open_alike && b.value <= 1 || a.is_larger(b, 1.12)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn make(system: Option<System>, size: u32) -> Make {
        Make { system, value: 2, size, bold: true, tagged: false, aside: false }
    }

    fn check(makes: &[(Option<System>, u32)], expected: &[u32]) {
        let makes: Vec<Make> = makes.iter().map(|&(system, size)| make(system, size)).collect();
        assert_eq!(levels(&makes), expected);
    }

    #[test]
    fn the_same_numbers_in_a_disc_are_a_level_of_their_own() {
        let plain = |value| Make { value, ..make(Some(System::Decimal1), 142) };
        let tagged = |value| Make { value, tagged: true, ..make(Some(System::Decimal1), 128) };
        assert_eq!(levels(&[plain(1), tagged(1), tagged(2), plain(2), tagged(1)]), [1, 2, 2, 1, 2]);
        // Past the limit: an inner series that does not begin at 1 is the same series in other type.
        assert_eq!(levels(&[plain(1), tagged(2)]), [1, 1]);
    }

    #[test]
    fn numbers_nest_by_system_and_size() {
        use System::{Chapter, Circled, Decimal1, Kana, Section};
        check(
            &[
                (Some(Chapter), 240),
                (Some(Section), 140),
                (Some(Circled), 130),
                (Some(Decimal1), 120),
                (Some(Kana), 110),
                (Some(Kana), 110),
                (Some(Circled), 130),
                (Some(Section), 140),
            ],
            &[1, 2, 3, 4, 5, 5, 3, 2],
        );
    }

    #[test]
    fn a_box_does_not_end_the_section_it_stands_in() {
        use System::{Decimal1, Decimal2};
        let aside = Make { aside: true, ..make(None, 140) };
        let chain = [make(Some(Decimal1), 140), make(Some(Decimal2), 120), aside, make(Some(Decimal2), 120)];
        assert_eq!(levels(&chain), [1, 2, 1, 2]);
    }

    #[test]
    fn a_section_before_its_chapter_is_no_parent() {
        check(&[(Some(System::Section), 140), (Some(System::Chapter), 120), (Some(System::Section), 140)], &[1, 1, 2]);
    }

    #[test]
    fn one_system_on_one_size_stays_on_one_level() {
        check(&[(Some(System::Decimal1), 120), (None, 100), (Some(System::Decimal1), 120)], &[1, 2, 1]);
    }
}

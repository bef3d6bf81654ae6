//! Footnotes: the zone at the foot of a page, its notes with their markers, addresses in them.

use hakusho_model::Rect;

use crate::chars::{is_digit, is_japanese, is_space};
use crate::line::{Standing, TextLine};
use crate::numbering::{NoteLabel, note_label};
use crate::page::{Page, Role};
use crate::styles::Styles;
use crate::text::{marker_key, split_markers};

/// A footnote on its page: first its marker line, then the lines that continue it.
#[derive(Clone, Debug)]
pub(crate) struct FoundNote {
    pub(crate) page: u32,
    /// Marker as printed; empty for lines that continue the last note of the page before.
    pub(crate) marker: String,
    /// Lines by index on the page.
    pub(crate) lines: Vec<usize>,
    /// Characters at the start of the first line that are the marker and the space behind it.
    pub(crate) skip: usize,
}

/// The markers that stand raised in a line: `＊6`, `2`, `注3`.
pub(crate) fn raised_markers(line: &TextLine) -> Vec<String> {
    let mut groups: Vec<String> = Vec::new();
    let mut open = false;
    for c in line.chars.iter() {
        if c.standing == Standing::Raised {
            if open && let Some(last) = groups.last_mut() {
                last.push(c.ch);
            } else {
                groups.push(c.ch.to_string());
            }
        }
        open = c.standing == Standing::Raised;
    }
    groups.iter().flat_map(|g| split_markers(g)).collect()
}

/// Finds the footnotes of all pages and marks their lines. Runs before exhibits take their small print.
pub(crate) fn find(pages: &mut [Page<'_>], styles: &Styles) -> Vec<Vec<FoundNote>> {
    let families = families(pages);
    for page in pages.iter_mut() {
        join_markers(page, styles);
    }
    pages.iter_mut().map(|page| on_page(page, styles, &families)).collect()
}

/// Markers set apart from their notes by a tab become part of the note's first line.
///
/// A bare number counts as a marker only where the same number stands raised on the page.
fn join_markers(page: &mut Page<'_>, styles: &Styles) {
    let raised: Vec<String> = page.lines.iter().flat_map(raised_markers).collect();
    let called = |label: &NoteLabel| !label.bare || raised.iter().any(|m| marker_key(m) == marker_key(&label.marker));
    let lone = |line: &TextLine| {
        let text = line.all_text();
        let label = note_label(&text).filter(|l| l.len == text.len() && text.chars().count() <= 4)?;
        (line.size < 0.95 * styles.size && !line.vertical && called(&label)).then_some(())
    };
    let mut gone = Vec::new();
    for i in 0..page.lines.len() {
        if lone(&page.lines[i]).is_none() || page.in_figure(&page.lines[i].bbox) {
            continue;
        }
        let Some(k) = text_beside(page, i, styles) else { continue };
        let mut chars = page.lines[i].chars.clone();
        chars.extend(page.lines[k].chars.iter().copied());
        let bbox = page.lines[i].bbox.union(&page.lines[k].bbox);
        page.lines[k].chars = chars;
        page.lines[k].bbox = bbox;
        gone.push(i);
    }
    for i in gone.into_iter().rev() {
        page.lines.remove(i);
        page.roles.remove(i);
    }
}

/// The line of small type right of a lone marker, in its row.
fn text_beside(page: &Page<'_>, i: usize, styles: &Styles) -> Option<usize> {
    let line = &page.lines[i];
    let beside = |&k: &usize| {
        let o = &page.lines[k];
        let gap = o.bbox.x0 - line.bbox.x1;
        k != i
            && !o.vertical
            && o.size < 0.95 * styles.size
            && o.len() > 3
            && (0.0..4.0).contains(&(gap / o.size))
            && o.bbox.y_overlap(&line.bbox) > 0.6 * line.bbox.height().min(o.bbox.height())
    };
    (0..page.lines.len()).filter(beside).min_by(|&a, &b| page.lines[a].bbox.x0.total_cmp(&page.lines[b].bbox.x0))
}

/// First characters of markers that stand raised in the text: `＊`, `*`, `注`, or a digit (as `0`).
fn families(pages: &[Page<'_>]) -> Vec<char> {
    let mut found: Vec<char> = Vec::new();
    for group in pages.iter().flat_map(|p| &p.lines).flat_map(raised_markers) {
        if let Some(label) = note_label(&group)
            && let Some(family) = family(&label)
            && !found.contains(&family)
        {
            found.push(family);
        }
    }
    found
}

fn family(label: &NoteLabel) -> Option<char> {
    let first = label.marker.chars().find(|c| !matches!(c, '(' | '（' | '[' | '［'))?;
    Some(if is_digit(first) {
        '0'
    } else if first == '*' {
        '＊'
    } else {
        first
    })
}

fn on_page(page: &mut Page<'_>, styles: &Styles, families: &[char]) -> Vec<FoundNote> {
    let Some(top) = zone_top(page, styles, families) else { return Vec::new() };
    let zone: Vec<usize> = (0..page.lines.len()).filter(|&i| in_zone(page, i, top, styles)).collect();
    let mut notes = Vec::new();
    for column in note_columns(page, &zone) {
        notes.extend(split_notes(page, &column, families));
    }
    for note in &notes {
        for &i in &note.lines {
            page.roles[i] = Role::Footnote;
        }
    }
    notes
}

fn in_zone(page: &Page<'_>, i: usize, top: f32, styles: &Styles) -> bool {
    let line = &page.lines[i];
    line.bbox.center().y > top && line.size < 0.95 * styles.size && line.vertical == styles.vertical
}

/// Height above which the footnote zone does not reach, if the page has one.
///
/// A zone begins with a marker line, under a ruling line or a gap, and holds only small type down to the foot.
fn zone_top(page: &Page<'_>, styles: &Styles, families: &[char]) -> Option<f32> {
    let small = |l: &TextLine| l.size < 0.95 * styles.size;
    let mut starts: Vec<(f32, bool)> = Vec::new();
    for line in page.lines.iter().filter(|l| small(l) && !l.vertical) {
        let Some(label) = marker_of(line) else { continue };
        let known = family(&label).is_some_and(|f| families.contains(&f));
        if label.bare && !known {
            continue;
        }
        let clear = page.lines.iter().all(|o| o.bbox.center().y < line.bbox.y0 || small(o) || o.vertical);
        if clear && !page.in_figure(&line.bbox) {
            starts.push((line.bbox.y0, known));
        }
    }
    starts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let under_rule = |y: f32| separator_above(page, y, styles);
    // The highest start right under a separator; else the highest after a gap whose marker stands in the text.
    let ruled = starts.iter().find(|(y, _)| under_rule(*y)).map(|s| s.0);
    let gapped = || starts.iter().find(|(y, known)| *known && gap_above(page, *y, styles)).map(|s| s.0);
    ruled.or_else(gapped).map(|y| y - 1.0)
}

/// A ruling line shortly above a height, with no text between.
fn separator_above(page: &Page<'_>, y: f32, styles: &Styles) -> bool {
    let rule = page
        .content
        .rules
        .iter()
        .filter(|r| r.horizontal && r.bbox.width() > 30.0)
        .map(|r| r.bbox)
        .filter(|b| b.y1 <= y + 2.0 && y - b.y1 < 2.0 * styles.leading);
    rule.max_by(|a, b| a.y1.total_cmp(&b.y1)).is_some_and(|b| {
        let between = page.lines.iter().any(|l| {
            l.bbox.center().y > b.y1 && l.bbox.y1 <= y && !l.vertical && l.bbox.x_overlap(&Rect { y1: y, ..b }) > 0.0
        });
        !between && b.x0 < page.frame.x0 + 0.35 * page.frame.width()
    })
}

fn gap_above(page: &Page<'_>, y: f32, styles: &Styles) -> bool {
    let above = page
        .lines
        .iter()
        .filter(|l| l.bbox.y1 <= y + 1.0 && !l.vertical)
        .map(|l| l.bbox.y1)
        .fold(f32::NEG_INFINITY, f32::max);
    y - above > 0.6 * styles.size
}

/// The marker a line begins with, raised or not.
fn marker_of(line: &TextLine) -> Option<NoteLabel> {
    let raised: String =
        line.chars.iter().take_while(|c| c.standing == Standing::Raised || is_space(c.ch)).map(|c| c.ch).collect();
    if !raised.trim_matches(is_space).is_empty() {
        return note_label(raised.trim_matches(is_space));
    }
    let text = line.text();
    let label = note_label(text)?;
    // A bare number wants a gap behind it, or it is just a number.
    let rest = &text[label.len..];
    let gap = text[..label.len].ends_with(is_space) || label.marker.ends_with([')', '）']);
    let letters =
        rest.chars().next().is_some_and(|c| !is_digit(c) && !matches!(c, '年' | '月' | '日' | '.' | ',' | '-' | '%'));
    (!label.bare || (letters && (gap || gap_after(line, &label)))).then_some(label)
}

/// Whether white space follows the marker's characters.
fn gap_after(line: &TextLine, label: &NoteLabel) -> bool {
    let n = label.marker.chars().count();
    let printed: Vec<_> = line.chars.iter().filter(|c| !is_space(c.ch)).collect();
    printed
        .get(n.wrapping_sub(1))
        .zip(printed.get(n))
        .is_some_and(|(a, b)| b.along.0 - a.along.1 > 0.25 * a.size || (is_japanese(b.ch) && !is_japanese(a.ch)))
}

/// Columns of the zone: notes of double-column pages stand side by side.
fn note_columns(page: &Page<'_>, zone: &[usize]) -> Vec<Vec<usize>> {
    let items: Vec<crate::columns::Item> =
        zone.iter().map(|&i| crate::columns::Item { bbox: page.lines[i].bbox, is_line: true }).collect();
    let size = zone.first().map_or(8.0, |&i| page.lines[i].size);
    crate::columns::order(&items, crate::columns::Measures { gutter: 2.0 * size, size, dividers: &[] })
        .into_iter()
        .map(|leaf| leaf.items.into_iter().map(|k| zone[k]).collect())
        .collect()
}

/// Cuts lines into notes; lines before the first marker continue a note of the page before.
fn split_notes(page: &Page<'_>, lines: &[usize], families: &[char]) -> Vec<FoundNote> {
    let mut notes: Vec<FoundNote> = Vec::new();
    let left = lines.iter().map(|&i| page.lines[i].bbox.x0).fold(f32::INFINITY, f32::min);
    let mut last_number: Option<u32> = None;
    let mut row_of_last: Option<f32> = None;
    for &i in lines {
        let line = &page.lines[i];
        let same_row = row_of_last.is_some_and(|b: f32| (b - line.baseline).abs() < 0.4 * line.size);
        let starts = marker_of(line).filter(|label| {
            let known = family(label).is_some_and(|f| families.is_empty() || families.contains(&f)) || !label.bare;
            let at_edge = line.bbox.x0 < left + 2.2 * line.size;
            let counts_up =
                !label.bare || last_number.is_none_or(|n| number_of(label).is_some_and(|v| v == n + 1 || v == 1));
            known && at_edge && counts_up && !same_row
        });
        match starts {
            Some(label) => {
                last_number = number_of(&label).or(last_number);
                let skip = skip_of(line, &label);
                notes.push(FoundNote { page: line.page, marker: label.marker, lines: vec![i], skip });
            }
            None => match notes.last_mut() {
                Some(note) => note.lines.push(i),
                None => notes.push(FoundNote { page: line.page, marker: String::new(), lines: vec![i], skip: 0 }),
            },
        }
        row_of_last = Some(line.baseline);
    }
    notes
}

fn number_of(label: &NoteLabel) -> Option<u32> {
    let digits: String = label.marker.chars().filter(|c| is_digit(*c)).collect();
    crate::numbering::number_value(&digits)
}

/// Characters of the line's text that belong to the marker. A raised marker is not in the text.
fn skip_of(line: &TextLine, label: &NoteLabel) -> usize {
    let raised = line.chars.iter().find(|c| !is_space(c.ch)).is_some_and(|c| c.standing == Standing::Raised);
    if raised {
        return 0;
    }
    line.text()[..label.len].chars().count()
}

/// The addresses in a text.
pub(crate) fn urls(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = ["http://", "https://"].iter().filter_map(|p| rest.find(p)).min() {
        let tail = &rest[at..];
        let is_part =
            |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '|' | '}');
        let len = tail.find(|c: char| !is_part(c)).unwrap_or(tail.len());
        let mut url = tail[..len].trim_end_matches(['.', ',', ';', ':']);
        // A closing bracket belongs to the address only if it was opened in it.
        while url.ends_with(')') && url.matches(')').count() > url.matches('(').count() {
            url = &url[..url.len() - 1];
        }
        found.push(url.to_owned());
        rest = &tail[len..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        assert_eq!(
            urls("見よhttps://a.example/b_(c).html。次http://x.example/、"),
            ["https://a.example/b_(c).html", "http://x.example/"]
        );
        assert_eq!(urls("<https://a.example/b>（2024/3/22参照）"), ["https://a.example/b"]);
        assert_eq!(urls("(https://a.example/b)"), ["https://a.example/b"]);
        assert_eq!(urls("httpなし"), Vec::<String>::new());
    }
}

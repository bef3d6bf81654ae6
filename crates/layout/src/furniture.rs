//! Furniture: running heads and feet, page numbers, side tabs. Found by recurrence and by standing outside the body.

use std::collections::BTreeMap;

use hakusho_lexicon::LayoutWords;
use hakusho_model::{Artifact, ArtifactKind, PageContent, Rect};

use crate::chars::{is_digit, is_space};
use crate::exhibits::is_value;
use crate::footnotes::raised_markers;
use crate::line::TextLine;
use crate::numbering::{exhibit_number, is_roman_sign, note_label, number_value, source_label};
use crate::styles::{Styles, same_size};
use crate::text::marker_key;

/// Base lines at most this far apart, in points, are one position.
const SAME_PLACE: f32 = 2.5;

/// Type this many times as large as the body is furniture only where it recurs word for word.
const LARGE: f32 = 1.15;

/// Where a line stands in relation to the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Margin {
    Top,
    Bottom,
    Side,
}

/// What was taken out of the flow.
pub(crate) struct Furniture {
    /// By page, in page order.
    pub(crate) artifacts: Vec<Artifact>,
    /// Printed page numbers by page.
    pub(crate) labels: Vec<Option<String>>,
}

/// A line in the margin.
struct Candidate {
    page: usize,
    line: usize,
    margin: Margin,
    key: String,
}

/// Takes the furniture out of `pages` (lines by page).
pub(crate) fn remove(
    pages: &mut [Vec<TextLine>],
    content: &[PageContent],
    styles: &Styles,
    words: &LayoutWords,
) -> Furniture {
    let candidates = candidates(pages, content, styles, words);
    let mut chosen = peeled(&candidates, pages, content, styles);
    chosen.sort_by_key(|c| (c.page, c.line));
    let labels = page_labels(&chosen, pages);
    let mut artifacts = Vec::new();
    for c in &chosen {
        let line = &pages[c.page][c.line];
        artifacts.push(Artifact { kind: kind(c, line), page: line.page, text: line_text(line), bbox: line.bbox });
    }
    for (page, lines) in pages.iter_mut().enumerate() {
        let here = &chosen[chosen.partition_point(|c| c.page < page)..chosen.partition_point(|c| c.page <= page)];
        let gone: Vec<usize> = here.iter().map(|c| c.line).collect();
        let mut index = 0;
        lines.retain(|_| {
            index += 1;
            gone.binary_search(&(index - 1)).is_err()
        });
    }
    Furniture { artifacts, labels }
}

fn line_text(line: &TextLine) -> String {
    let text = line.text();
    if text.is_empty() { line.all_text() } else { text.to_owned() }
}

fn candidates(
    pages: &[Vec<TextLine>],
    content: &[PageContent],
    styles: &Styles,
    words: &LayoutWords,
) -> Vec<Candidate> {
    let mut out = Vec::new();
    for (page, lines) in pages.iter().enumerate() {
        let frame = styles.frame(page as u32 + 1);
        let labels: Vec<&TextLine> = lines.iter().filter(|l| exhibit_number(l.text(), words).is_some()).collect();
        for (i, line) in lines.iter().enumerate() {
            // Captions and source lines begin and end pages too, and all look alike.
            if !labels.iter().any(|label| beside_label(line, label))
                && source_label(line.text(), words).is_none()
                && let Some(margin) = margin(line, &frame, &content[page])
            {
                out.push(Candidate { page, line: i, margin, key: key(line) });
            }
        }
    }
    out
}

/// Whether a line is an exhibit's label or the title in the same row to the right of it. A side tab is taller than any row.
fn beside_label(line: &TextLine, label: &TextLine) -> bool {
    line.vertical == label.vertical
        && line.bbox.x0 >= label.bbox.x0
        && line.bbox.y_overlap(&label.bbox) > 0.5 * line.bbox.height().min(label.bbox.height())
}

/// The margin a line stands in; `None` inside the body frame.
fn margin(line: &TextLine, frame: &Rect, page: &PageContent) -> Option<Margin> {
    let c = line.bbox.center();
    let outside = c.x < frame.x0 - 0.5 * line.size || c.x > frame.x1 + 0.5 * line.size;
    let tall = line.vertical || line.bbox.height() > 2.0 * line.bbox.width();
    if outside
        && (tall || line.len() <= 4 || c.x < 0.08 * page.width || c.x > 0.92 * page.width)
        && line.bbox.width() < 0.15 * page.width
    {
        let in_corner = c.y < frame.y0 || c.y > frame.y1;
        if !in_corner || tall {
            return Some(Margin::Side);
        }
    }
    if line.bbox.y1 <= frame.y0 + 0.2 * line.size && c.y < 0.25 * page.height {
        return Some(Margin::Top);
    }
    if line.bbox.y0 >= frame.y1 - 0.2 * line.size && c.y > 0.75 * page.height {
        return Some(Margin::Bottom);
    }
    None
}

/// Text with digits made equal, so that page numbers recur.
fn key(line: &TextLine) -> String {
    line.all_text()
        .chars()
        .map(|c| if is_digit(c) { '0' } else { c })
        .collect::<String>()
        .replace("00", "0")
        .replace("00", "0")
}

/// Takes rows off from the outer edges inwards, as long as each row has something that recurs or is a page number.
fn peeled<'c>(
    all: &'c [Candidate],
    pages: &[Vec<TextLine>],
    content: &[PageContent],
    styles: &Styles,
) -> Vec<&'c Candidate> {
    let mut chosen: Vec<&Candidate> = Vec::new();
    for (page, lines) in pages.iter().enumerate() {
        let here = &all[all.partition_point(|c| c.page < page)..all.partition_point(|c| c.page <= page)];
        let own = |margin| here.iter().filter(move |c| c.margin == margin);
        chosen.extend(own(Margin::Side).filter(|c| is_side_tab(c, all, pages)));
        for margin in [Margin::Top, Margin::Bottom] {
            let outward = |c: &Candidate| {
                let y = lines[c.line].bbox.center().y;
                if margin == Margin::Top { y } else { -y }
            };
            let mut rows: Vec<&Candidate> = own(margin).collect();
            rows.sort_by(|a, b| outward(a).total_cmp(&outward(b)));
            while let Some(first) = rows.first() {
                let reach = outward(first) + 0.7 * lines[first.line].bbox.height();
                let row: Vec<&Candidate> = rows.iter().copied().take_while(|c| outward(c) <= reach).collect();
                // The first row of a chart or table at the head of a page.
                let value = |c: &&&Candidate| {
                    let text = lines[c.line].text();
                    is_value(text) && text.contains(['.', '%', '％'])
                };
                let figures = row.iter().filter(value).count() >= 2;
                let recurs = !figures && row.iter().any(|c| is_furniture(c, all, pages, content, styles));
                if !recurs || something_beyond(lines, first, &chosen) {
                    break;
                }
                rows.drain(..row.len());
                // The number of a chapter in large type may stand on the height of the page number.
                let stays = |c: &Candidate| {
                    lines[c.line].size > LARGE * styles.size && !is_furniture(c, all, pages, content, styles)
                };
                chosen.extend(row.into_iter().filter(|c| !stays(c)));
            }
        }
    }
    chosen
}

/// Whether a line that is no furniture stands further out than this one.
fn something_beyond(lines: &[TextLine], c: &Candidate, chosen: &[&Candidate]) -> bool {
    let bbox = lines[c.line].bbox;
    lines.iter().enumerate().any(|(i, o)| {
        let out = if c.margin == Margin::Top { o.bbox.y1 < bbox.y0 } else { o.bbox.y0 > bbox.y1 };
        // Those of this page were chosen last.
        let gone = || chosen.iter().rev().take_while(|f| f.page == c.page).any(|f| f.line == i);
        out && !o.vertical && !gone()
    })
}

/// Type in the side margin: vertical even once, anything else when it recurs.
fn is_side_tab(c: &Candidate, all: &[Candidate], pages: &[Vec<TextLine>]) -> bool {
    let peers = all.iter().filter(|o| o.page != c.page && o.margin == c.margin && o.key == c.key);
    pages[c.page][c.line].vertical || distinct_pages(peers) >= 1
}

fn is_furniture(
    c: &Candidate,
    all: &[Candidate],
    pages: &[Vec<TextLine>],
    content: &[PageContent],
    styles: &Styles,
) -> bool {
    let line = &pages[c.page][c.line];
    let text = line.all_text();
    if is_page_number(&text) {
        return !marks_note(line, &text, &pages[c.page]);
    }
    if begins_note(line, &text, &pages[c.page]) {
        return false;
    }
    let peers = all.iter().filter(|o| o.page != c.page && o.margin == c.margin);
    let near = |o: &&Candidate| (pages[o.page][o.line].baseline - line.baseline).abs() < 12.0;
    let same_text = distinct_pages(peers.clone().filter(near).filter(|o| o.key == c.key));
    // Headings begin pages too, and count up: large type must recur word for word on most pages.
    if line.size > LARGE * styles.size {
        let exact = |o: &&Candidate| pages[o.page][o.line].all_text() == text;
        return distinct_pages(peers.filter(near).filter(exact)) * 2 >= content.len();
    }
    // What runs on from the text inside is text: the last line of a note ends at the same height on every page.
    if same_text >= 1 && !runs_on(line, c.margin, &pages[c.page]) || same_text >= 3.max(content.len() / 4) {
        return true;
    }
    if runs_on(line, c.margin, &pages[c.page]) {
        return false;
    }
    // Heads that change their words keep their place: on a sixth of the pages at least.
    let same_place = peers.filter(|o| {
        let other = &pages[o.page][o.line];
        (other.baseline - line.baseline).abs() < SAME_PLACE && same_size(other.size, line.size)
    });
    distinct_pages(same_place) + 1 >= 3.max(content.len().div_ceil(6))
}

/// A line that begins with the marker of a note. A bare number counts where it stands raised on the page.
fn begins_note(line: &TextLine, text: &str, page: &[TextLine]) -> bool {
    note_label(text).is_some_and(|label| {
        !label.bare
            || line.len() > 6
                && page.iter().flat_map(raised_markers).any(|m| marker_key(&m) == marker_key(&label.marker))
    })
}

/// A lone number that is called in the text and has a note beside it.
fn marks_note(line: &TextLine, text: &str, page: &[TextLine]) -> bool {
    let called = page.iter().flat_map(raised_markers).any(|m| marker_key(&m) == marker_key(text));
    let beside = |o: &TextLine| {
        let gap = (o.bbox.x0 - line.bbox.x1) / line.size;
        o.len() > 3 && (0.0..4.0).contains(&gap) && o.bbox.y_overlap(&line.bbox) > 0.6 * line.bbox.height()
    };
    called && page.iter().any(beside)
}

/// Whether a line of the same type stands right inside of this one, as in a paragraph.
fn runs_on(line: &TextLine, margin: Margin, page: &[TextLine]) -> bool {
    page.iter().any(|o| {
        let gap = if margin == Margin::Top { o.bbox.y0 - line.bbox.y1 } else { line.bbox.y0 - o.bbox.y1 };
        !o.vertical
            && same_size(o.size, line.size)
            && gap > -0.5 * line.size
            && gap < 0.9 * line.size
            && (o.baseline - line.baseline).abs() > 0.7 * line.size
            && o.bbox.x_overlap(&line.bbox) > 0.3 * o.bbox.width().min(line.bbox.width())
    })
}

fn distinct_pages<'a>(candidates: impl Iterator<Item = &'a Candidate>) -> usize {
    let mut pages: Vec<usize> = candidates.map(|c| c.page).collect();
    pages.dedup();
    pages.len()
}

/// A number alone, perhaps between dashes: `46`, `- 3 -`, `ⅳ`, `3 / 24`.
fn is_page_number(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| {
        is_space(c)
            || matches!(
                c,
                '-' | '－' | '–' | '―' | '‐' | '−' | '~' | '〜' | '～' | '・' | '|' | '［' | '］' | '[' | ']'
            )
    });
    let bare = bare.strip_prefix(['p', 'P']).map_or(bare, |r| r.trim_start_matches('.'));
    let (first, total) = bare.split_once('/').map_or((bare, None), |(a, b)| (a, Some(b)));
    let plain = |s: &str| !s.is_empty() && s.chars().count() <= 4 && s.chars().all(is_digit);
    let roman = !first.is_empty()
        && first.chars().count() <= 6
        && first.chars().all(|c| matches!(c, 'i' | 'v' | 'x') || is_roman_sign(c));
    (plain(first) || roman) && total.is_none_or(plain)
}

fn kind(c: &Candidate, line: &TextLine) -> ArtifactKind {
    match c.margin {
        Margin::Side => ArtifactKind::SideTab,
        _ if is_page_number(&line.all_text()) => ArtifactKind::PageNumber,
        Margin::Top => ArtifactKind::RunningHead,
        Margin::Bottom => ArtifactKind::RunningFoot,
    }
}

/// Numbers a margin line may give as the page's: itself, or a number at its beginning or end.
fn numbers_in(text: &str) -> Vec<(String, Option<u32>)> {
    let mut found = Vec::new();
    let mut push = |s: &str| {
        let s = s.trim_matches(is_space);
        if !s.is_empty() {
            let lower = s.to_ascii_uppercase();
            let value = if s.chars().all(is_digit) { number_value(s) } else { number_value(&lower) };
            found.push((s.to_owned(), value));
        }
    };
    if is_page_number(text) {
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
        push(bare.split('/').next().unwrap_or(bare));
        return found;
    }
    let tail: String = text.chars().rev().take_while(|c| is_digit(*c)).collect::<Vec<_>>().into_iter().rev().collect();
    let head: String = text.chars().take_while(|c| is_digit(*c)).collect();
    if tail.chars().count() <= 4 {
        push(&tail);
    }
    if head.chars().count() <= 4 {
        push(&head);
    }
    found
}

/// Printed page numbers: the numbers in the margins that count up with the pages.
fn page_labels(chosen: &[&Candidate], pages: &[Vec<TextLine>]) -> Vec<Option<String>> {
    let mut options: Vec<Vec<(String, Option<u32>)>> = vec![Vec::new(); pages.len()];
    for c in chosen.iter().filter(|c| c.margin != Margin::Side) {
        options[c.page].extend(numbers_in(pages[c.page][c.line].text()));
        options[c.page].extend(numbers_in(&pages[c.page][c.line].all_text()));
    }
    let mut offsets: BTreeMap<i64, usize> = BTreeMap::new();
    for (page, list) in options.iter().enumerate() {
        let mut seen: Vec<i64> = list.iter().filter_map(|(_, v)| v.map(|v| i64::from(v) - page as i64)).collect();
        seen.sort_unstable();
        seen.dedup();
        for offset in seen {
            *offsets.entry(offset).or_default() += 1;
        }
    }
    let pick = |page: usize| -> Option<String> {
        let list = &options[page];
        let best = list.iter().max_by_key(|(text, value)| {
            let support = value.and_then(|v| offsets.get(&(i64::from(v) - page as i64))).copied().unwrap_or(0);
            (support, std::cmp::Reverse(text.chars().count()))
        })?;
        let support = best.1.and_then(|v| offsets.get(&(i64::from(v) - page as i64))).copied().unwrap_or(0);
        // A number that no other page confirms counts only where the report is too short to confirm it.
        (support >= 2 || (pages.len() <= 2 && list.len() <= 2)).then(|| best.0.clone())
    };
    (0..pages.len()).map(pick).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_alone() {
        for text in ["46", "- 3 -", "ⅳ", "xii", "3/24", "－12－", "p.5"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["第1部46", "2024年", "12345", "図1", ""] {
            assert!(!is_page_number(text), "{text}");
        }
    }

    #[test]
    fn numbers_at_either_end_of_a_foot() {
        let texts = |s: &str| numbers_in(s).into_iter().map(|n| n.0).collect::<Vec<_>>();
        assert_eq!(texts("令和6年版　情報通信白書　第Ⅰ部47"), ["47"]);
        assert_eq!(texts("46令和6年版"), ["46"]);
        assert_eq!(texts("- 3 -"), ["3"]);
    }
}

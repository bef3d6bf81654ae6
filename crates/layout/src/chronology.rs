//! Chronologies: list items under headings that are nothing but a month, in columns such as 国内 and 海外.

use hakusho_lexicon::{DateContext, LayoutWords, dates, fold};
use hakusho_model::{Artifact, ArtifactKind, Block, BlockKind, Rect};

use crate::flow::Draft;
use crate::line::TextLine;
use crate::styles::Styles;

/// Longest heading that can be a month or a year, in characters.
const LONGEST: usize = 14;

/// Marks the entries of chronologies with their month and the column they stand in.
pub(crate) fn mark(blocks: &mut [Block], sides: &[Side]) {
    let (mut year, mut month): (Option<i32>, Option<String>) = (None, None);
    for block in blocks {
        match block.kind {
            BlockKind::Heading | BlockKind::Paragraph => match period(&block.text, year) {
                Some(Period::Month(y, edtf)) => (year, month) = (Some(y), Some(edtf)),
                Some(Period::Year(y)) => year = Some(y),
                // Anything else under a heading of its own ends the list.
                None if block.kind == BlockKind::Heading => month = None,
                None => {}
            },
            BlockKind::ListItem if month.is_some() && !has_leader(&block.text) => {
                block.kind = BlockKind::ChronologyEntry;
                block.month.clone_from(&month);
                block.side = side_of(block, sides);
            }
            _ => {}
        }
    }
}

/// Whether dots lead to a page number: an entry of a table of contents under the date of a cover.
fn has_leader(text: &str) -> bool {
    ["....", "․․․․", "・・・・", "…………"].iter().any(|dots| text.contains(dots))
}

/// Makes headings of lines that are nothing but a month, in other type than the body, with list items under them.
pub(crate) fn head_months(flow: &mut [Draft], styles: &Styles, words: &LayoutWords) {
    let names_sides =
        |draft: &Draft| draft.lines.iter().all(|l| words.side.contains(&l.text().replace(char::is_whitespace, "")));
    for i in 0..flow.len() {
        let [line] = flow[i].lines.as_slice() else { continue };
        if flow[i].kind != BlockKind::Paragraph || !is_month(line, styles) {
            continue;
        }
        let follows = flow[i + 1..].iter().find(|d| d.lines.is_empty() || !names_sides(d));
        if follows.is_some_and(|d| d.kind == BlockKind::ListItem) {
            flow[i].kind = BlockKind::Heading;
        }
    }
}

/// Whether a line is nothing but a month and set in other type than the body.
pub(crate) fn is_month(line: &TextLine, styles: &Styles) -> bool {
    let differs = styles.fonts.first() != Some(&line.font) || line.size > 1.04 * styles.size || line.bold;
    differs && matches!(period(line.text(), None), Some(Period::Month(..)))
}

/// What a heading that is only a date says.
enum Period {
    Month(i32, String),
    Year(i32),
}

fn period(text: &str, year: Option<i32>) -> Option<Period> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.is_empty() || text.chars().count() > LONGEST {
        return None;
    }
    let folded = fold(&text);
    let found = dates(&folded, &mut DateContext { year, ..DateContext::default() });
    let [date] = found.as_slice() else { return None };
    if date.from != 0 || date.to != folded.chars.len() {
        return None;
    }
    let edtf = date.edtf.as_deref()?;
    let y: i32 = edtf.get(..4)?.parse().ok()?;
    match edtf.len() {
        4 => Some(Period::Year(y)),
        7 => Some(Period::Month(y, edtf.to_owned())),
        _ => None,
    }
}

/// The name of a column of a chronology where it is printed.
#[derive(Clone, Debug)]
pub(crate) struct Side {
    page: u32,
    /// Middle of the name, in points from the left.
    x: f32,
    name: String,
    bbox: Rect,
}

impl Side {
    /// The printed name as furniture: each entry says on which side it stands.
    pub(crate) fn artifact(&self) -> Artifact {
        Artifact { kind: ArtifactKind::Decoration, page: self.page, text: self.name.clone(), bbox: self.bbox }
    }
}

/// Takes the names of columns (国内, 海外) out of the flow of a report with months as headings.
pub(crate) fn take_sides(flow: &mut Vec<Draft>, words: &LayoutWords) -> Vec<Side> {
    let is_month =
        |d: &Draft| d.kind == BlockKind::Heading && matches!(period(&text(d), Some(0)), Some(Period::Month(..)));
    if !flow.iter().any(is_month) {
        return Vec::new();
    }
    let mut out = Vec::new();
    flow.retain(|draft| {
        let sides: Option<Vec<Side>> = draft.lines.iter().map(|line| side(line, words)).collect();
        let gone = sides.filter(|s| !s.is_empty() && draft.kind != BlockKind::Heading);
        out.extend(gone.iter().flatten().cloned());
        gone.is_none()
    });
    out
}

/// Puts the entries of a month that goes on over a page break column by column: all of 国内, then all of 海外.
pub(crate) fn group_sides(flow: &mut [Draft], sides: &[Side]) {
    let mut names: Vec<&str> = Vec::new();
    for side in sides {
        if !names.contains(&side.name.as_str()) {
            names.push(&side.name);
        }
    }
    let rank = |draft: &Draft| {
        let line = draft.lines.first()?;
        let name = nearest_side(line.page, line.bbox.center().x, sides)?;
        names.iter().position(|n| *n == name)
    };
    let mut start = 0;
    while start < flow.len() {
        let under_month = flow[start].kind == BlockKind::Heading
            && matches!(period(&text(&flow[start]), Some(0)), Some(Period::Month(..)));
        start += 1;
        let entries = |d: &&Draft| matches!(d.kind, BlockKind::ListItem | BlockKind::Paragraph) && d.exhibit.is_none();
        let end = start + flow[start..].iter().take_while(entries).count();
        if under_month {
            flow[start..end].sort_by_key(|d| rank(d));
        }
        start = end.max(start);
    }
}

fn side(line: &TextLine, words: &LayoutWords) -> Option<Side> {
    let name = line.text().replace(char::is_whitespace, "");
    let bbox = line.bbox;
    words.side.contains(&name).then(|| Side { page: line.page, x: bbox.center().x, name, bbox })
}

fn text(draft: &Draft) -> String {
    draft.lines.iter().map(TextLine::text).collect()
}

/// The nearest column heading on the block's page, or on the last page before it that has any.
fn side_of(block: &Block, sides: &[Side]) -> Option<String> {
    let line = block.lines.first()?;
    nearest_side(line.page, line.bbox.center().x, sides).map(ToOwned::to_owned)
}

fn nearest_side(page: u32, x: f32, sides: &[Side]) -> Option<&str> {
    let page = sides.iter().map(|s| s.page).filter(|p| *p <= page).max()?;
    let near = sides.iter().filter(|s| s.page == page).min_by(|a, b| (a.x - x).abs().total_cmp(&(b.x - x).abs()))?;
    Some(&near.name)
}

#[cfg(test)]
mod tests {
    use hakusho_model::Line;

    use super::*;

    fn block(kind: BlockKind, text: &str, x: f32) -> Block {
        let bbox = Rect::new(x, 0.0, x + 100.0, 10.0);
        let line = Line { page: 1, start: 0, end: text.chars().count(), bbox };
        Block {
            id: String::new(),
            kind,
            section: None,
            level: None,
            month: None,
            side: None,
            text: text.to_owned(),
            regions: Vec::new(),
            lines: vec![line],
            notes: Vec::new(),
            refs: Vec::new(),
        }
    }

    fn check(blocks: &[(BlockKind, &str, f32)], expected: &[(BlockKind, Option<&str>, Option<&str>)]) {
        let mut blocks: Vec<Block> = blocks.iter().map(|(k, t, x)| block(*k, t, *x)).collect();
        let side = |(name, x): (&str, f32)| Side { page: 1, x, name: name.to_owned(), bbox: Rect::default() };
        mark(&mut blocks, &[("国内", 100.0), ("海外", 350.0)].map(side));
        let found: Vec<_> = blocks.iter().map(|b| (b.kind, b.month.as_deref(), b.side.as_deref())).collect();
        assert_eq!(found, expected);
    }

    const H: BlockKind = BlockKind::Heading;
    const L: BlockKind = BlockKind::ListItem;
    const C: BlockKind = BlockKind::ChronologyEntry;

    #[test]
    fn items_under_a_month_are_entries_of_their_column() {
        check(
            &[(H, "2019年10月", 0.0), (L, "・甲", 60.0), (L, "・乙", 290.0)],
            &[(H, None, None), (C, Some("2019-10"), Some("国内")), (C, Some("2019-10"), Some("海外"))],
        );
    }

    #[test]
    fn months_without_a_year_take_the_year_above_and_another_heading_ends_the_list() {
        check(
            &[(H, "令和元年", 0.0), (H, "12月", 0.0), (L, "・甲", 60.0), (H, "おわりに", 0.0), (L, "・乙", 60.0)],
            &[(H, None, None), (H, None, None), (C, Some("2019-12"), Some("国内")), (H, None, None), (L, None, None)],
        );
    }

    #[test]
    fn a_table_of_contents_under_the_date_of_a_cover_is_no_chronology() {
        check(
            &[(H, "2015年12月", 0.0), (L, "甲 ........ 3", 60.0), (L, "乙...3", 60.0)],
            &[(H, None, None), (L, None, None), (C, Some("2015-12"), Some("国内"))],
        );
    }

    #[test]
    fn a_heading_that_says_more_is_no_month() {
        check(&[(H, "2019年10月の動向", 0.0), (L, "・甲", 60.0)], &[(H, None, None), (L, None, None)]);
    }
}

//! Chronologies: list items under headings that are nothing but a month, in columns such as 国内 and 海外.

use hakusho_lexicon::{DateContext, LayoutWords, dates, fold};
use hakusho_model::{Block, BlockKind};

use crate::flow::Draft;
use crate::line::TextLine;
use crate::styles::Styles;

/// Longest heading that can be a month or a year, in characters.
const LONGEST: usize = 14;

/// Marks the entries of chronologies with their month and the column they stand in.
pub(crate) fn mark(blocks: &mut [Block], words: &LayoutWords) {
    let sides = sides(blocks, words);
    let (mut year, mut month): (Option<i32>, Option<String>) = (None, None);
    for block in blocks {
        match block.kind {
            BlockKind::Heading | BlockKind::Paragraph => match period(&block.text, year) {
                Some(Period::Month(y, edtf)) => (year, month) = (Some(y), Some(edtf)),
                Some(Period::Year(y)) => year = Some(y),
                // The columns' names may stand under each month; anything else under a heading of its own ends the list.
                None if block.kind == BlockKind::Heading => month = None,
                None => {}
            },
            BlockKind::ListItem if month.is_some() => {
                block.kind = BlockKind::ChronologyEntry;
                block.month.clone_from(&month);
                block.side = side_of(block, &sides);
            }
            _ => {}
        }
    }
}

/// Makes headings of lines that are nothing but a month, in other type than the body, with list items under them.
pub(crate) fn head_months(flow: &mut [Draft], styles: &Styles, words: &LayoutWords) {
    let text = |draft: &Draft| draft.lines.iter().map(TextLine::text).collect::<String>();
    let names_sides =
        |draft: &Draft| draft.lines.iter().all(|l| words.side.contains(&l.text().replace(char::is_whitespace, "")));
    for i in 0..flow.len() {
        let [line] = flow[i].lines.as_slice() else { continue };
        let differs = styles.fonts.first() != Some(&line.font) || line.size > 1.04 * styles.size || line.bold;
        if flow[i].kind != BlockKind::Paragraph
            || !differs
            || !matches!(period(&text(&flow[i]), None), Some(Period::Month(..)))
        {
            continue;
        }
        let follows = flow[i + 1..].iter().find(|d| d.lines.is_empty() || !names_sides(d));
        if follows.is_some_and(|d| d.kind == BlockKind::ListItem) {
            flow[i].kind = BlockKind::Heading;
        }
    }
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
    let found = dates(&folded, &mut DateContext { year, edition: None });
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

/// Page, centre and name of the columns' headings.
fn sides(blocks: &[Block], words: &LayoutWords) -> Vec<(u32, f32, String)> {
    let mut out = Vec::new();
    for block in blocks {
        let chars: Vec<char> = block.text.chars().collect();
        for line in &block.lines {
            let from = line.start.min(chars.len());
            let text: String =
                chars[from..line.end.clamp(from, chars.len())].iter().filter(|c| !c.is_whitespace()).collect();
            if words.side.contains(&text) {
                out.push((line.page, line.bbox.center().x, text));
            }
        }
    }
    out
}

/// The nearest column heading on the block's page, or on the last page before it that has any.
fn side_of(block: &Block, sides: &[(u32, f32, String)]) -> Option<String> {
    let line = block.lines.first()?;
    let page = sides.iter().map(|s| s.0).filter(|p| *p <= line.page).max()?;
    let x = line.bbox.center().x;
    let near = sides.iter().filter(|s| s.0 == page).min_by(|a, b| (a.1 - x).abs().total_cmp(&(b.1 - x).abs()))?;
    Some(near.2.clone())
}

#[cfg(test)]
mod tests {
    use hakusho_model::{Line, Rect};

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
        mark(&mut blocks, &LayoutWords::embedded());
        let found: Vec<_> = blocks.iter().map(|b| (b.kind, b.month.as_deref(), b.side.as_deref())).collect();
        assert_eq!(found, expected);
    }

    const H: BlockKind = BlockKind::Heading;
    const P: BlockKind = BlockKind::Paragraph;
    const L: BlockKind = BlockKind::ListItem;
    const C: BlockKind = BlockKind::ChronologyEntry;

    #[test]
    fn items_under_a_month_are_entries_of_their_column() {
        check(
            &[(P, "国　内", 50.0), (P, "海　外", 300.0), (H, "2019年10月", 0.0), (L, "・甲", 60.0), (L, "・乙", 290.0)],
            &[
                (P, None, None),
                (P, None, None),
                (H, None, None),
                (C, Some("2019-10"), Some("国内")),
                (C, Some("2019-10"), Some("海外")),
            ],
        );
    }

    #[test]
    fn months_without_a_year_take_the_year_above_and_another_heading_ends_the_list() {
        check(
            &[(H, "令和元年", 0.0), (H, "12月", 0.0), (L, "・甲", 60.0), (H, "おわりに", 0.0), (L, "・乙", 60.0)],
            &[(H, None, None), (H, None, None), (C, Some("2019-12"), None), (H, None, None), (L, None, None)],
        );
    }

    #[test]
    fn a_heading_that_says_more_is_no_month() {
        check(&[(H, "2019年10月の動向", 0.0), (L, "・甲", 60.0)], &[(H, None, None), (L, None, None)]);
    }
}

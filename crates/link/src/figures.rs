//! Figures: numbers that the running text states, points of charts, number cells of tables; one observation each.

use hakusho_lexicon::{fold, quantities};
use hakusho_model::{Block, BlockKind, Document, Exhibit, Mention, MentionKind, Observation, Quantity, Table, Value};

use crate::clauses::{Range, sentences};

/// Characters before a number that tell what it counts.
const CONTEXT: usize = 24;

/// The figures of the exhibits: points of charts, and cells of tables that are nothing but a number under a heading.
pub(crate) fn exhibit_figures(document: &Document) -> Vec<Observation> {
    let mut out = Vec::new();
    for exhibit in &document.exhibits {
        let points = exhibit.chart.iter().flat_map(|c| &c.points).map(|p| Observation {
            id: String::new(),
            exhibit: Some(exhibit.id.clone()),
            block: None,
            series: p.series.clone(),
            category: p.category.clone(),
            value: p.value,
            unit: p.unit.clone(),
            printed: p.printed.clone(),
        });
        out.extend(points);
        for table in &exhibit.tables {
            cells(exhibit, table, &mut out);
        }
    }
    out
}

/// Number cells of a table with the first cell of their row and the heads of their column.
fn cells(exhibit: &Exhibit, table: &Table, out: &mut Vec<Observation>) {
    let grid = spread(table);
    let heads = grid.iter().take_while(|row| row.iter().skip(1).all(|c| number(c).is_none())).count();
    if heads == 0 || heads == grid.len() {
        return;
    }
    for row in &grid[heads..] {
        let Some(category) = row.first().filter(|c| !c.is_empty() && number(c).is_none()) else { continue };
        for (c, printed) in row.iter().enumerate().skip(1) {
            let Some((value, unit)) = number(printed) else { continue };
            let mut above: Vec<&str> = grid[..heads].iter().filter_map(|r| r.get(c)).map(String::as_str).collect();
            above.dedup();
            let above: Vec<&str> = above.into_iter().map(without_sample_size).collect();
            out.push(Observation {
                id: String::new(),
                exhibit: Some(exhibit.id.clone()),
                block: None,
                series: Some(above.join(" ").trim().to_owned()).filter(|s| !s.is_empty()),
                category: category.clone(),
                value,
                unit,
                printed: printed.clone(),
            });
        }
    }
}

/// A heading without the number of answers behind it (`全体（N=878）`), which names no class of respondents.
fn without_sample_size(text: &str) -> &str {
    let size = |open: char| {
        let (name, rest) = text.rsplit_once(open)?;
        rest.trim_start_matches(['N', 'Ｎ', 'n', 'ｎ']).starts_with(['=', '＝']).then_some(name.trim_end())
    };
    size('（').or_else(|| size('(')).unwrap_or(text)
}

/// The texts of a table by row and column, spans filled in.
fn spread(table: &Table) -> Vec<Vec<String>> {
    let mut grid: Vec<Vec<Option<String>>> = vec![Vec::new(); table.rows.len()];
    for (r, row) in table.rows.iter().enumerate() {
        let mut c = 0;
        for cell in row {
            while grid[r].get(c).is_some_and(Option::is_some) {
                c += 1;
            }
            for line in grid.iter_mut().skip(r).take(cell.row_span.max(1) as usize) {
                let width = c + cell.col_span.max(1) as usize;
                line.resize(line.len().max(width), None);
                line[c..width].fill(Some(cell.text.clone()));
            }
        }
    }
    grid.into_iter().map(|row| row.into_iter().map(Option::unwrap_or_default).collect()).collect()
}

/// The value of a text that is nothing but a number with its unit (`36.5%`, `1,234`).
fn number(text: &str) -> Option<(f64, Option<String>)> {
    let plain: String = text.chars().filter(|c| !matches!(c, ',' | '，' | ' ' | '\u{3000}')).collect();
    let folded = fold(&plain);
    if let Ok(value) = folded.text().parse::<f64>() {
        return Some((value, None));
    }
    match quantities(&folded).as_slice() {
        [one] if one.from == 0 && one.to == folded.chars.len() && one.quantity.max.is_none() => {
            Some((one.quantity.value, one.quantity.unit.clone()))
        }
        _ => None,
    }
}

/// The figures of the running text of a document whose mentions are known.
pub(crate) fn figures(document: &Document, is_measure: &dyn Fn(&str) -> bool) -> Vec<Observation> {
    let mut out = Vec::new();
    let mut open: Option<(&Block, Vec<char>, Vec<Range>)> = None;
    for mention in document.mentions.iter().filter(|m| m.kind == MentionKind::Qty) {
        let Some(Value::Quantity(quantity)) = &mention.value else { continue };
        if !quantity.unit.as_deref().is_some_and(is_measure) {
            continue;
        }
        if open.as_ref().is_none_or(|(b, _, _)| b.id != mention.block) {
            open = document.block(&mention.block).map(|b| {
                let chars: Vec<char> = b.text.chars().collect();
                let ranges = sentences(&chars);
                (b, chars, ranges)
            });
        }
        let Some((block, chars, ranges)) = &open else { continue };
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Box | BlockKind::ListItem) {
            continue;
        }
        out.extend(observations(block, chars, ranges, mention, quantity));
    }
    out
}

/// One observation, or two where a change is stated (`15.2%→21.6%`).
fn observations(
    block: &Block,
    chars: &[char],
    ranges: &[Range],
    mention: &Mention,
    quantity: &Quantity,
) -> Vec<Observation> {
    let sentence = ranges.iter().find(|r| r.start <= mention.start && mention.end <= r.end);
    let from = sentence.map_or(0, |r| r.start).max(mention.start.saturating_sub(CONTEXT));
    let category: String = chars[from..mention.start].iter().collect();
    let values = [Some(quantity.value), quantity.max];
    values
        .into_iter()
        .flatten()
        .map(|value| Observation {
            id: String::new(),
            exhibit: None,
            block: Some(block.id.clone()),
            series: None,
            category: category.trim().to_owned(),
            value,
            unit: quantity.unit.clone(),
            printed: mention.surface.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sample_sizes_are_no_part_of_a_heading() {
        assert_eq!(without_sample_size("全体（N=878）"), "全体");
        assert_eq!(without_sample_size("従業員（正社員）"), "従業員（正社員）");
    }

    #[test]
    fn cells_that_are_numbers() {
        assert_eq!(number("36.5%"), Some((36.5, Some("%".to_owned()))));
        assert_eq!(number("1,234"), Some((1234.0, None)));
        assert_eq!(number("第1位"), None);
        assert_eq!(number("2022年の調査"), None);
    }
}

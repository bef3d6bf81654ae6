//! Survey figures and other numbers that the running text states: one observation each.

use hakusho_model::{Block, BlockKind, Document, Mention, MentionKind, Observation, Quantity, Value};

use crate::clauses::{Range, sentences};

/// Characters before a number that tell what it counts.
const CONTEXT: usize = 24;

/// The figures of a document whose mentions are known. Numbers of exhibits come from the exhibits themselves.
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
        out.extend(observations(block, chars, ranges, mention, quantity, out.len()));
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
    known: usize,
) -> Vec<Observation> {
    let sentence = ranges.iter().find(|r| r.start <= mention.start && mention.end <= r.end);
    let from = sentence.map_or(0, |r| r.start).max(mention.start.saturating_sub(CONTEXT));
    let category: String = chars[from..mention.start].iter().collect();
    let values = [Some(quantity.value), quantity.max];
    values
        .into_iter()
        .flatten()
        .enumerate()
        .map(|(i, value)| Observation {
            id: format!("o{}", known + i + 1),
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

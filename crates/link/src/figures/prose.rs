//! Numbers that the running text states.

use hakusho_model::{Block, BlockKind, Document, Mention, MentionKind, Observation, Quantity, Value};

use super::surveys;
use crate::clauses::{Range, quoted, sentences};

/// Characters before a number that tell what it counts.
const CONTEXT: usize = 24;

/// The figures of the running text of a document whose mentions are known.
pub(super) fn figures(document: &Document, is_measure: &dyn Fn(&str) -> bool) -> Vec<Observation> {
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
        if !is_told(block, chars, mention) {
            continue;
        }
        let inside: Vec<&Mention> = document.mentions.iter().filter(|m| m.block == block.id).collect();
        out.extend(observations(block, chars, ranges, mention, quantity, &inside));
    }
    out
}

/// Whether a number stands in running text: a paragraph, a note, or a cell that tells in sentences.
fn is_told(block: &Block, chars: &[char], mention: &Mention) -> bool {
    match block.kind {
        BlockKind::Paragraph | BlockKind::Box | BlockKind::ListItem => true,
        // What stands in the title of a cited work is not stated here.
        BlockKind::Footnote | BlockKind::Note => !quoted(chars)[mention.start],
        BlockKind::Table => {
            let edge = |c: &char| matches!(c, '\t' | '\n');
            let start = chars[..mention.start].iter().rposition(edge).map_or(0, |i| i + 1);
            let end = chars[mention.end..].iter().position(edge).map_or(chars.len(), |i| mention.end + i);
            chars[start..end].contains(&'。')
        }
        _ => false,
    }
}

/// One observation, or two where a change is stated (`15.2%→21.6%`).
fn observations(
    block: &Block,
    chars: &[char],
    ranges: &[Range],
    mention: &Mention,
    quantity: &Quantity,
    inside: &[&Mention],
) -> Vec<Observation> {
    let sentence = ranges.iter().find(|r| r.start <= mention.start && mention.end <= r.end);
    let from = sentence.map_or(0, |r| r.start).max(mention.start.saturating_sub(CONTEXT));
    let survey = surveys::of_sentence(inside, sentence.map_or(0, |r| r.start), mention.start);
    let category: String = chars[from..mention.start].iter().collect();
    // 3社は…: who is spoken of, counted.
    let bodies = quantity.unit.as_deref().is_some_and(|u| matches!(u, "社" | "者" | "名" | "人" | "団体"));
    let values = [Some(quantity.value), quantity.max].map(|v| v.filter(|_| !(bodies && category.trim().is_empty())));
    values
        .into_iter()
        .flatten()
        .map(|value| Observation {
            id: String::new(),
            exhibit: None,
            block: Some(block.id.clone()),
            series: None,
            category: category.trim().to_owned(),
            group: Vec::new(),
            sample_size: None,
            survey: survey.clone(),
            wave: None,
            value,
            unit: quantity.unit.clone(),
            printed: mention.surface.clone(),
        })
        .collect()
}

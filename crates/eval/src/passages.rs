//! The annotated passages as folded text, and where spans of the document fall in them.

use crate::fold::{Folded, contains, find};
use crate::gold::{Gold, GoldMention, Passage};
use crate::view::{View, ViewBlock};

/// Characters on either side by which two places are the same.
const CONTEXT: usize = 8;
/// Agreement that is enough for any span.
const SURE: usize = 6;
/// Agreement that is enough for a span of [`LONG`] characters.
const LIKELY: usize = 3;
const LONG: usize = 4;
/// How far behind the best place another may be and still be tried.
const MARGIN: usize = 3;
/// Blocks over which a passage without a text is looked for.
const MOST_BLOCKS: usize = 40;

/// A span in an annotated passage, in folded characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    /// Index of the passage.
    pub(crate) passage: usize,
    /// First character. Negative, and unlike any other, where the gold's own words are not in its passage.
    pub(crate) start: i64,
    /// One past the last.
    pub(crate) end: i64,
}

/// The folded text of every passage; what the gold quotes by head and tail is cut from the document.
pub(crate) fn texts(gold: &Gold, view: &View<'_>) -> Vec<Folded> {
    let text = |p: &Passage| p.text.as_ref().map_or_else(|| cut(p, view), |(_, bare)| bare.clone());
    gold.passages.iter().map(text).collect()
}

fn cut(passage: &Passage, view: &View<'_>) -> Folded {
    let page: Vec<u32> = passage.page.into_iter().collect();
    let has_head = |b: &&ViewBlock<'_>| !passage.head.is_empty() && contains(&b.text.chars, &passage.head);
    let begin = |b: &ViewBlock<'_>| find(&b.text.chars, &passage.head, 0).unwrap_or(0);
    let starts = view.on_pages(&page).filter(has_head);
    let Some(block) = starts.min_by_key(|b| (!contains(&b.text.chars, &passage.tail), begin(b))) else {
        return Folded::default();
    };
    let mut text = Vec::new();
    for next in view.blocks[block.index..].iter().take(MOST_BLOCKS) {
        let chars = &next.text.chars;
        let from = if next.index == block.index { begin(block) } else { 0 };
        if let Some(end) = find(chars, &passage.tail, from) {
            text.extend(&chars[from..end + passage.tail.len()]);
            return refold(&text);
        }
        text.extend(&chars[from..]);
    }
    refold(&block.text.chars[begin(block)..])
}

fn refold(chars: &[char]) -> Folded {
    Folded::new(&chars.iter().collect::<String>())
}

/// The span of a gold mention, `row` of its list.
pub(crate) fn gold_span(gold: &Gold, texts: &[Folded], mention: &GoldMention, row: usize) -> Span {
    let passage = gold.passages.iter().position(|p| p.id == mention.passage).unwrap_or_default();
    if let Some((start, end)) = mention.span {
        return Span { passage, start: start as i64, end: end as i64 };
    }
    let missing = -1 - row as i64;
    let (start, end) = occurrence(gold, texts, mention, passage).unwrap_or((missing, missing));
    Span { passage, start, end }
}

/// Start and end of the n-th occurrence of the surface, counted in the passage as printed.
fn occurrence(gold: &Gold, texts: &[Folded], mention: &GoldMention, passage: usize) -> Option<(i64, i64)> {
    let text = texts.get(passage)?;
    let full = gold.passages.get(passage).and_then(|p| p.text.as_ref()).map_or(text, |(full, _)| full);
    let surface = Folded::new(&mention.surface).chars;
    if surface.is_empty() {
        return None;
    }
    let mut at = find(&full.chars, &surface, 0)?;
    for _ in 1..mention.occurrence.max(1) {
        at = find(&full.chars, &surface, at + 1)?;
    }
    let (start, last) = (full.origin(at), full.origin(at + surface.len() - 1));
    Some((text.at(start) as i64, text.at(last + 1) as i64))
}

/// The annotated places that a span of a block can be, the likeliest first; none outside of all passages.
pub(crate) fn places(block: &ViewBlock<'_>, start: usize, end: usize, texts: &[Folded]) -> Vec<Span> {
    let body = &block.text.chars;
    let (start, end) = block.span(start, end);
    let surface = &body[start..end];
    let mut found: Vec<(usize, Span)> = Vec::new();
    for (passage, text) in texts.iter().enumerate().filter(|_| !surface.is_empty()) {
        let mut next = find(&text.chars, surface, 0);
        while let Some(at) = next {
            let after = at + surface.len();
            let near = before(&body[..start], &text.chars[..at]) + behind(&body[end..], &text.chars[after..]);
            if near >= SURE || (near >= LIKELY && surface.len() >= LONG) {
                found.push((near, Span { passage, start: at as i64, end: after as i64 }));
            }
            next = find(&text.chars, surface, at + 1);
        }
    }
    found.sort_by_key(|(near, _)| std::cmp::Reverse(*near));
    let least = found.first().map_or(0, |(near, _)| near.saturating_sub(MARGIN));
    found.into_iter().filter(|(near, _)| *near >= least).map(|(_, span)| span).collect()
}

fn before(a: &[char], b: &[char]) -> usize {
    agreement(a.iter().rev(), b.iter().rev())
}

fn behind(a: &[char], b: &[char]) -> usize {
    agreement(a.iter(), b.iter())
}

/// How well two texts agree from a point outwards, 0 to [`CONTEXT`]: where both end, nothing contradicts; where one ends, little does;
/// a difference counts the more the nearer it is.
fn agreement<'c>(mut a: impl Iterator<Item = &'c char>, mut b: impl Iterator<Item = &'c char>) -> usize {
    for n in 0..CONTEXT {
        match (a.next(), b.next()) {
            (None, None) => return n.max(6),
            (None, _) | (_, None) => return n.max(if n > 0 { 5 } else { 2 }),
            (Some(x), Some(y)) if x != y => return n / 2,
            _ => {}
        }
    }
    CONTEXT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement_from_a_point_outwards() {
        let check = |a: &str, b: &str, want: usize| {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            assert_eq!(behind(&a, &b), want, "{a:?} {b:?}");
        };
        check("", "", 6);
        check("", "a", 2);
        check("a", "ab", 5);
        check("abcdefgh", "abcdefghi", 8);
        check("abcdefgx", "abcdefgh", 3);
        check("x", "y", 0);
    }
}

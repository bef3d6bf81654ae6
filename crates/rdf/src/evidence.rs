//! Evidence (典拠箇所): file, page, quote with context, offsets, one box per printed line, as Web Annotation selectors.

use std::collections::BTreeSet;

use hakusho_model::{Block, Rect};
use oxrdf::NamedNode;

use crate::iris::Iris;
use crate::sink::Sink;
use crate::vocab::{OA, PDF_FRAGMENT, RDF, hk, term};

/// Characters of context on each side of a quote.
const CONTEXT: usize = 12;

/// Writes evidence, each piece once.
#[derive(Debug)]
pub(crate) struct Evidence<'a> {
    pub(crate) iris: &'a Iris,
    /// IRI of each physical page, from page 1.
    pub(crate) pages: &'a [NamedNode],
    written: BTreeSet<String>,
}

impl<'a> Evidence<'a> {
    pub(crate) fn new(iris: &'a Iris, pages: &'a [NamedNode]) -> Self {
        Self { iris, pages, written: BTreeSet::new() }
    }

    /// Evidence for the characters `start..end` of a block; `None` where they are on no page.
    pub(crate) fn of_span(&mut self, sink: &mut Sink, block: &Block, start: usize, end: usize) -> Option<NamedNode> {
        let boxes = block.boxes(start, end);
        let page = boxes.first()?.page;
        let chars: Vec<char> = block.text.chars().collect();
        let part = |a: usize, b: usize| chars[a.min(chars.len())..b.min(chars.len())].iter().collect::<String>();
        let quote = part(start, end);
        let node = self.iris.evidence(&format!("{}:{start}-{end}", block.id), &quote);
        if !self.written.insert(node.as_str().to_owned()) {
            return Some(node);
        }
        sink.kind(&node, hk("Evidence"));
        sink.add(&node, term(OA, "hasSource"), self.iris.source_file());
        for page in boxes.iter().map(|b| b.page).collect::<BTreeSet<u32>>() {
            if let Some(page) = self.pages.get(page as usize - 1) {
                sink.add(&node, hk("onPage"), page.clone());
            }
        }
        sink.japanese(&node, hk("text"), &quote);
        let fragment = |name: &str| NamedNode::new_unchecked(format!("{}#{name}", node.as_str()));
        let (place, quoted, position) = (fragment("page"), fragment("quote"), fragment("pos"));
        sink.add(&node, term(OA, "hasSelector"), place.clone());
        sink.kind(&place, term(OA, "FragmentSelector"));
        sink.add(&place, term("http://purl.org/dc/terms/", "conformsTo"), NamedNode::new_unchecked(PDF_FRAGMENT));
        for region in &boxes {
            sink.text(&place, term(RDF, "value"), &view(region.page, &region.bbox));
        }
        sink.add(&place, term(OA, "refinedBy"), quoted.clone());
        sink.add(&place, term(OA, "refinedBy"), position.clone());
        sink.kind(&quoted, term(OA, "TextQuoteSelector"));
        sink.text(&quoted, term(OA, "exact"), &quote);
        sink.text(&quoted, term(OA, "prefix"), &part(start.saturating_sub(CONTEXT), start));
        sink.text(&quoted, term(OA, "suffix"), &part(end, end + CONTEXT));
        sink.kind(&position, term(OA, "TextPositionSelector"));
        sink.number(&position, term(OA, "start"), start as i64);
        sink.number(&position, term(OA, "end"), end as i64);
        let _ = page;
        Some(node)
    }

    /// Evidence for a whole block.
    pub(crate) fn of_block(&mut self, sink: &mut Sink, block: &Block) -> Option<NamedNode> {
        self.of_span(sink, block, 0, block.text.chars().count())
    }
}

/// `page=2&viewrect=71,80,519,40`: left, top, width, height in points (RFC 3778 as extended by RFC 8118).
fn view(page: u32, b: &Rect) -> String {
    let (x, y) = (b.x0.floor(), b.y0.floor());
    format!("page={page}&viewrect={x:.0},{y:.0},{:.0},{:.0}", (b.x1 - x).ceil(), (b.y1 - y).ceil())
}

/// The sentence of a text that holds the characters `start..end`, as a span of characters, at most `limit` long.
pub(crate) fn sentence(chars: &[char], start: usize, end: usize, limit: usize) -> (usize, usize) {
    let stops = |c: char| matches!(c, '。' | '\n' | '\t');
    let mut from = chars[..start].iter().rposition(|c| stops(*c)).map_or(0, |i| i + 1);
    let mut to = chars[end..]
        .iter()
        .position(|c| stops(*c))
        .map_or(chars.len(), |i| end + i + usize::from(chars[end + i] == '。'));
    if to - from > limit {
        let spare = limit.saturating_sub(end - start) / 2;
        from = from.max(start.saturating_sub(spare));
        to = to.min(end + spare);
    }
    (from, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_and_their_limit() {
        let chars: Vec<char> = "前の文。総務省は公表した。次".chars().collect();
        assert_eq!(sentence(&chars, 4, 7, 100), (4, 13));
        assert_eq!(sentence(&chars, 13, 14, 100), (13, 14));
        let long: Vec<char> = "あ".repeat(300).chars().collect();
        assert_eq!(sentence(&long, 150, 152, 100), (101, 201));
    }

    #[test]
    fn views_cover_the_box() {
        assert_eq!(view(2, &Rect::new(71.6, 80.2, 100.1, 90.0)), "page=2&viewrect=71,80,30,10");
    }
}

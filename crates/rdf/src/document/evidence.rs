//! Evidence (典拠箇所): file, page, quote, offsets, one box per printed line, and by which rules it was read.

use std::collections::{BTreeMap, BTreeSet};

use hakusho_model::{Block, BlockKind, Rect};
use oxrdf::NamedNode;

use super::rules::Rule;
use crate::detail::Detail;
use crate::iris::Iris;
use crate::sink::Sink;
use crate::vocab::{DCTERMS, OA, PDF_FRAGMENT, RDF, hk, term};

/// Characters of context on each side of a quote.
const CONTEXT: usize = 12;
/// Characters a quote has at most when it is cut around a name or a figure.
const QUOTE: usize = 320;

/// One place of the report, with what is known from it.
#[derive(Debug)]
struct Piece<'d> {
    block: &'d Block,
    start: usize,
    end: usize,
    quote: String,
    rules: BTreeSet<String>,
    /// Lowest confidence of what it proves.
    confidence: f64,
    mentions: BTreeSet<String>,
}

/// Collects evidence, each place once, and writes it at the end.
#[derive(Debug)]
pub(crate) struct Evidence<'d> {
    iris: &'d Iris,
    pieces: BTreeMap<String, Piece<'d>>,
}

impl<'d> Evidence<'d> {
    pub(crate) fn new(iris: &'d Iris) -> Self {
        Self { iris, pieces: BTreeMap::new() }
    }

    /// Evidence for the characters `start..end` of a block; `None` where they are on no page.
    pub(crate) fn of_span(&mut self, block: &'d Block, start: usize, end: usize, rule: &Rule<'_>) -> Option<NamedNode> {
        if start >= end || !block.lines.iter().any(|l| start.max(l.start) < end.min(l.end)) {
            return None;
        }
        let quote: String = block.text.chars().skip(start).take(end - start).collect();
        let node = self.iris.evidence(&format!("{}:{start}-{end}", block.id), &quote);
        let piece = self.pieces.entry(node.as_str().to_owned()).or_insert_with(|| Piece {
            block,
            start,
            end,
            quote,
            rules: BTreeSet::new(),
            confidence: 1.0,
            mentions: BTreeSet::new(),
        });
        piece.rules.insert(rule.name.to_owned());
        piece.confidence = piece.confidence.min(rule.confidence);
        Some(node)
    }

    /// Evidence for a whole block.
    pub(crate) fn of_block(&mut self, block: &'d Block, rule: &Rule<'_>) -> Option<NamedNode> {
        self.of_span(block, 0, block.text.chars().count(), rule)
    }

    /// Evidence for the sentence or table row around the characters `start..end`, and where it begins.
    pub(crate) fn around(
        &mut self,
        block: &'d Block,
        chars: &[char],
        (start, end): (usize, usize),
        rule: &Rule<'_>,
    ) -> Option<(NamedNode, usize)> {
        let (from, to) = quote(block.kind, chars, start, end, QUOTE);
        Some((self.of_span(block, from, to, rule)?, from))
    }

    /// Says that a piece of evidence names a thing.
    pub(crate) fn names(&mut self, evidence: &NamedNode, entity: &str) {
        if let Some(piece) = self.pieces.get_mut(evidence.as_str()) {
            piece.mentions.insert(entity.to_owned());
        }
    }

    /// Writes all evidence. `pages` are the IRIs of the physical pages from page 1, `part` the part a block stands in.
    pub(crate) fn write(
        self,
        sink: &mut Sink,
        pages: &[NamedNode],
        detail: Detail,
        part: &dyn Fn(&Block) -> NamedNode,
    ) {
        for (iri, piece) in self.pieces {
            let node = NamedNode::new_unchecked(iri);
            sink.kind(&node, hk("Evidence"));
            sink.add(&node, term(OA, "hasSource"), self.iris.source_file());
            let boxes = piece.block.boxes(piece.start, piece.end);
            // Where it begins; the boxes tell of a second page.
            if let Some(page) = boxes.first().and_then(|b| pages.get(b.page as usize - 1)) {
                sink.add(&node, hk("onPage"), page.clone());
            }
            sink.add(&node, hk("inPart"), part(piece.block));
            sink.japanese(&node, hk("text"), &piece.quote);
            sink.text(&node, hk("offsets"), &format!("{}:{}-{}", piece.block.id, piece.start, piece.end));
            let views: Vec<String> = boxes.iter().map(|b| view(b.page, &b.bbox)).collect();
            sink.text(&node, hk("boxes"), &views.join(" "));
            for rule in &piece.rules {
                sink.text(&node, hk("rule"), rule);
            }
            sink.typed(&node, hk("confidence"), &format!("{:.3}", piece.confidence), "decimal");
            for entity in &piece.mentions {
                sink.add(&node, hk("mentions"), NamedNode::new_unchecked(entity.clone()));
            }
            if detail == Detail::Full {
                selectors(sink, &node, &piece, &views);
            }
        }
    }
}

/// The same place in the terms of Web Annotation: fragment, quote with what stands beside it, position.
fn selectors(sink: &mut Sink, node: &NamedNode, piece: &Piece<'_>, views: &[String]) {
    let fragment = |name: &str| NamedNode::new_unchecked(format!("{}#{name}", node.as_str()));
    let (place, quoted, position) = (fragment("page"), fragment("quote"), fragment("pos"));
    sink.add(node, term(OA, "hasSelector"), place.clone());
    sink.kind(&place, term(OA, "FragmentSelector"));
    sink.add(&place, term(DCTERMS, "conformsTo"), NamedNode::new_unchecked(PDF_FRAGMENT));
    for view in views {
        sink.text(&place, term(RDF, "value"), view);
    }
    sink.add(&place, term(OA, "refinedBy"), quoted.clone());
    sink.add(&place, term(OA, "refinedBy"), position.clone());
    let part = |from: usize, to: usize| piece.block.text.chars().skip(from).take(to - from).collect::<String>();
    sink.kind(&quoted, term(OA, "TextQuoteSelector"));
    sink.text(&quoted, term(OA, "exact"), &piece.quote);
    sink.text(&quoted, term(OA, "prefix"), &part(piece.start.saturating_sub(CONTEXT), piece.start));
    sink.text(&quoted, term(OA, "suffix"), &part(piece.end, piece.end + CONTEXT));
    sink.kind(&position, term(OA, "TextPositionSelector"));
    sink.number(&position, term(OA, "start"), piece.start as i64);
    sink.number(&position, term(OA, "end"), piece.end as i64);
}

/// `page=2&viewrect=71,80,519,40`: left, top, width, height in points (RFC 3778 as extended by RFC 8118).
pub(crate) fn view(page: u32, b: &Rect) -> String {
    let (x, y) = (b.x0.floor(), b.y0.floor());
    format!("page={page}&viewrect={x:.0},{y:.0},{:.0},{:.0}", (b.x1 - x).ceil(), (b.y1 - y).ceil())
}

/// Boxes of all printed lines of a block, each with the characters it holds: `page=2&viewrect=71,80,519,14&char=0,38`
/// (`char=` as in RFC 5147).
pub(crate) fn lines(block: &Block) -> String {
    let line = |l: &hakusho_model::Line| format!("{}&char={},{}", view(l.page, &l.bbox), l.start, l.end);
    block.lines.iter().map(line).collect::<Vec<_>>().join(" ")
}

/// The sentence, the row of a table, or the whole of a short drawing's text that holds the characters `start..end`; at
/// most about `limit` characters.
pub(crate) fn quote(kind: BlockKind, chars: &[char], start: usize, end: usize, limit: usize) -> (usize, usize) {
    if matches!(kind, BlockKind::Chart | BlockKind::Figure) && chars.len() <= limit {
        return (0, chars.len());
    }
    let row = kind == BlockKind::Table;
    let stops = |c: char| c == '\n' || c == '。' && !row;
    let end = end.clamp(start, chars.len());
    let mut from = chars[..start].iter().rposition(|c| stops(*c)).map_or(0, |i| i + 1);
    let complete = end > start && stops(chars[end - 1]);
    let mut to = if complete {
        end
    } else {
        let more = chars[end..].iter().position(|c| stops(*c));
        more.map_or(chars.len(), |i| end + i + usize::from(chars[end + i] == '。'))
    };
    if to - from > limit {
        let spare = limit.saturating_sub(end - start) / 2;
        from = from.max(start.saturating_sub(spare));
        to = to.min(end + spare);
    }
    while from < start && chars[from].is_whitespace() {
        from += 1;
    }
    (from, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: BlockKind, text: &str, span: (usize, usize), limit: usize, expected: (usize, usize)) {
        let chars: Vec<char> = text.chars().collect();
        assert_eq!(quote(kind, &chars, span.0, span.1, limit), expected, "{text}");
    }

    #[test]
    fn sentences_and_their_limit() {
        let text = "前の文。総務省は公表した。次";
        check(BlockKind::Paragraph, text, (4, 7), 100, (4, 13));
        check(BlockKind::Paragraph, text, (4, 13), 100, (4, 13));
        check(BlockKind::Paragraph, text, (13, 14), 100, (13, 14));
        let long = "あ".repeat(300);
        check(BlockKind::Paragraph, &long, (150, 152), 100, (101, 201));
        check(BlockKind::Paragraph, &long[..300], (50, 52), 100, (0, 100));
    }

    #[test]
    fn rows_of_tables_and_whole_drawings() {
        let text = "区分\tN\n全体\t12。5\n製造業\t3";
        check(BlockKind::Table, text, (8, 9), 100, (5, 12));
        check(BlockKind::Chart, text, (8, 9), 100, (0, 18));
        check(BlockKind::Chart, text, (5, 7), 17, (5, 11));
    }

    #[test]
    fn views_cover_the_box() {
        assert_eq!(view(2, &Rect::new(71.6, 80.2, 100.1, 90.0)), "page=2&viewrect=71,80,30,10");
    }
}

//! Passages: paragraphs, list items, boxes, chronology entries, notes; with the boxes of their lines.

use hakusho_model::{Block, BlockKind};
use oxrdf::{Literal, NamedNode};

use super::Writer;
use super::evidence::lines;
use super::rules::{FOOTNOTE, REFERENCE};
use super::things::is_address;
use crate::vocab::{CITO, DCTERMS, DOCO, EDTF, PO, hk, term};

impl<'d> Writer<'d> {
    /// Writes every block that is nothing else: no heading, no part of an exhibit, no footnote.
    pub(super) fn passages(&mut self) {
        for block in &self.document.blocks {
            if !self.parts.contains_key(&block.id) {
                let section = self.section_of(block.section.as_ref());
                self.passage(block, &section);
            }
        }
        // Only now every part that may be referred to has its node.
        for block in &self.document.blocks {
            self.references(block);
        }
    }

    /// Writes a block as a passage of some part.
    pub(super) fn passage(&mut self, block: &'d Block, part: &NamedNode) {
        let node = self.iris.content(&block.id);
        self.parts.insert(block.id.clone(), node.clone());
        self.sink.kind(&node, class(block.kind));
        self.sink.add(&node, term(PO, "isContainedBy"), part.clone());
        let order = self.document.blocks.iter().position(|b| std::ptr::eq(b, block)).unwrap_or_default();
        self.sink.number(&node, hk("order"), order as i64 + 1);
        self.on_page(&node, block.page());
        if let Some(side) = &block.side {
            self.sink.text(&node, hk("side"), side);
        }
        if let Some(month) = &block.month {
            self.sink.add(&node, hk("edtf"), Literal::new_typed_literal(month, term(EDTF, "EDTF")));
        }
        if self.options.text {
            self.sink.japanese(&node, hk("text"), &block.text);
            self.sink.text(&node, hk("boxes"), &lines(block));
        }
    }

    /// Writes the footnotes, and what they refer to.
    pub(super) fn footnotes(&mut self) {
        for note in &self.document.footnotes {
            let node = self.iris.content(&note.id);
            self.sink.kind(&node, term(DOCO, "Footnote"));
            self.sink.text(&node, hk("noteMark"), &note.marker);
            self.sink.japanese(&node, hk("text"), &note.text);
            self.on_page(&node, Some(note.page));
            for address in note.urls.iter().filter(|u| is_address(u)) {
                self.sink.add(&node, term(CITO, "citesForInformation"), NamedNode::new_unchecked(address.clone()));
                self.web_page(address);
            }
            for address in note.urls.iter().filter(|u| !is_address(u)) {
                self.sink.text(&node, term(DCTERMS, "identifier"), address);
            }
            let block = note.block.as_deref().and_then(|id| self.document.block(id));
            let section = self.section_of(block.and_then(|b| b.section.as_ref()));
            self.sink.add(&node, term(PO, "isContainedBy"), section);
            if let Some(block) = block {
                self.sink.text(&node, hk("boxes"), &lines(block));
                self.prove(&node, block, &FOOTNOTE);
                self.parts.insert(block.id.clone(), node.clone());
            }
            self.parts.insert(note.id.clone(), node);
        }
    }

    /// What a block refers to: exhibits, sections, footnotes.
    fn references(&mut self, block: &'d Block) {
        let Some(node) = self.parts.get(&block.id).cloned() else { return };
        for mark in &block.notes {
            if let Some(note) = self.parts.get(&mark.footnote).cloned() {
                self.sink.add(&node, hk("hasNote"), note);
            }
        }
        for (i, reference) in block.refs.iter().enumerate() {
            let exhibit = reference.exhibit.as_ref().and_then(|x| self.parts.get(x)).cloned();
            let section = reference.section.as_ref().and_then(|s| self.sections.get(s)).cloned();
            if let Some(exhibit) = &exhibit {
                self.sink.add(&node, hk("mentionsExhibit"), exhibit.clone());
            }
            if let Some(section) = &section {
                self.sink.add(&node, hk("mentionsSection"), section.clone());
            }
            if self.full() {
                self.reference(block, i, exhibit.or(section));
            }
        }
    }

    /// A reference with its own place; one that leads nowhere has no target.
    fn reference(&mut self, block: &'d Block, i: usize, target: Option<NamedNode>) {
        let reference = &block.refs[i];
        let Some(evidence) = self.evidence.of_span(block, reference.start, reference.end, &REFERENCE) else { return };
        let node = self.iris.claim("ref", &format!("{}:{}-{}", block.id, reference.start, reference.end));
        self.sink.kind(&node, hk("Reference"));
        let printed: String = block.text.chars().skip(reference.start).take(reference.end - reference.start).collect();
        self.sink.text(&node, hk("verbatim"), &printed);
        self.sink.add(&node, hk("evidence"), evidence);
        if let Some(target) = target {
            self.sink.add(&node, term(DCTERMS, "references"), target);
        }
    }
}

/// Class of a passage.
fn class(kind: BlockKind) -> NamedNode {
    match kind {
        BlockKind::Paragraph => term(DOCO, "Paragraph"),
        BlockKind::ListItem => hk("ListItem"),
        BlockKind::Box => term(DOCO, "TextBox"),
        BlockKind::ChronologyEntry => hk("ChronologyEntry"),
        BlockKind::Footnote => term(DOCO, "Footnote"),
        BlockKind::Note => hk("Note"),
        BlockKind::SourceNote => hk("SourceNote"),
        _ => hk("Passage"),
    }
}

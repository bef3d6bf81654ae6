//! Exhibits (図表): caption, body, source note, and in the full graph every cell.

use std::collections::BTreeMap;

use hakusho_model::{Block, BlockKind, Exhibit, ExhibitKind};
use oxrdf::NamedNode;

use super::Writer;
use super::evidence::lines;
use super::rules::{EXHIBIT, SOURCE_NOTE};
use super::sections::unique;
use crate::vocab::{DCTERMS, DOCO, PO, hk, term};

impl<'d> Writer<'d> {
    /// Writes all exhibits.
    pub(super) fn exhibits(&mut self) {
        let mut taken = BTreeMap::new();
        for exhibit in &self.document.exhibits {
            let number = exhibit.number.clone().unwrap_or_else(|| exhibit.id.clone());
            let node = self.iris.exhibit(&unique(number.clone(), &mut taken));
            self.parts.insert(exhibit.id.clone(), node.clone());
            self.sink.kind(&node, hk("Exhibit"));
            let boxed = if exhibit.kind == ExhibitKind::Table { "TableBox" } else { "FigureBox" };
            self.sink.kind(&node, term(DOCO, boxed));
            self.sink.text(&node, hk("exhibitKind"), exhibit.kind.as_str());
            self.sink.text(&node, hk("exhibitNumber"), &number);
            if !exhibit.caption.is_empty() {
                self.sink.japanese(&node, term(DCTERMS, "title"), &exhibit.caption);
            }
            self.on_page(&node, exhibit.regions.first().map(|r| r.page));
            let section = self.section_of(exhibit.section.as_ref());
            self.sink.add(&node, term(PO, "isContainedBy"), section);
            self.exhibit_blocks(&node, exhibit);
            if self.full() {
                self.cells(&node, exhibit);
            }
        }
    }

    fn exhibit_blocks(&mut self, node: &NamedNode, exhibit: &Exhibit) {
        let mut has_body = false;
        for id in &exhibit.blocks {
            let Some(block) = self.document.block(id) else { continue };
            match block.kind {
                BlockKind::Caption => {
                    self.parts.insert(id.clone(), node.clone());
                    self.prove(node, block, &EXHIBIT);
                }
                BlockKind::Table | BlockKind::Chart | BlockKind::Figure if !has_body => {
                    has_body = true;
                    self.parts.insert(id.clone(), node.clone());
                    self.body(node, block, exhibit.caption.is_empty());
                }
                BlockKind::SourceNote => self.source_note(node, block),
                // Notes and further bodies are passages of the exhibit.
                _ => self.passage(block, node),
            }
        }
    }

    /// The body's text. Where there is no caption it has to stand for the exhibit.
    fn body(&mut self, node: &NamedNode, block: &'d Block, stands_for_it: bool) {
        if self.options.text && !block.text.is_empty() {
            self.sink.japanese(node, hk("text"), &block.text);
            self.sink.text(node, hk("boxes"), &lines(block));
        }
        if stands_for_it {
            self.prove(node, block, &EXHIBIT);
        }
    }

    fn source_note(&mut self, exhibit: &NamedNode, block: &'d Block) {
        let node = self.iris.content(&block.id);
        self.parts.insert(block.id.clone(), node.clone());
        self.sink.add(exhibit, hk("sourceNote"), node.clone());
        self.sink.kind(&node, hk("SourceNote"));
        self.sink.add(&node, term(PO, "isContainedBy"), exhibit.clone());
        self.sink.japanese(&node, hk("text"), &block.text);
        self.sink.text(&node, hk("boxes"), &lines(block));
        self.prove(&node, block, &SOURCE_NOTE);
    }

    fn cells(&mut self, exhibit: &NamedNode, content: &Exhibit) {
        for (t, table) in content.tables.iter().enumerate() {
            for (r, row) in table.rows.iter().enumerate() {
                for (c, cell) in row.iter().enumerate() {
                    let node = NamedNode::new_unchecked(format!("{}#t{}r{}c{}", exhibit.as_str(), t + 1, r + 1, c + 1));
                    self.sink.kind(&node, hk("Cell"));
                    self.sink.add(&node, term(PO, "isContainedBy"), exhibit.clone());
                    self.sink.number(&node, hk("row"), r as i64 + 1);
                    self.sink.number(&node, hk("cellInRow"), c as i64 + 1);
                    self.sink.japanese(&node, hk("text"), &cell.text);
                    if cell.row_span > 1 {
                        self.sink.number(&node, hk("rowSpan"), i64::from(cell.row_span));
                    }
                    if cell.col_span > 1 {
                        self.sink.number(&node, hk("columnSpan"), i64::from(cell.col_span));
                    }
                    if cell.header {
                        self.sink.typed(&node, hk("isHeader"), "true", "boolean");
                    }
                }
            }
        }
    }
}

/// The body of an exhibit: its table, chart or figure.
pub(super) fn body<'d>(document: &'d hakusho_model::Document, exhibit: &Exhibit) -> Option<&'d Block> {
    let body = |b: &&Block| matches!(b.kind, BlockKind::Table | BlockKind::Chart | BlockKind::Figure);
    exhibit.blocks.iter().filter_map(|id| document.block(id)).find(body)
}

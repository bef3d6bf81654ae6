//! Sections, and the volumes and chapters they stand in.

use std::collections::BTreeMap;

use hakusho_model::Section;
use oxrdf::NamedNode;

use super::Writer;
use super::rules::HEADING;
use crate::iris::segment;
use crate::vocab::{DCTERMS, DOCO, PO, hk, term};

impl Writer<'_> {
    /// Writes the section tree; headings become the evidence of their sections.
    pub(super) fn sections(&mut self) {
        let above = self.context();
        let mut paths: BTreeMap<String, String> = BTreeMap::new();
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        for (order, section) in self.document.sections.iter().enumerate() {
            let path = unique(path(section, &paths), &mut taken);
            paths.insert(section.id.clone(), path.clone());
            let node = self.iris.content(&path);
            self.sections.insert(section.id.clone(), node.clone());
            self.section(&node, section, order, &above);
        }
    }

    fn section(&mut self, node: &NamedNode, section: &Section, order: usize, above: &NamedNode) {
        let chapter = section.label.as_deref().is_some_and(|l| l.ends_with('章'));
        self.sink.kind(node, term(DOCO, if chapter { "Chapter" } else { "Section" }));
        if let Some(label) = &section.label {
            self.sink.text(node, term(DCTERMS, "identifier"), label);
        }
        self.sink.japanese(node, term(DCTERMS, "title"), &section.title);
        self.sink.number(node, hk("order"), order as i64 + 1);
        let parent = section.parent.as_ref().and_then(|p| self.sections.get(p)).cloned();
        self.sink.add(node, term(PO, "isContainedBy"), parent.unwrap_or_else(|| above.clone()));
        if let Some(block) = section.heading.as_deref().and_then(|id| self.document.block(id)) {
            self.on_page(node, block.page());
            self.prove(node, block, &HEADING);
            self.parts.insert(block.id.clone(), node.clone());
        }
    }

    /// Volumes, parts and chapters that only running heads name; the innermost, else the edition.
    fn context(&mut self) -> NamedNode {
        let mut above = self.iris.edition();
        let mut path = String::from("in");
        for context in &self.document.context {
            path = format!("{path}/{}", segment(&context.label));
            let node = self.iris.content(&path);
            self.sink.kind(&node, term(DOCO, if context.label.ends_with('章') { "Chapter" } else { "Part" }));
            self.sink.text(&node, term(DCTERMS, "identifier"), &context.label);
            self.sink.japanese(&node, term(DCTERMS, "title"), context.title.as_deref().unwrap_or(&context.label));
            self.sink.add(&node, term(PO, "isContainedBy"), above);
            self.on_page(&node, context.pages.first().copied());
            above = node;
        }
        above
    }
}

fn path(section: &Section, paths: &BTreeMap<String, String>) -> String {
    let own = segment(section.label.as_deref().unwrap_or(&section.title));
    let above = section.parent.as_ref().and_then(|p| paths.get(p));
    above.map_or(own.clone(), |a| format!("{a}/{own}"))
}

/// A key that nothing else has: the second of a name gets `~2`.
pub(super) fn unique(key: String, taken: &mut BTreeMap<String, usize>) -> String {
    let n = taken.entry(key.clone()).and_modify(|n| *n += 1).or_insert(1);
    if *n > 1 { format!("{key}~{n}") } else { key }
}

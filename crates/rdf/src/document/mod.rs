//! The graph of a file: what its document says, each claim with its evidence.

mod events;
mod evidence;
mod exhibits;
mod figures;
mod mentions;
mod passages;
mod rankings;
mod rules;
mod sections;
mod things;

use std::collections::BTreeMap;

use hakusho_lexicon::{Edition, Entry};
use hakusho_model::{Block, Document, PageInfo, Severity};
use oxrdf::{NamedNode, Quad};

use crate::authority::describe;
use crate::detail::{Detail, GraphOptions};
use crate::document::evidence::Evidence;
use crate::document::rules::Rule;
use crate::iris::Iris;
use crate::sink::Sink;
use crate::vocab::{DCTERMS, PO, RDFS, hk, term};

/// Graph that holds what several files share and no authority list has: labels of unlisted names, answer items, survey waves.
///
/// A union of graphs counts a statement as often as it stands in them, so what files share stands here, once.
pub const THINGS_GRAPH: &str = "graph/things";

/// Everything a document says: in the graph of its file, and what it shares with other files in [`THINGS_GRAPH`].
///
/// Sorted, without blank nodes, the same for the same document. `named` are the entries it names that no reference graph
/// has: those of imported layers. A register has half a million of them and a report a few, so they are described where
/// they are named.
pub fn document_quads<'e>(
    document: &Document,
    edition: &Edition,
    base: &str,
    named: impl IntoIterator<Item = &'e Entry>,
    options: GraphOptions,
) -> Vec<Quad> {
    let iris = Iris::new(base, document, edition);
    let pages = page_iris(document, &iris);
    let mut writer = Writer {
        document,
        edition_year: edition.year,
        iris: &iris,
        sink: Sink::new(iris.graph()),
        things: Sink::new(iris.at(THINGS_GRAPH)),
        evidence: Evidence::new(&iris),
        pages: &pages,
        sections: BTreeMap::new(),
        parts: BTreeMap::new(),
        options,
    };
    writer.page_nodes();
    writer.sections();
    writer.exhibits();
    writer.footnotes();
    writer.passages();
    writer.mentions();
    writer.unlisted();
    describe(named, base, &mut writer.things);
    writer.events();
    writer.figures();
    writer.rankings();
    writer.defects();
    writer.finish()
}

/// Page IRIs: by printed number where it is unique in the file, else by physical page.
fn page_iris(document: &Document, iris: &Iris) -> Vec<NamedNode> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for label in document.pages.iter().filter_map(|p| p.label.as_deref()) {
        *seen.entry(label).or_default() += 1;
    }
    let key = |p: &PageInfo| match p.label.as_deref() {
        Some(label) if seen.get(label) == Some(&1) => label.to_owned(),
        _ => format!("pdf-{}", p.index),
    };
    document.pages.iter().map(|p| iris.page(&key(p))).collect()
}

struct Writer<'d> {
    document: &'d Document,
    edition_year: Option<i32>,
    iris: &'d Iris,
    /// Graph of the file.
    sink: Sink,
    /// What files share.
    things: Sink,
    evidence: Evidence<'d>,
    /// IRI of each physical page, from page 1.
    pages: &'d [NamedNode],
    /// Section id to node.
    sections: BTreeMap<String, NamedNode>,
    /// Block id, and exhibit id, to the part of the report it is or belongs to.
    parts: BTreeMap<String, NamedNode>,
    options: GraphOptions,
}

impl<'d> Writer<'d> {
    fn full(&self) -> bool {
        self.options.detail == Detail::Full
    }

    fn page_nodes(&mut self) {
        for (page, node) in self.document.pages.iter().zip(self.pages) {
            self.sink.kind(node, hk("Page"));
            self.sink.number(node, hk("pageIndex"), i64::from(page.index));
            self.sink.text(node, hk("printedPage"), page.label.as_deref().unwrap_or(""));
            self.sink.add(node, term(PO, "isContainedBy"), self.iris.edition());
            if self.full() {
                self.sink.typed(node, hk("pageWidth"), &points(page.width), "decimal");
                self.sink.typed(node, hk("pageHeight"), &points(page.height), "decimal");
            }
        }
    }

    fn on_page(&mut self, node: &NamedNode, page: Option<u32>) {
        if let Some(page) = page.and_then(|p| self.pages.get(p as usize - 1)) {
            self.sink.add(node, hk("onPage"), page.clone());
        }
    }

    /// Gives a node a block as its evidence.
    fn prove(&mut self, node: &NamedNode, block: &'d Block, rule: &Rule<'_>) {
        if let Some(evidence) = self.evidence.of_block(block, rule) {
            self.sink.add(node, hk("evidence"), evidence);
        }
    }

    /// The section a block stands in, else the edition.
    fn section_of(&self, section: Option<&String>) -> NamedNode {
        section.and_then(|s| self.sections.get(s)).cloned().unwrap_or_else(|| self.iris.edition())
    }

    fn defects(&mut self) {
        for (i, defect) in self.document.diagnostics.iter().enumerate() {
            let node = self.iris.defect(&i.to_string());
            self.sink.kind(&node, hk("Defect"));
            self.sink.text(&node, hk("defectCode"), defect.code.as_str());
            self.sink.english(&node, term(RDFS, "label"), &defect.message);
            self.sink.add(&node, term(DCTERMS, "isPartOf"), self.iris.source_file());
            self.on_page(&node, defect.page);
            let severity = match defect.severity {
                Severity::Info => "info",
                Severity::Warning => "warning",
                Severity::Error => "error",
            };
            self.sink.text(&node, hk("severity"), severity);
        }
    }

    /// All quads of both graphs, sorted.
    fn finish(mut self) -> Vec<Quad> {
        let (parts, edition) = (&self.parts, self.iris.edition());
        let part = |block: &Block| parts.get(&block.id).cloned().unwrap_or_else(|| edition.clone());
        self.evidence.write(&mut self.sink, self.pages, self.options.detail, &part);
        let mut quads = self.sink.finish();
        quads.extend(self.things.finish());
        quads
    }
}

/// A length in points, to a tenth.
fn points(value: f32) -> String {
    format!("{:.1}", f64::from(value))
}

#[cfg(test)]
mod tests;

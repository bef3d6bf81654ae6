//! A document as quads of one graph: pages, sections, exhibits, footnotes, mentions, defects. What the archive knows of
//! file and edition is in the registry, so that no statement stands in two graphs.

use std::collections::BTreeMap;

use hakusho_lexicon::{Edition, Entry};
use hakusho_model::{Block, BlockKind, Document, ExhibitKind, Severity};
use oxrdf::{NamedNode, Quad};

use crate::authority::{describe, kind_class};
use crate::claims::Claims;
use crate::evidence::{Evidence, sentence};
use crate::iris::{Iris, segment};
use crate::sink::Sink;
use crate::vocab::{DCTERMS, DOCO, PO, RDFS, SCHEMA, SKOS, hk, term};

/// Characters a quote has at most when it is cut around a name.
const QUOTE: usize = 160;

/// Everything a document says, in the graph of its file: sorted, without blank nodes, the same for the same document.
///
/// `named` are the entries it names that no reference graph has: those of imported layers. A register has half a million
/// of them and a report a few, so they are described where they are named.
pub fn document_quads<'e>(
    document: &Document,
    edition: &Edition,
    base: &str,
    named: impl IntoIterator<Item = &'e Entry>,
) -> Vec<Quad> {
    let iris = Iris::new(base, document, edition);
    let mut sink = Sink::new(iris.graph());
    let pages = page_iris(document, &iris);
    page_nodes(document, &iris, &pages, &mut sink);
    let mut writer = Writer {
        document,
        iris: &iris,
        sink,
        evidence: Evidence::new(&iris, &pages),
        pages: &pages,
        sections: BTreeMap::new(),
        parts: BTreeMap::new(),
    };
    writer.sections();
    writer.exhibits();
    writer.footnotes();
    writer.references();
    writer.mentions();
    writer.unlisted();
    describe(named, base, &mut writer.sink);
    writer.claims();
    writer.defects();
    writer.sink.finish()
}

/// Page IRIs: by printed number where it is unique in the file, else by physical page.
fn page_iris(document: &Document, iris: &Iris) -> Vec<NamedNode> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for label in document.pages.iter().filter_map(|p| p.label.as_deref()) {
        *seen.entry(label).or_default() += 1;
    }
    let key = |p: &hakusho_model::PageInfo| match p.label.as_deref() {
        Some(label) if seen.get(label) == Some(&1) => label.to_owned(),
        _ => format!("pdf-{}", p.index),
    };
    document.pages.iter().map(|p| iris.page(&key(p))).collect()
}

fn page_nodes(document: &Document, iris: &Iris, pages: &[NamedNode], sink: &mut Sink) {
    for (page, node) in document.pages.iter().zip(pages) {
        sink.kind(node, hk("Page"));
        sink.number(node, hk("pageIndex"), i64::from(page.index));
        sink.text(node, hk("printedPage"), page.label.as_deref().unwrap_or(""));
        sink.add(node, term(PO, "isContainedBy"), iris.edition());
    }
}

/// The exhibit, footnote or section a block stands in, else the edition.
fn part_of(
    block: &Block,
    parts: &BTreeMap<String, NamedNode>,
    sections: &BTreeMap<String, NamedNode>,
    iris: &Iris,
) -> NamedNode {
    let section = || block.section.as_ref().and_then(|s| sections.get(s));
    parts.get(&block.id).or_else(section).cloned().unwrap_or_else(|| iris.edition())
}

struct Writer<'a> {
    document: &'a Document,
    iris: &'a Iris,
    sink: Sink,
    evidence: Evidence<'a>,
    pages: &'a [NamedNode],
    /// Section id to node.
    sections: BTreeMap<String, NamedNode>,
    /// Block id to the exhibit or footnote it belongs to.
    parts: BTreeMap<String, NamedNode>,
}

impl Writer<'_> {
    fn on_page(&mut self, node: &NamedNode, page: Option<u32>) {
        if let Some(page) = page.and_then(|p| self.pages.get(p as usize - 1)) {
            self.sink.add(node, hk("onPage"), page.clone());
        }
    }

    fn prove(&mut self, node: &NamedNode, block: &Block) {
        if let Some(evidence) = self.evidence.of_block(&mut self.sink, block) {
            self.sink.add(node, hk("evidence"), evidence);
        }
    }

    fn sections(&mut self) {
        let mut paths: BTreeMap<String, String> = BTreeMap::new();
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        for (order, section) in self.document.sections.iter().enumerate() {
            let own = segment(section.label.as_deref().unwrap_or(&section.title));
            let above = section.parent.as_ref().and_then(|p| paths.get(p));
            let path = above.map_or(own.clone(), |a| format!("{a}/{own}"));
            let n = taken.entry(path.clone()).and_modify(|n| *n += 1).or_insert(1);
            let path = if *n > 1 { format!("{path}~{n}") } else { path };
            paths.insert(section.id.clone(), path.clone());
            let node = self.iris.content(&path);
            let chapter = section.label.as_deref().is_some_and(|l| l.ends_with('章'));
            self.sink.kind(&node, term(DOCO, if chapter { "Chapter" } else { "Section" }));
            if let Some(label) = &section.label {
                self.sink.text(&node, term(DCTERMS, "identifier"), label);
            }
            self.sink.japanese(&node, term(DCTERMS, "title"), &section.title);
            self.sink.number(&node, hk("order"), order as i64 + 1);
            let parent = section.parent.as_ref().and_then(|p| self.sections.get(p)).cloned();
            self.sink.add(&node, term(PO, "isContainedBy"), parent.unwrap_or_else(|| self.iris.edition()));
            let heading = section.heading.as_deref().and_then(|id| self.document.block(id));
            if let Some(block) = heading {
                self.on_page(&node, block.page());
                self.prove(&node, block);
            }
            self.sections.insert(section.id.clone(), node);
        }
    }

    fn exhibits(&mut self) {
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        for exhibit in &self.document.exhibits {
            let key = exhibit.number.clone().unwrap_or_else(|| exhibit.id.clone());
            let n = taken.entry(key.clone()).and_modify(|n| *n += 1).or_insert(1);
            let node = self.iris.exhibit(&if *n > 1 { format!("{key}~{n}") } else { key.clone() });
            self.sink.kind(&node, hk("Exhibit"));
            let boxed = if exhibit.kind == ExhibitKind::Table { "TableBox" } else { "FigureBox" };
            self.sink.kind(&node, term(DOCO, boxed));
            self.sink.text(&node, hk("exhibitNumber"), &key);
            if !exhibit.caption.is_empty() {
                self.sink.japanese(&node, term(DCTERMS, "title"), &exhibit.caption);
            }
            self.on_page(&node, exhibit.regions.first().map(|r| r.page));
            let section = exhibit.section.as_ref().and_then(|s| self.sections.get(s)).cloned();
            self.sink.add(&node, term(PO, "isContainedBy"), section.unwrap_or_else(|| self.iris.edition()));
            for id in &exhibit.blocks {
                let Some(block) = self.document.block(id) else { continue };
                self.parts.insert(id.clone(), node.clone());
                match block.kind {
                    BlockKind::Caption => self.prove(&node, block),
                    // Without a caption its content has to stand for it.
                    BlockKind::Table | BlockKind::Chart | BlockKind::Figure if exhibit.caption.is_empty() => {
                        self.prove(&node, block);
                    }
                    BlockKind::SourceNote => self.source_note(&node, block),
                    _ => {}
                }
            }
            self.parts.insert(exhibit.id.clone(), node);
        }
    }

    fn source_note(&mut self, exhibit: &NamedNode, block: &Block) {
        let node = NamedNode::new_unchecked(format!("{}/src-{}", exhibit.as_str(), block.id));
        self.sink.add(exhibit, hk("sourceNote"), node.clone());
        self.sink.kind(&node, hk("SourceNote"));
        self.sink.japanese(&node, hk("text"), &block.text);
        self.prove(&node, block);
    }

    fn footnotes(&mut self) {
        for note in &self.document.footnotes {
            let node = self.iris.content(&note.id);
            self.sink.kind(&node, term(DOCO, "Footnote"));
            self.sink.text(&node, hk("noteMark"), &note.marker);
            self.sink.japanese(&node, hk("text"), &note.text);
            self.on_page(&node, Some(note.page));
            for url in &note.urls {
                self.sink.text(&node, term(DCTERMS, "references"), url);
            }
            if let Some(block) = note.block.as_deref().and_then(|id| self.document.block(id)) {
                self.prove(&node, block);
                self.parts.insert(block.id.clone(), node.clone());
            }
            for anchor in &note.anchors {
                let section = self
                    .document
                    .block(&anchor.block)
                    .and_then(|b| b.section.as_ref())
                    .and_then(|s| self.sections.get(s))
                    .cloned();
                if let Some(section) = section {
                    self.sink.add(&section, hk("hasNote"), node.clone());
                }
            }
        }
    }

    /// Sections that refer to exhibits.
    fn references(&mut self) {
        for block in &self.document.blocks {
            let Some(section) = block.section.as_ref().and_then(|s| self.sections.get(s)).cloned() else { continue };
            for exhibit in block.refs.iter().filter_map(|r| r.exhibit.as_ref()) {
                if let Some(node) = self.parts.get(exhibit).cloned() {
                    self.sink.add(&section, hk("mentionsExhibit"), node);
                }
            }
        }
    }

    fn mentions(&mut self) {
        let mut open: Option<(&Block, Vec<char>)> = None;
        for mention in &self.document.mentions {
            let Some(entity) = &mention.entity else { continue };
            if open.as_ref().is_none_or(|(b, _)| b.id != mention.block) {
                open = self.document.block(&mention.block).map(|b| (b, b.text.chars().collect()));
            }
            let Some((block, chars)) = &open else { continue };
            let (from, to) = sentence(chars, mention.start, mention.end, QUOTE);
            let Some(evidence) = self.evidence.of_span(&mut self.sink, block, from, to) else { continue };
            let node = self.iris.mention(&format!("{}:{}-{}:{entity}", mention.block, mention.start, mention.end));
            self.sink.kind(&node, hk("Mention"));
            self.sink.add(&node, hk("mentions"), NamedNode::new_unchecked(entity.clone()));
            self.sink.text(&node, hk("verbatim"), &mention.surface);
            self.sink.number(&node, hk("startOffset"), (mention.start - from) as i64);
            self.sink.text(&node, hk("rule"), &mention.rule);
            self.sink.typed(&node, hk("confidence"), &format!("{:.3}", mention.confidence), "decimal");
            self.sink.add(&node, hk("evidence"), evidence);
            self.sink.add(&node, hk("inPart"), part_of(block, &self.parts, &self.sections, self.iris));
        }
    }

    /// Names that no authority list has.
    fn unlisted(&mut self) {
        for entity in self.document.entities.iter().filter(|e| !e.listed) {
            let node = NamedNode::new_unchecked(entity.id.clone());
            self.sink.kind(&node, kind_class(entity.kind));
            self.sink.japanese(&node, term(SKOS, "prefLabel"), &entity.label);
            if let Some((predicate, whole)) = self.belongs_to(&entity.id) {
                self.sink.add(&node, predicate, whole);
            }
        }
    }

    /// What an unlisted thing is derived from: an edition from its series, a place's body from the place.
    fn belongs_to(&self, id: &str) -> Option<(NamedNode, NamedNode)> {
        let base = self.iris.at("");
        let path = id.strip_prefix(base.as_str())?;
        if let Some(place) = path.strip_prefix("org/of/") {
            return Some((term(SCHEMA, "areaServed"), self.iris.at(&format!("place/{place}"))));
        }
        let edition = ["survey/", "cert/", "law/"].iter().any(|k| path.starts_with(k)) && !path.contains("/nil/");
        let series = edition.then(|| path.rsplit_once('/')).flatten()?.0;
        Some((term(DCTERMS, "isVersionOf"), self.iris.at(series)))
    }

    fn claims(&mut self) {
        let (parts, sections, iris) = (&self.parts, &self.sections, self.iris);
        let part_of = |block: &Block| part_of(block, parts, sections, iris);
        let (sink, evidence) = (&mut self.sink, &mut self.evidence);
        Claims { document: self.document, iris, sink, evidence, part_of: &part_of }.write();
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
            self.sink.text(&node, term(DCTERMS, "type"), severity);
        }
    }
}

#[cfg(test)]
mod tests {
    use hakusho_model::{Exhibit, Line, PageInfo, Rect, Region, Source};

    use super::*;

    /// Quads of a report with one exhibit that has no caption, read as `kind`.
    fn quads(kind: ExhibitKind, content: BlockKind) -> Vec<String> {
        let mut document = Document::new(Source::default());
        let (region, bbox) =
            (Region { page: 1, bbox: Rect::new(10.0, 10.0, 90.0, 90.0) }, Rect::new(10.0, 10.0, 90.0, 20.0));
        document.pages.push(PageInfo { index: 1, label: None, width: 100.0, height: 100.0, ocr_confidence: None });
        document.blocks.push(Block {
            id: "b1".to_owned(),
            kind: content,
            section: None,
            level: None,
            month: None,
            side: None,
            text: "攻撃".to_owned(),
            regions: vec![region],
            lines: vec![Line { page: 1, start: 0, end: 2, bbox }],
            notes: Vec::new(),
            refs: Vec::new(),
        });
        document.exhibits.push(Exhibit {
            id: "x1".to_owned(),
            label: None,
            number: None,
            caption: String::new(),
            kind,
            section: None,
            regions: vec![region],
            source: None,
            notes: Vec::new(),
            tables: Vec::new(),
            chart: None,
            blocks: vec!["b1".to_owned()],
        });
        document_quads(&document, &Edition::default(), "https://example.org/id/", [])
            .iter()
            .map(Quad::to_string)
            .collect()
    }

    #[test]
    fn an_exhibit_without_a_caption_is_proved_by_its_content() {
        for (kind, content) in [
            (ExhibitKind::Table, BlockKind::Table),
            (ExhibitKind::Chart, BlockKind::Chart),
            (ExhibitKind::Diagram, BlockKind::Figure),
        ] {
            let quads = quads(kind, content);
            assert!(quads.iter().any(|q| q.contains("/x/x1>") && q.contains("evidence")), "{kind:?} {quads:#?}");
        }
    }
}

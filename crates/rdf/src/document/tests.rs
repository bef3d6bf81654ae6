//! Graphs of small documents.

use hakusho_model::{BlockKind, Exhibit, ExhibitKind, Line, PageInfo, Rect, Region, Source};

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
    document_quads(&document, &Edition::default(), "https://example.org/id/", [], GraphOptions::default())
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

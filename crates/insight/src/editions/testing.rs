//! Small documents for the tests of comparisons.

use hakusho_model::{
    Block, BlockKind, Document, Entity, Event, EventKind, Exhibit, ExhibitKind, Line, Mention, MentionKind, Modality,
    Observation, PageInfo, Quantity, RankEntry, Rect, Region, Section, Source,
};

pub(super) fn document() -> Document {
    let mut document = Document::new(Source { file: "test.pdf".to_owned(), ..Source::default() });
    let page = PageInfo { index: 1, label: Some("83".to_owned()), width: 595.0, height: 842.0, ocr_confidence: None };
    document.pages.push(page);
    document
}

/// Adds a block; gives its id.
pub(super) fn block(document: &mut Document, kind: BlockKind, text: &str) -> String {
    let id = format!("b{}", document.blocks.len() + 1);
    let bbox = Rect::new(0.0, 0.0, 100.0, 10.0);
    document.blocks.push(Block {
        id: id.clone(),
        kind,
        section: None,
        level: None,
        month: None,
        side: None,
        text: text.to_owned(),
        regions: vec![Region { page: 1, bbox }],
        lines: vec![Line { page: 1, start: 0, end: text.chars().count(), bbox }],
        notes: Vec::new(),
        refs: Vec::new(),
    });
    id
}

pub(super) fn section(document: &mut Document, parent: Option<String>, number: &str, title: &str) -> String {
    let id = format!("s{}", document.sections.len() + 1);
    let heading = Some(block(document, BlockKind::Heading, &format!("{number} {title}")));
    let label = (!number.is_empty()).then(|| number.to_owned());
    document.sections.push(Section { id: id.clone(), parent, level: 1, label, title: title.to_owned(), heading });
    id
}

pub(super) fn exhibit(document: &mut Document, number: &str, caption: &str) -> String {
    let id = format!("x{}", document.exhibits.len() + 1);
    let number = (!number.is_empty()).then(|| number.to_owned());
    let blocks = vec![block(document, BlockKind::Caption, caption)];
    document.exhibits.push(Exhibit {
        id: id.clone(),
        label: number.as_ref().map(|n| format!("図表{n}")),
        number,
        caption: caption.to_owned(),
        kind: ExhibitKind::Chart,
        section: None,
        regions: Vec::new(),
        source: None,
        notes: Vec::new(),
        tables: Vec::new(),
        chart: None,
        blocks,
    });
    id
}

fn observation(category: &str, value: f64, printed: &str) -> Observation {
    Observation {
        id: "o".to_owned(),
        exhibit: None,
        block: None,
        series: None,
        category: category.to_owned(),
        group: Vec::new(),
        sample_size: None,
        survey: None,
        wave: None,
        value,
        unit: Some("件".to_owned()),
        printed: printed.to_owned(),
    }
}

pub(super) fn figure(document: &mut Document, exhibit: &str, category: &str, value: f64) {
    let figure = observation(category, value, &value.to_string());
    document.observations.push(Observation { exhibit: Some(exhibit.to_owned()), ..figure });
}

pub(super) fn sentence_figure(document: &mut Document, lead: &str, value: f64, printed: &str) {
    let block = block(document, BlockKind::Paragraph, &format!("{lead}{printed}であった。"));
    document.observations.push(Observation { block: Some(block), ..observation(lead, value, printed) });
}

/// A place of a ranking; `previous` 0 is NEW.
pub(super) fn rank(document: &mut Document, exhibit: &str, place: u32, item: &str, previous: Option<u32>) {
    document.rankings.push(RankEntry {
        exhibit: exhibit.to_owned(),
        survey: None,
        perspective: "組織".to_owned(),
        rank: place,
        item: item.to_owned(),
        entity: None,
        previous: previous.filter(|p| *p > 0),
        is_new: previous == Some(0),
    });
}

/// Names an organisation in a sentence of its own.
pub(super) fn name(document: &mut Document, id: &str, label: &str) {
    let block = block(document, BlockKind::Paragraph, &format!("{label}がある。"));
    let end = label.chars().count();
    document.mentions.push(Mention {
        id: format!("m{}", document.mentions.len() + 1),
        block,
        start: 0,
        end,
        surface: label.to_owned(),
        kind: MentionKind::Org,
        entity: Some(id.to_owned()),
        label: Some(label.to_owned()),
        confidence: 1.0,
        rule: "lexicon".to_owned(),
        value: None,
    });
    if document.entities.iter().all(|e| e.id != id) {
        let (id, label) = (id.to_owned(), label.to_owned());
        document.entities.push(Entity {
            id,
            kind: MentionKind::Org,
            label,
            name: None,
            listed: false,
            aliases: vec![],
        });
    }
}

pub(super) fn incident(document: &mut Document, who: &str, date: &str, quantity: &str) {
    let text = format!("{who}、{quantity}の情報が流出したと公表。");
    let quantity = Quantity { value: 1.0, max: None, unit: None, qualifier: None, printed: Some(quantity.to_owned()) };
    let block = block(document, BlockKind::Paragraph, &text);
    document.events.push(Event {
        id: format!("e{}", document.events.len() + 1),
        kind: EventKind::Incident,
        class: "data_leak".to_owned(),
        block,
        start: 0,
        end: text.chars().count(),
        actors: Vec::new(),
        affected: vec![who.to_owned()],
        announcer: Vec::new(),
        vectors: Vec::new(),
        data: Vec::new(),
        sources: Vec::new(),
        date: Some(date.to_owned()),
        date_role: None,
        quantities: vec![quantity],
        modality: Modality::Fact,
    });
}

//! The whole way from pages to a document.

use hakusho_lexicon::LayoutWords;
use hakusho_model::{
    Anchor, Block, BlockKind, Code, Diagnostic, Document, Exhibit, ExhibitKind, Footnote, NoteMark, PageContent,
    PageInfo, Region, ReportContent, Section, Severity, Source, Table,
};

use crate::boxes::{self, FoundBox};
use crate::charts;
use crate::chronology;
use crate::context;
use crate::exhibits::{self, Found, Habit};
use crate::flow::{Draft, Parts, drafts, join_breaks};
use crate::footnotes::{self, FoundNote};
use crate::furniture;
use crate::headings::{self, Group, Make, TAG_SIZE};
use crate::lines::{MAX_LINES, lines};
use crate::numbering::{heading_label, leading_tag, source_label, tag};
use crate::page::Page;
use crate::references;
use crate::styles::Styles;
use crate::tables::{self, Tables};
use crate::text::{Mark, Text, marker_key};

/// Turns pages into a document tree.
///
/// Pure: the same pages and words give the same document. What is missing in the input is a diagnostic in the result.
pub fn analyse(report: &ReportContent, source: Source, words: &LayoutWords) -> Document {
    let mut crowded = Vec::new();
    let lines_of = |page: &PageContent| {
        let found = lines(report, page);
        crowded.extend(found.more.then(|| too_many_lines(page.index)));
        (found.lines, found.gutters)
    };
    let (mut page_lines, gutters): (Vec<_>, Vec<_>) = report.pages.iter().map(lines_of).unzip();
    let styles = Styles::measure(&page_lines, &report.pages);
    let furniture = furniture::remove(&mut page_lines, &report.pages, &styles, words);
    let mut pages: Vec<Page<'_>> = report
        .pages
        .iter()
        .zip(page_lines.into_iter().zip(gutters))
        .map(|(content, (lines, gutters))| Page::new(content, lines, gutters, &styles))
        .collect();
    let notes = footnotes::find(&mut pages, &styles);
    let exhibits = exhibits::find(&mut pages, &styles, words);
    let groups: Vec<Vec<Group>> = pages.iter_mut().map(|p| headings::groups(p, &styles)).collect();
    let boxes: Vec<Vec<FoundBox>> = pages.iter_mut().map(|p| boxes::find(p, &styles, words)).collect();
    let mut flow = Vec::new();
    for (i, page) in pages.iter().enumerate() {
        let parts = Parts { groups: &groups[i], exhibits: &exhibits[i], boxes: &boxes[i] };
        flow.extend(drafts(page, i, &parts, &styles, words));
    }
    chronology::head_months(&mut flow, &styles, words);
    let sides = chronology::take_sides(&mut flow, words);
    chronology::group_sides(&mut flow, &sides);
    let flow = join_breaks(flow, &styles);
    let mut document = Document::new(source);
    document.pages = report.pages.iter().zip(&furniture.labels).map(|(p, label)| page_info(p, label.clone())).collect();
    document.artifacts = furniture.artifacts;
    document.artifacts.extend(sides.iter().map(chronology::Side::artifact));
    document.artifacts.sort_by_key(|a| a.page);
    document.diagnostics.clone_from(&report.diagnostics);
    document.diagnostics.extend(crowded);
    let mut document = Assembly::new(&pages, &exhibits, &notes, words, styles.size, document).run(flow);
    chronology::mark(&mut document.blocks, &sides);
    document.context = context::context(&document.artifacts, &document.sections);
    document
}

fn too_many_lines(page: u32) -> Diagnostic {
    let message = format!("more than {MAX_LINES} lines on one page; the rest was not laid out");
    Diagnostic::page(page, Code::LimitReached, Severity::Warning, message)
}

fn page_info(page: &PageContent, label: Option<String>) -> PageInfo {
    PageInfo { index: page.index, label, width: page.width, height: page.height, ocr_confidence: page.ocr }
}

/// Puts blocks, sections, exhibits and footnotes together and gives them their ids.
struct Assembly<'a> {
    pages: &'a [Page<'a>],
    exhibits: &'a [Vec<Found>],
    notes: &'a [Vec<FoundNote>],
    words: &'a LayoutWords,
    /// Type size of the body.
    size: f32,
    document: Document,
    /// Markers of the footnotes on each page.
    markers: Vec<Vec<String>>,
    /// Marks by block, to be anchored when all footnotes are known.
    marks: Vec<(usize, Vec<Mark>)>,
    open_sections: Vec<usize>,
    /// Pages whose footnotes are in the list already.
    notes_done: usize,
    heading_levels: Vec<u32>,
    headings_done: usize,
}

impl<'a> Assembly<'a> {
    fn new(
        pages: &'a [Page<'a>],
        exhibits: &'a [Vec<Found>],
        notes: &'a [Vec<FoundNote>],
        words: &'a LayoutWords,
        size: f32,
        document: Document,
    ) -> Self {
        let markers = notes
            .iter()
            .map(|list| list.iter().map(|n| marker_key(&n.marker)).filter(|m| !m.is_empty()).collect())
            .collect();
        Self {
            pages,
            exhibits,
            notes,
            words,
            size,
            document,
            markers,
            marks: Vec::new(),
            open_sections: Vec::new(),
            notes_done: 0,
            heading_levels: Vec::new(),
            headings_done: 0,
        }
    }

    fn run(mut self, flow: Vec<Draft>) -> Document {
        let makes: Vec<Make> =
            flow.iter().filter(|d| d.kind == BlockKind::Heading).map(|d| make(d, self.words, self.size)).collect();
        self.heading_levels = headings::levels(&makes);
        for draft in &flow {
            let page = first_page(draft);
            while page.is_some_and(|p| self.notes_done + 1 < p as usize) {
                self.flush_notes();
            }
            match draft.exhibit {
                Some((p, k)) => self.push_exhibit(p, k),
                None => self.push_flow(draft),
            }
        }
        while self.notes_done < self.notes.len() {
            self.flush_notes();
        }
        self.anchor();
        references::resolve(&mut self.document, self.words);
        self.document
    }

    fn next_block(&self) -> String {
        format!("b{}", self.document.blocks.len() + 1)
    }

    /// Whether raised characters are the marker of a footnote on this page or next to it.
    fn is_marker(&self, page: u32, marker: &str) -> bool {
        let key = marker_key(marker);
        let at = page as usize - 1;
        let bare = key.chars().all(|c| c.is_ascii_digit());
        let near = if bare { at..=at } else { at.saturating_sub(1)..=(at + 1).min(self.markers.len() - 1) };
        self.markers[near].iter().flatten().any(|m| *m == key)
    }

    fn text_of<'l>(&self, lines: impl Iterator<Item = &'l crate::line::TextLine>) -> Text {
        let mut text = Text::default();
        for line in lines {
            text.push_line(line, &|page, marker| self.is_marker(page, marker));
        }
        text
    }

    fn push_block(&mut self, kind: BlockKind, mut text: Text) -> Option<String> {
        if text.text.is_empty() {
            return None;
        }
        let id = self.next_block();
        let marks = std::mem::take(&mut text.marks);
        if !marks.is_empty() {
            self.marks.push((self.document.blocks.len(), marks));
        }
        self.document.blocks.push(Block {
            id: id.clone(),
            kind,
            section: self.open_sections.last().map(|&s| self.document.sections[s].id.clone()),
            level: None,
            month: None,
            side: None,
            regions: text.regions(),
            text: text.text,
            lines: text.lines,
            notes: Vec::new(),
            refs: Vec::new(),
        });
        Some(id)
    }

    fn push_flow(&mut self, draft: &Draft) {
        if draft.kind == BlockKind::Heading {
            return self.push_heading(draft);
        }
        let text = self.text_of(draft.lines.iter());
        self.push_block(draft.kind, text);
    }

    fn push_heading(&mut self, draft: &Draft) {
        let level = self.heading_levels[self.headings_done];
        self.headings_done += 1;
        let label_text: String = draft.lines[..draft.label_lines].iter().map(crate::line::TextLine::text).collect();
        let mut text = self.text_of(draft.lines[..draft.label_lines].iter());
        if draft.label_lines > 0 {
            text.push("\u{3000}");
        }
        for line in &draft.lines[draft.label_lines..] {
            text.push_line(line, &|page, marker| self.is_marker(page, marker));
        }
        let full = text.text.clone();
        // Joined lines may lose characters at their ends: the rest is counted, not cut by bytes.
        let behind_label = || full.chars().skip(label_text.chars().count()).collect::<String>();
        let large = draft.lines.first().is_some_and(|l| l.size > TAG_SIZE * self.size);
        let (label, title) = match heading_label(&full).or_else(|| leading_tag(&full).filter(|_| large)) {
            Some(l) if draft.label_lines == 0 => (Some(l.text), l.rest),
            _ if draft.label_lines > 0 => {
                (Some(label_text.clone()), behind_label().trim_start_matches('\u{3000}').to_owned())
            }
            _ => (None, full.clone()),
        };
        while self.open_sections.last().is_some_and(|&s| self.document.sections[s].level >= level) {
            self.open_sections.pop();
        }
        let parent = self.open_sections.last().map(|&s| self.document.sections[s].id.clone());
        let id = format!("s{}", self.document.sections.len() + 1);
        self.open_sections.push(self.document.sections.len());
        let heading = Some(self.next_block());
        self.document.sections.push(Section { id, parent, level, label, title, heading });
        self.push_block(BlockKind::Heading, text);
        if let Some(block) = self.document.blocks.last_mut() {
            block.level = Some(level);
        }
    }

    fn push_exhibit(&mut self, p: usize, k: usize) {
        let (page, found) = (&self.pages[p], &self.exhibits[p][k]);
        let id = format!("x{}", self.document.exhibits.len() + 1);
        let mut blocks = Vec::new();
        if found.habit == Habit::Above {
            blocks.extend(self.push_caption(page, found));
        }
        let mut kind = found.kind;
        let said = found.caption.as_ref().map_or(Said::Nothing, |c| said(&c.label));
        let regular = tables::is_regular(page, &found.body);
        match said {
            Said::Table => kind = ExhibitKind::Table,
            Said::Figure if kind == ExhibitKind::Table && !regular => kind = ExhibitKind::Diagram,
            _ => {}
        }
        let none = Tables { tables: Vec::new(), rest: Vec::new() };
        let mut read =
            if kind == ExhibitKind::Table { tables::read_all(page, &found.body, &found.content) } else { none };
        // The axes and frame of a plot are ruled like a table, and most of its cells are empty.
        if said == Said::Figure && read.tables.iter().any(|g| !g.is_filled()) {
            kind = ExhibitKind::Diagram;
        }
        let sure = kind == ExhibitKind::Table && (regular || said == Said::Table || read.tables.len() > 1);
        let chart =
            if sure { None } else { charts::read(page, &found.body, &found.content, kind == ExhibitKind::Table) };
        if let Some(read) = &chart {
            kind = ExhibitKind::Chart;
            self.doubt(page, found, read);
        }
        let chart = chart.map(|read| read.chart);
        if kind == ExhibitKind::Table && read.tables.is_empty() {
            kind = ExhibitKind::Diagram;
        }
        if kind != ExhibitKind::Table {
            read.tables.clear();
        }
        blocks.extend(self.push_content(page, found, kind, &read));
        if found.habit == Habit::Below {
            blocks.extend(self.push_caption(page, found));
        }
        for (lines, kind) in small_print(page, found) {
            let text = self.text_of(lines.iter().map(|&i| &page.lines[i]));
            blocks.extend(self.push_block(kind, text));
        }
        let caption = found.caption.as_ref();
        let sources: Vec<String> =
            found.sources.iter().map(|s| source_text(&exhibits::joined(page, s), self.words)).collect();
        self.document.exhibits.push(Exhibit {
            id,
            label: caption.map(|c| c.label.clone()),
            number: caption.map(|c| c.number.clone()),
            caption: caption.map(|c| c.title.clone()).unwrap_or_default(),
            kind,
            section: self.open_sections.last().map(|&s| self.document.sections[s].id.clone()),
            regions: vec![Region { page: page.content.index, bbox: found.bbox }],
            source: (!sources.is_empty()).then(|| sources.join("\n")),
            notes: found.notes.iter().map(|n| exhibits::joined(page, n)).collect(),
            tables: read.tables.into_iter().map(|g| g.table).collect::<Vec<Table>>(),
            chart,
            blocks,
        });
    }

    /// Reports the values of a chart that its bars contradict.
    fn doubt(&mut self, page: &Page<'_>, found: &Found, read: &charts::ReadChart) {
        let label = found.caption.as_ref().map_or("a chart", |c| c.label.as_str());
        for (i, drawn) in &read.contradictions {
            let point = &read.chart.points[*i];
            let name: Vec<&str> = point.series.iter().map(String::as_str).chain([point.category.as_str()]).collect();
            let message = format!(
                "{label}: {} is printed for {}, whose bar is as long as {drawn:.1}",
                point.printed,
                name.join(" ")
            );
            let page = page.content.index;
            self.document.diagnostics.push(Diagnostic::page(page, Code::NumberMismatch, Severity::Info, message));
        }
    }

    fn push_caption(&mut self, page: &Page<'_>, found: &Found) -> Option<String> {
        let caption = found.caption.as_ref()?;
        let mut text = Text::default();
        for (n, &i) in caption.lines.iter().enumerate() {
            if n == 1 && text.text.trim() == caption.label {
                text.push("\u{3000}");
            }
            text.push_line(&page.lines[i], &|page, marker| self.is_marker(page, marker));
        }
        self.push_block(BlockKind::Caption, text)
    }

    fn push_content(&mut self, page: &Page<'_>, found: &Found, kind: ExhibitKind, read: &Tables) -> Option<String> {
        let block = match kind {
            ExhibitKind::Table => BlockKind::Table,
            ExhibitKind::Chart => BlockKind::Chart,
            _ => BlockKind::Figure,
        };
        let mut text = Text::default();
        let loose = if read.tables.is_empty() { &found.content } else { &read.rest };
        for &i in loose {
            text.push(if text.text.is_empty() { "" } else { "\n" });
            text.push_line(&page.lines[i], &|_, _| false);
        }
        for row in read.tables.iter().flat_map(|t| &t.pieces) {
            text.push(if text.text.is_empty() { "" } else { "\n" });
            for (c, pieces) in row.iter().enumerate() {
                text.push(if c > 0 { "\t" } else { "" });
                for piece in pieces {
                    text.push_piece(&piece.text, page.content.index, piece.bbox);
                }
            }
        }
        let empty = text.text.trim().is_empty();
        if empty && kind == ExhibitKind::Table {
            return None;
        }
        let id = self.push_block(block, text);
        if id.is_some() {
            return id;
        }
        // A picture without text still has its place in the reading order.
        let id = self.next_block();
        self.document.blocks.push(Block {
            id: id.clone(),
            kind: block,
            section: self.open_sections.last().map(|&s| self.document.sections[s].id.clone()),
            level: None,
            month: None,
            side: None,
            text: String::new(),
            regions: vec![Region { page: page.content.index, bbox: found.body }],
            lines: Vec::new(),
            notes: Vec::new(),
            refs: Vec::new(),
        });
        Some(id)
    }

    /// Adds the footnotes of the next page.
    fn flush_notes(&mut self) {
        let p = self.notes_done;
        self.notes_done += 1;
        for note in &self.notes[p] {
            let mut text = Text::default();
            for &i in &note.lines {
                text.push_line(&self.pages[p].lines[i], &|_, _| false);
            }
            if note.marker.is_empty() {
                self.continue_note(text);
                continue;
            }
            let raised = self.pages[p].lines[note.lines[0]]
                .chars
                .iter()
                .find(|c| !crate::chars::is_space(c.ch))
                .is_some_and(|c| c.standing == crate::line::Standing::Raised);
            text.cut_front(if raised { note.marker.chars().count() } else { note.skip });
            let body = text.text.clone();
            let block = self.push_block(BlockKind::Footnote, text);
            let id = format!("n{}", self.document.footnotes.len() + 1);
            let urls = footnotes::urls(&body);
            self.document.footnotes.push(Footnote {
                id,
                marker: note.marker.clone(),
                text: body,
                urls,
                page: note.page,
                anchors: Vec::new(),
                block,
            });
        }
    }

    /// Lines at the head of a footnote zone without a marker go on from the last note of the page before.
    fn continue_note(&mut self, text: Text) {
        let page = text.lines.first().map(|l| l.page);
        let last = self
            .document
            .footnotes
            .last()
            .filter(|n| page.is_some_and(|p| n.page + 1 == p))
            .and_then(|n| n.block.clone());
        let Some(k) = last.and_then(|id| self.document.blocks.iter().position(|b| b.id == id)) else {
            self.push_block(BlockKind::Note, text);
            return;
        };
        let block = &mut self.document.blocks[k];
        let joint = crate::chars::joint(&block.text, &text.text);
        let shift = block.text.chars().count() + joint.chars().count();
        block.text.push_str(joint);
        block.text.push_str(&text.text);
        block.regions.extend(text.regions());
        block.lines.extend(text.lines.iter().map(|l| hakusho_model::Line {
            start: l.start + shift,
            end: l.end + shift,
            ..*l
        }));
        let body = block.text.clone();
        if let Some(note) = self.document.footnotes.last_mut() {
            note.urls = footnotes::urls(&body);
            note.text = body;
        }
    }

    /// Ties markers to footnotes: on the same page first, then next to it.
    fn anchor(&mut self) {
        for (b, marks) in std::mem::take(&mut self.marks) {
            for mark in marks {
                let key = marker_key(&mark.marker);
                let fits = |n: &&mut Footnote| marker_key(&n.marker) == key;
                let away = |n: &Footnote| n.page.abs_diff(mark.page);
                let note = self.document.footnotes.iter_mut().filter(fits).min_by_key(|n| away(n));
                if let Some(note) = note.filter(|n| away(n) <= 1) {
                    let block = &mut self.document.blocks[b];
                    note.anchors.push(Anchor { block: block.id.clone(), offset: mark.offset });
                    block.notes.push(NoteMark { offset: mark.offset, footnote: note.id.clone() });
                }
            }
        }
        for note in self.document.footnotes.iter().filter(|n| n.anchors.is_empty()) {
            let message = format!("no place in the text has the marker of footnote {}", note.marker);
            self.document.diagnostics.push(Diagnostic::page(
                note.page,
                Code::FootnoteUnmatched,
                Severity::Info,
                message,
            ));
        }
    }
}

fn first_page(draft: &Draft) -> Option<u32> {
    draft.lines.first().map(|l| l.page).or(draft.exhibit.map(|(p, _)| p as u32 + 1))
}

fn make(draft: &Draft, words: &LayoutWords, size: f32) -> Make {
    let label_line = &draft.lines[0];
    let line =
        if draft.label_lines > 0 { draft.lines.get(draft.label_lines).unwrap_or(label_line) } else { label_line };
    let tagged = || tag(label_line.text()).or_else(|| leading_tag(label_line.text()));
    let label = heading_label(label_line.text()).or_else(|| tagged().filter(|_| label_line.size > TAG_SIZE * size));
    let printed = |l: &crate::line::TextLine| l.chars.iter().find(|c| !crate::chars::is_space(c.ch)).map(|c| c.color);
    let tagged = label.is_some() && printed(label_line).is_some_and(|first| first.distance(line.color) > 150);
    let (system, value) = label.map_or((None, 0), |l| (Some(l.system), l.value));
    let text = label_line.text();
    let aside = words.column.iter().any(|w| text.trim_start().starts_with(w.as_str()));
    Make { system, value, size: (line.size * 10.0).round() as u32, bold: line.bold, tagged, aside }
}

/// What a label says that its exhibit is: 表3, 第1-1-5表; 図10, 第1-2図. 図表 and 資料 may be either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Table,
    Figure,
    Nothing,
}

fn said(label: &str) -> Said {
    match (label.contains('図'), label.contains('表')) {
        (false, true) => Said::Table,
        (true, false) => Said::Figure,
        _ => Said::Nothing,
    }
}

/// Notes and source of an exhibit from top to bottom.
fn small_print(page: &Page<'_>, found: &Found) -> Vec<(Vec<usize>, BlockKind)> {
    let mut out: Vec<(Vec<usize>, BlockKind)> = found.notes.iter().map(|n| (n.clone(), BlockKind::Note)).collect();
    out.extend(found.sources.iter().map(|s| (s.clone(), BlockKind::SourceNote)));
    out.sort_by(|a, b| page.lines[a.0[0]].baseline.total_cmp(&page.lines[b.0[0]].baseline));
    out
}

/// What stands after （出典）.
fn source_text(text: &str, words: &LayoutWords) -> String {
    let rest = source_label(text, words).map_or(text, |n| &text[n..]);
    let opened = text.trim_start().starts_with(['(', '（']) && !text[..text.len() - rest.len()].contains([')', '）']);
    let rest = if opened { rest.trim_end_matches([')', '）']) } else { rest };
    rest.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn source_texts() {
        let words = LayoutWords::embedded();
        assert_eq!(source_text("（出典）総務省（2021）「調査」", &words), "総務省（2021）「調査」");
        assert_eq!(source_text("（出典：IPA）", &words), "IPA");
    }
}

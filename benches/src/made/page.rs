//! Sets text on pages: lines broken at the margin, tables kept whole, footnotes at the foot.

use super::pdf::{Face, HEIGHT, Page, WIDTH, width};

const MARGIN: f32 = 70.0;
const TOP: f32 = 90.0;
const BODY: f32 = 10.0;
const LEAD: f32 = 17.0;
const NOTE: f32 = 8.0;
const NOTE_LEAD: f32 = 11.0;
/// Where the flow ends; footnotes stand below.
const BOTTOM: f32 = HEIGHT - 150.0;
const ROW: f32 = 18.0;
/// Footnotes a page has room for.
const NOTES: usize = 3;

/// Pages being set.
pub(super) struct Setter {
    head: String,
    pages: Vec<Page>,
    y: f32,
    notes: Vec<(usize, String)>,
    count: usize,
}

impl Setter {
    pub(super) fn new(head: &str) -> Self {
        let mut setter = Self { head: head.to_owned(), pages: Vec::new(), y: 0.0, notes: Vec::new(), count: 0 };
        setter.turn();
        setter
    }

    /// Ends the page and begins another.
    pub(super) fn turn(&mut self) {
        self.foot();
        let mut page = Page::default();
        let number = self.pages.len() + 1;
        page.text(Face::Gothic, 8.0, MARGIN, 50.0, &self.head);
        let label = number.to_string();
        page.text(Face::Mincho, 9.0, (WIDTH - width(9.0, &label)) / 2.0, HEIGHT - 40.0, &label);
        self.pages.push(page);
        self.y = TOP;
    }

    fn foot(&mut self) {
        let Some(page) = self.pages.last_mut() else { return };
        if self.notes.is_empty() {
            return;
        }
        let mut y = BOTTOM + 25.0;
        page.rule((MARGIN, y - 10.0), (MARGIN + 120.0, y - 10.0));
        for (number, text) in self.notes.drain(..) {
            for (i, line) in lines(text.as_str(), NOTE, WIDTH - 2.0 * MARGIN - 20.0).iter().enumerate() {
                if i == 0 {
                    page.text(Face::Mincho, NOTE, MARGIN, y, &format!("＊{number}"));
                }
                page.text(Face::Mincho, NOTE, MARGIN + 20.0, y, line);
                y += NOTE_LEAD;
            }
        }
    }

    fn page(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.pages.push(Page::default());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    /// Pages so far.
    pub(super) fn pages(&self) -> usize {
        self.pages.len()
    }

    /// Makes room for so many points.
    fn need(&mut self, height: f32) {
        if self.y + height > BOTTOM {
            self.turn();
        }
    }

    /// A line in the middle.
    pub(super) fn title(&mut self, size: f32, text: &str) {
        self.need(size * 3.0);
        let y = self.y + size * 2.0;
        self.page().text(Face::Gothic, size, (WIDTH - width(size, text)) / 2.0, y, text);
        self.y = y + size;
    }

    pub(super) fn heading(&mut self, size: f32, text: &str) {
        self.need(size * 2.0 + 3.0 * LEAD);
        let y = self.y + size * 1.6;
        self.page().text(Face::Gothic, size, MARGIN, y, text);
        self.y = y + LEAD * 0.6;
    }

    /// A paragraph with its first line indented; a note goes to the foot of the page, its mark behind the text.
    pub(super) fn paragraph(&mut self, text: &str, note: Option<&str>) {
        let measure = WIDTH - 2.0 * MARGIN;
        let lines = lines(&format!("\u{3000}{text}"), BODY, measure);
        if note.is_some() && self.notes.len() >= NOTES {
            self.turn();
        }
        for line in &lines {
            self.need(LEAD);
            self.y += LEAD;
            let y = self.y;
            self.page().text(Face::Mincho, BODY, MARGIN, y, line);
        }
        if let Some(note) = note {
            self.count += 1;
            let number = self.count;
            let x = MARGIN + lines.last().map_or(0.0, |l| width(BODY, l));
            let y = self.y - 4.0;
            self.page().text(Face::Mincho, 5.5, x, y, &format!("＊{number}"));
            self.notes.push((number, note.to_owned()));
        }
        self.y += LEAD * 0.3;
    }

    /// A ruled table between its caption and its source.
    pub(super) fn table(&mut self, caption: &str, widths: &[f32], rows: &[Vec<String>], source: &str) {
        let height = ROW * rows.len() as f32;
        self.need(height + 4.0 * LEAD);
        let (left, right) = (MARGIN, MARGIN + widths.iter().sum::<f32>());
        self.y += LEAD * 1.2;
        let y = self.y;
        self.page().text(Face::Gothic, BODY, left, y, caption);
        let top = y + 8.0;
        for i in 0..=rows.len() {
            let y = top + ROW * i as f32;
            self.page().rule((left, y), (right, y));
        }
        let mut x = left;
        for column in 0..=widths.len() {
            self.page().rule((x, top), (x, top + height));
            x += widths.get(column).copied().unwrap_or(0.0);
        }
        for (i, row) in rows.iter().enumerate() {
            let face = if i == 0 { Face::Gothic } else { Face::Mincho };
            let mut x = left;
            for (cell, width) in row.iter().zip(widths) {
                let y = top + ROW * i as f32 + 13.0;
                self.page().text(face, 9.0, x + 4.0, y, cell);
                x += width;
            }
        }
        let y = top + height + 12.0;
        self.page().text(Face::Mincho, NOTE, left, y, source);
        self.y = y + LEAD * 0.5;
    }

    pub(super) fn finish(mut self) -> Vec<Page> {
        self.foot();
        self.pages
    }
}

/// Lines of at most so many points. No line begins with a mark of punctuation (行頭禁則).
fn lines(text: &str, size: f32, measure: f32) -> Vec<String> {
    let (mut out, mut line, mut used) = (Vec::new(), String::new(), 0.0);
    for c in text.chars() {
        let wide = if c.is_ascii() { size / 2.0 } else { size };
        let hangs = matches!(c, '、' | '。' | '」' | '）');
        if used + wide > measure && !hangs {
            out.push(std::mem::take(&mut line));
            used = 0.0;
        }
        line.push(c);
        used += wide;
    }
    out.push(line);
    out
}

//! One clean HTML page: anchors for every block, marks where a printed page begins, tables with spans, footnotes linked both ways.

use std::fmt::Write as _;

use hakusho_model::{Block, BlockKind, Chart, Document, Exhibit, Reference, Table};

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:16px/1.8 'Hiragino Sans','Noto Sans CJK JP','Yu Gothic',sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}\
h1,h2,h3,h4,h5,h6{line-height:1.4;margin:2em 0 .6em}\
figure{margin:1.5em 0;overflow-x:auto}figcaption{font-weight:700;margin-bottom:.4em}\
table{border-collapse:collapse;font-size:.85em}td,th{border:1px solid #8888;padding:.25em .5em;vertical-align:top;text-align:left;white-space:pre-line}\
th{background:#8882}aside{border:1px solid #8886;padding:.2em 1em;margin:1em 0}\
.page{color:#888;font-size:.75em;text-align:right;border-top:1px dotted #8886;margin:1.5em 0 0}\
.drawn{color:#888;font-size:.85em;white-space:pre-line}small{color:#777}sup a{text-decoration:none}";

/// A document as one HTML page.
pub(crate) fn document(document: &Document) -> String {
    let mut page = Page { document, out: String::new(), printed_page: 0, open_list: false };
    page.head();
    for block in &document.blocks {
        page.block(block);
    }
    page.footnotes();
    page.out.push_str("</main>\n</body>\n</html>\n");
    page.out
}

struct Page<'d> {
    document: &'d Document,
    out: String,
    /// The physical page last marked.
    printed_page: u32,
    open_list: bool,
}

impl Page<'_> {
    fn head(&mut self) {
        let title = match &self.document.source.title {
            Some(title) if !title.trim().is_empty() => escape(title),
            _ => escape(&self.document.source.file),
        };
        let _ = write!(
            self.out,
            "<!doctype html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
             <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        );
        if !self.document.context.is_empty() {
            let lines: Vec<String> = self.document.context.iter().map(|c| escape(&c.line())).collect();
            let _ = writeln!(self.out, "<p><small>{}</small></p>", lines.join(" › "));
        }
    }

    fn block(&mut self, block: &Block) {
        let item = matches!(block.kind, BlockKind::ListItem | BlockKind::ChronologyEntry);
        self.list(item);
        self.page_mark(block);
        let (id, text) = (&block.id, marked_text(self.document, block));
        let _ = match block.kind {
            BlockKind::Footnote => Ok(()),
            BlockKind::Heading => {
                let level = block.level.unwrap_or(1).clamp(1, 6);
                writeln!(self.out, "<h{level} id=\"{id}\">{text}</h{level}>")
            }
            BlockKind::Paragraph => writeln!(self.out, "<p id=\"{id}\">{text}</p>"),
            BlockKind::ListItem | BlockKind::ChronologyEntry => writeln!(self.out, "<li id=\"{id}\">{text}</li>"),
            BlockKind::Caption => writeln!(self.out, "<p id=\"{id}\"><strong>{text}</strong></p>"),
            BlockKind::SourceNote | BlockKind::Note => writeln!(self.out, "<p id=\"{id}\"><small>{text}</small></p>"),
            BlockKind::Box => writeln!(self.out, "<aside id=\"{id}\"><p>{text}</p></aside>"),
            BlockKind::Table | BlockKind::Chart | BlockKind::Figure => {
                let exhibit = self.document.exhibits.iter().find(|x| x.blocks.contains(&block.id));
                writeln!(self.out, "<figure id=\"{id}\">{}</figure>", drawn(exhibit, block.kind, &text))
            }
        };
    }

    /// Opens or closes the list around items.
    fn list(&mut self, item: bool) {
        if item != self.open_list {
            self.out.push_str(if item { "<ul>\n" } else { "</ul>\n" });
            self.open_list = item;
        }
    }

    fn page_mark(&mut self, block: &Block) {
        let Some(page) = block.page().filter(|p| *p > self.printed_page) else { return };
        self.printed_page = page;
        let label = self.document.pages.iter().find(|p| p.index == page).and_then(|p| p.label.as_deref());
        let label = label.map_or_else(|| page.to_string(), escape);
        let tag = if self.open_list { "li" } else { "div" };
        let _ = writeln!(self.out, "<{tag} class=\"page\" id=\"page-{page}\">p. {label}</{tag}>");
    }

    fn footnotes(&mut self) {
        self.list(false);
        if self.document.footnotes.is_empty() {
            return;
        }
        self.out.push_str("<section>\n<hr>\n");
        for note in &self.document.footnotes {
            let back = note.anchors.first().map_or_else(String::new, |_| format!(" <a href=\"#to-{}\">↩</a>", note.id));
            let text = linked(&note.text, &note.urls);
            let _ =
                writeln!(self.out, "<p id=\"{}\"><small>{} {text}{back}</small></p>", note.id, escape(&note.marker));
        }
        self.out.push_str("</section>\n");
    }
}

/// What a figure holds: its tables, the values of its chart, or the words in it.
fn drawn(exhibit: Option<&Exhibit>, kind: BlockKind, text: &str) -> String {
    let mut out = String::new();
    match exhibit {
        Some(exhibit) if kind == BlockKind::Table && !exhibit.tables.is_empty() => {
            exhibit.tables.iter().for_each(|t| table(&mut out, t));
        }
        Some(Exhibit { chart: Some(chart), .. }) if !chart.points.is_empty() => points(&mut out, chart),
        _ => {
            let _ = write!(out, "<div class=\"drawn\">{text}</div>");
        }
    }
    out
}

fn table(out: &mut String, table: &Table) {
    out.push_str("<table>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for cell in row {
            let tag = if cell.header { "th" } else { "td" };
            let span = |name: &str, n: u32| if n > 1 { format!(" {name}=\"{n}\"") } else { String::new() };
            let (down, across) = (span("rowspan", cell.row_span), span("colspan", cell.col_span));
            let _ = write!(out, "<{tag}{down}{across}>{}</{tag}>", escape(&cell.text));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
}

/// The values of a chart as a table: series, category, value as printed.
fn points(out: &mut String, chart: &Chart) {
    out.push_str("<table>\n");
    for point in &chart.points {
        let (series, unit) = (point.series.as_deref().unwrap_or_default(), point.unit.as_deref().unwrap_or_default());
        let cells = [series, &point.category, &point.printed, unit].map(|c| format!("<td>{}</td>", escape(c))).concat();
        let _ = writeln!(out, "<tr>{cells}</tr>");
    }
    out.push_str("</table>\n");
}

/// Text with links where footnote markers and references to exhibits stood.
fn marked_text(document: &Document, block: &Block) -> String {
    let mut marks = block.notes.iter().peekable();
    let mut out = String::new();
    let exhibit = |id: &str| document.exhibits.iter().find(|x| x.id == id).and_then(|x| x.blocks.first().cloned());
    let section = |id: &str| document.sections.iter().find(|s| s.id == id).and_then(|s| s.heading.clone());
    let target =
        |r: &Reference| r.exhibit.as_deref().and_then(exhibit).or_else(|| r.section.as_deref().and_then(section));
    for (i, ch) in block.text.chars().enumerate() {
        while let Some(mark) = marks.next_if(|m| m.offset <= i) {
            push_mark(document, &mut out, &mark.footnote);
        }
        for reference in block.refs.iter().filter(|r| r.start == i) {
            if let Some(goal) = target(reference) {
                let _ = write!(out, "<a href=\"#{goal}\">");
            }
        }
        push_escaped(&mut out, ch);
        for reference in block.refs.iter().filter(|r| r.end == i + 1) {
            if target(reference).is_some() {
                out.push_str("</a>");
            }
        }
    }
    marks.for_each(|mark| push_mark(document, &mut out, &mark.footnote));
    out
}

fn push_mark(document: &Document, out: &mut String, id: &str) {
    if let Some(note) = document.footnotes.iter().find(|n| n.id == id) {
        let _ = write!(out, "<sup id=\"to-{id}\"><a href=\"#{id}\">{}</a></sup>", escape(&note.marker));
    }
}

/// Escaped text with its addresses as links; only `http` and `https` ones, each looked for behind the one before.
fn linked(text: &str, urls: &[String]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    for url in urls.iter().filter(|u| u.starts_with("http://") || u.starts_with("https://")) {
        let Some((before, after)) = rest.split_once(url.as_str()) else { continue };
        let url = escape(url);
        let _ = write!(out, "{}<a href=\"{url}\">{url}</a>", escape(before));
        rest = after;
    }
    out + &escape(rest)
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|ch| push_escaped(&mut out, ch));
    out
}

fn push_escaped(out: &mut String, ch: char) {
    match ch {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        _ => out.push(ch),
    }
}

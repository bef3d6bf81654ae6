//! Evidence as a page that needs no script: the quote, where it is printed, and the page with its lines marked.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::{Evidence, PageBox};
use crate::app::Shared;
use crate::html;
use crate::language::Language;

/// Width and height of the pages of a file, in points.
pub(super) fn sizes(app: &Shared, file: &str) -> BTreeMap<u32, (f32, f32)> {
    let view = app.view();
    let document = view.file(file).and_then(|f| app.document(f).ok());
    document.map(|d| d.pages.iter().map(|p| (p.index, (p.width, p.height))).collect()).unwrap_or_default()
}

pub(super) fn page(found: &Evidence, sizes: &BTreeMap<u32, (f32, f32)>, language: Language) -> Markup {
    let word = |japanese, english| language.pick(japanese, english);
    let place = &found.place;
    let mut pages: Vec<u32> = found.lines.iter().map(|l| l.page).collect();
    pages.dedup();
    let body = html! {
        p { (place.edition.title) @if !place.printed.is_empty() { (word("、", ", p. ")) (place.printed) (word("頁", "")) } " — PDF " (place.page) }
        @if let Some(section) = &found.section { p.dim { (section) } }
        blockquote { (found.prefix) mark { (found.quote) } (found.suffix) }
        @for page in pages {
            @if let Some((width, height)) = sizes.get(&page) { (picture(&place.file, page, (*width, *height), &found.lines)) }
        }
        table {
            tr { th { (word("引用", "Cite")) } td { (language.pick(&found.citation.ja, &found.citation.en)) } }
            tr { th { (word("規則", "Rules")) } td { (found.rules.join(", ")) " (" (found.confidence) ")" } }
            @if !found.mentions.is_empty() {
                tr { th { (word("名前", "Names")) } td { @for m in &found.mentions { a href=(html::local(&m.iri, &found.iri)) { (m.called(language)) } " " } } }
            }
            @if !found.supports.is_empty() {
                tr { th { (word("根拠となる事柄", "Claims")) } td { @for c in &found.supports { a href=(html::local(&c.iri, &found.iri)) { (c.called(language)) } br; } } }
            }
            tr { th { "IRI" } td { (found.iri) } }
        }
        p { a href={ "/#/evidence?iri=" (html::query(&found.iri)) } { (word("ページの画像とともに見る", "Open in the viewer")) } }
    };
    html::page(language, word("原文", "Evidence"), &body)
}

fn picture(file: &str, page: u32, size: (f32, f32), lines: &[PageBox]) -> Markup {
    html! {
        figure.page {
            svg viewBox={ "0 0 " (size.0) " " (size.1) } role="img" aria-label={ "PDF " (page) } {
                image href={ "/page/" (file) "/" (page) ".png?scale=2" } width=(size.0) height=(size.1) {}
                @for line in lines.iter().filter(|l| l.page == page) {
                    rect x=(line.x) y=(line.y) width=(line.width) height=(line.height) fill="#ffd400" fill-opacity="0.4" stroke="#a06800" stroke-width="0.7" {}
                }
            }
        }
    }
}

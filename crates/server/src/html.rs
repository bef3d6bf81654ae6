//! Pages that need no script: for things, evidence, the vocabulary. Everything from the graph is escaped by the template.

use maud::{DOCTYPE, Markup, html};

use crate::language::Language;

/// Style of these pages, at `/plain.css`.
pub(crate) const STYLE: &str = include_str!("plain.css");

/// A whole page.
pub(crate) fn page(language: Language, title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " — Hakusho" }
                link rel="stylesheet" href="/plain.css";
            }
            body {
                header { a href="/" { "Hakusho 白書" } }
                main { h1 { (title) } (body) }
            }
        }
    }
}

/// What stands at `/` where the program was built without its web page.
pub(crate) fn without_page(language: Language) -> Markup {
    let (before, after) = match language {
        Language::Japanese => ("このプログラムはウェブページなしで作られています。問い合わせは ", " へ。"),
        Language::English => ("This program was built without its web page. Questions are answered at ", "."),
    };
    page(language, "SPARQL", &html! { p { (before) a href="/sparql" { "/sparql" } (after) } })
}

/// Address here of a thing whose IRI has the same base as `beside`, a thing of ours; the IRI itself where it has not.
pub(crate) fn local(iri: &str, beside: &str) -> String {
    let base = beside.find("/ev/").map_or("", |at| &beside[..=at]);
    with_base(iri, base)
}

/// Address here of a thing below `base`; the IRI itself where it is not.
pub(crate) fn with_base(iri: &str, base: &str) -> String {
    match iri.strip_prefix(base).filter(|_| !base.is_empty()) {
        Some(path) => format!("/id/{}", percent_encoding::utf8_percent_encode(path, PATH)),
        // No other scheme than the web's can be followed.
        None if iri.starts_with("http://") || iri.starts_with("https://") => iri.to_owned(),
        None => "#".to_owned(),
    }
}

/// A value as it stands in the query part of an address.
pub(crate) fn query(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// What a path has percent-encoded besides all that is not ASCII. `%` is: the IRI's own encoding is kept by it.
const PATH: &percent_encoding::AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'%');

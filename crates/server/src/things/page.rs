//! A thing as a page that needs no script.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::response::{IntoResponse as _, Response};
use hakusho_store::NamedNode;
use maud::html;

use crate::app::Shared;
use crate::evidence::{Evidence, by_iri};
use crate::html;
use crate::language::Language;
use crate::problem::Problem;
use crate::terms::{Link, last, links};
use crate::view::View;
use crate::work::blocking;

/// Statements told on a page, in each direction.
const MOST: usize = 200;

/// What is said of a thing, in order of properties.
struct Said {
    out: BTreeMap<String, Vec<Value>>,
    incoming: BTreeMap<String, Vec<Link>>,
    evidence: Vec<Evidence>,
    names: BTreeMap<String, Link>,
}

enum Value {
    Thing(String),
    Text(String),
}

pub(super) async fn page(
    app: &Shared,
    view: &Arc<View>,
    node: &NamedNode,
    language: Language,
) -> Result<Response, Problem> {
    let (view, node) = (Arc::clone(view), node.clone());
    let base = view.base.clone();
    let iri = node.as_str().to_owned();
    let said = blocking(app, move |app| read(app, &view, &node)).await?;
    let name = |iri: &str| said.names.get(iri).map_or_else(|| last(iri), |l| l.called(language).to_owned());
    let address = |iri: &str| html::with_base(iri, &base);
    let body = html! {
        p.dim { (iri) }
        p {
            a href={ "/#/entity?iri=" (html::query(&iri)) } { (language.pick("この事物のページ", "Open in the web page")) } " · "
            @for form in ["ttl", "nt", "jsonld", "rdf"] { a href={ "?format=" (form) } { (form) } " " }
        }
        @for found in &said.evidence {
            blockquote { (found.prefix) mark { (found.quote) } (found.suffix) br;
                small { a href=(path_of(&found.url)) { (found.place.edition.title) @if !found.place.printed.is_empty() { " p. " (found.place.printed) } } } }
        }
        table {
            @for (property, values) in &said.out {
                tr {
                    th { (name(property)) }
                    td { @for value in values {
                        @match value {
                            Value::Thing(iri) => { a href=(address(iri)) { (name(iri)) } }
                            Value::Text(text) => { (text) }
                        } br;
                    } }
                }
            }
        }
        @if !said.incoming.is_empty() {
            h2 { (language.pick("これを指すもの", "What refers to it")) }
            table { @for (property, things) in &said.incoming {
                tr { th { (name(property)) } td { @for thing in things { a href=(address(&thing.iri)) { (thing.called(language)) } br; } } }
            } }
        }
    };
    Ok(html::page(language, &name(&iri), &body).into_response())
}

/// The part of an address of ours behind the host.
fn path_of(url: &str) -> &str {
    url.find("/evidence/").map_or(url, |at| &url[at..])
}

fn read(app: &Shared, view: &View, node: &NamedNode) -> Result<Said, Problem> {
    let mut out: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let mut iris = BTreeSet::from([node.as_str().to_owned()]);
    let query = format!("SELECT ?p ?o (isIRI(?o) AS ?thing) {{ {node} ?p ?o }} ORDER BY ?p ?o LIMIT {MOST}");
    for row in view.rows(&query)?.iter() {
        let (property, object) = (row.text("p"), row.text("o"));
        let is_thing = row.text("thing") == "true";
        iris.insert(property.clone());
        if is_thing {
            iris.insert(object.clone());
        }
        out.entry(property).or_default().push(if is_thing { Value::Thing(object) } else { Value::Text(object) });
    }
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let query = format!("SELECT ?s ?p {{ ?s ?p {node} FILTER(isIRI(?s)) }} LIMIT {MOST}");
    for row in view.rows(&query)?.iter() {
        iris.extend([row.text("s"), row.text("p")]);
        found.entry(row.text("p")).or_default().push(row.text("s"));
    }
    let names = links(view, &iris)?;
    let incoming = found.into_iter().map(|(property, mut subjects)| {
        subjects.sort();
        (property, subjects.iter().filter_map(|s| names.get(s).cloned()).collect())
    });
    let incoming = incoming.collect();
    let evidence = by_iri(app, view, node.as_str())?.into_iter().take(5).collect();
    Ok(Said { out, incoming, evidence, names })
}

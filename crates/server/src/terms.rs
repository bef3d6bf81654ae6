//! Things as the page calls them: label and kind, many at once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use hakusho_store::{NamedNode, PREFIXES, StoreError};
use serde::Serialize;
use utoipa::ToSchema;

use crate::language::Language;
use crate::view::View;

/// A thing of the graph, called by its label.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub(crate) struct Link {
    pub(crate) iri: String,
    /// Its Japanese name, else the one it has.
    pub(crate) label: String,
    /// Its English name, where that is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) english: Option<String>,
    /// ORG, LAW, THREAT, INCIDENT, SURVEY, CERT, PRODUCT, LOC, PERSON, EVENT, EXHIBIT, SECTION, PAGE, FIGURE, RANK, EDITION, FILE, EVIDENCE, OTHER.
    pub(crate) kind: String,
}

impl Link {
    /// Its name in a language, as far as it has one.
    pub(crate) fn called(&self, language: Language) -> &str {
        match language {
            Language::English => self.english.as_deref().unwrap_or(&self.label),
            Language::Japanese => &self.label,
        }
    }
}

/// IRIs asked for at once.
const AT_ONCE: usize = 500;

/// What an IRI names, by its path.
pub(crate) fn kind(base: &str, iri: &str) -> &'static str {
    let Some(path) = iri.strip_prefix(base) else { return "OTHER" };
    let mut segments = path.split('/');
    match segments.next().unwrap_or_default() {
        "org" => "ORG",
        "law" | "bill" => "LAW",
        "threat" => "THREAT",
        "incident" => "INCIDENT",
        "survey" => "SURVEY",
        "cert" => "CERT",
        "product" => "PRODUCT",
        "place" | "country" => "LOC",
        "person" => "PERSON",
        "event" | "inc" | "enf" | "step" => "EVENT",
        "obs" => "FIGURE",
        "rank" => "RANK",
        "file" => "FILE",
        "ev" => "EVIDENCE",
        "ed" => match path.split('/').find(|s| matches!(*s, "x" | "c" | "p")) {
            Some("x") => "EXHIBIT",
            Some("c") => "SECTION",
            Some("p") => "PAGE",
            _ => "EDITION",
        },
        _ => "OTHER",
    }
}

/// Links for some IRIs. What has no label is called by the last part of its IRI.
///
/// # Errors
/// When the store fails.
pub(crate) fn links(view: &View, iris: &BTreeSet<String>) -> Result<BTreeMap<String, Link>, StoreError> {
    let mut out = BTreeMap::new();
    let all: Vec<NamedNode> = iris.iter().filter_map(|iri| NamedNode::new(iri).ok()).collect();
    for some in all.chunks(AT_ONCE) {
        let mut labels = labels(view, some)?;
        for node in some {
            let iri = node.as_str().to_owned();
            let Named { label, english } =
                labels.remove(&iri).unwrap_or_else(|| Named { label: last(&iri), english: None });
            let kind = kind(&view.base, &iri).to_owned();
            out.insert(iri.clone(), Link { iri, label, english, kind });
        }
    }
    Ok(out)
}

/// One link.
///
/// # Errors
/// When the store fails.
pub(crate) fn link(view: &View, iri: &str) -> Result<Link, StoreError> {
    let found = links(view, &BTreeSet::from([iri.to_owned()]))?;
    let other = || Link { iri: iri.to_owned(), label: last(iri), english: None, kind: "OTHER".to_owned() };
    Ok(found.into_values().next().unwrap_or_else(other))
}

/// What a thing is called.
struct Named {
    label: String,
    english: Option<String>,
}

/// The Japanese label of each, or the one it has, and the English one.
fn labels(view: &View, nodes: &[NamedNode]) -> Result<BTreeMap<String, Named>, StoreError> {
    let mut values = String::new();
    for node in nodes {
        let _ = write!(values, "{node} ");
    }
    let query = format!(
        "SELECT ?x ?l (?p IN (hk:text, hk:verbatim) AS ?text) WHERE {{ VALUES ?x {{ {values} }} \
         VALUES ?p {{ skos:prefLabel rdfs:label dcterms:title hk:text hk:verbatim }} ?x ?p ?l }}"
    );
    let mut found: BTreeMap<String, (u8, String)> = BTreeMap::new();
    let mut english: BTreeMap<String, String> = BTreeMap::new();
    for row in view.rows(&query)?.iter() {
        let rank = match row.language("l") {
            // A passage or figure has no name; it is called by how it begins.
            _ if row.text("text") == "true" => 3,
            Some("ja") => 0,
            None => 1,
            Some(_) => 2,
        };
        if row.language("l") == Some("en") {
            let name = english.entry(row.text("x")).or_insert_with(|| row.text("l"));
            *name = std::mem::take(name).min(row.text("l"));
        }
        let candidate = (rank, if rank == 3 { beginning(&row.text("l")) } else { row.text("l") });
        found
            .entry(row.text("x"))
            .and_modify(|known| *known = known.clone().min(candidate.clone()))
            .or_insert(candidate);
    }
    let named = |(iri, (_, label)): (String, (u8, String))| {
        let english = english.remove(&iri).filter(|name| *name != label);
        (iri, Named { label, english })
    };
    let mut labels: BTreeMap<String, Named> = found.into_iter().map(named).collect();
    for file in view.registered.iter().filter(|f| nodes.iter().any(|n| n.as_str() == f.file)) {
        labels.entry(file.file.clone()).or_insert_with(|| Named { label: file.name.clone(), english: None });
    }
    Ok(labels)
}

/// Characters of a passage in place of a name.
const BEGINNING: usize = 30;

fn beginning(text: &str) -> String {
    match text.char_indices().nth(BEGINNING) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// An IRI with its prefix.
pub(crate) fn short(iri: &str) -> String {
    let short = PREFIXES.iter().find_map(|(prefix, namespace)| {
        let local = iri.strip_prefix(namespace)?;
        (!local.contains('/')).then(|| format!("{prefix}:{local}"))
    });
    short.unwrap_or_else(|| format!("<{iri}>"))
}

/// The last part of an IRI, decoded.
pub(crate) fn last(iri: &str) -> String {
    let part = iri.trim_end_matches('/').rsplit(['/', '#']).next().unwrap_or(iri);
    percent_encoding::percent_decode_str(part).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_are_called_by_their_beginning() {
        assert_eq!(beginning(&"字".repeat(BEGINNING)), "字".repeat(BEGINNING));
        assert_eq!(beginning(&"字".repeat(BEGINNING + 1)), "字".repeat(BEGINNING) + "…");
    }

    #[test]
    fn kinds_by_path() {
        let check = |path: &str, expected: &str| assert_eq!(kind("https://e.org/id/", path), expected, "{path}");
        check("https://e.org/id/org/x/us-ftc", "ORG");
        check("https://e.org/id/law/nil/x", "LAW");
        check("https://e.org/id/ed/mihon-r06", "EDITION");
        check("https://e.org/id/ed/mihon-r06/x/1-1", "EXHIBIT");
        check("https://e.org/id/ed/mihon-r06/part/c/1/2", "SECTION");
        check("https://e.org/id/inc/0011", "EVENT");
        check("https://elsewhere.org/org/x", "OTHER");
    }
}

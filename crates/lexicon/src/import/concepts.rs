//! Concepts of a SKOS vocabulary to entries. Reading RDF is not this crate's work: it gets plain concepts.

use hakusho_model::MentionKind;
use rustc_hash::FxHashSet;

use super::draft::{Draft, slug};
use super::{Imported, imported};
use crate::common_words::{Caution, CommonWords};
use crate::layer::Skips;

/// A concept with its labels; languages are lower-case tags, empty where the label has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concept {
    /// IRI.
    pub iri: String,
    /// `skos:prefLabel` as language and text.
    pub preferred: Vec<(String, String)>,
    /// `skos:altLabel`.
    pub alternative: Vec<(String, String)>,
    /// `skos:hiddenLabel`: forms to find it by that are not shown.
    pub hidden: Vec<(String, String)>,
    /// IRIs of broader concepts.
    pub broader: Vec<String>,
    /// IRIs of concepts in other vocabularies that are about the same.
    pub close: Vec<String>,
}

impl Concept {
    fn label(&self, language: &str) -> Option<&str> {
        let fits = |tag: &str| tag == language || tag.strip_prefix(language).is_some_and(|rest| rest.starts_with('-'));
        self.preferred.iter().find(|(tag, _)| fits(tag)).map(|(_, text)| text.as_str())
    }
}

/// Entries of one type from concepts. Labels in Japanese, English and without a language are names; other languages are not.
///
/// The same concepts in the same order give the same entries. A row in the result's `skipped` is a concept's number, from 1.
pub fn import_concepts(concepts: &[Concept], kind: MentionKind, class: &str) -> Imported {
    let words = CommonWords::embedded();
    let (mut skips, mut drafts) = (Skips::default(), Vec::new());
    let known: FxHashSet<&str> = concepts.iter().map(|c| c.iri.as_str()).collect();
    for (i, concept) in concepts.iter().enumerate() {
        let Some(label) = concept.label("ja").or_else(|| concept.label("")).or_else(|| concept.label("en")) else {
            skips.add(i + 1, "no skos:prefLabel in Japanese, English or without a language");
            continue;
        };
        let mut draft = Draft::new(id(kind, &concept.iri), kind, class, label, "skos");
        if let Some(en) = concept.label("en") {
            draft = draft.en(en);
        }
        let names = concept.preferred.iter().chain(&concept.alternative).chain(&concept.hidden);
        for (_, name) in names.filter(|(tag, _)| is_read(tag)) {
            draft = draft.alias(name);
        }
        for broader in concept.broader.iter().filter(|iri| known.contains(iri.as_str())) {
            draft = draft.link("broader", &id(kind, broader));
        }
        for iri in [&concept.iri].into_iter().chain(&concept.close).filter(|iri| is_safe(iri)) {
            draft = draft.link("closeMatch", iri);
        }
        match draft.finish(&words, Caution::English) {
            Some(entry) => drafts.push((i + 1, entry)),
            None => skips.add(i + 1, "no name"),
        }
    }
    imported(drafts, concepts.len(), skips, String::new())
}

fn is_read(language: &str) -> bool {
    language.is_empty() || ["ja", "en"].iter().any(|l| language == *l || language.starts_with(&format!("{l}-")))
}

/// What may stand in a cell of links.
fn is_safe(iri: &str) -> bool {
    iri.contains("://") && !iri.contains(|c: char| c == '|' || c.is_whitespace())
}

/// Readable by the IRI's end, one's own by a hash of the whole IRI.
fn id(kind: MentionKind, iri: &str) -> String {
    let end = iri.trim_end_matches(['/', '#']).rsplit(['/', '#', ':']).next().unwrap_or_default();
    let name = slug(end);
    let hash = fnv(iri.as_bytes());
    let name = if name.is_empty() { "concept" } else { name.as_str() };
    format!("{}/skos/{name}-{hash:08x}", kind.as_str().to_lowercase())
}

/// FNV-1a: needs no library, and only keeps ids of one vocabulary apart.
fn fnv(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(tag, text)| ((*tag).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn labels_links_and_languages() {
        let parent = Concept {
            iri: "https://example.org/v/attack".to_owned(),
            preferred: labels(&[("en", "Mock attack")]),
            ..Concept::default()
        };
        let child = Concept {
            iri: "https://example.org/v/Mock_Spoof".to_owned(),
            preferred: labels(&[("en", "Mock spoofing"), ("ja", "見本なりすまし攻撃"), ("fr", "Faux")]),
            alternative: labels(&[("ja-JP", "見本詐称攻撃"), ("de", "Trug")]),
            hidden: labels(&[("", "mock-spoof")]),
            broader: vec![parent.iri.clone(), "https://example.org/v/unknown".to_owned()],
            close: vec!["https://example.org/w/1".to_owned()],
        };
        let nameless = Concept { iri: "https://example.org/v/x".to_owned(), ..Concept::default() };
        let found = import_concepts(&[parent, child, nameless], MentionKind::Threat, "concept");
        let entry = found.entries.iter().find(|e| e.ja == "見本なりすまし攻撃").expect("imported");
        assert!(entry.id.starts_with("threat/skos/mock-spoof-"), "{}", entry.id);
        assert_eq!(entry.aliases, ["Mock spoofing", "見本詐称攻撃", "mock-spoof"]);
        let relations: Vec<&str> = entry.links.iter().map(|(r, _)| r.as_str()).collect();
        assert_eq!(relations, ["broader", "closeMatch", "closeMatch"]);
        assert_eq!(found.skipped[0].lines, [3]);
    }
}

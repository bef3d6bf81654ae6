//! IRIs of things: the same input gives the same IRI; no blank nodes, no counters that a reload would change.

use std::fmt::Write as _;

use hakusho_lexicon::Edition;
use hakusho_model::{Block, Document};
use oxrdf::NamedNode;
use sha2::{Digest, Sha256};

/// Mints the IRIs of one file of one edition.
#[derive(Clone, Debug)]
pub struct Iris {
    base: String,
    /// Sixteen characters of the file's hash.
    file: String,
    /// `ed/{edition}` or `ed/{edition}/{part}`.
    root: String,
    edition: String,
}

impl Iris {
    /// IRIs under `base` (ending in a slash) for a document of an edition.
    pub fn new(base: &str, document: &Document, edition: &Edition) -> Self {
        let file = document.source.sha256.get(..16).unwrap_or("unread").to_owned();
        let root = match &edition.part {
            Some(part) => format!("ed/{}/{}", segment(&edition.id), segment(part)),
            None => format!("ed/{}", segment(&edition.id)),
        };
        Self { base: base.to_owned(), file, root, edition: segment(&edition.id) }
    }

    /// The thing at a path below the base.
    pub fn at(&self, path: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{path}", self.base))
    }

    /// Graph that holds what the file says.
    pub fn graph(&self) -> NamedNode {
        self.at(&format!("graph/{}", self.file))
    }

    /// The file.
    pub fn source_file(&self) -> NamedNode {
        self.at(&format!("file/{}", self.file))
    }

    /// The edition.
    pub fn edition(&self) -> NamedNode {
        self.at(&format!("ed/{}", self.edition))
    }

    /// A page, by its printed number where it has one of its own.
    pub(crate) fn page(&self, key: &str) -> NamedNode {
        self.at(&format!("{}/p/{}", self.root, segment(key)))
    }

    /// A part of the report: section path, note, block.
    pub(crate) fn content(&self, key: &str) -> NamedNode {
        self.at(&format!("{}/c/{key}", self.root))
    }

    /// An exhibit by its printed number.
    pub(crate) fn exhibit(&self, key: &str) -> NamedNode {
        self.at(&format!("{}/x/{}", self.root, segment(key)))
    }

    /// Evidence, by file, place and quote.
    pub(crate) fn evidence(&self, place: &str, quote: &str) -> NamedNode {
        self.at(&format!("ev/{}", hash(&[&self.file, place, quote])))
    }

    /// Evidence for the characters `start..end` of a block, as the file's graph has it if it rests a statement on them.
    pub fn evidence_of(&self, block: &Block, start: usize, end: usize) -> NamedNode {
        let quote: String = block.text.chars().skip(start).take(end.saturating_sub(start)).collect();
        self.evidence(&format!("{}:{start}-{end}", block.id), &quote)
    }

    /// A mention, by file and place.
    pub(crate) fn mention(&self, place: &str) -> NamedNode {
        self.at(&format!("mention/{}", hash(&[&self.file, place])))
    }

    /// A claim (`inc/…`, `enf/…`, `step/…`, `fig/…`), by file and place.
    pub(crate) fn claim(&self, folder: &str, place: &str) -> NamedNode {
        self.at(&format!("{folder}/{}", hash(&[&self.file, place])))
    }

    /// A defect, by file and number.
    pub(crate) fn defect(&self, place: &str) -> NamedNode {
        self.at(&format!("defect/{}", hash(&[&self.file, place])))
    }
}

/// Sixteen hexadecimal characters of the SHA-256 of some parts.
pub(crate) fn hash(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect()
}

/// A path segment: letters and digits of any script stay, everything else is percent-encoded.
pub fn segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for ch in text.chars() {
        if ch.is_alphanumeric() || matches!(ch, '-' | '.' | '_' | '~' | 'ー' | '々') {
            out.push(ch);
        } else {
            let mut buffer = [0; 4];
            for byte in ch.encode_utf8(&mut buffer).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_legal_and_tell_texts_apart() {
        assert_eq!(segment("第1節"), "第1節");
        assert_eq!(segment("(1) a/b"), "%281%29%20a%2Fb");
    }

    #[test]
    fn hashes_keep_their_parts_apart() {
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
        assert_eq!(hash(&["a"]).len(), 16);
    }
}

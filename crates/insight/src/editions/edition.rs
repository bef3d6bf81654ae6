//! One edition as it is compared: its files as one report, and places in them.

use std::collections::BTreeMap;

use hakusho_model::{Block, Document};
use serde::Serialize;

/// A file of an edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct File {
    /// Its name.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Pages.
    pub pages: usize,
}

/// What is compared, in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Side {
    /// Its files; places name them by their position.
    pub files: Vec<File>,
    /// Sections.
    pub sections: usize,
    /// Captioned exhibits.
    pub exhibits: usize,
    /// Figures, each statement once.
    pub figures: usize,
    /// Distinct things named.
    pub names: usize,
    /// Incidents, each once however often it is told.
    pub incidents: usize,
}

/// A printed place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Position of the file within its edition, from 0.
    pub file: usize,
    /// Physical page from 1.
    pub page: u32,
    /// Page number as printed.
    pub label: Option<String>,
    /// Block of the document JSON.
    pub block: String,
    /// First character in the block's text.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// The files of one edition.
pub(super) struct Edition<'d> {
    pub(super) documents: Vec<&'d Document>,
    blocks: Vec<BTreeMap<&'d str, &'d Block>>,
}

impl<'d> Edition<'d> {
    pub(super) fn new(documents: &[&'d Document]) -> Self {
        let blocks = |d: &&'d Document| d.blocks.iter().map(|b| (b.id.as_str(), b)).collect();
        Self { documents: documents.to_vec(), blocks: documents.iter().map(blocks).collect() }
    }

    pub(super) fn side(&self, incidents: usize) -> Side {
        let count = |of: fn(&Document) -> usize| self.documents.iter().map(|d| of(d)).sum();
        let names: std::collections::BTreeSet<&str> =
            self.documents.iter().flat_map(|d| &d.entities).map(|e| e.id.as_str()).collect();
        let file =
            |d: &&Document| File { file: d.source.file.clone(), sha256: d.source.sha256.clone(), pages: d.pages.len() };
        Side {
            files: self.documents.iter().map(file).collect(),
            sections: count(|d| d.sections.len()),
            exhibits: count(|d| d.exhibits.iter().filter(|x| super::exhibits::is_named(x)).count()),
            figures: count(|d| d.observations.len()),
            names: names.len(),
            incidents,
        }
    }

    /// A block of a file.
    pub(super) fn block(&self, file: usize, id: &str) -> Option<&'d Block> {
        self.blocks[file].get(id).copied()
    }

    /// Place of the characters `start..end` of a block.
    pub(super) fn place(&self, file: usize, block: &Block, start: usize, end: usize) -> Place {
        let page = block.boxes(start, end).first().map(|b| b.page).or_else(|| block.page()).unwrap_or(1);
        let label = self.documents[file].page_label(page).map(ToOwned::to_owned);
        Place { file, page, label, block: block.id.clone(), start, end }
    }

    /// Place of a whole block.
    pub(super) fn whole(&self, file: usize, block: &Block) -> Place {
        self.place(file, block, 0, block.text.chars().count())
    }

    /// Place of the sentence or row that holds the characters `start..end` of a block.
    pub(super) fn sentence(&self, file: usize, block: &Block, start: usize, end: usize) -> Place {
        let stops = |c: char| matches!(c, '。' | '\n');
        let mut from = 0;
        let mut to = None;
        let mut length = 0;
        for (i, c) in block.text.chars().enumerate() {
            if stops(c) && i < start {
                from = i + 1;
            } else if stops(c) && i + 1 >= end && to.is_none() {
                to = Some(i + usize::from(c == '。'));
            }
            length = i + 1;
        }
        self.place(file, block, from, to.unwrap_or(length).max(from))
    }
}

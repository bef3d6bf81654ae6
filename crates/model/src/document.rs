//! The document tree: the object that `hakusho extract --to json` prints.

use serde::{Deserialize, Serialize};

use crate::geometry::tenth;
use crate::{
    Artifact, Block, Context, Diagnostic, Entity, Event, Exhibit, Footnote, Mention, Observation, RankEntry, Section,
};

/// Name and version of the document JSON. Fields are only ever added under one version.
pub const SCHEMA: &str = "hakusho-document/1";

/// The file a document was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// File name without folders.
    pub file: String,
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Title in the file's document information.
    pub title: Option<String>,
    /// Producing software named in the file.
    pub producer: Option<String>,
}

/// One physical page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageInfo {
    /// Physical page from 1.
    pub index: u32,
    /// Page number as printed, `None` where no number is printed.
    pub label: Option<String>,
    /// Displayed width in points.
    #[serde(serialize_with = "points")]
    pub width: f32,
    /// Displayed height in points.
    #[serde(serialize_with = "points")]
    pub height: f32,
    /// Where text of the page was read by optical character recognition: mean confidence, 0 to 100.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ocr_confidence: Option<u8>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
fn points<S: serde::Serializer>(value: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(tenth(*value))
}

/// A report as a careful reader sees it. Lists are in reading order; ids are unique within the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// The file.
    pub source: Source,
    /// Physical pages.
    pub pages: Vec<PageInfo>,
    /// Volumes, parts and chapters the file stands in, where only its running heads and side tabs name them; from the outer
    /// to the inner.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub context: Vec<Context>,
    /// The section tree, flattened; parents come before children.
    pub sections: Vec<Section>,
    /// All body blocks.
    pub blocks: Vec<Block>,
    /// Figures, tables, charts.
    pub exhibits: Vec<Exhibit>,
    /// Footnotes.
    pub footnotes: Vec<Footnote>,
    /// Furniture: running heads, page numbers, side tabs.
    pub artifacts: Vec<Artifact>,
    /// Names, dates and quantities in the text.
    pub mentions: Vec<Mention>,
    /// Distinct things the mentions name.
    pub entities: Vec<Entity>,
    /// What the report says has happened.
    pub events: Vec<Event>,
    /// Figures the report states.
    pub observations: Vec<Observation>,
    /// Places of rankings.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub rankings: Vec<RankEntry>,
    /// What could not be read or does not fit together.
    pub diagnostics: Vec<Diagnostic>,
}

impl Document {
    /// An empty document of a file.
    pub fn new(source: Source) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            source,
            pages: Vec::new(),
            context: Vec::new(),
            sections: Vec::new(),
            blocks: Vec::new(),
            exhibits: Vec::new(),
            footnotes: Vec::new(),
            artifacts: Vec::new(),
            mentions: Vec::new(),
            entities: Vec::new(),
            events: Vec::new(),
            observations: Vec::new(),
            rankings: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// The block with that id.
    pub fn block(&self, id: &str) -> Option<&Block> {
        self.blocks.iter().find(|b| b.id == id)
    }

    /// Printed number of a physical page.
    pub fn page_label(&self, index: u32) -> Option<&str> {
        self.pages.iter().find(|p| p.index == index).and_then(|p| p.label.as_deref())
    }
}

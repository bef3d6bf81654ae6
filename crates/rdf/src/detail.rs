//! How much of a report goes into its graph.

/// How much of a report goes into its graph. Whatever is asked of the lean graph can be asked of the full one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Detail {
    /// What questions need: claims, evidence with boxes and offsets, passages.
    #[default]
    Lean,
    /// Also every mention with its own place and rule, table cells, references, and the selectors of Web Annotation.
    Full,
}

/// What is written of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GraphOptions {
    /// How much.
    pub detail: Detail,
    /// Whether paragraphs carry their text. Without it, nothing is searched but captions, titles and quotes.
    pub text: bool,
}

impl Default for GraphOptions {
    fn default() -> Self {
        Self { detail: Detail::Lean, text: true }
    }
}

impl GraphOptions {
    /// What tells graphs of these options from those of others; empty for the default.
    pub fn key(self) -> &'static str {
        match (self.detail, self.text) {
            (Detail::Lean, true) => "",
            (Detail::Lean, false) => "lean no-text",
            (Detail::Full, true) => "full",
            (Detail::Full, false) => "full no-text",
        }
    }
}

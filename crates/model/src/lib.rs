//! The words every stage of Hakusho speaks: pages of positioned glyphs going in, a document tree coming out.
//!
//! ```text
//! pdf ──► PageContent ──► layout ──► Document ──► link ──► Document (+ mentions, events, observations) ──► rdf
//! ```
//!
//! - [`PageContent`] is what the PDF text engine sees on one page: glyph runs, ruling lines, shapes, images, links.
//! - [`Document`] is the public contract of `hakusho extract --to json`; fields are only ever added to it.
//! - [`Diagnostic`] is how a stage says that input was broken: it never loses the rest of the file.
//!
//! This crate knows neither PDF nor RDF and does no input or output.
//!
//! ```
//! use hakusho_model::{Document, Source};
//! let document = Document::new(Source { file: "report.pdf".into(), ..Source::default() });
//! assert_eq!(document.schema, "hakusho-document/1");
//! ```
#![deny(missing_docs)]

mod block;
mod diagnostic;
mod document;
mod exhibit;
mod geometry;
mod knowledge;
mod page;
mod review;

pub use block::{Artifact, ArtifactKind, Block, BlockKind, Context, Line, NoteMark, Reference, Region, Section};
pub use diagnostic::{Code, Diagnostic, Severity};
pub use document::{Document, PageInfo, SCHEMA, Source};
pub use exhibit::{Anchor, Cell, Chart, ChartPoint, Exhibit, ExhibitKind, Footnote, Table};
pub use geometry::{Point, Rect};
pub use knowledge::{
    Entity, Event, EventKind, Mention, MentionKind, Modality, Observation, Quantity, RankEntry, Value,
};
pub use page::{
    Annotation, Color, FontInfo, Glyph, GlyphFlags, GlyphRun, ImageBox, Link, MapDoubt, MapWorth, MarkedContent,
    OutlineItem, PageContent, Provenance, ReportContent, Rule, Shape, ShapeKind, StructElement, WritingMode,
};
pub use review::{Place, Proposal, Question, QuestionKind, Review, order_proposals, order_questions};

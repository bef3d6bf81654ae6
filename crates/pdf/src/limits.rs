//! Bounds on what hostile or broken input may cost. A breach stops that stream or page and leaves a diagnostic.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::filters::Problem;

/// What reading one file may cost at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes one stream may inflate to, and the content of one page may have.
    pub stream_bytes: usize,
    /// Bytes all streams of the file may inflate to.
    pub file_bytes: u64,
    /// Bytes looked at to read the objects of the file. A sound file needs its size, and that of its object streams.
    pub object_bytes: u64,
    /// Filters of one stream.
    pub stream_filters: usize,
    /// Form `XObjects` inside one another.
    pub form_depth: usize,
    /// Form `XObjects` painted on one page.
    pub page_forms: u64,
    /// Operators on one page, forms included.
    pub page_operators: u64,
    /// Glyphs shown on one page, also such as lie outside of it.
    pub page_glyphs: usize,
    /// Shapes, ruling lines and images kept of one page.
    pub page_shapes: usize,
    /// Annotations of one page.
    pub page_annotations: usize,
    /// Graphics states saved, and marked-content sequences open, inside one another.
    pub nesting: usize,
    /// Pages of the file.
    pub pages: usize,
    /// Nodes of the page tree, pages and inner ones.
    pub page_tree_nodes: usize,
    /// Nodes of the page tree inside one another.
    pub page_tree_depth: usize,
    /// Elements of the structure tree.
    pub structure_elements: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            stream_bytes: 128 << 20,
            file_bytes: 2 << 30,
            object_bytes: 512 << 20,
            stream_filters: 8,
            form_depth: 24,
            page_forms: 100_000,
            page_operators: 5_000_000,
            page_glyphs: 400_000,
            page_shapes: 100_000,
            page_annotations: 20_000,
            nesting: 512,
            pages: 50_000,
            page_tree_nodes: 200_000,
            page_tree_depth: 64,
            structure_elements: 500_000,
        }
    }
}

/// Arrays and dictionaries of an object inside one another. Fixed: the call stack of a thread bounds it.
pub(crate) const OBJECT_DEPTH: usize = 128;

/// A limit that was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Breach {
    StreamBytes,
    PageBytes,
    FileBytes,
    ObjectBytes,
    ObjectDepth,
    StreamFilters,
    FormDepth,
    PageForms,
    PageOperators,
    PageGlyphs,
    PageShapes,
    PageAnnotations,
    Nesting,
    Pages,
    PageTreeNodes,
    PageTreeDepth,
    StructureElements,
}

impl Breach {
    /// The limit with its value, for a reader of the report.
    pub(crate) fn message(self, limits: &Limits) -> String {
        let (limit, what) = match self {
            Self::StreamBytes => (limits.stream_bytes as u64, "bytes in one stream"),
            Self::PageBytes => (limits.stream_bytes as u64, "bytes in the content of one page"),
            Self::FileBytes => (limits.file_bytes, "bytes in the streams of the file"),
            Self::ObjectBytes => (limits.object_bytes, "bytes to read the objects of the file"),
            Self::ObjectDepth => (OBJECT_DEPTH as u64, "arrays and dictionaries inside one another"),
            Self::StreamFilters => (limits.stream_filters as u64, "filters of one stream"),
            Self::FormDepth => (limits.form_depth as u64, "forms inside one another"),
            Self::PageForms => (limits.page_forms, "forms on one page"),
            Self::PageOperators => (limits.page_operators, "operators on one page"),
            Self::PageGlyphs => (limits.page_glyphs as u64, "glyphs on one page"),
            Self::PageShapes => (limits.page_shapes as u64, "shapes on one page"),
            Self::PageAnnotations => (limits.page_annotations as u64, "annotations on one page"),
            Self::Nesting => (limits.nesting as u64, "saved states or marked contents inside one another"),
            Self::Pages => (limits.pages as u64, "pages"),
            Self::PageTreeNodes => (limits.page_tree_nodes as u64, "nodes of the page tree"),
            Self::PageTreeDepth => (limits.page_tree_depth as u64, "levels of the page tree"),
            Self::StructureElements => (limits.structure_elements as u64, "elements of the structure tree"),
        };
        format!("more than {limit} {what}; the rest was not read")
    }
}

/// Counts the inflated bytes of one file over all threads, and collects the trouble that belongs to no page.
#[derive(Debug, Default)]
pub(crate) struct Budget {
    inflated: AtomicU64,
    problems: Mutex<BTreeSet<Problem>>,
}

impl Budget {
    /// Takes `bytes` from the file's allowance; `false` when it is used up.
    pub(crate) fn take(&self, bytes: usize, limits: &Limits) -> bool {
        self.inflated.fetch_add(bytes as u64, Ordering::Relaxed) + bytes as u64 <= limits.file_bytes
    }

    /// Notes trouble with a stream that several pages may share: a font's, a colour space's.
    pub(crate) fn note(&self, problem: Option<Problem>) {
        if let Some(problem) = problem {
            self.problems.lock().unwrap_or_else(PoisonError::into_inner).insert(problem);
        }
    }

    /// What was noted, each once, in a fixed order.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        self.problems.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect()
    }
}

//! Bounds on what hostile or broken input may cost. A breach stops that stream or page and leaves a diagnostic.

use std::sync::atomic::{AtomicU64, Ordering};

/// What reading one file may cost at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes one stream may inflate to.
    pub stream_bytes: usize,
    /// Bytes all streams of the file may inflate to.
    pub file_bytes: u64,
    /// Form `XObjects` inside one another.
    pub form_depth: usize,
    /// Operators on one page, forms included.
    pub page_operators: u64,
    /// Glyphs on one page.
    pub page_glyphs: usize,
    /// Shapes and ruling lines kept of one page.
    pub page_shapes: usize,
    /// Pages of the file.
    pub pages: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            stream_bytes: 128 << 20,
            file_bytes: 2 << 30,
            form_depth: 24,
            page_operators: 5_000_000,
            page_glyphs: 400_000,
            page_shapes: 100_000,
            pages: 50_000,
        }
    }
}

/// Counts the inflated bytes of one file over all threads.
#[derive(Debug, Default)]
pub(crate) struct Budget {
    inflated: AtomicU64,
}

impl Budget {
    /// Takes `bytes` from the file's allowance; `false` when it is used up.
    pub(crate) fn take(&self, bytes: usize, limits: &Limits) -> bool {
        self.inflated.fetch_add(bytes as u64, Ordering::Relaxed) + bytes as u64 <= limits.file_bytes
    }
}

//! Opening a file and reading its pages.

use hakusho_model::{Code, Diagnostic, PageContent, ReportContent, Severity};
use lopdf::{Document, LoadOptions};

use crate::error::PdfError;
use crate::filters::Problem;
use crate::font::FontContext;
use crate::labels::{Targets, page_labels};
use crate::lazy::LazyFile;
use crate::limits::{Breach, Budget, Limits};
use crate::pages::{pages, pages_within};
use crate::reading::FileContext;
use crate::source::{Objects, text_string};
use crate::structure::structure;

/// Bytes at the start of a file in which the header may stand (ISO 32000-1, annex H, note 13).
///
/// Mail gateways put more before it than that.
const HEADER_WITHIN: usize = 8192;

/// How to open a file.
#[derive(Clone, Debug, Default)]
pub struct OpenOptions {
    /// Password for files that need one.
    pub password: Option<String>,
    /// Whether the structure tree is read too. It costs a look at every element, so only who needs it asks for it.
    pub structure: bool,
    /// Bounds on what the file may cost.
    pub limits: Limits,
    /// Whether `ToUnicode` maps are compared with the character collections of their fonts, code by code. It costs some
    /// milliseconds a file; maps that cannot be true at all are found without.
    pub check_maps: bool,
}

/// An opened file.
#[derive(Debug)]
pub struct Pdf<'b> {
    reader: Reader<'b>,
    limits: Limits,
    check_maps: bool,
    structure: bool,
    diagnostics: Vec<Diagnostic>,
}

/// Who reads the objects.
#[derive(Debug)]
enum Reader<'b> {
    /// Ours, on demand: sound files.
    Lazy(Box<LazyFile<'b>>),
    /// lopdf, all at once: damaged files.
    Whole(Box<Document>),
}

impl Reader<'_> {
    fn objects(&self) -> Objects<'_> {
        match self {
            Self::Lazy(file) => Objects::new(&**file),
            Self::Whole(document) => Objects::new(&**document),
        }
    }
}

impl<'b> Pdf<'b> {
    /// Opens a file.
    ///
    /// # Errors
    /// Only when nothing at all can be read: [`PdfError`]. Damage that can be worked around is a diagnostic.
    pub fn open(bytes: &'b [u8], options: &OpenOptions) -> Result<Self, PdfError> {
        let head = &bytes[..bytes.len().min(HEADER_WITHIN)];
        if !head.windows(5).any(|w| w == b"%PDF-") {
            return Err(PdfError::NotPdf);
        }
        let found = |reader, diagnostics| Self {
            reader,
            limits: options.limits.clone(),
            check_maps: options.check_maps,
            structure: options.structure,
            diagnostics,
        };
        if let Some(file) = lazy(bytes, options) {
            return Ok(found(Reader::Lazy(Box::new(file)), Vec::new()));
        }
        if let Some(file) = rescued(bytes, options) {
            return Ok(found(Reader::Lazy(Box::new(file)), vec![searched()]));
        }
        let document = whole(bytes, options)?;
        let mut diagnostics = Vec::new();
        if document.xref_recovery.is_some() {
            diagnostics.push(searched());
        }
        Ok(found(Reader::Whole(Box::new(document)), diagnostics))
    }

    /// Reads everything: pages, fonts, outline. A page that cannot be read comes out empty, with a diagnostic.
    pub fn read(&self) -> ReportContent {
        let objects = self.reader.objects();
        let (nodes, breaches) = pages_within(objects, &self.limits);
        let targets = Targets::new(objects, &nodes);
        let labels = page_labels(objects, nodes.len());
        let budget = Budget::default();
        let context = FontContext { objects, limits: &self.limits, budget: &budget, check_maps: self.check_maps };
        let mut report = ReportContent {
            title: self.info(b"Title"),
            producer: self.info(b"Producer"),
            outline: targets.outline(),
            diagnostics: self.diagnostics.clone(),
            ..ReportContent::default()
        };
        let blank = |(i, label)| PageContent { index: i as u32 + 1, label, ..PageContent::default() };
        let blanks: Vec<PageContent> = labels.into_iter().enumerate().map(blank).collect();
        FileContext::new(context, &targets).read(&nodes, blanks, &mut report);
        if self.structure {
            let (elements, more) = structure(objects, |id| targets.page_of(id), self.limits.structure_elements);
            report.structure = elements;
            report.diagnostics.extend(more.then(|| self.breach(Breach::StructureElements)));
        }
        if nodes.is_empty() {
            let message = "no page could be found in the file";
            report.diagnostics.push(Diagnostic::file(Code::Damaged, Severity::Error, message));
        }
        if matches!(&self.reader, Reader::Lazy(file) if file.is_damaged()) {
            let message = "some objects of the file are damaged and were left out";
            report.diagnostics.push(Diagnostic::file(Code::Damaged, Severity::Warning, message));
        }
        report.diagnostics.extend(crate::text_layer::findings(&report.pages));
        report.diagnostics.extend(breaches.into_iter().map(|b| self.breach(b)));
        let mut problems = budget.problems();
        if let Reader::Lazy(file) = &self.reader {
            problems.extend(file.problems());
            problems.sort_unstable();
            problems.dedup();
        }
        report.diagnostics.extend(problems.into_iter().map(|p| self.problem(p)));
        report
    }

    fn breach(&self, breach: Breach) -> Diagnostic {
        Diagnostic::file(Code::LimitReached, Severity::Warning, breach.message(&self.limits))
    }

    /// Trouble with a stream that belongs to no page.
    fn problem(&self, problem: Problem) -> Diagnostic {
        match problem {
            Problem::Limit(breach) => self.breach(breach),
            Problem::Broken => {
                let message = "the data of a font, map or colour space are damaged and were read as far as they go";
                Diagnostic::file(Code::StreamUnreadable, Severity::Warning, message)
            }
        }
    }

    /// An entry of the document information dictionary.
    fn info(&self, key: &[u8]) -> Option<String> {
        let objects = self.reader.objects();
        let info = objects.dict(objects.trailer(), b"Info")?;
        let text = objects.get(info, key).and_then(text_string)?;
        Some(text.trim().to_owned()).filter(|t| !t.is_empty())
    }
}

/// The lazy reader, if the file is sound as far as its first page.
fn lazy<'b>(bytes: &'b [u8], options: &OpenOptions) -> Option<LazyFile<'b>> {
    let file = LazyFile::open(bytes, &options.limits, options.password.as_deref())?;
    (!pages(Objects::new(&file), 1).is_empty()).then_some(file)
}

/// The lazy reader over what a search finds, if there is a page among it.
fn rescued<'b>(bytes: &'b [u8], options: &OpenOptions) -> Option<LazyFile<'b>> {
    let file = LazyFile::rescue(bytes, &options.limits, options.password.as_deref())?;
    (!pages(Objects::new(&file), 1).is_empty()).then_some(file)
}

fn searched() -> Diagnostic {
    let message = "the file is damaged; its objects were found by searching, some may be missing or out of date";
    Diagnostic::file(Code::Damaged, Severity::Warning, message)
}

/// lopdf's reader, for what is left: it says why a file cannot be opened.
fn whole(bytes: &[u8], options: &OpenOptions) -> Result<Document, PdfError> {
    let load = |force_reconstruct| {
        let password = options.password.clone();
        let max_decompressed_size = Some(options.limits.stream_bytes);
        let options = LoadOptions { password, max_decompressed_size, force_reconstruct, ..LoadOptions::default() };
        Document::load_mem_with_options(bytes, options)
    };
    let document = load(false).map_err(|e| open_error(&e, options))?;
    if document.trailer.has(b"Encrypt") && document.encryption_state.is_none() {
        return Err(PdfError::Password { given: options.password.is_some() });
    }
    // A table that reads but leads to no page: look for the objects themselves.
    if pages(Objects::new(&document), 1).is_empty()
        && let Ok(rebuilt) = load(true)
        && !pages(Objects::new(&rebuilt), 1).is_empty()
    {
        return Ok(rebuilt);
    }
    Ok(document)
}

fn open_error(error: &lopdf::Error, options: &OpenOptions) -> PdfError {
    match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => {
            PdfError::Password { given: options.password.is_some() }
        }
        other => PdfError::Damaged(other.to_string()),
    }
}

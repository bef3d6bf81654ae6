//! Opening a file and reading its pages.

use hakusho_model::{Code, Diagnostic, PageContent, ReportContent, Severity};
use lopdf::{Dictionary, Document, LoadOptions, Object};

use crate::error::PdfError;
use crate::filters;
use crate::font::FontContext;
use crate::fonts::FontCache;
use crate::interp::{Interpreter, Resources, layers_off};
use crate::labels::{Targets, page_labels};
use crate::limits::{Budget, Limits};
use crate::pages::{PageNode, pages};
use crate::source::{Objects, raw, text_string};
use crate::tidy::tidy;

/// Bytes at the start of a file in which the header may stand (ISO 32000-1, annex H, note 13).
const HEADER_WITHIN: usize = 1024;

/// How to open a file.
#[derive(Clone, Debug, Default)]
pub struct OpenOptions {
    /// Password for files that need one.
    pub password: Option<String>,
    /// Bounds on what the file may cost.
    pub limits: Limits,
}

/// An opened file.
#[derive(Debug)]
pub struct Pdf {
    document: Document,
    limits: Limits,
    diagnostics: Vec<Diagnostic>,
}

impl Pdf {
    /// Opens a file.
    ///
    /// # Errors
    /// Only when nothing at all can be read: [`PdfError`]. Damage that can be worked around is a diagnostic.
    pub fn open(bytes: &[u8], options: &OpenOptions) -> Result<Self, PdfError> {
        let head = &bytes[..bytes.len().min(HEADER_WITHIN)];
        if !head.windows(5).any(|w| w == b"%PDF-") {
            return Err(PdfError::NotPdf);
        }
        let load = |force_reconstruct| {
            let password = options.password.clone();
            let max_decompressed_size = Some(options.limits.stream_bytes);
            let options = LoadOptions { password, max_decompressed_size, force_reconstruct, ..LoadOptions::default() };
            Document::load_mem_with_options(bytes, options)
        };
        let mut document = load(false).map_err(|e| open_error(&e, options))?;
        if document.trailer.has(b"Encrypt") && document.encryption_state.is_none() {
            return Err(PdfError::Password { given: options.password.is_some() });
        }
        // A table that reads but leads to no page: look for the objects themselves.
        if pages(Objects::new(&document), 1).is_empty()
            && let Ok(rebuilt) = load(true)
            && !pages(Objects::new(&rebuilt), 1).is_empty()
        {
            document = rebuilt;
        }
        let mut diagnostics = Vec::new();
        if document.xref_recovery.is_some() {
            let message =
                "the file is damaged; its objects were found by searching, some may be missing or out of date";
            diagnostics.push(Diagnostic::file(Code::Damaged, Severity::Warning, message));
        }
        Ok(Self { document, limits: options.limits.clone(), diagnostics })
    }

    /// Reads everything: pages, fonts, outline. A page that cannot be read comes out empty, with a diagnostic.
    pub fn read(&self) -> ReportContent {
        let objects = Objects::new(&self.document);
        let nodes = pages(objects, self.limits.pages);
        let targets = Targets::new(objects, &nodes);
        let labels = page_labels(objects, nodes.len());
        let budget = Budget::default();
        let context = FontContext { objects, limits: &self.limits, budget: &budget };
        let mut fonts = FontCache::default();
        let layers_off = layers_off(objects);
        let mut report = ReportContent {
            title: self.info(b"Title"),
            producer: self.info(b"Producer"),
            outline: targets.outline(),
            diagnostics: self.diagnostics.clone(),
            ..ReportContent::default()
        };
        for (i, (node, label)) in nodes.iter().zip(labels).enumerate() {
            let blank = PageContent { index: i as u32 + 1, label, ..PageContent::default() };
            let (page, found) = read_page(context, node, &targets, &mut fonts, &layers_off, blank);
            report.pages.push(page);
            report.diagnostics.extend(found);
        }
        if nodes.is_empty() {
            let message = "no page could be found in the file";
            report.diagnostics.push(Diagnostic::file(Code::Damaged, Severity::Error, message));
        }
        report.fonts = fonts.iter().map(|f| f.info.clone()).collect();
        report
    }

    /// An entry of the document information dictionary.
    fn info(&self, key: &[u8]) -> Option<String> {
        let objects = Objects::new(&self.document);
        let info = objects.dict(objects.trailer(), b"Info")?;
        let text = objects.get(info, key).and_then(text_string)?;
        Some(text.trim().to_owned()).filter(|t| !t.is_empty())
    }
}

fn open_error(error: &lopdf::Error, options: &OpenOptions) -> PdfError {
    match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => {
            PdfError::Password { given: options.password.is_some() }
        }
        other => PdfError::Damaged(other.to_string()),
    }
}

fn read_page<'a>(
    context: FontContext<'a>,
    node: &PageNode<'a>,
    targets: &Targets<'a>,
    fonts: &mut FontCache<'a>,
    layers_off: &[lopdf::ObjectId],
    mut page: PageContent,
) -> (PageContent, Vec<Diagnostic>) {
    let geometry = node.geometry(context.objects);
    (page.width, page.height) = (geometry.width, geometry.height);
    page.links = targets.links(node, &geometry);
    let mut interpreter = Interpreter::new(context, fonts, layers_off, page, geometry.base);
    let content = contents(&mut interpreter, context, node.dict);
    interpreter.run(&content, Resources::of_page(node.resources));
    let (mut page, diagnostics) = interpreter.finish();
    tidy(&mut page);
    (page, diagnostics)
}

/// The content streams of a page, one behind the other with white space between (7.8.2).
fn contents<'a>(interpreter: &mut Interpreter<'a, '_>, context: FontContext<'a>, page: &'a Dictionary) -> Vec<u8> {
    let objects = context.objects;
    let mut streams = Vec::new();
    collect_streams(objects, raw(page, b"Contents"), &mut streams, 0);
    let mut content = Vec::new();
    for stream in streams {
        let decoded = filters::decode(objects, stream, context.limits, context.budget);
        interpreter.note_stream(decoded.problem);
        content.extend_from_slice(&decoded.bytes);
        content.push(b'\n');
    }
    content
}

fn collect_streams<'a>(
    objects: Objects<'a>,
    object: Option<&'a Object>,
    out: &mut Vec<&'a lopdf::Stream>,
    depth: usize,
) {
    match object.and_then(|o| objects.resolve(o)) {
        Some(Object::Stream(stream)) => out.push(stream),
        Some(Object::Array(items)) if depth < 4 => {
            for item in items {
                collect_streams(objects, Some(item), out, depth + 1);
            }
        }
        _ => {}
    }
}

//! Bytes to a document, and a document to quads.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hakusho_lexicon::{Edition, edition_of};
use hakusho_link::LinkContext;
use hakusho_model::{Code, Diagnostic, Document, Question, ReportContent, Review, Severity, Source};
use hakusho_pdf::{OpenOptions, Pdf, PdfError};
use hakusho_rdf::{Quad, document_quads};
use sha2::{Digest, Sha256};

use crate::knowledge::Knowledge;
use crate::ocr::{Ocr, recognise};

/// How to read a file.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// How to open it.
    pub open: OpenOptions,
    /// How to recognise pages without text; without it they stay empty.
    pub ocr: Option<Ocr>,
}

/// A report read to the end.
#[derive(Clone, Debug)]
pub struct Artifact {
    /// The document tree.
    pub document: Document,
    /// The edition it belongs to.
    pub edition: Edition,
    /// What it says, in the graph of its file, sorted.
    pub quads: Vec<Quad>,
    /// What it leaves open, and which decisions applied to it.
    pub review: Review,
}

/// Lower-case hexadecimal SHA-256 of some bytes.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// Reads the pages of a file: its text, and what is recognised where there is none.
///
/// # Errors
/// When the file cannot be opened.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<ReportContent, PdfError> {
    let mut report = Pdf::open(bytes, &options.open)?.read();
    if let Some(ocr) = &options.ocr {
        recognise(&mut report, bytes, &options.open, ocr);
    }
    Ok(report)
}

/// Pages to a document with mentions. Unlike [`extract`] it lets a fault inside a stage through.
pub fn understand(report: &ReportContent, source: Source, knowledge: &Knowledge) -> Document {
    linked(report, source, knowledge).0
}

/// A document, and how often each decision applied to it.
fn linked(report: &ReportContent, source: Source, knowledge: &Knowledge) -> (Document, BTreeMap<String, usize>) {
    let source = Source { title: report.title.clone(), producer: report.producer.clone(), ..source };
    let mut document = hakusho_layout::analyse(report, source, &knowledge.words);
    let context = context(&document, knowledge);
    let applied = knowledge.linker.link(&mut document, &context);
    (document, applied)
}

fn context(document: &Document, knowledge: &Knowledge) -> LinkContext {
    let edition = edition_of(document, &knowledge.series);
    // Years of known series alone are sure enough to read 昨年 and 8月 by.
    let edition_year = edition.year.filter(|_| edition.series.is_some());
    LinkContext { edition_year, edition: edition.id }
}

/// The questions that a document with mentions leaves open.
pub fn questions(document: &Document, knowledge: &Knowledge) -> Vec<Question> {
    knowledge.linker.questions(document, &context(document, knowledge))
}

/// Name, hash and size of a file.
pub fn source(file: &str, bytes: &[u8]) -> Source {
    Source { file: file.to_owned(), sha256: sha256_hex(bytes), bytes: bytes.len() as u64, ..Source::default() }
}

/// Reads a report into a document with mentions.
///
/// Never fails: a file that cannot be opened gives a document without pages and a diagnostic that says why, and a
/// failure inside a stage is recorded the same way.
pub fn extract(file: &str, bytes: &[u8], knowledge: &Knowledge, options: &ReadOptions) -> Document {
    extracted(file, bytes, knowledge, options).0
}

fn extracted(
    file: &str,
    bytes: &[u8],
    knowledge: &Knowledge,
    options: &ReadOptions,
) -> (Document, BTreeMap<String, usize>) {
    let nothing = BTreeMap::new;
    let source = source(file, bytes);
    let attempt = catch_unwind(AssertUnwindSafe(|| {
        let report = read(bytes, options)?;
        Ok::<_, PdfError>(linked(&report, source.clone(), knowledge))
    }));
    match attempt {
        Ok(Ok(done)) => done,
        Ok(Err(error)) => (failed(source, code(&error), error.to_string()), nothing()),
        Err(_) => {
            let fault = "reading this file failed because of a fault in the program".to_owned();
            (failed(source, Code::InternalError, fault), nothing())
        }
    }
}

/// Reads a report all the way to quads.
pub fn build(file: &str, bytes: &[u8], knowledge: &Knowledge, options: &ReadOptions) -> Artifact {
    let (document, applied) = extracted(file, bytes, knowledge, options);
    let edition = edition_of(&document, &knowledge.series);
    let named = document.entities.iter().filter_map(|e| knowledge.layer_entry(&e.id));
    let quads = document_quads(&document, &edition, &knowledge.base, named, knowledge.graph);
    // A fault among the questions must not cost the report.
    let questions = catch_unwind(AssertUnwindSafe(|| questions(&document, knowledge))).unwrap_or_default();
    Artifact { review: Review { questions, applied }, document, edition, quads }
}

/// Why a document holds nothing worth loading, in words; `None` where it does.
pub fn unreadable(document: &Document) -> Option<&str> {
    let has_text = document.blocks.iter().any(|b| !b.text.is_empty());
    let of_file = || document.diagnostics.iter().filter(|d| d.page.is_none());
    // Damage explains missing text better than its absence does.
    let reason =
        of_file().find(|d| d.severity == Severity::Error).or_else(|| of_file().find(|d| d.code == Code::Damaged));
    match (has_text, reason) {
        (true, _) => None,
        (false, Some(reason)) => Some(&reason.message),
        (false, None) => Some("the file has no text"),
    }
}

fn code(error: &PdfError) -> Code {
    match error {
        PdfError::NotPdf => Code::NotPdf,
        PdfError::Password { .. } => Code::Encrypted,
        _ => Code::Damaged,
    }
}

fn failed(source: Source, code: Code, message: String) -> Document {
    let mut document = Document::new(source);
    document.diagnostics.push(Diagnostic::file(code, Severity::Error, message));
    document
}

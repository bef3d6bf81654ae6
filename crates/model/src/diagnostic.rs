//! Broken input is data: what a stage could not read, where, and how bad it is.

use serde::{Deserialize, Serialize};

/// How much a diagnostic costs the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something worth knowing; nothing is missing.
    Info,
    /// Something may be missing or wrong.
    Warning,
    /// A page or the file could not be read.
    Error,
}

/// What kind of trouble it is. The names are part of the document JSON and never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Code {
    /// The bytes are not a PDF file.
    NotPdf,
    /// The file opens only with a password and none, or a wrong one, was given.
    Encrypted,
    /// The file is damaged; what could be recovered is there.
    Damaged,
    /// A page could not be interpreted.
    PageUnreadable,
    /// A stage failed in a way it should not; the rest of the file is there.
    InternalError,
    /// A limit was reached and the rest of that stream, page or file was not read.
    LimitReached,
    /// No page of the file, or not these pages, has text, or only a part of it: images or outlines hold the words.
    NoTextLayer,
    /// Pages were read by optical character recognition.
    Ocr,
    /// Optical character recognition was asked for and could not be done.
    OcrUnavailable,
    /// Character codes without a known character.
    UnmappedGlyphs,
    /// A font's map to Unicode contradicts what the font is.
    LyingFontMap,
    /// A font that is needed is missing or unreadable.
    FontUnreadable,
    /// A stream could not be decompressed to its end.
    StreamUnreadable,
    /// The text refers to an exhibit, section or note that is not in the report.
    DanglingReference,
    /// Two parts of the report state different numbers for one thing.
    NumberMismatch,
    /// A footnote marker without a note, or a note without a marker.
    FootnoteUnmatched,
}

impl Code {
    /// The name used in the document JSON, e.g. `no-text-layer`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotPdf => "not-pdf",
            Self::Encrypted => "encrypted",
            Self::Damaged => "damaged",
            Self::PageUnreadable => "page-unreadable",
            Self::InternalError => "internal-error",
            Self::LimitReached => "limit-reached",
            Self::NoTextLayer => "no-text-layer",
            Self::Ocr => "ocr",
            Self::OcrUnavailable => "ocr-unavailable",
            Self::UnmappedGlyphs => "unmapped-glyphs",
            Self::LyingFontMap => "lying-font-map",
            Self::FontUnreadable => "font-unreadable",
            Self::StreamUnreadable => "stream-unreadable",
            Self::DanglingReference => "dangling-reference",
            Self::NumberMismatch => "number-mismatch",
            Self::FootnoteUnmatched => "footnote-unmatched",
        }
    }
}

/// One finding about the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// What kind of trouble.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// Physical page from 1; `None` when it concerns the whole file.
    pub page: Option<u32>,
    /// One sentence for a reader who is not a programmer.
    pub message: String,
}

impl Diagnostic {
    /// A finding about the whole file.
    pub fn file(code: Code, severity: Severity, message: impl Into<String>) -> Self {
        Self { code, severity, page: None, message: message.into() }
    }

    /// A finding about one page (physical, from 1).
    pub fn page(page: u32, code: Code, severity: Severity, message: impl Into<String>) -> Self {
        Self { code, severity, page: Some(page), message: message.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_names_match_their_serialised_form() {
        for code in
            [Code::NotPdf, Code::NoTextLayer, Code::UnmappedGlyphs, Code::DanglingReference, Code::FootnoteUnmatched]
        {
            let json = serde_json::to_string(&code).expect("a code is a string");
            assert_eq!(json, format!("\"{}\"", code.as_str()));
        }
    }
}

//! Why a file cannot be opened at all. Everything milder is a [`hakusho_model::Diagnostic`].

use thiserror::Error;

/// A file that gives no pages.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum PdfError {
    /// No `%PDF-` header in the first kilobyte: an empty file, a text file, another format.
    #[error("this is not a PDF file")]
    NotPdf,
    /// The file is encrypted and opens neither without a password nor with the one given.
    #[error("{}", if *.given { "the password does not open this file" } else { "this file is protected and needs a password" })]
    Password {
        /// Whether a password was tried.
        given: bool,
    },
    /// The file is so damaged that not even its catalog could be found.
    #[error("the file is too damaged to read: {0}")]
    Damaged(String),
}

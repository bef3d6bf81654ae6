//! PDF bytes to pages of positioned glyph runs, ruling lines and shapes: the first stage of Hakusho.
//!
//! lopdf reads the objects; everything above it is here: the content-stream interpreter, the decode ladder that finds
//! a character for every code of a Japanese font, and the geometry of every glyph on the page as displayed.
//!
//! - [`Pdf::open`] opens a file, with or without a password, also a damaged one.
//! - [`Pdf::read`] gives a [`hakusho_model::ReportContent`]: pages, fonts, outline, diagnostics.
//! - [`text_layers`] says which pages hold their words as pictures.
//! - [`Limits`] bound what a hostile file may cost.
//!
//! ```
//! use hakusho_pdf::{OpenOptions, Pdf, PdfError};
//! let error = Pdf::open(b"not a report", &OpenOptions::default()).unwrap_err();
//! assert_eq!(error, PdfError::NotPdf);
//! ```
//!
//! What the text means is not known here: see `hakusho-layout`.
#![deny(missing_docs)]

mod annotations;
mod document;
mod error;
mod filters;
mod font;
mod fonts;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
mod interp;
mod labels;
mod lazy;
mod lexer;
mod limits;
mod matrix;
mod pages;
mod reading;
mod repair;
mod source;
mod structure;
mod text_layer;
mod tidy;

pub use document::{OpenOptions, Pdf};
pub use error::PdfError;
pub use limits::Limits;
pub use repair::character as repaired;
pub use text_layer::{TextLayer, text_layers};

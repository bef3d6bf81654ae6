//! Why a page cannot be painted.

use thiserror::Error;

/// A page that gives no image.
#[derive(Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum RenderError {
    /// The file is no PDF, or so damaged that no page could be found.
    #[error("the file cannot be painted: it is no PDF file, or too damaged")]
    Damaged,
    /// The file is encrypted and opens neither without a password nor with the one given.
    #[error("{}", if *.given { "the password does not open this file" } else { "this file is protected and needs a password" })]
    Password {
        /// Whether a password was tried.
        given: bool,
    },
    /// The file has no such page.
    #[error("there is no page {page}: the file has {pages} pages")]
    NoPage {
        /// The page asked for, from 1.
        page: u32,
        /// Pages of the file.
        pages: usize,
    },
    /// The image would be larger than [`crate::MAX_PIXELS`], or one of its sides longer than 65,535 pixels.
    #[error(
        "the image would have {width} × {height} pixels, more than can be painted; a scale of {fits} or less is possible"
    )]
    TooLarge {
        /// Pixels across.
        width: u64,
        /// Pixels down.
        height: u64,
        /// A scale at which the page can be painted.
        fits: f32,
    },
    /// The scale is no positive number.
    #[error("the scale must be a positive number")]
    Scale,
    /// The renderer failed on this page.
    #[error("page {page} cannot be painted because of a fault in the renderer")]
    Fault {
        /// The page, from 1.
        page: u32,
    },
    /// The pixels could not be written as PNG.
    #[error("the image cannot be written: {0}")]
    Png(String),
}

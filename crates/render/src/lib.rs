//! A page of a PDF to pixels: how people see the page, beside what the text engine reads of it.
//!
//! - [`Renderer::open`] opens a file, [`Renderer::render`] paints one of its pages.
//! - [`PageImage`] holds the pixels, draws boxes over them and becomes a PNG.
//! - [`FontFinder`] says which font stands in for one that the file names but does not hold.
//!
//! hayro interprets and paints. The page's box is that of `hakusho-pdf`: a point `(x, y)` of display space lies at the
//! pixel `(x · scale, y · scale)`, so that boxes of glyphs, lines and blocks fit what is painted.
//!
//! ```
//! use hakusho_render::{RenderError, RenderOptions, Renderer};
//! let error = Renderer::open(b"not a report", &RenderOptions::default()).unwrap_err();
//! assert_eq!(error, RenderError::Damaged);
//! ```
#![deny(missing_docs)]

mod error;
mod fonts;
mod frame;
mod image;
mod letters;
mod png_file;
mod renderer;

pub use error::RenderError;
pub use fonts::{FontFile, FontFinder, FontWish, Script};
pub use image::PageImage;
pub use renderer::{MAX_PIXELS, RenderOptions, Rendered, Renderer, largest_scale};

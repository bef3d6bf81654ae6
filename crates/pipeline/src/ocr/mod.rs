//! Optical character recognition of the pages that have no text: paint, recognise, lay the words over the page.
//!
//! The recogniser is given from outside, since it starts a program. What it reads becomes glyphs like any other,
//! marked [`hakusho_model::Provenance::Ocr`].

mod glyphs;
mod pages;

use std::fmt;
use std::sync::Arc;

use hakusho_model::Rect;
use hakusho_render::FontFinder;
use thiserror::Error;

pub(crate) use pages::recognise;

/// Pixels an inch at which pages are painted for recognition.
pub const DPI: f32 = 300.0;
/// A word the recogniser is less sure of than this, of 100, is left out.
pub const LEAST_CONFIDENCE: f32 = 30.0;

/// A few characters that a recogniser saw as one.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// Its text, without spaces.
    pub text: String,
    /// Its box in pixels.
    pub bbox: Rect,
    /// How sure the recogniser is, 0 to 100.
    pub confidence: f32,
    /// The printed line it stands in, counted over the page.
    pub line: u32,
    /// The paragraph that line stands in, counted over the page.
    pub paragraph: u32,
}

/// What a recogniser saw on a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Words in reading order.
    pub words: Vec<Word>,
    /// Whether the lines run down the page.
    pub vertical: bool,
}

impl Reading {
    /// Mean confidence over all characters, 0 to 100.
    pub fn confidence(&self) -> f32 {
        let (sum, count) = self.words.iter().fold((0.0, 0), |(sum, count), word| {
            let n = word.text.chars().count();
            (sum + word.confidence * n as f32, count + n)
        });
        if count == 0 { 0.0 } else { sum / count as f32 }
    }
}

/// Why a page was not recognised.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum OcrError {
    /// The program or its language data are not installed; the text says how to install them.
    #[error("{0}")]
    Unavailable(String),
    /// The program failed on this page.
    #[error("{0}")]
    Failed(String),
}

/// Reads characters in an image of a page.
pub trait Recogniser: fmt::Debug + Send + Sync {
    /// Name, version and languages; it tells artifacts made by different recognisers apart.
    fn name(&self) -> String;

    /// Reads a page given as a PNG file in shades of grey that says its resolution. The same image gives the same words.
    ///
    /// # Errors
    /// [`OcrError`]: the page then stays without text.
    fn read(&self, png: &[u8]) -> Result<Reading, OcrError>;
}

/// How to recognise pages.
#[derive(Clone)]
pub struct Ocr {
    /// What reads the image of a page.
    pub recogniser: Arc<dyn Recogniser>,
    /// Fonts for painting text whose font is not in the file.
    pub fonts: Option<FontFinder>,
}

impl fmt::Debug for Ocr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ocr({:?}, fonts: {})", self.recogniser, self.fonts.is_some())
    }
}

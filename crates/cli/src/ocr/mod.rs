//! Recognisers that are programs of the machine.

mod tesseract;
mod tsv;

use std::sync::Arc;

use anyhow::Result;
use hakusho_pipeline::Ocr;

use crate::args::OcrEngine;
use crate::machine_fonts;
use tesseract::Tesseract;

/// The recogniser asked for, with the machine's fonts.
pub(crate) fn recogniser(engine: Option<OcrEngine>) -> Result<Option<Ocr>> {
    let Some(engine) = engine else { return Ok(None) };
    let recogniser = match engine {
        OcrEngine::Tesseract => Arc::new(Tesseract::default()),
    };
    Ok(Some(Ocr { recogniser, fonts: Some(machine_fonts::finder(None)?) }))
}

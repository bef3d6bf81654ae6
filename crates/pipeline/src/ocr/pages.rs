//! Which pages are recognised, and what is said about it.

use hakusho_model::{Code, Diagnostic, FontInfo, PageContent, ReportContent, Severity};
use hakusho_pdf::{OpenOptions, TextLayer, text_layers};
use hakusho_render::{RenderOptions, Renderer, largest_scale};

use super::glyphs::{Laid, lay};
use super::{DPI, LEAST_CONFIDENCE, Ocr, OcrError};

/// A page is painted smaller where it would have more pixels than this (A2 at 300 dpi has 35 million).
const MAX_PIXELS: f32 = 40e6;
/// Pixels of a page's pictures that are decoded at most.
const MAX_PICTURES: u64 = 400_000_000;
/// Displayed sizes that differ by more points than this are not the same page.
const SAME_SIZE: f32 = 1.0;

/// Recognises the pages of a report that have no text, or only a part of it.
pub(crate) fn recognise(report: &mut ReportContent, bytes: &[u8], options: &OpenOptions, ocr: &Ocr) {
    let layers = text_layers(&report.pages);
    let wanted: Vec<usize> = (0..layers.len()).filter(|&i| layers[i] != TextLayer::Text).collect();
    if wanted.is_empty() {
        return;
    }
    let render = RenderOptions { password: options.password.clone(), fonts: ocr.fonts.clone() };
    let renderer = match Renderer::open(bytes, &render) {
        Ok(renderer) => renderer,
        Err(error) => return say(report, failed(None, &error.to_string())),
    };
    let font = report.fonts.len() as u32;
    let mut total = Total::default();
    for i in wanted {
        let page = &mut report.pages[i];
        match recognise_page(page, &renderer, ocr, font) {
            Ok(laid) => total.add(page, laid),
            Err(OcrError::Unavailable(why)) => {
                // Where no page has text, this is why nothing could be read.
                let alone = report.pages.iter().all(|p| p.glyphs.is_empty());
                let severity = if alone { Severity::Error } else { Severity::Warning };
                return say(report, Diagnostic::file(Code::OcrUnavailable, severity, why));
            }
            Err(OcrError::Failed(why)) => total.failed.push(failed(Some(page.index), &why)),
        }
    }
    if total.laid.characters > 0 {
        report.fonts.push(FontInfo { name: "OCR".to_owned(), ..FontInfo::default() });
        let missing = report.diagnostics.iter_mut().filter(|d| d.code == Code::NoTextLayer);
        missing.for_each(|d| d.severity = Severity::Info);
    }
    say(report, total.summary(&ocr.recogniser.name()));
    report.diagnostics.append(&mut total.failed);
}

/// What was recognised in a file.
#[derive(Default)]
struct Total {
    pages: Vec<u32>,
    laid: Laid,
    failed: Vec<Diagnostic>,
}

impl Total {
    fn add(&mut self, page: &mut PageContent, laid: Laid) {
        self.pages.push(page.index);
        self.laid.confidence += laid.confidence;
        self.laid.characters += laid.characters;
        self.laid.doubtful += laid.doubtful;
        if laid.characters > 0 {
            page.ocr = Some((laid.confidence / laid.characters as f32).round() as u8);
        }
    }

    fn summary(&self, name: &str) -> Diagnostic {
        let mean = self.laid.confidence / self.laid.characters.max(1) as f32;
        let message = format!(
            "{} read by optical character recognition ({name}): {} characters, mean confidence {mean:.0} of 100; {} words \
             below {LEAST_CONFIDENCE:.0} left out",
            listed(&self.pages),
            self.laid.characters,
            self.laid.doubtful
        );
        Diagnostic::file(Code::Ocr, Severity::Info, message)
    }
}

/// `pages 1 to 4, 7`.
fn listed(pages: &[u32]) -> String {
    let mut parts: Vec<(u32, u32)> = Vec::new();
    for &page in pages {
        match parts.last_mut() {
            Some((_, last)) if *last + 1 == page => *last = page,
            _ => parts.push((page, page)),
        }
    }
    let part = |(a, b): &(u32, u32)| if a == b { a.to_string() } else { format!("{a} to {b}") };
    let list = parts.iter().map(part).collect::<Vec<_>>().join(", ");
    match pages.len() {
        0 => "no page".to_owned(),
        1 => format!("page {list}"),
        _ => format!("pages {list}"),
    }
}

fn failed(page: Option<u32>, why: &str) -> Diagnostic {
    let message = format!("optical character recognition failed: {why}");
    Diagnostic { code: Code::OcrUnavailable, severity: Severity::Warning, page, message }
}

/// Before what is said of the missing text layer: it answers that.
fn say(report: &mut ReportContent, diagnostic: Diagnostic) {
    let at = report.diagnostics.iter().position(|d| d.code == Code::NoTextLayer).unwrap_or(report.diagnostics.len());
    report.diagnostics.insert(at, diagnostic);
}

fn recognise_page(page: &mut PageContent, renderer: &Renderer, ocr: &Ocr, font: u32) -> Result<Laid, OcrError> {
    let failed = |why: String| OcrError::Failed(why);
    let pictures: u64 = page.images.iter().map(|i| u64::from(i.width) * u64::from(i.height)).sum();
    if pictures > MAX_PICTURES {
        return Err(failed("the pictures of the page are too large".to_owned()));
    }
    let (width, height) = renderer.size(page.index).map_err(|e| failed(e.to_string()))?;
    if (width - page.width).abs() > SAME_SIZE || (height - page.height).abs() > SAME_SIZE {
        return Err(failed("the renderer finds another page at this place of the damaged file".to_owned()));
    }
    let scale = (DPI / 72.0).min(largest_scale(width, height)).min((MAX_PIXELS / (width * height)).sqrt());
    let image = renderer.render(page.index, scale).map_err(|e| failed(e.to_string()))?.image;
    let png = image.to_grey_png(scale * 72.0).map_err(|e| failed(e.to_string()))?;
    let reading = ocr.recogniser.read(&png)?;
    Ok(lay(page, &reading, scale, font))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_listed_in_runs() {
        for (pages, text) in [
            (&[][..], "no page"),
            (&[3][..], "page 3"),
            (&[1, 2, 3][..], "pages 1 to 3"),
            (&[1, 3, 4][..], "pages 1, 3 to 4"),
        ] {
            assert_eq!(listed(pages), text);
        }
    }
}

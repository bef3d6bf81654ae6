//! Opening a file and painting a page, within bounds.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, PoisonError};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::peniko::ImageAlphaType;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};

use crate::error::RenderError;
use crate::fonts::{FontFinder, Missing, settings};
use crate::frame::Frame;
use crate::image::PageImage;

/// Pixels of the largest image that is painted (256 MB while it is painted).
pub const MAX_PIXELS: u64 = 64 << 20;
/// Pixels of the longest side.
const MAX_SIDE: u64 = u16::MAX as u64;

/// How to open a file.
#[derive(Clone, Default)]
pub struct RenderOptions {
    /// Password for files that need one.
    pub password: Option<String>,
    /// Fonts in place of missing ones; without a finder their East Asian characters stay blank.
    pub fonts: Option<FontFinder>,
}

impl fmt::Debug for RenderOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { password, fonts } = self;
        write!(f, "RenderOptions(password: {}, fonts: {})", password.is_some(), fonts.is_some())
    }
}

/// A file whose pages can be painted.
pub struct Renderer {
    pdf: Pdf,
    settings: InterpreterSettings,
    missing: Missing,
}

impl fmt::Debug for Renderer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Renderer({} pages)", self.pages())
    }
}

/// A painted page.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The pixels, on white.
    pub image: PageImage,
    /// Names of fonts that are neither in the file nor were found; their text may be blank.
    pub missing_fonts: Vec<String>,
}

impl Renderer {
    /// Opens a file.
    ///
    /// # Errors
    /// [`RenderError::Damaged`] where no page can be found, [`RenderError::Password`] where it does not open.
    pub fn open(bytes: &[u8], options: &RenderOptions) -> Result<Self, RenderError> {
        let password = options.password.as_deref().unwrap_or_default();
        let load = || Pdf::new_with_password(bytes.to_vec(), password);
        let pdf = match catch_unwind(AssertUnwindSafe(load)) {
            Ok(Ok(pdf)) => pdf,
            Ok(Err(LoadPdfError::Decryption(_))) => {
                return Err(RenderError::Password { given: options.password.is_some() });
            }
            Ok(Err(LoadPdfError::Invalid)) | Err(_) => return Err(RenderError::Damaged),
        };
        let missing = Missing::default();
        let settings = settings(options.fonts.clone(), Arc::clone(&missing));
        Ok(Self { pdf, settings, missing })
    }

    /// Pages of the file.
    pub fn pages(&self) -> usize {
        self.pdf.pages().len()
    }

    /// Displayed width and height of a page (from 1), in points.
    ///
    /// # Errors
    /// [`RenderError::NoPage`].
    pub fn size(&self, page: u32) -> Result<(f32, f32), RenderError> {
        let frame = Frame::of(self.page(page)?);
        Ok((frame.width, frame.height))
    }

    /// Paints a page (from 1) at `scale` pixels a point.
    ///
    /// # Errors
    /// Where there is no such page, the image would be too large, or hayro panics on the page.
    pub fn render(&self, page: u32, scale: f32) -> Result<Rendered, RenderError> {
        let found = self.page(page)?;
        let frame = Frame::of(found);
        let (width, height) = pixels(frame.width, frame.height, scale)?;
        self.missing.lock().unwrap_or_else(PoisonError::into_inner).clear();
        let paint = || self.paint(found, &frame, scale, width, height);
        let rgba = catch_unwind(AssertUnwindSafe(paint)).map_err(|_| RenderError::Fault { page })?;
        let image = PageImage::from_rgba(u32::from(width), u32::from(height), &rgba);
        let missing_fonts =
            self.missing.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect::<Vec<_>>();
        Ok(Rendered { image, missing_fonts })
    }

    /// A page (from 1) as an SVG file: shapes and letters as paths, in points.
    ///
    /// # Errors
    /// Where there is no such page, or hayro panics on it.
    pub fn svg(&self, page: u32) -> Result<String, RenderError> {
        let found = self.page(page)?;
        let write = || {
            let cache = hayro_svg::RenderCache::new();
            let white = hayro_svg::SvgRenderSettings { bg_color: [255; 4] };
            hayro_svg::convert(found, &cache, &self.settings, &white)
        };
        catch_unwind(AssertUnwindSafe(write)).map_err(|_| RenderError::Fault { page })
    }

    fn page(&self, page: u32) -> Result<&Page<'_>, RenderError> {
        let index = (page as usize).checked_sub(1);
        let pages = self.pdf.pages();
        index.and_then(|i| pages.get(i)).ok_or(RenderError::NoPage { page, pages: pages.len() })
    }

    fn paint(&self, page: &Page<'_>, frame: &Frame, scale: f32, width: u16, height: u16) -> Vec<u8> {
        let mut context = RenderContext::new(width, height);
        let transform = Affine::scale(f64::from(scale)) * frame.base;
        let cache = RenderCache::new();
        render_into(page, &cache, &self.settings, &RenderSettings::default(), &mut context, transform);
        context.flush();
        let mut pixmap = Pixmap::new(width, height);
        let how = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..RasterizerSettings::default() };
        context.render_with(&mut pixmap, &mut Resources::default(), how);
        pixmap.take_rgba8(ImageAlphaType::Alpha)
    }
}

/// Size of the image, checked.
pub(crate) fn pixels(width: f32, height: f32, scale: f32) -> Result<(u16, u16), RenderError> {
    if !scale.is_finite() || scale <= 0.0 {
        return Err(RenderError::Scale);
    }
    let side = |points: f32| (f64::from(points) * f64::from(scale)).round().max(1.0) as u64;
    let fits = largest_scale(width, height);
    let (width, height) = (side(width), side(height));
    if width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS {
        return Err(RenderError::TooLarge { width, height, fits });
    }
    Ok((width as u16, height as u16))
}

/// The largest scale, in steps of a hundredth, at which a page of that size in points can be painted.
pub fn largest_scale(width: f32, height: f32) -> f32 {
    let (width, height) = (f64::from(width), f64::from(height));
    let by_side = (MAX_SIDE as f64 - 1.0) / width.max(height);
    let by_area = ((MAX_PIXELS as f64).sqrt() - 1.0) / (width * height).sqrt();
    ((by_side.min(by_area) * 100.0).floor() / 100.0).max(0.01) as f32
}

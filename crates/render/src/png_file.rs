//! Pixels to a PNG file.

use png::{BitDepth, ColorType, Compression, Encoder, PixelDimensions, Unit};

use crate::error::RenderError;

/// Three bytes a pixel.
pub(crate) fn colour(width: u32, height: u32, rgb: &[u8]) -> Result<Vec<u8>, RenderError> {
    encode(width, height, rgb, ColorType::Rgb, None)
}

/// One byte a pixel, with the resolution.
pub(crate) fn grey(width: u32, height: u32, grey: &[u8], dpi: f32) -> Result<Vec<u8>, RenderError> {
    let per_metre = (dpi / 0.0254).round() as u32;
    let dims = PixelDimensions { xppu: per_metre, yppu: per_metre, unit: Unit::Meter };
    encode(width, height, grey, ColorType::Grayscale, Some(dims))
}

fn encode(
    width: u32,
    height: u32,
    bytes: &[u8],
    color: ColorType,
    dims: Option<PixelDimensions>,
) -> Result<Vec<u8>, RenderError> {
    let failed = |e: png::EncodingError| RenderError::Png(e.to_string());
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, width, height);
    encoder.set_color(color);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    encoder.set_pixel_dims(dims);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(bytes).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(out)
}

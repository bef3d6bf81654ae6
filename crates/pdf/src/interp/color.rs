//! Colours: from colour spaces and operands to RGB, near enough to tell a legend's entries apart (ISO 32000-1, 8.6).

use std::cell::RefCell;
use std::rc::Rc;

use hakusho_model::Color;
use lopdf::Object;
use rustc_hash::FxHashMap;

use super::function::Function;
use crate::font::FontContext;
use crate::source::as_dict;

/// A colour space, as far as it takes to get to RGB.
#[derive(Debug)]
pub(super) enum ColorSpace {
    Gray,
    Rgb,
    Cmyk,
    Lab,
    /// Palette over a base space, entries as bytes.
    Indexed {
        base: Rc<ColorSpace>,
        table: Vec<u8>,
    },
    /// `Separation` and `DeviceN`: tints through a function into an alternate space.
    Tint {
        inputs: usize,
        alternate: Rc<ColorSpace>,
        function: Option<Function>,
    },
    Pattern,
}

/// Colour spaces inside one another before giving up.
const MAX_DEPTH: usize = 8;

impl ColorSpace {
    /// A space by its device name.
    pub(super) fn device(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"DeviceGray" | b"G" | b"CalGray" => Self::Gray,
            b"DeviceRGB" | b"RGB" | b"CalRGB" => Self::Rgb,
            b"DeviceCMYK" | b"CMYK" => Self::Cmyk,
            b"Pattern" => Self::Pattern,
            _ => return None,
        })
    }

    /// A space by its object: a name or an array.
    pub(super) fn read<'a>(context: FontContext<'a>, object: &'a Object, depth: usize) -> Option<Self> {
        if depth > MAX_DEPTH {
            return None;
        }
        let objects = context.objects;
        let items = match objects.resolve(object)? {
            Object::Name(name) => return Self::device(name),
            Object::Array(items) => items,
            _ => return None,
        };
        let Some(Object::Name(kind)) = items.first().and_then(|o| objects.resolve(o)) else { return None };
        let nested = |i: usize| items.get(i).and_then(|o| Self::read(context, o, depth + 1)).map(Rc::new);
        Some(match kind.as_slice() {
            b"ICCBased" => {
                let profile = objects.resolve(items.get(1)?).and_then(as_dict)?;
                match objects.integer(profile, b"N") {
                    Some(1) => Self::Gray,
                    Some(4) => Self::Cmyk,
                    _ => Self::Rgb,
                }
            }
            b"Lab" => Self::Lab,
            b"Indexed" | b"I" => Self::Indexed { base: nested(1)?, table: palette(context, items.get(3)?) },
            b"Separation" => Self::Tint { inputs: 1, alternate: nested(2)?, function: function(context, items.get(3)) },
            b"DeviceN" => {
                let inputs = match objects.resolve(items.get(1)?)? {
                    Object::Array(names) => names.len(),
                    _ => 1,
                };
                Self::Tint { inputs, alternate: nested(2)?, function: function(context, items.get(3)) }
            }
            b"Pattern" => Self::Pattern,
            name => return Self::device(name),
        })
    }

    /// Number of colour components.
    pub(super) fn inputs(&self) -> usize {
        match self {
            Self::Gray | Self::Indexed { .. } => 1,
            Self::Rgb | Self::Lab => 3,
            Self::Cmyk => 4,
            Self::Tint { inputs, .. } => *inputs,
            Self::Pattern => 0,
        }
    }

    /// The colour a new space starts with (8.6.3): black, or full tint.
    pub(super) fn initial(&self) -> Color {
        match self {
            Self::Tint { inputs, .. } => self.rgb(&vec![1.0; *inputs]),
            Self::Cmyk => self.rgb(&[0.0, 0.0, 0.0, 1.0]),
            _ => self.rgb(&vec![0.0; self.inputs()]),
        }
    }

    /// Components to RGB; missing ones count as 0.
    pub(super) fn rgb(&self, v: &[f32]) -> Color {
        let at = |i: usize| v.get(i).copied().unwrap_or(0.0);
        match self {
            Self::Gray => gray(at(0)),
            Self::Rgb => rgb(at(0), at(1), at(2)),
            Self::Cmyk => cmyk(at(0), at(1), at(2), at(3)),
            Self::Lab => lab(at(0), at(1), at(2)),
            Self::Indexed { base, table } => {
                let n = base.inputs().max(1);
                let start = (at(0).max(0.0) as usize).saturating_mul(n);
                let entry: Vec<f32> =
                    (0..n).map(|k| f32::from(table.get(start + k).copied().unwrap_or(0)) / 255.0).collect();
                base.rgb(&entry)
            }
            Self::Tint { alternate, function: Some(function), .. } => alternate.rgb(&function.eval(v)),
            Self::Tint { function: None, .. } => gray(1.0 - at(0)),
            Self::Pattern => Color { r: 128, g: 128, b: 128 },
        }
    }
}

fn function<'a>(context: FontContext<'a>, object: Option<&'a Object>) -> Option<Function> {
    Function::read(context, object?)
}

fn palette<'a>(context: FontContext<'a>, object: &'a Object) -> Vec<u8> {
    match context.objects.resolve(object) {
        Some(Object::String(bytes, _)) => bytes.clone(),
        Some(Object::Stream(stream)) => context.bytes(stream).into_owned(),
        _ => Vec::new(),
    }
}

fn byte(v: f32) -> u8 {
    (v.clamp(0.0, 1.0) * 255.0 + 0.5) as u8
}

pub(super) fn gray(v: f32) -> Color {
    rgb(v, v, v)
}

pub(super) fn rgb(r: f32, g: f32, b: f32) -> Color {
    Color { r: byte(r), g: byte(g), b: byte(b) }
}

pub(super) fn cmyk(c: f32, m: f32, y: f32, k: f32) -> Color {
    let mix = |v: f32| (1.0 - v.clamp(0.0, 1.0)) * (1.0 - k.clamp(0.0, 1.0));
    rgb(mix(c), mix(m), mix(y))
}

/// CIE L*a*b* (D50) to sRGB, without gamut mapping.
fn lab(l: f32, a: f32, b: f32) -> Color {
    let fy = (l + 16.0) / 116.0;
    let cube = |t: f32| if t > 6.0 / 29.0 { t * t * t } else { 3.0 * (6.0f32 / 29.0).powi(2) * (t - 4.0 / 29.0) };
    let (x, y, z) = (0.9642 * cube(fy + a / 500.0), cube(fy), 0.8249 * cube(fy - b / 200.0));
    let gamma = |v: f32| if v <= 0.003_130_8 { 12.92 * v } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 };
    rgb(
        gamma(3.1339 * x - 1.6169 * y - 0.4906 * z),
        gamma(-0.9788 * x + 1.9161 * y + 0.0335 * z),
        gamma(0.0719 * x - 0.2290 * y + 1.4052 * z),
    )
}

/// The device spaces, made once a page.
#[derive(Debug)]
pub(super) struct DeviceSpaces {
    pub(super) gray: Rc<ColorSpace>,
    pub(super) rgb: Rc<ColorSpace>,
    pub(super) cmyk: Rc<ColorSpace>,
    pattern: Rc<ColorSpace>,
}

impl Default for DeviceSpaces {
    fn default() -> Self {
        let [gray, rgb, cmyk, pattern] =
            [ColorSpace::Gray, ColorSpace::Rgb, ColorSpace::Cmyk, ColorSpace::Pattern].map(Rc::new);
        Self { gray, rgb, cmyk, pattern }
    }
}

impl DeviceSpaces {
    /// A space by its device name.
    pub(super) fn named(&self, name: &[u8]) -> Option<Rc<ColorSpace>> {
        let space = match ColorSpace::device(name)? {
            ColorSpace::Rgb => &self.rgb,
            ColorSpace::Cmyk => &self.cmyk,
            ColorSpace::Pattern => &self.pattern,
            _ => &self.gray,
        };
        Some(Rc::clone(space))
    }
}

/// Spaces of the page's resources that were read already, by the place of their object: palettes and tints are streams.
#[derive(Debug, Default)]
pub(super) struct KnownSpaces {
    known: RefCell<FxHashMap<usize, Option<Rc<ColorSpace>>>>,
}

impl KnownSpaces {
    pub(super) fn get<'a>(&self, context: FontContext<'a>, object: &'a Object) -> Option<Rc<ColorSpace>> {
        let key = std::ptr::from_ref(object) as usize;
        let mut known = self.known.borrow_mut();
        known.entry(key).or_insert_with(|| ColorSpace::read(context, object, 0).map(Rc::new)).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn device_colours() {
        assert_eq!(ColorSpace::Cmyk.rgb(&[0.0, 1.0, 1.0, 0.0]), Color { r: 255, g: 0, b: 0 });
        assert_eq!(ColorSpace::Gray.rgb(&[0.5]), Color { r: 128, g: 128, b: 128 });
        assert_eq!(ColorSpace::Lab.rgb(&[100.0, 0.0, 0.0]).luma(), 255);
    }

    #[test]
    fn palettes_and_their_end() {
        let space = ColorSpace::Indexed { base: Rc::new(ColorSpace::Rgb), table: vec![0, 0, 0, 255, 0, 0] };
        assert_eq!(space.rgb(&[1.0]), Color { r: 255, g: 0, b: 0 });
        assert_eq!(space.rgb(&[2.0]), Color::BLACK);
    }
}

//! Simple fonts: Type 1, TrueType, Type 3 with single-byte codes (ISO 32000-1, 9.6).

use std::sync::Arc;

use hakusho_model::{Provenance, WritingMode};
use hayro_cmap::CMap;
use lopdf::{Dictionary, Object};

use super::encoding::{self, Base, Table};
use super::{Decoder, Font, FontContext, GlyphInfo, GlyphText, cmaps, describe, glyph_text, program, to_unicode};
use crate::matrix::Matrix;
use crate::source::{Objects, as_dict, as_integer};

/// A font with single-byte codes ready to decode.
pub(super) struct Simple {
    to_unicode: Option<Arc<CMap>>,
    /// Named by `Differences` or the font program's own encoding, with where it comes from.
    table: Vec<(encoding::Chars, Provenance)>,
    widths: Vec<f32>,
    first: u32,
    missing_width: f32,
    /// Glyph space to em.
    scale: f32,
    /// Where unnamed codes of a symbol font stand: U+F000.
    private_base: Option<u32>,
}

pub(super) fn load<'a>(context: FontContext<'a>, dict: &'a Dictionary, subtype: &[u8]) -> Font<'a> {
    let objects = context.objects;
    let descriptor = objects.dict(dict, b"FontDescriptor");
    let mut described = describe(objects, dict, descriptor);
    let type3 = subtype == b"Type3";
    let matrix = type3.then(|| font_matrix(objects, dict));
    let scale = matrix.map_or(0.001, |m| m.a.abs().max(m.b.abs()));
    if let Some(m) = matrix {
        (described.ascent, described.descent) = type3_heights(objects, dict, &m);
    }
    // A map without an entry is none, and does not keep the program from being asked.
    let speaks = |map: &Arc<CMap>| (0..=255).any(|code| cmaps::push_text(map, code, &mut String::new()));
    let map = to_unicode(context, dict).map(|t| t.map).filter(speaks);
    let (widths, first) = widths(objects, dict, &described.info.name);
    let simple = Simple {
        table: table(context, dict, descriptor, &described, subtype, map.is_some()),
        to_unicode: map,
        widths,
        first,
        missing_width: described.missing_width,
        scale,
        private_base: is_symbol_font(&described.info.name).then_some(0xF000),
    };
    Font {
        info: described.info,
        mode: WritingMode::Horizontal,
        ascent: described.ascent,
        descent: described.descent,
        type3_scale: matrix.map(|m| m.y_scale()),
        decoder: Decoder::Simple(simple),
    }
}

impl Simple {
    pub(super) fn glyph(&self, code: u32) -> GlyphInfo {
        let width = code.checked_sub(self.first).and_then(|i| self.widths.get(i as usize)).copied();
        let (text, provenance) = self.text(code).unwrap_or((GlyphText::One('\u{FFFD}'), Provenance::Unmapped));
        let width = width.unwrap_or(self.missing_width) * self.scale;
        GlyphInfo { text, width, vertical: None, provenance, is_space_code: code == 32 }
    }

    fn text(&self, code: u32) -> Option<(GlyphText, Provenance)> {
        let mut buffer = String::new();
        if let Some(map) = &self.to_unicode
            && cmaps::push_text(map, code, &mut buffer)
            && let Some(text) = glyph_text(&buffer)
        {
            return Some((text, Provenance::ToUnicode));
        }
        if let Some((Some(chars), provenance)) = self.table.get(code as usize)
            && let Some(text) = glyph_text(chars)
        {
            return Some((text, *provenance));
        }
        let private = self.private_base.and_then(|base| char::from_u32(base + code))?;
        Some((GlyphText::One(private), Provenance::Encoding))
    }
}

fn is_symbol_font(name: &str) -> bool {
    ["Wingdings", "Webdings", "Symbol", "Marlett"].iter().any(|w| name.contains(w))
}

/// Characters by code: `Differences` over the base encoding, the program's own encoding below it.
fn table<'a>(
    context: FontContext<'a>,
    dict: &'a Dictionary,
    descriptor: Option<&'a Dictionary>,
    described: &super::Described,
    subtype: &[u8],
    has_map: bool,
) -> Vec<(encoding::Chars, Provenance)> {
    let objects = context.objects;
    let entry = objects.get(dict, b"Encoding");
    let named_base = match entry {
        Some(Object::Name(name)) => Base::from_name(name),
        Some(other) => as_dict(other).and_then(|d| objects.name(d, b"BaseEncoding")).and_then(Base::from_name),
        None => None,
    };
    let mut table: Vec<(encoding::Chars, Provenance)> = vec![(None, Provenance::Encoding); 256];
    let mut fill = |chars: Table, provenance| {
        for (slot, chars) in table.iter_mut().zip(chars) {
            if slot.0.is_none() && chars.is_some() {
                *slot = (chars, provenance);
            }
        }
    };
    if let Some(differences) = entry.and_then(as_dict).and_then(|d| objects.array(d, b"Differences")) {
        fill(read_differences(objects, differences), Provenance::Encoding);
    }
    if let Some(base) = named_base {
        fill(base.table(), Provenance::Encoding);
    }
    // Reading the program costs more than all the rest: only where nothing else names the codes.
    if !has_map
        && named_base.is_none()
        && let Some(program) = program(context, descriptor)
    {
        fill(program.builtin, Provenance::FontProgram);
    }
    let default = match described.info.name.as_str() {
        "Symbol" => Some(Base::Symbol),
        "ZapfDingbats" => Some(Base::ZapfDingbats),
        _ if subtype == b"TrueType" && described.symbolic => Some(Base::MacRoman),
        _ if subtype == b"TrueType" => Some(Base::WinAnsi),
        _ if subtype == b"Type3" => None,
        // Signs of their own, but only where they come with the file.
        _ if described.symbolic && is_embedded(descriptor) => None,
        _ => Some(Base::Standard),
    };
    if let Some(base) = default.filter(|_| named_base.is_none()) {
        fill(base.table(), Provenance::Encoding);
    }
    table
}

fn is_embedded(descriptor: Option<&Dictionary>) -> bool {
    descriptor.is_some_and(|d| d.has(b"FontFile") || d.has(b"FontFile2") || d.has(b"FontFile3"))
}

fn read_differences<'a>(objects: Objects<'a>, items: &'a [Object]) -> Table {
    let mut table: Table = vec![None; 256];
    let mut code = 0usize;
    for item in items.iter().filter_map(|o| objects.resolve(o)) {
        match item {
            Object::Name(name) => {
                if let (Some(slot), Ok(name)) = (table.get_mut(code), std::str::from_utf8(name)) {
                    *slot = encoding::named(name);
                }
                code += 1;
            }
            number => code = as_integer(number).and_then(|n| usize::try_from(n).ok()).unwrap_or(code),
        }
    }
    table
}

/// Widths from the dictionary, or of the standard fonts, which need not give any (9.6.2.2).
fn widths<'a>(objects: Objects<'a>, dict: &'a Dictionary, name: &str) -> (Vec<f32>, u32) {
    if let Some(items) = objects.array(dict, b"Widths") {
        let first = objects.integer(dict, b"FirstChar").and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
        return (objects.numbers(items), first);
    }
    let fixed = name.contains("Courier") || name.contains("Mono");
    (vec![if fixed { 600.0 } else { 550.0 }; 224], 32)
}

fn font_matrix<'a>(objects: Objects<'a>, dict: &'a Dictionary) -> Matrix {
    let numbers = objects.array(dict, b"FontMatrix").map(|a| objects.numbers(a));
    let six = numbers.and_then(|v| <[f32; 6]>::try_from(v).ok());
    Matrix::new(six.unwrap_or([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]))
}

/// Ascent and descent of a Type 3 font in em, from its box.
fn type3_heights<'a>(objects: Objects<'a>, dict: &'a Dictionary, matrix: &Matrix) -> (f32, f32) {
    let Some([_, y0, _, y1]) = objects.rect(dict, b"FontBBox").filter(|b| b[3] > b[1]) else {
        return super::EM_BOX;
    };
    let (a, b) = (y0 * matrix.d, y1 * matrix.d);
    let (low, high) = (a.min(b), a.max(b));
    if (0.05..=3.0).contains(&(high - low)) { (high, low) } else { super::EM_BOX }
}

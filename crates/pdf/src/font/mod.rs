//! Fonts: from character codes to characters with advance widths, by the decode ladder.
//!
//! 1. `ToUnicode`;
//! 2. predefined or embedded `CMap` to CID;
//! 3. CID to Unicode by character collection, embedded fonts too;
//! 4. the font program's own map, inverted;
//! 5. encoding and glyph names;
//! 6. U+FFFD.

pub(crate) mod cmaps;
mod collections;
mod composite;
mod encoding;
pub(crate) mod program;
mod simple;
mod suspect;
mod widths;

use std::sync::Arc;

use hakusho_model::{FontInfo, MapWorth, Provenance, WritingMode};
use lopdf::Dictionary;

use crate::limits::{Budget, Limits};
use crate::repair;
use crate::source::{Objects, as_integer, as_number, raw};

pub(crate) use widths::Vertical;

/// What is needed to read a font's streams.
#[derive(Clone, Copy)]
pub(crate) struct FontContext<'a> {
    pub(crate) objects: Objects<'a>,
    pub(crate) limits: &'a Limits,
    pub(crate) budget: &'a Budget,
    /// Whether `ToUnicode` maps are compared with the character collections.
    pub(crate) check_maps: bool,
}

impl<'a> FontContext<'a> {
    pub(crate) fn bytes(&self, stream: &'a lopdf::Stream) -> std::borrow::Cow<'a, [u8]> {
        let decoded = crate::filters::decode(self.objects, stream, self.limits, self.budget);
        self.budget.note(decoded.problem);
        decoded.bytes
    }
}

/// Characters of one code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum GlyphText {
    One(char),
    Many(Arc<str>),
}

/// Everything about one code of a font.
#[derive(Clone, Debug)]
pub(crate) struct GlyphInfo {
    pub(crate) text: GlyphText,
    /// Horizontal advance in em.
    pub(crate) width: f32,
    /// Vertical metrics in em, for vertical fonts.
    pub(crate) vertical: Option<Vertical>,
    pub(crate) provenance: Provenance,
    /// A single byte 32: word spacing applies (9.3.3).
    pub(crate) is_space_code: bool,
}

/// A loaded font.
pub(crate) struct Font<'a> {
    pub(crate) info: FontInfo,
    pub(crate) mode: WritingMode,
    /// Height above the base line, in em.
    pub(crate) ascent: f32,
    /// Depth below the base line, in em, negative.
    pub(crate) descent: f32,
    /// Type 3 glyph space to text space; `None` for other fonts.
    pub(crate) type3_scale: Option<f32>,
    decoder: Decoder<'a>,
}

/// A character code and its extent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NextCode {
    pub(crate) code: u32,
    /// Bytes it takes.
    pub(crate) len: u8,
    /// Whether a map had to be searched for the extent, and its first two bytes decide.
    pub(crate) by_two_bytes: bool,
}

enum Decoder<'a> {
    Simple(simple::Simple),
    Composite(Box<composite::Composite<'a>>),
}

impl<'a> Font<'a> {
    /// Loads a font dictionary; what is missing or broken is made up for, so that every code gives something.
    pub(crate) fn load(context: FontContext<'a>, dict: &'a Dictionary) -> Self {
        let objects = context.objects;
        let subtype = objects.name(dict, b"Subtype").unwrap_or_default();
        if subtype == b"Type0" {
            return composite::load(context, dict);
        }
        simple::load(context, dict, subtype)
    }

    /// The code at the start of `bytes`, which are not empty.
    pub(crate) fn next_code(&self, bytes: &[u8]) -> NextCode {
        match &self.decoder {
            Decoder::Simple(_) => NextCode { code: u32::from(bytes[0]), len: 1, by_two_bytes: false },
            Decoder::Composite(font) => font.next_code(bytes),
        }
    }

    /// What is known of the font after its codes were looked up.
    pub(crate) fn final_info(&self) -> FontInfo {
        let worth = match &self.decoder {
            Decoder::Simple(_) => None,
            Decoder::Composite(font) => font.map_worth(),
        };
        FontInfo { to_unicode: worth.unwrap_or_else(|| self.info.to_unicode.clone()), ..self.info.clone() }
    }

    /// Characters and metrics of a code.
    pub(crate) fn glyph(&self, code: u32, len: u8) -> GlyphInfo {
        let mut info = match &self.decoder {
            Decoder::Simple(font) => font.glyph(code),
            Decoder::Composite(font) => font.glyph(code, len),
        };
        info.is_space_code = len == 1 && code == 32;
        info
    }
}

/// Turns the text of a code into what is kept: repaired characters, no controls, U+FFFD where there is nothing.
fn glyph_text(text: &str) -> Option<GlyphText> {
    let repaired: String = text.chars().filter_map(repair::character).collect();
    let mut chars = repaired.chars();
    match (chars.next(), chars.next()) {
        (None, _) => None,
        (Some(ch), None) => Some(GlyphText::One(ch)),
        _ => Some(GlyphText::Many(repaired.into())),
    }
}

/// Name, weight and metrics from the font dictionary and its descriptor.
struct Described {
    info: FontInfo,
    ascent: f32,
    descent: f32,
    symbolic: bool,
    missing_width: f32,
}

/// Ascent and descent of a font that gives none, in em: an ideographic em box.
const EM_BOX: (f32, f32) = (0.88, -0.12);

fn describe<'a>(objects: Objects<'a>, font: &'a Dictionary, descriptor: Option<&'a Dictionary>) -> Described {
    let base = objects.name(font, b"BaseFont");
    let named = descriptor.and_then(|d| objects.name(d, b"FontName"));
    let name = font_name(base.or(named).unwrap_or_default());
    let number = |key: &[u8]| descriptor.and_then(|d| objects.get(d, key)).and_then(as_number);
    let flags = descriptor.and_then(|d| objects.get(d, b"Flags")).and_then(as_integer).unwrap_or(0);
    let weight = number(b"FontWeight").unwrap_or(0.0);
    let lower = name.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|w| lower.contains(w));
    let subtype = objects.name(font, b"Subtype").unwrap_or_default();
    let embedded = |d: &'a Dictionary| PROGRAMS.iter().any(|key| raw(d, key).is_some());
    let info = FontInfo {
        kind: String::from_utf8_lossy(subtype).into_owned(),
        encoding: encoding_name(objects, font),
        embedded: descriptor.is_some_and(embedded) || subtype == b"Type3",
        to_unicode: if raw(font, b"ToUnicode").is_some() { MapWorth::Sound } else { MapWorth::Absent },
        bold: flags & 0x40000 != 0
            || weight >= 600.0
            || says(&["bold", "heavy", "black", "demibold", "ultra", "-w6", "-w7", "-w8"]),
        italic: flags & 0x40 != 0 || says(&["italic", "oblique"]),
        fixed: flags & 1 != 0,
        name,
    };
    let (ascent, descent) = heights(number(b"Ascent"), number(b"Descent"));
    Described { info, ascent, descent, symbolic: flags & 4 != 0, missing_width: number(b"MissingWidth").unwrap_or(0.0) }
}

/// The name of a font's encoding, as [`FontInfo::encoding`] gives it.
fn encoding_name<'a>(objects: Objects<'a>, font: &'a Dictionary) -> String {
    let name = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match objects.get(font, b"Encoding") {
        Some(lopdf::Object::Name(bytes)) => name(bytes),
        Some(lopdf::Object::Dictionary(dict)) => {
            let base = objects.name(dict, b"BaseEncoding").map_or_else(|| "built-in".to_owned(), name);
            if raw(dict, b"Differences").is_some() { format!("{base} + differences") } else { base }
        }
        Some(_) => "embedded".to_owned(),
        None => "built-in".to_owned(),
    }
}

/// Ascent and descent in em; absurd values give way to the em box.
fn heights(ascent: Option<f32>, descent: Option<f32>) -> (f32, f32) {
    let up = ascent.map(|v| v / 1000.0).filter(|v| (0.3..=1.5).contains(v));
    // Some producers write the descent without its sign.
    let down = descent.map(|v| -v.abs() / 1000.0).filter(|v| (-0.8..0.0).contains(v));
    (up.unwrap_or(EM_BOX.0), down.unwrap_or(EM_BOX.1))
}

/// The PostScript name without subset tag; Shift-JIS names of Japanese producers are shown as they can be.
fn font_name(bytes: &[u8]) -> String {
    let bytes = match bytes {
        tag if tag.len() > 7 && tag[6] == b'+' && tag[..6].iter().all(u8::is_ascii_uppercase) => &tag[7..],
        other => other,
    };
    String::from_utf8_lossy(bytes).chars().filter(|c| !c.is_control()).collect()
}

/// A font's `ToUnicode` map.
struct ToUnicode {
    map: Arc<hayro_cmap::CMap>,
    /// It gives one character for nearly all codes.
    lies: bool,
}

/// The `ToUnicode` map, if it is a stream that parses.
fn to_unicode<'a>(context: FontContext<'a>, font: &'a Dictionary) -> Option<ToUnicode> {
    match context.objects.resolve(raw(font, b"ToUnicode")?)? {
        lopdf::Object::Stream(stream) => {
            let bytes = context.bytes(stream);
            let map = Arc::new(cmaps::parse(&bytes)?);
            Some(ToUnicode { map, lies: suspect::names_one_character(&bytes) })
        }
        lopdf::Object::Name(name) if !name.starts_with(b"Identity") => {
            Some(ToUnicode { map: cmaps::predefined(name)?, lies: false })
        }
        _ => None,
    }
}

/// Keys of the descriptor under which the font program stands (table 126).
const PROGRAMS: [&[u8]; 3] = [b"FontFile2", b"FontFile3", b"FontFile"];

/// The embedded font program.
fn program<'a>(context: FontContext<'a>, descriptor: Option<&'a Dictionary>) -> Option<program::Program> {
    let descriptor = descriptor?;
    let stream = PROGRAMS.into_iter().find_map(|key| context.objects.stream(descriptor, key))?;
    Some(program::Program::read(&context.bytes(stream)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subset_tags_are_cut_and_other_names_kept() {
        assert_eq!(font_name(b"ABCDEF+Ryumin-Light"), "Ryumin-Light");
        assert_eq!(font_name(b"ABCDE+Ryumin-Light"), "ABCDE+Ryumin-Light");
    }

    #[test]
    fn heights_within_reason() {
        assert_eq!(heights(Some(859.0), Some(-140.0)), (0.859, -0.14));
        assert_eq!(heights(Some(859.0), Some(140.0)), (0.859, -0.14));
        assert_eq!(heights(Some(0.0), None), EM_BOX);
        assert_eq!(heights(Some(9000.0), Some(-9000.0)), EM_BOX);
    }
}

//! Embedded font programs, read backwards: from glyph to character, where the dictionaries do not say.

use read_fonts::ps::cff::{CffFontRef, dict};
use read_fonts::ps::type1::Type1Font;
use read_fonts::tables::cmap::CmapSubtable;
use read_fonts::types::GlyphId;
use read_fonts::{FontRead, FontRef, TableProvider};
use rustc_hash::FxHashMap;

use super::encoding::{self, Table};

/// What an embedded font program tells about its glyphs.
#[derive(Debug, Default)]
pub(crate) struct Program {
    /// Glyph index to character.
    by_glyph: FxHashMap<u32, Box<str>>,
    /// Codes of a simple font to characters, by the program's own encoding.
    pub(crate) builtin: Table,
    /// CID to glyph index, for CID-keyed CFF.
    pub(crate) glyph_of_cid: Option<FxHashMap<u32, u32>>,
    /// Ordering of the character collection the program itself names (`Japan1`).
    pub(crate) ordering: Option<Vec<u8>>,
}

impl Program {
    /// Reads `FontFile`, `FontFile2` or `FontFile3` data, told apart by their first bytes.
    pub(crate) fn read(data: &[u8]) -> Self {
        match data {
            [b'%', b'!', ..] | [0x80, 1, ..] => Self::type1(data),
            [0, 1, 0, 0, ..] | [b't' | b'O', b'r' | b'T', ..] => Self::sfnt(data),
            [1, 0, ..] => Self::cff(data),
            _ => Self::default(),
        }
    }

    /// Character of a glyph.
    pub(crate) fn text(&self, glyph: u32) -> Option<&str> {
        self.by_glyph.get(&glyph).map(AsRef::as_ref)
    }

    fn type1(data: &[u8]) -> Self {
        let Ok(font) = Type1Font::new(data) else { return Self::default() };
        let builtin = font.encoding().map(|e| (0..=255u8).map(|c| e.glyph_name(c).and_then(encoding::named)).collect());
        Self { builtin: builtin.unwrap_or_default(), ..Self::default() }
    }

    fn cff(data: &[u8]) -> Self {
        let Ok(font) = CffFontRef::new_cff(data, 0, None) else { return Self::default() };
        let mut program = Self::default();
        let Some(charset) = font.charset() else { return program };
        if font.is_cid() {
            program.ordering = cff_ordering(data, &font);
            let pairs = charset.iter().map(|(glyph, sid)| (u32::from(sid.to_u16()), glyph.to_u32()));
            program.glyph_of_cid = Some(pairs.collect());
            return program;
        }
        let name = |sid| font.string(sid).and_then(|bytes| std::str::from_utf8(bytes).ok());
        for (glyph, sid) in charset.iter() {
            if let Some(text) = name(sid).and_then(encoding::named) {
                program.by_glyph.insert(glyph.to_u32(), text);
            }
        }
        if let Some(codes) = font.encoding() {
            let text = |c| codes.map(c).and_then(|g| program.by_glyph.get(&g.to_u32()).cloned());
            program.builtin = (0..=255u8).map(text).collect();
        }
        program
    }

    fn sfnt(data: &[u8]) -> Self {
        let Ok(font) = FontRef::new(data) else { return Self::default() };
        let mut program = match font.table_data(read_fonts::types::Tag::new(b"CFF ")) {
            Some(cff) => Self::cff(cff.as_bytes()),
            None => Self::default(),
        };
        let mut by_cmap = FxHashMap::default();
        let mut glyph_of_code = FxHashMap::default();
        if let Ok(cmap) = font.cmap() {
            for (index, record) in cmap.encoding_records().iter().enumerate() {
                let Ok(subtable) = cmap.subtable(index as u16) else { continue };
                let unicode = matches!((record.platform_id() as u16, record.encoding_id()), (0, _) | (3, 1 | 10));
                collect(&subtable, unicode, &mut by_cmap, &mut glyph_of_code);
            }
        }
        if program.glyph_of_cid.is_none() {
            program.by_glyph.extend(by_cmap.into_iter().map(|(glyph, ch)| (glyph, Box::from(ch.to_string()))));
            post_names(&font, &mut program.by_glyph);
            let text = |code: u8| glyph_of_code.get(&code).and_then(|g| program.by_glyph.get(g).cloned());
            program.builtin = (0..=255u8).map(text).collect();
        }
        program
    }
}

/// Adds a subtable's glyphs to the inverse map; symbol and Mac tables give the glyphs of single-byte codes.
fn collect(
    table: &CmapSubtable<'_>,
    unicode: bool,
    by_glyph: &mut FxHashMap<u32, char>,
    glyph_of_code: &mut FxHashMap<u8, u32>,
) {
    for (code, glyph) in table.iter().take(1 << 17) {
        if glyph == GlyphId::NOTDEF {
            continue;
        }
        if unicode {
            let Some(ch) = char::from_u32(code) else { continue };
            by_glyph.entry(glyph.to_u32()).and_modify(|old| *old = better(*old, ch)).or_insert(ch);
        } else if code <= 0xFF || (0xF000..=0xF0FF).contains(&code) {
            glyph_of_code.entry(code as u8).or_insert(glyph.to_u32());
        }
    }
}

/// Of two characters that share a glyph, the one a reader would type: not a radical, not a compatibility form.
fn better(a: char, b: char) -> char {
    let rank = |c: char| match u32::from(c) {
        0x2E80..=0x2FDF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F => 3,
        0xE000..=0xF8FF => 4,
        0xA0 | 0xAD | 0x2000..=0x200F => 2,
        0xFE30..=0xFE4F => 2,
        _ => 0,
    };
    if (rank(b), b) < (rank(a), a) { b } else { a }
}

fn post_names(font: &FontRef<'_>, by_glyph: &mut FxHashMap<u32, Box<str>>) {
    let Ok(post) = font.post() else { return };
    for glyph in 0..post.num_names().min(65_535) as u16 {
        let name = post.glyph_name(read_fonts::types::GlyphId16::new(glyph));
        if let Some(text) = name.and_then(encoding::named) {
            by_glyph.entry(u32::from(glyph)).or_insert(text);
        }
    }
}

fn cff_ordering(data: &[u8], font: &CffFontRef<'_>) -> Option<Vec<u8>> {
    let cff = read_fonts::ps::cff::v1::Cff::read(data.into()).ok()?;
    let top = cff.top_dicts().get(0)?;
    let ros = dict::entries(top, None).flatten().find_map(|e| match e {
        dict::Entry::Ros { ordering, .. } => Some(ordering),
        _ => None,
    })?;
    font.string(ros).map(<[u8]>::to_vec)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rubbish_gives_nothing() {
        for data in [&b""[..], b"%!PS nothing", &[0, 1, 0, 0, 0xFF], &[1, 0, 4, 1, 0], b"OTTO"] {
            assert!(Program::read(data).text(1).is_none());
        }
    }

    #[test]
    fn plain_characters_win_over_radicals() {
        assert_eq!(better('⼀', '一'), '一');
        assert_eq!(better('一', '⼀'), '一');
        assert_eq!(better('\u{A0}', ' '), ' ');
    }
}

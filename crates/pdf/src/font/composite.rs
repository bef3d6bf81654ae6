//! Type 0 fonts: multi-byte codes, CIDs, character collections (ISO 32000-1, 9.7).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use hakusho_model::{MapDoubt, MapWorth, Provenance, WritingMode};
use hayro_cmap::{CMap, CidFamily};
use lopdf::{Dictionary, Object};

use super::cmaps::{self, UnicodeCodes};
use super::collections;
use super::program::Program;
use super::widths::{CidWidths, Vertical};
use super::{
    Decoder, Font, FontContext, GlyphInfo, GlyphText, NextCode, ToUnicode, describe, glyph_text, program, suspect,
    to_unicode,
};
use crate::source::{Objects, as_dict};

/// A Type 0 font ready to decode.
pub(super) struct Composite<'a> {
    context: FontContext<'a>,
    to_unicode: Option<ToUnicode>,
    encoding: Arc<CMap>,
    unicode_codes: Option<UnicodeCodes>,
    two_bytes: bool,
    family: CidFamily,
    widths: CidWidths,
    vertical: bool,
    descriptor: Option<&'a Dictionary>,
    cid_to_gid: Option<std::borrow::Cow<'a, [u8]>>,
    /// Codes for which map and collection disagree; by code, so that the order of pages does not matter.
    doubts: Mutex<BTreeMap<u32, MapDoubt>>,
    /// Read only when the steps before it fail.
    program: OnceLock<Option<Program>>,
}

pub(super) fn load<'a>(context: FontContext<'a>, dict: &'a Dictionary) -> Font<'a> {
    let objects = context.objects;
    let first = objects.array(dict, b"DescendantFonts").and_then(<[Object]>::first);
    let descendant = first.and_then(|o| objects.resolve(o)).and_then(as_dict).unwrap_or(dict);
    let descriptor = objects.dict(descendant, b"FontDescriptor");
    let mut described = describe(objects, dict, descriptor);
    if let Some(kind) = objects.name(descendant, b"Subtype") {
        described.info.kind = String::from_utf8_lossy(kind).into_owned();
    }
    let (encoding, unicode_codes, two_bytes) = encoding(context, dict);
    let vertical = cmaps::is_vertical(&encoding);
    let composite = Composite {
        context,
        to_unicode: to_unicode(context, dict),
        family: family(objects, descendant, &encoding),
        encoding,
        unicode_codes,
        two_bytes,
        widths: CidWidths::read(objects, descendant),
        vertical,
        descriptor,
        cid_to_gid: objects.stream(descendant, b"CIDToGIDMap").map(|s| context.bytes(s)),
        doubts: Mutex::default(),
        program: OnceLock::new(),
    };
    Font {
        info: described.info,
        mode: if vertical { WritingMode::Vertical } else { WritingMode::Horizontal },
        ascent: described.ascent,
        descent: described.descent,
        type3_scale: None,
        decoder: Decoder::Composite(Box::new(composite)),
    }
}

/// The font's `Encoding`: map from codes to CIDs, whether codes are Unicode, whether all codes have two bytes.
fn encoding<'a>(context: FontContext<'a>, dict: &'a Dictionary) -> (Arc<CMap>, Option<UnicodeCodes>, bool) {
    match context.objects.get(dict, b"Encoding") {
        Some(Object::Name(name)) => {
            if let Some(map) = cmaps::predefined(name) {
                return (map, cmaps::unicode_codes(name), name.starts_with(b"Identity"));
            }
            let vertical = name.ends_with(b"-V");
            (Arc::new(if vertical { CMap::identity_v() } else { CMap::identity_h() }), None, true)
        }
        Some(Object::Stream(stream)) => match cmaps::parse(&context.bytes(stream)) {
            Some(map) => (Arc::new(map), None, false),
            None => (Arc::new(CMap::identity_h()), None, true),
        },
        _ => (Arc::new(CMap::identity_h()), None, true),
    }
}

/// The character collection: of the descendant font, else of the map.
fn family<'a>(objects: Objects<'a>, descendant: &'a Dictionary, encoding: &CMap) -> CidFamily {
    let text = |info: &'a Dictionary, key: &[u8]| match objects.get(info, key) {
        Some(Object::String(bytes, _) | Object::Name(bytes)) => Some(bytes.as_slice()),
        _ => None,
    };
    let info = objects.dict(descendant, b"CIDSystemInfo");
    let own = info.and_then(|i| Some((text(i, b"Registry")?, text(i, b"Ordering")?)));
    let own = own.map(|(r, o)| CidFamily::from_registry_ordering(r, o));
    let of_map = || encoding.metadata().character_collection.as_ref().map(|c| c.family.clone());
    own.filter(collections::is_known).or_else(of_map).unwrap_or(CidFamily::AdobeIdentity)
}

impl Composite<'_> {
    /// The code at the start of `bytes`: as long as the map says, two bytes where it says nothing.
    pub(super) fn next_code(&self, bytes: &[u8]) -> NextCode {
        let read = |len: usize| bytes[..len].iter().fold(0u32, |code, &b| code << 8 | u32::from(b));
        if !self.two_bytes {
            let fits = |len: &usize| self.encoding.lookup_cid_code(read(*len), *len as u8).is_some();
            if let Some(len) = (1..=bytes.len().min(4)).find(fits) {
                return NextCode { code: read(len), len: len as u8, by_two_bytes: len <= 2 };
            }
        }
        let len = bytes.len().min(2);
        NextCode { code: read(len), len: len as u8, by_two_bytes: false }
    }

    pub(super) fn glyph(&self, code: u32, len: u8) -> GlyphInfo {
        let cid = self.encoding.lookup_cid_code(code, len).unwrap_or(if self.two_bytes { code } else { 0 });
        let (text, provenance) =
            self.text(code, len, cid).unwrap_or((GlyphText::One('\u{FFFD}'), Provenance::Unmapped));
        let vertical = self.vertical.then(|| {
            let v = self.widths.vertical(cid);
            Vertical { advance: v.advance / 1000.0, origin: (v.origin.0 / 1000.0, v.origin.1 / 1000.0) }
        });
        GlyphInfo { text, width: self.widths.horizontal(cid) / 1000.0, vertical, provenance, is_space_code: false }
    }

    /// Whether the map to Unicode lies and the character collection can say better.
    fn distrusted(&self) -> bool {
        self.to_unicode.as_ref().is_some_and(|t| t.lies) && collections::is_known(&self.family)
    }

    fn text(&self, code: u32, len: u8, cid: u32) -> Option<(GlyphText, Provenance)> {
        let stated = self.to_unicode.as_ref().and_then(|to_unicode| {
            let mut buffer = String::new();
            cmaps::push_text(&to_unicode.map, code, &mut buffer).then(|| glyph_text(&buffer)).flatten()
        });
        match stated {
            Some(text) if !self.distrusted() && !suspect::says_nothing(&text) => {
                self.compare(code, cid, &text);
                Some((text, Provenance::ToUnicode))
            }
            stated => self.found_text(code, len, cid).or(stated.map(|text| (text, Provenance::ToUnicode))),
        }
    }

    /// Notes a code whose map and collection name different characters.
    fn compare(&self, code: u32, cid: u32, stated: &GlyphText) {
        if self.context.check_maps
            && let (GlyphText::One(stated), Some(GlyphText::One(collection))) =
                (stated, collection_text(&self.family, cid))
            && suspect::disagree(*stated, collection)
        {
            let doubt = MapDoubt { code, stated: *stated, collection };
            self.doubts.lock().unwrap_or_else(PoisonError::into_inner).insert(code, doubt);
        }
    }

    /// What the `ToUnicode` map turned out to be worth; `None` where the font has none.
    pub(super) fn map_worth(&self) -> Option<MapWorth> {
        self.to_unicode.as_ref()?;
        let doubts = self.doubts.lock().unwrap_or_else(PoisonError::into_inner);
        Some(match () {
            () if self.distrusted() => MapWorth::Lying,
            () if doubts.is_empty() => MapWorth::Sound,
            () => MapWorth::Doubtful(doubts.values().cloned().collect()),
        })
    }

    /// The ladder below the `ToUnicode` map.
    fn found_text(&self, code: u32, len: u8, cid: u32) -> Option<(GlyphText, Provenance)> {
        if let Some(kind) = self.unicode_codes
            && let Some(ch) = cmaps::code_text(code, len, kind)
            && let Some(text) = glyph_text(ch.encode_utf8(&mut [0; 4]))
        {
            return Some(match self.printed_instead(&text, cid) {
                Some(printed) => (printed, Provenance::CidMap),
                None => (text, Provenance::CMap),
            });
        }
        if let Some(text) = collection_text(&self.family, cid) {
            return Some((text, Provenance::CidMap));
        }
        self.program_text(cid).map(|text| (text, Provenance::FontProgram))
    }

    /// The ideograph of the glyph where it is another than the code's: 戶 and 戸 share one, and the collection names the
    /// one that is printed.
    fn printed_instead(&self, text: &GlyphText, cid: u32) -> Option<GlyphText> {
        let ideograph =
            |text: &GlyphText| matches!(text, GlyphText::One('\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFD}'));
        let known = self.encoding.metadata().character_collection.as_ref().is_some_and(|c| c.family == self.family);
        let printed = collection_text(&self.family, cid).filter(|_| known && ideograph(text))?;
        (ideograph(&printed) && printed != *text).then_some(printed)
    }

    fn program_text(&self, cid: u32) -> Option<GlyphText> {
        let program = self.program.get_or_init(|| program(self.context, self.descriptor)).as_ref()?;
        if let Some(ordering) = &program.ordering {
            let family = CidFamily::from_registry_ordering(b"Adobe", ordering);
            if let Some(text) = collection_text(&family, cid) {
                return Some(text);
            }
        }
        let mapped = self.cid_to_gid.as_deref().and_then(|m| m.get(cid as usize * 2..cid as usize * 2 + 2));
        let glyph = match (mapped, &program.glyph_of_cid) {
            (Some(pair), _) => u32::from(u16::from_be_bytes([pair[0], pair[1]])),
            (None, Some(by_cid)) => *by_cid.get(&cid)?,
            (None, None) => cid,
        };
        program.text(glyph).and_then(glyph_text)
    }
}

fn collection_text(family: &CidFamily, cid: u32) -> Option<GlyphText> {
    let mut buffer = String::new();
    // CID 0 is the missing glyph in every collection.
    (cid != 0 && collections::push_text(family, cid, &mut buffer)).then(|| glyph_text(&buffer)).flatten()
}

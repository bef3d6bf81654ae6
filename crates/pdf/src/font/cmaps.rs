//! Character maps: predefined ones parsed once per process, embedded ones once per font.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use hayro_cmap::{BfString, CMap, CMapName, WritingMode as CMapMode, load_embedded};
use rustc_hash::FxHashMap;

/// How the code itself reads as Unicode, for the `Uni*` maps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnicodeCodes {
    /// The code is UTF-16 big endian.
    Utf16,
    /// The code is UTF-32.
    Utf32,
}

/// Parsed predefined maps, shared by all fonts and threads; a handful per run.
/// `CMap`s by name; `None` for names that do not exist.
type Known = FxHashMap<Vec<u8>, Option<Arc<CMap>>>;

static PREDEFINED: LazyLock<Mutex<Known>> = LazyLock::new(Mutex::default);

/// The predefined map of that name (ISO 32000-1, table 118, and the `Adobe-*-UCS2` maps).
pub(crate) fn predefined(name: &[u8]) -> Option<Arc<CMap>> {
    let mut known = PREDEFINED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = known.get(name) {
        return found.clone();
    }
    let parsed = parse_predefined(name).map(Arc::new);
    known.insert(name.to_vec(), parsed.clone());
    parsed
}

fn parse_predefined(name: &[u8]) -> Option<CMap> {
    match CMapName::from_bytes(name) {
        CMapName::IdentityH => Some(CMap::identity_h()),
        CMapName::IdentityV => Some(CMap::identity_v()),
        known => parse(load_embedded(known)?),
    }
}

/// Parses an embedded map; maps it builds on are looked up among the predefined ones.
pub(crate) fn parse(data: &[u8]) -> Option<CMap> {
    CMap::parse(data, load_embedded)
}

/// Whether the map sets glyphs top to bottom.
pub(crate) fn is_vertical(map: &CMap) -> bool {
    map.metadata().writing_mode == Some(CMapMode::Vertical)
}

/// Whether codes under a predefined map are Unicode themselves.
pub(crate) fn unicode_codes(name: &[u8]) -> Option<UnicodeCodes> {
    let has = |part: &[u8]| name.windows(part.len()).any(|w| w == part);
    if has(b"-UCS2-") || has(b"-UTF16-") {
        Some(UnicodeCodes::Utf16)
    } else if has(b"-UTF32-") {
        Some(UnicodeCodes::Utf32)
    } else {
        None
    }
}

/// Reads a code of a `Uni*` map as text.
pub(crate) fn code_text(code: u32, len: u8, kind: UnicodeCodes) -> Option<char> {
    match (kind, len) {
        (UnicodeCodes::Utf16, 4) => char::decode_utf16([(code >> 16) as u16, code as u16]).next().and_then(Result::ok),
        _ => char::from_u32(code),
    }
}

/// Unicode text of a code, appended; `false` if the map has none.
pub(crate) fn push_text(map: &CMap, code: u32, out: &mut String) -> bool {
    match map.lookup_bf_string(code) {
        Some(BfString::Char(ch)) => out.push(ch),
        Some(BfString::String(text)) => out.push_str(&text),
        None => return false,
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shift_jis_codes_have_cids() {
        let map = predefined(b"90ms-RKSJ-H").expect("predefined");
        assert_eq!(map.lookup_cid_code(0x82A0, 2), Some(843));
        assert_eq!(map.lookup_cid_code(0x82, 1), None);
    }

    #[test]
    fn unicode_keyed_maps_are_known() {
        assert_eq!(unicode_codes(b"UniJIS-UTF16-H"), Some(UnicodeCodes::Utf16));
        assert_eq!(unicode_codes(b"90ms-RKSJ-H"), None);
        assert_eq!(code_text(0xD867_DE3D, 4, UnicodeCodes::Utf16), Some('𩸽'));
    }
}

//! CIDs of the Adobe character collections as Unicode (Adobe Technical Notes 5078, 5079, 5080, 5093), from tables that
//! the build script lays out flat.

use hayro_cmap::CidFamily;

/// Marks an entry of several characters: 23 bits of offset and 8 of length, into the text behind the entries.
const SEVERAL: u32 = 1 << 31;

/// Number of entries, entries by CID, text; see `build.rs`.
struct Table(&'static [u8]);

static JAPAN1: Table = Table(include_bytes!(concat!(env!("OUT_DIR"), "/japan1.ucs2")));
static GB1: Table = Table(include_bytes!(concat!(env!("OUT_DIR"), "/gb1.ucs2")));
static CNS1: Table = Table(include_bytes!(concat!(env!("OUT_DIR"), "/cns1.ucs2")));
static KOREA1: Table = Table(include_bytes!(concat!(env!("OUT_DIR"), "/korea1.ucs2")));

impl Table {
    fn number(&self, index: usize) -> Option<u32> {
        self.0.get(index * 4..index * 4 + 4)?.try_into().ok().map(u32::from_le_bytes)
    }

    fn push_text(&self, cid: u32, out: &mut String) -> Option<()> {
        let count = self.number(0)?;
        let entry = self.number(cid as usize + 1).filter(|&entry| entry != 0 && cid < count)?;
        if entry & SEVERAL == 0 {
            out.push(char::from_u32(entry)?);
        } else {
            let start = (count as usize + 1) * 4 + ((entry & !SEVERAL) >> 8) as usize;
            out.push_str(str::from_utf8(self.0.get(start..start + (entry & 0xFF) as usize)?).ok()?);
        }
        Some(())
    }
}

/// Whether the collection is one of those whose CIDs have known characters.
pub(super) fn is_known(family: &CidFamily) -> bool {
    table(family).is_some()
}

/// Appends the text of a CID; `false` if the collection has none for it.
pub(super) fn push_text(family: &CidFamily, cid: u32, out: &mut String) -> bool {
    table(family).and_then(|table| table.push_text(cid, out)).is_some()
}

fn table(family: &CidFamily) -> Option<&'static Table> {
    match family {
        CidFamily::AdobeJapan1 => Some(&JAPAN1),
        CidFamily::AdobeGB1 => Some(&GB1),
        CidFamily::AdobeCNS1 => Some(&CNS1),
        CidFamily::AdobeKorea1 => Some(&KOREA1),
        CidFamily::AdobeIdentity | CidFamily::Custom { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use hayro_cmap::{BfString, CMap, load_embedded};

    use super::*;

    /// The text of a CID; empty for none.
    fn text(family: &CidFamily, cid: u32) -> String {
        let mut out = String::new();
        push_text(family, cid, &mut out);
        out
    }

    #[test]
    fn tables_say_what_the_maps_say() {
        for family in [CidFamily::AdobeJapan1, CidFamily::AdobeGB1, CidFamily::AdobeCNS1, CidFamily::AdobeKorea1] {
            let data = family.ucs2_cmap().and_then(load_embedded).expect("a map of the library");
            let map = CMap::parse(data, load_embedded).expect("a sound map");
            for cid in 0..=0x1_0000 {
                let expected = match map.lookup_bf_string(cid) {
                    Some(BfString::Char(ch)) => ch.to_string(),
                    Some(BfString::String(text)) => text,
                    None => String::new(),
                };
                assert_eq!(text(&family, cid), expected, "{family:?} {cid}");
            }
        }
    }

    #[test]
    fn japan1_cids_read_as_text() {
        assert_eq!(text(&CidFamily::AdobeJapan1, 843), "あ");
        assert_eq!(text(&CidFamily::AdobeJapan1, 34), "A");
        assert_eq!(text(&CidFamily::AdobeIdentity, 34), "");
    }
}

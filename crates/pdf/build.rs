//! Writes the maps from CIDs to Unicode of the Adobe character collections as flat tables.
//!
//! The maps come packed with some sixty others; unpacking and parsing them at run time takes longer than reading a
//! report of ten pages.

use std::path::Path;
use std::{env, fs};

use hayro_cmap::{BfString, CMap, CMapName, load_embedded};

const COLLECTIONS: [(&str, CMapName<'_>); 4] = [
    ("japan1", CMapName::AdobeJapan1Ucs2),
    ("gb1", CMapName::AdobeGb1Ucs2),
    ("cns1", CMapName::AdobeCns1Ucs2),
    ("korea1", CMapName::AdobeKorea1Ucs2),
];

/// Marks an entry of several characters: 23 bits of offset and 8 of length, into the text behind the entries.
const SEVERAL: u32 = 1 << 31;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let folder = env::var_os("OUT_DIR").expect("cargo names the folder");
    for (name, map) in COLLECTIONS {
        let data = load_embedded(map).expect("the map is among those of the library");
        let map = CMap::parse(data, load_embedded).expect("the maps of the library are sound");
        fs::write(Path::new(&folder).join(format!("{name}.ucs2")), table(&map)).expect("the folder can be written");
    }
}

/// The number of entries, the entries by CID (a character, 0 for none, or [`SEVERAL`]), little endian; then the text.
fn table(map: &CMap) -> Vec<u8> {
    let mut entries: Vec<u32> = Vec::new();
    let mut texts = String::new();
    for cid in 0..=u32::from(u16::MAX) {
        entries.push(match map.lookup_bf_string(cid) {
            Some(BfString::Char(ch)) => u32::from(ch),
            Some(BfString::String(text)) => {
                let entry = SEVERAL | (texts.len() as u32) << 8 | text.len() as u32;
                texts.push_str(&text);
                entry
            }
            None => 0,
        });
    }
    entries.truncate(entries.iter().rposition(|&e| e != 0).map_or(0, |last| last + 1));
    let numbers = std::iter::once(entries.len() as u32).chain(entries);
    numbers.flat_map(u32::to_le_bytes).chain(texts.into_bytes()).collect()
}

//! A few thousand damaged files, the same on every machine: none may panic. The fuzzer proper lives in `fuzz/`.
//!
//! Damage to packed data only shows that packing is checked. So the streams of the seeds are unpacked, told apart, and
//! damaged inside of a sound file.

use std::io::Read as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use hakusho_pdf::Limits;

use crate::build::Builder;
use crate::mutate::{Random, mutate};
use crate::read;

/// Cases of each kind.
const CASES: usize = 1500;
/// Seeds larger than this are left out.
const LARGEST: usize = 20_000;

/// What a stream is for, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    File,
    Content,
    CMap,
    TrueType,
    Cff,
    Type1,
}

const KINDS: [Kind; 6] = [Kind::File, Kind::Content, Kind::CMap, Kind::TrueType, Kind::Cff, Kind::Type1];

fn kind(data: &[u8]) -> Kind {
    match data {
        [0, 1, 0, 0, ..] | [b't', b'r', b'u', b'e', ..] | [b'O', b'T', b'T', b'O', ..] => Kind::TrueType,
        [1, 0, 4, 1..=4, ..] => Kind::Cff,
        [b'%', b'!', ..] if data.windows(9).any(|w| w == b"begincmap") => Kind::CMap,
        [b'%', b'!', ..] | [0x80, 1, ..] => Kind::Type1,
        _ if data.windows(9).any(|w| w == b"begincmap") => Kind::CMap,
        _ => Kind::Content,
    }
}

/// A file in which those bytes stand where such bytes belong.
fn dressed(kind: Kind, data: &[u8]) -> Vec<u8> {
    let mut file = Builder::page(b"BT /F 8 Tf 10 50 Td (abc) Tj <00410042> Tj <FFFF> Tj ET");
    let embedded = |key: &str, more: &str| format!("/FontDescriptor<</Flags 4/{key} 10 0 R>>{more}");
    let simple = |more: &str| format!("<</Type/Font/Subtype/TrueType/BaseFont/X{more}>>");
    let composite = |encoding: &str, more: &str| {
        let descendant =
            format!("<</Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(X)/Ordering(X)>>{more}>>");
        format!("<</Type/Font/Subtype/Type0/BaseFont/X/Encoding{encoding}/DescendantFonts[{descendant}]>>")
    };
    file.stream(10, "", data);
    let both = |file: &mut Builder, key: &str| {
        file.object(5, simple(&embedded(key, "")));
        file.object(6, composite("/Identity-H", &embedded(key, "/CIDToGIDMap/Identity")));
        file.stream(7, "", b"BT /F 8 Tf 10 50 Td (abc) Tj ET BT /G 8 Tf 10 20 Td <00010002000300FF> Tj ET");
        file.leaf(3, "/Resources<</Font<</F 5 0 R/G 6 0 R>>>>/Contents 7 0 R");
    };
    match kind {
        Kind::File => return data.to_vec(),
        Kind::Content => {
            file.leaf(3, "/Resources<</Font<</F 5 0 R/F1 5 0 R/R8 5 0 R>>/XObject<</X 10 0 R>>>>/Contents 10 0 R");
        }
        Kind::CMap => {
            file.object(5, composite(" 10 0 R/ToUnicode 10 0 R", ""));
        }
        Kind::TrueType => both(&mut file, "FontFile2"),
        Kind::Cff => both(&mut file, "FontFile3"),
        Kind::Type1 => both(&mut file, "FontFile"),
    }
    file.finish()
}

/// The data of all streams, inflated where they are deflated.
fn streams(file: &[u8]) -> Vec<Vec<u8>> {
    let find = |from: usize, word: &[u8]| Some(from + file[from..].windows(word.len()).position(|w| w == word)?);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(keyword) = find(at, b"stream") {
        let start = keyword + 6 + file[keyword + 6..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let Some(end) = find(start, b"endstream") else { break };
        let mut plain = Vec::new();
        let inflated = flate2::read::ZlibDecoder::new(&file[start..end]).take(LARGEST as u64).read_to_end(&mut plain);
        let data = if inflated.is_ok() { plain } else { file[start..end].to_vec() };
        if (1..LARGEST).contains(&data.len()) {
            found.push(data);
        }
        at = end + 9;
    }
    found
}

/// Seeds that need nothing but this repository: built files and the newest sample; and the torture files where they are.
fn seeds() -> Vec<(Kind, Vec<u8>)> {
    let mut built = Builder::page(b"/P <</MCID 0>> BDC BT /F 8 Tf 10 50 Td [(ab) -20 <63>] TJ ET EMC q 1 0 0 1 5 5 cm /X Do Q 1 0 0 RG 0 0 m 9 9 l S");
    built.leaf(3, "/Rotate 90/Resources<</Font<</F 5 0 R>>/XObject<</X 10 0 R>>>>/Contents 4 0 R/Annots[<</Subtype/Text/Rect[0 0 9 9]>>]");
    built.stream(10, "/Subtype/Form/BBox[0 0 9 9]/Matrix[2 0 0 2 0 0]", b"BT /F 8 Tf (x) Tj ET BI /W 1 /H 1 ID x EI");
    built.object(
        1,
        "<</Type/Catalog/Pages 2 0 R/PageLabels<</Nums[0<</S/r/St 3>>]>>/StructTreeRoot<</K<</S/P/Pg 3 0 R/K 0>>>>>>",
    );
    let map = b"begincmap 1 begincodespacerange <00> <FFFF> endcodespacerange 2 beginbfchar <41> <0041> <0042> <D840DC0B> endbfchar \
                1 beginbfrange <50> <60> <3042> endbfrange 1 begincidrange <0000> <FFFF> 0 endcidrange endcmap";
    let mut seeds = vec![(Kind::File, built.finish()), (Kind::CMap, map.to_vec())];
    let mut add = |path: &Path, whole: bool| {
        let Ok(file) = std::fs::read(path) else { return };
        seeds.extend(streams(&file).into_iter().map(|data| (kind(&data), data)));
        if whole && file.len() < LARGEST {
            seeds.push((Kind::File, file));
        }
    };
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    add(&here.join("corpora/samples/mihon-r07.pdf"), false);
    let material = std::env::var_os("HAKUSHO_MATERIAL").map_or_else(|| here.join("../shared"), PathBuf::from);
    let mut torture: Vec<PathBuf> = std::fs::read_dir(material.join("corpora/torture"))
        .map(|entries| entries.filter_map(|e| Some(e.ok()?.path())).collect())
        .unwrap_or_default();
    torture.sort();
    for path in torture {
        add(&path, true);
    }
    seeds
}

fn limits() -> Limits {
    Limits {
        stream_bytes: 1 << 20,
        file_bytes: 16 << 20,
        page_operators: 20_000,
        page_forms: 200,
        page_glyphs: 20_000,
        page_shapes: 5_000,
        pages: 20,
        ..Limits::default()
    }
}

#[test]
fn damaged_files_never_panic() {
    let seeds = seeds();
    for (number, kind) in KINDS.into_iter().enumerate() {
        let own: Vec<&Vec<u8>> = seeds.iter().filter(|(k, _)| *k == kind).map(|(_, data)| data).collect();
        let mut random = Random::new(number as u64 + 1);
        for case in 0..if own.is_empty() { 0 } else { CASES } {
            let seed = *random.pick(&own);
            let other = *random.pick(&own);
            let file = dressed(kind, &mutate(seed, other, &mut random));
            if catch_unwind(AssertUnwindSafe(|| read(&file, limits()))).is_err() {
                let path = std::env::temp_dir().join(format!("hakusho-smoke-{kind:?}-{case}.pdf"));
                let _ = std::fs::write(&path, &file);
                panic!("{kind:?} case {case} panics; the file is {}", path.display());
            }
        }
    }
}

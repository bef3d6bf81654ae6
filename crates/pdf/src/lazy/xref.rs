//! The cross-reference table in all its forms (ISO 32000-1, 7.5.4 to 7.5.8): where every object stands.

use lopdf::{Dictionary, Object};
use rustc_hash::{FxHashMap, FxHashSet};

use super::parse::{self, Cost};
use crate::filters;
use crate::lexer::Lexer;
use crate::limits::{Budget, Limits};
use crate::source::{Objects, as_integer, raw};

/// Bytes at the end of a file in which `startxref` is looked for.
const TAIL: usize = 2048;

/// Where an object stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Free,
    /// Offset in the file.
    At(usize),
    /// In an object stream.
    In {
        stream: u32,
        index: u32,
    },
}

/// All sections of a table, the newest entry of every object.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) places: FxHashMap<u32, Place>,
    pub(super) trailer: Dictionary,
}

/// Reads the table from its end backwards; `None` where anything about it is not as it should be.
pub(super) fn read(data: &[u8], limits: &Limits) -> Option<Table> {
    let tail = data.len().saturating_sub(TAIL);
    let at = tail + parse::find_last(&data[tail..], b"startxref")? + b"startxref".len();
    let mut next = Some(Lexer::new(&data[at..]).unsigned()?);
    let mut table = Table::default();
    let mut seen = FxHashSet::default();
    while let Some(offset) = next {
        if !seen.insert(offset) {
            break;
        }
        let trailer = section(data, usize::try_from(offset).ok()?, &mut table, limits)?;
        let number = |key: &[u8]| raw(&trailer, key).and_then(as_integer).and_then(|n| u64::try_from(n).ok());
        // Objects hidden from old readers (7.5.8.4) come before those of older sections.
        if let Some(hidden) = number(b"XRefStm").filter(|n| seen.insert(*n)) {
            section(data, usize::try_from(hidden).ok()?, &mut table, limits)?;
        }
        next = number(b"Prev");
        for (key, value) in &trailer {
            if !table.trailer.has(key) {
                table.trailer.set(key.clone(), value.clone());
            }
        }
    }
    Some(table)
}

fn section(data: &[u8], offset: usize, table: &mut Table, limits: &Limits) -> Option<Dictionary> {
    let mut lexer = Lexer::new(data.get(offset..)?);
    if lexer.keyword(b"xref") { plain(&mut lexer, table) } else { stream(data, offset, table, limits) }
}

/// Subsections of twenty-byte entries, read by their words: line ends differ.
fn plain(lexer: &mut Lexer<'_>, table: &mut Table) -> Option<Dictionary> {
    while !lexer.keyword(b"trailer") {
        let (first, count) = (lexer.unsigned()?, lexer.unsigned()?);
        for number in first..first.checked_add(count)? {
            let offset = lexer.unsigned()?;
            lexer.unsigned()?;
            let used = lexer.keyword(b"n");
            if !used && !lexer.keyword(b"f") {
                return None;
            }
            // No object stands where the header does: so Quartz marks the numbers it did not use.
            let place = if used && offset > 0 { Place::At(usize::try_from(offset).ok()?) } else { Place::Free };
            table.places.entry(u32::try_from(number).ok()?).or_insert(place);
        }
    }
    match parse::direct(lexer.rest(), &mut Cost::default())? {
        Object::Dictionary(trailer) => Some(trailer),
        _ => None,
    }
}

/// A cross-reference stream; its dictionary is the trailer.
fn stream(data: &[u8], offset: usize, table: &mut Table, limits: &Limits) -> Option<Dictionary> {
    let (_, Object::Stream(stream)) = parse::indirect(data, offset, |_| None, &mut Cost::default())? else {
        return None;
    };
    let dict = &stream.dict;
    if !matches!(raw(dict, b"Type"), Some(Object::Name(name)) if name == b"XRef") {
        return None;
    }
    let integers = |key: &[u8]| match raw(dict, key) {
        Some(Object::Array(items)) => {
            items.iter().map(|o| usize::try_from(as_integer(o)?).ok()).collect::<Option<Vec<_>>>()
        }
        _ => None,
    };
    let widths: [usize; 3] = integers(b"W")?.get(..3)?.try_into().ok()?;
    let size = raw(dict, b"Size").and_then(as_integer).and_then(|n| usize::try_from(n).ok())?;
    let index = integers(b"Index").unwrap_or_else(|| vec![0, size]);
    let packed = super::content(data, &stream);
    let decoded = filters::decode_bytes(Objects::none(), dict, packed, limits, &Budget::default());
    let row = widths.iter().sum::<usize>();
    if widths.iter().any(|w| *w > 8) || row == 0 || decoded.problem.is_some() {
        return None;
    }
    let mut rows = decoded.bytes.chunks_exact(row);
    for pair in index.chunks_exact(2) {
        for number in pair[0]..pair[0].checked_add(pair[1])? {
            let Some(fields) = rows.next() else { break };
            // No file has more objects than bytes; one that says so wants to fill the memory.
            if table.places.len() > data.len() {
                return None;
            }
            let place = place(fields, widths)?;
            table.places.entry(u32::try_from(number).ok()?).or_insert(place);
        }
    }
    Some(stream.dict)
}

fn place(fields: &[u8], [a, b, c]: [usize; 3]) -> Option<Place> {
    let number = |bytes: &[u8]| bytes.iter().fold(0u64, |n, &byte| n << 8 | u64::from(byte));
    let kind = if a == 0 { 1 } else { number(&fields[..a]) };
    let (second, third) = (number(&fields[a..a + b]), number(&fields[a + b..a + b + c]));
    Some(match kind {
        1 => Place::At(usize::try_from(second).ok()?),
        2 => Place::In { stream: u32::try_from(second).ok()?, index: u32::try_from(third).ok()? },
        // Unknown kinds are null objects (7.5.8.3).
        _ => Place::Free,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_a_stream() {
        assert_eq!(place(&[1, 0x12, 0x34, 0], [1, 2, 1]), Some(Place::At(0x1234)));
        assert_eq!(place(&[2, 0, 7, 3], [1, 2, 1]), Some(Place::In { stream: 7, index: 3 }));
        assert_eq!(place(&[0x12, 0x34, 0], [0, 2, 1]), Some(Place::At(0x1234)));
        assert_eq!(place(&[9, 0, 0, 0], [1, 2, 1]), Some(Place::Free));
    }

    #[test]
    fn a_table_with_an_older_part_and_a_loop() {
        let old = "xref\n0 2\n0000000000 65535 f \n0000000500 00000 n \ntrailer\n<</Root 1 0 R/Info 9 0 R/Prev 0>>\n";
        let new =
            format!("xref\n1 1\n0000000700 00000 n\r\ntrailer<</Root 2 0 R/Prev 0>>\nstartxref\n{}\n%%EOF", old.len());
        let table = read(format!("{old}{new}").as_bytes(), &Limits::default()).expect("a sound table");
        assert_eq!(table.places[&1], Place::At(700));
        assert_eq!(table.places[&0], Place::Free);
        let unused = "xref\n0 1\n0000000000 00000 n \ntrailer<<>>startxref 0";
        assert_eq!(read(unused.as_bytes(), &Limits::default()).expect("a sound table").places[&0], Place::Free);
        assert_eq!(raw(&table.trailer, b"Root"), Some(&Object::Reference((2, 0))));
        assert!(table.trailer.has(b"Info"));
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for data in ["", "startxref", "startxref 0", "xref\n0 1\n12 x\nstartxref 0", "xref 0 99999999999 startxref 0"] {
            assert!(read(data.as_bytes(), &Limits::default()).is_none(), "{data}");
        }
    }
}

//! Files whose table is broken: their objects are found by the words that begin them.
//!
//! Of two objects with one number the later in the file counts, as updates are appended. Data of streams are passed over,
//! so that a file within the file is not taken for the file itself.

use lopdf::{Dictionary, Object};
use rustc_hash::FxHashMap;

use super::parse::{self, Cost, find};
use super::xref::{Place, Table};

/// What a search brought to light.
#[derive(Debug, Default)]
pub(super) struct Rescued {
    pub(super) table: Table,
    /// Object streams with their offsets, in order of the file.
    pub(super) bundles: Vec<(u32, usize)>,
}

/// Searches a whole file.
pub(super) fn search(data: &[u8]) -> Rescued {
    let mut rescued = Rescued::default();
    let mut trailers: Vec<(usize, Dictionary)> = trailers(data);
    let mut at = 0;
    // A search for an end that is nowhere is done once.
    let mut has_ends = true;
    while let Some(word) = find(&data[at..], b"obj").map(|i| at + i) {
        at = word + 3;
        let Some((number, offset)) = header_before(data, word) else { continue };
        rescued.table.places.insert(number, Place::At(offset));
        let next = find(&data[at..], b"obj").map_or(data.len(), |i| at + i);
        let Some(stream) = find(&data[at..next], b"stream").map(|i| at + i) else { continue };
        let dict = &data[at..stream];
        if find(dict, b"/ObjStm").is_some() {
            rescued.bundles.push((number, offset));
        }
        if find(dict, b"/XRef").is_some()
            && let Some(Object::Dictionary(trailer)) = parse::direct(dict, &mut Cost::default())
        {
            trailers.push((offset, trailer));
        }
        at = stream + b"stream".len();
        if has_ends {
            match find(&data[at..], b"endstream") {
                Some(end) => at += end,
                None => has_ends = false,
            }
        }
    }
    trailers.sort_by_key(|(offset, _)| *offset);
    rescued.table.trailer = merged(trailers);
    rescued
}

/// Number and offset of the object whose `obj` stands at `word`.
fn header_before(data: &[u8], word: usize) -> Option<(u32, usize)> {
    let back = |end: usize, is: fn(&u8) -> bool| end - data[..end].iter().rev().take(20).take_while(|b| is(b)).count();
    let space = |b: &u8| b.is_ascii_whitespace() || *b == 0;
    let generation_end = back(word, space);
    let generation = back(generation_end, u8::is_ascii_digit);
    let number_end = back(generation, space);
    let start = back(number_end, u8::is_ascii_digit);
    if generation == generation_end || number_end == generation || start == number_end {
        return None;
    }
    let number = std::str::from_utf8(&data[start..number_end]).ok()?.parse().ok()?;
    Some((number, start))
}

/// Dictionaries behind the word `trailer`, with their offsets.
fn trailers(data: &[u8]) -> Vec<(usize, Dictionary)> {
    let mut found = Vec::new();
    let mut at = 0;
    while found.len() < MAX_TRAILERS
        && let Some(word) = find(&data[at..], b"trailer").map(|i| at + i)
    {
        at = word + b"trailer".len();
        if is_comment(data, word) {
            continue;
        }
        let end = data.len().min(at + MAX_TRAILER);
        let end = find(&data[at..end], b"startxref").map_or(end, |i| at + i);
        if let Some(Object::Dictionary(trailer)) = parse::direct(&data[at..end], &mut Cost::default()) {
            found.push((word, trailer));
        }
    }
    found
}

/// Whether a percent sign stands before `at` on its line.
fn is_comment(data: &[u8], at: usize) -> bool {
    data[..at].iter().rev().take(80).take_while(|b| !matches!(b, b'\n' | b'\r')).any(|b| *b == b'%')
}

/// Bytes of a trailer that are looked at.
const MAX_TRAILER: usize = 16 << 10;
/// Trailers that are looked at; a file has one for every time it was saved.
const MAX_TRAILERS: usize = 10_000;

/// The entries of all trailers, of each the last one.
fn merged(trailers: Vec<(usize, Dictionary)>) -> Dictionary {
    let mut entries: FxHashMap<Vec<u8>, Object> = FxHashMap::default();
    for (_, trailer) in trailers {
        entries.extend(trailer);
    }
    let mut entries: Vec<_> = entries.into_iter().collect();
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    entries.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(data: &[u8], expected: &[(u32, usize)]) {
        let mut found: Vec<(u32, usize)> = search(data)
            .table
            .places
            .into_iter()
            .filter_map(|(number, place)| if let Place::At(offset) = place { Some((number, offset)) } else { None })
            .collect();
        found.sort_unstable();
        assert_eq!(found, expected);
    }

    #[test]
    fn objects_by_their_first_words() {
        check(b"1 0 obj 5 endobj\n12 0\r\nobj<<>>endobj 13 0obj null", &[(1, 0), (12, 17), (13, 37)]);
        check(b"obj 0 obj 99999999999 0 obj endobj", &[]);
    }

    #[test]
    fn the_later_one_counts() {
        check(b"1 0 obj 5 endobj 1 0 obj 6 endobj", &[(1, 17)]);
    }

    #[test]
    fn data_of_streams_are_passed_over() {
        check(b"1 0 obj<<>>stream 2 0 obj endstream endobj 3 0 obj 1", &[(1, 0), (3, 43)]);
        check(b"1 0 obj<<>>stream 2 0 obj 3 0 obj", &[(1, 0), (2, 18), (3, 26)]);
    }

    #[test]
    fn trailers_add_up() {
        let found = search(b"trailer<</Root 1 0 R/Info 9 0 R>>startxref 5 trailer<</Root 2 0 R>>").table.trailer;
        assert_eq!(found.get(b"Root").ok(), Some(&Object::Reference((2, 0))));
        assert!(found.has(b"Info"));
        assert!(search(b"\n% trailer<</Root 2 0 R>>").table.trailer.is_empty());
    }
}

//! Stream decoding within limits, keeping what a damaged stream still gives.

use std::borrow::Cow;

use flate2::{Decompress, FlushDecompress, Status};
use lopdf::{Dictionary, Object, Stream};

use crate::limits::{Breach, Budget, Limits};
use crate::source::Objects;

/// Decoded bytes, and whether the stream ended before its time.
pub(crate) struct Decoded<'a> {
    pub(crate) bytes: Cow<'a, [u8]>,
    pub(crate) problem: Option<Problem>,
}

impl Decoded<'_> {
    fn nothing(breach: Breach) -> Self {
        Self { bytes: Cow::Borrowed(&[]), problem: Some(Problem::Limit(breach)) }
    }
}

/// Why a stream is not whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Problem {
    /// The data are damaged or use a filter that gives no text.
    Broken,
    /// A limit was reached.
    Limit(Breach),
}

/// Decodes all filters of a stream.
pub(crate) fn decode<'a>(objects: Objects<'a>, stream: &'a Stream, limits: &Limits, budget: &Budget) -> Decoded<'a> {
    decode_bytes(objects, &stream.dict, objects.content(stream), limits, budget)
}

/// Undoes the filters that `dict` names.
pub(crate) fn decode_bytes<'a, 'd>(
    objects: Objects<'d>,
    dict: &'d Dictionary,
    bytes: &'a [u8],
    limits: &Limits,
    budget: &Budget,
) -> Decoded<'a> {
    let mut bytes = Cow::Borrowed(bytes);
    let mut problem = None;
    let filters = filters(objects, dict);
    if filters.len() > limits.stream_filters {
        return Decoded::nothing(Breach::StreamFilters);
    }
    if filters.is_empty() && !budget.take(bytes.len(), limits) {
        return Decoded::nothing(Breach::FileBytes);
    }
    for (name, parms) in filters {
        let (decoded, trouble) = apply(name, parms, &bytes, limits);
        problem = problem.or(trouble);
        bytes = Cow::Owned(decoded);
        // Every stage costs, not only the last: bombs are packed several times over.
        if !budget.take(bytes.len(), limits) {
            return Decoded::nothing(Breach::FileBytes);
        }
    }
    Decoded { bytes, problem }
}

/// Filter names with their parameters, references resolved.
fn filters<'a>(objects: Objects<'a>, dict: &'a Dictionary) -> Vec<(&'a [u8], Option<&'a Dictionary>)> {
    let either = |long: &[u8], short: &[u8]| objects.get(dict, long).or_else(|| objects.get(dict, short));
    let parms = either(b"DecodeParms", b"DP");
    match either(b"Filter", b"F") {
        Some(Object::Name(name)) => {
            let first = match parms {
                Some(Object::Array(items)) => items.first().and_then(|o| objects.resolve(o)),
                other => other,
            };
            vec![(name.as_slice(), first.and_then(crate::source::as_dict))]
        }
        Some(Object::Array(names)) => {
            let parms_of = |i: usize| match parms {
                Some(Object::Array(items)) => items.get(i).and_then(|o| objects.resolve(o)),
                other => other.filter(|_| names.len() == 1),
            };
            let name_of = |o| match objects.resolve(o) {
                Some(Object::Name(name)) => Some(name.as_slice()),
                _ => None,
            };
            let pair = |(i, o)| Some((name_of(o)?, parms_of(i).and_then(crate::source::as_dict)));
            names.iter().enumerate().filter_map(pair).collect()
        }
        _ => Vec::new(),
    }
}

fn apply(name: &[u8], parms: Option<&Dictionary>, data: &[u8], limits: &Limits) -> (Vec<u8>, Option<Problem>) {
    match name {
        b"Crypt" => (data.to_vec(), None),
        b"FlateDecode" | b"Fl" if !has_predictor(parms) => inflate(data, limits.stream_bytes),
        b"FlateDecode" | b"Fl" => by_lopdf("FlateDecode", parms, data, limits),
        b"LZWDecode" | b"LZW" => by_lopdf("LZWDecode", parms, data, limits),
        b"ASCII85Decode" | b"A85" => by_lopdf("ASCII85Decode", parms, data, limits),
        b"ASCIIHexDecode" | b"AHx" => by_lopdf("ASCIIHexDecode", parms, data, limits),
        b"RunLengthDecode" | b"RL" => by_lopdf("RunLengthDecode", parms, data, limits),
        // Image codecs hold no text and no maps.
        _ => (Vec::new(), Some(Problem::Broken)),
    }
}

fn has_predictor(parms: Option<&Dictionary>) -> bool {
    let predictor = parms.and_then(|p| crate::source::raw(p, b"Predictor")).and_then(crate::source::as_integer);
    predictor.is_some_and(|p| p > 1)
}

fn by_lopdf(name: &str, parms: Option<&Dictionary>, data: &[u8], limits: &Limits) -> (Vec<u8>, Option<Problem>) {
    let mut dict = Dictionary::new();
    dict.set("Filter", Object::Name(name.as_bytes().to_vec()));
    if let Some(parms) = parms {
        dict.set("DecodeParms", Object::Dictionary(parms.clone()));
    }
    match Stream::new(dict, data.to_vec()).decompressed_content_with_limit(limits.stream_bytes) {
        Ok(bytes) => (bytes, None),
        Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
            (Vec::new(), Some(Problem::Limit(Breach::StreamBytes)))
        }
        Err(_) => (Vec::new(), Some(Problem::Broken)),
    }
}

/// Inflates zlib data, or raw deflate where the header is missing; what came before an error is kept.
pub(crate) fn inflate(data: &[u8], limit: usize) -> (Vec<u8>, Option<Problem>) {
    let data = skip_line_end(data);
    let (bytes, problem) = inflate_as(data, limit, true);
    if bytes.is_empty() && problem == Some(Problem::Broken) && data.len() > 2 {
        let (raw, trouble) = inflate_as(&data[2..], limit, false);
        if !raw.is_empty() {
            return (raw, trouble);
        }
    }
    (bytes, problem)
}

/// Some writers put an extra line end between the keyword `stream` and the data.
fn skip_line_end(data: &[u8]) -> &[u8] {
    match data {
        [b'\r', b'\n', rest @ ..] | [b'\n' | b'\r', rest @ ..] => rest,
        _ => data,
    }
}

fn inflate_as(data: &[u8], limit: usize, zlib_header: bool) -> (Vec<u8>, Option<Problem>) {
    let mut state = Decompress::new(zlib_header);
    let mut out = Vec::with_capacity((data.len() * 4).clamp(512, 1 << 20));
    loop {
        let before = (state.total_in(), state.total_out());
        let rest = &data[(before.0 as usize).min(data.len())..];
        match state.decompress_vec(rest, &mut out, FlushDecompress::None) {
            Ok(_) if out.len() > limit => {
                out.truncate(limit);
                return (out, Some(Problem::Limit(Breach::StreamBytes)));
            }
            Ok(Status::StreamEnd) => return (out, None),
            Ok(_) if out.len() == out.capacity() => out.reserve(out.capacity()),
            // No progress with room to spare: the data end early.
            Ok(_) if (state.total_in(), state.total_out()) == before => return (out, Some(Problem::Broken)),
            Ok(_) => {}
            // A wrong checksum at the very end still means whole data.
            Err(_) => return (out, Some(Problem::Broken)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn deflate(data: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(data).expect("writing to memory");
        encoder.finish().expect("writing to memory")
    }

    #[test]
    fn whole_data_comes_back() {
        let data = b"BT (x) Tj ET ".repeat(1000);
        assert_eq!(inflate(&deflate(&data), 1 << 20), (data, None));
    }

    #[test]
    fn cut_data_give_their_beginning() {
        let data: Vec<u8> = (0..60_000u32).map(|i| (i * 7 % 251) as u8).collect();
        let packed = deflate(&data);
        let (bytes, problem) = inflate(&packed[..packed.len() / 2], 1 << 20);
        assert_eq!(problem, Some(Problem::Broken));
        assert!(!bytes.is_empty() && data.starts_with(&bytes));
    }

    #[test]
    fn the_limit_holds_from_both_sides() {
        let packed = deflate(&[b'x'; 5000]);
        assert_eq!(inflate(&packed, 5000).1, None);
        assert_eq!(inflate(&packed, 4999), (vec![b'x'; 4999], Some(Problem::Limit(Breach::StreamBytes))));
    }
}

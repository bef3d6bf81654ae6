//! Where objects come from: a small trait over the object reader, and lookups that never allocate.

use std::sync::LazyLock;

use lopdf::{Dictionary, Object, ObjectId, Stream};

/// References followed in a row before giving up; real files need two.
const MAX_HOPS: usize = 16;

/// Access to the indirect objects of an opened file.
///
/// The trait is all the interpreter knows: a lazy reader serves sound files, lopdf's `Document` damaged ones.
pub(crate) trait ObjectSource: Sync {
    /// The object with that number, if the file has it.
    fn object(&self, id: ObjectId) -> Option<&Object>;
    /// The trailer dictionary.
    fn trailer(&self) -> &Dictionary;
    /// Every object number, ascending: for files whose page tree is broken.
    fn ids(&self) -> Vec<ObjectId>;
    /// The bytes of a stream of this file, filters not undone.
    fn content<'s>(&'s self, stream: &'s Stream) -> &'s [u8];
}

impl ObjectSource for lopdf::Document {
    fn object(&self, id: ObjectId) -> Option<&Object> {
        self.objects.get(&id)
    }

    fn trailer(&self) -> &Dictionary {
        &self.trailer
    }

    fn ids(&self) -> Vec<ObjectId> {
        self.objects.keys().copied().collect()
    }

    fn content<'s>(&'s self, stream: &'s Stream) -> &'s [u8] {
        &stream.content
    }
}

/// A source without objects: every reference leads nowhere.
struct Nothing;

static NO_TRAILER: LazyLock<Dictionary> = LazyLock::new(Dictionary::new);

impl ObjectSource for Nothing {
    fn object(&self, _: ObjectId) -> Option<&Object> {
        None
    }

    fn trailer(&self) -> &Dictionary {
        &NO_TRAILER
    }

    fn ids(&self) -> Vec<ObjectId> {
        Vec::new()
    }

    fn content<'s>(&'s self, stream: &'s Stream) -> &'s [u8] {
        &stream.content
    }
}

/// A copyable handle with the typed lookups the interpreter needs.
#[derive(Clone, Copy)]
pub(crate) struct Objects<'a> {
    source: &'a dyn ObjectSource,
}

impl<'a> Objects<'a> {
    pub(crate) fn new(source: &'a dyn ObjectSource) -> Self {
        Self { source }
    }

    /// Lookups that find nothing but what stands in place.
    pub(crate) fn none() -> Self {
        Self { source: &Nothing }
    }

    pub(crate) fn trailer(&self) -> &'a Dictionary {
        self.source.trailer()
    }

    /// The bytes of a stream, filters not undone.
    pub(crate) fn content(&self, stream: &'a Stream) -> &'a [u8] {
        self.source.content(stream)
    }

    pub(crate) fn ids(&self) -> Vec<ObjectId> {
        self.source.ids()
    }

    pub(crate) fn by_id(&self, id: ObjectId) -> Option<&'a Object> {
        self.source.object(id).and_then(|o| self.resolve(o))
    }

    /// Follows references to the object itself; `None` for null, missing and cyclic ones.
    pub(crate) fn resolve(&self, mut object: &'a Object) -> Option<&'a Object> {
        for _ in 0..MAX_HOPS {
            match object {
                Object::Reference(id) => object = self.source.object(*id)?,
                Object::Null => return None,
                found => return Some(found),
            }
        }
        None
    }

    /// [`Self::resolve`] for an object that lives shorter than the file.
    pub(crate) fn resolve_short<'b>(&self, object: &'b Object) -> Option<&'b Object>
    where
        'a: 'b,
    {
        match object {
            Object::Reference(id) => self.by_id(*id),
            Object::Null => None,
            found => Some(found),
        }
    }

    /// The value under `key`, references followed.
    pub(crate) fn get(&self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        self.resolve(raw(dict, key)?)
    }

    pub(crate) fn dict(&self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
        self.get(dict, key).and_then(as_dict)
    }

    pub(crate) fn array(&self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [Object]> {
        match self.get(dict, key)? {
            Object::Array(items) => Some(items),
            _ => None,
        }
    }

    pub(crate) fn stream(&self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Stream> {
        match self.get(dict, key)? {
            Object::Stream(stream) => Some(stream),
            _ => None,
        }
    }

    pub(crate) fn name(&self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
        match self.get(dict, key)? {
            Object::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(crate) fn number(&self, dict: &'a Dictionary, key: &[u8]) -> Option<f32> {
        self.get(dict, key).and_then(as_number)
    }

    pub(crate) fn integer(&self, dict: &'a Dictionary, key: &[u8]) -> Option<i64> {
        self.get(dict, key).and_then(as_integer)
    }

    /// Numbers of an array, each resolved; anything else counts as 0.
    pub(crate) fn numbers(&self, items: &'a [Object]) -> Vec<f32> {
        items.iter().map(|o| self.resolve(o).and_then(as_number).unwrap_or(0.0)).collect()
    }

    /// The four numbers of a box, corners in any order.
    pub(crate) fn rect(&self, dict: &'a Dictionary, key: &[u8]) -> Option<[f32; 4]> {
        let v = self.numbers(self.array(dict, key)?);
        let [a, b, c, d] = v.get(..4)?.try_into().ok()?;
        Some([f32::min(a, c), f32::min(b, d), f32::max(a, c), f32::max(b, d)])
    }
}

/// The value under `key` as it stands. lopdf's own `get` builds an error string on every miss.
pub(crate) fn raw<'a>(dict: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    dict.as_hashmap().get(key)
}

/// The dictionary of a dictionary or stream.
pub(crate) fn as_dict(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

pub(crate) fn as_number(object: &Object) -> Option<f32> {
    match object {
        Object::Integer(i) => Some(*i as f32),
        Object::Real(r) => Some(*r),
        _ => None,
    }
}

pub(crate) fn as_integer(object: &Object) -> Option<i64> {
    match object {
        Object::Integer(i) => Some(*i),
        Object::Real(r) => Some(*r as i64),
        _ => None,
    }
}

/// A text string (ISO 32000-1, 7.9.2.2): UTF-16 with byte order mark, UTF-8 with mark, else `PDFDocEncoding`;
/// bytes that are plainly Shift-JIS or UTF-8, which Japanese producers write without a mark, are read as such.
pub(crate) fn text_string(object: &Object) -> Option<String> {
    let Object::String(bytes, _) = object else { return None };
    Some(decode_text(bytes))
}

pub(crate) fn decode_text(bytes: &[u8]) -> String {
    let utf16 = |rest: &[u8], big: bool| {
        let unit = |p: &[u8]| if big { u16::from_be_bytes([p[0], p[1]]) } else { u16::from_le_bytes([p[0], p[1]]) };
        String::from_utf16_lossy(&rest.chunks_exact(2).map(unit).collect::<Vec<_>>())
    };
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => utf16(rest, true),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, false),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|&b| char::from(b)).collect(),
        },
    };
    // Language escapes (U+001B … U+001B) and control characters are not text.
    text.chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_in_three_encodings() {
        assert_eq!(decode_text(&[0xFE, 0xFF, 0x76, 0x7D, 0x66, 0xF8]), "白書");
        assert_eq!(decode_text("白書".as_bytes()), "白書");
        assert_eq!(decode_text(b"report\x07"), "report");
    }

    #[test]
    fn a_reference_cycle_ends() {
        let mut document = lopdf::Document::new();
        document.objects.insert((1, 0), Object::Reference((2, 0)));
        document.objects.insert((2, 0), Object::Reference((1, 0)));
        assert!(Objects::new(&document).by_id((1, 0)).is_none());
    }
}

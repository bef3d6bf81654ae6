//! Objects from bytes (ISO 32000-1, 7.3): what the lazy reader reads when an object is first asked for.

use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat};

use crate::lexer::{Lexer, Token, hex_bytes, literal_bytes, name_bytes};
use crate::limits::OBJECT_DEPTH;

/// What reading objects cost, and whether any was nested deeper than [`OBJECT_DEPTH`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cost {
    /// Bytes looked at, inner dictionaries anew for every level.
    pub(super) bytes: usize,
    pub(super) too_deep: bool,
}

/// Reads the object at the start of `data`: no indirect one, no stream.
pub(super) fn direct(data: &[u8], cost: &mut Cost) -> Option<Object> {
    let mut parser = Parser { lexer: Lexer::new(data), cost };
    let object = parser.object(0);
    parser.cost.bytes += parser.lexer.at();
    object
}

/// Whether `data` begins with `number generation obj`; gives the generation.
pub(super) fn header(data: &[u8], number: u32) -> Option<u16> {
    let mut parser = Parser { lexer: Lexer::new(data), cost: &mut Cost::default() };
    let id = parser.header()?;
    (id.0 == number).then_some(id.1)
}

/// Reads the indirect object at `offset`. A stream keeps no bytes: its position is set and `Length` is made true.
///
/// `length_of` looks up a length that is given by reference.
pub(super) fn indirect(
    data: &[u8],
    offset: usize,
    length_of: impl Fn(ObjectId) -> Option<i64>,
    cost: &mut Cost,
) -> Option<(ObjectId, Object)> {
    let mut parser = Parser { lexer: Lexer::new(data.get(offset..)?), cost };
    let id = parser.header()?;
    let object = parser.object(0);
    let start = if matches!(object, Some(Object::Dictionary(_))) { parser.stream_start() } else { None };
    parser.cost.bytes += parser.lexer.at();
    match (object?, start) {
        (Object::Dictionary(dict), Some(start)) => {
            Some((id, Object::Stream(stream(data, dict, offset + start, length_of, cost))))
        }
        (object, _) => Some((id, object)),
    }
}

fn stream(
    data: &[u8],
    mut dict: Dictionary,
    start: usize,
    length_of: impl Fn(ObjectId) -> Option<i64>,
    cost: &mut Cost,
) -> Stream {
    let stated = match crate::source::raw(&dict, b"Length") {
        Some(Object::Integer(n)) => Some(*n),
        Some(Object::Reference(id)) => length_of(*id),
        _ => None,
    };
    let stated = stated.and_then(|n| usize::try_from(n).ok()).filter(|n| ends_at(data, start.saturating_add(*n)));
    let length = stated.unwrap_or_else(|| found_length(&data[start.min(data.len())..], cost));
    dict.set("Length", Object::Integer(length as i64));
    Stream::with_position(dict, start)
}

/// Whether the keyword `endstream` follows, after white space.
fn ends_at(data: &[u8], end: usize) -> bool {
    let Some(rest) = data.get(end..) else { return false };
    let space = rest.iter().take(4).take_while(|b| b.is_ascii_whitespace() || **b == 0).count();
    rest[space..].starts_with(b"endstream")
}

/// Length up to the next `endstream`, its line end left out; to the end of the file where there is none.
fn found_length(data: &[u8], cost: &mut Cost) -> usize {
    let end = find(data, b"endstream");
    cost.bytes += end.unwrap_or(data.len());
    let Some(end) = end.or_else(|| find(data, b"endobj")) else { return data.len() };
    match &data[..end] {
        [.., b'\r', b'\n'] => end - 2,
        [.., b'\n' | b'\r'] => end - 1,
        _ => end,
    }
}

/// First place of `needle`.
pub(super) fn find(data: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(data, needle)
}

/// Last place of `needle`.
pub(super) fn find_last(data: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::rfind(data, needle)
}

struct Parser<'a, 'c> {
    lexer: Lexer<'a>,
    cost: &'c mut Cost,
}

impl<'a> Parser<'a, '_> {
    /// `number generation obj`.
    fn header(&mut self) -> Option<ObjectId> {
        let number = self.lexer.unsigned()?;
        let generation = self.lexer.unsigned()?;
        let keyword = self.lexer.keyword(b"obj");
        keyword.then_some((u32::try_from(number).ok()?, generation.min(u64::from(u16::MAX)) as u16))
    }

    fn object(&mut self, depth: usize) -> Option<Object> {
        let token = self.lexer.next()?;
        self.value(token, depth)
    }

    fn value(&mut self, token: Token<'a>, depth: usize) -> Option<Object> {
        Some(match token {
            Token::Number(n) => self.number(n),
            Token::Name(raw) => Object::Name(name_bytes(raw).into_owned()),
            Token::Literal(raw) => {
                let mut bytes = Vec::with_capacity(raw.len());
                literal_bytes(raw, &mut bytes);
                Object::String(bytes, StringFormat::Literal)
            }
            Token::Hex(raw) => {
                let mut bytes = Vec::with_capacity(raw.len() / 2 + 1);
                hex_bytes(raw, &mut bytes);
                Object::String(bytes, StringFormat::Hexadecimal)
            }
            Token::ArrayStart => self.array(depth),
            Token::Dict(raw) => Object::Dictionary(dictionary(raw, depth, self.cost)),
            Token::ArrayEnd => return None,
            Token::Operator(word) => match word {
                b"true" => Object::Boolean(true),
                b"false" => Object::Boolean(false),
                b"null" => Object::Null,
                _ => return None,
            },
        })
    }

    /// A number, or the reference it begins.
    fn number(&mut self, value: f32) -> Object {
        let Some(integer) = std::str::from_utf8(self.lexer.last()).ok().and_then(|t| t.parse::<i64>().ok()) else {
            return Object::Real(value);
        };
        match u32::try_from(integer).ok().and_then(|number| Some((number, self.reference_tail()?))) {
            Some(id) => Object::Reference(id),
            None => Object::Integer(integer),
        }
    }

    /// `generation R`; nothing is passed over where it does not follow.
    fn reference_tail(&mut self) -> Option<u16> {
        let before = self.lexer.at();
        let generation = self.lexer.unsigned().filter(|_| self.lexer.keyword(b"R"));
        if generation.is_none() {
            self.lexer.seek(before);
        }
        generation.map(|g| g.min(u64::from(u16::MAX)) as u16)
    }

    fn array(&mut self, depth: usize) -> Object {
        let mut items = Vec::new();
        while let Some(token) = self.lexer.next() {
            if token == Token::ArrayEnd {
                break;
            }
            if depth >= OBJECT_DEPTH {
                self.cost.too_deep = true;
                continue;
            }
            // A stray keyword is left out, but the end of the object ends an array that was never closed.
            if matches!(token, Token::Operator(b"endobj" | b"stream" | b"endstream")) {
                break;
            }
            items.extend(self.value(token, depth + 1));
        }
        Object::Array(items)
    }

    /// Offset of the data behind the keyword `stream` and its line end.
    fn stream_start(&mut self) -> Option<usize> {
        if !self.lexer.keyword(b"stream") {
            return None;
        }
        let rest = self.lexer.rest();
        let skip = match rest {
            [b'\r', b'\n', ..] => 2,
            [b'\n' | b'\r', ..] => 1,
            _ => 0,
        };
        Some(self.lexer.at() + skip)
    }
}

/// The entries between `<<` and `>>`.
fn dictionary(raw: &[u8], depth: usize, cost: &mut Cost) -> Dictionary {
    let mut dict = Dictionary::new();
    if depth >= OBJECT_DEPTH {
        cost.too_deep = true;
        return dict;
    }
    cost.bytes += raw.len();
    let inner = raw.strip_prefix(b"<<").unwrap_or(raw);
    let inner = inner.strip_suffix(b">>").unwrap_or(inner);
    let mut parser = Parser { lexer: Lexer::new(inner), cost };
    while let Some(token) = parser.lexer.next() {
        let Token::Name(key) = token else { continue };
        let before = parser.lexer.at();
        let Some(next) = parser.lexer.next() else { break };
        match parser.value(next, depth + 1) {
            Some(value) => dict.set(name_bytes(key).into_owned(), value),
            None if matches!(next, Token::Operator(_)) => {}
            None => parser.lexer.seek(before),
        }
    }
    dict
}

//! The fonts of a file: read once, shared by the threads that read its pages.

use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use lopdf::{Dictionary, Object, ObjectId};
use rustc_hash::FxHashMap;

use crate::font::{Font, FontContext, GlyphInfo};
use crate::source::as_dict;

/// How a font is recognised again: by its object number, or, set directly in the resources, by its place in memory.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Object(ObjectId),
    Direct(usize),
    Missing,
}

/// Stands for a font that the resources name and do not have: codes are read as those of a Latin standard font.
static MISSING: LazyLock<Dictionary> = LazyLock::new(Dictionary::new);

/// All fonts asked for so far.
#[derive(Default)]
pub(crate) struct FontShelf<'a> {
    fonts: Mutex<FxHashMap<Key, Arc<OnceLock<Arc<Font<'a>>>>>>,
}

impl<'a> FontShelf<'a> {
    /// The font of a dictionary; whoever asks first reads it, and nobody waits but for the same font.
    fn get(&self, key: Key, load: impl FnOnce() -> Font<'a>) -> Arc<Font<'a>> {
        let place = Arc::clone(self.fonts.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default());
        Arc::clone(place.get_or_init(|| Arc::new(load())))
    }
}

/// A font as one thread uses it.
struct InUse<'a> {
    font: Arc<Font<'a>>,
    /// Codes met so far, the length in the top bits.
    glyphs: FxHashMap<u32, GlyphInfo>,
    /// Extents of codes by their first two bytes, where a map had to be searched.
    extents: FxHashMap<[u8; 2], u8>,
}

/// The fonts one thread met, in order of first use, and buffers that live as long as they do.
pub(crate) struct FontCache<'a> {
    shelf: Arc<FontShelf<'a>>,
    fonts: Vec<InUse<'a>>,
    index: FxHashMap<Key, usize>,
    /// Decoded bytes of the current string.
    pub(crate) buffer: Vec<u8>,
}

impl<'a> FontCache<'a> {
    pub(crate) fn new(shelf: Arc<FontShelf<'a>>) -> Self {
        Self { shelf, fonts: Vec::new(), index: FxHashMap::default(), buffer: Vec::new() }
    }

    pub(crate) fn len(&self) -> usize {
        self.fonts.len()
    }

    pub(crate) fn get(&self, index: usize) -> &Font<'a> {
        &self.fonts[index].font
    }

    /// The fonts, shared.
    pub(crate) fn into_fonts(self) -> Vec<Arc<Font<'a>>> {
        self.fonts.into_iter().map(|f| f.font).collect()
    }

    /// What the code at the start of `bytes` means, and how many of them it takes.
    pub(crate) fn glyph(&mut self, index: usize, bytes: &[u8]) -> (&GlyphInfo, usize) {
        let InUse { font, glyphs, extents } = &mut self.fonts[index];
        let pair = if let [a, b, ..] = bytes { Some([*a, *b]) } else { None };
        let (code, len) = match pair.and_then(|pair| extents.get(&pair)) {
            Some(&len) => (bytes[..usize::from(len)].iter().fold(0, |code, &b| code << 8 | u32::from(b)), len),
            None => {
                let next = font.next_code(bytes);
                if let Some(pair) = pair.filter(|_| next.by_two_bytes) {
                    extents.insert(pair, next.len);
                }
                (next.code, next.len)
            }
        };
        let info = glyphs.entry(code ^ (u32::from(len) << 30)).or_insert_with(|| font.glyph(code, len));
        (info, usize::from(len).clamp(1, bytes.len()))
    }

    /// Index of a font resource, loaded at the first call, and whether it is there at all.
    pub(crate) fn index_of(&mut self, context: FontContext<'a>, object: Option<&'a Object>) -> (usize, bool) {
        let dict = |object: &'a Object| context.objects.resolve(object).and_then(as_dict);
        let key = match object {
            Some(Object::Reference(id)) => Key::Object(*id),
            Some(direct) => as_dict(direct).map_or(Key::Missing, |d| Key::Direct(std::ptr::from_ref(d) as usize)),
            None => Key::Missing,
        };
        if let Some(&known) = self.index.get(&key) {
            return (known, key != Key::Missing);
        }
        let Some(dict) = (if key == Key::Missing { Some(&*MISSING) } else { object.and_then(dict) }) else {
            return (self.index_of(context, None).0, false);
        };
        let font = self.shelf.get(key, || Font::load(context, dict));
        self.fonts.push(InUse { font, glyphs: FxHashMap::default(), extents: FxHashMap::default() });
        self.index.insert(key, self.fonts.len() - 1);
        (self.fonts.len() - 1, key != Key::Missing)
    }
}

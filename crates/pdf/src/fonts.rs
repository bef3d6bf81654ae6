//! The fonts of a file, loaded when first used.

use lopdf::{Object, ObjectId};
use rustc_hash::FxHashMap;

use crate::font::{Font, FontContext};
use crate::source::as_dict;

/// How a font is recognised again: by its object number, or, set directly in the resources, by its place in memory.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Object(ObjectId),
    Direct(usize),
}

/// Loaded fonts in order of first use, and buffers that live as long as they do.
#[derive(Default)]
pub(crate) struct FontCache<'a> {
    fonts: Vec<Font<'a>>,
    index: FxHashMap<Key, usize>,
    /// Decoded string bytes of the current operator.
    pub(crate) buffer: Vec<u8>,
    /// Ends of the strings in `buffer`, with the adjustments between them.
    pub(crate) pieces: Vec<(usize, Option<f32>)>,
}

impl<'a> FontCache<'a> {
    pub(crate) fn len(&self) -> usize {
        self.fonts.len()
    }

    pub(crate) fn get(&self, index: usize) -> &Font<'a> {
        &self.fonts[index]
    }

    pub(crate) fn get_mut(&mut self, index: usize) -> &mut Font<'a> {
        &mut self.fonts[index]
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Font<'a>> {
        self.fonts.iter()
    }

    /// Index of a font resource, loaded at the first call; `None` when it is no font at all.
    pub(crate) fn index_of(&mut self, context: FontContext<'a>, object: Option<&'a Object>) -> Option<usize> {
        let object = object?;
        let dict = context.objects.resolve(object).and_then(as_dict)?;
        let key = match object {
            Object::Reference(id) => Key::Object(*id),
            _ => Key::Direct(std::ptr::from_ref(dict) as usize),
        };
        if let Some(&known) = self.index.get(&key) {
            return Some(known);
        }
        self.fonts.push(Font::load(context, dict));
        self.index.insert(key, self.fonts.len() - 1);
        Some(self.fonts.len() - 1)
    }
}

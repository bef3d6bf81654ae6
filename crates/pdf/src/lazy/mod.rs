//! A lazy reader for sound files: the table is read at once, an object when it is first asked for.
//!
//! lopdf reads every object of a file before the first page can be looked at, some kilobytes each; a tagged report has
//! fifty thousand of them, of which the text needs a tenth. Here nothing is copied that is not asked for, streams least of all.
//! Where the table is out of order (an entry that does not point at its object, a broken trailer), the objects are
//! searched for. What then still gives no page, or asks for a password, is left to lopdf.

mod crypt;
mod parse;
mod rescue;
mod xref;

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use lopdf::{Dictionary, Object, ObjectId, Stream};
use rustc_hash::FxHashMap;

use crate::filters::{self, Problem};
use crate::limits::{Breach, Budget, Limits};
use crate::source::{ObjectSource, Objects, as_dict, as_integer, raw};
use crypt::Key;
use parse::Cost;
use rescue::Rescued;
use xref::{Place, Table};

/// A file whose objects are read on demand.
#[derive(Debug)]
pub(crate) struct LazyFile<'b> {
    data: &'b [u8],
    slots: FxHashMap<u32, Slot>,
    bundles: FxHashMap<u32, OnceLock<Option<Bundle>>>,
    trailer: Dictionary,
    key: Option<Key>,
    limits: Limits,
    budget: Budget,
    /// Bytes looked at for objects.
    looked_at: AtomicU64,
    damaged: AtomicBool,
}

/// Where an object stands, and the object once it was read.
#[derive(Debug)]
struct Slot {
    place: Place,
    object: OnceLock<Option<Box<Object>>>,
}

/// An object stream (7.5.7), inflated.
#[derive(Debug)]
struct Bundle {
    data: Vec<u8>,
    /// Object number and offset in `data`.
    index: Vec<(u32, usize)>,
}

/// The bytes of a stream the lazy reader gave, filters not undone.
fn content<'b>(data: &'b [u8], stream: &Stream) -> &'b [u8] {
    let length = raw(&stream.dict, b"Length").and_then(as_integer).and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let start = stream.start_position.unwrap_or(0).min(data.len());
    &data[start..start.saturating_add(length).min(data.len())]
}

impl<'b> LazyFile<'b> {
    /// Opens a file; `None` where it is not sound, or where neither no password nor the one given opens it.
    pub(crate) fn open(data: &'b [u8], limits: &Limits, password: Option<&str>) -> Option<Self> {
        let table = xref::read(data, limits)?;
        if !table.places.iter().all(|(number, place)| is_there(data, *number, *place, &table.places)) {
            return None;
        }
        Self::with_table(data, table, limits, password).filter(Self::has_catalog)
    }

    /// Opens a file whose table cannot be trusted, by a search for its objects; `None` where neither no password nor
    /// the one given opens it.
    pub(crate) fn rescue(data: &'b [u8], limits: &Limits, password: Option<&str>) -> Option<Self> {
        let Rescued { table, bundles } = rescue::search(data);
        let mut file = Self::with_table(data, table, limits, password)?;
        for (number, offset) in bundles {
            file.unpack(number, offset);
        }
        if !file.has_catalog() {
            file.find_catalog();
        }
        Some(file)
    }

    fn with_table(data: &'b [u8], table: Table, limits: &Limits, password: Option<&str>) -> Option<Self> {
        let Table { places, trailer } = table;
        let bundles =
            places.values().filter_map(|p| if let Place::In { stream, .. } = p { Some(*stream) } else { None });
        let bundles = bundles.map(|stream| (stream, OnceLock::new())).collect();
        let slots = places.into_iter().filter(|(_, place)| *place != Place::Free);
        let slots = slots.map(|(number, place)| (number, Slot { place, object: OnceLock::new() })).collect();
        let mut file = Self {
            data,
            slots,
            bundles,
            trailer,
            key: None,
            limits: limits.clone(),
            budget: Budget::default(),
            looked_at: AtomicU64::new(0),
            damaged: AtomicBool::new(false),
        };
        if let Some(encrypt) = raw(&file.trailer, b"Encrypt") {
            file.key = Some(Key::find(&file.trailer, file.in_clear(encrypt)?, password)?);
        }
        Some(file)
    }

    fn has_catalog(&self) -> bool {
        let root = raw(&self.trailer, b"Root").and_then(|o| Objects::new(self).resolve_short(o));
        matches!(root, Some(Object::Dictionary(_)))
    }

    /// Adds the objects of an object stream found at `offset`, but for those that stand behind it by themselves.
    fn unpack(&mut self, number: u32, offset: usize) {
        self.bundles.entry(number).or_default();
        let index: Vec<u32> =
            self.bundle(number).map(|b| b.index.iter().map(|(number, _)| *number).collect()).unwrap_or_default();
        for (index, object) in index.into_iter().enumerate() {
            if !matches!(self.slots.get(&object), Some(Slot { place: Place::At(at), .. }) if *at > offset) {
                let place = Place::In { stream: number, index: index as u32 };
                self.slots.insert(object, Slot { place, object: OnceLock::new() });
            }
        }
    }

    /// Takes the last catalog among the objects for the root.
    fn find_catalog(&mut self) {
        let is_catalog = |id: &ObjectId| {
            let dict = self.object(*id).and_then(as_dict)?;
            matches!(raw(dict, b"Type"), Some(Object::Name(kind)) if kind == b"Catalog").then_some(*id)
        };
        if let Some(id) = self.ids().iter().rev().find_map(is_catalog) {
            self.trailer.set("Root", Object::Reference(id));
        }
    }

    /// Trouble with streams that hold objects.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        self.budget.problems()
    }

    /// Whether an object could not be read so far.
    pub(crate) fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::Relaxed)
    }

    /// Counts what reading an object cost. In a sound file that is its size; objects that overlap can make it the square.
    fn pay(&self, cost: Cost) {
        self.looked_at.fetch_add(cost.bytes as u64, Ordering::Relaxed);
        if cost.too_deep {
            self.budget.note(Some(Problem::Limit(Breach::ObjectDepth)));
        }
    }

    fn read(&self, number: u32, place: Place) -> Option<Object> {
        if self.looked_at.load(Ordering::Relaxed) > self.limits.object_bytes {
            self.budget.note(Some(Problem::Limit(Breach::ObjectBytes)));
            return None;
        }
        let object = match place {
            Place::Free => return None,
            Place::At(offset) => self.standing_at(offset, true),
            Place::In { stream, index } => self.bundled(number, stream, index),
        };
        if object.is_none() {
            self.damaged.store(true, Ordering::Relaxed);
        }
        object
    }

    /// The object at an offset, decrypted.
    fn standing_at(&self, offset: usize, in_bundles: bool) -> Option<Object> {
        let mut cost = Cost::default();
        let found = parse::indirect(self.data, offset, |id| self.length(id, in_bundles), &mut cost);
        self.pay(cost);
        let (id, mut object) = found?;
        if self.key.as_ref().is_some_and(|key| !key.open(self.data, id, &mut object)) {
            self.damaged.store(true, Ordering::Relaxed);
        }
        Some(object)
    }

    /// The object itself or the one it refers to, as it stands in the file.
    fn in_clear(&self, object: &Object) -> Option<Object> {
        let Object::Reference(id) = object else { return Some(object.clone()) };
        let Place::At(offset) = self.slots.get(&id.0)?.place else { return None };
        parse::indirect(self.data, offset, |_| None, &mut Cost::default()).map(|(_, object)| object)
    }

    fn bundled(&self, number: u32, stream: u32, index: u32) -> Option<Object> {
        let bundle = self.bundle(stream)?;
        let here = bundle.index.get(index as usize).filter(|(n, _)| *n == number);
        let (_, offset) = here.or_else(|| bundle.index.iter().find(|(n, _)| *n == number))?;
        let mut cost = Cost::default();
        let object = parse::direct(bundle.data.get(*offset..)?, &mut cost);
        self.pay(cost);
        object
    }

    /// An integer that stands by itself, read past the slots: a stream must not wait for its own length.
    fn length(&self, id: ObjectId, in_bundles: bool) -> Option<i64> {
        let object = match self.slots.get(&id.0)?.place {
            Place::At(offset) => {
                let mut cost = Cost::default();
                let found = parse::indirect(self.data, offset, |_| None, &mut cost);
                self.pay(cost);
                found.map(|(_, object)| object)
            }
            Place::In { stream, index } if in_bundles => self.bundled(id.0, stream, index),
            _ => None,
        };
        object.as_ref().and_then(as_integer)
    }

    fn bundle(&self, number: u32) -> Option<&Bundle> {
        self.bundles.get(&number)?.get_or_init(|| self.read_bundle(number)).as_ref()
    }

    fn read_bundle(&self, number: u32) -> Option<Bundle> {
        let Place::At(offset) = self.slots.get(&number)?.place else { return None };
        let Object::Stream(stream) = self.standing_at(offset, false)? else { return None };
        let packed = self.content(&stream);
        // Its filters cannot be looked up: they might lie in the stream itself.
        let decoded = filters::decode_bytes(Objects::none(), &stream.dict, packed, &self.limits, &self.budget);
        if decoded.problem == Some(Problem::Broken) {
            self.damaged.store(true, Ordering::Relaxed);
        } else {
            self.budget.note(decoded.problem);
        }
        let integer = |key: &[u8]| raw(&stream.dict, key).and_then(as_integer).and_then(|n| usize::try_from(n).ok());
        let (count, first) = (integer(b"N")?, integer(b"First")?);
        let data = decoded.bytes.into_owned();
        let mut lexer = crate::lexer::Lexer::new(&data[..first.min(data.len())]);
        let mut index = Vec::new();
        while index.len() < count
            && let (Some(number), Some(offset)) = (lexer.unsigned(), lexer.unsigned())
        {
            index.push((u32::try_from(number).ok()?, first.saturating_add(usize::try_from(offset).ok()?)));
        }
        Some(Bundle { data, index })
    }
}

/// Whether an entry of the table leads to its object.
fn is_there(data: &[u8], number: u32, place: Place, places: &FxHashMap<u32, Place>) -> bool {
    match place {
        Place::Free => true,
        Place::At(offset) => data.get(offset..).is_some_and(|rest| parse::header(rest, number).is_some()),
        Place::In { stream, .. } => matches!(places.get(&stream), Some(Place::At(_))),
    }
}

impl ObjectSource for LazyFile<'_> {
    fn object(&self, id: ObjectId) -> Option<&Object> {
        let slot = self.slots.get(&id.0)?;
        slot.object.get_or_init(|| self.read(id.0, slot.place).map(Box::new)).as_deref()
    }

    fn trailer(&self) -> &Dictionary {
        &self.trailer
    }

    fn ids(&self) -> Vec<ObjectId> {
        let mut ids: Vec<ObjectId> = self.slots.keys().map(|number| (*number, 0)).collect();
        ids.sort_unstable();
        ids
    }

    fn content<'s>(&'s self, stream: &'s Stream) -> &'s [u8] {
        if self.key.is_some() { &stream.content } else { content(self.data, stream) }
    }
}

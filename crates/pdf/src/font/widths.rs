//! Advance widths of CID fonts: the `W`, `DW`, `W2` and `DW2` entries (ISO 32000-1, 9.7.4.3).

use lopdf::{Dictionary, Object};
use rustc_hash::FxHashMap;

use crate::source::{Objects, as_number};

/// A range of CIDs with one value.
#[derive(Clone, Copy, Debug)]
struct Span<T> {
    first: u32,
    last: u32,
    value: T,
}

/// Values by CID: single entries in a map, ranges in a list.
#[derive(Clone, Debug)]
struct ByCid<T> {
    single: FxHashMap<u32, T>,
    spans: Vec<Span<T>>,
}

impl<T: Copy> ByCid<T> {
    fn new() -> Self {
        Self { single: FxHashMap::default(), spans: Vec::new() }
    }

    fn get(&self, cid: u32) -> Option<T> {
        let in_span = || self.spans.iter().rev().find(|s| s.first <= cid && cid <= s.last).map(|s| s.value);
        self.single.get(&cid).copied().or_else(in_span)
    }

    /// Reads `c [v …]` and `first last v` with `n` numbers a value.
    fn read<'a>(&mut self, objects: Objects<'a>, items: &'a [Object], n: usize, value: impl Fn(&[f32]) -> T) {
        let number = |o: &'a Object| objects.resolve(o).and_then(as_number);
        let mut i = 0;
        while i + 1 < items.len() {
            let Some(first) = number(&items[i]) else { return };
            let first = first.max(0.0) as u32;
            if let Some(Object::Array(list)) = objects.resolve(&items[i + 1]) {
                let values = objects.numbers(list);
                for (k, v) in values.chunks_exact(n).enumerate() {
                    self.single.insert(first.saturating_add(k as u32), value(v));
                }
                i += 2;
            } else {
                let values: Vec<f32> = items[i + 1..].iter().take(n + 1).map_while(number).collect();
                if values.len() < n + 1 {
                    return;
                }
                self.spans.push(Span { first, last: values[0].max(0.0) as u32, value: value(&values[1..]) });
                i += n + 2;
            }
        }
    }
}

/// Metrics of one CID in vertical writing, in thousandths of an em.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Vertical {
    /// Advance, negative downwards.
    pub(crate) advance: f32,
    /// From the horizontal to the vertical origin.
    pub(crate) origin: (f32, f32),
}

/// All widths of a CID font, in thousandths of an em.
#[derive(Clone, Debug)]
pub(crate) struct CidWidths {
    default: f32,
    horizontal: ByCid<f32>,
    vertical_default: (f32, f32),
    vertical: ByCid<Vertical>,
}

impl CidWidths {
    /// Reads the four entries of a CID font dictionary.
    pub(crate) fn read<'a>(objects: Objects<'a>, font: &'a Dictionary) -> Self {
        let mut widths = Self {
            default: objects.number(font, b"DW").unwrap_or(1000.0),
            horizontal: ByCid::new(),
            vertical_default: (880.0, -1000.0),
            vertical: ByCid::new(),
        };
        if let Some(items) = objects.array(font, b"W") {
            widths.horizontal.read(objects, items, 1, |v| v[0]);
        }
        if let Some(items) = objects.array(font, b"W2") {
            widths.vertical.read(objects, items, 3, |v| Vertical { advance: v[0], origin: (v[1], v[2]) });
        }
        if let Some([v, w]) = objects.array(font, b"DW2").map(|a| objects.numbers(a)).as_deref() {
            widths.vertical_default = (*v, *w);
        }
        widths
    }

    /// Horizontal advance.
    pub(crate) fn horizontal(&self, cid: u32) -> f32 {
        self.horizontal.get(cid).unwrap_or(self.default)
    }

    /// Vertical metrics; the default origin is half the width and the `DW2` height.
    pub(crate) fn vertical(&self, cid: u32) -> Vertical {
        let (v, w) = self.vertical_default;
        self.vertical.get(cid).unwrap_or(Vertical { advance: w, origin: (self.horizontal(cid) / 2.0, v) })
    }
}

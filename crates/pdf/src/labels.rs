//! Page labels, outline and links: the file's own way of naming and reaching its pages (ISO 32000-1, 12.3 and 12.4.2).

use hakusho_model::{Link, OutlineItem};
use lopdf::{Dictionary, Object, ObjectId};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::pages::{Geometry, PageNode};
use crate::source::{Objects, as_dict, as_integer, as_number, raw, text_string};

/// Outline entries, and links of a page, read at the most.
const MAX_NODES: usize = 20_000;
/// Entries of a name or number tree read at the most.
const MAX_ENTRIES: usize = 500_000;

/// Labels of all pages by `/PageLabels`; `None` where the file has none.
pub(crate) fn page_labels(objects: Objects<'_>, count: usize) -> Vec<Option<String>> {
    let mut ranges = Vec::new();
    let tree = objects.dict(objects.trailer(), b"Root").and_then(|c| objects.dict(c, b"PageLabels"));
    if let Some(tree) = tree {
        tree_pairs(objects, tree, b"Nums", |number, value| {
            let number = as_integer(number).and_then(|n| usize::try_from(n).ok());
            if let (Some(number), Some(dict)) = (number, objects.resolve(value).and_then(as_dict)) {
                ranges.push((number, dict));
            }
        });
    }
    ranges.sort_by_key(|r| r.0);
    let label = |page: usize| {
        let k = ranges.partition_point(|r| r.0 <= page).checked_sub(1)?;
        let (first, dict) = ranges[k];
        let start = objects.integer(dict, b"St").unwrap_or(1);
        let number = start.saturating_add((page - first) as i64);
        let prefix = objects.get(dict, b"P").and_then(text_string).unwrap_or_default();
        Some(format!("{prefix}{}", numeral(objects.name(dict, b"S"), number)))
    };
    (0..count).map(label).collect()
}

/// Visits the pairs of a name or number tree (7.9.6, 7.9.7), keys resolved, left to right.
///
/// The stack is ours and short, so that neither a deep nor a cyclic tree costs more than its entries.
fn tree_pairs<'a>(
    objects: Objects<'a>,
    root: &'a Dictionary,
    entries: &[u8],
    mut visit: impl FnMut(&'a Object, &'a Object),
) {
    let mut open = vec![root];
    let mut left = MAX_ENTRIES;
    while let Some(node) = open.pop() {
        let pairs = objects.array(node, entries).unwrap_or_default().chunks_exact(2);
        for pair in pairs.take(left) {
            left -= 1;
            if let Some(key) = objects.resolve(&pair[0]) {
                visit(key, &pair[1]);
            }
        }
        let kids = objects.array(node, b"Kids").unwrap_or_default();
        let kids = &kids[..kids.len().min(left)];
        left -= kids.len();
        open.extend(kids.iter().rev().filter_map(|kid| objects.resolve(kid).and_then(as_dict)));
    }
}

fn numeral(style: Option<&[u8]>, number: i64) -> String {
    match style {
        Some(b"D") => number.to_string(),
        Some(b"r") => roman(number),
        Some(b"R") => roman(number).to_uppercase(),
        Some(b"a") => letters(number, b'a'),
        Some(b"A") => letters(number, b'A'),
        _ => String::new(),
    }
}

fn roman(number: i64) -> String {
    const PARTS: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut rest = number.clamp(0, 10_000);
    let mut out = String::new();
    for (value, sign) in PARTS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

/// a … z, aa … zz, aaa …
fn letters(number: i64, first: u8) -> String {
    let Some(index) = number.checked_sub(1).filter(|i| (0..26 * 100).contains(i)) else { return String::new() };
    let letter = char::from(first + (index % 26) as u8);
    std::iter::repeat_n(letter, (index / 26) as usize + 1).collect()
}

/// Finds pages by reference or number and destinations by name.
pub(crate) struct Targets<'a> {
    objects: Objects<'a>,
    by_id: FxHashMap<ObjectId, u32>,
    named: FxHashMap<Vec<u8>, &'a Object>,
    heights: Vec<Geometry>,
}

impl<'a> Targets<'a> {
    pub(crate) fn new(objects: Objects<'a>, pages: &[PageNode<'a>]) -> Self {
        let by_id = pages.iter().enumerate().filter_map(|(i, p)| Some((p.id?, i as u32 + 1))).collect();
        let heights = pages.iter().map(|p| p.geometry(objects)).collect();
        Self { objects, by_id, named: named_destinations(objects), heights }
    }

    /// Physical page, from 1, of a page object.
    pub(crate) fn page_of(&self, id: ObjectId) -> Option<u32> {
        self.by_id.get(&id).copied()
    }

    /// Physical page from 1, and the height on it, of a destination.
    fn find(&self, dest: &'a Object) -> Option<(u32, Option<f32>)> {
        let mut dest = self.objects.resolve(dest)?;
        for _ in 0..4 {
            match dest {
                Object::Name(name) | Object::String(name, _) => dest = self.objects.resolve(self.named.get(name)?)?,
                Object::Dictionary(dict) => dest = self.objects.get(dict, b"D")?,
                Object::Array(items) => {
                    let page = match items.first()? {
                        Object::Reference(id) => *self.by_id.get(id)?,
                        number => u32::try_from(as_integer(number)?).ok()?.checked_add(1)?,
                    };
                    let at = |i: usize| items.get(i).and_then(|o| self.objects.resolve(o)).and_then(as_number);
                    let top = match items.get(1) {
                        Some(Object::Name(kind)) if kind == b"XYZ" => at(3),
                        Some(Object::Name(kind)) if kind == b"FitH" || kind == b"FitBH" => at(2),
                        _ => None,
                    };
                    let geometry = self.heights.get(page as usize - 1);
                    return Some((page, top.zip(geometry).map(|(y, g)| g.base.apply(0.0, y).y)));
                }
                _ => return None,
            }
        }
        None
    }

    /// Target of a dictionary with `Dest` or a `GoTo` action.
    fn target(&self, dict: &'a Dictionary) -> Option<(u32, Option<f32>)> {
        if let Some(dest) = raw(dict, b"Dest") {
            return self.find(dest);
        }
        let action = self.objects.dict(dict, b"A")?;
        (self.objects.name(action, b"S") == Some(b"GoTo")).then(|| self.find(raw(action, b"D")?)).flatten()
    }

    /// The outline, flattened.
    pub(crate) fn outline(&self) -> Vec<OutlineItem> {
        let root = self.objects.dict(self.objects.trailer(), b"Root").and_then(|c| self.objects.dict(c, b"Outlines"));
        let mut items = Vec::new();
        let mut seen = FxHashSet::default();
        if let Some(first) = root.and_then(|r| raw(r, b"First")) {
            self.outline_level(first, 1, &mut seen, &mut items);
        }
        items
    }

    fn outline_level(&self, first: &'a Object, level: u32, seen: &mut FxHashSet<usize>, items: &mut Vec<OutlineItem>) {
        let mut next = Some(first);
        while let Some(dict) = next.and_then(|o| self.objects.resolve(o)).and_then(as_dict) {
            if !seen.insert(std::ptr::from_ref(dict) as usize) || items.len() >= MAX_NODES || level > 32 {
                return;
            }
            let target = self.target(dict);
            items.push(OutlineItem {
                title: self.objects.get(dict, b"Title").and_then(text_string).unwrap_or_default(),
                level,
                page: target.map(|t| t.0),
                y: target.and_then(|t| t.1),
            });
            if let Some(child) = raw(dict, b"First") {
                self.outline_level(child, level + 1, seen, items);
            }
            next = raw(dict, b"Next");
        }
    }

    /// Link annotations of a page.
    pub(crate) fn links(&self, page: &PageNode<'a>, geometry: &Geometry) -> Vec<Link> {
        let annotations = self.objects.array(page.dict, b"Annots").unwrap_or_default();
        let link = |object: &'a Object| {
            let dict = self.objects.resolve(object).and_then(as_dict)?;
            if self.objects.name(dict, b"Subtype") != Some(b"Link") {
                return None;
            }
            let uri = self.objects.dict(dict, b"A").and_then(|a| self.objects.get(a, b"URI")).and_then(text_string);
            let bbox = geometry.display(self.objects.rect(dict, b"Rect")?);
            Some(Link { bbox, uri, page: self.target(dict).map(|t| t.0) })
        };
        annotations.iter().take(MAX_NODES).filter_map(link).collect()
    }
}

fn named_destinations<'a>(objects: Objects<'a>) -> FxHashMap<Vec<u8>, &'a Object> {
    let mut named = FxHashMap::default();
    let Some(catalog) = objects.dict(objects.trailer(), b"Root") else { return named };
    if let Some(old) = objects.dict(catalog, b"Dests") {
        named.extend(old.iter().map(|(k, v)| (k.clone(), v)));
    }
    if let Some(tree) = objects.dict(catalog, b"Names").and_then(|n| objects.dict(n, b"Dests")) {
        tree_pairs(objects, tree, b"Names", |name, dest| {
            if let Object::String(name, _) = name {
                named.insert(name.clone(), dest);
            }
        });
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals() {
        assert_eq!(numeral(Some(b"r"), 14), "xiv");
        assert_eq!(numeral(Some(b"R"), 1999), "MCMXCIX");
        assert_eq!(numeral(Some(b"A"), 27), "AA");
        assert_eq!(numeral(Some(b"a"), 0), "");
        assert_eq!(numeral(None, 3), "");
    }
}

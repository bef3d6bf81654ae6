//! The page tree: leaves in order with what they inherit, and their geometry (ISO 32000-1, 7.7.3).

use std::collections::BTreeSet;

use hakusho_model::Rect;
use lopdf::{Dictionary, Object, ObjectId};
use rustc_hash::FxHashSet;

use crate::limits::{Breach, Limits};
use crate::matrix::Matrix;
use crate::source::{Objects, as_dict, as_integer, raw};

/// A page larger than this, in points, is taken for an error.
const MAX_EXTENT: f32 = 20_000.0;
/// ISO A4, for pages that do not say.
const A4: [f32; 4] = [0.0, 0.0, 595.0, 842.0];

/// A leaf of the page tree.
#[derive(Clone, Copy)]
pub(crate) struct PageNode<'a> {
    pub(crate) id: Option<ObjectId>,
    pub(crate) dict: &'a Dictionary,
    pub(crate) resources: Option<&'a Dictionary>,
    media: Option<[f32; 4]>,
    crop: Option<[f32; 4]>,
    rotate: i64,
}

/// The first `limit` pages in order.
pub(crate) fn pages<'a>(objects: Objects<'a>, limit: usize) -> Vec<PageNode<'a>> {
    pages_within(objects, &Limits { pages: limit, ..Limits::default() }).0
}

/// All pages in order, and the limits that kept some out. Where the tree is broken, every object that calls itself
/// a page, by number.
pub(crate) fn pages_within<'a>(objects: Objects<'a>, limits: &Limits) -> (Vec<PageNode<'a>>, BTreeSet<Breach>) {
    let mut walk =
        Walk { objects, limits, seen: FxHashSet::default(), nodes: 0, found: Vec::new(), breaches: BTreeSet::new() };
    let root = objects.dict(objects.trailer(), b"Root").and_then(|catalog| raw(catalog, b"Pages"));
    if let Some(root) = root {
        walk.node(root, Inherited::default(), 0);
    }
    let Walk { mut found, mut breaches, .. } = walk;
    if found.is_empty() {
        found.extend(objects.ids().into_iter().filter_map(|id| lone_page(objects, id)).take(limits.pages + 1));
        if found.len() > limits.pages {
            found.truncate(limits.pages);
            breaches.insert(Breach::Pages);
        }
    }
    (found, breaches)
}

fn lone_page<'a>(objects: Objects<'a>, id: ObjectId) -> Option<PageNode<'a>> {
    let dict = objects.by_id(id).and_then(as_dict)?;
    (objects.name(dict, b"Type") == Some(b"Page"))
        .then(|| Inherited::default().over(objects, dict).page(Some(id), dict))
}

#[derive(Clone, Copy, Default)]
struct Inherited<'a> {
    resources: Option<&'a Dictionary>,
    media: Option<[f32; 4]>,
    crop: Option<[f32; 4]>,
    rotate: Option<i64>,
}

impl<'a> Inherited<'a> {
    fn over(self, objects: Objects<'a>, dict: &'a Dictionary) -> Self {
        Self {
            resources: objects.dict(dict, b"Resources").or(self.resources),
            media: objects.rect(dict, b"MediaBox").or(self.media),
            crop: objects.rect(dict, b"CropBox").or(self.crop),
            rotate: objects.get(dict, b"Rotate").and_then(as_integer).or(self.rotate),
        }
    }

    fn page(self, id: Option<ObjectId>, dict: &'a Dictionary) -> PageNode<'a> {
        let Self { resources, media, crop, rotate } = self;
        PageNode { id, dict, resources, media, crop, rotate: rotate.unwrap_or(0) }
    }
}

struct Walk<'a, 'l> {
    objects: Objects<'a>,
    limits: &'l Limits,
    seen: FxHashSet<ObjectId>,
    /// Nodes visited: `seen` does not stop a direct node that is reached many times over.
    nodes: usize,
    found: Vec<PageNode<'a>>,
    breaches: BTreeSet<Breach>,
}

impl<'a> Walk<'a, '_> {
    /// The limit that keeps another node out.
    fn breach(&self, depth: usize) -> Option<Breach> {
        if self.found.len() >= self.limits.pages {
            return Some(Breach::Pages);
        }
        if self.nodes >= self.limits.page_tree_nodes {
            return Some(Breach::PageTreeNodes);
        }
        (depth > self.limits.page_tree_depth).then_some(Breach::PageTreeDepth)
    }

    fn node(&mut self, object: &'a Object, above: Inherited<'a>, depth: usize) {
        let id = if let Object::Reference(id) = object { Some(*id) } else { None };
        if id.is_some_and(|id| !self.seen.insert(id)) {
            return;
        }
        if let Some(breach) = self.breach(depth) {
            self.breaches.insert(breach);
            return;
        }
        self.nodes += 1;
        let Some(dict) = self.objects.resolve(object).and_then(as_dict) else { return };
        let here = above.over(self.objects, dict);
        match self.objects.array(dict, b"Kids") {
            Some(kids) if self.objects.name(dict, b"Type") != Some(b"Page") => {
                for kid in kids {
                    if self.nodes >= self.limits.page_tree_nodes {
                        self.breaches.insert(Breach::PageTreeNodes);
                        return;
                    }
                    self.node(kid, here, depth + 1);
                }
            }
            _ => self.found.push(here.page(id, dict)),
        }
    }
}

/// Displayed size and the way from user space to display space.
pub(crate) struct Geometry {
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) base: Matrix,
}

impl PageNode<'_> {
    /// Crop box (inside the media box), rotation, and `UserUnit`.
    pub(crate) fn geometry(&self, objects: Objects<'_>) -> Geometry {
        let usable = |b: &[f32; 4]| {
            let (w, h) = (b[2] - b[0], b[3] - b[1]);
            b.iter().all(|v| v.is_finite()) && w > 1.0 && h > 1.0 && w < MAX_EXTENT && h < MAX_EXTENT
        };
        let media = self.media.filter(usable).unwrap_or(A4);
        let inside = |c: [f32; 4]| [c[0].max(media[0]), c[1].max(media[1]), c[2].min(media[2]), c[3].min(media[3])];
        let [x0, y0, x1, y1] = self.crop.map(inside).filter(usable).unwrap_or(media);
        let unit = user_unit(objects, self.dict);
        let (w, h) = ((x1 - x0) * unit, (y1 - y0) * unit);
        let (width, height, m) = match self.rotate.rem_euclid(360) {
            90 => (h, w, [0.0, unit, unit, 0.0, -y0 * unit, -x0 * unit]),
            180 => (w, h, [-unit, 0.0, 0.0, unit, x1 * unit, -y0 * unit]),
            270 => (h, w, [0.0, -unit, -unit, 0.0, y1 * unit, x1 * unit]),
            _ => (w, h, [unit, 0.0, 0.0, -unit, -x0 * unit, y1 * unit]),
        };
        Geometry { width, height, base: Matrix::new(m) }
    }
}

fn user_unit(objects: Objects<'_>, dict: &Dictionary) -> f32 {
    let value = raw(dict, b"UserUnit").and_then(|o| objects.resolve_short(o)).and_then(crate::source::as_number);
    value.filter(|u| (0.1..=100.0).contains(u)).unwrap_or(1.0)
}

impl Geometry {
    /// A box of user space in display space, clipped to the page.
    pub(crate) fn display(&self, [x0, y0, x1, y1]: [f32; 4]) -> Rect {
        let page = Rect { x0: 0.0, y0: 0.0, x1: self.width, y1: self.height };
        self.base.apply_rect(x0, y0, x1, y1).intersection(&page)
    }
}

#[cfg(test)]
mod tests {
    use hakusho_model::Point;

    use super::*;

    fn geometry(rotate: i64) -> Geometry {
        let dict = Dictionary::new();
        let document = lopdf::Document::new();
        let node = PageNode {
            id: None,
            dict: &dict,
            resources: None,
            media: Some([0.0, 0.0, 600.0, 800.0]),
            crop: Some([50.0, 100.0, 550.0, 900.0]),
            rotate,
        };
        node.geometry(Objects::new(&document))
    }

    #[test]
    fn the_crop_box_is_cut_to_the_media_box_and_its_top_left_is_the_origin() {
        let g = geometry(0);
        assert_eq!((g.width, g.height), (500.0, 700.0));
        assert_eq!(g.base.apply(50.0, 800.0), Point { x: 0.0, y: 0.0 });
        assert_eq!(g.base.apply(550.0, 100.0), Point { x: 500.0, y: 700.0 });
    }

    #[test]
    fn rotation_is_clockwise() {
        // The lower left corner of an unrotated page is the upper left one after a quarter turn.
        let g = geometry(90);
        assert_eq!((g.width, g.height), (700.0, 500.0));
        assert_eq!(g.base.apply(50.0, 100.0), Point { x: 0.0, y: 0.0 });
        assert_eq!(geometry(180).base.apply(550.0, 100.0), Point { x: 0.0, y: 0.0 });
        assert_eq!(geometry(270).base.apply(550.0, 800.0), Point { x: 0.0, y: 0.0 });
    }
}

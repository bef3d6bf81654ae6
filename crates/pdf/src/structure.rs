//! The structure tree of tagged files (ISO 32000-1, 14.7): elements with roles, as a flat list.

use hakusho_model::{MarkedContent, StructElement};
use lopdf::{Dictionary, Object, ObjectId};
use rustc_hash::FxHashSet;

use crate::source::{Objects, as_dict, as_integer, raw, text_string};

/// Steps through the role map before the role stays as it is.
const MAX_ROLE_STEPS: usize = 16;
/// Kids looked at for every element that may be kept: marked content beside elements.
const KIDS_PER_ELEMENT: usize = 16;

/// The elements of the tree, parents before children, in reading order; and whether there were more than `limit`.
///
/// `page_of` gives the physical page, from 1, of a page object.
pub(crate) fn structure(
    objects: Objects<'_>,
    page_of: impl Fn(ObjectId) -> Option<u32>,
    limit: usize,
) -> (Vec<StructElement>, bool) {
    let root = objects.dict(objects.trailer(), b"Root").and_then(|c| objects.dict(c, b"StructTreeRoot"));
    let Some(root) = root else { return (Vec::new(), false) };
    let mut walk = Walk {
        objects,
        page_of,
        roles: Roles::new(objects, root),
        seen: FxHashSet::default(),
        open: Vec::new(),
        found: Vec::new(),
    };
    walk.push_kids(root, None, None);
    let mut kids = 0;
    while let Some(kid) = walk.open.pop() {
        kids += 1;
        if walk.found.len() >= limit && walk.is_element(&kid) || kids > limit.saturating_mul(KIDS_PER_ELEMENT) {
            return (walk.found, true);
        }
        walk.visit(kid);
    }
    (walk.found, false)
}

/// A kid still to be looked at. The stack is ours, so that depth costs no call stack.
struct Kid<'a> {
    object: &'a Object,
    parent: Option<u32>,
    page: Option<u32>,
}

struct Walk<'a, F> {
    objects: Objects<'a>,
    page_of: F,
    roles: Roles<'a>,
    seen: FxHashSet<ObjectId>,
    open: Vec<Kid<'a>>,
    found: Vec<StructElement>,
}

impl<'a, F: Fn(ObjectId) -> Option<u32>> Walk<'a, F> {
    /// Puts the kids of a dictionary on the stack, the first on top.
    fn push_kids(&mut self, dict: &'a Dictionary, parent: Option<u32>, page: Option<u32>) {
        match raw(dict, b"K") {
            None => {}
            Some(one) => match self.objects.resolve(one) {
                Some(Object::Array(kids)) => {
                    self.open.extend(kids.iter().rev().map(|object| Kid { object, parent, page }));
                }
                _ => self.open.push(Kid { object: one, parent, page }),
            },
        }
    }

    fn is_element(&self, kid: &Kid<'a>) -> bool {
        let dict = self.objects.resolve(kid.object).and_then(as_dict);
        dict.is_some_and(|d| !matches!(self.objects.name(d, b"Type"), Some(b"MCR" | b"OBJR")))
    }

    fn visit(&mut self, kid: Kid<'a>) {
        match self.objects.resolve(kid.object) {
            Some(Object::Integer(mcid)) => self.content(&kid, *mcid, kid.page),
            Some(Object::Dictionary(dict)) => match self.objects.name(dict, b"Type") {
                Some(b"MCR") => {
                    if let Some(mcid) = self.objects.get(dict, b"MCID").and_then(as_integer) {
                        self.content(&kid, mcid, self.page(dict).or(kid.page));
                    }
                }
                // An annotation or image as a whole: its text is not on the page.
                Some(b"OBJR") => {}
                _ => self.element(&kid, dict),
            },
            _ => {}
        }
    }

    fn element(&mut self, kid: &Kid<'a>, dict: &'a Dictionary) {
        // Direct dictionaries cannot hold themselves; references can.
        if let Object::Reference(id) = kid.object
            && !self.seen.insert(*id)
        {
            return;
        }
        let text = |key: &[u8]| self.objects.get(dict, key).and_then(text_string);
        let page = self.page(dict).or(kid.page);
        let role = self.roles.resolve(self.objects.name(dict, b"S").unwrap_or_default());
        let index = self.found.len() as u32;
        self.found.push(StructElement {
            role: String::from_utf8_lossy(role).into_owned(),
            parent: kid.parent,
            title: text(b"T"),
            alt: text(b"Alt"),
            actual_text: text(b"ActualText"),
            page,
            content: Vec::new(),
        });
        self.push_kids(dict, Some(index), page);
    }

    fn content(&mut self, kid: &Kid<'a>, mcid: i64, page: Option<u32>) {
        let parent = kid.parent.and_then(|p| self.found.get_mut(p as usize));
        if let (Some(parent), Some(page), Ok(mcid)) = (parent, page, i32::try_from(mcid)) {
            parent.page.get_or_insert(page);
            parent.content.push(MarkedContent { page, mcid });
        }
    }

    fn page(&self, dict: &Dictionary) -> Option<u32> {
        match raw(dict, b"Pg")? {
            Object::Reference(id) => (self.page_of)(*id),
            _ => None,
        }
    }
}

/// `RoleMap`: from the producer's names to those of the standard (14.7.3).
struct Roles<'a> {
    objects: Objects<'a>,
    map: Option<&'a Dictionary>,
}

impl<'a> Roles<'a> {
    fn new(objects: Objects<'a>, root: &'a Dictionary) -> Self {
        Self { objects, map: objects.dict(root, b"RoleMap") }
    }

    /// The last name of the chain that begins with `role`; of a chain that goes in circles, its beginning.
    fn resolve(&self, role: &'a [u8]) -> &'a [u8] {
        let Some(map) = self.map else { return role };
        let mut last = role;
        for _ in 0..MAX_ROLE_STEPS {
            match self.objects.name(map, last).filter(|next| *next != last) {
                Some(next) => last = next,
                None => return last,
            }
        }
        role
    }
}

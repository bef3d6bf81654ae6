//! Annotations that are no links (ISO 32000-1, 12.5): listed for who wants them, never mixed with the page's text.

use hakusho_model::Annotation;
use lopdf::{Dictionary, Object};

use crate::pages::{Geometry, PageNode};
use crate::source::{Objects, as_dict, text_string};

/// Steps from a form field to the parents it inherits its value from.
const MAX_PARENTS: usize = 16;

/// The annotations of a page, at most `limit`; and whether there were more.
pub(crate) fn annotations<'a>(
    objects: Objects<'a>,
    page: &PageNode<'a>,
    geometry: &Geometry,
    limit: usize,
) -> (Vec<Annotation>, bool) {
    let items = objects.array(page.dict, b"Annots").unwrap_or_default();
    let read = |object: &'a Object| {
        let dict = objects.resolve(object).and_then(as_dict)?;
        let kind = objects.name(dict, b"Subtype")?;
        // Links are listed by themselves; a pop-up is the window of another annotation.
        if matches!(kind, b"Link" | b"Popup") {
            return None;
        }
        Some(Annotation {
            kind: String::from_utf8_lossy(kind).into_owned(),
            bbox: geometry.display(objects.rect(dict, b"Rect").unwrap_or_default()),
            text: text(objects, dict),
        })
    };
    (items.iter().take(limit).filter_map(read).collect(), items.len() > limit)
}

fn text<'a>(objects: Objects<'a>, dict: &'a Dictionary) -> Option<String> {
    let contents = objects.get(dict, b"Contents").and_then(text_string);
    contents.or_else(|| field_value(objects, dict)).filter(|t| !t.trim().is_empty())
}

/// Value of the form field that a widget shows, its own or inherited (12.7.3).
fn field_value<'a>(objects: Objects<'a>, widget: &'a Dictionary) -> Option<String> {
    let mut field = widget;
    for _ in 0..MAX_PARENTS {
        match objects.get(field, b"V") {
            Some(Object::Name(name)) => return Some(String::from_utf8_lossy(name).into_owned()),
            Some(other) => return text_string(other),
            None => field = objects.dict(field, b"Parent")?,
        }
    }
    None
}

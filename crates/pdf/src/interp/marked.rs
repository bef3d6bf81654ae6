//! Marked content (ISO 32000-1, 14.6): ids for the structure tree, `ActualText`, hidden layers.

use hakusho_model::{Glyph, Provenance, Rect};
use lopdf::{Object, ObjectId};

use super::{Interpreter, Resources};
use crate::lexer::{Lexer, Token, hex_bytes, literal_bytes, name_bytes};
use crate::limits::Breach;
use crate::repair;
use crate::source::{Objects, as_dict, as_integer, decode_text, raw, text_string};

/// One open marked-content sequence.
#[derive(Debug, Default)]
pub(super) struct Marked {
    mcid: Option<i32>,
    hidden: bool,
    actual: Option<Actual>,
}

/// Replacement text and where its glyphs begin.
#[derive(Debug)]
struct Actual {
    text: String,
    glyphs: usize,
    runs: usize,
}

impl<'a> Interpreter<'a, '_> {
    /// `BMC` and `BDC`; the properties are an inline dictionary or a name in the resources.
    pub(super) fn begin_marked(&mut self, tag: &[u8], properties: Option<Token<'_>>, resources: Resources<'a>) {
        let mut marked = Marked::default();
        match properties {
            Some(Token::Dict(bytes)) => self.read_inline(bytes, &mut marked),
            Some(Token::Name(name)) => {
                if let Some(object) = resources.get(self.context.objects, b"Properties", &name_bytes(name)) {
                    self.read_properties(object, tag, &mut marked);
                }
            }
            _ => {}
        }
        self.open_marked(marked);
    }

    /// Every glyph asks all open sequences, so they are few.
    pub(super) fn open_marked(&mut self, marked: Marked) {
        if self.marked.len() < self.limits.nesting {
            self.marked.push(marked);
        } else {
            self.unmarked += 1;
            self.note_limit(Breach::Nesting);
        }
    }

    fn read_inline(&self, bytes: &[u8], marked: &mut Marked) {
        let inner = bytes.strip_prefix(b"<<").and_then(|b| b.strip_suffix(b">>")).unwrap_or(bytes);
        let mut lexer = Lexer::new(inner);
        while let Some(token) = lexer.next() {
            match token {
                Token::Name(b"MCID") => {
                    if let Some(Token::Number(n)) = lexer.next() {
                        marked.mcid = Some(n as i32);
                    }
                }
                Token::Name(b"ActualText") => {
                    let mut raw = Vec::new();
                    match lexer.next() {
                        Some(Token::Literal(s)) => literal_bytes(s, &mut raw),
                        Some(Token::Hex(s)) => hex_bytes(s, &mut raw),
                        _ => continue,
                    }
                    marked.actual = Some(self.actual(decode_text(&raw)));
                }
                _ => {}
            }
        }
    }

    fn read_properties(&self, object: &'a Object, tag: &[u8], marked: &mut Marked) {
        let objects = self.context.objects;
        let Some(dict) = objects.resolve(object).and_then(as_dict) else { return };
        marked.mcid = objects.get(dict, b"MCID").and_then(as_integer).map(|n| n as i32);
        if let Some(text) = objects.get(dict, b"ActualText").and_then(text_string) {
            marked.actual = Some(self.actual(text));
        }
        marked.hidden = tag == b"OC" && self.is_layer_off(object);
    }

    fn actual(&self, text: String) -> Actual {
        Actual { text, glyphs: self.page.glyphs.len(), runs: self.page.runs.len() }
    }

    /// `EMC`.
    pub(super) fn end_marked(&mut self) {
        if self.unmarked > 0 {
            self.unmarked -= 1;
            return;
        }
        if let Some(Actual { text, glyphs, runs }) = self.marked.pop().and_then(|m| m.actual) {
            self.replace_text(&text, glyphs, runs);
        }
    }

    /// Whether a layer that is switched off surrounds the current content.
    pub(super) fn hidden(&self) -> bool {
        self.hidden_forms > 0 || self.marked.iter().any(|m| m.hidden)
    }

    /// The innermost marked-content id.
    pub(super) fn mcid(&self) -> Option<i32> {
        self.marked.iter().rev().find_map(|m| m.mcid)
    }

    /// Whether an optional-content group or membership is off (8.11).
    pub(super) fn is_layer_off(&self, object: &Object) -> bool {
        if let Object::Reference(id) = object
            && self.layers_off.contains(id)
        {
            return true;
        }
        let objects = self.context.objects;
        let Some(dict) = objects.resolve_short(object).and_then(as_dict) else { return false };
        match raw(dict, b"OCGs") {
            Some(Object::Reference(id)) => self.layers_off.contains(id),
            Some(Object::Array(items)) if !items.is_empty() => {
                items.iter().all(|o| matches!(o, Object::Reference(id) if self.layers_off.contains(id)))
            }
            _ => false,
        }
    }

    /// Puts `ActualText` in the place of the glyphs shown since, where it says something else than they do.
    ///
    /// Only spans on one line are replaced: a longer one would lose its geometry.
    fn replace_text(&mut self, text: &str, glyphs: usize, runs: usize) {
        let text: Vec<char> = text.chars().filter_map(repair::character).collect();
        let shown = &self.page.glyphs[glyphs..];
        if shown.is_empty() || shown.iter().map(|g| g.ch).eq(text.iter().copied()) {
            return;
        }
        if text.is_empty() {
            self.page.glyphs.truncate(glyphs);
            self.page.runs.truncate(runs);
            return;
        }
        let Some(bbox) = Rect::bounding(shown.iter().map(|g| g.bbox)) else { return };
        let tallest = shown.iter().map(|g| g.bbox.height()).fold(0.0, f32::max);
        if text.len() == shown.len() {
            for (glyph, ch) in self.page.glyphs[glyphs..].iter_mut().zip(text) {
                glyph.ch = ch;
            }
        } else if bbox.height() <= 1.6 * tallest && text.len() <= 4 * shown.len() + 8 {
            let flags = shown[0].flags;
            let n = text.len() as f32;
            let cell = |i: usize| Rect {
                x0: bbox.x0 + bbox.width() * i as f32 / n,
                x1: bbox.x0 + bbox.width() * (i + 1) as f32 / n,
                ..bbox
            };
            self.page.glyphs.truncate(glyphs);
            self.page.glyphs.extend(text.iter().enumerate().map(|(i, &ch)| Glyph { ch, bbox: cell(i), flags }));
            let end = self.page.glyphs.len() as u32;
            self.page.runs.truncate(runs + 1);
            if let Some(run) = self.page.runs.last_mut() {
                run.glyphs = glyphs as u32..end;
            }
        } else {
            return;
        }
        for run in &mut self.page.runs[runs..] {
            run.provenance = Provenance::ActualText;
        }
    }
}

/// Layers that are off when the file opens (8.11.4.3).
pub(super) fn layers_off(objects: Objects<'_>) -> Vec<ObjectId> {
    read_layers_off(objects).unwrap_or_default()
}

fn read_layers_off(objects: Objects<'_>) -> Option<Vec<ObjectId>> {
    let catalog = objects.dict(objects.trailer(), b"Root")?;
    let properties = objects.dict(catalog, b"OCProperties")?;
    let default = objects.dict(properties, b"D")?;
    let references = |items: &[Object]| -> Vec<ObjectId> {
        items.iter().filter_map(|o| if let Object::Reference(id) = o { Some(*id) } else { None }).collect()
    };
    let mut off = objects.array(default, b"OFF").map(references).unwrap_or_default();
    if objects.name(default, b"BaseState") == Some(b"OFF") {
        let on = objects.array(default, b"ON").map(references).unwrap_or_default();
        let all = objects.array(properties, b"OCGs").map(references).unwrap_or_default();
        off.extend(all.into_iter().filter(|id| !on.contains(id)));
    }
    Some(off)
}

//! External objects: forms are interpreted in place, images leave a box (ISO 32000-1, 8.8 to 8.10).

use hakusho_model::ImageBox;
use lopdf::{Dictionary, Object, Stream};

use super::{Interpreter, Resources};
use crate::filters;
use crate::lexer::name_bytes;
use crate::limits::Breach;
use crate::matrix::Matrix;
use crate::source::raw;

impl<'a> Interpreter<'a, '_> {
    /// `Do`.
    pub(super) fn paint_xobject(&mut self, name: &[u8], resources: Resources<'a>) {
        let objects = self.context.objects;
        let Some(object) = resources.get(objects, b"XObject", &name_bytes(name)) else { return };
        let Some(Object::Stream(stream)) = objects.resolve(object) else { return };
        let hidden = raw(&stream.dict, b"OC").is_some_and(|oc| self.is_layer_off(oc));
        match objects.name(&stream.dict, b"Subtype") {
            Some(b"Image") if !hidden && !self.hidden() => {
                let pixels = |key: &[u8]| objects.integer(&stream.dict, key).unwrap_or(0).clamp(0, 1 << 20) as u32;
                self.push_image(pixels(b"Width"), pixels(b"Height"));
            }
            Some(b"Form") => {
                self.hidden_forms += usize::from(hidden);
                self.paint_form(stream, resources);
                self.hidden_forms -= usize::from(hidden);
            }
            _ => {}
        }
    }

    /// An image fills the unit square of user space.
    pub(super) fn push_image(&mut self, width: u32, height: u32) {
        let bbox = self.state.ctm.apply_rect(0.0, 0.0, 1.0, 1.0);
        if let Some(bbox) = self.clipped(&bbox).filter(|b| b.area() > 0.0)
            && !self.has_all_shapes()
        {
            self.page.images.push(ImageBox { bbox, width, height });
        }
    }

    fn paint_form(&mut self, stream: &'a Stream, outer: Resources<'a>) {
        let identity = std::ptr::from_ref(stream) as usize;
        if self.open_forms.contains(&identity) {
            return;
        }
        if self.open_forms.len() >= self.limits.form_depth {
            return self.note_limit(Breach::FormDepth);
        }
        // Forms that hold forms twice over grow by powers of two.
        self.forms += 1;
        if self.forms > self.limits.page_forms {
            return self.note_limit(Breach::PageForms);
        }
        let objects = self.context.objects;
        let decoded = filters::decode(objects, stream, self.limits, self.context.budget);
        self.note_stream(decoded.problem);
        let saved = self.state.clone();
        let (text, floor, unsaved) = (self.text, self.stack_floor, std::mem::take(&mut self.unsaved));
        self.stack_floor = self.stack.len();
        self.enter_form(&stream.dict);
        self.open_forms.push(identity);
        let inner = outer.inside(objects.dict(&stream.dict, b"Resources"));
        self.run(&decoded.bytes, inner);
        self.open_forms.pop();
        self.stack.truncate(self.stack_floor);
        self.stack_floor = floor;
        self.unsaved = unsaved;
        self.state = saved;
        self.text = text;
    }

    fn enter_form(&mut self, dict: &'a Dictionary) {
        let objects = self.context.objects;
        if let Some(v) = objects.array(dict, b"Matrix").map(|a| objects.numbers(a))
            && let Ok(six) = <[f32; 6]>::try_from(v)
        {
            self.state.ctm = Matrix::new(six).then(&self.state.ctm);
        }
        if let Some([x0, y0, x1, y1]) = objects.rect(dict, b"BBox") {
            let bbox = self.state.ctm.apply_rect(x0, y0, x1, y1);
            self.state.clip = self.state.clip.intersection(&bbox);
        }
    }
}

//! The content-stream interpreter: operators in, positioned glyphs, lines, shapes and images out.

mod color;
mod function;
mod marked;
mod path;
mod state;
mod text;
mod xobject;

use std::rc::Rc;

use hakusho_model::{Code, Diagnostic, PageContent, Rect, Severity};
use lopdf::{Dictionary, Object, ObjectId};

use crate::filters::Problem;
use crate::font::FontContext;
use crate::fonts::FontCache;
use crate::lexer::{Lexer, Token, hex_bytes, literal_bytes, name_bytes};
use crate::limits::Limits;
use crate::matrix::Matrix;
use crate::source::{Objects, as_dict, raw};
use color::ColorSpace;
use marked::Marked;
use path::Path;
use state::State;
use text::{Piece, TextObject};

/// Saved graphics states before `q` is ignored.
const MAX_STACK: usize = 512;
/// Operands kept for one operator; text arrays of a whole line stay far below.
const MAX_OPERANDS: usize = 1 << 16;

/// Resource dictionaries from the innermost form outwards to the page.
#[derive(Clone, Copy)]
pub(crate) struct Resources<'a> {
    inner: Option<&'a Dictionary>,
    page: Option<&'a Dictionary>,
}

impl<'a> Resources<'a> {
    pub(crate) fn of_page(page: Option<&'a Dictionary>) -> Self {
        Self { inner: None, page }
    }

    /// The resources inside a form: its own, then the page's, as older producers expect (7.8.3).
    fn inside(self, form: Option<&'a Dictionary>) -> Self {
        Self { inner: form.or(self.inner), page: self.page }
    }

    /// The resource as it stands, so that callers see its reference.
    fn get(self, objects: Objects<'a>, category: &[u8], name: &[u8]) -> Option<&'a Object> {
        let among = |dict: Option<&'a Dictionary>| raw(objects.dict(dict?, category)?, name);
        among(self.inner).or_else(|| among(self.page))
    }

    fn category(self, objects: Objects<'a>, category: &[u8]) -> Option<&'a Dictionary> {
        let among = |dict: Option<&'a Dictionary>| objects.dict(dict?, category);
        among(self.inner).or_else(|| among(self.page))
    }
}

/// Interprets the content of one page.
pub(crate) struct Interpreter<'a, 'w> {
    pub(crate) context: FontContext<'a>,
    limits: &'a Limits,
    fonts: &'w mut FontCache<'a>,
    layers_off: &'w [ObjectId],
    page: PageContent,
    state: State,
    stack: Vec<State>,
    stack_floor: usize,
    text: TextObject,
    path: Path,
    marked: Vec<Marked>,
    hidden_forms: usize,
    open_forms: Vec<usize>,
    operators: u64,
    order: u32,
    /// Codes without a character, by font.
    unmapped: Vec<u32>,
    diagnostics: Vec<Diagnostic>,
}

/// Layers that are off in this file.
pub(crate) fn layers_off(objects: Objects<'_>) -> Vec<ObjectId> {
    marked::layers_off(objects)
}

impl<'a, 'w> Interpreter<'a, 'w> {
    /// Starts a page; `base` maps its user space to display space.
    pub(crate) fn new(
        context: FontContext<'a>,
        fonts: &'w mut FontCache<'a>,
        layers_off: &'w [ObjectId],
        page: PageContent,
        base: Matrix,
    ) -> Self {
        let clip = Rect { x0: 0.0, y0: 0.0, x1: page.width, y1: page.height };
        Self {
            context,
            limits: context.limits,
            fonts,
            layers_off,
            page,
            state: State::new(base, clip),
            stack: Vec::new(),
            stack_floor: 0,
            text: TextObject::default(),
            path: Path::default(),
            marked: Vec::new(),
            hidden_forms: 0,
            open_forms: Vec::new(),
            operators: 0,
            order: 0,
            unmapped: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// What was found, and what was wrong.
    pub(crate) fn finish(mut self) -> (PageContent, Vec<Diagnostic>) {
        let index = self.page.index;
        for (font, count) in self.unmapped.iter().enumerate().filter(|(_, n)| **n > 0) {
            let name = &self.fonts.get(font).info.name;
            let message = format!("{count} characters of font {name} have no known meaning");
            self.diagnostics.push(Diagnostic::page(index, Code::UnmappedGlyphs, Severity::Warning, message));
        }
        (self.page, self.diagnostics)
    }

    /// Interprets a content stream.
    pub(crate) fn run(&mut self, content: &[u8], resources: Resources<'a>) {
        let mut lexer = Lexer::new(content);
        let mut operands: Vec<Token<'_>> = Vec::with_capacity(64);
        while let Some(token) = lexer.next() {
            match token {
                Token::Operator(operator) => {
                    self.operators += 1;
                    if self.operators > self.limits.page_operators {
                        return self.note_limit("operators");
                    }
                    if operator == b"BI" {
                        self.inline_image(&mut lexer);
                    } else {
                        self.execute(operator, &operands, resources);
                    }
                    operands.clear();
                }
                operand if operands.len() < MAX_OPERANDS => operands.push(operand),
                _ => {}
            }
        }
    }

    fn execute(&mut self, operator: &[u8], operands: &[Token<'_>], resources: Resources<'a>) {
        match operator {
            b"q" if self.stack.len() < MAX_STACK => self.stack.push(self.state.clone()),
            b"Q" => {
                // A form may not restore what was saved outside of it.
                if self.stack.len() > self.stack_floor
                    && let Some(state) = self.stack.pop()
                {
                    self.state = state;
                }
            }
            b"cm" => {
                if let Some(six) = numbers(operands) {
                    let ctm = Matrix::new(six).then(&self.state.ctm);
                    if ctm.is_finite() {
                        self.state.ctm = ctm;
                    }
                }
            }
            b"w" => self.state.line_width = number(operands).unwrap_or(1.0),
            b"d" => self.state.dashed = matches!(operands.get(1), Some(Token::Number(_))),
            b"gs" => self.set_state(operands, resources),
            b"Do" => {
                if let Some(Token::Name(name)) = operands.last() {
                    self.paint_xobject(name, resources);
                }
            }
            b"sh" => self.shading(),
            b"BDC" | b"BMC" => {
                if let Some(Token::Name(tag)) = operands.first() {
                    self.begin_marked(tag, operands.get(1).copied(), resources);
                } else {
                    self.marked.push(Marked::default());
                }
            }
            b"EMC" => self.end_marked(),
            _ => {
                if !self.text_operator(operator, operands, resources) && !self.path_operator(operator, operands) {
                    self.color_operator(operator, operands, resources);
                }
            }
        }
    }

    fn text_operator(&mut self, operator: &[u8], operands: &[Token<'_>], resources: Resources<'a>) -> bool {
        let value = number(operands);
        match operator {
            b"Tj" => self.show_strings(operands),
            b"TJ" => self.show_strings(operands),
            b"Tf" => self.set_font(operands, resources),
            b"Td" => self.move_line(operands),
            b"TD" => {
                if let Some([_, y]) = numbers(operands) {
                    self.state.text.leading = -y;
                }
                self.move_line(operands);
            }
            b"Tm" => {
                if let Some(six) = numbers(operands) {
                    self.text.matrix = Matrix::new(six);
                    self.text.line = self.text.matrix;
                }
            }
            b"T*" => self.text.next_line(0.0, -self.state.text.leading),
            b"'" => {
                self.text.next_line(0.0, -self.state.text.leading);
                self.show_strings(operands);
            }
            b"\"" => {
                if let [Token::Number(word), Token::Number(char), ..] = operands {
                    self.state.text.word_space = *word;
                    self.state.text.char_space = *char;
                }
                self.text.next_line(0.0, -self.state.text.leading);
                self.show_strings(operands.get(2..).unwrap_or_default());
            }
            b"BT" => self.text = TextObject::default(),
            b"ET" => {}
            b"Tc" => self.state.text.char_space = value.unwrap_or(0.0),
            b"Tw" => self.state.text.word_space = value.unwrap_or(0.0),
            b"Tz" => self.state.text.scale = value.unwrap_or(100.0) / 100.0,
            b"TL" => self.state.text.leading = value.unwrap_or(0.0),
            b"Ts" => self.state.text.rise = value.unwrap_or(0.0),
            b"Tr" => self.state.text.render = value.map_or(0, |v| v.clamp(0.0, 7.0) as u8),
            _ => return false,
        }
        true
    }

    fn path_operator(&mut self, operator: &[u8], operands: &[Token<'_>]) -> bool {
        let ctm = self.state.ctm;
        match operator {
            b"m" | b"l" => {
                if let Some([x, y]) = numbers(operands) {
                    let p = ctm.apply(x, y);
                    if operator == b"m" { self.path.move_to(p) } else { self.path.line_to(p) }
                }
            }
            b"c" => {
                if let Some([x1, y1, x2, y2, x3, y3]) = numbers(operands) {
                    self.curve(ctm.apply(x1, y1), ctm.apply(x2, y2), ctm.apply(x3, y3));
                }
            }
            b"v" | b"y" => {
                if let Some([x2, y2, x3, y3]) = numbers(operands) {
                    let end = ctm.apply(x3, y3);
                    let control = ctm.apply(x2, y2);
                    let start = self.path.current().unwrap_or(control);
                    if operator == b"v" { self.curve(start, control, end) } else { self.curve(control, end, end) }
                }
            }
            b"re" => {
                if let Some([x, y, w, h]) = numbers(operands) {
                    self.path.move_to(ctm.apply(x, y));
                    self.path.line_to(ctm.apply(x + w, y));
                    self.path.line_to(ctm.apply(x + w, y + h));
                    self.path.line_to(ctm.apply(x, y + h));
                    self.path.close();
                }
            }
            b"h" => self.path.close(),
            b"S" => self.paint(false, true),
            b"s" => {
                self.path.close();
                self.paint(false, true);
            }
            b"f" | b"F" | b"f*" => self.paint(true, false),
            b"B" | b"B*" => self.paint(true, true),
            b"b" | b"b*" => {
                self.path.close();
                self.paint(true, true);
            }
            b"n" => self.paint(false, false),
            b"W" | b"W*" => self.path.mark_clip(),
            _ => return false,
        }
        true
    }

    /// A Bézier curve, by its end points and the two points at a third and two thirds: enough for boxes and slices.
    fn curve(&mut self, c1: hakusho_model::Point, c2: hakusho_model::Point, end: hakusho_model::Point) {
        let start = self.path.current().unwrap_or(c1);
        let at = |t: f32| {
            let u = 1.0 - t;
            let mix = |a: f32, b: f32, c: f32, d: f32| {
                u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
            };
            hakusho_model::Point { x: mix(start.x, c1.x, c2.x, end.x), y: mix(start.y, c1.y, c2.y, end.y) }
        };
        self.path.curve_to(at(1.0 / 3.0));
        self.path.curve_to(at(2.0 / 3.0));
        self.path.curve_to(end);
    }

    fn color_operator(&mut self, operator: &[u8], operands: &[Token<'_>], resources: Resources<'a>) {
        let v: Vec<f32> =
            operands.iter().filter_map(|t| if let Token::Number(n) = t { Some(*n) } else { None }).collect();
        let device = |space: ColorSpace| Some((space.rgb(&v), Rc::new(space)));
        let (set, stroke) = match operator {
            b"g" => (device(ColorSpace::Gray), false),
            b"G" => (device(ColorSpace::Gray), true),
            b"rg" => (device(ColorSpace::Rgb), false),
            b"RG" => (device(ColorSpace::Rgb), true),
            b"k" => (device(ColorSpace::Cmyk), false),
            b"K" => (device(ColorSpace::Cmyk), true),
            b"cs" => (self.named_space(operands, resources), false),
            b"CS" => (self.named_space(operands, resources), true),
            b"sc" | b"scn" => (Some((self.state.fill_space.rgb(&v), Rc::clone(&self.state.fill_space))), false),
            b"SC" | b"SCN" => (Some((self.state.stroke_space.rgb(&v), Rc::clone(&self.state.stroke_space))), true),
            _ => return,
        };
        let Some((color, space)) = set else { return };
        if stroke {
            (self.state.stroke, self.state.stroke_space) = (color, space);
        } else {
            (self.state.fill, self.state.fill_space) = (color, space);
        }
    }

    fn named_space(
        &self,
        operands: &[Token<'_>],
        resources: Resources<'a>,
    ) -> Option<(hakusho_model::Color, Rc<ColorSpace>)> {
        let Some(Token::Name(name)) = operands.last() else { return None };
        let spaces = resources.category(self.context.objects, b"ColorSpace");
        let space = color::lookup(self.context, spaces, &name_bytes(name))?;
        Some((space.initial(), Rc::new(space)))
    }

    fn show_strings(&mut self, operands: &[Token<'_>]) {
        let mut buffer = std::mem::take(&mut self.fonts.buffer);
        buffer.clear();
        // Strings with escapes are decoded one behind the other; each piece remembers its end.
        let mut pieces = std::mem::take(&mut self.fonts.pieces);
        pieces.clear();
        for token in operands {
            match token {
                Token::Number(n) => pieces.push((buffer.len(), Some(*n))),
                Token::Literal(raw) => {
                    literal_bytes(raw, &mut buffer);
                    pieces.push((buffer.len(), None));
                }
                Token::Hex(raw) => {
                    hex_bytes(raw, &mut buffer);
                    pieces.push((buffer.len(), None));
                }
                _ => {}
            }
        }
        let mut start = 0;
        let piece = |&(end, adjust): &(usize, Option<f32>)| match adjust {
            Some(amount) => Piece::Adjust(amount),
            None => {
                let bytes = &buffer[start..end];
                start = end;
                Piece::Bytes(bytes)
            }
        };
        self.show(pieces.iter().map(piece));
        self.fonts.buffer = buffer;
        self.fonts.pieces = pieces;
    }

    fn move_line(&mut self, operands: &[Token<'_>]) {
        if let Some([x, y]) = numbers(operands) {
            self.text.next_line(x, y);
        }
    }

    fn set_font(&mut self, operands: &[Token<'_>], resources: Resources<'a>) {
        if let [.., Token::Name(name), Token::Number(size)] = operands {
            self.state.text.size = *size;
            let object = resources.get(self.context.objects, b"Font", &name_bytes(name));
            self.use_font(object);
        }
    }

    fn use_font(&mut self, object: Option<&'a Object>) {
        self.state.text.font = self.fonts.index_of(self.context, object);
        self.unmapped.resize(self.fonts.len().max(self.unmapped.len()), 0);
    }

    fn set_state(&mut self, operands: &[Token<'_>], resources: Resources<'a>) {
        let objects = self.context.objects;
        let Some(Token::Name(name)) = operands.last() else { return };
        let Some(object) = resources.get(objects, b"ExtGState", &name_bytes(name)) else { return };
        let Some(dict) = objects.resolve(object).and_then(as_dict) else { return };
        if let Some(width) = objects.number(dict, b"LW") {
            self.state.line_width = width;
        }
        if let Some(alpha) = objects.number(dict, b"ca") {
            self.state.transparent = alpha <= 0.0;
        }
        if let Some([font, size]) = objects.array(dict, b"Font") {
            self.state.text.size = objects.resolve(size).and_then(crate::source::as_number).unwrap_or(0.0);
            self.use_font(Some(font));
        }
    }

    /// A shading paints the whole clip: a box in its own right (bars with gradients).
    fn shading(&mut self) {
        let bbox = self.state.clip;
        if self.hidden() || bbox.area() <= 0.0 || bbox == self.page.bbox() {
            return;
        }
        let order = self.next_order();
        self.page.shapes.push(hakusho_model::Shape {
            bbox,
            kind: hakusho_model::ShapeKind::Rect,
            fill: Some(hakusho_model::Color { r: 160, g: 160, b: 160 }),
            stroke: None,
            width: 0.0,
            points: Vec::new(),
            order,
        });
    }

    fn inline_image(&mut self, lexer: &mut Lexer<'_>) {
        let (mut width, mut height) = (0u32, 0u32);
        while let Some(token) = lexer.next() {
            match token {
                Token::Operator(b"ID") => break,
                Token::Name(b"W" | b"Width") => width = size(lexer.next()),
                Token::Name(b"H" | b"Height") => height = size(lexer.next()),
                _ => {}
            }
        }
        lexer.skip_inline_image(None);
        if !self.hidden() {
            self.push_image(width, height);
        }
    }

    fn next_order(&mut self) -> u32 {
        self.order += 1;
        self.order
    }

    /// Notes once a page that a limit was reached.
    fn note_limit(&mut self, what: &str) {
        let message = format!("this page has too many {what}; the rest was not read");
        if !self.diagnostics.iter().any(|d| d.message == message) {
            self.diagnostics.push(Diagnostic::page(self.page.index, Code::LimitReached, Severity::Warning, message));
        }
    }

    /// Notes a content stream that could not be decoded to its end.
    pub(crate) fn note_stream(&mut self, problem: Option<Problem>) {
        let index = self.page.index;
        let (code, message) = match problem {
            None => return,
            Some(Problem::Broken) => {
                (Code::StreamUnreadable, "part of this page's content is damaged and was left out")
            }
            Some(Problem::Limit) => (Code::LimitReached, "this page's content is too large; the rest was not read"),
        };
        self.diagnostics.push(Diagnostic::page(index, code, Severity::Warning, message));
    }
}

fn size(token: Option<Token<'_>>) -> u32 {
    if let Some(Token::Number(n)) = token { n.clamp(0.0, 65_535.0) as u32 } else { 0 }
}

/// The last operand as a number.
fn number(operands: &[Token<'_>]) -> Option<f32> {
    if let Some(Token::Number(n)) = operands.last() { Some(*n) } else { None }
}

/// The last `N` operands as numbers.
fn numbers<const N: usize>(operands: &[Token<'_>]) -> Option<[f32; N]> {
    let last = operands.get(operands.len().checked_sub(N)?..)?;
    let mut out = [0.0; N];
    for (slot, token) in out.iter_mut().zip(last) {
        *slot = if let Token::Number(n) = token { *n } else { return None };
    }
    Some(out)
}

//! The content-stream interpreter: operators in, positioned glyphs, lines, shapes and images out.

mod color;
mod function;
mod marked;
mod operator;
mod path;
mod state;
mod text;
mod xobject;

use std::rc::Rc;

use hakusho_model::{Code, Color, Diagnostic, PageContent, Point, Severity};
use lopdf::{Dictionary, Object, ObjectId};

use crate::filters::Problem;
use crate::font::FontContext;
use crate::fonts::FontCache;
use crate::lexer::{Lexer, Token, name_bytes};
use crate::limits::{Breach, Limits};
use crate::matrix::Matrix;
use crate::source::{Objects, as_dict, raw};
use color::{ColorSpace, DeviceSpaces, KnownSpaces};
use marked::Marked;
use operator as op;
use path::Path;
use state::State;
use text::TextObject;

/// Operands kept for one operator; text arrays of a whole line stay far below.
const MAX_OPERANDS: usize = 1 << 16;
/// Components of a colour (`DeviceN` has at most 32, annex C).
const MAX_COMPONENTS: usize = 32;

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
    device: DeviceSpaces,
    spaces: KnownSpaces,
    marked: Vec<Marked>,
    hidden_forms: usize,
    open_forms: Vec<usize>,
    operators: u64,
    forms: u64,
    shown: usize,
    /// `q` and `BMC` that were too deep to be kept: their ends are ignored too.
    unsaved: usize,
    unmarked: usize,
    breaches: Vec<Breach>,
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
        let clip = page.bbox();
        let device = DeviceSpaces::default();
        Self {
            context,
            limits: context.limits,
            fonts,
            layers_off,
            page,
            state: State::new(base, clip, &device.gray),
            stack: Vec::new(),
            stack_floor: 0,
            text: TextObject::default(),
            path: Path::default(),
            device,
            spaces: KnownSpaces::default(),
            marked: Vec::new(),
            hidden_forms: 0,
            open_forms: Vec::new(),
            operators: 0,
            forms: 0,
            shown: 0,
            unsaved: 0,
            unmarked: 0,
            breaches: Vec::new(),
            order: 0,
            unmapped: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// What was found, and what was wrong.
    pub(crate) fn finish(mut self) -> (PageContent, Vec<Diagnostic>) {
        let index = self.page.index;
        // By name: fonts are numbered anew in every stretch of pages.
        let mut unmapped: Vec<(&str, u32)> = Vec::new();
        for (font, count) in self.unmapped.iter().enumerate().filter(|(_, n)| **n > 0) {
            unmapped.push((&self.fonts.get(font).info.name, *count));
        }
        unmapped.sort_unstable();
        for (name, count) in unmapped {
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
                        return self.note_limit(Breach::PageOperators);
                    }
                    if operator::code(operator) == op::INLINE_IMAGE {
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
        match operator::code(operator) {
            op::SHOW | op::SHOW_SPACED => self.show(operands),
            op::MOVE => self.move_line(operands),
            op::TEXT_MATRIX => {
                if let Some(six) = numbers(operands) {
                    self.text.matrix = Matrix::new(six);
                    self.text.line = self.text.matrix;
                }
            }
            op::FONT => self.set_font(operands, resources),
            op::MOVE_TO => self.point(operands, Path::move_to),
            op::LINE_TO => self.point(operands, Path::line_to),
            op::RECTANGLE => self.rectangle(operands),
            op::SAVE if self.stack.len() < self.limits.nesting => self.stack.push(self.state.clone()),
            op::SAVE => {
                self.unsaved += 1;
                self.note_limit(Breach::Nesting);
            }
            op::RESTORE if self.unsaved > 0 => self.unsaved -= 1,
            op::RESTORE => {
                // A form may not restore what was saved outside of it.
                if self.stack.len() > self.stack_floor
                    && let Some(state) = self.stack.pop()
                {
                    self.state = state;
                }
            }
            op::CONCAT => {
                if let Some(six) = numbers(operands) {
                    let ctm = Matrix::new(six).then(&self.state.ctm);
                    if ctm.is_finite() {
                        self.state.ctm = ctm;
                    }
                }
            }
            op::LINE_WIDTH => self.state.line_width = number(operands).unwrap_or(1.0),
            op::DASH => self.state.dashed = matches!(operands.get(1), Some(Token::Number(_))),
            op::STATE => self.set_state(operands, resources),
            op::PAINT_OBJECT => {
                if let Some(Token::Name(name)) = operands.last() {
                    self.paint_xobject(name, resources);
                }
            }
            op::SHADE => self.shading(),
            op::BEGIN_MARKED | op::BEGIN_MARKED_WITH => {
                if let Some(Token::Name(tag)) = operands.first() {
                    self.begin_marked(tag, operands.get(1).copied(), resources);
                } else {
                    self.open_marked(Marked::default());
                }
            }
            op::END_MARKED => self.end_marked(),
            op::MOVE_SET => {
                if let Some([_, y]) = numbers(operands) {
                    self.state.text.leading = -y;
                }
                self.move_line(operands);
            }
            op::NEXT_LINE => self.text.next_line(0.0, -self.state.text.leading),
            op::NEXT_SHOW => {
                self.text.next_line(0.0, -self.state.text.leading);
                self.show(operands);
            }
            op::NEXT_SHOW_SPACED => {
                if let [Token::Number(word), Token::Number(char), ..] = operands {
                    self.state.text.word_space = *word;
                    self.state.text.char_space = *char;
                }
                self.text.next_line(0.0, -self.state.text.leading);
                self.show(operands.get(2..).unwrap_or_default());
            }
            op::BEGIN_TEXT => self.text = TextObject::default(),
            op::CHAR_SPACE => self.state.text.char_space = number(operands).unwrap_or(0.0),
            op::WORD_SPACE => self.state.text.word_space = number(operands).unwrap_or(0.0),
            op::SCALE => self.state.text.scale = number(operands).unwrap_or(100.0) / 100.0,
            op::LEADING => self.state.text.leading = number(operands).unwrap_or(0.0),
            op::RISE => self.state.text.rise = number(operands).unwrap_or(0.0),
            op::RENDER => self.state.text.render = number(operands).map_or(0, |v| v.clamp(0.0, 7.0) as u8),
            op::CURVE | op::CURVE_START | op::CURVE_END => self.curve_operator(operator, operands),
            op::CLOSE => self.path.close(),
            op::STROKE => self.paint(false, true),
            op::CLOSE_STROKE => {
                self.path.close();
                self.paint(false, true);
            }
            op::FILL | op::FILL_OLD | op::FILL_EVEN => self.paint(true, false),
            op::BOTH | op::BOTH_EVEN => self.paint(true, true),
            op::CLOSE_BOTH | op::CLOSE_BOTH_EVEN => {
                self.path.close();
                self.paint(true, true);
            }
            op::END_PATH => self.paint(false, false),
            op::CLIP | op::CLIP_EVEN => self.path.mark_clip(),
            op::GRAY | op::RGB | op::CMYK | op::SPACE | op::COLOR | op::COLOR_N => {
                if let Some(paint) = self.color(operator, operands, resources, &self.state.fill_space) {
                    (self.state.fill, self.state.fill_space) = paint;
                }
            }
            op::GRAY_STROKE
            | op::RGB_STROKE
            | op::CMYK_STROKE
            | op::SPACE_STROKE
            | op::COLOR_STROKE
            | op::COLOR_N_STROKE => {
                if let Some(paint) = self.color(operator, operands, resources, &self.state.stroke_space) {
                    (self.state.stroke, self.state.stroke_space) = paint;
                }
            }
            _ => {}
        }
    }

    fn point(&mut self, operands: &[Token<'_>], go: impl Fn(&mut Path, Point)) {
        if let Some([x, y]) = numbers(operands) {
            go(&mut self.path, self.state.ctm.apply(x, y));
        }
    }

    fn rectangle(&mut self, operands: &[Token<'_>]) {
        let Some([x, y, w, h]) = numbers(operands) else { return };
        let ctm = self.state.ctm;
        self.path.move_to(ctm.apply(x, y));
        self.path.line_to(ctm.apply(x + w, y));
        self.path.line_to(ctm.apply(x + w, y + h));
        self.path.line_to(ctm.apply(x, y + h));
        self.path.close();
    }

    /// `c`; `v` begins and `y` ends at its control point.
    fn curve_operator(&mut self, operator: &[u8], operands: &[Token<'_>]) {
        let ctm = self.state.ctm;
        if operator == b"c" {
            let Some([x1, y1, x2, y2, x3, y3]) = numbers(operands) else { return };
            return self.curve(ctm.apply(x1, y1), ctm.apply(x2, y2), ctm.apply(x3, y3));
        }
        let Some([x2, y2, x3, y3]) = numbers(operands) else { return };
        let (control, end) = (ctm.apply(x2, y2), ctm.apply(x3, y3));
        let start = self.path.current().unwrap_or(control);
        if operator == b"v" { self.curve(start, control, end) } else { self.curve(control, end, end) }
    }

    /// A Bézier curve, by its end points and the two points at a third and two thirds: enough for boxes and slices.
    fn curve(&mut self, c1: Point, c2: Point, end: Point) {
        let start = self.path.current().unwrap_or(c1);
        let at = |t: f32| {
            let u = 1.0 - t;
            let mix = |a: f32, b: f32, c: f32, d: f32| {
                u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
            };
            Point { x: mix(start.x, c1.x, c2.x, end.x), y: mix(start.y, c1.y, c2.y, end.y) }
        };
        self.path.curve_to(at(1.0 / 3.0));
        self.path.curve_to(at(2.0 / 3.0));
        self.path.curve_to(end);
    }

    /// What a colour operator sets: the colour and the space of the operators that follow. `current` is the space in force.
    fn color(
        &self,
        operator: &[u8],
        operands: &[Token<'_>],
        resources: Resources<'a>,
        current: &Rc<ColorSpace>,
    ) -> Option<(Color, Rc<ColorSpace>)> {
        let mut values = [0.0; MAX_COMPONENTS];
        let mut count = 0;
        for token in operands.iter().take(MAX_COMPONENTS) {
            if let Token::Number(n) = token {
                values[count] = *n;
                count += 1;
            }
        }
        let values = &values[..count];
        let space = match operator {
            b"g" | b"G" => Rc::clone(&self.device.gray),
            b"rg" | b"RG" => Rc::clone(&self.device.rgb),
            b"k" | b"K" => Rc::clone(&self.device.cmyk),
            b"cs" | b"CS" => {
                let space = self.named_space(operands, resources)?;
                return Some((space.initial(), space));
            }
            _ => Rc::clone(current),
        };
        Some((space.rgb(values), space))
    }

    fn named_space(&self, operands: &[Token<'_>], resources: Resources<'a>) -> Option<Rc<ColorSpace>> {
        let Some(Token::Name(name)) = operands.last() else { return None };
        let name = name_bytes(name);
        if let Some(space) = self.device.named(&name) {
            return Some(space);
        }
        let object = resources.category(self.context.objects, b"ColorSpace").and_then(|spaces| raw(spaces, &name))?;
        self.spaces.get(self.context, object)
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
        let (font, is_there) = self.fonts.index_of(self.context, object);
        if !is_there {
            let message = "a font of this page is missing; its text was read as if it were Latin";
            self.note_once(Code::FontUnreadable, message);
        }
        self.state.text.font = Some(font);
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
        if self.hidden() || bbox.area() <= 0.0 || bbox == self.page.bbox() || self.has_all_shapes() {
            return;
        }
        let order = self.next_order();
        self.page.shapes.push(hakusho_model::Shape {
            bbox,
            kind: hakusho_model::ShapeKind::Rect,
            fill: Some(Color { r: 160, g: 160, b: 160 }),
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
    pub(crate) fn note_limit(&mut self, breach: Breach) {
        if !self.breaches.contains(&breach) {
            self.breaches.push(breach);
            let message = breach.message(self.limits);
            self.diagnostics.push(Diagnostic::page(self.page.index, Code::LimitReached, Severity::Warning, message));
        }
    }

    /// Notes a content stream that could not be decoded to its end.
    pub(crate) fn note_stream(&mut self, problem: Option<Problem>) {
        match problem {
            None => {}
            Some(Problem::Limit(breach)) => self.note_limit(breach),
            Some(Problem::Broken) => {
                self.note_once(Code::StreamUnreadable, "part of this page's content is damaged and was left out");
            }
        }
    }

    /// A form painted a thousand times is damaged once.
    fn note_once(&mut self, code: Code, message: &str) {
        let found = Diagnostic::page(self.page.index, code, Severity::Warning, message);
        if !self.diagnostics.contains(&found) {
            self.diagnostics.push(found);
        }
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

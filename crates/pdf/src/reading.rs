//! Reading the pages of a file, in parallel; what comes out does not depend on how they were shared out.

use std::sync::Arc;

use hakusho_model::{Code, Diagnostic, FontInfo, MapDoubt, MapWorth, PageContent, ReportContent, Severity};
use lopdf::{Dictionary, Object, ObjectId};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::annotations::annotations;
use crate::filters;
use crate::font::{Font, FontContext};
use crate::fonts::{FontCache, FontShelf};
use crate::interp::{Interpreter, Resources, layers_off};
use crate::labels::Targets;
use crate::limits::Breach;
use crate::pages::PageNode;
use crate::source::{Objects, raw};
use crate::tidy::tidy;

/// Pages one thread reads in a row at the least: glyphs are looked up anew in every stretch.
const STRETCH: usize = 4;
/// Stretches for each thread, so that none waits long for the last.
const STRETCHES_PER_THREAD: usize = 4;
/// Content streams of one page; real pages have hundreds at the most.
const MAX_CONTENT_STREAMS: usize = 100_000;

/// What all pages of a file share.
pub(crate) struct FileContext<'a, 't> {
    context: FontContext<'a>,
    targets: &'t Targets<'a>,
    shelf: Arc<FontShelf<'a>>,
    layers_off: Vec<ObjectId>,
}

/// A stretch of pages with the fonts that its runs count by.
struct Stretch<'a> {
    pages: Vec<(PageContent, Vec<Diagnostic>)>,
    fonts: Vec<Arc<Font<'a>>>,
}

impl<'a, 't> FileContext<'a, 't> {
    pub(crate) fn new(context: FontContext<'a>, targets: &'t Targets<'a>) -> Self {
        Self { context, targets, shelf: Arc::default(), layers_off: layers_off(context.objects) }
    }

    /// Fills the blank pages and appends them to the report with their fonts and diagnostics.
    pub(crate) fn read(&self, nodes: &[PageNode<'a>], blanks: Vec<PageContent>, report: &mut ReportContent) {
        let threads = rayon::current_num_threads();
        let length = match threads {
            1 => nodes.len().max(1),
            _ => nodes.len().div_ceil(threads * STRETCHES_PER_THREAD).max(STRETCH),
        };
        let blanks: Vec<(&PageNode<'a>, PageContent)> = nodes.iter().zip(blanks).collect();
        let stretches: Vec<Stretch<'a>> = if threads == 1 || nodes.len() <= STRETCH {
            vec![self.stretch(blanks)]
        } else {
            let mut parts = Vec::new();
            let mut rest = blanks.into_iter().peekable();
            while rest.peek().is_some() {
                parts.push(rest.by_ref().take(length).collect::<Vec<_>>());
            }
            parts.into_par_iter().map(|part| self.stretch(part)).collect()
        };
        let mut numbers = FontNumbers::default();
        for stretch in stretches {
            for (mut page, found) in stretch.pages {
                numbers.renumber(&mut page, &stretch.fonts);
                report.pages.push(page);
                report.diagnostics.extend(found);
            }
        }
        report.fonts = numbers.fonts.iter().map(|font| font.final_info()).collect();
        report.diagnostics.extend(report.fonts.iter().filter_map(map_diagnostic));
    }

    fn stretch(&self, pages: Vec<(&PageNode<'a>, PageContent)>) -> Stretch<'a> {
        let mut fonts = FontCache::new(Arc::clone(&self.shelf));
        let mut room = Room::default();
        let pages = pages.into_iter().map(|(node, blank)| self.page(node, &mut fonts, &mut room, blank)).collect();
        Stretch { pages, fonts: fonts.into_fonts() }
    }

    fn page(
        &self,
        node: &PageNode<'a>,
        fonts: &mut FontCache<'a>,
        room: &mut Room,
        mut page: PageContent,
    ) -> (PageContent, Vec<Diagnostic>) {
        let geometry = node.geometry(self.context.objects);
        (page.width, page.height) = (geometry.width, geometry.height);
        page.links = self.targets.links(node, &geometry);
        let (annotations, more) =
            annotations(self.context.objects, node, &geometry, self.context.limits.page_annotations);
        page.annotations = annotations;
        room.make(&mut page);
        let mut interpreter = Interpreter::new(self.context, fonts, &self.layers_off, page, geometry.base);
        if more {
            interpreter.note_limit(Breach::PageAnnotations);
        }
        let content = contents(&mut interpreter, self.context, node.dict);
        interpreter.run(&content, Resources::of_page(node.resources));
        let (mut page, diagnostics) = interpreter.finish();
        tidy(&mut page);
        room.learn(&mut page);
        (page, diagnostics)
    }
}

/// Room for glyphs and runs as the page before needed it: growing from nothing copies them a dozen times.
#[derive(Default)]
struct Room {
    glyphs: usize,
    runs: usize,
}

impl Room {
    fn make(&self, page: &mut PageContent) {
        page.glyphs.reserve(self.glyphs);
        page.runs.reserve(self.runs);
    }

    /// Gives back what was not needed.
    fn learn(&mut self, page: &mut PageContent) {
        (self.glyphs, self.runs) = (page.glyphs.len(), page.runs.len());
        page.glyphs.shrink_to_fit();
        page.runs.shrink_to_fit();
        page.rules.shrink_to_fit();
        page.shapes.shrink_to_fit();
    }
}

/// Numbers of the fonts in the report: by their first run, page after page.
#[derive(Default)]
struct FontNumbers<'a> {
    known: FxHashMap<usize, u32>,
    fonts: Vec<Arc<Font<'a>>>,
}

impl<'a> FontNumbers<'a> {
    fn renumber(&mut self, page: &mut PageContent, fonts: &[Arc<Font<'a>>]) {
        for run in &mut page.runs {
            let font = &fonts[run.font as usize];
            run.font = *self.known.entry(Arc::as_ptr(font) as usize).or_insert_with(|| {
                self.fonts.push(Arc::clone(font));
                self.fonts.len() as u32 - 1
            });
        }
    }
}

/// What is wrong with a font's map to Unicode.
fn map_diagnostic(font: &FontInfo) -> Option<Diagnostic> {
    let name = &font.name;
    let (severity, message) = match &font.to_unicode {
        MapWorth::Absent | MapWorth::Sound => return None,
        MapWorth::Lying => {
            let message = format!(
                "the ToUnicode map of font {name} gives one character for nearly all codes; its character collection was asked instead"
            );
            (Severity::Warning, message)
        }
        MapWorth::Doubtful(doubts) => {
            let MapDoubt { stated, collection, .. } = doubts.first()?;
            let count = doubts.len();
            let message = format!(
                "the ToUnicode map of font {name} and its character collection disagree on {count} codes (first: {stated}, {collection}); the map was believed"
            );
            (Severity::Info, message)
        }
    };
    Some(Diagnostic::file(Code::LyingFontMap, severity, message))
}

/// The content streams of a page, one behind the other with white space between (7.8.2).
fn contents<'a>(interpreter: &mut Interpreter<'a, '_>, context: FontContext<'a>, page: &'a Dictionary) -> Vec<u8> {
    let objects = context.objects;
    let mut content = Vec::new();
    for stream in content_streams(objects, raw(page, b"Contents")) {
        // One stream may be named many times over.
        if content.len() > context.limits.stream_bytes {
            interpreter.note_limit(Breach::PageBytes);
            break;
        }
        let decoded = filters::decode(objects, stream, context.limits, context.budget);
        interpreter.note_stream(decoded.problem);
        if content.is_empty() {
            content = decoded.bytes.into_owned();
        } else {
            content.push(b'\n');
            content.extend_from_slice(&decoded.bytes);
        }
    }
    content
}

/// The content streams in order. Arrays may hold arrays, in broken files themselves: each entry takes from the allowance.
fn content_streams<'a>(objects: Objects<'a>, contents: Option<&'a Object>) -> Vec<&'a lopdf::Stream> {
    let mut found = Vec::new();
    let mut open: Vec<&Object> = contents.into_iter().collect();
    let mut left = MAX_CONTENT_STREAMS;
    while let Some(object) = open.pop() {
        match objects.resolve(object) {
            Some(Object::Stream(stream)) => found.push(stream),
            Some(Object::Array(items)) => {
                let items = &items[..items.len().min(left)];
                left -= items.len();
                open.extend(items.iter().rev());
            }
            _ => {}
        }
    }
    found
}

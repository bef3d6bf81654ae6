//! `hakusho page`: a page as people see it, with the boxes of what was read.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use hakusho_model::{PageContent, ReportContent};
use hakusho_pdf::OpenOptions;
use hakusho_pipeline::{DEFAULT_BASE, ReadOptions, read, source, understand};
use hakusho_render::{PageImage, RenderOptions, Renderer};

use super::Context;
use crate::args::{Layer, PageArgs};
use crate::layers::knowledge;
use crate::machine_fonts;
use crate::ocr::recogniser;
use crate::output;
use crate::overlay::{self, Mark};

/// Displayed sizes that differ by more points than this are not the same page.
const SAME_SIZE: f32 = 1.0;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Png,
    Svg,
}

pub(crate) fn run(context: &Context, args: &PageArgs) -> Result<ExitCode> {
    let form = form(&args.out)?;
    if !args.scale.is_finite() || args.scale <= 0.0 {
        bail!("`--scale` must be a positive number");
    }
    let bytes = fs::read(&args.file).with_context(|| format!("cannot read `{}`", args.file.display()))?;
    let open = OpenOptions { password: args.password.clone(), ..OpenOptions::default() };
    let options = ReadOptions { open, ocr: recogniser(args.ocr)? };
    let named = || format!("`{}`", args.file.display());
    let report = read(&bytes, &options).with_context(named)?;
    let page = find(&report, args.page).with_context(named)?;
    let mut layers = args.boxes.clone();
    layers.sort_unstable();
    layers.dedup();
    let mut marks = overlay::from_content(page, &layers);
    if layers.iter().any(|l| l.of_document()) {
        let document = understand(&report, source(&file_name(&args.file), &bytes), &knowledge(context, DEFAULT_BASE)?);
        marks.extend(overlay::from_document(&document, args.page, &layers));
    }
    let image = if args.no_image { None } else { Some(paint(&bytes, args, page).with_context(named)?) };
    let file = match form {
        Form::Png => png(image, page, args.scale, &marks)?,
        Form::Svg => svg(image, page, args.scale, &layers, &marks)?,
    };
    fs::write(&args.out, file).with_context(|| format!("cannot write `{}`", args.out.display()))?;
    context.remark(&overlay::legend(&layers, &marks));
    Ok(ExitCode::SUCCESS)
}

fn form(out: &Path) -> Result<Form> {
    match out.extension().map(|e| e.to_string_lossy().to_lowercase()).as_deref() {
        Some("png") => Ok(Form::Png),
        Some("svg") => Ok(Form::Svg),
        _ => bail!("`{}` must end in .png or .svg: the ending says what is written", out.display()),
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

fn find(report: &ReportContent, page: u32) -> Result<&PageContent> {
    let Some(found) = report.pages.get(page as usize - 1) else {
        let count = report.pages.len();
        bail!("there is no page {page}: the file has {count} {}", if count == 1 { "page" } else { "pages" });
    };
    Ok(found)
}

/// The page in pixels; warns where fonts are missing or the renderer sees a page of another size.
fn paint(bytes: &[u8], args: &PageArgs, page: &PageContent) -> Result<PageImage> {
    let fonts = Some(machine_fonts::finder(args.font.as_deref())?);
    let renderer = Renderer::open(bytes, &RenderOptions { password: args.password.clone(), fonts })?;
    let (width, height) = renderer.size(args.page)?;
    if (width - page.width).abs() > SAME_SIZE || (height - page.height).abs() > SAME_SIZE {
        output::warn("the renderer sees another page here than the text engine; the boxes may not fit");
    }
    let rendered = renderer.render(args.page, args.scale)?;
    for name in &rendered.missing_fonts {
        output::warn(&format!(
            "the font `{name}` is not in the file, and no font of this machine has its characters: they are blank \
             (give one with `--font FILE`, or install one, e.g. `apt install fonts-ipaexfont`)"
        ));
    }
    Ok(rendered.image)
}

fn png(image: Option<PageImage>, page: &PageContent, scale: f32, marks: &[Mark]) -> Result<Vec<u8>> {
    let mut image = match image {
        Some(image) => image,
        None => PageImage::for_page(page.width, page.height, scale)?,
    };
    overlay::draw(&mut image, marks, scale);
    Ok(image.to_png()?)
}

fn svg(image: Option<PageImage>, page: &PageContent, scale: f32, layers: &[Layer], marks: &[Mark]) -> Result<Vec<u8>> {
    let png = image.map(|i| i.to_png()).transpose()?;
    Ok(overlay::svg((page.width, page.height), scale, png.as_deref(), layers, marks).into_bytes())
}

//! `hakusho extract`: structure, or plain glyph runs, without a store.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc;

use anyhow::{Context as _, Result, bail};
use hakusho_model::{Code, Document, Severity};
use hakusho_pdf::OpenOptions;
use hakusho_pipeline::{DEFAULT_BASE, Knowledge, ReadOptions, extract, questions, read as read_pages, unreadable};

use super::{Context, status};
use crate::args::{ExtractArgs, ExtractFormat};
use crate::layers::decided;
use crate::ocr::recogniser;
use crate::output;

/// What came of one file: what to print, and what to say.
#[derive(Default)]
struct Outcome {
    text: Option<Vec<u8>>,
    warnings: Vec<String>,
    failed: bool,
}

impl Outcome {
    fn failed(reason: impl Into<String>) -> Self {
        Self { text: None, warnings: vec![reason.into()], failed: true }
    }
}

pub(crate) fn run(context: &Context, args: &ExtractArgs) -> Result<ExitCode> {
    // Glyph runs need no names: a process that prints them starts without the lists.
    let knowledge = if args.to == ExtractFormat::Runs { None } else { Some(knowledge(context, args)?) };
    let open = OpenOptions {
        password: args.password.clone(),
        check_maps: args.to != ExtractFormat::Runs,
        ..OpenOptions::default()
    };
    let options = ReadOptions { open, ocr: recogniser(args.ocr)? };
    if let Some(folder) = &args.out {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    }
    let read = |i: usize| {
        // A fault in one file must not cost the others.
        let attempt = catch_unwind(AssertUnwindSafe(|| one(&args.files[i], knowledge.as_ref(), &options, args.to)));
        attempt.unwrap_or_else(|_| Outcome::failed("reading this file failed because of a fault in the program"))
    };
    let (mut done, mut failed) = (0, 0);
    in_order(args.files.len(), read, |i, outcome| {
        let path = &args.files[i];
        for warning in &outcome.warnings {
            output::warn(&format!("`{}`: {warning}", path.display()));
        }
        if outcome.failed {
            failed += 1;
        } else {
            done += 1;
        }
        outcome.text.map_or(Ok(()), |text| write(args, &file_name(path), &text))
    })?;
    if args.out.is_some() {
        context.remark(&format!("{done} of {} files read", args.files.len()));
    }
    Ok(status(done, failed))
}

/// What comes with the program and the data folder, and the decisions of a table given or of the data folder.
fn knowledge(context: &Context, args: &ExtractArgs) -> Result<Knowledge> {
    let path = args.decisions.clone().unwrap_or_else(|| context.data.join("decisions.tsv"));
    if args.decisions.is_some() && !path.is_file() {
        bail!("cannot read `{}`", path.display());
    }
    decided(context, DEFAULT_BASE, &path)
}

/// Reads `count` files on all threads and hands them over in order. At most four for each thread are held at a time.
fn in_order<T: Send>(
    count: usize,
    read: impl Fn(usize) -> T + Sync,
    mut take: impl FnMut(usize, T) -> Result<()>,
) -> Result<()> {
    // One file is read here: starting threads takes as long as reading it.
    if count <= 1 {
        return (0..count).try_for_each(|i| take(i, read(i)));
    }
    let ahead = rayon::current_num_threads() * 4;
    let (send, receive) = mpsc::channel();
    let read = &read;
    rayon::in_place_scope_fifo(|scope| {
        let mut started = 0;
        let mut early = BTreeMap::new();
        for i in 0..count {
            while started < count.min(i + ahead) {
                let (send, file) = (send.clone(), started);
                // The receiver is gone only after an error of writing: then nobody waits for the rest.
                scope.spawn_fifo(move |_| drop(send.send((file, read(file)))));
                started += 1;
            }
            while !early.contains_key(&i) {
                let (file, item) = receive.recv()?;
                early.insert(file, item);
            }
            if let Some(item) = early.remove(&i) {
                take(i, item)?;
            }
        }
        Ok(())
    })
}

fn one(path: &Path, knowledge: Option<&Knowledge>, options: &ReadOptions, format: ExtractFormat) -> Outcome {
    match (fs::read(path), knowledge) {
        (Ok(bytes), Some(knowledge)) => {
            let document = extract(&file_name(path), &bytes, knowledge, options);
            let reason = unreadable(&document).map(ToOwned::to_owned);
            let text = Some(render(&document, knowledge, format).into_bytes());
            let failed = reason.is_some();
            Outcome { text, failed, warnings: reason.map_or_else(|| not_recognised(&document), |r| vec![r]) }
        }
        (Ok(bytes), None) => runs(&bytes, options),
        (Err(error), _) => Outcome::failed(format!("it cannot be read: {error}")),
    }
}

/// Why pages were not recognised although it was asked for: who reads only the text would not know.
fn not_recognised(document: &Document) -> Vec<String> {
    let told = document.diagnostics.iter().filter(|d| d.code == Code::OcrUnavailable);
    told.map(|d| d.page.map_or_else(|| d.message.clone(), |p| format!("page {p}: {}", d.message))).collect()
}

/// Positions and characters as the text engine gives them, with what it found wrong.
fn runs(bytes: &[u8], options: &ReadOptions) -> Outcome {
    let report = match read_pages(bytes, options) {
        Ok(report) => report,
        Err(error) => return Outcome::failed(error.to_string()),
    };
    let told = report.diagnostics.iter().filter(|d| d.severity != Severity::Info);
    let words = told.map(|d| d.page.map_or_else(|| d.message.clone(), |p| format!("page {p}: {}", d.message)));
    let mut warnings: Vec<String> = words.collect();
    let failed = report.pages.iter().all(|p| p.glyphs.is_empty());
    if failed && warnings.is_empty() {
        warnings.push("the file has no text".to_owned());
    }
    Outcome { text: Some(output::runs::report(&report)), warnings, failed }
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

fn write(args: &ExtractArgs, name: &str, text: &[u8]) -> Result<()> {
    let Some(folder) = &args.out else { return output::print_bytes(text) };
    let stem = name.strip_suffix(".pdf").or_else(|| name.strip_suffix(".PDF")).unwrap_or(name);
    let path = folder.join(format!("{stem}.{}", args.to.ending()));
    fs::write(&path, text).with_context(|| format!("cannot write `{}`", path.display()))
}

fn render(document: &Document, knowledge: &Knowledge, format: ExtractFormat) -> String {
    match format {
        ExtractFormat::Questions => output::json::questions(&questions(document, knowledge)),
        ExtractFormat::Json => output::json::document(document),
        ExtractFormat::Md => output::markdown::document(document),
        ExtractFormat::Html => output::html::document(document),
        ExtractFormat::Docling => output::docling::document(document),
        ExtractFormat::Txt | ExtractFormat::Runs => output::text::document(document),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_in_the_order_given_whichever_is_done_first() {
        for count in [0, 1, 2, 100] {
            let mut seen = Vec::new();
            let slow_first = |i: usize| {
                std::thread::sleep(std::time::Duration::from_micros(if i.is_multiple_of(7) { 300 } else { 0 }));
                i
            };
            in_order(count, slow_first, |i, item| {
                seen.push((i, item));
                Ok(())
            })
            .expect("nothing fails");
            assert_eq!(seen, (0..count).map(|i| (i, i)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_error_of_writing_ends_it() {
        let result = in_order(100, |i| i, |i, _| if i == 3 { anyhow::bail!("disk full") } else { Ok(()) });
        assert!(result.is_err());
    }
}

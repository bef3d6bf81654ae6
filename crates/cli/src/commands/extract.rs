//! `hakusho extract`: structure without a store.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use hakusho_model::Document;
use hakusho_pdf::OpenOptions;
use hakusho_pipeline::{Knowledge, extract, unreadable};

use super::{Context, status};
use crate::args::{ExtractArgs, ExtractFormat};
use crate::output;

pub(crate) fn run(context: &Context, args: &ExtractArgs) -> Result<ExitCode> {
    let knowledge = Knowledge::embedded()?;
    let options = OpenOptions { password: args.password.clone(), ..OpenOptions::default() };
    if let Some(folder) = &args.out {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    }
    let (mut done, mut failed) = (0, 0);
    for path in &args.files {
        let name = file_name(path);
        let document = match fs::read(path) {
            Ok(bytes) => extract(&name, &bytes, &knowledge, &options),
            Err(error) => {
                output::warn(&format!("`{}`: it cannot be read: {error}", path.display()));
                failed += 1;
                continue;
            }
        };
        match unreadable(&document) {
            Some(reason) => {
                output::warn(&format!("`{}`: {reason}", path.display()));
                failed += 1;
            }
            None => done += 1,
        }
        write(args, &name, &render(&document, args.to))?;
    }
    if args.out.is_some() {
        context.remark(&format!("{done} of {} files read", args.files.len()));
    }
    Ok(status(done, failed))
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

fn write(args: &ExtractArgs, name: &str, text: &str) -> Result<()> {
    let Some(folder) = &args.out else { return output::print(text) };
    let stem = name.strip_suffix(".pdf").or_else(|| name.strip_suffix(".PDF")).unwrap_or(name);
    let path = folder.join(format!("{stem}.{}", args.to.ending()));
    fs::write(&path, text).with_context(|| format!("cannot write `{}`", path.display()))
}

fn render(document: &Document, format: ExtractFormat) -> String {
    match format {
        ExtractFormat::Json => output::json::document(document),
        ExtractFormat::Txt => output::text::document(document),
        ExtractFormat::Md => output::markdown::document(document),
        ExtractFormat::Html => output::html::document(document),
        ExtractFormat::Docling => output::docling::document(document),
    }
}

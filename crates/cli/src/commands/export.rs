//! `hakusho export`: everything or some editions as sorted statements, alone or in a folder with checksums and description.

use std::path::{MAIN_SEPARATOR, Path};
use std::process::ExitCode;

use anyhow::{Result, bail};
use hakusho_batch::{DataFolder, ExportOptions, export_file, export_folder};
use hakusho_store::{Archive, DumpFormat, NamedNode};

use super::Context;
use super::editions::called;
use crate::args::{ExportArgs, ExportFormat};

pub(crate) fn run(context: &Context, args: &ExportArgs) -> Result<ExitCode> {
    let archive = DataFolder::open(&context.data)?.archive_read_only()?;
    let options = ExportOptions {
        editions: editions(&archive, &args.editions)?,
        history: args.history,
        format: match args.format {
            ExportFormat::Nquads => DumpFormat::NQuads,
            ExportFormat::Trig => DumpFormat::TriG,
            ExportFormat::Jsonld => DumpFormat::JsonLd,
        },
        gzip: args.gzip,
    };
    match args.out.as_deref() {
        None => to_output(&archive, &options)?,
        Some(path) if path.as_os_str() == "-" => to_output(&archive, &options)?,
        Some(path) if is_folder(path) => {
            let (file, counts) = export_folder(&archive, &options, path)?;
            let path = path.display();
            context
                .remark(&format!("`{path}` holds {file} ({} statements), dataset.ttl and SHA256SUMS", counts.triples));
        }
        Some(path) => {
            let counts = export_file(&archive, &options, path)?;
            context.remark(&format!("`{}` holds {} statements", path.display(), counts.triples));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn to_output(archive: &Archive, options: &ExportOptions) -> Result<()> {
    hakusho_batch::export(archive, options, std::io::stdout().lock())?;
    Ok(())
}

/// A folder is one that is there, or a name that ends in a slash.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with(['/', MAIN_SEPARATOR])
}

/// IRIs of the editions that are named by slug, IRI or part of their title.
fn editions(archive: &Archive, named: &[String]) -> Result<Vec<NamedNode>> {
    let registered = archive.registered()?;
    let mut out = Vec::new();
    for name in named {
        let mut found: Vec<&str> = called(&registered, name).into_iter().map(|r| r.edition.as_str()).collect();
        found.dedup();
        if found.is_empty() {
            bail!("no loaded edition is called `{name}`; `hakusho editions list` shows what is loaded");
        }
        out.extend(found.into_iter().map(NamedNode::new_unchecked));
    }
    out.sort();
    out.dedup();
    Ok(out)
}

//! Dumps: a stream of sorted statements, or a folder with the dump, its checksums and its description.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use hakusho_store::{Archive, Counts, Dump, DumpFormat, NamedNode, Registered, Selection, StoreError};

use crate::digest::{Seal, Sealing};
use crate::error::{BatchError, io_error};

/// Level of compression, as for objects.
const LEVEL: u32 = 6;

/// What to export, and how.
#[derive(Clone, Debug)]
pub struct ExportOptions {
    /// The editions; none means everything.
    pub editions: Vec<NamedNode>,
    /// Whether to tell of load runs.
    pub history: bool,
    /// Form of the statements.
    pub format: DumpFormat,
    /// Whether to compress.
    pub gzip: bool,
}

impl ExportOptions {
    fn ending(&self) -> String {
        let ending = match self.format {
            DumpFormat::NQuads => "nq",
            DumpFormat::TriG => "trig",
            DumpFormat::JsonLd => "jsonld",
        };
        if self.gzip { format!("{ending}.gz") } else { ending.to_owned() }
    }

    fn media_type(&self) -> &'static str {
        match self.format {
            DumpFormat::NQuads => "application/n-quads",
            DumpFormat::TriG => "application/trig",
            DumpFormat::JsonLd => "application/ld+json",
        }
    }
}

/// Writes the dump alone.
///
/// # Errors
/// On failure of the storage or of the output.
pub fn export<W: Write>(archive: &Archive, options: &ExportOptions, out: W) -> Result<Counts, BatchError> {
    let selection = Selection { editions: options.editions.clone(), history: options.history };
    let mut out = BufWriter::new(out);
    let counts = if options.gzip {
        // The header carries no time and no name: equal statements give equal bytes.
        let mut encoder = GzEncoder::new(&mut out, Compression::new(LEVEL));
        let counts = archive.export(&selection, options.format, &mut encoder)?;
        encoder.finish().map_err(StoreError::from)?;
        counts
    } else {
        archive.export(&selection, options.format, &mut out)?
    };
    out.flush().map_err(StoreError::from)?;
    Ok(counts)
}

/// Writes the dump to a file that nobody sees before it is whole.
///
/// # Errors
/// On failure of the storage, or when the file cannot be written.
pub fn export_file(archive: &Archive, options: &ExportOptions, path: &Path) -> Result<Counts, BatchError> {
    Ok(write_dump(archive, options, path)?.1)
}

/// Writes the dump, `dataset.ttl` (DCAT and `VoID`) and `SHA256SUMS` into a folder, in this order, each whole or not at all.
/// Returns the name of the dump and what is in it.
///
/// # Errors
/// On failure of the storage, or when the folder cannot be written.
pub fn export_folder(
    archive: &Archive,
    options: &ExportOptions,
    folder: &Path,
) -> Result<(String, Counts), BatchError> {
    fs::create_dir_all(folder).map_err(io_error("make the folder", folder))?;
    let about = About::of(archive, options)?;
    let file = format!("{}.{}", about.stem, options.ending());
    let (dump, counts) = write_dump(archive, options, &folder.join(&file))?;
    let description = archive.describe_dump(&Dump {
        title: [&about.title, about.title_en],
        name: &about.name,
        editions: &options.editions,
        issued: about.issued.as_deref(),
        file: &file,
        media_type: options.media_type(),
        gzip: options.gzip,
        bytes: dump.bytes,
        sha256: &dump.sha256,
        counts: &counts,
    })?;
    let path = folder.join("dataset.ttl");
    let ((), dataset) = whole(&path, |out| out.write_all(description.as_bytes()).map_err(io_error("write", &path)))?;
    let sums = format!("{}  {file}\n{}  dataset.ttl\n", dump.sha256, dataset.sha256);
    let path = folder.join("SHA256SUMS");
    whole(&path, |out| out.write_all(sums.as_bytes()).map_err(io_error("write", &path)))?;
    Ok((file, counts))
}

fn write_dump(archive: &Archive, options: &ExportOptions, path: &Path) -> Result<(Seal, Counts), BatchError> {
    let (counts, seal) = whole(path, |out| export(archive, options, out))?;
    Ok((seal, counts))
}

/// What is to be said of a dump besides its numbers.
#[derive(Debug)]
struct About {
    /// Name of the file without its ending.
    stem: String,
    /// Name of the data set below the description.
    name: String,
    title: String,
    title_en: &'static str,
    issued: Option<String>,
}

impl About {
    fn of(archive: &Archive, options: &ExportOptions) -> Result<Self, BatchError> {
        let registered = archive.registered()?;
        if options.editions.is_empty() {
            let issued = last(registered.iter());
            let title = "報告書の知識グラフ".to_owned();
            let title_en = "Knowledge graph of reports";
            return Ok(Self { stem: "hakusho".to_owned(), name: "dump".to_owned(), title, title_en, issued });
        }
        let of_edition = |e: &NamedNode| registered.iter().filter(|r| r.edition == e.as_str()).collect::<Vec<_>>();
        let loaded: Vec<&Registered> = options.editions.iter().flat_map(of_edition).collect();
        let mut titles: Vec<&str> = loaded.iter().map(|r| r.title.as_str()).collect();
        titles.dedup();
        let slugs: Vec<&str> =
            options.editions.iter().filter_map(|e| e.as_str().rsplit('/').next()).collect::<Vec<_>>();
        Ok(Self {
            stem: if slugs.len() == 1 { slugs[0].to_owned() } else { "editions".to_owned() },
            name: format!("edition/{}", slugs.join("+")),
            title: titles.join("、"),
            title_en: "",
            issued: last(loaded.into_iter()),
        })
    }
}

/// Moment of the last load.
fn last<'r>(registered: impl Iterator<Item = &'r Registered>) -> Option<String> {
    registered.map(|r| r.loaded.clone()).filter(|moment| !moment.is_empty()).max()
}

/// Writes a file under another name and renames it when it is whole.
pub(crate) fn whole<T>(
    path: &Path,
    write: impl FnOnce(&mut Sealing<fs::File>) -> Result<T, BatchError>,
) -> Result<(T, Seal), BatchError> {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let part = path.with_file_name(format!(".{name}.part"));
    let mut sealing = Sealing::new(fs::File::create(&part).map_err(io_error("write", path))?);
    let written = write(&mut sealing).and_then(|value| {
        let (file, seal) = sealing.finish();
        file.sync_all().and_then(|()| fs::rename(&part, path)).map_err(io_error("write", path))?;
        Ok((value, seal))
    });
    if written.is_err() {
        // What is half written helps nobody; the error is what counts.
        let _ = fs::remove_file(&part);
    }
    written
}

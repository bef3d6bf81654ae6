//! What reads files.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Layer;

#[derive(Debug, Args)]
#[command(
    after_help = "Columns: glyphs counts what is shown; from says which step of the decode ladder gave the characters:\n\
    to_unicode, cmap, cid_map, font_program, encoding, actual_text, unmapped (no known meaning, U+FFFD).\n\
    map is what the font's ToUnicode map is worth: none, sound, lying (asked last), or how many codes its character\n\
    collection reads otherwise, with the first.\n\
    Exit status: 0 all files read, 2 some could not be read, 1 none could."
)]
pub(crate) struct FontsArgs {
    /// Reports
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Password of protected files
    #[arg(long, value_name = "TEXT", env = "HAKUSHO_PASSWORD", hide_env_values = true)]
    pub(crate) password: Option<String>,
}

/// Programs that read the characters in pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OcrEngine {
    /// Tesseract with its Japanese data, as installed on this machine
    Tesseract,
}

/// Forms in which `extract` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExtractFormat {
    /// The whole document tree with boxes, mentions and diagnostics
    Json,
    /// Plain text in reading order
    Txt,
    /// Markdown with headings, tables and footnotes
    Md,
    /// One HTML page with anchors, tables and linked footnotes
    Html,
    /// `DoclingDocument` JSON
    Docling,
    /// Tab-separated glyph runs with boxes, straight from the text engine and without analysis
    Runs,
    /// What is left to people to decide, as JSON lines: names that were not linked or not surely
    Questions,
}

impl ExtractFormat {
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Txt => "txt",
            Self::Md => "md",
            Self::Html => "html",
            Self::Docling => "docling.json",
            Self::Runs => "tsv",
            Self::Questions => "questions.jsonl",
        }
    }
}

#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 all files read, 2 some could not be read, 1 none could. A file that cannot be read\n\
    still prints a document that says why in `diagnostics`.\n\
    Pages without a text layer (scans, characters drawn as outlines) are named there with the code\n\
    `no-text-layer`. With `--ocr` their text is read from the page painted at 300 dpi: the code `ocr`\n\
    and `ocr_confidence` of each page (0 to 100) tell how surely; words below 30 are left out."
)]
pub(crate) struct ExtractArgs {
    /// PDF files
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = ExtractFormat::Json)]
    pub(crate) to: ExtractFormat,
    /// Write one file for each input into this folder instead of printing
    #[arg(long, short, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Password for files that need one
    #[arg(long, value_name = "TEXT", env = "HAKUSHO_PASSWORD", hide_env_values = true)]
    pub(crate) password: Option<String>,
    /// Replay the decisions of this file (default: `decisions.tsv` of the data folder, where there is one)
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
    /// Read pages without a text layer by optical character recognition. Needs `apt install tesseract-ocr
    /// tesseract-ocr-jpn tesseract-ocr-jpn-vert` or the like, and some 5 seconds a page
    #[arg(long, value_enum, value_name = "PROGRAM")]
    pub(crate) ocr: Option<OcrEngine>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "An annotation (`NAME.gold.json`) says what a careful reader finds in a report: headings, reading\n\
    order, tables, footnotes, names, events. Only what it annotates is measured. The PDF is the one\n\
    its `file` names, in `--pdfs`, beside the annotation, in DIR or in DIR/pdf; or a `suite.tsv` in\n\
    DIR lists annotation and PDF, a pair a line. All numbers lie between 0 and 1. docs/eval.md\n\
    describes the format and every measure.\n\
    Exit status: 0 all reports measured, 2 some could not be, 1 none could. A PDF that cannot be read\n\
    counts as 0; an annotation that cannot be used does not count."
)]
pub(crate) struct EvalArgs {
    /// Folder of annotations, or one annotation
    #[arg(long, value_name = "DIR")]
    pub(crate) gold: PathBuf,
    /// Folder in which the PDF files are
    #[arg(long, value_name = "DIR")]
    pub(crate) pdfs: Option<PathBuf>,
    /// Folder with lists of names (`*canonical*.json`) for the ids in the annotations, beside those in the annotation's
    /// own folder. Can be given several times
    #[arg(long, value_name = "DIR")]
    pub(crate) names: Vec<PathBuf>,
    /// Measure only reports whose annotation or PDF has a file name like this (`*` any characters, `?` one)
    #[arg(long, value_name = "GLOB")]
    pub(crate) only: Option<String>,
    /// List everything that was missed, wrongly found or different, and how often each rule for names is right
    #[arg(long)]
    pub(crate) misses: bool,
    /// Print all numbers with their counts as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Password for files that need one
    #[arg(long, value_name = "TEXT", env = "HAKUSHO_PASSWORD", hide_env_values = true)]
    pub(crate) password: Option<String>,
    /// Read pages without a text layer by optical character recognition, as `extract` does
    #[arg(long, value_enum, value_name = "PROGRAM")]
    pub(crate) ocr: Option<OcrEngine>,
}

#[derive(Debug, Args)]
#[command(after_help = "The ending of the output says what is written: `.png`, or `.svg` (boxes with names over the\n\
    painted page, for a browser). A legend of the colours goes to standard error.\n\
    Text in a font that the file does not hold is painted in a font of this machine; where none has\n\
    the characters it stays blank, and a warning says so.")]
pub(crate) struct PageArgs {
    /// PDF file
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Physical page, counted from 1
    #[arg(value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) page: u32,
    /// Write to this file, `.png` or `.svg`
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Pixels a point: 1 is 72 dpi
    #[arg(long, value_name = "FACTOR", default_value_t = 2.0)]
    pub(crate) scale: f32,
    /// What to draw boxes around, separated by commas
    #[arg(long, value_enum, value_name = "LAYERS", value_delimiter = ',', default_value = "lines,blocks,exhibits")]
    pub(crate) boxes: Vec<Layer>,
    /// Draw the boxes on white, without the page
    #[arg(long)]
    pub(crate) no_image: bool,
    /// Paint characters whose font the file does not hold in this TrueType or OpenType font
    #[arg(long, value_name = "FILE")]
    pub(crate) font: Option<PathBuf>,
    /// Password for files that need one
    #[arg(long, value_name = "TEXT", env = "HAKUSHO_PASSWORD", hide_env_values = true)]
    pub(crate) password: Option<String>,
    /// Read pages without a text layer by optical character recognition. Needs `apt install tesseract-ocr
    /// tesseract-ocr-jpn tesseract-ocr-jpn-vert` or the like, and some 5 seconds a page
    #[arg(long, value_enum, value_name = "PROGRAM")]
    pub(crate) ocr: Option<OcrEngine>,
}

//! What can be written on the command line. Help text, completions and checks come from here.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Turns Japanese PDF reports into a knowledge graph whose every statement leads back to the printed line it came from.
#[derive(Debug, Parser)]
#[command(name = "hakusho", version, propagate_version = true, disable_help_subcommand = true)]
#[command(
    after_help = "Start with `hakusho demo`. Results go to standard output, progress and messages to standard error.\n\
    Exit status: 0 done, 1 nothing done or an error, 2 done but some files failed, 3 a question passed a limit."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// Folder in which everything is kept
    #[arg(long, global = true, value_name = "DIR", env = "HAKUSHO_DATA", default_value = "./hakusho-data")]
    pub(crate) data: PathBuf,
    /// Threads to use (default: one for each processor)
    #[arg(long, global = true, value_name = "N", env = "HAKUSHO_THREADS")]
    pub(crate) threads: Option<usize>,
    /// Show no progress and no remarks, only results and errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Load the bundled sample editions and answer questions about them
    #[cfg(feature = "store")]
    Demo(DemoArgs),
    /// Make an empty data folder
    #[cfg(feature = "store")]
    Init(InitArgs),
    /// Read reports and print their structure, without storing anything
    Extract(ExtractArgs),
    /// List the fonts of a report: where their characters come from and what their maps are worth
    Fonts(FontsArgs),
    /// Paint a page with the boxes of what was read on it
    Page(PageArgs),
    /// Measure how well reports are read, against annotations of them
    Eval(EvalArgs),
    /// Check the lists of names, and import official ones (法人番号, 法令, 学校コード, …)
    Lexicon(LexiconArgs),
    /// Say what `ingest` would do: what becomes of each file, and which statements would come and go
    #[cfg(feature = "store")]
    Plan(PlanArgs),
    /// Load reports: files, folders, folders of a series
    #[cfg(feature = "store")]
    Ingest(IngestArgs),
    /// Ask a SPARQL question
    #[cfg(feature = "store")]
    Query(QueryArgs),
    /// Find words in passages, exhibits, captions, section titles and names
    #[cfg(feature = "store")]
    Search(SearchArgs),
    /// Answer over HTTP: SPARQL endpoint, web page, pages for everything that has an IRI
    #[cfg(feature = "store")]
    Serve(ServeArgs),
    /// List, show, verify and take out what is loaded
    #[cfg(feature = "store")]
    Editions(EditionsArgs),
    /// Show the printed line behind a statement
    #[cfg(feature = "store")]
    Evidence(EvidenceArgs),
    /// Work the queue of questions: names that were not linked or not surely, and what people decided about them
    #[cfg(feature = "store")]
    Review(ReviewArgs),
    /// Show who is named with whom, and how two are connected
    #[cfg(feature = "store")]
    Insight(InsightArgs),
    /// Write everything that is loaded, or some editions, as sorted statements
    #[cfg(feature = "store")]
    Export(ExportArgs),
    /// Print what the archive says of itself: counts, graphs, prefixes, example questions
    #[cfg(feature = "store")]
    Describe,
    /// Judge the store by integrity rules and SHACL shapes
    #[cfg(feature = "store")]
    Check(CheckArgs),
    /// Copy the data folder into a new folder that says of every file what it was; others may read and write meanwhile
    #[cfg(feature = "store")]
    Backup(BackupArgs),
    /// Make the data folder of a backup, which is checked first
    #[cfg(feature = "store")]
    Restore(RestoreArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Keep the demo's data in this folder (default: a folder of its own beside other temporary files, made anew)
    #[arg(long, value_name = "DIR")]
    pub(crate) into: Option<PathBuf>,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
#[command(
    after_help = "What is loaded, replaced or withdrawn meanwhile is seen when the load has ended; readers see whole editions only.\n\
    One line of JSON a request goes to standard error, without the text of queries. Stop with Ctrl-C."
)]
pub(crate) struct ServeArgs {
    /// Address to listen at; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7878", env = "HAKUSHO_BIND")]
    pub(crate) bind: std::net::SocketAddr,
    /// Address under which clients reach it, where that is another one (behind a proxy with TLS)
    #[arg(long, value_name = "URL")]
    pub(crate) public_url: Option<String>,
    /// Stop a question after so many seconds, 0 for never
    #[arg(long, value_name = "SECONDS", default_value_t = 30.0)]
    pub(crate) timeout: f64,
    /// Refuse answers with more rows
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    pub(crate) max_rows: usize,
    /// Refuse answers with more bytes
    #[arg(long, value_name = "N", default_value_t = 268_435_456)]
    pub(crate) max_bytes: usize,
    /// Stop questions while the program has grown by so many megabytes, 0 for no limit (Linux)
    #[arg(long, value_name = "MB", default_value_t = 2048)]
    pub(crate) max_memory: u64,
    /// Questions and other work at the same time (default: two for each processor)
    #[arg(long, value_name = "N")]
    pub(crate) concurrency: Option<usize>,
    /// Requests that may wait for their turn
    #[arg(long, value_name = "N", default_value_t = 256)]
    pub(crate) queue: usize,
    /// Requests a second of one client, 0 for any number
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) rate: u32,
    /// Most megabytes of page images kept on disk
    #[arg(long, value_name = "MB", default_value_t = 1024)]
    pub(crate) image_cache: u64,
    /// Most megabytes of answers kept in memory until something else is loaded, 0 for none
    #[arg(long, value_name = "MB", default_value_t = 32)]
    pub(crate) answer_cache: usize,
    /// File with the token that decisions about names and updates have to show; without it none are taken
    #[arg(long, value_name = "FILE", env = "HAKUSHO_TOKEN_FILE")]
    pub(crate) token_file: Option<PathBuf>,
    /// Take SPARQL updates from those who show the token, for graphs of their own beside what was loaded
    #[arg(long, requires = "token_file")]
    pub(crate) allow_update: bool,
    /// Let `SERVICE <URL>` ask this endpoint, at public addresses alone; may be given several times
    #[arg(long, value_name = "URL")]
    pub(crate) allow_service: Vec<String>,
    /// Log the text of questions too
    #[arg(long)]
    pub(crate) log_queries: bool,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// Namespace of everything the reports speak of; it cannot be changed later
    #[arg(long, value_name = "IRI")]
    pub(crate) base: Option<String>,
}

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
pub(crate) struct LexiconArgs {
    #[command(subcommand)]
    pub(crate) command: LexiconCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum LexiconCommand {
    /// Say what is wrong in lists of names: form, ids, check digits, links, ambiguous names
    Check(LexiconCheckArgs),
    /// Make a layer of names from an official list
    Import(LexiconImportArgs),
    /// List the imported layers
    List {
        /// Print as JSON
        #[arg(long)]
        json: bool,
    },
    /// Remove an imported layer
    Remove {
        /// Its name, as `lexicon list` shows it
        #[arg(value_name = "NAME")]
        name: String,
    },
}

#[derive(Debug, Args)]
#[command(
    after_help = "Without FILE the lists that come with the program are checked. A FILE that is named as one of\n\
    these takes its place; others may refer to their entries. `--quiet` leaves warnings out.\n\
    ontology/lexicon/README.md says what the columns hold.\n\
    Exit status: 0 no errors (there may be warnings), 2 some files have errors, 1 all have."
)]
pub(crate) struct LexiconCheckArgs {
    /// Lists to check (`.tsv`)
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Print everything as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Kinds of lists that `lexicon import` reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListKind {
    /// 国税庁 法人番号, 全件データ (CSV, Shift-JIS or Unicode): all corporate bodies of Japan
    Hojin,
    /// e-Gov 法令一覧 (CSV), or the answer of 法令API version 2 `/laws` (JSON): laws and orders with short names (略称)
    Egov,
    /// EDINETコードリスト (`EdinetcodeDlInfo.csv`): companies that file securities reports
    Edinet,
    /// 文部科学省 学校コード一覧 (CSV): universities and colleges
    Mext,
    /// 総務省 全国地方公共団体コード (CSV): prefectures and municipalities
    Dantai,
    /// MITRE ATT&CK (STIX 2.1 bundle, JSON): techniques, groups, software, campaigns
    Attack,
    /// ISO 3166-1 (CSV with alpha-2 code, Japanese and English name, in the order its header says): countries
    Iso3166,
    /// A SKOS vocabulary (`.ttl`, `.nt`, `.rdf`)
    Skos,
}

#[derive(Debug, Args)]
#[command(
    after_help = "The layer is a table in `lexicon/` of the data folder, with its source, hash and licence in front.\n\
    All commands that read reports with this data folder use it. Where a row has an identifier of a\n\
    name that comes with the program, its names are added there; a name that the program has for\n\
    something else is not taken over. Short and common names count only where the report explains them.\n\
    A row that cannot be used is counted with its line and the reason. docs/lexicon.md says where to\n\
    get the lists.\n\
    Exit status: 0 the layer is there, 1 the file cannot be used."
)]
pub(crate) struct LexiconImportArgs {
    /// What list it is
    #[arg(value_enum, value_name = "KIND", hide_possible_values = false)]
    pub(crate) kind: ListKind,
    /// The list as downloaded (unpacked)
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Date the list speaks for (default: what the file says)
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) as_of: Option<String>,
    /// Name of the layer; one of that name is replaced (default: KIND)
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Licence and notice to keep with the names (default: that of the official list)
    #[arg(long, value_name = "TEXT")]
    pub(crate) licence: Option<String>,
    /// For `skos`: type of the entities (`ORG`, `LAW`, `THREAT`, `INCIDENT`, `SURVEY`, `CERT`, `PRODUCT`, `LOC`, `PERSON`, `EVENT`)
    #[arg(long = "type", value_name = "TYPE", default_value = "THREAT")]
    pub(crate) entity: String,
    /// For `skos`: kind of the entities within their type (default: `concept`, `association`, `guideline` or the like)
    #[arg(long, value_name = "WORD")]
    pub(crate) class: Option<String>,
}

/// What `page` draws boxes around.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Layer {
    /// Pictures
    Images,
    /// Filled and stroked shapes that are no ruling lines
    Shapes,
    /// Ruling lines
    Rules,
    /// Single characters; those of vertical runs, hidden and repeated ones in colours of their own
    Glyphs,
    /// Printed lines of the blocks
    Lines,
    /// Tables
    Tables,
    /// Blocks, each kind in its colour
    Blocks,
    /// Running heads, page numbers, side tabs
    Furniture,
    /// Figures, tables and charts with what belongs to them
    Exhibits,
    /// Links
    Links,
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

#[cfg(feature = "store")]
#[derive(Debug, Args)]
#[command(
    after_help = "All files of an edition come in together or not at all; a load that was cut off is done again and goes on\n\
    where it was. Two files of one load that are the same part of the same edition are in conflict: the\n\
    one that is loaded already counts, else the first.\n\
    Exit status: 0 all files are in, 2 some failed, 1 nothing could be done."
)]
pub(crate) struct IngestArgs {
    #[command(flatten)]
    pub(crate) reports: ReportArgs,
    /// Statements to write to the store in one step, about; less takes less memory and more time. An edition is never divided
    #[arg(long, value_name = "N", default_value_t = hakusho_batch::STEP)]
    pub(crate) step: usize,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
#[command(
    after_help = "The store stays as it is. What was read of the files is kept in the data folder, so that `ingest` need not read\n\
    them again.\n\
    Exit status: 0 all files could be loaded, 2 some could not, 1 none could."
)]
pub(crate) struct PlanArgs {
    #[command(flatten)]
    pub(crate) reports: ReportArgs,
}

/// Reports to load, and how.
#[cfg(feature = "store")]
#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    /// PDF files or folders
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Password for files that need one
    #[arg(long, value_name = "TEXT", env = "HAKUSHO_PASSWORD", hide_env_values = true)]
    pub(crate) password: Option<String>,
    /// Read pages without a text layer by optical character recognition. Needs `apt install tesseract-ocr
    /// tesseract-ocr-jpn tesseract-ocr-jpn-vert` or the like, and some 5 seconds a page
    #[arg(long, value_enum, value_name = "PROGRAM")]
    pub(crate) ocr: Option<OcrEngine>,
    /// How much of a report goes into its graph; what hakusho.toml says unless given. Files loaded otherwise are renewed
    #[arg(long, value_enum, value_name = "HOW")]
    pub(crate) detail: Option<GraphDetail>,
    /// Print the outcome as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Forms in which `editions diff` prints.
#[cfg(feature = "store")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For reading
    Text,
    /// Everything, with places
    Json,
    /// A set of changes in RDF (Turtle), each with its evidence
    Ttl,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
#[command(
    after_help = "Sections and exhibits are aligned by number and title; a title that differs only in its year is the same.\n\
    Figures are compared within exhibits that go together, within one survey, and in sentences that use the\n\
    same words: `revised` is another value for the same year, `regrouped` the same among other rows, `updated` the value\n\
    of another year.\n\
    docs/editions.md says how everything is compared.\n\
    Exit status: 0 compared, whether or not something changed; 1 an edition is not there."
)]
pub(crate) struct DiffArgs {
    /// The earlier edition: its slug, IRI, part of its title, name of a file; or a PDF file, which need not be loaded
    #[arg(value_name = "BEFORE")]
    pub(crate) before: String,
    /// The later edition
    #[arg(value_name = "AFTER")]
    pub(crate) after: String,
    /// Form of the answer
    #[arg(long, value_enum, value_name = "FORM", default_value_t = DiffFormat::Text)]
    pub(crate) to: DiffFormat,
    /// Print as JSON
    #[arg(long, conflicts_with = "to")]
    pub(crate) json: bool,
    /// Rows of each table at most; 0 shows all
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Findings shown of each rule
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) most: usize,
    /// Print the outcome as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// How much of a report goes into its graph.
#[cfg(feature = "store")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GraphDetail {
    /// What questions need: claims, evidence with boxes and offsets, passages
    Lean,
    /// Also every mention with its own place and rule, table cells, references, Web Annotation selectors
    Full,
}

/// Forms in which `query` answers.
#[cfg(feature = "store")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum QueryFormat {
    /// For reading in a terminal
    Table,
    /// Comma-separated values
    Csv,
    /// Tab-separated values with full terms
    Tsv,
    /// SPARQL results in JSON
    Json,
    /// SPARQL results in XML
    Xml,
    /// Turtle, for CONSTRUCT and DESCRIBE
    Ttl,
    /// N-Triples, for CONSTRUCT and DESCRIBE
    Nt,
    /// JSON-LD, for CONSTRUCT and DESCRIBE
    Jsonld,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
#[command(
    group(clap::ArgGroup::new("what").required(true).args(["file", "text", "example", "examples"])),
    after_help = "An answer is whole or there is none: a question that passes a limit is stopped, and nothing of its answer is\n\
    printed. Graphs (CONSTRUCT, DESCRIBE) come as Turtle unless another form for graphs is asked for. What is asked\n\
    sees all that is current; a file that was replaced or withdrawn is seen by naming its graph (GRAPH, FROM).\n\
    SERVICE reaches no network. Ctrl-C ends it at once.\n\
    Exit status: 0 answered, 1 the question cannot be understood, is too large, or fails; 3 it passed a limit."
)]
pub(crate) struct QueryArgs {
    /// File with the query, or `-` for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// The query itself
    #[arg(long, short = 'e', value_name = "TEXT")]
    pub(crate) text: Option<String>,
    /// Ask one of the example questions
    #[arg(long, value_name = "NAME")]
    pub(crate) example: Option<String>,
    /// List the example questions
    #[arg(long)]
    pub(crate) examples: bool,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = QueryFormat::Table)]
    pub(crate) format: QueryFormat,
    /// Say how the question would be worked on and what is likely to be slow, instead of answering it
    #[arg(long)]
    pub(crate) explain: bool,
    /// Stop after this time; 0 for no limit
    #[arg(long, value_name = "SECONDS", default_value_t = 60.0)]
    pub(crate) timeout: f64,
    /// Refuse answers of more rows (or statements) than this
    #[arg(long, value_name = "N")]
    pub(crate) max_rows: Option<usize>,
    /// Refuse answers of more bytes than this
    #[arg(long, value_name = "N")]
    pub(crate) max_bytes: Option<usize>,
    /// Stop when the program has grown by this much; 0 for no limit. Linux only
    #[arg(long, value_name = "MB", default_value_t = 2048)]
    pub(crate) max_memory: u64,
}

/// What a text is.
#[cfg(feature = "store")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SearchKind {
    /// Paragraphs, list items, chronology entries, boxes and notes
    Passage,
    /// What stands in tables, charts and figures
    Exhibit,
    /// Captions of tables, charts and figures
    Caption,
    /// Titles of sections
    Title,
    /// Names of organisations, laws, threats and the like
    Label,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
#[command(
    after_help = "Words are separated by spaces, and all of them must be there. A word is found as it stands, also inside a longer \
one in Japanese: 標的型 finds 標的型攻撃. Words of Latin letters and numbers are found whole. Width (Ａ, ｶﾅ) and capitals do not matter.\n\n  \
\"zero trust\"   words that follow each other\n  A OR B         one of the two\n  -word          not with this word\n\n\
Put everything in one pair of single quotation marks, so that the shell leaves it alone: hakusho search '\"zero trust\" -VPN'"
)]
pub(crate) struct SearchArgs {
    /// Words to look for
    #[arg(value_name = "WORDS", required_unless_present = "reindex")]
    pub(crate) words: Vec<String>,
    /// Most hits that are shown
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) limit: u32,
    /// Only texts of this kind
    #[arg(long, value_enum)]
    pub(crate) kind: Option<SearchKind>,
    /// Print as JSON, with places in the text and printed lines
    #[arg(long)]
    pub(crate) json: bool,
    /// Make the search index anew
    #[arg(long)]
    pub(crate) reindex: bool,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
pub(crate) struct EditionsArgs {
    #[command(subcommand)]
    pub(crate) command: EditionsCommand,
}

#[cfg(feature = "store")]
#[derive(Debug, Subcommand)]
pub(crate) enum EditionsCommand {
    /// One line for each loaded file
    List {
        /// Print as JSON
        #[arg(long)]
        json: bool,
    },
    /// Everything the registry knows of an edition, with its history
    Show {
        /// Its slug (`ict-wp-2024`), IRI, part of its title, or name of a file
        #[arg(value_name = "EDITION")]
        edition: String,
    },
    /// Take an edition or one of its files out of the store
    Retract(RetractArgs),
    /// Check that what is loaded is still what was read
    Verify(VerifyArgs),
    /// What changed between two editions
    Diff(DiffArgs),
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
#[command(
    after_help = "Every statement of the file goes, and those about shared things that no other loaded file makes.\n\
    Statements of other files stay. The PDF and what was read from it stay in `objects/` of the data\n\
    folder, and the registry keeps the history: `ingest` of the same file brings all of it back.\n\
    Exit status: 0 done, 1 nothing of that name is loaded."
)]
pub(crate) struct RetractArgs {
    /// Slug or IRI of an edition; or name, IRI or SHA-256 of a file (its first 8 characters are enough)
    #[arg(value_name = "EDITION|FILE")]
    pub(crate) name: String,
    /// List what would go, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Print as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
#[command(
    after_help = "For each file: the stored PDF against its SHA-256, the artifact against the hash in the registry, the\n\
    graph in the store against the artifact, statement by statement, and every quote against the\n\
    document at its offsets. `--rebuild` reads the stored PDFs again and compares the hashes; files that\n\
    were loaded by another version, with other lists or decisions, or with other options cannot be\n\
    compared and are named.\n\
    Exit status: 0 all is well, 2 some files differ, 1 all do."
)]
pub(crate) struct VerifyArgs {
    /// Slug or IRI of an edition; or name, IRI or SHA-256 of a file (default: all that is loaded)
    #[arg(value_name = "EDITION|FILE")]
    pub(crate) name: Option<String>,
    /// Read the stored PDFs again and compare
    #[arg(long)]
    pub(crate) rebuild: bool,
    /// Password for files that need one
    #[arg(long, value_name = "TEXT", env = "HAKUSHO_PASSWORD", hide_env_values = true)]
    pub(crate) password: Option<String>,
    /// How much of the reports went into their graphs; what hakusho.toml says unless given
    #[arg(long, value_enum, value_name = "HOW")]
    pub(crate) detail: Option<GraphDetail>,
    /// Recogniser the files were read with
    #[arg(long, value_enum, value_name = "PROGRAM")]
    pub(crate) ocr: Option<OcrEngine>,
    /// Print as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
pub(crate) struct EvidenceArgs {
    /// IRI of a statement's subject or of the evidence itself
    #[arg(value_name = "IRI")]
    pub(crate) iri: String,
    /// Print as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Kinds of questions.
#[cfg(feature = "store")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Asked {
    /// Several entries have this name, and none is ahead
    Ambiguous,
    /// Short or common names that need support and never had it
    Weak,
    /// Names that no list has
    Unlisted,
    /// Words that lean on a name (同社, 同法) and found none
    Leaning,
    /// Links that were made without being sure
    Low,
    /// Dates without a year to count from
    Undated,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
#[command(
    after_help = "A decision is a line of a tab-separated file: surface, type, action, target, scope, note, made.\n\
    Actions: is (it names the target), not (it is no name), type (it is of the type in target),\n\
    same (the unlisted name is the target), differs (it is not the listed thing).\n\
    Decisions are kept in `decisions.tsv` of the data folder and replayed by every `ingest`;\n\
    docs/review.md describes the queue and the file."
)]
pub(crate) struct ReviewArgs {
    #[command(subcommand)]
    pub(crate) command: ReviewCommand,
}

#[cfg(feature = "store")]
#[derive(Debug, Subcommand)]
pub(crate) enum ReviewCommand {
    /// One line for each question of all loaded files, the most frequent first
    List(ReviewListArgs),
    /// Everything about one question: places, candidates and their reasons
    Show {
        /// Its id, or the beginning of it
        #[arg(value_name = "ID")]
        id: String,
        /// Print as JSON
        #[arg(long)]
        json: bool,
    },
    /// Check the decisions of a file and take them up; `ingest` replays them
    #[command(after_help = "Exit status: 0 all rows are taken up, 2 some were refused, 1 none could be.")]
    Apply {
        /// Tab-separated file with a header row
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
pub(crate) struct ReviewListArgs {
    /// Only questions of this kind
    #[arg(long, value_enum, value_name = "KIND")]
    pub(crate) kind: Option<Asked>,
    /// At most this many
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Print as JSON
    #[arg(long, conflicts_with = "tsv")]
    pub(crate) json: bool,
    /// Print a table of decisions to fill in and apply
    #[arg(long)]
    pub(crate) tsv: bool,
    /// List what was decided and how often each decision applied, instead of questions
    #[arg(long, conflicts_with_all = ["kind", "tsv", "limit"])]
    pub(crate) decisions: bool,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
pub(crate) struct InsightArgs {
    #[command(subcommand)]
    pub(crate) command: InsightCommand,
}

#[cfg(feature = "store")]
#[derive(Debug, Subcommand)]
pub(crate) enum InsightCommand {
    /// Names that sentences mention together, those with the most sentences first
    Network {
        /// How many to show
        #[arg(long, default_value_t = 20, value_name = "N")]
        top: usize,
    },
    /// The shortest chain of sentences from one name to another
    Path {
        /// Label or IRI (`総務省`)
        from: String,
        /// Label or IRI
        to: String,
    },
}

/// Forms in which `export` writes.
#[cfg(feature = "store")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// A statement a line, the lines of each graph sorted
    Nquads,
    /// Graph by graph and subject by subject, with prefixes
    Trig,
    /// One list of graphs
    Jsonld,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
#[command(
    after_help = "An edition is the graphs of its files, what these refer to, and its entry in the registry. The same\n\
    archive gives the same bytes: graphs come in the order of their names; runs of loads, which carry the\n\
    time of the clock, are left out unless `--history` is given.\n\
    A folder gets the dump, `dataset.ttl` (DCAT and VoID) and `SHA256SUMS` (`sha256sum -c` checks them)."
)]
pub(crate) struct ExportArgs {
    /// Slugs (`ict-wp-2024`), IRIs or parts of titles of editions (default: everything)
    #[arg(value_name = "EDITION")]
    pub(crate) editions: Vec<String>,
    /// Form of the statements
    #[arg(long, value_enum, default_value_t = ExportFormat::Nquads)]
    pub(crate) format: ExportFormat,
    /// Write to this file, or into this folder: one that is there, or a name that ends in a slash. `-` is standard output
    #[arg(long, short, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,
    /// Compress (gzip)
    #[arg(long)]
    pub(crate) gzip: bool,
    /// Tell of the runs that loaded the files, too
    #[arg(long)]
    pub(crate) history: bool,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
#[command(
    after_help = "A backup is a bag (BagIt, RFC 8493): any BagIt tool can check it. It holds configuration, decisions, imported\n\
    layers, review files, all objects (by hard links where the file system can) and the store as N-Quads.\n\
    It is the state of one moment, and it appears when it is whole.\n\
    Exit status: 0 done, 2 done but some objects were damaged before, 1 not done."
)]
pub(crate) struct BackupArgs {
    /// The folder to make
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
}

#[cfg(feature = "store")]
#[derive(Debug, Args)]
#[command(
    after_help = "The data folder (`--data`) must not be there or must be empty, unless `--force` is given. It appears when it\n\
    is whole. Exit status: 0 done, 1 the backup is damaged or nothing could be done."
)]
pub(crate) struct RestoreArgs {
    /// The backup
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    /// Only check the backup
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Take the place of a data folder that is there
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

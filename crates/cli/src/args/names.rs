//! Lists of names.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

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

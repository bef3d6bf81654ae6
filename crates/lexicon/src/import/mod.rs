//! Official lists to entries: one module a kind of list, pure over the bytes of the file.

mod attack;
mod concepts;
mod dantai;
mod draft;
mod edinet;
mod egov;
mod egov_json;
mod hojin;
mod iso3166;
mod legal_forms;
mod mext;
mod table;

use thiserror::Error;

pub use concepts::{Concept, import_concepts};

use self::table::Row;
use crate::entries::Entry;
use crate::layer::{Skipped, Skips};

/// Kinds of lists that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ImportKind {
    /// 国税庁 法人番号: all corporate bodies of Japan.
    Hojin,
    /// e-Gov 法令検索: laws and orders in force.
    Egov,
    /// EDINETコードリスト: who files securities reports.
    Edinet,
    /// 文部科学省 学校コード: universities and colleges.
    Mext,
    /// 総務省 全国地方公共団体コード: prefectures and municipalities.
    Dantai,
    /// MITRE ATT&CK: techniques, groups, software, campaigns.
    Attack,
    /// ISO 3166-1: countries.
    Iso3166,
    /// A SKOS vocabulary.
    Skos,
}

impl ImportKind {
    /// All kinds.
    pub const ALL: [Self; 8] =
        [Self::Hojin, Self::Egov, Self::Edinet, Self::Mext, Self::Dantai, Self::Attack, Self::Iso3166, Self::Skos];

    /// The name used on the command line and in layers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hojin => "hojin",
            Self::Egov => "egov",
            Self::Edinet => "edinet",
            Self::Mext => "mext",
            Self::Dantai => "dantai",
            Self::Attack => "attack",
            Self::Iso3166 => "iso3166",
            Self::Skos => "skos",
        }
    }

    /// The terms under which the list is published, with the notice to keep; empty where they differ from file to file.
    pub fn licence(self) -> &'static str {
        match self {
            Self::Hojin => "PDL1.0; 出典：国税庁法人番号公表サイト（国税庁）を加工して作成",
            Self::Egov => "PDL1.0; 出典：e-Gov法令検索（デジタル庁）を加工して作成",
            Self::Edinet => "PDL1.0; 出典：EDINET閲覧（提出）サイト（金融庁）をもとに作成",
            Self::Mext => "文部科学省ウェブサイト利用規約; 出典：文部科学省 学校コードを加工して作成",
            Self::Dantai => "総務省ホームページ利用規約; 出典：総務省 全国地方公共団体コードを加工して作成",
            Self::Attack => {
                "ATT&CK terms of use; © The MITRE Corporation. This work is reproduced and distributed with the \
                 permission of The MITRE Corporation."
            }
            Self::Iso3166 | Self::Skos => "",
        }
    }
}

/// What came of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Entries sorted by id, each id once.
    pub entries: Vec<Entry>,
    /// Rows that were read, with those skipped.
    pub rows: usize,
    /// Rows that gave no entry, by reason.
    pub skipped: Vec<Skipped>,
    /// Date that the file itself names, empty if none.
    pub date: String,
}

/// A list that cannot be read at all. Rows that cannot be read are data: see [`Imported::skipped`].
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ImportError {
    /// Neither UTF-8 nor Shift-JIS.
    #[error("line {line} is neither UTF-8 nor Shift-JIS; save the list as CSV in one of these")]
    Encoding {
        /// First line that cannot be decoded.
        line: usize,
    },
    /// No header with the columns that are needed.
    #[error("no header with the column {missing} in the first lines; found {found}")]
    Columns {
        /// The columns that are needed and are not there.
        missing: String,
        /// What stands in the first line.
        found: String,
    },
    /// Not the JSON that was expected.
    #[error("line {line}, column {column}: {problem}")]
    Json {
        /// Line from 1.
        line: usize,
        /// Column from 1.
        column: usize,
        /// What is wrong.
        problem: String,
    },
    /// Neither a CSV list nor JSON, or JSON of another kind.
    #[error("{0}")]
    Shape(String),
    /// A table that comes with the program is malformed, which a test excludes.
    #[error(transparent)]
    Table(#[from] crate::tsv::TableError),
}

/// Reads an official list.
///
/// The same bytes give the same entries. SKOS is read by `hakusho_rdf` and handed to [`import_concepts`].
///
/// # Errors
/// When the file as a whole is not what the kind says: another encoding, no such columns, no such JSON.
pub fn import(kind: ImportKind, bytes: &[u8]) -> Result<Imported, ImportError> {
    match kind {
        ImportKind::Hojin => hojin::import(bytes),
        ImportKind::Egov if table::is_json(bytes) => egov_json::import(bytes),
        ImportKind::Egov => egov::import(bytes),
        ImportKind::Edinet => edinet::import(bytes),
        ImportKind::Mext => mext::import(bytes),
        ImportKind::Dantai => dantai::import(bytes),
        ImportKind::Attack => attack::import(bytes),
        ImportKind::Iso3166 => iso3166::import(bytes),
        ImportKind::Skos => Err(ImportError::Shape("a SKOS vocabulary is RDF, and is read as such".to_owned())),
    }
}

/// Goes through the rows of a CSV text behind its header: what a row gives, or why it gives nothing.
pub(crate) fn from_rows(
    text: &str,
    header: usize,
    date: String,
    entry: impl Fn(&Row) -> Result<Entry, &'static str>,
) -> Imported {
    let mut skips = Skips::default();
    let (mut drafts, mut bad, mut read) = (Vec::new(), Vec::new(), 0);
    for row in table::rows(text, &mut skips).filter(|r| r.line > header) {
        read += 1;
        match entry(&row) {
            Ok(entry) => drafts.push((row.line, entry)),
            Err(reason) => bad.push((row.line, reason)),
        }
    }
    read += skips.count();
    for (line, reason) in bad {
        skips.add(line, reason);
    }
    imported(drafts, read, skips, date)
}

/// Entries with their lines to what came of the list: sorted, each id once, names that several have made weak.
pub(crate) fn imported(drafts: Vec<(usize, Entry)>, rows: usize, mut skips: Skips, date: String) -> Imported {
    let mut drafts = drafts;
    drafts.sort_by(|a, b| a.1.id.cmp(&b.1.id).then(a.0.cmp(&b.0)));
    let mut entries: Vec<Entry> = Vec::with_capacity(drafts.len());
    let mut again = Vec::new();
    for (line, entry) in drafts {
        if entries.last().is_some_and(|last| last.id == entry.id) {
            again.push(line);
        } else {
            entries.push(entry);
        }
    }
    again.sort_unstable();
    for line in again {
        skips.add(line, "the same identifier as an earlier row");
    }
    draft::weaken_shared(&mut entries);
    Imported { entries, rows, skipped: skips.finish(), date }
}

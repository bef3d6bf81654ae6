//! Entries of the authority lists.

use hakusho_model::MentionKind;

use crate::embedded::FILES;
use crate::tsv::{TableError, rows};

/// Columns of an authority table, in order.
pub const COLUMNS: [&str; 12] =
    ["id", "type", "kind", "ja", "en", "aliases", "weak", "country", "ids", "valid", "links", "source"];

/// One thing with its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Path below the data namespace (`org/jp/2000012020001`).
    pub id: String,
    /// Type.
    pub kind: MentionKind,
    /// Finer kind (`ministry`, `act`).
    pub class: String,
    /// Label to show.
    pub ja: String,
    /// English label, may be empty.
    pub en: String,
    /// Surface forms that are safe anywhere.
    pub aliases: Vec<String>,
    /// Surface forms that need support.
    pub weak: Vec<String>,
    /// ISO 3166 country of seat, jurisdiction or maker.
    pub country: String,
    /// Identifiers as scheme and value.
    pub ids: Vec<(String, String)>,
    /// EDTF interval of validity, may be empty.
    pub valid: String,
    /// Relations to other entries or IRIs.
    pub links: Vec<(String, String)>,
    /// Where identifiers and dates were checked.
    pub source: String,
}

impl Entry {
    /// Identifier under a scheme (`hojin`).
    pub fn identifier(&self, scheme: &str) -> Option<&str> {
        self.ids.iter().find(|(s, _)| s == scheme).map(|(_, v)| v.as_str())
    }
}

/// Reads an authority table.
///
/// # Errors
/// When the header differs from [`COLUMNS`], or a row has no id, no label or an unknown type.
pub fn read_entries(file: &str, text: &str) -> Result<Vec<Entry>, TableError> {
    let table = rows(file, text)?;
    if table.header != COLUMNS {
        return Err(TableError::new(file, 1, format!("the header must be {}", COLUMNS.join(" "))));
    }
    table.rows.iter().map(|(line, cells)| entry(file, *line, cells)).collect()
}

fn entry(file: &str, line: usize, cells: &[&str]) -> Result<Entry, TableError> {
    let kind = MentionKind::parse(cells[1])
        .ok_or_else(|| TableError::new(file, line, format!("`{}` is no type of entity", cells[1])))?;
    if cells[0].is_empty() || cells[3].is_empty() {
        return Err(TableError::new(file, line, "id and ja must not be empty"));
    }
    let list = |cell: &str| cell.split('|').map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned).collect();
    let pairs = |cell: &str| -> Vec<(String, String)> {
        let pair = |s: &str| s.split_once(':').map(|(a, b)| (a.trim().to_owned(), b.trim().to_owned()));
        cell.split('|').filter_map(pair).collect()
    };
    Ok(Entry {
        id: cells[0].to_owned(),
        kind,
        class: cells[2].to_owned(),
        ja: cells[3].to_owned(),
        en: cells[4].to_owned(),
        aliases: list(cells[5]),
        weak: list(cells[6]),
        country: cells[7].to_owned(),
        ids: pairs(cells[8]),
        valid: cells[9].to_owned(),
        links: pairs(cells[10]),
        source: cells[11].to_owned(),
    })
}

/// All entries that come with the program, in order of file and row.
///
/// # Errors
/// When an embedded table is malformed, which a test excludes.
pub fn embedded_entries() -> Result<Vec<Entry>, TableError> {
    let mut entries = Vec::new();
    for (name, text) in FILES {
        let header = text.lines().find(|l| !l.starts_with('#')).unwrap_or_default();
        if header.split('\t').eq(COLUMNS) {
            entries.extend(read_entries(name, text)?);
        }
    }
    Ok(entries)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A made-up company with plain aliases.
    pub(crate) fn entry(id: &str, ja: &str, aliases: &[&str]) -> Entry {
        Entry {
            id: id.to_owned(),
            kind: MentionKind::Org,
            class: "company".to_owned(),
            ja: ja.to_owned(),
            en: String::new(),
            aliases: aliases.iter().map(|a| (*a).to_owned()).collect(),
            weak: Vec::new(),
            country: "JP".to_owned(),
            ids: Vec::new(),
            valid: String::new(),
            links: Vec::new(),
            source: "hand".to_owned(),
        }
    }

    #[test]
    fn a_row_reads_into_an_entry() {
        let text = format!(
            "{}\norg/x/a\tORG\tcompany\t甲社\tA\tア|エー\tA\tJP\thojin:1|sec:2\t2001/..\tparent:org/x/b\thand\n",
            COLUMNS.join("\t")
        );
        let entries = read_entries("t.tsv", &text).expect("well formed");
        assert_eq!(entries[0].aliases, ["ア", "エー"]);
        assert_eq!(entries[0].identifier("sec"), Some("2"));
    }

    #[test]
    fn unknown_types_are_refused_with_their_line() {
        let text = format!("{}\norg/x/a\tFIRM\tcompany\t甲社\n", COLUMNS.join("\t"));
        let error = read_entries("t.tsv", &text).expect_err("unknown type");
        assert_eq!(error.to_string(), "`t.tsv` line 2: `FIRM` is no type of entity");
    }

    #[test]
    fn embedded_tables_are_well_formed_and_plenty() {
        let entries = embedded_entries().expect("well formed");
        assert!(entries.len() >= 2000, "{} entries", entries.len());
        let mut ids: Vec<&str> = entries.iter().map(|e| e.id.as_str()).collect();
        ids.sort_unstable();
        let before = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), before, "ids are unique over all tables");
    }
}

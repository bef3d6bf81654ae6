//! e-Gov 法令検索 法令一覧 (`all_law_list.csv`): one row a law and revision.

use hakusho_model::MentionKind;

use super::draft::Draft;
use super::table::{Header, Row, decode};
use super::{ImportError, Imported, from_rows};
use crate::common_words::{Caution, CommonWords};
use crate::entries::Entry;
use crate::ids::is_law_id;

/// Where the columns stand.
struct Columns {
    id: usize,
    title: usize,
    number: Option<usize>,
    kind: Option<usize>,
    short: Option<usize>,
}

pub(crate) fn import(bytes: &[u8]) -> Result<Imported, ImportError> {
    let text = decode(bytes)?;
    let header = Header::find(&text, &[&["法令ID", "law_id"], &["法令名", "law_title"]])?;
    let column = |names: &[&str]| header.column(names);
    let columns = Columns {
        id: column(&["法令ID", "law_id"]).unwrap_or_default(),
        title: column(&["法令名", "law_title"]).unwrap_or_default(),
        number: column(&["法令番号", "law_num"]),
        kind: column(&["法令種別", "law_type"]),
        short: column(&["略称法令名", "略称", "abbrev"]),
    };
    let words = CommonWords::embedded();
    Ok(from_rows(&text, header.line, String::new(), |row| entry(row, &columns, &words)))
}

fn entry(row: &Row, columns: &Columns, words: &CommonWords) -> Result<Entry, &'static str> {
    let short = row.optional(columns.short);
    let law = Law {
        id: row.cell(columns.id),
        title: row.cell(columns.title),
        number: row.optional(columns.number),
        kind: row.optional(columns.kind),
        short: short_names(short),
        repealed: None,
    };
    law.entry(words)
}

/// A law as either form of the list gives it.
#[derive(Default)]
pub(crate) struct Law<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) number: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) short: Vec<&'a str>,
    pub(crate) repealed: Option<String>,
}

impl Law<'_> {
    pub(crate) fn entry(&self, words: &CommonWords) -> Result<Entry, &'static str> {
        if !is_law_id(self.id) {
            return Err("no 法令ID");
        }
        let mut draft =
            Draft::new(format!("law/jp/{}", self.id), MentionKind::Law, class(self.kind, self.id), self.title, "egov")
                .country("JP")
                .identifier("egov", self.id)
                .identifier("lawno", self.number);
        for name in &self.short {
            draft = draft.alias(name);
        }
        if let Some(date) = &self.repealed {
            draft = draft.valid(format!("../{date}"));
        }
        draft.finish(words, Caution::Usual).ok_or("no 法令名")
    }
}

/// Short names in one cell. A 読点 may be part of a name, a comma is not.
pub(crate) fn short_names(cell: &str) -> Vec<&str> {
    cell.split([',', '，', ';']).map(str::trim).filter(|s| !s.is_empty()).collect()
}

/// Kind of law by 法令種別, or by the letters of the 法令ID.
fn class(kind: &str, id: &str) -> &'static str {
    match (kind, id.get(3..5)) {
        ("憲法" | "Constitution", _) => "constitution",
        ("法律" | "Act", _) => "act",
        ("規則" | "Rule", _) => "regulation",
        ("", Some("AC")) => "act",
        ("", Some("CO")) if id.ends_with("CONSTITUTION") => "constitution",
        ("", Some(letters)) if letters.starts_with('R') => "regulation",
        _ => "order",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "法令種別,法令番号,法令名,法令名読み,略称,法令ID\n\
        法律,令和九十年法律第一号,見本の保護に関する法律,みほん,\"見本保護法,見法\",490AC0000000001\n\
        法律,令和九十年法律第一号,見本の保護に関する法律,みほん,,490AC0000000001\n\
        政令,令和九十年政令第二号,見本の保護に関する法律施行令,みほん,,490CO0000000002\n\
        政令,令和九十年政令第三号,番号のない令,みほん,,490CO000\n\
        府省令,,,みほん,,490M60000000001\n";

    #[test]
    fn laws_with_numbers_and_short_names() {
        let found = import(LIST.as_bytes()).expect("readable");
        let law = &found.entries[0];
        assert_eq!((law.id.as_str(), law.class.as_str()), ("law/jp/490AC0000000001", "act"));
        assert_eq!((law.aliases.clone(), law.weak.clone()), (vec!["見本保護法".to_owned()], vec!["見法".to_owned()]));
        assert_eq!(law.identifier("lawno"), Some("令和九十年法律第一号"));
        assert_eq!(found.entries[1].class, "order");
    }

    #[test]
    fn later_revisions_and_rows_without_id_or_name_are_skipped() {
        let found = import(LIST.as_bytes()).expect("readable");
        let reasons: Vec<_> = found.skipped.iter().map(|s| (s.reason.as_str(), s.lines.clone())).collect();
        assert_eq!(
            reasons,
            [("no 法令ID", vec![5]), ("no 法令名", vec![6]), ("the same identifier as an earlier row", vec![3])]
        );
    }

    #[test]
    fn kinds_of_laws() {
        let check = |kind, id, expected| assert_eq!(class(kind, id), expected);
        check("憲法", "321CONSTITUTION", "constitution");
        check("", "321CONSTITUTION", "constitution");
        check("", "415AC0000000057", "act");
        check("", "415R00000000057", "regulation");
        check("府省令", "415M60000000057", "order");
    }
}

//! 総務省 全国地方公共団体コード: prefectures and municipalities.

use hakusho_model::MentionKind;

use super::draft::Draft;
use super::table::{Header, Row, decode, iso_date};
use super::{ImportError, Imported, from_rows};
use crate::common_words::{Caution, CommonWords};
use crate::entries::Entry;
use crate::ids::{dantai_check, is_dantai};

const CODE: &[&str] = &["団体コード", "全国地方公共団体コード", "dantai_code6", "code"];
const PREFECTURE: &[&str] = &["都道府県名", "都道府県", "pref"];
const NAME: &[&str] = &["市区町村名", "市区町村", "団体名", "name_ja"];

/// Where the columns stand.
struct Columns {
    code: usize,
    prefecture: usize,
    name: usize,
}

pub(crate) fn import(bytes: &[u8]) -> Result<Imported, ImportError> {
    let text = decode(bytes)?;
    let header = Header::find(&text, &[CODE, PREFECTURE, NAME])?;
    let column = |names: &[&str]| header.column(names).unwrap_or_default();
    let columns = Columns { code: column(CODE), prefecture: column(PREFECTURE), name: column(NAME) };
    let words = CommonWords::embedded();
    let date = header.title.iter().find_map(|cell| iso_date(cell)).unwrap_or_default();
    Ok(from_rows(&text, header.line, date, |row| entry(row, &columns, &words)))
}

fn entry(row: &Row, columns: &Columns, words: &CommonWords) -> Result<Entry, &'static str> {
    let code = code(row.cell(columns.code)).ok_or("no 団体コード with a right check digit")?;
    let (prefecture, name) = (row.cell(columns.prefecture), row.cell(columns.name));
    let draft = if name.is_empty() || name == prefecture {
        let number = &code[..2];
        Draft::new(format!("place/jp/{number}"), MentionKind::Loc, "prefecture", prefecture, "dantai")
            .identifier("iso", &format!("JP-{number}"))
            .link("parent", "country/JP")
    } else {
        Draft::new(format!("place/jp/{code}"), MentionKind::Loc, "municipality", name, "dantai")
            .alias(&format!("{prefecture}{name}"))
            .link("parent", &format!("place/jp/{}", &code[..2]))
    };
    draft.country("JP").identifier("dantai", &code).finish(words, Caution::Usual).ok_or("no name")
}

/// The code in six digits: spreadsheets drop a leading zero, older lists the check digit.
fn code(cell: &str) -> Option<String> {
    let padded = format!("0{cell}");
    match cell.len() {
        6 if is_dantai(cell) => Some(cell.to_owned()),
        5 if is_dantai(&padded) => Some(padded),
        5 => dantai_check(cell),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefectures_and_municipalities() {
        let text = "団体コード,都道府県名（漢字）,市区町村名（漢字）,都道府県名（カナ）,市区町村名（カナ）\n\
            980005,見本県,,ﾐﾎﾝｹﾝ,\n980013,見本県,架空市,ﾐﾎﾝｹﾝ,ｶｸｳｼ\n980014,見本県,誤市,,\n";
        let found = import(text.as_bytes()).expect("readable");
        let ids: Vec<&str> = found.entries.iter().map(|e| e.id.as_str()).collect();
        assert_eq!(ids, ["place/jp/98", "place/jp/980013"]);
        assert_eq!(found.entries[1].aliases, ["見本県架空市"]);
        assert_eq!(found.skipped[0].lines, [4]);
    }

    #[test]
    fn codes_of_six_digits_of_a_spreadsheet_and_of_older_lists() {
        let check = |cell: &str, expected: Option<&str>| assert_eq!(code(cell).as_deref(), expected, "{cell}");
        check("131016", Some("131016"));
        check("11002", Some("011002"));
        check("13101", Some("131016"));
        check("131017", None);
        check("1310", None);
    }
}

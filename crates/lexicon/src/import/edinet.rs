//! EDINETコードリスト (`EdinetcodeDlInfo.csv`): who files securities reports. Its first line says when it was made.

use hakusho_model::MentionKind;

use super::draft::Draft;
use super::legal_forms::LegalForms;
use super::table::{Header, Row, decode, iso_date};
use super::{ImportError, Imported, from_rows};
use crate::common_words::{Caution, CommonWords};
use crate::entries::Entry;
use crate::ids::{is_edinet, is_hojin, is_securities_code};
use crate::normalize::fold;

/// Where the columns stand.
struct Columns {
    code: usize,
    name: usize,
    number: usize,
    filer: Option<usize>,
    english: Option<usize>,
    security: Option<usize>,
}

const CODE: &[&str] = &["ＥＤＩＮＥＴコード"];
const NAME: &[&str] = &["提出者名"];
const NUMBER: &[&str] = &["提出者法人番号"];

pub(crate) fn import(bytes: &[u8]) -> Result<Imported, ImportError> {
    let text = decode(bytes)?;
    let header = Header::find(&text, &[CODE, NAME, NUMBER])?;
    let columns = Columns {
        code: header.column(CODE).unwrap_or_default(),
        name: header.column(NAME).unwrap_or_default(),
        number: header.column(NUMBER).unwrap_or_default(),
        filer: header.column(&["提出者種別"]),
        english: header.column(&["提出者名（英字）"]),
        security: header.column(&["証券コード"]),
    };
    let (forms, words) = (LegalForms::embedded()?, CommonWords::embedded());
    let date = header.title.iter().find_map(|cell| iso_date(cell)).unwrap_or_default();
    Ok(from_rows(&text, header.line, date, |row| entry(row, &columns, &forms, &words)))
}

fn entry(row: &Row, columns: &Columns, forms: &LegalForms, words: &CommonWords) -> Result<Entry, &'static str> {
    let code = fold(row.cell(columns.code)).text();
    if !is_edinet(&code) {
        return Err("no EDINETコード");
    }
    let filer = row.optional(columns.filer);
    // People who hold shares file reports too: they are none of our business.
    if filer.contains("個人") {
        return Err("a person (提出者種別 個人)");
    }
    let number = row.cell(columns.number);
    if !number.is_empty() && !is_hojin(number) {
        return Err("the check digit of the 法人番号 is wrong");
    }
    let id =
        if number.is_empty() { format!("org/x/edinet-{}", code.to_lowercase()) } else { format!("org/jp/{number}") };
    let full = fold(row.cell(columns.name)).text();
    let (usual, form) = forms.split(full.trim());
    let class = form.filter(|f| *f != "university").unwrap_or("company");
    let mut draft = Draft::new(id, MentionKind::Org, class, usual, "edinet")
        .country(if filer.contains("外国") || number.is_empty() { "" } else { "JP" })
        .en(row.optional(columns.english))
        .identifier("hojin", number)
        .identifier("edinet", &code);
    // Five places with a 0 for common stock; reports print four.
    let security = row.optional(columns.security);
    let security = security.strip_suffix('0').filter(|s| s.len() == 4).unwrap_or(security);
    if is_securities_code(security) {
        draft = draft.identifier("sec", security);
    }
    if draft.has_weak_label(words, Caution::Companies) {
        draft = draft.alias(&full);
    }
    draft.finish(words, Caution::Companies).ok_or("no 提出者名")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "ダウンロード実行日,2026年11月20日現在,件数,5件\n\
        ＥＤＩＮＥＴコード,提出者種別,上場区分,連結の有無,資本金,決算日,提出者名,提出者名（英字）,提出者名（ヨミ）,所在地,提出者業種,証券コード,提出者法人番号\n\
        \"E90001\",\"内国法人・組合\",\"上場\",\"有\",\"1\",\"3月31日\",\"株式会社見本架空電機\",\"Mihon Electric Co., Ltd.\",\"\",\"\",\"\",\"99990\",\"7000012050002\"\n\
        \"E90002\",\"個人（組合発行者を除く）\",\"\",\"\",\"\",\"\",\"見本太郎\",\"\",\"\",\"\",\"\",\"\",\"\"\n\
        \"E90003\",\"外国法人・組合\",\"\",\"\",\"\",\"\",\"ミホン・インターナショナル\",\"Mihon Int'l\",\"\",\"\",\"\",\"\",\"\"\n\
        \"E90004\",\"内国法人・組合\",\"\",\"\",\"\",\"\",\"株式会社丙\",\"\",\"\",\"\",\"\",\"130A0\",\"7000012050003\"\n\
        \"X\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\n";

    #[test]
    fn filers_in_shift_jis() {
        let (bytes, _, failed) = encoding_rs::SHIFT_JIS.encode(LIST);
        assert!(!failed);
        let found = import(&bytes).expect("readable");
        assert_eq!((found.date.as_str(), found.rows, found.entries.len()), ("2026-11-20", 5, 2));
        let company = &found.entries[0];
        assert_eq!((company.id.as_str(), company.ja.as_str()), ("org/jp/7000012050002", "見本架空電機"));
        assert_eq!(company.identifier("sec"), Some("9999"));
        assert_eq!(found.entries[1].id, "org/x/edinet-e90003");
    }

    #[test]
    fn people_and_wrong_numbers_are_skipped() {
        let found = import(LIST.as_bytes()).expect("readable");
        let reasons: Vec<_> = found.skipped.iter().map(|s| (s.reason.as_str(), s.lines.clone())).collect();
        let expected = [
            ("a person (提出者種別 個人)", vec![4]),
            ("the check digit of the 法人番号 is wrong", vec![6]),
            ("no EDINETコード", vec![7]),
        ];
        assert_eq!(reasons, expected);
    }

    #[test]
    fn a_list_without_its_columns_is_refused() {
        let error = import("EDINETコード,名前\nE90001,甲\n".as_bytes()).expect_err("no such columns");
        assert!(error.to_string().contains("`提出者名`"), "{error}");
    }
}

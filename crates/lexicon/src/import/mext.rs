//! 文部科学省 学校コード一覧: universities, junior colleges and colleges of technology. Other schools are left out: there
//! are twenty thousand of them with the same few names.

use hakusho_model::MentionKind;

use super::draft::Draft;
use super::table::{Header, Row, decode, iso_date};
use super::{ImportError, Imported, from_rows};
use crate::common_words::{Caution, CommonWords};
use crate::entries::Entry;
use crate::ids::is_school_code;

const CODE: &[&str] = &["学校コード", "mext_school_code", "code"];
const NAME: &[&str] = &["学校名", "大学名", "name_ja", "名称"];

/// Where the columns stand.
struct Columns {
    code: usize,
    name: usize,
    english: Option<usize>,
    closed: Option<usize>,
}

pub(crate) fn import(bytes: &[u8]) -> Result<Imported, ImportError> {
    let text = decode(bytes)?;
    let header = Header::find(&text, &[CODE, NAME])?;
    let columns = Columns {
        code: header.column(CODE).unwrap_or_default(),
        name: header.column(NAME).unwrap_or_default(),
        english: header.column(&["英語名", "学校名（英語）", "name_en"]),
        closed: header.column(&["属性情報廃止年月日", "廃止年月日"]),
    };
    let words = CommonWords::embedded();
    let date = header.title.iter().find_map(|cell| iso_date(cell)).unwrap_or_default();
    Ok(from_rows(&text, header.line, date, |row| entry(row, &columns, &words)))
}

fn entry(row: &Row, columns: &Columns, words: &CommonWords) -> Result<Entry, &'static str> {
    let code = row.cell(columns.code);
    if !is_school_code(code) {
        return Err("no 学校コード");
    }
    let class = match &code[..2] {
        "F1" | "F2" => "university",
        "G1" => "school",
        _ => return Err("neither university nor college (学校種)"),
    };
    let name = row.cell(columns.name);
    let mut draft = Draft::new(format!("org/jp/univ/{code}"), MentionKind::Org, class, name, "mext")
        .country("JP")
        .en(row.optional(columns.english))
        .identifier("school", code);
    // 見本大 for 見本大学: usual in news, and the beginning of other names.
    if let Some(short) = name.strip_suffix('学').filter(|s| s.ends_with('大') && s.chars().count() > 2) {
        draft = draft.weak(short);
    }
    if let Some(date) = iso_date(row.optional(columns.closed)) {
        draft = draft.valid(format!("../{date}"));
    }
    draft.finish(words, Caution::Usual).ok_or("no 学校名")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn universities_of_a_list() {
        let text = "学校コード,学校種,学校名,属性情報廃止年月日\nF199990000010,F1,見本架空大学,\n\
            F299990000011,F2,見本短期大学,2020-03-31\nB199990000012,B1,見本小学校,\nF1,F1,番号なし,\n";
        let found = import(text.as_bytes()).expect("readable");
        assert_eq!(found.entries[0].weak, ["見本架空大"]);
        assert_eq!((found.entries[1].valid.as_str(), found.entries.len()), ("../2020-03-31", 2));
        let reasons: Vec<_> = found.skipped.iter().map(|s| (s.reason.as_str(), s.lines.clone())).collect();
        assert_eq!(reasons, [("neither university nor college (学校種)", vec![4]), ("no 学校コード", vec![5])]);
    }
}

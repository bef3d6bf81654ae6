//! ISO 3166-1: a CSV list with alpha-2 codes and Japanese and English names, in whatever order its header says.

use hakusho_model::MentionKind;

use super::draft::Draft;
use super::table::{Header, Row, decode};
use super::{ImportError, Imported, from_rows};
use crate::common_words::{Caution, CommonWords};
use crate::ids::is_alpha2;

const CODE: &[&str] =
    &["alpha-2", "alpha2code", "iso3166-1alpha-2", "2文字コード", "2桁コード", "国コード", "コード", "iso", "code"];
const JAPANESE: &[&str] = &["ja", "nameja", "japanese", "日本語名", "日本語", "国名", "国・地域名", "名称"];
const ENGLISH: &[&str] = &["en", "nameen", "english", "英語名", "英語", "国名（英語）", "英名", "name"];

pub(crate) fn import(bytes: &[u8]) -> Result<Imported, ImportError> {
    let text = decode(bytes)?;
    let header = Header::find(&text, &[CODE, JAPANESE])?;
    let (code, japanese) = (header.column(CODE).unwrap_or_default(), header.column(JAPANESE).unwrap_or_default());
    let english = header.column(ENGLISH);
    let words = CommonWords::embedded();
    let entry = |row: &Row| {
        let alpha2 = row.cell(code);
        if !is_alpha2(alpha2) {
            return Err("no alpha-2 code");
        }
        let draft = Draft::new(format!("country/{alpha2}"), MentionKind::Loc, "country", row.cell(japanese), "iso3166")
            .en(row.optional(english))
            .country(alpha2)
            .identifier("iso", alpha2);
        draft.finish(&words, Caution::Usual).ok_or("no name")
    };
    Ok(from_rows(&text, header.line, String::new(), entry))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) {
        let found = import(text.as_bytes()).expect("readable");
        let names: Vec<_> = found.entries.iter().map(|e| (e.id.as_str(), e.ja.as_str(), e.en.as_str())).collect();
        assert_eq!(names, [("country/XX", "見本国", "Mihonia")]);
        assert_eq!(found.skipped[0].lines, [3]);
    }

    #[test]
    fn columns_in_any_order() {
        check("alpha-2,ja,en\nXX,見本国,Mihonia\nXXX,別国,Other\n");
        check("英語名,日本語名,alpha2,alpha3\nMihonia,見本国,XX,XXX\nOther,別国,xx,XXX\n");
        check("name_en,Alpha_2,name_ja\nMihonia,XX,見本国\nOther,X1,別国\n");
    }
}

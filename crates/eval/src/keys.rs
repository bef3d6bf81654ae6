//! Keys: under what two numbers, headings, names or sources are the same thing.

use unicode_normalization::UnicodeNormalization;

use crate::fold::{fold, plain};

/// Words before the number of an exhibit.
const EXHIBIT_WORDS: [&str; 9] = ["図表", "図", "表", "資料", "グラフ", "写真", "figure", "fig", "table"];
/// Words and marks after it.
const EXHIBIT_ENDS: [&str; 6] = ["図表", "図", "表", ".", ":", "、"];
/// Words before a source.
const SOURCE_WORDS: [&str; 3] = ["出典", "資料", "出所"];
/// Legal forms: what two names of one organisation may differ by. Part of the measure, so not taken from the lexicon,
/// which grows.
const LEGAL_FORMS: [&str; 13] = [
    "株式会社",
    "有限会社",
    "合同会社",
    "一般社団法人",
    "一般財団法人",
    "公益社団法人",
    "公益財団法人",
    "独立行政法人",
    "国立研究開発法人",
    "国立大学法人",
    "学校法人",
    "特定非営利活動法人",
    "(株)",
];
const ENGLISH_FORMS: [&str; 4] = ["inc", "corp", "ltd", "llc"];

/// The number of an exhibit without its word: `図表Ⅰ-4-1-1`, `Ⅰ-4-1-1` and `第Ⅰ-4-1-1図` are the same.
pub(crate) fn number_key(value: &str) -> String {
    let text = fold(value).to_lowercase();
    let mut rest = text.as_str();
    if let Some(cut) = EXHIBIT_WORDS.iter().find_map(|w| rest.strip_prefix(w)) {
        let dotted = rest.starts_with("fig") && !rest.starts_with("figure");
        rest = if dotted { cut.strip_prefix('.').unwrap_or(cut) } else { cut };
    } else if let Some(cut) = rest.strip_prefix('第').filter(|c| c.starts_with(|d: char| d.is_ascii_digit())) {
        rest = cut;
    }
    EXHIBIT_ENDS.iter().find_map(|w| rest.strip_suffix(w)).unwrap_or(rest).to_owned()
}

/// Label and title of a heading, apart.
pub(crate) fn heading_key(label: Option<&str>, title: &str) -> (String, String) {
    let label = fold(label.unwrap_or_default());
    let label = label.trim_matches(|c| ".:、()・".contains(c)).to_owned();
    (label, plain(title).trim_start_matches(|c| ".:、・".contains(c)).to_owned())
}

/// A name without case, legal form, brackets around and remarks in brackets after it.
pub(crate) fn name_key(value: &str) -> String {
    let mut text = fold(value).to_lowercase();
    for form in LEGAL_FORMS {
        text = text.replace(form, "");
    }
    let text = without_remarks(without_english_form(&text));
    text.trim_matches(|c| "「」『』\"'・".contains(c)).replace('-', "")
}

fn without_english_form(text: &str) -> &str {
    let bare = text.strip_suffix('.').unwrap_or(text);
    let cut = ENGLISH_FORMS.iter().find_map(|form| bare.strip_suffix(form));
    cut.map_or(text, |c| c.strip_suffix(',').unwrap_or(c))
}

/// `総務省(MIC)` to `総務省`; a name that is all in brackets stays.
fn without_remarks(text: &str) -> &str {
    let mut rest = text;
    while let Some(open) = rest.strip_suffix(')').and_then(|inner| inner.rfind(['(', ')'])) {
        if open == 0 || !rest[open..].starts_with('(') {
            break;
        }
        rest = &rest[..open];
    }
    rest
}

/// A source without the word for it (出典 and its like).
pub(crate) fn source_key(value: &str) -> String {
    let text = plain(value);
    let inner = text.strip_prefix('(').unwrap_or(&text);
    let Some(rest) = SOURCE_WORDS.iter().find_map(|w| inner.strip_prefix(w)) else { return text };
    let rest = rest.strip_prefix(')').unwrap_or(rest);
    rest.strip_prefix(':').unwrap_or(rest).to_owned()
}

/// A number as written: full width and with commas too.
pub(crate) fn number(text: &str) -> Option<f64> {
    let text: String = text.nfkc().filter(|c| *c != ',').collect();
    text.trim().parse().ok()
}

/// Whether two numbers are the same up to rounding (1e-9 of the larger).
pub(crate) fn same_number(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_exhibits() {
        for text in ["図表Ⅰ-4-1-1", "Ⅰ-4-1-1", "Ⅰ－4－1－1図", "表 Ⅰ-4-1-1："] {
            assert_eq!(number_key(text), "i-4-1-1", "{text}");
        }
        assert_eq!((number_key("第1-2図"), number_key("第一図"), number_key("Fig. 3")), {
            ("1-2".to_owned(), "第一".to_owned(), "3".to_owned())
        });
    }

    #[test]
    fn names_differ_by_more_than_form_case_and_remarks() {
        for text in ["株式会社見本電機", "「見本電機」", "見本電機（株）", "見本電機（旧見本）（東京）"]
        {
            assert_eq!(name_key(text), "見本電機", "{text}");
        }
        assert_eq!((name_key("Mihon Co, Inc."), name_key("(全部)"), name_key("あ(い)う")), {
            ("mihonco".to_owned(), "(全部)".to_owned(), "あ(い)う".to_owned())
        });
    }

    #[test]
    fn sources_and_headings() {
        assert_eq!(source_key("（出典）見本調べ＊2"), "見本調べ");
        assert_eq!(source_key("資料：見本調べ"), "見本調べ");
        assert_eq!(heading_key(Some("（1）"), "・題 名"), ("1".to_owned(), "題名".to_owned()));
    }

    #[test]
    fn the_same_number_up_to_a_billionth() {
        assert!(same_number(1.0, 1.0 + 0.9e-9) && !same_number(1.0, 1.0 + 3e-9));
        assert!(same_number(4_590_000_000.0, 4_590_000_001.0) && !same_number(459.0, 459.1));
        assert_eq!((number("１，２３４.5"), number("x")), (Some(1234.5), None));
    }
}

//! 国税庁 法人番号公表サイト 全件データ: 30 columns without a header, all corporate bodies of Japan.
//!
//! Column numbers are those of the resource definition (リソース定義書) of the download, counted from 0.

use std::cell::Cell;

use hakusho_model::MentionKind;
use rustc_hash::FxHashSet;

use super::draft::Draft;
use super::legal_forms::LegalForms;
use super::table::{Row, decode, iso_date};
use super::{ImportError, Imported, from_rows};
use crate::common_words::{Caution, CommonWords};
use crate::entries::Entry;
use crate::ids::is_hojin;
use crate::normalize::fold;

const COLUMNS: usize = 30;
/// Why a row of another list is skipped.
const WIDTH: &str = "not 30 columns";
const NUMBER: usize = 1;
const PROCESS: usize = 2;
const UPDATED: usize = 4;
const NAME: usize = 6;
const KIND: usize = 8;
const CLOSED: usize = 18;
const SUCCESSOR: usize = 20;
const LATEST: usize = 23;
const ENGLISH: usize = 24;
const HIDDEN: usize = 29;

pub(crate) fn import(bytes: &[u8]) -> Result<Imported, ImportError> {
    let text = decode(bytes)?;
    let (forms, words) = (LegalForms::embedded()?, CommonWords::embedded());
    let newest = Cell::new(String::new());
    let read = |row: &Row| {
        let found = entry(row, &forms, &words)?;
        newest.set(newest.take().max(iso_date(row.cell(UPDATED)).unwrap_or_default()));
        Ok(found)
    };
    // Some copies of the list were given a header.
    let first = text.lines().next().and_then(|line| line.split(',').nth(NUMBER)).unwrap_or_default();
    let header = usize::from(first.chars().any(char::is_alphabetic));
    let mut found = from_rows(&text, header, String::new(), read);
    if found.entries.is_empty() && found.skipped.iter().all(|s| s.reason == WIDTH) {
        return Err(no_records(&text));
    }
    found.date = newest.take();
    keep_known_successors(&mut found.entries);
    Ok(found)
}

/// Nothing in the file is a record of the list.
fn no_records(text: &str) -> ImportError {
    let found: String = text.lines().next().unwrap_or_default().chars().take(60).collect();
    ImportError::Shape(format!(
        "no record of the 法人番号 list ({COLUMNS} columns) is in it; the file begins `{found}`"
    ))
}

fn entry(row: &Row, forms: &LegalForms, words: &CommonWords) -> Result<Entry, &'static str> {
    if row.len() != COLUMNS {
        return Err(WIDTH);
    }
    let number = row.cell(NUMBER);
    if !is_hojin(number) {
        return Err("the check digit of the 法人番号 is wrong");
    }
    match (row.cell(PROCESS), row.cell(LATEST), row.cell(HIDDEN)) {
        ("99", ..) => return Err("the record was deleted (処理区分 99)"),
        (_, "0", _) => return Err("not the latest record (最新履歴 0)"),
        (.., "1") => return Err("left out of search by the authority (検索対象除外 1)"),
        _ => {}
    }
    let full = fold(row.cell(NAME)).text();
    let (usual, form) = forms.split(full.trim());
    let mut draft = Draft::new(format!("org/jp/{number}"), MentionKind::Org, class(row.cell(KIND), form), usual, "nta")
        .country("JP")
        .identifier("hojin", number)
        .en(row.cell(ENGLISH));
    // The full name says more than a usual name that anybody may bear.
    if draft.has_weak_label(words, Caution::Companies) {
        draft = draft.alias(&full);
    }
    if let Some(date) = iso_date(row.cell(CLOSED)) {
        draft = draft.valid(format!("../{date}"));
    }
    if is_hojin(row.cell(SUCCESSOR)) {
        draft = draft.link("related", &format!("org/jp/{}", row.cell(SUCCESSOR)));
    }
    draft.finish(words, Caution::Companies).ok_or("no name")
}

/// Kind of body by 法人種別, and by the legal form where that says only "others".
fn class<'f>(kind: &str, form: Option<&'f str>) -> &'f str {
    match (kind, form) {
        ("101", _) => "agency",
        ("201", _) => "government",
        ("301" | "302" | "303" | "304" | "305", _) => "company",
        ("401", _) => "company",
        (_, Some(form)) => form,
        _ => "association",
    }
}

/// A link to a body that is not in the list leads nowhere.
fn keep_known_successors(entries: &mut [Entry]) {
    let known: FxHashSet<String> = entries.iter().map(|e| e.id.clone()).collect();
    for entry in entries {
        entry.links.retain(|(_, target)| known.contains(target));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A made-up record; the number only has a right check digit.
    fn record(number: &str, name: &str, change: &[(usize, &str)]) -> String {
        let mut cells = vec![""; COLUMNS];
        (cells[0], cells[NUMBER], cells[PROCESS], cells[UPDATED], cells[NAME]) =
            ("1", number, "01", "2026-10-30", name);
        (cells[KIND], cells[LATEST], cells[HIDDEN]) = ("301", "1", "0");
        for (column, value) in change {
            cells[*column] = value;
        }
        cells.join(",") + "\n"
    }

    /// The number with its check digit.
    fn number(twelve: &str) -> String {
        (0..10).map(|d| format!("{d}{twelve}")).find(|n| is_hojin(n)).expect("one digit fits")
    }

    #[test]
    fn companies_lose_their_form_and_short_names_keep_the_full_one() {
        let text = record(&number("000000000001"), "見本架空製作所株式会社", &[(ENGLISH, "Mihon Works")])
            + &record(&number("000000000002"), "有限会社ミホン", &[]);
        let found = import(text.as_bytes()).expect("readable");
        let names: Vec<_> = found.entries.iter().map(|e| (e.ja.as_str(), e.aliases.clone(), e.weak.clone())).collect();
        assert!(names.contains(&("見本架空製作所", vec![], vec![])));
        assert!(names.contains(&("ミホン", vec!["有限会社ミホン".to_owned()], vec!["ミホン".to_owned()])));
        assert_eq!((found.rows, found.date.as_str()), (2, "2026-10-30"));
    }

    #[test]
    fn closed_records_have_an_end_and_their_successor_where_it_is_listed() {
        let (old, new) = (number("000000000011"), number("000000000012"));
        let closed = [(PROCESS, "71"), (CLOSED, "2020-03-31"), (SUCCESSOR, new.as_str())];
        let text = record(&old, "株式会社見本旧商店", &closed)
            + &record(&new, "株式会社見本新商店", &[(SUCCESSOR, &number("000000000013"))]);
        let found = import(text.as_bytes()).expect("readable");
        let by = |n: &str| found.entries.iter().find(|e| e.identifier("hojin") == Some(n)).expect("imported");
        assert_eq!(by(&old).valid, "../2020-03-31");
        assert_eq!(by(&old).links, [("related".to_owned(), format!("org/jp/{new}"))]);
        assert!(by(&new).links.is_empty());
    }

    #[test]
    fn what_is_skipped_and_why() {
        let good = number("000000000021");
        let check = |text: String, reason: &str| {
            let text = record(&good, "株式会社見本第一商会", &[]) + &text;
            let found = import(text.as_bytes()).expect("readable");
            let reasons: Vec<_> = found.skipped.iter().map(|s| (s.reason.as_str(), s.lines.clone())).collect();
            assert_eq!(reasons, [(reason, vec![2])]);
        };
        let other = number("000000000022");
        let wrong = format!("{}{}", (other[..1].parse::<u32>().expect("a digit") + 1) % 10, &other[1..]);
        check(record(&wrong, "株式会社乙", &[]), "the check digit of the 法人番号 is wrong");
        check("1,2,3\n".to_owned(), "not 30 columns");
        check(record(&other, "株式会社乙", &[(PROCESS, "99")]), "the record was deleted (処理区分 99)");
        check(record(&other, "株式会社乙", &[(LATEST, "0")]), "not the latest record (最新履歴 0)");
        check(record(&other, "株式会社乙", &[(HIDDEN, "1")]), "left out of search by the authority (検索対象除外 1)");
        check(record(&other, "", &[]), "no name");
        check(record(&good, "株式会社見本第一商会", &[]), "the same identifier as an earlier row");
    }

    #[test]
    fn kinds_of_bodies() {
        let check = |kind, form, expected| assert_eq!(class(kind, form), expected);
        check("101", None, "agency");
        check("201", None, "government");
        check("301", Some("company"), "company");
        check("399", Some("association"), "association");
        check("499", None, "association");
    }

    #[test]
    fn another_list_is_refused() {
        let error = import("団体コード,名前\n1,2\n".as_bytes()).expect_err("no record");
        assert!(error.to_string().contains("30 columns"), "{error}");
    }
}

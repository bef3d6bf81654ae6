//! e-Gov 法令API version 2, the answer of `/api/2/laws`.

use serde::Deserialize;

use super::egov::{Law, short_names};
use super::table::{decode, iso_date};
use super::{ImportError, Imported, imported};
use crate::common_words::CommonWords;
use crate::layer::Skips;

#[derive(Deserialize)]
struct Answer {
    laws: Vec<Item>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Item {
    law_info: Info,
    revision_info: Option<Revision>,
    current_revision_info: Option<Revision>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Info {
    law_type: Option<String>,
    law_id: Option<String>,
    law_num: Option<String>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Revision {
    law_title: Option<String>,
    abbrev: Option<Short>,
    repeal_status: Option<String>,
    repeal_date: Option<String>,
}

/// Short names come as one text or as a list.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum Short {
    One(String),
    Many(Vec<String>),
}

pub(crate) fn import(bytes: &[u8]) -> Result<Imported, ImportError> {
    let text = decode(bytes)?;
    let answer: Answer = serde_json::from_str(text.trim_start_matches('\u{FEFF}')).map_err(|e| json_error(&e))?;
    let words = CommonWords::embedded();
    let (mut skips, mut drafts) = (Skips::default(), Vec::new());
    let rows = answer.laws.len();
    for (i, item) in answer.laws.iter().enumerate() {
        match law(item).entry(&words) {
            Ok(entry) => drafts.push((i + 1, entry)),
            Err(reason) => skips.add(i + 1, reason),
        }
    }
    Ok(imported(drafts, rows, skips, String::new()))
}

fn law(item: &Item) -> Law<'_> {
    let text = |o: &'_ Option<String>| -> String { o.clone().unwrap_or_default() };
    let revision = item.current_revision_info.as_ref().or(item.revision_info.as_ref());
    let repealed = revision
        .filter(|r| matches!(text(&r.repeal_status).as_str(), "Repeal" | "Expire" | "LossOfEffectiveness"))
        .and_then(|r| iso_date(&text(&r.repeal_date)));
    let short = match revision.and_then(|r| r.abbrev.as_ref()) {
        Some(Short::One(names)) => short_names(names),
        Some(Short::Many(names)) => names.iter().map(String::as_str).collect(),
        None => Vec::new(),
    };
    Law {
        id: item.law_info.law_id.as_deref().unwrap_or_default(),
        title: revision.and_then(|r| r.law_title.as_deref()).unwrap_or_default(),
        number: item.law_info.law_num.as_deref().unwrap_or_default(),
        kind: item.law_info.law_type.as_deref().unwrap_or_default(),
        short,
        repealed,
    }
}

/// Where in the file JSON goes wrong.
pub(crate) fn json_error(error: &serde_json::Error) -> ImportError {
    // Its words end with the place, which stands in front here.
    let words = error.to_string();
    let problem = words.split(" at line ").next().unwrap_or_default().to_owned();
    ImportError::Json { line: error.line(), column: error.column(), problem }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = r#"{"total_count": 3, "laws": [
        {"law_info": {"law_type": "Act", "law_id": "490AC0000000001", "law_num": "令和九十年法律第一号"},
         "revision_info": {"law_title": "見本の保護に関する法律", "abbrev": "見本保護法,見本法", "repeal_status": "None"}},
        {"law_info": {"law_type": "CabinetOrder", "law_id": "490CO0000000002", "law_num": null},
         "current_revision_info": {"law_title": "見本施行令", "abbrev": null, "repeal_status": "Repeal", "repeal_date": "2091-04-01"}},
        {"law_info": {"law_type": "Act"}}]}"#;

    #[test]
    fn laws_of_an_answer() {
        let found = import(ANSWER.as_bytes()).expect("readable");
        assert_eq!(found.entries[0].aliases, ["見本保護法", "見本法"]);
        assert_eq!((found.entries[1].class.as_str(), found.entries[1].valid.as_str()), ("order", "../2091-04-01"));
        assert_eq!((found.rows, found.skipped[0].reason.as_str()), (3, "no 法令ID"));
    }

    #[test]
    fn broken_json_names_its_place() {
        let error = import(b"{\"laws\": [\n {]}").expect_err("broken");
        assert!(error.to_string().starts_with("line 2, column "), "{error}");
    }
}

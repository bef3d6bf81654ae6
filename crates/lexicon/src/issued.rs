//! The year of a report of no known series, by what its first page prints and its title says.

use std::sync::LazyLock;

use hakusho_model::{BlockKind, Document};
use regex::Regex;

use crate::dates::{DateContext, dates};
use crate::normalize::fold;

/// The date of issue stands among the first so many blocks, in a line of its own: so many characters, few of them beside the date.
const NEAR_THE_TOP: usize = 12;
const MOST_CHARS: usize = 60;
const MOST_BESIDE: usize = 36;

/// October 2015; April 30, 2022; 30 April 2022.
static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    fixed(
        r"\b(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?,? (?:[0-9]{1,2}(?:st|nd|rd|th)?,? )?(?P<year>(?:19|20)[0-9]{2})\b",
    )
});
/// 2017; 20220430; 2023-03-06.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    fixed(
        r"(?:^|[^0-9.])(?P<year>(?:19|20)[0-9]{2})(?:(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])|[-/.](?:0?[1-9]|1[0-2])(?:[-/.](?:[0-2]?[0-9]|3[01]))?)?(?:[^0-9]|$)",
    )
});

fn fixed(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|e| unreachable!("the pattern is fixed: {e}"))
}

/// The year of the first line of the first page that is a date, else the year in the title.
pub(crate) fn year_of(document: &Document, title: &str) -> Option<i32> {
    let page = document.blocks.iter().take_while(|b| b.page().is_none_or(|p| p == 1));
    let lines = page
        .filter(|b| matches!(b.kind, BlockKind::Heading | BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Box));
    lines.take(NEAR_THE_TOP).find_map(|b| year_of_line(&b.text)).or_else(|| year_of_title(title))
}

/// The year of a line that is little more than a date.
fn year_of_line(text: &str) -> Option<i32> {
    let folded = fold(text);
    let all = folded.chars.len();
    if all > MOST_CHARS || text.contains('©') {
        return None;
    }
    let line = folded.text();
    let whole = |year: &str| year.parse().ok();
    let english = ENGLISH.captures(&line).filter(|c| all - c[0].chars().count() <= MOST_BESIDE);
    if let Some(found) = english {
        return whole(&found["year"]);
    }
    // A number alone is a date only where nothing else stands in the line.
    if let Some(found) = NUMBER.captures(&line).filter(|c| c[0].len() == line.len() && line.len() > 4) {
        return whole(&found["year"]);
    }
    let date = dates(&folded, &mut DateContext::default()).into_iter().next()?;
    if all - (date.to - date.from) > MOST_BESIDE {
        return None;
    }
    date.edtf?.get(..4)?.parse().ok()
}

/// The year that a title names: 令和4年版, 2017, 20220430.
fn year_of_title(title: &str) -> Option<i32> {
    let folded = fold(title);
    let stated = dates(&folded, &mut DateContext::default()).into_iter().find_map(|d| d.edtf?.get(..4)?.parse().ok());
    stated.or_else(|| NUMBER.captures(&folded.text())?["year"].parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_a_date() {
        let check = |line: &str, expected: Option<i32>| assert_eq!(year_of_line(line), expected, "{line}");
        check("2021年（令和３年）3月30日", Some(2021));
        check("令和４年11月版", Some(2022));
        check("令和元年8月21日　現在", Some(2019));
        check("更新日：2024年5月9日", Some(2024));
        check("October 2015", Some(2015));
        check("April 30, 2022 Mihon workgroup", Some(2022));
        check("2023-03-06", Some(2023));
        // A date in a sentence, a bare number and rights are none.
        check(
            "政府情報システムの利用は、2018年6月に定めた方針により、府省の職員だけではなくすべての事業者に開かれている。",
            None,
        );
        check("2015", None);
        check("Copyright © 2008-2015 Mihon", None);
        check("8月20日時点", None);
        check("1990年代", None);
    }

    #[test]
    fn titles_that_name_a_year() {
        let check = |title: &str, expected: Option<i32>| assert_eq!(year_of_title(title), expected, "{title}");
        check("令和７年度税制改正Ｑ＆Ａ", Some(2025));
        check("Mihon Top 10 - 2017", Some(2017));
        check("見本調査結果_20220430", Some(2022));
        check("見本白書2023年版", Some(2023));
        check("見本標準 4.0.3", None);
        check("見本12017", None);
        check("見本", None);
    }
}

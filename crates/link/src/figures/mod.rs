//! Figures: numbers that the running text states, points of charts, number cells of tables, places of rankings.

mod grid;
mod prose;
mod rankings;
mod surveys;
mod tables;

use hakusho_lexicon::{fold, quantities};
use hakusho_model::{Document, Observation};

pub(crate) use rankings::rankings;

/// All figures of a document whose mentions are known, numbered: those of exhibits, then those of the running text.
pub(crate) fn observations(document: &Document, is_measure: &dyn Fn(&str) -> bool) -> Vec<Observation> {
    let mut out = tables::figures(document);
    out.extend(prose::figures(document, is_measure));
    for (i, figure) in out.iter_mut().enumerate() {
        figure.id = format!("o{}", i + 1);
    }
    out
}

/// A label of a series or column apart from the number of answers in it (`全体（N=878）`).
fn without_sample_size(text: &str) -> (&str, Option<u32>) {
    let size = |open: char| {
        let (name, rest) = text.rsplit_once(open)?;
        let number = rest.trim_start_matches(['N', 'Ｎ', 'n', 'ｎ']);
        if number.len() == rest.len() || !number.starts_with(['=', '＝', ':', '：']) {
            return None;
        }
        let digits: String = fold(number).text().chars().filter(char::is_ascii_digit).collect();
        Some((name.trim_end(), digits.parse().ok()))
    };
    size('（').or_else(|| size('(')).unwrap_or((text, None))
}

/// The value of a text that is nothing but a number with its unit (`36.5%`, `1,234`).
fn number(text: &str) -> Option<(f64, Option<String>)> {
    if !text.chars().any(|c| c.is_ascii_digit() || matches!(c, '０'..='９' | '一'..='龠')) {
        return None;
    }
    let plain: String = text.chars().filter(|c| !matches!(c, ',' | '，' | ' ' | '\u{3000}')).collect();
    let folded = fold(&plain);
    if let Ok(value) = folded.text().parse::<f64>() {
        return Some((value, None));
    }
    match quantities(&folded).as_slice() {
        // 5,000人以上 is a class, and no figure.
        [one] if one.from == 0 && one.to == folded.chars.len() && one.quantity.max.is_none() => {
            let bound = one
                .quantity
                .qualifier
                .as_deref()
                .is_some_and(|q| ["以上", "以下", "未満", "超"].iter().any(|w| q.ends_with(w)));
            (!bound).then(|| (one.quantity.value, one.quantity.unit.clone()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sample_sizes_are_no_part_of_a_heading() {
        let check = |text: &str, name: &str, size: Option<u32>| assert_eq!(without_sample_size(text), (name, size));
        check("全体（N=878）", "全体", Some(878));
        check("2020年（Ｎ＝1,878)", "2020年", Some(1878));
        check("従業員（正社員）", "従業員（正社員）", None);
        check("部門（Network）", "部門（Network）", None);
    }

    #[test]
    fn cells_that_are_numbers() {
        assert_eq!(number("36.5%"), Some((36.5, Some("%".to_owned()))));
        assert_eq!(number("1,234"), Some((1234.0, None)));
        assert_eq!(number("約30%"), Some((30.0, Some("%".to_owned()))));
        assert_eq!(number("5,000人以上"), None);
        assert_eq!(number("第1位"), None);
        assert_eq!(number("2022年の調査"), None);
    }
}

//! Dates as EDTF: the gold's shorthands spelt out (<https://www.loc.gov/standards/datetime/>).

use crate::fold::fold;

/// A date in the form that dates are compared in. Shorthands: `FY2024` is the Japanese fiscal year, `2024-Q1` a quarter,
/// `2024-04/early` (`mid`, `late`) a third of a month, `2024-04-01/W` a week.
pub(crate) fn edtf(value: &str) -> String {
    let text = fold(value).to_uppercase();
    fiscal_year(&text).or_else(|| quarter(&text)).or_else(|| third(&text)).or_else(|| week(&text)).unwrap_or(text)
}

fn fiscal_year(text: &str) -> Option<String> {
    let year = number(text.strip_prefix("FY")?, 4)?;
    Some(format!("{year:04}-04-01/{:04}-03-31", year + 1))
}

/// EDTF counts quarters from 33.
fn quarter(text: &str) -> Option<String> {
    let (year, quarter) = text.split_once("-Q")?;
    let quarter = number(quarter, 1).filter(|q| (1..=4).contains(q))?;
    number(year, 4).map(|year| format!("{year:04}-{}", 32 + quarter))
}

fn third(text: &str) -> Option<String> {
    let (month, part) = text.split_once('/')?;
    let (y, m) = month.split_once('-')?;
    let (year, month_number) = (number(y, 4)?, number(m, 2)?);
    let (first, last) = match part {
        "EARLY" => (1, 10),
        "MID" => (11, 20),
        "LATE" => (21, days_in(year, month_number)?),
        _ => return None,
    };
    Some(format!("{month}-{first:02}~/{month}-{last:02}~"))
}

/// The seven days from a date on.
fn week(text: &str) -> Option<String> {
    let start = text.strip_suffix("/W")?;
    let mut parts = start.split('-');
    let (y, m, d) = (number(parts.next()?, 4)?, number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    let days = days_in(y, m).filter(|days| parts.next().is_none() && (1..=*days).contains(&d))?;
    let (year, month, day) = match (d + 6 <= days, m) {
        (true, _) => (y, m, d + 6),
        (false, 12) => (y + 1, 1, d + 6 - days),
        (false, _) => (y, m + 1, d + 6 - days),
    };
    Some(format!("{start}/{year:04}-{month:02}-{day:02}"))
}

fn number(text: &str, digits: usize) -> Option<u32> {
    let right = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    if right { text.parse().ok() } else { None }
}

fn days_in(year: u32, month: u32) -> Option<u32> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 => Some(if leap { 29 } else { 28 }),
        4 | 6 | 9 | 11 => Some(30),
        1..=12 => Some(31),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shorthands_are_spelt_out_and_all_else_stays() {
        let check = |text: &str, want: &str| assert_eq!(edtf(text), want, "{text}");
        check("FY2023", "2023-04-01/2024-03-31");
        check("2024-Q4", "2024-36");
        check("2024-Q5", "2024-Q5");
        check("2024-02/late", "2024-02-21~/2024-02-29~");
        check("2023-13/late", "2023-13/LATE");
        check("2023-12-28/W", "2023-12-28/2024-01-03");
        check("2023-12-25/w", "2023-12-25/2023-12-31");
        check("2023-12-32/W", "2023-12-32/W");
        check("２０２４－０４", "2024-04");
    }
}

//! EDTF intervals of the `valid` column.

use crate::dates::days_in;

/// What is wrong with an interval, in words.
pub(crate) fn problem(interval: &str) -> Option<String> {
    let Some((from, to)) = interval.split_once('/') else {
        return Some(format!("`{interval}` is no EDTF interval (`2001-01-06/..`)"));
    };
    match (end(from), end(to)) {
        (Some(a), Some(b)) if a.is_empty() && b.is_empty() => {
            Some("an interval open on both sides says nothing".to_owned())
        }
        // A shorter date stands for its whole span: 2001/2001-05 is sound.
        (Some(a), Some(b))
            if !a.is_empty() && !b.is_empty() && a[..a.len().min(b.len())] > b[..a.len().min(b.len())] =>
        {
            Some(format!("`{interval}` ends before it begins"))
        }
        (Some(_), Some(_)) => None,
        _ => Some(format!("`{interval}` is no EDTF interval (`2001-01-06/..`)")),
    }
}

/// A date, empty for an open end; nothing where it is neither.
fn end(text: &str) -> Option<&str> {
    if text == ".." {
        return Some("");
    }
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, length: usize| {
        let digits = part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse::<u32>().ok()).flatten()
    };
    let sound = match parts.as_slice() {
        [year] => number(year, 4).is_some(),
        [year, month] => number(year, 4).is_some() && number(month, 2).is_some_and(|m| (1..=12).contains(&m)),
        [year, month, day] => {
            let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
            (1..=12).contains(&month) && (1..=days_in(year as i32, month)).contains(&day)
        }
        _ => false,
    };
    sound.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals() {
        let check = |text: &str, sound: bool| assert_eq!(problem(text).is_none(), sound, "{text}");
        check("2001-01-06/..", true);
        check("../2001", true);
        check("2001/2001-05", true);
        check("2024-02-29/2024-02-29", true);
        check("2023-02-29/..", false);
        check("2001-05/2001-04", false);
        check("../..", false);
        check("2001", false);
        check("2001-13/..", false);
        check("01/..", false);
    }
}

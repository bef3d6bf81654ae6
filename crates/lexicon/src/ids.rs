//! Shapes and check digits of the identifiers that authority lists carry.

/// Whether this is a 法人番号: 13 digits of which the first is the check digit.
///
/// The other twelve are numbered from the right; odd places weigh 1, even places 2; check = 9 − (sum mod 9), as the order
/// of the Ministry of Finance on corporate numbers has it. A right digit does not prove that the number was given out.
pub fn is_hojin(number: &str) -> bool {
    let Some(digits) = digits(number, 13) else { return false };
    let weighed = digits[1..].iter().rev().enumerate().map(|(place, digit)| digit * if place % 2 == 0 { 1 } else { 2 });
    digits[0] == 9 - weighed.sum::<u32>() % 9
}

/// Whether this is a 全国地方公共団体コード: six digits of which the last is the check digit.
///
/// The first five weigh 6, 5, 4, 3, 2; check = (11 − sum mod 11) mod 10.
pub fn is_dantai(code: &str) -> bool {
    let Some(digits) = digits(code, 6) else { return false };
    let weighed = digits[..5].iter().zip([6, 5, 4, 3, 2]).map(|(digit, weight)| digit * weight);
    digits[5] == (11 - weighed.sum::<u32>() % 11) % 10
}

/// The sixth digit for the first five of a 全国地方公共団体コード; nothing where they are not five digits.
pub(crate) fn dantai_check(five: &str) -> Option<String> {
    (0..10).map(|digit| format!("{five}{digit}")).find(|code| is_dantai(code))
}

/// Whether this is shaped as a 法令ID: era 1 to 5, two digits of the year, and twelve capitals or digits for kind and
/// number (`415AC0000000057`, `321CONSTITUTION`).
pub fn is_law_id(id: &str) -> bool {
    let bytes = id.as_bytes();
    bytes.len() == 15
        && (b'1'..=b'5').contains(&bytes[0])
        && bytes[1..3].iter().all(u8::is_ascii_digit)
        && bytes[3].is_ascii_uppercase()
        && bytes[4..].iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// Whether this is shaped as an id of MITRE ATT&CK: technique `T1566` or `T1566.001`, tactic `TA0001`, group `G0016`,
/// software `S0154`, campaign `C0001`, mitigation `M1036`.
pub fn is_attack_id(id: &str) -> bool {
    let number = |part: &str, length: usize| digits(part, length).is_some();
    if let Some(tactic) = id.strip_prefix("TA") {
        return number(tactic, 4);
    }
    if let Some(technique) = id.strip_prefix('T') {
        return match technique.split_once('.') {
            Some((whole, part)) => number(whole, 4) && number(part, 3),
            None => number(technique, 4),
        };
    }
    id.strip_prefix(['G', 'S', 'C', 'M']).is_some_and(|n| number(n, 4))
}

/// Whether this is shaped as a 学校コード: a capital and twelve digits (`F101110100010`).
pub fn is_school_code(code: &str) -> bool {
    code.starts_with(|c: char| c.is_ascii_uppercase()) && code.get(1..).is_some_and(|n| digits(n, 12).is_some())
}

/// Whether this is shaped as ISO 3166-1 alpha-2 (`JP`) or a subdivision of ISO 3166-2 (`JP-13`).
pub fn is_iso3166(code: &str) -> bool {
    let (country, part) = code.split_once('-').map_or((code, None), |(a, b)| (a, Some(b)));
    let part_fits =
        |p: &str| (1..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    is_alpha2(country) && part.is_none_or(part_fits)
}

/// Two capital letters.
pub(crate) fn is_alpha2(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether this is shaped as an EDINETコード (`E00004`).
pub(crate) fn is_edinet(code: &str) -> bool {
    code.strip_prefix(['E', 'G']).is_some_and(|n| digits(n, 5).is_some())
}

/// Whether this is shaped as a 証券コード: four places, digits or (since 2024) capitals (`9432`, `130A`).
pub(crate) fn is_securities_code(code: &str) -> bool {
    code.len() == 4
        && code.starts_with(|c: char| c.is_ascii_digit())
        && code.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

/// The digits of a text that is so many ASCII digits and nothing else.
fn digits(text: &str, length: usize) -> Option<Vec<u32>> {
    let found: Vec<u32> = text.chars().map_while(|c| c.to_digit(10)).collect();
    (text.len() == length && found.len() == length).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rule: fn(&str) -> bool, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(rule(text), "{text} should pass");
        }
        for text in bad {
            assert!(!rule(text), "{text} should not pass");
        }
    }

    #[test]
    fn corporate_numbers() {
        // 国税庁's own, and the one in its description of the check digit.
        check(is_hojin, &["7000012050002", "8700110005901"], &["7000012050003", "700001205000", "70000120500020", ""]);
        check(is_hojin, &[], &["７000012050002", "700001205000x"]);
    }

    #[test]
    fn municipality_codes() {
        check(is_dantai, &["011002", "131016", "010006"], &["011003", "01100", "0110020", "01100x"]);
        assert_eq!(dantai_check("01100").as_deref(), Some("011002"));
        assert_eq!(dantai_check("0110"), None);
    }

    #[test]
    fn law_ids() {
        check(is_law_id, &["415AC0000000057", "321CONSTITUTION", "505M60000F5A001"], &["615AC0000000057"]);
        check(is_law_id, &[], &["415AC000000005", "415AC00000000570", "4150C0000000057", "415ac0000000057"]);
    }

    #[test]
    fn attack_ids() {
        check(is_attack_id, &["T1566", "T1566.001", "TA0001", "G0016", "S0154", "C0001"], &["T156", "T15666"]);
        check(is_attack_id, &[], &["T1566.01", "T1566.0011", "X0001", "TA001", ""]);
    }

    #[test]
    fn other_codes() {
        check(is_school_code, &["F101110100010"], &["F10111010001", "F1011101000101", "1101110100010"]);
        check(is_iso3166, &["JP", "JP-13", "US-CA"], &["jp", "JPN", "JP-", "JP-1234"]);
        check(is_edinet, &["E00004"], &["E0004", "00004", "E000040"]);
        check(is_securities_code, &["9432", "130A"], &["943", "A130", "94321", "13 A"]);
    }
}

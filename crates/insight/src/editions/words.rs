//! Words made comparable: folded, years set apart, likeness by pairs of characters.

use hakusho_lexicon::{era_year, match_key};

/// What stands for a year or a number in a masked text.
const MASK: char = '#';
/// Characters that, besides a year, say no more than when.
const WHEN: &str = "#年度版末月日期第四半上下前後初頃分回調査~〜-–/・0123456789";

/// A text for comparing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// Folded, with the years.
    pub(super) plain: String,
    /// Folded, years masked.
    pub(super) key: String,
    /// The years, in order.
    pub(super) years: Vec<i32>,
    pairs: Vec<(char, char)>,
}

impl Words {
    pub(super) fn new(text: &str) -> Self {
        let plain = match_key(text).text();
        let (key, years) = without_years(&plain);
        let pairs = pairs(&key);
        Self { plain, key, years, pairs }
    }

    /// Words in which numbers do not count either.
    pub(super) fn without_numbers(text: &str) -> Self {
        let mut words = Self::new(text);
        words.key = without_numbers(&words.key);
        words.pairs = pairs(&words.key);
        words
    }

    /// Whether they only say when (`2023年度`, `2024年3月`).
    pub(super) fn is_time(&self) -> bool {
        let mut depth = 0;
        let mut outside = self.key.chars().filter(|c| {
            depth += i32::from(*c == '(');
            let inside = depth > 0;
            depth -= i32::from(*c == ')');
            !inside
        });
        !self.years.is_empty() && outside.all(|c| WHEN.contains(c))
    }

    /// Likeness in thousandths: shared pairs of characters (Dice's coefficient), 1000 for equal words.
    pub(super) fn likeness(&self, other: &Self) -> u32 {
        if self.key == other.key {
            return 1000;
        }
        let total = self.pairs.len() + other.pairs.len();
        if total == 0 {
            return 0;
        }
        let (mut shared, mut i, mut j) = (0, 0, 0);
        while let (Some(a), Some(b)) = (self.pairs.get(i), other.pairs.get(j)) {
            shared += usize::from(a == b);
            (i, j) = (i + usize::from(a <= b), j + usize::from(b <= a));
        }
        // Words that differ are never wholly alike, whatever their pairs.
        ((2000 * shared / total) as u32).min(999)
    }
}

/// Pairs of neighbours, sorted.
fn pairs(text: &str) -> Vec<(char, char)> {
    let mut pairs: Vec<(char, char)> = text.chars().zip(text.chars().skip(1)).collect();
    pairs.sort_unstable();
    pairs
}

/// Masks western and era years.
fn without_years(text: &str) -> (String, Vec<i32>) {
    let chars: Vec<char> = text.chars().collect();
    let (mut out, mut years, mut i) = (String::with_capacity(text.len()), Vec::new(), 0);
    while i < chars.len() {
        if let Some((year, length)) = era(&chars[i..]).or_else(|| western(&chars, i)) {
            out.push(MASK);
            years.push(year);
            i += length;
        } else {
            out.push(chars[i]);
            i += 1;
        }
    }
    (out, years)
}

/// `令和5` before 年, and how many characters it takes.
fn era(chars: &[char]) -> Option<(i32, usize)> {
    let name: String = chars.get(..2)?.iter().collect();
    let digits = chars[2..].iter().take(2).take_while(|c| c.is_ascii_digit()).count();
    let (number, length) = match chars.get(2)? {
        '元' => (1, 3),
        _ => (chars[2..2 + digits].iter().collect::<String>().parse().ok()?, 2 + digits),
    };
    (chars.get(length) == Some(&'年')).then_some(())?;
    Some((era_year(&name, number)?, length))
}

/// Four digits from 1900 to 2099 that count nothing (`2024年`, `見本10大脅威2024`; not `2000人`, `12,024`).
fn western(chars: &[char], at: usize) -> Option<(i32, usize)> {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.');
    if at > 0 && is_number(chars[at - 1]) || !matches!(chars.get(at..at + 2)?, ['1', '9'] | ['2', '0']) {
        return None;
    }
    let digits = chars.get(at..at + 4)?;
    let next = chars.get(at + 4);
    let particle = |c: char| ('ぁ'..='ん').contains(&c);
    let word = |c: char| c.is_alphabetic() && c != '年' && !particle(c);
    let counts = next.is_some_and(|c| is_number(*c) || matches!(c, '%' | '$') || word(*c));
    let year: i32 = digits.iter().collect::<String>().parse().ok()?;
    (!counts).then_some((year, 4))
}

/// Masks numbers (`1万600件` and `412件` are both `#件`).
fn without_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        let number = c.is_ascii_digit() || inside && matches!(c, ',' | '.' | '万' | '億' | '兆' | '千');
        if number && !inside {
            out.push(MASK);
        } else if !number {
            out.push(c);
        }
        inside = number;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_set_apart() {
        let check = |text: &str, key: &str, years: &[i32]| {
            let words = Words::new(text);
            assert_eq!((words.key.as_str(), words.years.as_slice()), (key, years), "{text}");
        };
        check("見本10大脅威2024（組織）", "見本10大脅威#(組織)", &[2024]);
        check("漏えい等の原因（２０２２年度）", "漏えい等の原因(#年度)", &[2022]);
        check("令和5年版と平成元年", "#年版と#年", &[2023, 1989]);
        check("令和5人", "令和5人", &[]);
        check("十大脅威2024の順位", "十大脅威#の順位", &[2024]);
        check("2000人と12,024と1899年と2100年", "2000人と12,024と1899年と2100年", &[]);
        check("2021〜2023", "#〜#", &[2021, 2023]);
    }

    #[test]
    fn words_that_only_say_when() {
        for text in ["2023年度", "2021", "2023年版（％）", "令和6年3月末", "2024年版(N=812)"] {
            assert!(Words::new(text).is_time(), "{text}");
        }
        for text in ["電子契約", "3月", "2023年度の件数", ""] {
            assert!(!Words::new(text).is_time(), "{text}");
        }
    }

    #[test]
    fn likeness_counts_shared_pairs() {
        let check = |a: &str, b: &str, expected: u32| {
            assert_eq!(Words::new(a).likeness(&Words::new(b)), expected, "{a} and {b}");
            assert_eq!(Words::new(b).likeness(&Words::new(a)), expected, "{b} and {a}");
        };
        check("2023年の動向", "2024年の動向", 1000);
        check("あいう", "あいえ", 500);
        check("あ", "い", 0);
        check("あ", "あ", 1000);
        check("", "あいう", 0);
        check("ああいあ", "あいああ", 999);
    }

    #[test]
    fn numbers_do_not_count_where_they_are_what_changes() {
        let same = |a: &str, b: &str| {
            assert_eq!(Words::without_numbers(a).key, Words::without_numbers(b).key, "{a} and {b}");
        };
        same("事案は412件であり、前年度の", "事案は1,468件であり、前年度の");
        same("相談1万600件のうち", "相談12,700件のうち");
    }
}

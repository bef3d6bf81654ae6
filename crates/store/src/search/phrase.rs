//! A run of units that must stand in a text as it is.

use super::units::Units;

/// Units with their distances. What stands between two of them does not matter, only that something does.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    units: Units,
}

impl Phrase {
    /// The phrase of some words; none where nothing in them can be searched.
    pub(crate) fn of(words: &str) -> Option<Self> {
        let units = Units::of(words);
        (!units.is_empty()).then_some(Self { units })
    }

    /// Terms of the index, each with its distance from the first, that together say the same: as few as will do.
    pub(crate) fn terms(&self) -> Vec<(usize, &str)> {
        let mut terms = Vec::new();
        let mut i = 0;
        while let Some(unit) = self.units.list().get(i) {
            let here = unit.position as usize;
            if let Some(pair) = self.units.pair(i) {
                terms.push((here, pair));
                i += 2;
                continue;
            }
            match i.checked_sub(1).and_then(|before| self.units.pair(before)) {
                Some(pair) => terms.push((here - 1, pair)),
                None => terms.push((here, self.units.text(i))),
            }
            i += 1;
        }
        terms
    }

    /// Where it stands in a text: code points, end exclusive.
    pub(crate) fn places(&self, text: &Units) -> Vec<(u32, u32)> {
        let last = text.len().checked_sub(self.units.len());
        last.map_or_else(Vec::new, |last| (0..=last).filter_map(|i| self.place(text, i)).collect())
    }

    fn place(&self, text: &Units, at: usize) -> Option<(u32, u32)> {
        let (own, other) = (self.units.list(), text.list().get(at..at + self.units.len())?);
        let (zero, there) = (own.first()?.position, other.first()?.position);
        let same = own
            .iter()
            .zip(other)
            .enumerate()
            .all(|(k, (a, b))| a.position - zero == b.position - there && self.units.text(k) == text.text(at + k));
        same.then(|| other.first().zip(other.last()).map(|(first, last)| (first.start, last.end)))?
    }
}

impl std::fmt::Display for Phrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let terms: Vec<String> = self.terms().iter().map(|(at, term)| format!("{term}@{at}")).collect();
        write!(f, "[{}]", terms.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_terms_say_it_all() {
        let check = |words: &str, expected: &str| {
            assert_eq!(Phrase::of(words).map(|p| p.to_string()).as_deref(), Some(expected));
        };
        check("型", "[型@0]");
        check("攻撃", "[攻撃@0]");
        check("標的型", "[標的@0 的型@1]");
        check("標的型攻撃", "[標的@0 型攻@2 攻撃@3]");
        check("第3回", "[第@0 3@1 回@2]");
        check("（株）日立", "[株@0 日立@2]");
        assert!(Phrase::of("…、").is_none());
    }

    #[test]
    fn places_are_code_points_of_the_original() {
        let check = |words: &str, text: &str, expected: &[(u32, u32)]| {
            assert_eq!(Phrase::of(words).expect("words").places(&Units::of(text)), expected, "{words} in {text}");
        };
        check("標的型", "標的型と標的型攻撃", &[(0, 3), (4, 7)]);
        check("標的型", "標準的な型", &[]);
        check("ああ", "あああ", &[(0, 2), (1, 3)]);
        check("サイバー", "「ｻｲﾊﾞｰ」", &[(1, 6)]);
        check("log4j", "脆弱性（Ｌｏｇ４ｊ）", &[(4, 9)]);
        check("log4", "Log4j", &[]);
        check("A B", "a-b", &[(0, 3)]);
        check("ab", "a-b", &[]);
        check("平成30", "㍻30年", &[(0, 3)]);
        check("長い文字列", "短い", &[]);
    }
}

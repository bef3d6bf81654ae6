//! `ToUnicode` maps that cannot be true, told by their own entries.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::GlyphText;

/// Codes of one character from which a map is judged; fonts have two or three glyphs for one character by right.
const FEW: usize = 4;
/// Maps longer than this, in bytes, are not looked at: what names one character only is short.
const SHORT: usize = 16_384;

/// Whether the map gives one character for three quarters of its codes or more: some producers write the same target
/// behind every code of a vertical subset, and the side tab of a report reads `IIIIIIII`.
pub(super) fn names_one_character(map: &[u8]) -> bool {
    let text = if map.len() <= SHORT { String::from_utf8_lossy(map) } else { return false };
    if text.contains("beginbfrange") {
        return false;
    }
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    let mut codes = 0;
    for section in text.split("beginbfchar").skip(1) {
        let section = section.split_once("endbfchar").map_or(section, |(inside, _)| inside);
        let strings: Vec<&str> = section.split('<').skip(1).filter_map(|s| Some(s.split_once('>')?.0.trim())).collect();
        for pair in strings.chunks_exact(2) {
            codes += 1;
            *counts.entry(pair[1]).or_default() += 1;
        }
    }
    // Blanks of several widths are one character by right.
    let blank = |target: &str| matches!(target, "0020" | "00A0" | "00a0" | "3000" | "FFFD" | "fffd" | "0000");
    counts.iter().any(|(target, &n)| n >= FEW && n * 4 >= codes * 3 && !blank(target))
}

/// Whether a map's character says nothing to a reader: private use, or the sign for the unknown.
pub(super) fn says_nothing(text: &GlyphText) -> bool {
    matches!(text, GlyphText::One('\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' | '\u{FFFD}'))
}

/// Whether two characters are different letters: kana or ideographs that are not forms of one another.
pub(super) fn disagree(a: char, b: char) -> bool {
    let letter = |c: char| matches!(u32::from(c), 0x3041..=0x30FF | 0x3400..=0x9FFF | 0x20000..=0x3FFFD);
    let plain = |c: char| c.nfkc().next().unwrap_or(c);
    letter(a) && letter(b) && plain(a) != plain(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(targets: &[&str], expected: bool) {
        let rows: String = targets.iter().enumerate().map(|(i, t)| format!("<{i:04X}> <{t}>\n")).collect();
        let map = format!("{} beginbfchar\n{rows}endbfchar\n", targets.len());
        assert_eq!(names_one_character(map.as_bytes()), expected, "{targets:?}");
        assert!(!names_one_character(format!("1 beginbfrange <0> <1> <0049> endbfrange {map}").as_bytes()));
    }

    #[test]
    fn one_character_for_most_codes_at_the_limit_and_past_it() {
        check(&["0049", "0049", "0049"], false);
        check(&["0049", "0049", "0049", "0049"], true);
        check(&["0049", "0049", "0049", "0049", "5E02"], true);
        check(&["0049", "0049", "0049", "0049", "5E02", "5834"], false);
        check(&["0020", "0020", "0020", "0020"], false);
        check(&[], false);
    }

    #[test]
    fn sections_add_up() {
        let map = b"2 beginbfchar <01> <49> <02> <49> endbfchar 2 beginbfchar <03><49> <04><49> endbfchar";
        assert!(names_one_character(map));
    }

    #[test]
    fn letters_disagree_and_signs_do_not() {
        assert!(disagree('高', '低'));
        assert!(!disagree('高', '高'));
        assert!(!disagree('〜', '～'));
        assert!(!disagree('ー', '-'));
    }

    #[test]
    fn private_use_says_nothing() {
        assert!(says_nothing(&GlyphText::One('\u{E000}')));
        assert!(!says_nothing(&GlyphText::One('白')));
    }
}

//! Kana and kanji of a text as a multiset, in one spelling for all engines.

use std::collections::BTreeMap;

use hakusho_model::{Glyph, GlyphFlags, PageContent};
use unicode_normalization::UnicodeNormalization as _;

/// Characters with how often they occur.
pub(crate) type Counts = BTreeMap<char, u64>;

/// Glyphs that count as text: visible or not, but each once.
pub(crate) fn kept(page: &PageContent) -> impl Iterator<Item = &Glyph> {
    page.glyphs.iter().filter(|g| !g.flags.has(GlyphFlags::DUPLICATE))
}

/// Kana and kanji of a text: radicals folded, variation selectors dropped, half-width forms widened.
pub(crate) fn counts(text: impl Iterator<Item = char>) -> Counts {
    let mut counts = Counts::new();
    for ch in text.filter_map(hakusho_pdf::repaired).nfkc().filter(|c| is_kana_or_kanji(*c)) {
        *counts.entry(ch).or_default() += 1;
    }
    counts
}

/// Hiragana, katakana and CJK ideographs with their iteration marks; no punctuation.
pub(crate) fn is_kana_or_kanji(ch: char) -> bool {
    matches!(u32::from(ch),
        0x3005..=0x3007 | 0x3041..=0x3096 | 0x309D..=0x309F | 0x30A1..=0x30FA | 0x30FC..=0x30FF | 0x31F0..=0x31FF
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFD)
}

pub(crate) fn total(counts: &Counts) -> u64 {
    counts.values().sum()
}

/// Of each character the larger count.
pub(crate) fn most(a: &Counts, b: &Counts) -> Counts {
    let mut out = a.clone();
    for (&ch, &n) in b {
        let slot = out.entry(ch).or_default();
        *slot = n.max(*slot);
    }
    out
}

/// Both counts together.
pub(crate) fn sum(a: &Counts, b: &Counts) -> Counts {
    let mut out = a.clone();
    for (&ch, &n) in b {
        *out.entry(ch).or_default() += n;
    }
    out
}

/// How many characters both have.
pub(crate) fn common(a: &Counts, b: &Counts) -> u64 {
    a.iter().map(|(ch, n)| b.get(ch).map_or(0, |m| *n.min(m))).sum()
}

/// What `a` has beyond `b`, as text: `の×3 白`.
pub(crate) fn beyond(a: &Counts, b: &Counts) -> String {
    let words = a.iter().filter_map(|(ch, n)| match n.saturating_sub(b.get(ch).copied().unwrap_or(0)) {
        0 => None,
        1 => Some(ch.to_string()),
        more => Some(format!("{ch}×{more}")),
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(beyond(&counts(text.chars()), &Counts::new()), expected);
    }

    #[test]
    fn one_spelling_for_all() {
        check("⽩白書\u{FE00}", "書 白×2");
        check("ｶﾞ・ー〜（A1）", "ガ ー");
        check("\u{FA19}々", "々 神");
    }

    #[test]
    fn the_larger_count_and_the_common_one() {
        let (a, b) = (counts("白白書".chars()), counts("白書書".chars()));
        assert_eq!(total(&most(&a, &b)), 4);
        assert_eq!(common(&a, &b), 2);
        assert_eq!(beyond(&a, &b), "白");
    }
}

//! Folding: what two texts are compared by. Widths, dashes, dots and quotes made equal, spaces and invisible characters gone.

use unicode_normalization::UnicodeNormalization;

/// Folded text whose characters remember where they stood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Folded {
    /// The characters that count.
    pub(crate) chars: Vec<char>,
    /// Place of each in the text before folding, in Unicode scalar values.
    origin: Vec<usize>,
}

impl Folded {
    /// Folds a text.
    pub(crate) fn new(raw: &str) -> Self {
        let mut folded = Self::default();
        let mut input = raw.chars().enumerate().peekable();
        while let Some((start, first)) = input.next() {
            let mut cluster = vec![alike(first)];
            while let Some((_, mark)) = input.next_if(|(_, c)| is_combining(*c)) {
                cluster.push(mark);
            }
            for ch in cluster.into_iter().nfkc().map(alike).filter(|c| counts(*c)) {
                folded.chars.push(ch);
                folded.origin.push(start);
            }
        }
        folded
    }

    /// Index of the first folded character at or after a place in the text before folding.
    pub(crate) fn at(&self, offset: usize) -> usize {
        self.origin.partition_point(|o| *o < offset)
    }

    /// Place, before folding, of a folded character.
    pub(crate) fn origin(&self, index: usize) -> usize {
        self.origin.get(index).copied().unwrap_or(usize::MAX - 1)
    }

    /// The text without what `length_at` finds: it says how many characters to leave out at an index.
    pub(crate) fn without(&self, length_at: impl Fn(&[char], usize) -> usize) -> Self {
        let (mut kept, mut i) = (Self::default(), 0);
        while i < self.chars.len() {
            match length_at(&self.chars, i) {
                0 => {
                    kept.chars.push(self.chars[i]);
                    kept.origin.push(self.origin[i]);
                    i += 1;
                }
                length => i += length,
            }
        }
        kept
    }

    /// The characters as a string.
    pub(crate) fn text(&self) -> String {
        self.chars.iter().collect()
    }
}

/// A text folded.
pub(crate) fn fold(text: &str) -> String {
    Folded::new(text).text()
}

/// A text folded, without marks of footnotes: what snippets are compared by.
pub(crate) fn plain(text: &str) -> String {
    plain_chars(text).into_iter().collect()
}

/// As [`plain`], as characters.
pub(crate) fn plain_chars(text: &str) -> Vec<char> {
    Folded::new(text).without(note_mark).chars
}

/// The text without the ellipses that stand in Latin words where a space was lost.
pub(crate) fn mend(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let latin = |i: usize| chars.get(i).is_some_and(char::is_ascii_alphanumeric);
    let lost = |i: usize| chars[i] == '…' && i > 0 && latin(i - 1) && latin(i + 1);
    (0..chars.len()).map(|i| if lost(i) { char::REPLACEMENT_CHARACTER } else { chars[i] }).collect()
}

/// Length of a note mark (`*` and up to three digits) at an index; 0 where there is none.
pub(crate) fn note_mark(chars: &[char], at: usize) -> usize {
    if chars[at] != '*' {
        return 0;
    }
    match chars[at + 1..].iter().take(3).take_while(|c| c.is_ascii_digit()).count() {
        0 => 0,
        digits => digits + 1,
    }
}

/// First place of `needle` in `hay` at or after `from`.
pub(crate) fn find(hay: &[char], needle: &[char], from: usize) -> Option<usize> {
    let Some(first) = needle.first() else { return (from <= hay.len()).then_some(from) };
    let last = hay.len().checked_sub(needle.len())?;
    (from..=last).find(|at| hay[*at] == *first && hay[*at..*at + needle.len()] == *needle)
}

/// Whether `hay` has `needle`.
pub(crate) fn contains(hay: &[char], needle: &[char]) -> bool {
    find(hay, needle, 0).is_some()
}

/// Marks that join the character before them.
fn is_combining(ch: char) -> bool {
    matches!(u32::from(ch), 0x0300..=0x036F | 0x3099 | 0x309A | 0xFF9E | 0xFF9F)
}

/// One character for those that look the same in print.
fn alike(ch: char) -> char {
    match u32::from(ch) {
        0x2010..=0x2015 | 0x2212 | 0xFE63 | 0xFF0D | 0x2500 => '-',
        0x301C | 0xFF5E | 0x223C | 0x02DC => '~',
        0xFF65 | 0x00B7 | 0x2022 | 0x2027 | 0x2219 | 0x22C5 => '・',
        0x2018 | 0x2019 => '\'',
        0x201C | 0x201D => '"',
        0x22EF => '…',
        _ => ch,
    }
}

/// Whether a character is seen: no space, no control or format character, none without a meaning.
fn counts(ch: char) -> bool {
    let unseen = matches!(u32::from(ch), 0x00AD | 0x0600..=0x0605 | 0x061C | 0x06DD | 0x070F | 0x180E | 0x200B..=0x200F
        | 0x202A..=0x202E | 0x2060..=0x206F | 0xE000..=0xF8FF | 0xFDD0..=0xFDEF | 0xFEFF | 0xFFF0..=0xFFFB | 0xFFFD..=0xFFFF
        | 0x1_D173..=0x1_D17A | 0xE_0000..=0xE_00FF | 0xE_01F0..=0x10_FFFF);
    !(unseen || ch.is_whitespace() || ch.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, folded: &str, plain_text: &str) {
        assert_eq!(fold(text), folded);
        assert_eq!(plain(text), plain_text);
    }

    #[test]
    fn what_looks_the_same_is_the_same() {
        check("ＡＢ　Ｃ－１〜２", "ABC-1~2", "ABC-1~2");
        check("ｻｲﾊﾞｰ", "サイバー", "サイバー");
        check("“い”・ろ\u{200B}\u{E000}", "\"い\"・ろ", "\"い\"・ろ");
        check("注＊1、＊234、＊、＊5678", "注*1、*234、*、*5678", "注、、*、8");
    }

    #[test]
    fn an_ellipsis_in_latin_words_is_a_lost_space() {
        assert_eq!(fold(&mend("Info…Bank、情報…銀行、A……B")), "InfoBank、情報...銀行、A......B");
    }

    #[test]
    fn positions_lead_back_over_clusters_and_gaps() {
        let folded = Folded::new("か\u{3099} ㈱＊1に");
        assert_eq!(folded.text(), "が(株)*1に");
        assert_eq!((folded.at(2), folded.at(3), folded.at(6), folded.origin(1)), (1, 1, 6, 3));
        let key = folded.without(note_mark);
        assert_eq!((key.text().as_str(), key.at(4), key.at(7)), ("が(株)に", 4, 5));
    }

    #[test]
    fn finding_begins_at_the_place_given_and_ends_with_the_text() {
        let hay: Vec<char> = "ababa".chars().collect();
        assert_eq!(find(&hay, &['a', 'b'], 1), Some(2));
        assert_eq!(find(&hay, &['b', 'a'], 4), None);
        assert_eq!(find(&hay, &[], 5), Some(5));
        assert_eq!(find(&hay, &[], 6), None);
    }
}

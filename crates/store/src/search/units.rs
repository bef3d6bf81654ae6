//! A text cut into what can be searched: characters of Japanese, words of everything else, each with its place.

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfkc_quick};

/// Characters after which a word is cut, so that no address or key becomes a term of any length.
const LONGEST_WORD: usize = 64;

/// A character or a word, folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    from: u32,
    to: u32,
    /// Whether it is a character of a script that is written without spaces.
    pub(crate) single: bool,
    /// Its number in the text; whatever stands between two units and is none takes one number.
    pub(crate) position: u32,
    /// First code point of the original text.
    pub(crate) start: u32,
    /// Code point after the last one of the original text.
    pub(crate) end: u32,
}

/// The units of a text, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Units {
    folded: String,
    list: Vec<Unit>,
}

impl Units {
    /// Cuts a text. Width and compatibility forms are folded (Unicode NFKC, UAX #15), capitals made small.
    pub(crate) fn of(text: &str) -> Self {
        let mut cutter = Cutter { units: Self::default(), gap: false, word: 0 };
        for segment in Segments::of(text) {
            cutter.segment(segment);
        }
        cutter.units
    }

    pub(crate) fn list(&self) -> &[Unit] {
        &self.list
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The folded text of a unit.
    pub(crate) fn text(&self, i: usize) -> &str {
        self.slice(i, i)
    }

    /// The folded text of a unit and the one after it, if both are single characters and nothing stands between them.
    pub(crate) fn pair(&self, i: usize) -> Option<&str> {
        let (here, next) = (self.list.get(i)?, self.list.get(i + 1)?);
        (here.single && next.single && here.position + 1 == next.position).then(|| self.slice(i, i + 1))
    }

    fn slice(&self, first: usize, last: usize) -> &str {
        let place = |i: usize| self.list.get(i).map(|u| (u.from as usize, u.to as usize));
        let (Some((from, _)), Some((_, to))) = (place(first), place(last)) else { return "" };
        self.folded.get(from..to).unwrap_or_default()
    }
}

/// A character with the marks that belong to it.
struct Segment<'t> {
    text: &'t str,
    start: u32,
    end: u32,
}

/// Cuts before every character that cannot be composed with the one before it.
struct Segments<'t> {
    rest: &'t str,
    at: u32,
}

impl<'t> Segments<'t> {
    fn of(text: &'t str) -> Self {
        Self { rest: text, at: 0 }
    }
}

impl<'t> Iterator for Segments<'t> {
    type Item = Segment<'t>;

    fn next(&mut self) -> Option<Segment<'t>> {
        let mut chars = self.rest.char_indices();
        chars.next()?;
        let mut count = 1;
        let length = loop {
            match chars.next() {
                Some((_, c)) if joins(c) => count += 1,
                Some((place, _)) => break place,
                None => break self.rest.len(),
            }
        };
        let (text, rest) = self.rest.split_at(length);
        let start = self.at;
        self.rest = rest;
        self.at += count;
        Some(Segment { text, start, end: self.at })
    }
}

/// Combining marks, and the half-width voiced sound marks (ｶﾞ is ガ).
fn joins(c: char) -> bool {
    !c.is_ascii() && (canonical_combining_class(c) != 0 || matches!(c, '\u{FF9E}' | '\u{FF9F}'))
}

struct Cutter {
    units: Units,
    /// Whether something that is no unit stood since the last unit.
    gap: bool,
    /// Characters of the word that is going on; 0 where none is.
    word: usize,
}

impl Cutter {
    fn segment(&mut self, s: Segment<'_>) {
        let mut chars = s.text.chars();
        if let (Some(c), None) = (chars.next(), chars.next())
            && (c.is_ascii() || is_nfkc_quick(std::iter::once(c)) == IsNormalized::Yes)
        {
            return self.small(c, &s);
        }
        for c in s.text.nfkc() {
            self.small(c, &s);
        }
    }

    fn small(&mut self, c: char, s: &Segment<'_>) {
        for c in c.to_lowercase() {
            self.push(c, s);
        }
    }

    fn push(&mut self, c: char, s: &Segment<'_>) {
        if is_mark(c) {
            if !self.gap
                && let Some(last) = self.units.list.last_mut()
            {
                last.end = s.end;
            }
        } else if is_single(c) {
            self.word = 0;
            self.add(c, true, s);
        } else if !c.is_alphanumeric() {
            self.word = 0;
            self.gap = true;
        } else if (1..LONGEST_WORD).contains(&self.word) {
            self.word += 1;
            self.units.folded.push(c);
            if let Some(last) = self.units.list.last_mut() {
                last.to = self.units.folded.len() as u32;
                last.end = s.end;
            }
        } else {
            self.word = 1;
            self.add(c, false, s);
        }
    }

    fn add(&mut self, c: char, single: bool, s: &Segment<'_>) {
        let position = self.units.list.last().map_or(0, |last| last.position + 1 + u32::from(self.gap));
        let from = self.units.folded.len() as u32;
        self.units.folded.push(c);
        let to = self.units.folded.len() as u32;
        self.units.list.push(Unit { from, to, single, position, start: s.start, end: s.end });
        self.gap = false;
    }
}

/// Marks that are left when composition is done, variation selectors, and characters without width: they are not there.
fn is_mark(c: char) -> bool {
    !c.is_ascii()
        && (is_combining_mark(c)
            || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
                | '\u{E0100}'..='\u{E01EF}'))
}

/// Kana (long vowel and iteration marks among them), ideographs, Hangul syllables.
fn is_single(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3031}'..='\u{3035}' | '\u{303B}' | '\u{3041}'..='\u{3096}'
        | '\u{309D}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}'
        | '\u{1B000}'..='\u{1B16F}' | '\u{20000}'..='\u{3FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `unit@position[start-end]`, words in brackets of their own.
    fn table(text: &str) -> String {
        let units = Units::of(text);
        let one = |(i, u): (usize, &Unit)| {
            let shown = if u.single { units.text(i).to_owned() } else { format!("({})", units.text(i)) };
            format!("{shown}@{}[{}-{}]", u.position, u.start, u.end)
        };
        units.list().iter().enumerate().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn texts_and_their_units() {
        let texts = [
            "",
            "標的型",
            "生成AIの活用",
            "ＡＩ・ＩｏＴ",
            "ｻｲﾊﾞｰ攻撃",
            "サイバー",
            "か\u{3099}ぎ",
            "㈱日立",
            "㍻30年",
            "CVE-2021-44228",
            "第３回（速報）",
            "1,234万件",
            "葛\u{E0100}飾",
            "soft\u{AD}ware",
            "cafe\u{301} É",
            "目　次",
            "…。",
            "ﬁle",
            "佐々木〇",
            "𠮷野家",
        ];
        let lines: Vec<String> = texts.iter().map(|t| format!("{t:?}: {}", table(t))).collect();
        insta::assert_snapshot!(lines.join("\n"));
    }

    #[test]
    fn a_word_is_cut_at_its_longest() {
        let check =
            |chars: usize, expected: usize| assert_eq!(Units::of(&"x".repeat(chars)).len(), expected, "{chars}");
        check(LONGEST_WORD, 1);
        check(LONGEST_WORD + 1, 2);
    }

    #[test]
    fn pairs_do_not_cross_a_gap_or_a_word() {
        let pairs = |text: &str| {
            let units = Units::of(text);
            (0..units.len()).filter_map(|i| units.pair(i).map(str::to_owned)).collect::<Vec<_>>()
        };
        assert_eq!(pairs("攻撃、情報AI漏えい"), ["攻撃", "情報", "漏え", "えい"]);
    }
}

//! Japanese normalisation with a way back: what was printed, folded for comparing, every position known.
//!
//! [`fold`] is NFKC with offsets, for grammars of numbers and dates. [`match_key`] goes further, for names: widths,
//! dashes, spaces between Japanese characters, long vowels, small kana, old character forms, case, middle dots.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use crate::embedded::FILES;
use crate::tsv::rows;

/// A folded character and the printed characters it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoldedChar {
    /// The character.
    pub ch: char,
    /// First printed character (Unicode scalar values from the start of the text).
    pub start: u32,
    /// One past the last printed character.
    pub end: u32,
}

/// Folded text with its way back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// The characters in order.
    pub chars: Vec<FoldedChar>,
}

impl Folded {
    /// The folded characters alone.
    pub fn text(&self) -> String {
        self.chars.iter().map(|c| c.ch).collect()
    }

    /// Printed span of the folded characters `from..to`.
    pub fn span(&self, from: usize, to: usize) -> (usize, usize) {
        let start = self.chars.get(from).map_or(0, |c| c.start);
        let end = self.chars[from..to].last().map_or(start, |c| c.end);
        (start as usize, end as usize)
    }
}

/// Characters that NFKC leaves alone and that combine with nothing before them.
fn is_stable(ch: char) -> bool {
    matches!(u32::from(ch), 0x20..=0x7E | 0x3001..=0x3003 | 0x3005..=0x3029 | 0x3041..=0x3096 | 0x30A1..=0x30FA | 0x30FC | 0x3400..=0x9FFF)
}

/// Marks that join the character before them.
fn is_combining(ch: char) -> bool {
    matches!(u32::from(ch), 0x0300..=0x036F | 0x3099 | 0x309A | 0xFF9E | 0xFF9F)
}

/// NFKC, cluster by cluster; U+FFFD and private-use characters become a space.
pub fn fold(text: &str) -> Folded {
    let mut chars = Vec::with_capacity(text.len() / 2);
    let mut input = text.chars().enumerate().peekable();
    while let Some((i, ch)) = input.next() {
        let joined = input.peek().is_some_and(|(_, next)| is_combining(*next));
        let start = i as u32;
        if !joined && is_stable(ch) {
            chars.push(FoldedChar { ch, start, end: start + 1 });
            continue;
        }
        let mut cluster = String::from(ch);
        let mut end = start + 1;
        while let Some((_, mark)) = input.next_if(|(_, next)| is_combining(*next)) {
            cluster.push(mark);
            end += 1;
        }
        for folded in cluster.nfkc() {
            let ch = if is_unreadable(folded) { ' ' } else { folded };
            chars.push(FoldedChar { ch, start, end });
        }
    }
    Folded { chars }
}

fn is_unreadable(ch: char) -> bool {
    matches!(u32::from(ch), 0xFFFD | 0xE000..=0xF8FF | 0xF0000..) || ch.is_control()
}

/// Full-width katakana and the long-vowel mark.
#[inline]
pub fn is_katakana(ch: char) -> bool {
    matches!(u32::from(ch), 0x30A1..=0x30FA | 0x30FC)
}

fn is_japanese(ch: char) -> bool {
    is_katakana(ch)
        || matches!(u32::from(ch), 0x3005..=0x3007 | 0x3041..=0x3096 | 0x3400..=0x9FFF | 0x3001..=0x3002 | 0x300C..=0x3011)
}

fn is_dash(ch: char) -> bool {
    matches!(ch, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−')
}

/// Least length of a katakana word whose last long vowel does not count (サーバー = サーバ).
const LONG_VOWEL_WORD: usize = 4;

/// The key under which names are compared.
///
/// In this order: NFKC; unreadable characters to spaces; dashes between letters or digits made one; spaces between
/// Japanese characters and at their seams dropped; the last long vowel of katakana words of four and more characters
/// dropped; small kana widened, ヴ to ブ; old character forms to new ones; letters to lower case; middle dots in
/// katakana dropped.
pub fn match_key(text: &str) -> Folded {
    match_key_of(&fold(text))
}

/// As [`match_key`], of a text that is folded already.
pub fn match_key_of(folded: &Folded) -> Folded {
    let mut chars = folded.chars.clone();
    for c in &mut chars {
        if is_dash(c.ch) {
            c.ch = '-';
        }
        c.ch = variant(c.ch);
        c.ch = c.ch.to_ascii_lowercase();
    }
    chars = without_spaces(&chars);
    chars = without_dots(&chars);
    chars = without_long_vowels(chars);
    small_kana(&mut chars);
    Folded { chars }
}

/// Old character forms and other one-to-one variants, from `variants.tsv`.
fn variant(ch: char) -> char {
    static TABLE: LazyLock<FxHashMap<char, char>> = LazyLock::new(|| {
        let text = FILES.iter().find(|(name, _)| *name == "variants.tsv").map_or("", |(_, text)| text);
        let pair = |cells: &Vec<&str>| Some((cells[0].chars().next()?, cells[1].chars().next()?));
        rows("variants.tsv", text)
            .map(|t| t.rows.iter().filter_map(|(_, cells)| pair(cells)).collect())
            .unwrap_or_default()
    });
    if is_katakana(ch) && !matches!(ch, 'ヶ' | 'ヵ') || ch.is_ascii() {
        ch
    } else {
        TABLE.get(&ch).copied().unwrap_or(ch)
    }
}

/// Spaces stay only between Latin words; runs of them are one.
fn without_spaces(chars: &[FoldedChar]) -> Vec<FoldedChar> {
    let mut out: Vec<FoldedChar> = Vec::with_capacity(chars.len());
    for (i, c) in chars.iter().enumerate() {
        if !c.ch.is_whitespace() {
            out.push(*c);
            continue;
        }
        let next = chars[i + 1..].iter().find(|n| !n.ch.is_whitespace());
        let keep =
            out.last().is_some_and(|p| p.ch != ' ' && !is_japanese(p.ch)) && next.is_some_and(|n| !is_japanese(n.ch));
        if keep {
            out.push(FoldedChar { ch: ' ', ..*c });
        }
    }
    out
}

/// Middle dots between katakana belong to the character before them.
fn without_dots(chars: &[FoldedChar]) -> Vec<FoldedChar> {
    let mut out: Vec<FoldedChar> = Vec::with_capacity(chars.len());
    for (i, c) in chars.iter().enumerate() {
        let inside = c.ch == '・'
            && out.last().is_some_and(|p| is_katakana(p.ch))
            && chars.get(i + 1).is_some_and(|n| is_katakana(n.ch));
        match out.last_mut() {
            Some(last) if inside => last.end = c.end,
            _ => out.push(*c),
        }
    }
    out
}

fn without_long_vowels(chars: Vec<FoldedChar>) -> Vec<FoldedChar> {
    let mut out: Vec<FoldedChar> = Vec::with_capacity(chars.len());
    let mut run = 0;
    for (i, c) in chars.iter().enumerate() {
        run = if is_katakana(c.ch) { run + 1 } else { 0 };
        let ends = chars.get(i + 1).is_none_or(|n| !is_katakana(n.ch));
        match out.last_mut() {
            Some(last) if c.ch == 'ー' && ends && run >= LONG_VOWEL_WORD => last.end = c.end,
            _ => out.push(*c),
        }
    }
    out
}

/// ィ to イ and the like; ヴァ to バ, ヴ to ブ.
fn small_kana(chars: &mut Vec<FoldedChar>) {
    let mut out: Vec<FoldedChar> = Vec::with_capacity(chars.len());
    for c in chars.iter() {
        let wide = match c.ch {
            'ァ' => 'ア',
            'ィ' => 'イ',
            'ゥ' => 'ウ',
            'ェ' => 'エ',
            'ォ' => 'オ',
            'ヴ' => 'ブ',
            other => other,
        };
        // ヴァ ヴィ ヴェ ヴォ are バ ビ ベ ボ.
        let row = match (out.last().map(|p| p.ch), wide) {
            (Some('ブ'), 'ア') if c.ch == 'ァ' => Some('バ'),
            (Some('ブ'), 'イ') if c.ch == 'ィ' => Some('ビ'),
            (Some('ブ'), 'エ') if c.ch == 'ェ' => Some('ベ'),
            (Some('ブ'), 'オ') if c.ch == 'ォ' => Some('ボ'),
            _ => None,
        };
        match (row, out.last_mut()) {
            (Some(ch), Some(last)) => {
                last.ch = ch;
                last.end = c.end;
            }
            _ => out.push(FoldedChar { ch: wide, ..*c }),
        }
    }
    *chars = out;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) {
        assert_eq!(match_key(a).text(), match_key(b).text(), "{a} and {b}");
    }

    fn differ(a: &str, b: &str) {
        assert_ne!(match_key(a).text(), match_key(b).text(), "{a} and {b}");
    }

    #[test]
    fn forms_of_one_name() {
        same("サーバー", "サーバ");
        same("ｻｲﾊﾞｰ", "サイバー");
        same("ＩＢＭ", "ibm");
        same("アイ・ティ・アール", "アイティアール");
        same("個人情報 保護", "個人情報保護");
        same("髙島屋", "高島屋");
        same("ウィルス", "ウイルス");
        same("ヴァージョン", "バージョン");
        same("JIS\u{FFFD}Q\u{FFFD}15001", "JIS Q 15001");
        same("5－1", "5-1");
    }

    #[test]
    fn different_names_stay_different() {
        differ("三菱電機", "三菱重工業");
        differ("キー", "キ");
        differ("New York", "NewYork");
        differ("コピー", "コピ");
    }

    #[test]
    fn positions_lead_back() {
        let folded = match_key("サーﾋﾞス約㈱");
        assert_eq!(folded.text(), "サービス約(株)");
        assert_eq!(folded.span(0, 4), (0, 5));
        let key = match_key("サーバーを");
        assert_eq!(key.span(0, 3), (0, 4));
    }

    #[test]
    fn fold_equals_nfkc_of_the_whole() {
        for text in ["①½ｶﾞ㌔", "ａｂｃ　１２３", "か\u{3099}き", "㈱日立"] {
            assert_eq!(fold(text).text(), text.nfkc().collect::<String>());
        }
    }
}

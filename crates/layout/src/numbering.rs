//! Number grammars of headings, exhibits, notes and list items.
//!
//! The grammar is code, the words (図表, 出典, コラム …) come from `ontology/lexicon/layout.tsv`.

use hakusho_lexicon::LayoutWords;

use crate::chars::{is_digit, is_space};

/// Systems of heading numbers, roughly from the outermost inwards; how they nest is learnt from each report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum System {
    /// 第1編
    Volume,
    /// 第1部
    Part,
    /// 第1章
    Chapter,
    /// 第1節
    Section,
    /// 第1款, 第1項, 第1目
    Subsection,
    /// 第1
    Ordinal,
    /// 第1条
    Article,
    /// A1, RN: a tag beside the title
    Tag,
    /// Ⅰ, Ⅱ, III.
    Roman,
    /// 1
    Decimal1,
    /// 1-1, 1.1
    Decimal2,
    /// 1-1-1
    Decimal3,
    /// 1-1-1-1
    Decimal4,
    /// 一、
    Kanji,
    /// (1)
    Paren,
    /// 1)
    HalfParen,
    /// ①
    Circled,
    /// ア
    Kana,
    /// (ア), (ｱ)
    ParenKana,
    /// A, a
    Letter,
    /// (a)
    ParenLetter,
}

/// A number at the start of a heading or list item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) system: System,
    /// As printed.
    pub(crate) text: String,
    /// Its last component as a number.
    pub(crate) value: u32,
    /// What follows.
    pub(crate) rest: String,
    /// Whether the number stands alone before a space or the end, so that a title can follow.
    pub(crate) spaced: bool,
}

const KANA_ORDER: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
const HALF_KANA: &str = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ";

/// The heading number at the start of a text.
pub(crate) fn heading_label(text: &str) -> Option<Label> {
    let text = text.trim_start_matches(is_space);
    ordinal(text)
        .or_else(|| chapter_word(text))
        .or_else(|| circled(text))
        .or_else(|| bracketed(text))
        .or_else(|| decimal(text))
        .or_else(|| roman_label(text))
        .or_else(|| kana(text))
        .or_else(|| letter(text))
        .or_else(|| kanji_number(text))
}

fn label(system: System, text: &str, len: usize, value: u32) -> Label {
    let rest = &text[len..];
    let trimmed = rest.trim_start_matches(|c: char| is_space(c) || matches!(c, '．' | '.' | '：' | ':' | '、' | '，'));
    Label {
        system,
        text: text[..len].trim_end_matches(is_space).to_owned(),
        value,
        spaced: rest.is_empty() || trimmed.len() < rest.len(),
        rest: trimmed.to_owned(),
    }
}

/// 第1章, 第一節, 第Ⅰ部: spaces inside are allowed.
fn ordinal(text: &str) -> Option<Label> {
    let after = text.strip_prefix('第')?;
    let inner = after.trim_start_matches(is_space);
    let digits: usize = inner
        .chars()
        .take_while(|c| is_digit(*c) || is_number_kanji(*c) || is_roman_sign(*c))
        .map(char::len_utf8)
        .sum();
    let value = number_value(&inner[..digits])?;
    let unit_part = inner[digits..].trim_start_matches(is_space);
    let unit = unit_part.chars().next()?;
    let plain = || {
        let len = text.len() - inner.len() + digits;
        (unit_part.len() < inner.len() - digits).then(|| label(System::Ordinal, text, len, value))
    };
    let system = match unit {
        '編' => System::Volume,
        '部' => System::Part,
        '章' => System::Chapter,
        '節' => System::Section,
        '款' | '項' | '目' => System::Subsection,
        '条' => System::Article,
        _ => return plain(),
    };
    let len = text.len() - unit_part.len() + unit.len_utf8();
    // 第3条の2
    let (len, value) = match unit_part[unit.len_utf8()..].strip_prefix('の') {
        Some(sub) if system == System::Article && sub.chars().next().is_some_and(is_digit) => {
            let n: usize = sub.chars().take_while(|c| is_digit(*c)).map(char::len_utf8).sum();
            (len + 'の'.len_utf8() + n, value)
        }
        _ => (len, value),
    };
    Some(label(system, text, len, value))
}

/// Words that number chapters before the number instead of around it.
const CHAPTER_WORDS: [&str; 9] =
    ["Chapter", "CHAPTER", "Appendix", "APPENDIX", "Annex", "付録", "附属書", "補論", "補章"];

/// Chapter 1, Appendix A, 付録B
fn chapter_word(text: &str) -> Option<Label> {
    let word = CHAPTER_WORDS.into_iter().find(|w| text.starts_with(w))?;
    let after = text[word.len()..].trim_start_matches(is_space);
    let digits: usize = after.chars().take_while(|c| is_digit(*c)).map(char::len_utf8).sum();
    let (len, value) = match after.chars().next()? {
        _ if digits > 0 => (digits, number_value(&after[..digits])?),
        letter @ 'A'..='Z' => (1, u32::from(letter) - 64),
        _ => return None,
    };
    let found = label(System::Chapter, text, text.len() - after.len() + len, value);
    found.spaced.then_some(found)
}

/// A tag that stands beside its title in large type: `A1`, `A1:2017`, `RN`, `+T`.
pub(crate) fn tag(text: &str) -> Option<Label> {
    let text = text.trim_matches(is_space);
    let letters = text.bytes().take_while(|b| b.is_ascii_uppercase() || *b == b'+').count();
    let digits = text[letters..].bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[letters + digits..];
    let year = rest.strip_prefix(':').is_none_or(|y| y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit()));
    let whole = rest.is_empty() || rest.starts_with(':') && year;
    ((1..=4).contains(&letters) && digits <= 2 && letters + digits > 1 && whole)
        .then(|| label(System::Tag, text, text.len(), text[letters..letters + digits].parse().unwrap_or(0)))
}

/// A tag and its title in one line of large type: `TOC 目次`.
pub(crate) fn leading_tag(text: &str) -> Option<Label> {
    let text = text.trim_matches(is_space);
    let (first, rest) = text.split_once(is_space)?;
    let japanese = rest.chars().any(crate::chars::is_japanese);
    let found = tag(first).filter(|_| japanese)?;
    Some(Label { rest: rest.trim_start_matches(is_space).to_owned(), ..found })
}

fn circled(text: &str) -> Option<Label> {
    let ch = text.chars().next()?;
    let value = match u32::from(ch) {
        n @ 0x2460..=0x2473 => n - 0x245F,
        n @ 0x2776..=0x277F => n - 0x2775,
        n @ 0x24EB..=0x24F4 => n - 0x24E0,
        n @ 0x3251..=0x325F => n - 0x323C,
        _ => return None,
    };
    let mut found = label(System::Circled, text, ch.len_utf8(), value);
    found.spaced = true;
    Some(found)
}

/// (1), （１）, 1), 1）, (ア), (a)
fn bracketed(text: &str) -> Option<Label> {
    if let ch @ '⑴'..='⒇' = text.chars().next()? {
        let mut found = label(System::Paren, text, ch.len_utf8(), u32::from(ch) - 0x2473);
        found.spaced = true;
        return Some(found);
    }
    let (open, inner) = match text.strip_prefix(['(', '（']) {
        Some(inner) => (true, inner),
        None => (false, text),
    };
    let end = inner.find([')', '）'])?;
    let body = inner[..end].trim_matches(is_space);
    let len = text.len() - inner.len() + end + inner[end..].chars().next()?.len_utf8();
    let (system, value) = if !body.is_empty() && body.chars().all(is_digit) && body.chars().count() <= 2 {
        (if open { System::Paren } else { System::HalfParen }, number_value(body)?)
    } else if open && body.chars().count() == 1 {
        let ch = body.chars().next()?;
        match kana_value(ch) {
            Some(v) => (System::ParenKana, v),
            None if ch.is_ascii_lowercase() => (System::ParenLetter, u32::from(ch) - 96),
            None if is_number_kanji(ch) => (System::Paren, number_value(body)?),
            None => return None,
        }
    } else {
        return None;
    };
    let mut found = label(system, text, len, value);
    found.spaced = true;
    Some(found)
}

/// 1, 1., 1-1, 1.1.1, １－１．
fn decimal(text: &str) -> Option<Label> {
    let mut parts = Vec::new();
    let mut len = 0;
    let mut rest = text;
    loop {
        let digits: usize = rest.chars().take_while(|c| is_digit(*c)).map(char::len_utf8).sum();
        if digits == 0 {
            break;
        }
        parts.push(number_value(&rest[..digits])?);
        len = text.len() - rest.len() + digits;
        rest = &rest[digits..];
        let Some(joint) = rest.chars().next().filter(|c| matches!(c, '-' | '－' | '‐' | '–' | '−' | '.' | '．' | '・'))
        else {
            break;
        };
        rest = &rest[joint.len_utf8()..];
    }
    let value = *parts.last()?;
    let system = match parts.len() {
        1 => System::Decimal1,
        2 => System::Decimal2,
        3 => System::Decimal3,
        _ => System::Decimal4,
    };
    // Years and amounts are no heading numbers.
    if value > 99
        || (parts.len() == 1
            && text[len..].starts_with([
                ',', '，', '%', '％', '年', '月', '日', '人', '億', '万', '件', '社', '位', '割', '倍', '点', '台',
                '種', '回', '章', '節', '円', '歳', '～', '~', '〜', '/', '／', ':',
            ]))
    {
        return None;
    }
    Some(label(system, text, len, value))
}

fn roman_label(text: &str) -> Option<Label> {
    let first = text.chars().next()?;
    if is_roman_sign(first) && !first.is_ascii() {
        let len: usize = text.chars().take_while(|c| is_roman_sign(*c) && !c.is_ascii()).map(char::len_utf8).sum();
        let value = number_value(&text[..len])?;
        // Ⅰ-1 counts as two levels.
        let rest = &text[len..];
        let sub = rest.strip_prefix(['-', '－', '‐', '.', '．']).filter(|r| r.chars().next().is_some_and(is_digit));
        if let Some(sub) = sub {
            let n: usize = sub.chars().take_while(|c| is_digit(*c)).map(char::len_utf8).sum();
            let total = text.len() - sub.len() + n;
            return Some(label(System::Decimal2, text, total, number_value(&sub[..n])?));
        }
        return Some(label(System::Roman, text, len, value));
    }
    let len = text.bytes().take_while(|b| matches!(b, b'I' | b'V' | b'X')).count();
    (len > 0 && text[len..].starts_with(['.', '．']))
        .then(|| label(System::Roman, text, len, number_value(&text[..len]).unwrap_or(1)))
}

fn kana(text: &str) -> Option<Label> {
    let ch = text.chars().next()?;
    let value = kana_value(ch)?;
    let found = label(System::Kana, text, ch.len_utf8(), value);
    found.spaced.then_some(found)
}

fn letter(text: &str) -> Option<Label> {
    let ch = text
        .chars()
        .next()
        .filter(|c| c.is_ascii_alphabetic() || ('Ａ'..='Ｚ').contains(c) || ('ａ'..='ｚ').contains(c))?;
    let rest = &text[ch.len_utf8()..];
    let marked = rest.starts_with(['.', '．', ')', '）', '\u{3000}']);
    let value = match ch {
        'a'..='z' => u32::from(ch) - 96,
        'A'..='Z' => u32::from(ch) - 64,
        'Ａ'..='Ｚ' => u32::from(ch) - 0xFF20,
        _ => u32::from(ch) - 0xFF40,
    };
    marked.then(|| {
        let len = ch.len_utf8()
            + if rest.starts_with([')', '）']) { rest.chars().next().map_or(0, char::len_utf8) } else { 0 };
        label(System::Letter, text, len, value)
    })
}

/// 一、 二．
fn kanji_number(text: &str) -> Option<Label> {
    let len: usize = text.chars().take_while(|c| is_number_kanji(*c)).map(char::len_utf8).sum();
    let rest = &text[len..];
    (len > 0 && rest.starts_with(['、', '．', '.', '\u{3000}']))
        .then(|| label(System::Kanji, text, len, number_value(&text[..len]).unwrap_or(0)))
}

fn kana_value(ch: char) -> Option<u32> {
    let at = |table: &str| table.chars().position(|k| k == ch).map(|i| i as u32 + 1);
    at(KANA_ORDER).or_else(|| at(HALF_KANA))
}

fn is_number_kanji(ch: char) -> bool {
    "〇一二三四五六七八九十百".contains(ch)
}

/// Roman numerals, also as single signs (Ⅰ to Ⅻ).
pub(crate) fn is_roman_sign(ch: char) -> bool {
    matches!(ch, 'Ⅰ'..='Ⅻ' | 'ⅰ'..='ⅻ' | 'I' | 'V' | 'X')
}

/// Value of decimal, kanji or Roman digits.
pub(crate) fn number_value(text: &str) -> Option<u32> {
    let mut chars = text.chars().peekable();
    let first = *chars.peek()?;
    if is_digit(first) {
        return text.chars().try_fold(0u32, |n, c| {
            let d = c.to_digit(10).or_else(|| ('０'..='９').contains(&c).then(|| u32::from(c) - 0xFF10))?;
            n.checked_mul(10)?.checked_add(d)
        });
    }
    if is_number_kanji(first) {
        return kanji_value(text);
    }
    roman_value(text)
}

fn kanji_value(text: &str) -> Option<u32> {
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|k| k == c).map(|i| i as u32);
    if text.chars().all(|c| digit(c).is_some()) {
        return text.chars().try_fold(0u32, |n, c| n.checked_mul(10)?.checked_add(digit(c)?));
    }
    let (mut total, mut open) = (0u32, 0u32);
    for c in text.chars() {
        match c {
            '十' => {
                total += open.max(1) * 10;
                open = 0;
            }
            '百' => {
                total += open.max(1) * 100;
                open = 0;
            }
            other => open = digit(other)?,
        }
    }
    Some(total + open)
}

fn roman_value(text: &str) -> Option<u32> {
    let value = |c: char| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'Ⅰ'..='Ⅻ' => Some(u32::from(c) - 0x215F),
        'ⅰ'..='ⅻ' => Some(u32::from(c) - 0x216F),
        _ => None,
    };
    let values: Vec<u32> = text.chars().map(value).collect::<Option<_>>()?;
    let signed =
        |(i, &v): (usize, &u32)| if values.get(i + 1).is_some_and(|&n| n > v) { -i64::from(v) } else { i64::from(v) };
    u32::try_from(values.iter().enumerate().map(signed).sum::<i64>()).ok().filter(|v| *v > 0)
}

/// A caption's number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CaptionLabel {
    /// As printed (`図表Ⅰ-4-1-1`, `第1-1-2図`).
    pub(crate) text: String,
    /// Number alone, as printed (`Ⅰ-4-1-1`).
    pub(crate) number: String,
    /// Characters before the label (a bullet such as ■).
    pub(crate) before: usize,
    /// What follows, separators cut.
    pub(crate) rest: String,
    /// Whether a separator stands behind the label, or nothing.
    pub(crate) spaced: bool,
}

/// The exhibit number at the start of a text, marks such as ■ before it aside.
pub(crate) fn caption_label(text: &str, words: &LayoutWords) -> Option<CaptionLabel> {
    let start = text.trim_start_matches(|c: char| {
        is_space(c)
            || matches!(c, '■' | '●' | '◆' | '▼' | '▲' | '【' | '［' | '[' | '<' | '＜' | '〈' | '《' | '□' | '○')
    });
    let (len, number) = exhibit_number(start, words)?;
    let rest = &start[len..];
    let trimmed = rest.trim_start_matches(|c: char| {
        is_space(c)
            || matches!(
                c,
                '／' | '/' | '：' | ':' | '．' | '.' | '】' | '］' | ']' | '>' | '＞' | '〉' | '》' | '、' | '｜' | '|'
            )
    });
    Some(CaptionLabel {
        text: start[..len].trim_end_matches(is_space).to_owned(),
        number,
        before: text[..text.len() - start.len()].chars().count(),
        spaced: rest.is_empty() || trimmed.len() < rest.len(),
        rest: trimmed.to_owned(),
    })
}

/// Length in bytes of an exhibit label at the start of the text, and its number.
///
/// `図表Ⅰ-4-1-1`, `図１`, `表3-2`, `Figure 2`, `第1-1-2図`, `第Ⅲ-1-4-1図`.
pub(crate) fn exhibit_number(text: &str, words: &LayoutWords) -> Option<(usize, String)> {
    if let Some(after) = text.strip_prefix('第') {
        let (len, number, joints) = dashed_number(after)?;
        let unit = words.exhibit.iter().find(|w| after[len..].starts_with(w.as_str()))?;
        return (joints > 0).then(|| ('第'.len_utf8() + len + unit.len(), number));
    }
    let word = words.exhibit.iter().filter(|w| text.starts_with(w.as_str())).max_by_key(|w| w.len())?;
    let after = &text[word.len()..];
    let gap = after.len() - after.trim_start_matches(is_space).len();
    let (len, number, _) = dashed_number(&after[gap..])?;
    // A Latin word wants a space or a point before its number.
    (!word.is_ascii() || gap > 0 || word.ends_with('.')).then(|| (word.len() + gap + len, number))
}

/// A number with dashes: length in bytes, the number without spaces, and how many dashes it has.
fn dashed_number(text: &str) -> Option<(usize, String, usize)> {
    let mut number = String::new();
    let (mut len, mut joints) = (0, 0);
    let mut rest = text;
    loop {
        let piece: usize = rest.chars().take_while(|c| is_digit(*c) || is_roman_sign(*c)).map(char::len_utf8).sum();
        let mut end = piece;
        // One letter after the digits (図1a) or in their place (図A-1).
        if piece == 0
            && joints == 0
            && rest.chars().next().is_some_and(|c| c.is_ascii_uppercase())
            && rest[1..].starts_with(['-', '－', '‐', '.'])
        {
            end = 1;
        }
        if end == 0 {
            break;
        }
        number.push_str(&rest[..end]);
        len = text.len() - rest.len() + end;
        rest = &rest[end..];
        let Some(dash) = rest.chars().next().filter(|c| is_dash(*c) || *c == '.') else { break };
        let next = rest[dash.len_utf8()..].chars().next();
        if !next.is_some_and(|c| is_digit(c) || is_roman_sign(c)) {
            break;
        }
        number.push(dash);
        joints += 1;
        rest = &rest[dash.len_utf8()..];
    }
    (!number.is_empty()).then_some((len, number, joints))
}

/// Dashes and what stands for them in exhibit numbers.
pub(crate) fn is_dash(ch: char) -> bool {
    matches!(ch, '-' | '－' | '‐' | '‑' | '–' | '—' | '―' | '−' | 'ー')
}

/// Two printed numbers are the same number: width, dashes and Roman signs made equal.
pub(crate) fn number_key(number: &str) -> String {
    let fold = |c: char| match c {
        c if is_dash(c) || c == '.' || c == '．' => "-".to_owned(),
        '０'..='９' => char::from_u32(u32::from(c) - 0xFF10 + 0x30).map(String::from).unwrap_or_default(),
        'Ⅰ'..='Ⅻ' => ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
            [(u32::from(c) - 0x2160) as usize]
            .to_owned(),
        c if is_space(c) => String::new(),
        c => c.to_string(),
    };
    number.chars().map(fold).collect()
}

/// The marker at the start of a footnote or exhibit note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NoteLabel {
    /// As printed, without spaces.
    pub(crate) marker: String,
    /// Bytes it takes at the start of the text, with the space behind it.
    pub(crate) len: usize,
    /// Bare digits: only position tells them from a number.
    pub(crate) bare: bool,
}

/// `＊1`, `*1`, `※1`, `注1`, `（注1）`, `†`, `1`, `1)`, `[1]`.
pub(crate) fn note_label(text: &str) -> Option<NoteLabel> {
    let skip = text.len() - text.trim_start_matches(is_space).len();
    let body = &text[skip..];
    let digits_at = |s: &str| -> usize { s.chars().take_while(|c| is_digit(*c)).map(char::len_utf8).sum() };
    let first = body.chars().next()?;
    let done = |len: usize, bare: bool| {
        let space = body[len..].len()
            - body[len..].trim_start_matches(|c| is_space(c) || c == '．' || (bare && c == '.')).len();
        let marker = body[..len].chars().filter(|c| !is_space(*c)).collect();
        Some(NoteLabel { marker, len: skip + len + space, bare })
    };
    match first {
        '＊' | '*' | '※' | '†' | '‡' | '＃' | '#' | '★' | '☆' => {
            let gap = body[first.len_utf8()..].len() - body[first.len_utf8()..].trim_start_matches(is_space).len();
            let n = digits_at(&body[first.len_utf8() + gap..]);
            done(first.len_utf8() + if n > 0 { gap + n } else { 0 }, false)
        }
        '注' | '註' => {
            let n = digits_at(&body[first.len_utf8()..]);
            let after = &body[first.len_utf8() + n..];
            let mark = after
                .chars()
                .next()
                .filter(|c| matches!(c, ')' | '）' | '：' | ':' | '.' | '．'))
                .map_or(0, char::len_utf8);
            (n > 0 || mark > 0 || after.starts_with(is_space))
                .then(|| done(first.len_utf8() + n + mark, false))
                .flatten()
        }
        '(' | '（' | '[' | '［' | '〔' => {
            let end = body.find([')', '）', ']', '］', '〕'])?;
            let inner = body[first.len_utf8()..end].trim_matches(is_space);
            let word = inner.trim_start_matches(['注', '註', '＊', '*', '※']);
            let numbered = !inner.is_empty() && word.chars().all(is_digit) && inner.chars().count() <= 4;
            let close = body[end..].chars().next().map_or(0, char::len_utf8);
            (numbered && (word.len() < inner.len() || matches!(first, '[' | '［')))
                .then(|| done(end + close, false))
                .flatten()
        }
        c if is_digit(c) => {
            let n = digits_at(body);
            let close = body[n..].chars().next().filter(|c| matches!(c, ')' | '）')).map_or(0, char::len_utf8);
            (body[..n].chars().count() <= 3).then(|| done(n + close, true)).flatten()
        }
        _ => None,
    }
}

/// Whether the text begins a source line (出典), and the bytes of that beginning.
pub(crate) fn source_label(text: &str, words: &LayoutWords) -> Option<usize> {
    tagged(text, &words.source)
}

/// Whether the text begins a note of an exhibit (注, 備考, ※).
pub(crate) fn is_exhibit_note(text: &str, words: &LayoutWords) -> bool {
    let text = text.trim_start_matches(is_space);
    text.starts_with(['※', '＊', '*']) || tagged(text, &words.note).is_some() || {
        // 注1), （注2）
        let inner = text.trim_start_matches(['(', '（']);
        words.note.iter().any(|w| {
            inner.strip_prefix(w.as_str()).is_some_and(|r| {
                r.chars().next().is_some_and(|c| is_digit(c) || matches!(c, ')' | '）' | '：' | ':' | '．' | '.'))
            })
        })
    }
}

/// A word in brackets or before a colon at the start of the text.
fn tagged(text: &str, words: &[String]) -> Option<usize> {
    let start = text.trim_start_matches(is_space);
    let skip = text.len() - start.len();
    let (open, inner) = match start.strip_prefix(['(', '（', '［', '[', '【', '〔', '＜', '<']) {
        Some(inner) => (true, inner),
        None => (false, start),
    };
    let squeezed = |w: &str| -> Option<usize> {
        // 資 料： the word may be spaced out.
        let mut rest = inner;
        for ch in w.chars() {
            rest = rest.trim_start_matches(is_space).strip_prefix(ch)?;
        }
        Some(inner.len() - rest.len())
    };
    let len = words.iter().filter_map(|w| squeezed(w)).max()?;
    let after = inner[len..].trim_start_matches(is_space);
    let close = after.chars().next()?;
    let marks = match (open, close) {
        (true, ')' | '）' | '］' | ']' | '】' | '〕' | '＞' | '>') | (_, '：' | ':') => close.len_utf8(),
        (false, _) if after.len() < inner[len..].len() => 0,
        _ => return None,
    };
    let end = start.len() - after.len() + marks;
    let tail = &start[end..];
    let more = tail.len() - tail.trim_start_matches(|c| is_space(c) || c == '：' || c == ':').len();
    Some(skip + end + more)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> LayoutWords {
        LayoutWords::embedded()
    }

    fn heading(text: &str) -> Option<(System, String, u32, String)> {
        heading_label(text).map(|l| (l.system, l.text, l.value, l.rest))
    }

    #[test]
    fn heading_numbers() {
        let check = |text: &str, system, label: &str, value, rest: &str| {
            assert_eq!(heading(text), Some((system, label.to_owned(), value, rest.to_owned())), "{text}");
        };
        check("第1節　AIの進化", System::Section, "第1節", 1, "AIの進化");
        check("第 十二 章 総論", System::Chapter, "第 十二 章", 12, "総論");
        check("第Ⅰ部　特集", System::Part, "第Ⅰ部", 1, "特集");
        check("１－１．調査概要", System::Decimal2, "１－１", 1, "調査概要");
        check("1-2. 回答者のプロフィール", System::Decimal2, "1-2", 2, "回答者のプロフィール");
        check("(2)　被害", System::Paren, "(2)", 2, "被害");
        check("③国産LLM", System::Circled, "③", 3, "国産LLM");
        check("イ　サイバー", System::Kana, "イ", 2, "サイバー");
        check("（ｲ）届出", System::ParenKana, "（ｲ）", 2, "届出");
        check("3 検索サービス", System::Decimal1, "3", 3, "検索サービス");
        check("第3条の2　定義", System::Article, "第3条の2", 3, "定義");
        check("Ⅱ　背景", System::Roman, "Ⅱ", 2, "背景");
    }

    #[test]
    fn tags_beside_titles() {
        for text in ["A1", "A10:2017", "RN", "+T", "T10"] {
            assert!(tag(text).is_some(), "{text}");
        }
        for text in ["A", "OWASP", "A123", "a1", "A1:17", "A1です"] {
            assert_eq!(tag(text), None, "{text}");
        }
    }

    #[test]
    fn chapters_numbered_in_words_and_ordinals_without_a_unit() {
        let check = |text: &str, system, label: &str, value, rest: &str| {
            assert_eq!(heading(text), Some((system, label.to_owned(), value, rest.to_owned())), "{text}");
        };
        check("Chapter 1 はじめに", System::Chapter, "Chapter 1", 1, "はじめに");
        check("付録B　用語", System::Chapter, "付録B", 2, "用語");
        check("第２　OSSの定義", System::Ordinal, "第２", 2, "OSSの定義");
        assert_eq!(heading("第2四半期の業績"), None);
        assert_eq!(heading("付録として"), None);
    }

    #[test]
    fn no_heading_numbers() {
        for text in ["2023年5月", "イノベーション", "1,200万人", "第一に", "アプリ", "一方で", "50%", "AIの"]
        {
            assert_eq!(heading(text), None, "{text}");
        }
    }

    #[test]
    fn captions() {
        let check = |text: &str, label: &str, number: &str, rest: &str| {
            let found = caption_label(text, &words()).map(|c| (c.text, c.number, c.rest));
            assert_eq!(found, Some((label.to_owned(), number.to_owned(), rest.to_owned())), "{text}");
        };
        check("図表Ⅰ-4-1-1　生成AIの課題", "図表Ⅰ-4-1-1", "Ⅰ-4-1-1", "生成AIの課題");
        check("■第1-1-2図／基盤モデル", "第1-1-2図", "1-1-2", "基盤モデル");
        check("図１．今後重視したい", "図１", "１", "今後重視したい");
        check("表 3-2 一覧", "表 3-2", "3-2", "一覧");
        check("第Ⅲ-1-4-1図 世界の貿易", "第Ⅲ-1-4-1図", "Ⅲ-1-4-1", "世界の貿易");
        assert_eq!(caption_label("図書館", &words()), None);
        assert_eq!(caption_label("表明した", &words()), None);
    }

    #[test]
    fn note_markers() {
        let marker = |text: &str| note_label(text).map(|n| (n.marker, n.bare));
        assert_eq!(marker("＊1　総務省"), Some(("＊1".into(), false)));
        assert_eq!(marker("※ 2 出典"), Some(("※2".into(), false)));
        assert_eq!(marker("12 Graphics"), Some(("12".into(), true)));
        assert_eq!(marker("注3）対象は"), Some(("注3）".into(), false)));
        assert_eq!(marker("（注1）N=800"), Some(("（注1）".into(), false)));
        assert_eq!(marker("注目される"), None);
        assert_eq!(marker("2023年"), None);
    }

    #[test]
    fn source_lines() {
        let words = words();
        for (text, rest) in [
            ("（出典）総務省", "総務省"),
            ("資料：文部科学省", "文部科学省"),
            ("出典：Statista", "Statista"),
            ("資　料：科学技術", "科学技術"),
            ("（出典：IPA）", "IPA）"),
        ] {
            assert_eq!(source_label(text, &words).map(|n| &text[n..]), Some(rest), "{text}");
        }
        assert_eq!(source_label("資料を基に作成", &words), None);
        assert_eq!(source_label("出典が明らか", &words), None);
    }

    #[test]
    fn same_numbers() {
        assert_eq!(number_key("Ⅰ-4-1-1"), number_key("I－4－1－1"));
        assert_eq!(number_key("１"), number_key("1"));
    }
}

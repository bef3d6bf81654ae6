//! Classes of characters, and how lines of Japanese text are joined.

/// Ideographs, kana, and the signs set in full width with them.
pub(crate) fn is_japanese(ch: char) -> bool {
    matches!(u32::from(ch),
        0x2E80..=0x303F | 0x3040..=0x30FF | 0x3100..=0x31FF | 0x3220..=0x9FFF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F
        | 0xFF01..=0xFF9F | 0xFFE0..=0xFFEF | 0x20000..=0x3FFFF)
        || matches!(
            ch,
            '○' | '●'
                | '◎'
                | '□'
                | '■'
                | '△'
                | '▲'
                | '▽'
                | '▼'
                | '◇'
                | '◆'
                | '★'
                | '☆'
                | '※'
                | '→'
                | '←'
                | '↑'
                | '↓'
                | '…'
                | '‥'
                | '“'
                | '”'
                | '‘'
                | '’'
                | '×'
                | '÷'
                | '±'
                | '°'
        )
}

/// An ideograph.
pub(crate) fn is_kanji(ch: char) -> bool {
    matches!(u32::from(ch), 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF) || ch == '々' || ch == '〆'
}

/// Hiragana or katakana.
pub(crate) fn is_kana(ch: char) -> bool {
    matches!(u32::from(ch), 0x3041..=0x309F | 0x30A1..=0x30FF | 0xFF66..=0xFF9F)
}

/// A letter or digit of half width.
pub(crate) fn is_latin(ch: char) -> bool {
    ch.is_alphanumeric() && !is_japanese(ch)
}

/// Any kind of space.
pub(crate) fn is_space(ch: char) -> bool {
    ch.is_whitespace()
}

/// Digits of half or full width.
pub(crate) fn is_digit(ch: char) -> bool {
    ch.is_ascii_digit() || ('０'..='９').contains(&ch)
}

/// A sign that ends a sentence, closing brackets after it aside.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let end = text.trim_end().trim_end_matches(['」', '』', '）', ')', '】', '〕', '"', '”', '》']);
    let bare = text.trim_end();
    end.ends_with(['。', '．', '.', '？', '！', '?', '!']) && !end.is_empty() || bare.ends_with('。')
}

/// Full-width punctuation whose ink takes half of its box.
pub(crate) fn is_bracket(ch: char) -> bool {
    matches!(
        ch,
        '「' | '」'
            | '『'
            | '』'
            | '（'
            | '）'
            | '［'
            | '］'
            | '【'
            | '】'
            | '〔'
            | '〕'
            | '〈'
            | '〉'
            | '《'
            | '》'
            | '、'
            | '。'
            | '，'
            | '．'
            | '・'
            | '：'
    )
}

/// Bullets that begin a list item.
pub(crate) fn is_bullet(ch: char) -> bool {
    matches!(
        ch,
        '・' | '･'
            | '•'
            | '‣'
            | '⁃'
            | '●'
            | '○'
            | '◎'
            | '■'
            | '□'
            | '◆'
            | '◇'
            | '▪'
            | '▫'
            | '▶'
            | '▷'
            | '►'
            | '➢'
            | '➤'
            | '✓'
            | '✔'
            | '☐'
            | '☑'
            | '\u{F06C}'
            | '\u{F0B7}'
            | '\u{F0D8}'
            | '\u{F06E}'
            | '\u{F075}'
            | '\u{F0A7}'
            | '\u{F0FC}'
    )
}

/// What goes between two pieces of text when lines are joined: nothing in Japanese, a space between Latin words,
/// nothing after a hyphen that the word keeps or inside an address.
pub(crate) fn joint(before: &str, after: &str) -> &'static str {
    let (Some(a), Some(b)) = (before.chars().next_back(), after.chars().next()) else { return "" };
    if is_space(a) || is_space(b) || !(a.is_ascii_graphic() || is_latin(a)) || !(b.is_ascii_graphic() || is_latin(b)) {
        return "";
    }
    if in_address(before) && !after.starts_with(['<', '(']) {
        return "";
    }
    let opens = matches!(a, '(' | '[' | '<' | '/' | '-' | '"' | '@' | '_');
    let closes = matches!(b, ')' | ']' | '>' | ',' | '.' | ';' | ':' | '%' | '/');
    if opens || closes { "" } else { " " }
}

/// Whether the last word of the text is an address (URL) that may run on.
pub(crate) fn in_address(text: &str) -> bool {
    let word_start = text
        .rfind(|c: char| is_space(c) || is_japanese(c))
        .map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    let word = text[word_start..].trim_start_matches(['<', '(', '[']);
    let word = word.find("http").map_or(word, |i| &word[i..]);
    (word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www.")) && !word.ends_with('>')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joints() {
        for (before, after, expected) in [
            ("情報", "通信", ""),
            ("the", "report", " "),
            ("AI", "は", ""),
            ("cyber-", "security", ""),
            ("https://www.example.jp/a", "b.html", ""),
            ("（https://www.example.jp/a", "b.html", ""),
            ("見よhttps://www.example.jp/a-", "b", ""),
            ("5", "%", ""),
            ("Co.", "Ltd", " "),
        ] {
            assert_eq!(joint(before, after), expected, "{before} + {after}");
        }
    }

    #[test]
    fn sentence_ends() {
        assert!(ends_sentence("である。"));
        assert!(ends_sentence("である。」"));
        assert!(ends_sentence("となっている（図表1）。"));
        assert!(!ends_sentence("総務省（"));
        assert!(!ends_sentence("となる「情報」"));
    }
}

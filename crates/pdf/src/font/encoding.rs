//! Encodings of simple fonts: code to character (ISO 32000-1, Annex D), and glyph names to characters.

use read_fonts::ps::{PredefinedEncoding, agl};

/// What one code of a simple font means.
pub(crate) type Chars = Option<Box<str>>;

/// A whole encoding.
pub(crate) type Table = Vec<Chars>;

/// The encodings a font dictionary may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    Standard,
    WinAnsi,
    MacRoman,
    MacExpert,
    Symbol,
    ZapfDingbats,
}

/// Windows code page 1252, 0x80–0x9F; unused codes print a bullet (Annex D.2, note 3).
const WIN_80_9F: &str = "€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ";

/// Mac OS Roman, 0x80–0xFF.
const MAC_80_FF: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»… ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

/// Adobe Symbol, 0x20–0x7E (Annex D.5).
const SYMBOL_20_7E: &str =
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";

/// Adobe Symbol, 0xA1–0xFE; a space where the set has no character of its own.
const SYMBOL_A1_FE: &str =
    "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";

impl Base {
    pub(crate) fn from_name(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"StandardEncoding" => Self::Standard,
            b"WinAnsiEncoding" => Self::WinAnsi,
            b"MacRomanEncoding" => Self::MacRoman,
            b"MacExpertEncoding" => Self::MacExpert,
            _ => return None,
        })
    }

    /// The characters of all 256 codes.
    pub(crate) fn table(self) -> Table {
        (0..=255u8).map(|code| self.chars(code)).collect()
    }

    fn chars(self, code: u8) -> Chars {
        match self {
            Self::Standard => named(PredefinedEncoding::Standard.name(code)),
            Self::MacExpert => named(PredefinedEncoding::Expert.name(code)),
            Self::WinAnsi => match code {
                0x80..=0x9F => nth(WIN_80_9F, code - 0x80),
                0x20..=0x7E | 0xA0..=0xFF => one(char::from(code)),
                _ => None,
            },
            Self::MacRoman => match code {
                0x80..=0xFF => nth(MAC_80_FF, code - 0x80),
                0x20..=0x7E => one(char::from(code)),
                _ => None,
            },
            Self::Symbol => match code {
                0x20..=0x7E => nth(SYMBOL_20_7E, code - 0x20),
                0xA1..=0xFE => nth(SYMBOL_A1_FE, code - 0xA1).filter(|s| &**s != " "),
                _ => None,
            },
            Self::ZapfDingbats => zapf(code),
        }
    }
}

fn one(ch: char) -> Chars {
    Some(ch.to_string().into())
}

fn nth(table: &str, index: u8) -> Chars {
    table.chars().nth(usize::from(index)).and_then(one)
}

/// `ITC` Zapf Dingbats runs along Unicode's Dingbats block with a few strangers.
fn zapf(code: u8) -> Chars {
    let ch = match code {
        0x20 => ' ',
        0x25 => '☎',
        0x2A => '☛',
        0x2B => '☞',
        0x48 => '★',
        0x6C => '●',
        0x6E => '■',
        0x73 => '▲',
        0x74 => '▼',
        0x75 => '◆',
        0x77 => '◗',
        0xA8 => '♣',
        0xA9 => '♦',
        0xAA => '♥',
        0xAB => '♠',
        0xAC..=0xB5 => char::from_u32(0x2460 + u32::from(code - 0xAC))?,
        0xD5 => '→',
        0xD6 => '↔',
        0xD7 => '↕',
        0x21..=0x7E => char::from_u32(0x2700 + u32::from(code) - 0x20)?,
        0xA1..=0xA7 => char::from_u32(0x2761 + u32::from(code) - 0xA1)?,
        0xB6..=0xFE => char::from_u32(0x2776 + u32::from(code) - 0xB6)?,
        _ => return None,
    };
    one(ch)
}

/// The characters of a glyph name: Adobe Glyph List, `uniXXXX`, `uXXXXX`, components joined by `_`.
pub(crate) fn named(name: &str) -> Chars {
    if name.is_empty() || name == ".notdef" {
        return None;
    }
    let text: String = agl::name_to_chars(name).collect();
    (!text.is_empty()).then(|| text.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(base: Base, code: u8, expected: Option<&str>) {
        assert_eq!(base.table()[usize::from(code)].as_deref(), expected, "{base:?} {code:#x}");
    }

    #[test]
    fn tables_have_the_right_length() {
        assert_eq!(WIN_80_9F.chars().count(), 32);
        assert_eq!(MAC_80_FF.chars().count(), 128);
        assert_eq!(SYMBOL_20_7E.chars().count(), 95);
        assert_eq!(SYMBOL_A1_FE.chars().count(), 94);
    }

    #[test]
    fn codes_at_the_seams() {
        check(Base::WinAnsi, 0x80, Some("€"));
        check(Base::WinAnsi, 0x9F, Some("Ÿ"));
        check(Base::WinAnsi, 0x1F, None);
        check(Base::MacRoman, 0x80, Some("Ä"));
        check(Base::MacRoman, 0xFF, Some("ˇ"));
        check(Base::Symbol, 0x61, Some("α"));
        check(Base::Symbol, 0xB7, Some("•"));
        check(Base::Symbol, 0xFE, Some("⎭"));
        check(Base::Standard, 0xAE, Some("ﬁ"));
        check(Base::ZapfDingbats, 0x6C, Some("●"));
        check(Base::ZapfDingbats, 0x21, Some("✁"));
    }

    #[test]
    fn glyph_names() {
        assert_eq!(named("uni767D66F8").as_deref(), Some("白書"));
        assert_eq!(named("f_i").as_deref(), Some("fi"));
        assert_eq!(named("A.swash").as_deref(), Some("A"));
        assert_eq!(named(".notdef"), None);
        assert_eq!(named("g123"), None);
    }
}

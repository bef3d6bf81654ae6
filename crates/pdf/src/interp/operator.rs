//! Operators of content streams (ISO 32000-1, annex A) as numbers: their up to three bytes, so that one jump finds each.

/// The number of an operator; longer words are none.
pub(super) const fn code(name: &[u8]) -> u32 {
    match *name {
        [a] => a as u32,
        [a, b] => (a as u32) << 8 | b as u32,
        [a, b, c] => (a as u32) << 16 | (b as u32) << 8 | c as u32,
        _ => 0,
    }
}

macro_rules! operators {
    ($($name:ident $text:literal)*) => { $(pub(super) const $name: u32 = code($text);)* };
}

operators! {
    SAVE b"q" RESTORE b"Q" CONCAT b"cm" LINE_WIDTH b"w" DASH b"d" STATE b"gs"
    PAINT_OBJECT b"Do" SHADE b"sh" INLINE_IMAGE b"BI"
    BEGIN_MARKED b"BMC" BEGIN_MARKED_WITH b"BDC" END_MARKED b"EMC"
    BEGIN_TEXT b"BT" CHAR_SPACE b"Tc" WORD_SPACE b"Tw" SCALE b"Tz" LEADING b"TL" FONT b"Tf" RENDER b"Tr" RISE b"Ts"
    MOVE b"Td" MOVE_SET b"TD" TEXT_MATRIX b"Tm" NEXT_LINE b"T*"
    SHOW b"Tj" SHOW_SPACED b"TJ" NEXT_SHOW b"'" NEXT_SHOW_SPACED b"\""
    MOVE_TO b"m" LINE_TO b"l" CURVE b"c" CURVE_START b"v" CURVE_END b"y" RECTANGLE b"re" CLOSE b"h"
    STROKE b"S" CLOSE_STROKE b"s" FILL b"f" FILL_OLD b"F" FILL_EVEN b"f*"
    BOTH b"B" BOTH_EVEN b"B*" CLOSE_BOTH b"b" CLOSE_BOTH_EVEN b"b*" END_PATH b"n" CLIP b"W" CLIP_EVEN b"W*"
    GRAY b"g" GRAY_STROKE b"G" RGB b"rg" RGB_STROKE b"RG" CMYK b"k" CMYK_STROKE b"K"
    SPACE b"cs" SPACE_STROKE b"CS" COLOR b"sc" COLOR_N b"scn" COLOR_STROKE b"SC" COLOR_N_STROKE b"SCN"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_three_bytes_and_past_it() {
        assert_eq!(code(b"SCN"), COLOR_N_STROKE);
        assert_eq!(code(b"SCNN"), 0);
        assert_ne!(code(b"m"), code(b"cm"));
    }
}

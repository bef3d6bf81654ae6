//! Tokens of a content stream (ISO 32000-1, 7.2 and 7.8), borrowed from its bytes: no allocation per operator.

/// An operand or operator. Strings are given raw; [`literal_bytes`] and [`hex_bytes`] decode them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Token<'a> {
    Number(f32),
    /// Name without the slash, `#` escapes not decoded.
    Name(&'a [u8]),
    /// Between the outer parentheses, escapes not decoded.
    Literal(&'a [u8]),
    /// Between the angle brackets.
    Hex(&'a [u8]),
    ArrayStart,
    ArrayEnd,
    /// A whole dictionary with its brackets; nested values are rarely needed.
    Dict(&'a [u8]),
    Operator(&'a [u8]),
}

/// Reads tokens one after another; never fails, skips what it cannot read.
pub(crate) struct Lexer<'a> {
    data: &'a [u8],
    at: usize,
    /// Where the last token began.
    start: usize,
}

/// White space (7.2.2, table 1).
const SPACE: u8 = 1;
/// Delimiters (table 2).
const DELIMITER: u8 = 2;

/// Class of every byte; 0 is regular.
const CLASS: [u8; 256] = {
    let mut class = [0; 256];
    let (spaces, delimiters) = ([0u8, 9, 10, 12, 13, 32], *b"()<>[]{}/%");
    let mut i = 0;
    while i < spaces.len() {
        class[spaces[i] as usize] = SPACE;
        i += 1;
    }
    i = 0;
    while i < delimiters.len() {
        class[delimiters[i] as usize] = DELIMITER;
        i += 1;
    }
    class
};

const fn is_space(byte: u8) -> bool {
    CLASS[byte as usize] == SPACE
}

const fn is_regular(byte: u8) -> bool {
    CLASS[byte as usize] == 0
}

/// What the last digit of a fraction counts, by its length. Numbers with more digits are rare.
const POWERS: [f64; 16] =
    [1e0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13, 1e-14, 1e-15];

/// A number of more digits than an integer holds.
#[cold]
fn long_number(text: &[u8]) -> f64 {
    let plain = text.iter().take_while(|b| b.is_ascii_digit() || **b == b'.').count();
    std::str::from_utf8(&text[..plain]).ok().and_then(|t| t.parse().ok()).unwrap_or(0.0)
}

/// The digits from `at` on, appended to `mantissa`, and how many they are. Eight at a time: a loop over single digits is
/// mispredicted at the end of nearly every number.
#[inline]
fn digits(bytes: &[u8], mut at: usize, mut mantissa: u64) -> (u64, usize) {
    let start = at;
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let (value, count) = leading_digits(*eight);
        mantissa = mantissa.wrapping_mul(TENS[count]).wrapping_add(value);
        at += count;
        if count < 8 {
            return (mantissa, at - start);
        }
    }
    while let Some(digit @ b'0'..=b'9') = bytes.get(at) {
        mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
        at += 1;
    }
    (mantissa, at - start)
}

/// Powers of ten, by the number of digits.
const TENS: [u64; 9] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/// Value and count of the digits at the start of eight bytes, by arithmetic on all of them at once (D. Lemire, "Quickly
/// parsing eight digits", 2018).
#[inline]
fn leading_digits(bytes: [u8; 8]) -> (u64, usize) {
    // Digits become 0 to 9; of the others the first gets its high bit set, what lies behind it may get anything.
    let x = u64::from_le_bytes(bytes) ^ 0x3030_3030_3030_3030;
    let others = (x.wrapping_add(0x7676_7676_7676_7676) | x) & 0x8080_8080_8080_8080;
    let count = (others.trailing_zeros() / 8) as usize;
    // Leading zeros take the place of what follows the digits.
    let x = x.checked_shl(64 - 8 * count as u32).unwrap_or(0);
    let pairs = x.wrapping_mul(10).wrapping_add(x >> 8);
    let low = (pairs & 0x0000_00FF_0000_00FF).wrapping_mul(0x000F_4240_0000_0064);
    let high = ((pairs >> 16) & 0x0000_00FF_0000_00FF).wrapping_mul(0x0000_2710_0000_0001);
    (low.wrapping_add(high) >> 32, count)
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0, start: 0 }
    }

    /// Offset behind the last token.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// What is not read yet.
    pub(crate) fn rest(&self) -> &'a [u8] {
        &self.data[self.at..]
    }

    /// Goes on at `offset`.
    pub(crate) fn seek(&mut self, offset: usize) {
        self.at = offset.min(self.data.len());
    }

    /// The bytes of the last token.
    pub(crate) fn last(&self) -> &'a [u8] {
        &self.data[self.start..self.at]
    }

    /// An unsigned integer, if one is next.
    pub(crate) fn unsigned(&mut self) -> Option<u64> {
        self.skip_space();
        let rest = self.rest();
        let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        self.at += digits;
        std::str::from_utf8(&rest[..digits]).ok()?.parse().ok()
    }

    /// Whether `word` is next; it is passed over if so. What follows may touch it.
    pub(crate) fn keyword(&mut self, word: &[u8]) -> bool {
        self.skip_space();
        let found = self.rest().starts_with(word);
        self.at += if found { word.len() } else { 0 };
        found
    }

    /// The next token, `None` at the end.
    pub(crate) fn next(&mut self) -> Option<Token<'a>> {
        loop {
            self.skip_space();
            let byte = *self.data.get(self.at)?;
            self.start = self.at;
            return Some(match byte {
                b'0'..=b'9' | b'+' | b'-' | b'.' => match self.number() {
                    Some(token) => token,
                    None => Token::Operator(self.regular()),
                },
                b'/' => {
                    self.at += 1;
                    Token::Name(self.regular())
                }
                b'(' => Token::Literal(self.literal()),
                b'<' if self.data.get(self.at + 1) == Some(&b'<') => Token::Dict(self.dict()),
                b'<' => Token::Hex(self.hex()),
                b'[' => {
                    self.at += 1;
                    Token::ArrayStart
                }
                b']' => {
                    self.at += 1;
                    Token::ArrayEnd
                }
                b')' | b'>' | b'{' | b'}' => {
                    self.at += 1;
                    continue;
                }
                _ => Token::Operator(self.regular()),
            });
        }
    }

    #[inline]
    fn skip_space(&mut self) {
        while let Some(&byte) = self.data.get(self.at) {
            if byte == b' ' || is_space(byte) {
                self.at += 1;
            } else if byte == b'%' {
                let rest = &self.data[self.at..];
                self.at += rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len());
            } else {
                return;
            }
        }
    }

    fn regular(&mut self) -> &'a [u8] {
        let rest = &self.data[self.at..];
        let len = rest.iter().position(|&b| !is_regular(b)).unwrap_or(rest.len());
        self.at += len;
        &rest[..len]
    }

    /// A number as producers write it: `-.5`, `4.`, `--3`, `1-2` (read as 1); `None` if no digit follows.
    #[inline]
    fn number(&mut self) -> Option<Token<'a>> {
        let rest = &self.data[self.at..];
        let mut i = 0;
        let mut negative = false;
        while let Some(sign @ (b'+' | b'-')) = rest.get(i) {
            negative |= *sign == b'-';
            i += 1;
        }
        let first = i;
        let (mut mantissa, mut digits) = digits(rest, i, 0);
        i += digits;
        let mut fraction = 0;
        if rest.get(i) == Some(&b'.') {
            i += 1;
            (mantissa, fraction) = self::digits(rest, i, mantissa);
            i += fraction;
            digits += fraction;
            // Some writers put a minus inside a number; the digits after it do not count.
            if rest.get(i) == Some(&b'-') {
                i += rest[i..].iter().take_while(|b| b.is_ascii_digit() || **b == b'-').count();
            }
        }
        if digits == 0 && rest.get(i).is_some_and(|&b| is_regular(b)) {
            return None;
        }
        self.at += i.max(1);
        let value = match POWERS.get(fraction) {
            // Below 10^15 it is the same signed, and converts faster.
            Some(power) if digits < POWERS.len() => mantissa as i64 as f64 * power,
            _ => long_number(&rest[first..i]),
        };
        Some(Token::Number(if negative { -value } else { value } as f32))
    }

    fn literal(&mut self) -> &'a [u8] {
        let start = self.at + 1;
        let mut depth = 1usize;
        let mut i = start;
        while let Some(&byte) = self.data.get(i) {
            match byte {
                b'\\' => i += 1,
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        self.at = i + 1;
                        return &self.data[start..i];
                    }
                }
                _ => {}
            }
            i += 1;
        }
        self.at = self.data.len();
        &self.data[start.min(self.data.len())..]
    }

    fn hex(&mut self) -> &'a [u8] {
        let start = self.at + 1;
        let rest = &self.data[start..];
        let len = rest.iter().position(|&b| b == b'>').unwrap_or(rest.len());
        self.at = (start + len + 1).min(self.data.len());
        &rest[..len]
    }

    fn dict(&mut self) -> &'a [u8] {
        let start = self.at;
        let mut depth = 0usize;
        while let Some(&byte) = self.data.get(self.at) {
            match byte {
                b'(' => {
                    self.literal();
                    continue;
                }
                b'<' if self.data.get(self.at + 1) == Some(&b'<') => {
                    depth += 1;
                    self.at += 1;
                }
                b'<' => {
                    self.hex();
                    continue;
                }
                b'>' if self.data.get(self.at + 1) == Some(&b'>') => {
                    self.at += 1;
                    depth -= 1;
                    if depth == 0 {
                        self.at += 1;
                        return &self.data[start..self.at];
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
        &self.data[start..]
    }

    /// Skips the data of an inline image after its `ID` operator, up to and with `EI`.
    ///
    /// `length` is the size of unfiltered data, where known. Otherwise the first `EI` between white space counts
    /// that is followed by something that can be content.
    pub(crate) fn skip_inline_image(&mut self, length: Option<usize>) {
        let start = (self.at + 1).min(self.data.len());
        let mut i = start + length.unwrap_or(0);
        while i + 1 < self.data.len() {
            let ends = &self.data[i..i + 2] == b"EI"
                && (i == start || is_space(self.data[i - 1]) || length == Some(i - start))
                && self.data.get(i + 2).is_none_or(|&b| is_space(b))
                && looks_like_content(&self.data[(i + 2).min(self.data.len())..]);
            if ends {
                self.at = i + 2;
                return;
            }
            i += 1;
        }
        self.at = self.data.len();
    }
}

/// Whether the bytes after a supposed `EI` are text of a content stream and not image data.
fn looks_like_content(rest: &[u8]) -> bool {
    rest.iter().take(12).all(|&b| is_space(b) || (0x20..0x7F).contains(&b))
}

/// Decodes the escapes of a literal string into `out`.
pub(crate) fn literal_bytes(raw: &[u8], out: &mut Vec<u8>) {
    let mut i = 0;
    while let Some(&byte) = raw.get(i) {
        i += 1;
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        let Some(&escaped) = raw.get(i) else { return };
        i += 1;
        match escaped {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'\r' => i += usize::from(raw.get(i) == Some(&b'\n')),
            b'\n' => {}
            b'0'..=b'7' => {
                let mut value = u32::from(escaped - b'0');
                for _ in 0..2 {
                    if let Some(d @ b'0'..=b'7') = raw.get(i) {
                        value = value * 8 + u32::from(d - b'0');
                        i += 1;
                    }
                }
                out.push(value as u8);
            }
            other => out.push(other),
        }
    }
}

/// Decodes the digits of a hexadecimal string into `out`; an odd last digit counts as followed by 0.
pub(crate) fn hex_bytes(raw: &[u8], out: &mut Vec<u8>) {
    let mut high = None;
    for digit in raw.iter().filter_map(|&b| char::from(b).to_digit(16)) {
        match high.take() {
            None => high = Some(digit),
            Some(h) => out.push((h * 16 + digit) as u8),
        }
    }
    if let Some(h) = high {
        out.push((h * 16) as u8);
    }
}

/// Decodes `#xx` in a name; borrowed where there is none.
pub(crate) fn name_bytes(raw: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    if !raw.contains(&b'#') {
        return raw.into();
    }
    let mut out = Vec::with_capacity(raw.len());
    let mut i = 0;
    while i < raw.len() {
        let hex = |k: usize| raw.get(i + k).and_then(|&b| char::from(b).to_digit(16));
        match (raw[i], hex(1), hex(2)) {
            (b'#', Some(a), Some(b)) => {
                out.push((a * 16 + b) as u8);
                i += 3;
            }
            (byte, ..) => {
                out.push(byte);
                i += 1;
            }
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &[u8], expected: &[Token<'_>]) {
        let mut lexer = Lexer::new(input);
        let tokens: Vec<_> = std::iter::from_fn(|| lexer.next()).collect();
        assert_eq!(tokens, expected, "{}", String::from_utf8_lossy(input));
    }

    #[test]
    fn numbers_as_producers_write_them() {
        use Token::Number as N;
        check(b"1 -2 .5 -.25 4. +7 --3 1.5-2", &[N(1.0), N(-2.0), N(0.5), N(-0.25), N(4.0), N(7.0), N(-3.0), N(1.5)]);
    }

    #[test]
    fn numbers_as_long_as_an_integer_and_longer() {
        use Token::Number as N;
        check(
            b"123456789012.345 1234567890123.456 0.33333333333333333333333",
            &[N(123_456_790_000.0), N(1_234_567_900_000.0), N(0.333_333_34)],
        );
    }

    #[test]
    fn digits_of_every_length_before_every_byte() {
        for count in 0..=18 {
            let text = &b"987654321098765432"[..count];
            for after in 0..=255u8 {
                let mut input = text.to_vec();
                input.extend([after; 9]);
                if !after.is_ascii_digit() {
                    let value = text.iter().fold(0, |v, d| v * 10 + u64::from(d - b'0'));
                    assert_eq!(digits(&input, 0, 0), (value, count), "{count} digits before {after}");
                }
                assert_eq!(digits(text, 0, 0).1, count);
            }
        }
        assert_eq!(digits(b"x12.5 0 0 0", 1, 7), (712, 2));
    }

    #[test]
    fn an_operator_may_follow_a_number_at_once() {
        check(
            b"0 0 m12 5l",
            &[
                Token::Number(0.0),
                Token::Number(0.0),
                Token::Operator(b"m12"),
                Token::Number(5.0),
                Token::Operator(b"l"),
            ],
        );
    }

    #[test]
    fn strings_nest_and_end() {
        check(br"(a(b)c\)) <41 4> Tj", &[Token::Literal(br"a(b)c\)"), Token::Hex(b"41 4"), Token::Operator(b"Tj")]);
        check(b"(open", &[Token::Literal(b"open")]);
    }

    #[test]
    fn dictionaries_come_whole() {
        check(
            b"/P <</MCID 3 /A <</B (>>)>> >> BDC",
            &[Token::Name(b"P"), Token::Dict(b"<</MCID 3 /A <</B (>>)>> >>"), Token::Operator(b"BDC")],
        );
        check(b"<</A<</B <41>>>/C 1>> Do", &[Token::Dict(b"<</A<</B <41>>>/C 1>>"), Token::Operator(b"Do")]);
    }

    #[test]
    fn escapes_are_decoded() {
        let mut out = Vec::new();
        literal_bytes(b"a\\n\\101\\(\\8\\\nz", &mut out);
        assert_eq!(out, b"a\nA(8z");
        out.clear();
        hex_bytes(b"4 1 4", &mut out);
        assert_eq!(out, b"\x41\x40");
        assert_eq!(name_bytes(b"A#20B#zz").as_ref(), b"A B#zz");
    }

    #[test]
    fn inline_images_are_passed_over() {
        let mut lexer = Lexer::new(b"ID \x00EI\xff EI Q");
        assert_eq!(lexer.next(), Some(Token::Operator(b"ID")));
        lexer.skip_inline_image(None);
        assert_eq!(lexer.next(), Some(Token::Operator(b"Q")));
    }
}

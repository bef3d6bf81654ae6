//! Deterministic damage: the same bytes from the same numbers on every machine.

/// Pieces of syntax that are put in at any place.
const TOKENS: &[&[u8]] = &[
    b" 0 R",
    b"<<",
    b">>",
    b"[",
    b"]",
    b"(",
    b")",
    b"<",
    b">",
    b"/",
    b"%",
    b"\n",
    b"\0",
    b"-",
    b".",
    b" 4294967296 ",
    b" -1 ",
    b" 0 ",
    b" 65536 ",
    b" 1e9 ",
    b"endstream",
    b"endobj",
    b"obj",
    b"stream\n",
    b"/Kids",
    b"/Length",
    b"/Type",
    b"/Filter/FlateDecode",
    b"/DecodeParms<</Predictor 12/Columns 9>>",
    b"/W[1 2 1]",
    b" q ",
    b" Q ",
    b" BT ",
    b" ET ",
    b" Tj ",
    b" Do ",
    b" BDC ",
    b" EMC ",
    b" cm ",
    b"/X Do ",
    b" BI /W 9 ID ",
    b" EI ",
    b"beginbfrange ",
    b"endbfrange ",
    b"begincidrange ",
    b"usecmap ",
    b"<FFFFFFFF>",
    b"\xFF\xFF\xFF\xFF",
    b"\x7F\xFF",
    b"\x00\x00\x00\x00",
];

/// Pseudo-random numbers (xorshift64).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `n`, 0 for 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or_default() % n.max(1)
    }

    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// A range within `len`, short more often than long.
    fn range(&mut self, len: usize) -> std::ops::Range<usize> {
        let start = self.below(len);
        let longest = [4, 32, 512, len][self.below(4)];
        start..(start + 1 + self.below(longest)).min(len)
    }
}

/// Damages `bytes` in up to eight places; `other` is where foreign pieces come from.
pub(crate) fn mutate(bytes: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=random.below(8) {
        if out.is_empty() {
            out.push(b' ');
        }
        let at = random.below(out.len());
        let range = random.range(out.len());
        match random.below(8) {
            0 => out[at] ^= 1 << random.below(8),
            1 => out[at] = [0, 0xFF, 0x7F, 0x80, b'0', b'9', b' ', b'('][random.below(8)],
            2 => drop(out.drain(range)),
            3 => {
                let piece = out[range].to_vec();
                out.splice(at..at, piece);
            }
            4 => drop(out.splice(at..at, random.pick(TOKENS).iter().copied())),
            5 => {
                let end = (at + random.below(12)).min(out.len());
                let token = *random.pick(TOKENS);
                out.splice(at..end, token.iter().copied());
            }
            6 if !other.is_empty() => {
                let piece = random.range(other.len());
                out.splice(at..at, other[piece].iter().copied());
            }
            _ => digits(&mut out, at, random),
        }
        out.truncate(1 << 20);
    }
    out
}

/// Makes the next number another one.
fn digits(out: &mut Vec<u8>, from: usize, random: &mut Random) {
    let Some(start) = out[from..].iter().position(u8::is_ascii_digit).map(|i| from + i) else { return };
    let end = start + out[start..].iter().take_while(|b| b.is_ascii_digit()).count();
    let number: &[u8] =
        [&b"0"[..], b"1", b"255", b"65535", b"2147483647", b"4294967295", b"18446744073709551615", b"3"]
            [random.below(8)];
    out.splice(start..end, number.iter().copied());
}

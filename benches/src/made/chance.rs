//! Chance that is the same on every machine: `SplitMix64` (Steele, Lea, Flood 2014).

/// A stream of numbers.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `least` to `most`.
    pub(super) fn number(&mut self, least: usize, most: usize) -> usize {
        least + (self.next() % (most - least + 1) as u64) as usize
    }

    /// One of a list, which must not be empty.
    pub(super) fn one<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.number(0, list.len() - 1)]
    }

    /// One of a list, those at its beginning far more often: few names are in many reports, many in few.
    pub(super) fn often<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let end = self.number(0, list.len() - 1);
        &list[self.number(0, end)]
    }
}

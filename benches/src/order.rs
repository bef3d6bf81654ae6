//! Longest common subsequence: how much of a text comes in the right order.

use std::collections::BTreeMap;

/// Length of the longest common subsequence, 64 columns a step (Hyyrö 2004).
pub(crate) fn common_subsequence(a: &[char], b: &[char]) -> u64 {
    let words = a.len().div_ceil(64);
    let mut places: BTreeMap<char, Vec<u64>> = BTreeMap::new();
    for (i, &ch) in a.iter().enumerate() {
        places.entry(ch).or_insert_with(|| vec![0; words])[i / 64] |= 1 << (i % 64);
    }
    let mut row = vec![u64::MAX; words];
    for places in b.iter().filter_map(|ch| places.get(ch)) {
        let mut carry = false;
        for (v, &m) in row.iter_mut().zip(places) {
            let (sum, over) = v.overflowing_add(*v & m);
            let (sum, again) = sum.overflowing_add(u64::from(carry));
            carry = over || again;
            *v = sum | (*v & !m);
        }
    }
    let zeros = |(i, v): (usize, &u64)| {
        let used = (a.len() - i * 64).min(64) as u32;
        u64::from(used - (v & (u64::MAX >> (64 - used))).count_ones())
    };
    row.iter().enumerate().map(zeros).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, expected: u64) {
        let chars = |s: &str| s.chars().collect::<Vec<_>>();
        assert_eq!(common_subsequence(&chars(a), &chars(b)), expected, "{a} {b}");
        assert_eq!(common_subsequence(&chars(b), &chars(a)), expected, "{b} {a}");
    }

    #[test]
    fn short_texts() {
        check("", "", 0);
        check("白書", "", 0);
        check("白書", "書白", 1);
        check("情報通信白書", "情通白", 3);
        check("abcbdab", "bdcaba", 4);
    }

    #[test]
    fn over_the_word_boundary() {
        let long: String = ('a'..='z').cycle().take(200).collect();
        check(&long, &long, 200);
        check(&long, &format!("x{long}"), 200);
        check(&"a".repeat(64), &"a".repeat(65), 64);
    }
}

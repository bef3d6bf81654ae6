//! Ids that are the same on every machine and in every version.

/// A letter and twelve hexadecimal digits over some parts (FNV-1a, 64 bits): short enough to type, and no library's
/// hasher promises to stay the same.
pub(crate) fn stable_id(letter: char, parts: &[&str]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut take = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    for part in parts {
        part.bytes().for_each(&mut take);
        // A byte that UTF-8 never has parts the parts.
        take(0xFF);
    }
    format!("{letter}{:012x}", hash >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stay_what_they_are() {
        assert_eq!(stable_id('q', &[]), "qcbf29ce48422");
        assert_ne!(stable_id('q', &["ab", "c"]), stable_id('q', &["a", "bc"]));
    }
}

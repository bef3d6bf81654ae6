//! The gazetteer as bytes to keep between runs: with what it was made of, and a checksum.

use hakusho_lexicon::{Gazetteer, embedded_files};
use sha2::{Digest, Sha256};

use crate::knowledge::{LayerText, VERSION};

/// First bytes of a cache.
const MARK: &[u8; 16] = b"hakusho names 1\n";
/// Bytes of a SHA-256.
const HASH: usize = 32;

/// Hash of everything a gazetteer is made of: layers, embedded tables, program.
pub(crate) fn key(layers: &[LayerText]) -> [u8; HASH] {
    let mut hasher = Sha256::new();
    let mut add = |part: &str| {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    };
    add(VERSION);
    // A developer's program changes under one version: its code for names counts too.
    Gazetteer::code().for_each(&mut add);
    embedded_files().flat_map(|(name, text)| [name, text]).for_each(&mut add);
    layers.iter().flat_map(|l| [l.name.as_str(), l.text.as_str()]).for_each(&mut add);
    hasher.finalize().into()
}

/// Mark, key, checksum, gazetteer.
pub(crate) fn write(key: &[u8; HASH], gazetteer: &Gazetteer) -> Vec<u8> {
    let body = gazetteer.to_bytes();
    let sum: [u8; HASH] = Sha256::digest(&body).into();
    [MARK.as_slice(), key, &sum, &body].concat()
}

/// The gazetteer, where mark, key and checksum are right.
pub(crate) fn read(key: &[u8; HASH], bytes: &[u8]) -> Option<Gazetteer> {
    let rest = bytes.strip_prefix(MARK)?.strip_prefix(key.as_slice())?;
    let (sum, body) = rest.split_at_checked(HASH)?;
    let right: [u8; HASH] = Sha256::digest(body).into();
    if sum == right { Gazetteer::from_bytes(body) } else { None }
}

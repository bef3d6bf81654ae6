//! What can be done with what is loaded: take it out, verify it, find older states of it.

mod archived;
mod retract;
mod verify;

use hakusho_store::Registered;

pub use retract::{Named, Retraction, retract, retraction};
pub use verify::{Problem, Verified, VerifyOptions, verify};

/// Characters of a hash that are enough to name a file by it.
const HASH: usize = 8;

/// Loaded files that are meant by a name: slug or IRI of an edition, name or IRI of a file, or its SHA-256 or at least
/// eight characters of its beginning.
pub fn select<'r>(registered: &'r [Registered], name: &str) -> Vec<&'r Registered> {
    registered.iter().filter(|r| is_meant(r, name)).collect()
}

fn is_meant(file: &Registered, name: &str) -> bool {
    let slug = file.edition.rsplit_once("/ed/").map_or(file.edition.as_str(), |(_, slug)| slug);
    let hash = name.len() >= HASH && file.sha256.starts_with(name);
    hash || [slug, &file.edition, &file.name, &file.file, &file.graph].contains(&name)
}

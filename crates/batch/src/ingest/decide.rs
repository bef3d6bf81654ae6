//! What is to be done with each file of a load.

use std::collections::{BTreeMap, BTreeSet};

use hakusho_pipeline::Knowledge;
use hakusho_rdf::edition_iri;
use hakusho_store::Registered;

use super::Outcome;
use super::read::Read;

/// What is to be done with a file.
pub(crate) struct Decided {
    pub(crate) outcome: Outcome,
    /// Loaded files whose statements go, the file's own older ones among them.
    pub(crate) gone: Vec<Registered>,
}

impl Decided {
    /// Whether the store changes.
    pub(crate) fn is_change(&self) -> bool {
        matches!(self.outcome, Outcome::New | Outcome::Renewed | Outcome::Replaces(_))
    }

    fn nothing(outcome: Outcome) -> Self {
        Self { outcome, gone: Vec::new() }
    }
}

/// Place of a file: IRI of its edition, and its part.
type Place = (String, Option<String>);

/// Decides file by file. Of several files of one load that are the same part of the same edition one counts: that which is
/// loaded already, else the first.
pub(crate) fn decide(reads: &[Read], registered: &[Registered], knowledge: &Knowledge) -> Vec<Decided> {
    let loaded: BTreeSet<&str> = registered.iter().map(|r| r.sha256.as_str()).collect();
    let mut holders: BTreeMap<Place, &Read> = BTreeMap::new();
    for read in reads {
        let Some(place) = place(read, knowledge) else { continue };
        let holder = holders.entry(place).or_insert(read);
        if !loaded.contains(holder.sha256.as_str()) && loaded.contains(read.sha256.as_str()) {
            *holder = read;
        }
    }
    let staying: BTreeSet<&str> = holders.values().map(|r| r.sha256.as_str()).collect();
    let mut seen = BTreeSet::new();
    let mut one = |read: &Read| {
        let (summary, place) = match (&read.summary, place(read, knowledge)) {
            (Ok(summary), Some(place)) => (summary, place),
            (Err(reason), _) => return Decided::nothing(Outcome::Failed(reason.clone())),
            (Ok(_), None) => return Decided::nothing(Outcome::Unchanged),
        };
        match holders.get(&place) {
            Some(holder) if holder.sha256 != read.sha256 => Decided::nothing(Outcome::Conflict(holder.path.clone())),
            // The same bytes under another name.
            _ if !seen.insert(read.sha256.clone()) => Decided::nothing(Outcome::Unchanged),
            _ => decided(read, &place, &summary.graph_hash, registered, &staying, knowledge),
        }
    };
    reads.iter().map(&mut one).collect()
}

fn place(read: &Read, knowledge: &Knowledge) -> Option<Place> {
    let summary = read.summary.as_ref().ok()?;
    let edition = edition_iri(&knowledge.base, &summary.edition.clone().into());
    Some((edition.into_string(), summary.edition.part.clone()))
}

fn decided(
    read: &Read,
    place: &Place,
    graph_hash: &str,
    registered: &[Registered],
    staying: &BTreeSet<&str>,
    knowledge: &Knowledge,
) -> Decided {
    let same = registered.iter().find(|r| r.sha256 == read.sha256);
    // Who stands there and comes in this load too moves to a place of its own.
    let there = registered.iter().filter(|r| r.edition == place.0 && r.part == place.1);
    let others = there.filter(|r| r.sha256 != read.sha256 && !staying.contains(r.sha256.as_str()));
    let mut gone: Vec<Registered> = others.cloned().collect();
    let outcome = match (same, gone.first()) {
        (Some(known), None) if known.ontology_hash == knowledge.hash && known.graph_hash == graph_hash => {
            return Decided::nothing(Outcome::Unchanged);
        }
        (Some(_), _) => Outcome::Renewed,
        (None, Some(other)) => Outcome::Replaces(other.file.clone()),
        (None, None) => Outcome::New,
    };
    gone.extend(same.cloned());
    Decided { outcome, gone }
}

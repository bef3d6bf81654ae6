//! The example questions that come with the program (`ontology/queries`), and what a store says of its service.

use hakusho_pipeline::VERSION;
use hakusho_store::{Example, ServiceFacts};

/// All example questions, by topic and name.
pub const EXAMPLES: &[Example] = include!(concat!(env!("OUT_DIR"), "/examples.rs"));

/// What a query can do besides plain SPARQL, as IRIs.
const FEATURES: &[&str] = &["https://w3id.org/hakusho/ns#search"];

/// The example with that name.
pub fn example(name: &str) -> Option<Example> {
    EXAMPLES.iter().copied().find(|e| e.name == name)
}

/// What every store of this program says of its service.
pub fn service_facts() -> ServiceFacts<'static> {
    ServiceFacts { version: VERSION, examples: EXAMPLES, features: FEATURES }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_query_of_the_folder_is_there_with_its_headings() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ontology/queries");
        let files = std::fs::read_dir(folder).expect("queries").filter_map(Result::ok);
        let count = files.filter(|f| f.path().extension().is_some_and(|e| e == "rq")).count();
        assert_eq!(EXAMPLES.len(), count);
        assert!(count >= 10, "{count} queries");
        for e in EXAMPLES {
            for key in ["title@ja", "title@en", "topic"] {
                assert!(!e.header(key).is_empty(), "{} has no {key}", e.name);
            }
            let plain = e.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            assert!(plain, "{} is part of an IRI", e.name);
        }
    }
}

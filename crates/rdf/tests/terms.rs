//! Every term of our vocabulary that code or queries use is in `ontology/hakusho.ttl`, and says what it is in two languages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use oxrdf::{NamedOrBlankNode, Term};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, endings, found);
        } else if path.extension().is_some_and(|e| endings.iter().any(|w| e == *w)) {
            found.push(path);
        }
    }
}

/// Local names behind some marks in the sources: `hk("text")`, `hk:text`.
fn used() -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    let mut sources = Vec::new();
    files(&root().join("crates/rdf/src"), &["rs"], &mut sources);
    names(&sources, "hk(\"", &mut found);
    sources.clear();
    files(&root().join("ontology/queries"), &["rq"], &mut sources);
    files(&root().join("ontology/rules"), &["rq"], &mut sources);
    sources.push(root().join("ontology/shapes.ttl"));
    names(&sources, "hk:", &mut found);
    found
}

fn names(sources: &[PathBuf], mark: &str, found: &mut BTreeMap<String, PathBuf>) {
    for path in sources {
        let text = fs::read_to_string(path).expect("a source");
        for (at, _) in text.match_indices(mark) {
            // `hk:` inside a longer word is something else.
            if text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let name: String =
                text[at + mark.len()..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            if name.chars().next().is_some_and(|c| c.is_ascii_alphabetic()) {
                found.entry(name).or_insert_with(|| path.clone());
            }
        }
    }
}

struct Described {
    classes: BTreeSet<String>,
    labels: BTreeSet<String>,
    comments: BTreeSet<String>,
}

fn ontology() -> BTreeMap<String, Described> {
    let text = fs::read_to_string(root().join("ontology/hakusho.ttl")).expect("the ontology");
    let mut terms: BTreeMap<String, Described> = BTreeMap::new();
    for triple in oxttl::TurtleParser::new().for_slice(&text) {
        let triple = triple.expect("the ontology is Turtle");
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { panic!("a blank node in the ontology") };
        let Some(name) = subject.as_str().strip_prefix(hakusho_rdf::HK) else { continue };
        let term = terms.entry(name.to_owned()).or_insert_with(|| Described {
            classes: BTreeSet::new(),
            labels: BTreeSet::new(),
            comments: BTreeSet::new(),
        });
        let predicate = triple.predicate.as_str();
        match &triple.object {
            Term::NamedNode(class) if predicate.ends_with("#type") => {
                term.classes.insert(class.as_str().to_owned());
            }
            Term::Literal(text) if predicate.ends_with("rdf-schema#label") || predicate.ends_with("#prefLabel") => {
                term.labels.extend(text.language().map(str::to_owned));
            }
            Term::Literal(text) if predicate.ends_with("rdf-schema#comment") || predicate.ends_with("#definition") => {
                term.comments.extend(text.language().map(str::to_owned));
            }
            _ => {}
        }
    }
    terms
}

#[test]
fn every_term_used_is_in_the_ontology() {
    let defined = ontology();
    let unknown: Vec<String> = used()
        .into_iter()
        .filter(|(name, _)| !defined.contains_key(name))
        .map(|(name, path)| format!("{name} in {}", path.display()))
        .collect();
    assert!(unknown.is_empty(), "not in ontology/hakusho.ttl: {unknown:#?}");
}

#[test]
fn every_term_has_a_kind_and_says_what_it_is_in_two_languages() {
    let both = ["en".to_owned(), "ja".to_owned()].into();
    for (name, term) in ontology() {
        assert!(!term.classes.is_empty(), "hk:{name} has no type");
        assert_eq!(term.labels, both, "labels of hk:{name}");
        assert_eq!(term.comments, both, "comments of hk:{name}");
    }
}

#[test]
fn every_class_of_events_has_a_concept() {
    let defined = ontology();
    let table = fs::read_to_string(root().join("ontology/lexicon/event-words.tsv")).expect("the table");
    for row in table.lines().filter(|l| !l.starts_with('#')).skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        if ["incident", "enforcement", "lawsuit", "legislation", "announcement"].contains(&cells[0]) {
            assert!(defined.contains_key(&format!("kind_{}", cells[1])), "no concept for {}", cells[1]);
        }
    }
}

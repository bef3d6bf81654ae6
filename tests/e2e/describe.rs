//! What the archive says of itself is what is in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use hakusho_tests::{TempDir, folder, ingest, root, run, samples};
use oxrdf::{NamedOrBlankNode, Term, Triple};

const DESCRIPTION: &str = "https://w3id.org/hakusho/id/graph/description";
const VOID: &str =
    "PREFIX void: <http://rdfs.org/ns/void#> PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> ";
/// Statements that are counted: none of the description, none about load runs.
const COUNTED: &str = "FILTER(?g != <https://w3id.org/hakusho/id/graph/description>)
    FILTER(!STRSTARTS(STR(?s), 'https://w3id.org/hakusho/id/run/') && !STRSTARTS(STR(?o), 'https://w3id.org/hakusho/id/run/'))
    FILTER(!STRSTARTS(STR(?s), 'https://w3id.org/hakusho/id/agent/'))";

fn loaded() -> TempDir {
    let folder = folder();
    ingest(folder.path(), &samples()).ok();
    folder
}

/// Rows of an answer, sorted.
fn rows(data: &Path, query: &str) -> Vec<String> {
    let answer = run(data, &["query", "--format", "csv", "-e", &format!("{VOID}{query}")]).ok();
    let mut rows: Vec<String> = answer.lines().skip(1).map(|l| l.trim().to_owned()).collect();
    rows.sort();
    rows
}

fn description(data: &Path) -> Vec<Triple> {
    let turtle = run(data, &["describe"]).ok();
    oxttl::TurtleParser::new().for_slice(&turtle).collect::<Result<_, _>>().expect("Turtle")
}

/// One side of the description beside the same numbers asked of the data.
fn check(data: &Path, said: &str, counted: &str) {
    let (said, counted) = (rows(data, said), rows(data, counted));
    assert!(!counted.is_empty() && said == counted, "said {said:#?}\ncounted {counted:#?}");
}

#[test]
fn every_number_is_what_a_query_counts() {
    let folder = loaded();
    let data = folder.path();
    check(
        data,
        &format!("SELECT ?n {{ <{DESCRIPTION}#dataset> void:triples ?n }}"),
        &format!("SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} {COUNTED} }}"),
    );
    for (of, key, value, pattern) in [
        ("classPartition", "class", "entities", "?s a ?k . BIND(?k AS ?o)"),
        ("propertyPartition", "property", "triples", "?s ?k ?o"),
    ] {
        check(
            data,
            &format!("SELECT ?k ?n {{ <{DESCRIPTION}#dataset> void:{of} [ void:{key} ?k ; void:{value} ?n ] }}"),
            &format!("SELECT ?k (COUNT(*) AS ?n) {{ GRAPH ?g {{ {pattern} }} {COUNTED} }} GROUP BY ?k"),
        );
        check(
            data,
            &format!("SELECT ?g ?k ?n {{ ?d sd:name ?g ; void:{of} [ void:{key} ?k ; void:{value} ?n ] }}"),
            &format!("SELECT ?g ?k (COUNT(*) AS ?n) {{ GRAPH ?g {{ {pattern} }} {COUNTED} }} GROUP BY ?g ?k"),
        );
    }
    check(
        data,
        "SELECT ?g ?n ?k { ?d sd:name ?g ; void:triples ?n ; void:distinctSubjects ?k }",
        &format!(
            "SELECT ?g (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?k) {{ GRAPH ?g {{ ?s ?p ?o }} {COUNTED} }} GROUP BY ?g"
        ),
    );
}

#[test]
fn it_does_not_tell_in_which_order_things_were_loaded() {
    let at_once = loaded();
    let one_by_one = folder();
    for sample in samples().into_iter().rev() {
        ingest(one_by_one.path(), &[sample]).ok();
    }
    let expected = run(at_once.path(), &["describe"]).ok();
    assert!(run(one_by_one.path(), &["describe"]).ok() == expected);
    // What is printed is what the store holds.
    let held = run(
        at_once.path(),
        &["query", "-e", &format!("CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{DESCRIPTION}> {{ ?s ?p ?o }} }}")],
    );
    let held: BTreeSet<String> =
        oxttl::TurtleParser::new().for_slice(&held.ok()).map(|t| t.expect("Turtle").to_string()).collect();
    let printed: BTreeSet<String> = description(at_once.path()).iter().map(ToString::to_string).collect();
    assert!(held == printed);
}

#[test]
fn it_speaks_of_nodes_of_its_own_and_uses_no_blank_nodes() {
    let folder = loaded();
    for triple in description(folder.path()) {
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { panic!("{triple}") };
        assert!(subject.as_str().starts_with(&format!("{DESCRIPTION}#")), "{triple}");
        assert!(!matches!(triple.object, Term::BlankNode(_)), "{triple}");
    }
}

#[test]
fn every_example_of_the_store_runs_anywhere_and_here() {
    let folder = loaded();
    let mut of: BTreeMap<String, BTreeMap<String, Vec<String>>> = BTreeMap::new();
    for triple in description(folder.path()) {
        let Some(name) = triple.subject.to_string().split_once("#examples/").map(|(_, n)| n.replace('>', "")) else {
            continue;
        };
        let value = match triple.object {
            Term::Literal(l) => format!("{}{}", l.language().map(|l| format!("{l}:")).unwrap_or_default(), l.value()),
            other => other.to_string(),
        };
        let predicate = triple.predicate.as_str().rsplit(['#', '/']).next().unwrap_or_default().to_owned();
        of.entry(name).or_default().entry(predicate).or_default().push(value);
    }
    let files = std::fs::read_dir(root().join("ontology/queries")).expect("queries").filter_map(Result::ok);
    let names: BTreeSet<String> = files
        .filter(|f| f.path().extension().is_some_and(|e| e == "rq"))
        .filter_map(|f| f.path().file_stem().map(|n| n.to_string_lossy().into_owned()))
        .collect();
    assert_eq!(of.keys().cloned().collect::<BTreeSet<_>>(), names);
    for (name, example) in &of {
        let text = &example["select"][0];
        // A parser that knows no prefix of ours.
        spargebra::SparqlParser::new().parse_query(text).unwrap_or_else(|e| panic!("{name}: {e}\n{text}"));
        let languages: Vec<&str> = example["label"].iter().map(|l| &l[..3]).collect();
        assert_eq!(languages, ["en:", "ja:"], "{name}");
        assert_eq!(example["comment"], example["label"], "{name}");
        assert_eq!(example["keywords"].len(), 1, "{name}");
        run(folder.path(), &["query", "--format", "tsv", "-e", text]).ok();
    }
}

#[test]
fn examples_are_listed_by_topic() {
    let folder = folder();
    let listed = run(folder.path(), &["query", "--examples"]).ok();
    let topics: Vec<&str> = listed.lines().filter(|l| !l.starts_with(' ') && !l.is_empty()).collect();
    assert!(topics.len() >= 8 && topics.is_sorted(), "each topic once: {topics:?}");
}

//! What goes with whom, and what the history keeps.

use hakusho_store::{Archive, Change, StoreError};

use crate::made::{Made, at, fresh, state, support};

const ONE: Made = Made { file: 0, version: 0 };
const OTHER: Made = Made { file: 2, version: 1 };

fn retract(archive: &Archive, goes: Made, stay: &[Made]) -> Result<(), StoreError> {
    let change = Change { gone: vec![goes.gone()], history: goes.run(9, false), ..Change::default() };
    archive.apply(&change, &support(stay))
}

#[test]
fn a_thing_stays_as_long_as_a_file_names_it_and_what_is_said_of_it_as_long_as_a_file_says_it() {
    let archive = fresh(&[ONE, OTHER, Made { file: 3, version: 2 }]);
    let lines = |what: &str| state(&archive).1.lines().filter(|l| l.contains(what)).count();
    // All three name thing 0, two of them with the label that even files give.
    assert_eq!((lines("<urn:b/org/nil/0> <http://www.w3.org/2004"), lines("\"as file 1 says\"")), (2, 3));
    retract(&archive, Made { file: 3, version: 2 }, &[ONE, OTHER]).expect("it is loaded");
    assert_eq!((lines("<urn:b/org/nil/0> <http://www.w3.org/2004"), lines("\"as file 1 says\"")), (1, 0));
    retract(&archive, OTHER, &[ONE]).expect("it is loaded");
    assert!(state(&archive) == state(&fresh(&[ONE])));
    retract(&archive, ONE, &[]).expect("it is loaded");
    assert_eq!(state(&archive), (vec!["<urn:b/graph/registry>".to_owned()], String::new()));
}

#[test]
fn the_history_tells_the_artifact_of_a_graph_that_has_gone() {
    let archive = fresh(&[]);
    let graph = at("graph/0000000000000002");
    assert_eq!(archive.artifact_of(&graph).expect("a store"), None);
    for (number, version) in [(1, 0), (2, 2)] {
        let made = Made { file: 2, version };
        let change = Change { loads: vec![made.load()], history: made.run(number, true), ..Change::default() };
        archive.apply(&change, &support([&made])).expect("a sound load");
    }
    retract(&archive, Made { file: 2, version: 2 }, &[]).expect("it is loaded");
    assert_eq!(archive.artifact_of(&graph).expect("a store").as_deref(), Some("artifact of version 2"));
    assert_eq!(archive.history().expect("a store").len(), 3);
    assert!(archive.registered().expect("a store").is_empty());
}

#[test]
fn support_counts_files_and_never_falls_below_none() {
    let mut support = support([&ONE]);
    let mark = ONE.shared()[0];
    support.add([mark]);
    assert_eq!(support.files(mark), 2);
    for expected in [1, 0, 0] {
        support.remove([mark]);
        assert_eq!(support.files(mark), expected);
    }
}

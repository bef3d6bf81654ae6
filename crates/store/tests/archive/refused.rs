//! What a load must not hold: each case is one statement away from a sound one.

use hakusho_store::{Archive, Change, Load, Support};

use crate::made::{BASE, Made, at, hk, quad, text};

/// Applies a load that was changed; it is refused with `words`, and the store stays empty.
fn check(words: &str, change: impl Fn(&mut Load)) {
    let archive = Archive::in_memory(BASE).expect("a store in memory");
    let mut load = Made { file: 1, version: 0 }.load();
    change(&mut load);
    let sound = Made { file: 2, version: 0 }.load();
    let result = archive.apply(&Change { loads: vec![sound, load], ..Change::default() }, &Support::default());
    let error = result.expect_err("it is not sound").to_string();
    assert!(error.contains(words) && error.contains("graph/0000000000000001"), "{error}");
    assert!(archive.is_empty().expect("a store"), "something was stored");
}

fn without(load: &mut Load, predicate: &str) {
    let before = load.quads.len();
    load.quads.retain(|q| !q.predicate.as_str().ends_with(predicate));
    assert!(load.quads.len() < before, "nothing is called {predicate}");
}

#[test]
fn claims_without_evidence_and_evidence_without_its_parts_are_refused() {
    check("`urn:b/inc/0000000000000001` has no evidence", |l| without(l, "#evidence"));
    check("evidence without a file", |l| without(l, "hasSource"));
    check("evidence without a page", |l| without(l, "onPage"));
    check("evidence without a quote", |l| without(l, "#text"));
}

#[test]
fn statements_stand_in_the_graph_of_the_file_or_that_of_things() {
    check("does not belong to it", |l| {
        l.quads.push(quad(&at("x"), &hk("order"), text("1"), "0000000000000002"));
    });
}

#[test]
fn a_thing_to_which_nothing_refers_is_refused() {
    check("`urn:b/org/nil/lost`, to which nothing in it refers", |l| {
        l.quads.push(quad(&at("org/nil/lost"), &hk("order"), text("1"), "things"));
    });
}

#[test]
fn a_sound_load_is_stored() {
    let archive = Archive::in_memory(BASE).expect("a store in memory");
    let change = Change { loads: vec![Made { file: 1, version: 0 }.load()], ..Change::default() };
    archive.apply(&change, &Support::default()).expect("a sound load");
    assert!(!archive.is_empty().expect("a store"));
}

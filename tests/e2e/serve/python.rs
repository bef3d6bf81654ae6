//! Clients that others wrote: `SPARQLWrapper` and pyoxigraph (from the Python package index), and curl.

use std::process::Command;

use hakusho_tests::{note, root};

use crate::served;

/// Runs `tools/clients`, which says 77 where a client cannot be had on this machine.
#[test]
fn clients_of_others_are_content() {
    let (_data, server) = served(&[]);
    let output = Command::new(root().join("tools/clients")).arg(&server.address).output().expect("the script runs");
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    match output.status.code() {
        Some(77) => note(&format!("skipped: {}", text.trim())),
        code => assert_eq!(code, Some(0), "{text}\n{}", server.log()),
    }
}

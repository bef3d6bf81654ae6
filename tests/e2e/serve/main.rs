//! The running server: SPARQL protocol, things, pages, evidence, API, guards, loads beside it.

mod api;
mod guards;
mod loads;
mod protocol;
mod python;
mod things;
mod updates;

use std::path::PathBuf;

use hakusho_tests::server::Server;
use hakusho_tests::{TempDir, folder, ingest, samples};

/// A data folder with some of the sample editions.
fn loaded(some: &[PathBuf]) -> TempDir {
    let data = folder();
    ingest(data.path(), some).ok();
    data
}

/// A server on all sample editions. Every test starts its own: they run side by side, in processes of their own.
fn served(args: &[&str]) -> (TempDir, Server) {
    let data = loaded(&samples());
    let server = Server::start(data.path(), args);
    (data, server)
}

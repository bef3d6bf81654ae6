//! SPARQL Update: with the token, for graphs of one's own, seen at once, and what was loaded stays as it is.

use hakusho_tests::server::{Reply, Server, encode};
use hakusho_tests::{TempDir, run, samples};

use crate::{loaded, served};

const TOKEN: &str = "a-token-for-the-tests";
const NOTE: &str =
    "PREFIX ex: <https://example.org/> INSERT { GRAPH ex:notes { ?i ex:note \"要確認\" } } WHERE { ?i a hk:Incident }";

fn updatable() -> (TempDir, Server) {
    let data = loaded(&samples());
    let token = data.path().join("token");
    std::fs::write(&token, format!("{TOKEN}\n")).expect("a token");
    let server = Server::start(data.path(), &["--allow-update", "--token-file", token.to_str().expect("a path")]);
    (data, server)
}

fn send(server: &Server, token: Option<&str>, text: &str) -> Reply {
    let bearer = token.map(|t| format!("Bearer {t}"));
    let mut headers = vec![("content-type", "application/sparql-update")];
    headers.extend(bearer.as_deref().map(|b| ("authorization", b)));
    server.send("POST", "/sparql", &headers, text.as_bytes())
}

fn count(server: &Server, pattern: &str) -> i64 {
    let reply = server.ask(&format!("SELECT (COUNT(*) AS ?n) {{ {pattern} }}"), &[]);
    reply.json()["results"]["bindings"][0]["n"]["value"].as_str().expect("a number").parse().expect("a number")
}

#[test]
fn notes_beside_the_archive_are_taken_and_seen_at_once() {
    let (data, server) = updatable();
    let notes = "GRAPH <https://example.org/notes> { ?s ?p ?o }";
    let incidents = count(&server, "?i a hk:Incident");
    assert_eq!(count(&server, notes), 0);
    let taken = send(&server, Some(TOKEN), NOTE);
    assert_eq!((taken.status, taken.text().as_str()), (204, ""), "{}", taken.text());
    assert_eq!(count(&server, notes), incidents);
    let form = format!("update={}", encode("CLEAR GRAPH <https://example.org/notes>"));
    let bearer = format!("Bearer {TOKEN}");
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("authorization", bearer.as_str())];
    assert_eq!(server.send("POST", "/sparql", &headers, form.as_bytes()).status, 204);
    assert_eq!(count(&server, notes), 0, "by a form, too; the answer kept before is not given again");
    assert_eq!(send(&server, Some(TOKEN), NOTE).status, 204);
    drop(server);
    for command in [["editions", "verify"].as_slice(), &["check"]] {
        let judged = run(data.path(), command);
        assert_eq!(judged.code, Some(0), "{command:?}: {}{}", judged.out, judged.err);
    }
}

#[test]
fn what_was_loaded_is_not_changed() {
    let (_data, server) = updatable();
    let before = count(&server, "?s ?p ?o");
    let check = |text: &str, status: u16, words: &str| {
        let reply = send(&server, Some(TOKEN), text);
        assert_eq!(reply.status, status, "{text}: {}", reply.text());
        assert!(reply.text().contains(words), "{text}: {}", reply.text());
    };
    check("CLEAR ALL", 403, "name the graph");
    check("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }", 403, "not a variable");
    check("DROP GRAPH <https://w3id.org/hakusho/id/graph/registry>", 403, "part of the archive");
    check("LOAD <http://127.0.0.1:1/x> INTO GRAPH <urn:x>", 403, "LOAD");
    check("INSERT DATA { GRAPH <urn:x> { ?s ?p ?o } }", 400, "cannot be understood");
    check("INSERT { GRAPH <urn:x> { ?s ?p ?o } } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403, "");
    assert_eq!(count(&server, "?s ?p ?o"), before);
    let with =
        server.send("POST", "/sparql?update=CLEAR%20ALL", &[("content-type", "application/sparql-query")], b"ASK {}");
    assert_eq!(with.status, 400, "{}", with.text());
    assert_eq!(server.get(&format!("/sparql?update={}", encode(NOTE))).status, 405, "never by GET");
}

#[test]
fn only_those_with_the_token_change_something() {
    let (_data, server) = updatable();
    assert_eq!(send(&server, None, NOTE).status, 401);
    assert_eq!(send(&server, Some("another-token-for-tests"), NOTE).status, 401);
    assert_eq!(server.get("/api/status").json()["update"], true);
    let (_data, server) = served(&[]);
    assert_eq!(send(&server, Some(TOKEN), NOTE).status, 403, "not asked for when the server was started");
    assert_eq!(server.get("/api/status").json()["update"], false);
}

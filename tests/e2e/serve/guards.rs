//! What holds off too much, and what keeps a browser safe.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use hakusho_tests::server::{Server, encode};

use crate::served;

#[test]
fn headers_that_keep_a_browser_safe_are_on_every_answer() {
    let (_data, server) = served(&[]);
    for path in ["/", "/sparql", "/api/status", "/nowhere", "/id/none", "/healthz"] {
        let reply = server.get(path);
        let policy = reply.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self';"), "{path}: {policy}");
        assert!(!policy.contains("unsafe-eval") && !policy.contains("script-src 'unsafe-inline'"), "{path}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(reply.header("access-control-allow-origin"), "*", "{path}");
    }
    let preflight = server.send(
        "OPTIONS",
        "/sparql",
        &[("origin", "https://example.org"), ("access-control-request-method", "POST")],
        b"",
    );
    assert_eq!(preflight.status, 204);
    assert!(preflight.header("access-control-allow-methods").contains("POST"));
}

#[test]
fn only_those_with_the_token_decide() {
    let data = crate::loaded(&hakusho_tests::samples());
    let token = data.path().join("token");
    std::fs::write(&token, "a-token-for-the-tests\n").expect("a token");
    let server = Server::start(data.path(), &["--token-file", token.to_str().expect("a path")]);
    let decision =
        r#"{"surface":"見本情報通信研究財団","type":"ORG","action":"is","target":"org/nil/見本情報通信研究財団"}"#;
    let send = |token: Option<&str>, body: &str| {
        let bearer = token.map(|t| format!("Bearer {t}"));
        let mut headers = vec![("content-type", "application/json")];
        headers.extend(bearer.as_deref().map(|b| ("authorization", b)));
        server.send("POST", "/api/review/decisions", &headers, body.as_bytes())
    };
    assert_eq!(send(None, decision).status, 401);
    assert_eq!(send(Some("another-token-for-tests"), decision).status, 401);
    let file = data.path().join("decisions.tsv");
    assert!(!file.exists(), "nothing was decided yet");
    let taken = send(Some("a-token-for-the-tests"), decision);
    assert_eq!((taken.status, &taken.json()["outcome"]), (200, &"new".into()), "{}", taken.text());
    assert_eq!(taken.json()["reload"].as_array().map(Vec::len), Some(3));
    let text = std::fs::read_to_string(&file).expect("decisions");
    assert!(text.contains("見本情報通信研究財団\tORG\tis\t"), "{text}");
    assert_eq!(send(Some("a-token-for-the-tests"), decision).json()["outcome"], "known");
    let refused = send(Some("a-token-for-the-tests"), &decision.replace("\"is\"", "\"perhaps\""));
    assert_eq!(refused.json()["outcome"], "refused", "{}", refused.text());
    let tabs = send(Some("a-token-for-the-tests"), &decision.replace("財団\",\"type", "財団\\tORG\",\"type"));
    assert_eq!(tabs.status, 400, "{}", tabs.text());
    assert_eq!(server.get("/api/status").json()["review"], true);
}

#[test]
fn without_a_token_nothing_is_decided() {
    let (data, server) = served(&[]);
    let body = br#"{"surface":"x","type":"ORG","action":"not"}"#;
    let reply = server.send(
        "POST",
        "/api/review/decisions",
        &[("content-type", "application/json"), ("authorization", "Bearer ")],
        body,
    );
    assert_eq!(reply.status, 403, "{}", reply.text());
    assert!(!data.path().join("decisions.tsv").exists());
    assert_eq!(server.get("/api/status").json()["review"], false);
}

#[test]
fn a_short_token_is_none() {
    let data = crate::loaded(&hakusho_tests::samples()[..1]);
    let token = data.path().join("token");
    std::fs::write(&token, "short\n").expect("a token");
    let run = hakusho_tests::run(
        data.path(),
        &["serve", "--bind", "127.0.0.1:0", "--token-file", token.to_str().expect("a path")],
    );
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("fewer than 16 characters"), "{}", run.err);
}

#[test]
fn too_long_and_too_many_is_refused() {
    let (_data, server) = served(&["--rate", "5"]);
    let long = vec![b' '; 3 << 20];
    let reply = server.send("POST", "/sparql", &[("content-type", "application/sparql-query")], &long);
    assert_eq!(reply.status, 413, "{}", reply.text());
    let statuses: Vec<u16> = (0..20).map(|_| server.get("/api/examples").status).collect();
    assert!(statuses.contains(&200) && statuses.contains(&429), "{statuses:?}");
    assert_eq!(server.get("/healthz").status, 200, "who looks whether it lives is not counted");
}

/// Its sender is still sending when the limit is passed: the answer must reach it all the same.
#[test]
fn who_sends_too_much_hears_why() {
    let (_data, server) = served(&[]);
    let long = vec![b' '; 6 << 20];
    for _ in 0..20 {
        let reply = server.send("POST", "/sparql", &[("content-type", "application/sparql-query")], &long);
        assert_eq!(reply.status, 413, "{}", reply.text());
        assert!(reply.json()["type"].as_str().is_some_and(|kind| kind.ends_with("body")), "{}", reply.text());
    }
}

/// More slow questions than may work and wait: the rest is told so at once, and the server still lives.
#[test]
fn what_does_not_fit_in_the_queue_is_told() {
    let (_data, server) = served(&["--concurrency", "1", "--queue", "1", "--timeout", "2"]);
    let slow = format!("/sparql?query={}", encode("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"));
    let statuses: Vec<(u16, String)> = std::thread::scope(|scope| {
        let asked: Vec<_> = (0..5).map(|_| scope.spawn(|| server.get(&slow))).collect();
        assert_eq!(server.get("/healthz").text(), "ok\n");
        asked
            .into_iter()
            .map(|a| a.join().expect("an answer"))
            .map(|r| (r.status, r.json()["type"].as_str().unwrap_or_default().to_owned()))
            .collect()
    });
    assert!(statuses.iter().all(|(status, _)| *status == 503), "{statuses:?}");
    let kind = |name: &str| statuses.iter().filter(|(_, kind)| kind.ends_with(name)).count();
    // Waiting counts: the one in the queue may get its turn at the moment its time is over, or not.
    assert!(kind("time") >= 1 && kind("busy") >= 3 && kind("time") + kind("busy") == 5, "{statuses:?}");
    assert_eq!(server.ask("ASK {}", &[]).status, 200, "and goes on");
}

#[test]
fn a_question_ends_when_its_client_goes_away() {
    let (_data, server) = served(&["--timeout", "60"]);
    let host = server.address.trim_start_matches("http://").to_owned();
    let slow = encode("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }");
    let mut client = TcpStream::connect(&host).expect("a connection");
    write!(client, "GET /sparql?query={slow} HTTP/1.1\r\nhost: {host}\r\n\r\n").expect("a request");
    let running = || {
        server
            .get("/metrics")
            .text()
            .lines()
            .find_map(|l| l.strip_prefix("hakusho_queries_running ")?.parse::<u32>().ok())
    };
    let wait = |expected: u32| {
        for _ in 0..200 {
            if running() == Some(expected) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        false
    };
    assert!(wait(1), "the question runs");
    drop(client);
    assert!(wait(0), "nobody waits for it any more");
}

#[test]
fn what_is_no_http_is_refused_and_harms_nobody() {
    let (_data, server) = served(&[]);
    let host = server.address.trim_start_matches("http://").to_owned();
    for bytes in [b"\x16\x03\x01\x02\x00\x01\x00".as_slice(), b"GET\r\n\r\n", b"GET / HTTP/1.1\r\n\xFF\xFF: x\r\n\r\n"]
    {
        let mut client = TcpStream::connect(&host).expect("a connection");
        client.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit");
        client.write_all(bytes).expect("sent");
        client.shutdown(std::net::Shutdown::Write).expect("all of it");
        let mut answer = Vec::new();
        let _ = client.read_to_end(&mut answer);
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 400"), "{}", String::from_utf8_lossy(&answer));
    }
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn the_log_tells_no_questions_unless_asked() {
    let (_data, server) = served(&[]);
    server.ask("SELECT * { ?s ?p \"秘密の質問\" }", &[]);
    server.ask("SELECT * { ?s ?p", &[]);
    let log = server.log_with("\"status\":400");
    assert!(!log.contains("秘密の質問"), "{log}");
    let line = log.lines().rfind(|l| l.contains("\"/sparql\"")).expect("a line a request");
    let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
    assert_eq!((&line["status"], &line["method"]), (&400.into(), &"GET".into()));
    assert!(line["bytes"].as_u64().is_some_and(|bytes| bytes > 0), "{line}");
    let (_data, server) = served(&["--log-queries"]);
    server.ask("ASK { ?s ?p \"普通の質問\" }", &[]);
    server.log_with("普通の質問");
}

#[test]
fn an_allowed_endpoint_is_asked_at_public_addresses_alone() {
    let (_data, server) = served(&["--allow-service", "http://localhost:9/sparql"]);
    let ask = |endpoint: &str| server.ask(&format!("SELECT * {{ SERVICE <{endpoint}> {{ ?s ?p ?o }} }}"), &[]);
    let private = ask("http://localhost:9/sparql");
    assert_eq!(private.status, 400, "{}", private.text());
    assert!(private.text().contains("no public address"), "{}", private.text());
    assert_eq!(ask("http://localhost:9/other").status, 403, "only what is allowed by name");
    let silent = server.ask("SELECT * { SERVICE SILENT <http://localhost:9/other> { ?s ?p ?o } }", &[]);
    assert_eq!(silent.status, 403, "that nothing is asked is not to be passed over in silence");
}

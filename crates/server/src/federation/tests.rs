//! Endpoints on this machine, plain and behind TLS.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::TcpListener;
use std::thread;

use hakusho_store::Variable;
use hakusho_store::term::TriplePattern;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use ureq::tls::Certificate;

use super::*;

/// Reads a request; gives the query, or nothing where the client went away.
fn serve(stream: impl Read + Write, status: &str, body: &str) -> Option<String> {
    let mut reader = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0);
    while reader.read_line(&mut line).ok()? > 2 {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        line.clear();
    }
    let mut query = vec![0; length];
    reader.read_exact(&mut query).ok()?;
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nlocation: http://127.0.0.1:1/\r\n\r\n", body.len());
    reader.get_mut().write_all((head + body).as_bytes()).ok()?;
    String::from_utf8(query).ok()
}

/// What an endpoint was asked, once it has answered.
type Asked = thread::JoinHandle<Option<String>>;

/// An endpoint that answers one request; gives its address and what it was asked.
fn endpoint(status: &'static str, body: &'static str) -> (NamedNode, Asked) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/sparql", listener.local_addr().expect("bound"));
    let asked = thread::spawn(move || serve(listener.accept().expect("a client").0, status, body));
    (NamedNode::new_unchecked(address), asked)
}

/// The same behind TLS, with a certificate that only those trust who are given it.
fn secure_endpoint(body: &'static str) -> (NamedNode, RootCerts, Asked) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let certificate = made.cert.der().clone();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key.into())
        .expect("a key that fits");
    let listener = TcpListener::bind("localhost:0").expect("a port");
    let port = listener.local_addr().expect("bound").port();
    let asked = thread::spawn(move || {
        let connection = ServerConnection::new(Arc::new(config)).expect("a connection");
        serve(StreamOwned::new(connection, listener.accept().expect("a client").0), "200 OK", body)
    });
    let roots = RootCerts::new_with_certs(&[Certificate::from_der(&certificate).to_owned()]);
    (NamedNode::new_unchecked(format!("https://localhost:{port}/sparql")), roots, asked)
}

fn pattern() -> GraphPattern {
    let (s, o) = (Variable::new_unchecked("s"), Variable::new_unchecked("o"));
    let predicate = NamedNode::new_unchecked("a:p").into();
    GraphPattern::Bgp { patterns: vec![TriplePattern { subject: s.into(), predicate, object: o.into() }] }
}

fn ask(endpoint: &Endpoint) -> Result<Vec<usize>, String> {
    let rows = endpoint.rows(&pattern(), &|| false).map_err(|e| e.to_string())?;
    Ok(rows.rows.iter().map(|r| r.iter().flatten().count()).collect())
}

const ANSWER: &str = r#"{"head":{"vars":["s","o"]},"results":{"bindings":[{"s":{"type":"uri","value":"a:b"},"o":{"type":"literal","value":"値","xml:lang":"ja"}},{"s":{"type":"uri","value":"a:c"}}]}}"#;
const QUERY: &str = "SELECT ?s ?o WHERE { ?s <a:p> ?o . }";

#[test]
fn rows_of_another_endpoint_come_back() {
    let (address, asked) = endpoint("200 OK", ANSWER);
    assert_eq!(ask(&Endpoint::new(&address, true, RootCerts::WebPki)), Ok(vec![2, 1]));
    assert_eq!(asked.join().expect("no panic").as_deref(), Some(QUERY));
}

#[test]
fn rows_come_over_tls_from_a_trusted_endpoint() {
    let (address, roots, asked) = secure_endpoint(ANSWER);
    assert_eq!(ask(&Endpoint::new(&address, true, roots)), Ok(vec![2, 1]));
    assert_eq!(asked.join().expect("no panic").as_deref(), Some(QUERY));
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_refused() {
    let (address, _, asked) = secure_endpoint(ANSWER);
    let told = ask(&Endpoint::new(&address, true, RootCerts::WebPki)).expect_err("not trusted");
    assert!(told.contains("certificate"), "{told}");
    assert_eq!(asked.join().expect("no panic"), None, "nothing is asked");
}

#[test]
fn failures_and_redirections_are_told() {
    for (status, words) in [("500 Internal Server Error", "500"), ("302 Found", "302")] {
        let (address, asked) = endpoint(status, "");
        let told = ask(&Endpoint::new(&address, true, RootCerts::WebPki)).expect_err("no rows");
        assert!(told.contains(words) || status.starts_with("302") && !told.is_empty(), "{status}: {told}");
        asked.join().expect("no panic");
    }
}

#[test]
fn this_machine_is_not_asked() {
    let address = NamedNode::new_unchecked("http://localhost:1/sparql");
    let told = ask(&Endpoint::new(&address, false, RootCerts::WebPki)).expect_err("no rows");
    assert!(told.contains("no public address"), "{told}");
}

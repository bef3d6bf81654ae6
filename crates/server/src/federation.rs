//! `SERVICE <https://…> { … }`: other endpoints, where the one who serves allows them by name.
//!
//! A query is text from anybody, so it must not make this machine talk to its own network: of an allowed endpoint only
//! public addresses are used, looked at when the connection is made, and redirections are not followed.

mod address;

use std::io::Read as _;
use std::sync::Arc;
use std::time::Duration;

use hakusho_store::algebra::GraphPattern;
use hakusho_store::{NamedNode, QueryResultsFormat, Rows, Service, ServiceError, read_rows, select};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};

/// An endpoint has so long to answer; the query's own limit may be shorter.
const PATIENCE: Duration = Duration::from_secs(20);
/// Longest answer, in bytes.
const LONGEST: u64 = 32 << 20;

/// Services for the endpoints that are allowed.
pub(crate) fn services(allowed: &[NamedNode]) -> Vec<(NamedNode, Arc<dyn Service>)> {
    allowed.iter().map(|endpoint| (endpoint.clone(), Arc::new(Endpoint::new(endpoint, false)) as _)).collect()
}

/// Another SPARQL endpoint.
struct Endpoint {
    address: String,
    agent: Agent,
}

impl Endpoint {
    /// `anywhere`: private addresses, too, which tests need.
    fn new(endpoint: &NamedNode, anywhere: bool) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .proxy(None)
            .http_status_as_error(true)
            .user_agent(concat!("Hakusho/", env!("CARGO_PKG_VERSION")))
            .build();
        let agent = Agent::with_parts(
            config,
            DefaultConnector::default(),
            Public { anywhere, names: DefaultResolver::default() },
        );
        Self { address: endpoint.as_str().to_owned(), agent }
    }
}

impl Service for Endpoint {
    fn rows(&self, pattern: &GraphPattern, stopped: &dyn Fn() -> bool) -> Result<Rows, ServiceError> {
        let mut response = self
            .agent
            .post(&self.address)
            .header("accept", "application/sparql-results+json")
            .header("content-type", "application/sparql-query")
            .send(select(pattern))?;
        if stopped() {
            return Ok(Rows::default());
        }
        let mut bytes = Vec::new();
        response.body_mut().as_reader().take(LONGEST + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LONGEST {
            return Err(format!("the answer has more than {LONGEST} bytes").into());
        }
        read_rows(&bytes, QueryResultsFormat::Json)
    }
}

/// Finds the public addresses of a host.
#[derive(Debug)]
struct Public {
    anywhere: bool,
    names: DefaultResolver,
}

impl Resolver for Public {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        let mut public = self.empty();
        found.iter().filter(|a| self.anywhere || address::is_public(a.ip())).for_each(|a| public.push(*a));
        if public.is_empty() {
            return Err(Error::Other("the endpoint has no public address; private ones are not asked".into()));
        }
        Ok(public)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader, Write as _};
    use std::net::TcpListener;
    use std::thread;

    use hakusho_store::Variable;
    use hakusho_store::term::TriplePattern;

    use super::*;

    /// An endpoint that answers one request; gives its address and what it was asked.
    fn endpoint(status: &'static str, body: &'static str) -> (NamedNode, thread::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}/sparql", listener.local_addr().expect("bound"));
        let asked = thread::spawn(move || {
            let (stream, _) = listener.accept().expect("a client");
            let mut reader = BufReader::new(stream);
            let (mut line, mut length) = (String::new(), 0);
            while reader.read_line(&mut line).expect("a line") > 2 {
                if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().expect("a number");
                }
                line.clear();
            }
            let mut query = vec![0; length];
            std::io::Read::read_exact(&mut reader, &mut query).expect("a body");
            let head =
                format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nlocation: http://127.0.0.1:1/\r\n\r\n", body.len());
            reader.get_mut().write_all((head + body).as_bytes()).expect("sent");
            String::from_utf8(query).expect("text")
        });
        (NamedNode::new_unchecked(address), asked)
    }

    fn pattern() -> GraphPattern {
        let (s, o) = (Variable::new_unchecked("s"), Variable::new_unchecked("o"));
        let predicate = NamedNode::new_unchecked("a:p").into();
        GraphPattern::Bgp { patterns: vec![TriplePattern { subject: s.into(), predicate, object: o.into() }] }
    }

    const ANSWER: &str = r#"{"head":{"vars":["s","o"]},"results":{"bindings":[{"s":{"type":"uri","value":"a:b"},"o":{"type":"literal","value":"値","xml:lang":"ja"}},{"s":{"type":"uri","value":"a:c"}}]}}"#;

    #[test]
    fn rows_of_another_endpoint_come_back() {
        let (address, asked) = endpoint("200 OK", ANSWER);
        let pattern = pattern();
        let rows = Endpoint::new(&address, true).rows(&pattern, &|| false).expect("rows");
        assert_eq!(rows.rows.iter().map(|r| r.iter().flatten().count()).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(asked.join().expect("no panic"), "SELECT ?s ?o WHERE { ?s <a:p> ?o . }");
    }

    #[test]
    fn failures_and_redirections_are_told() {
        for (status, words) in [("500 Internal Server Error", "500"), ("302 Found", "302")] {
            let (address, asked) = endpoint(status, "");
            let pattern = pattern();
            let told = Endpoint::new(&address, true).rows(&pattern, &|| false);
            let told = told.err().map(|e| e.to_string()).unwrap_or_default();
            assert!(told.contains(words) || status.starts_with("302") && !told.is_empty(), "{status}: {told}");
            asked.join().expect("no panic");
        }
    }

    #[test]
    fn this_machine_is_not_asked() {
        let address = NamedNode::new_unchecked("http://localhost:1/sparql");
        let pattern = pattern();
        let told = Endpoint::new(&address, false).rows(&pattern, &|| false).err().map(|e| e.to_string());
        assert!(told.as_deref().is_some_and(|t| t.contains("no public address")), "{told:?}");
    }
}

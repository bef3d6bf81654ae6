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
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};

/// An endpoint has so long to answer; the query's own limit may be shorter.
const PATIENCE: Duration = Duration::from_secs(20);
/// Longest answer, in bytes.
const LONGEST: u64 = 32 << 20;

/// Services for the endpoints that are allowed.
pub(crate) fn services(allowed: &[NamedNode]) -> Vec<(NamedNode, Arc<dyn Service>)> {
    let service = |endpoint: &NamedNode| Arc::new(Endpoint::new(endpoint, false, RootCerts::WebPki)) as _;
    allowed.iter().map(|endpoint| (endpoint.clone(), service(endpoint))).collect()
}

/// Another SPARQL endpoint.
struct Endpoint {
    address: String,
    agent: Agent,
}

impl Endpoint {
    /// `anywhere`: private addresses, too, and other `roots` of trust than those of the web, which tests need.
    fn new(endpoint: &NamedNode, anywhere: bool, roots: RootCerts) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .proxy(None)
            .tls_config(TlsConfig::builder().root_certs(roots).build())
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
mod tests;

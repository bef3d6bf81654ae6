//! Where to listen, and what one request, one client and all of them together may cost.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use hakusho_pipeline::Knowledge;
use hakusho_render::FontFinder;
use hakusho_store::{NamedNode, QueryOptions};

/// Gives the lists of names that decisions are checked against; asked when the first decision comes.
pub type KnowledgeSource = Arc<dyn Fn() -> Result<Knowledge, String> + Send + Sync>;

/// How to serve.
#[derive(Clone)]
pub struct ServeOptions {
    /// Where to listen; port 0 takes a free one.
    pub bind: SocketAddr,
    /// Limits of a query.
    pub query: QueryOptions,
    /// Queries and other work at the same time.
    pub concurrency: usize,
    /// Requests that may wait for their turn; one more is refused (503).
    pub waiting: usize,
    /// Requests a second of one client, 0 for any number; twice as many at once.
    pub rate: u32,
    /// Most bytes of a request.
    pub max_body: usize,
    /// Bytes of page images that are kept on disk.
    pub image_cache: u64,
    /// Bytes of answers that are kept in memory as long as nothing else is loaded; 0 keeps none.
    pub answer_cache: usize,
    /// What a client has to show to send decisions and updates; without it none are taken.
    pub token: Option<String>,
    /// Endpoints that `SERVICE` may ask; private addresses are not asked all the same.
    pub services: Vec<NamedNode>,
    /// Whether SPARQL Update is taken, from those who show the token, for graphs beside the archive.
    pub allow_update: bool,
    /// Address under which clients reach the server, where that is not the one they ask for (`https://example.org`).
    pub public_url: Option<String>,
    /// Whether the text of queries is logged.
    pub log_queries: bool,
    /// Fonts in place of those that files name but do not hold.
    pub fonts: Option<FontFinder>,
    /// Lists of names for decisions.
    pub knowledge: Option<KnowledgeSource>,
}

impl Default for ServeOptions {
    /// Loopback, port 7878, half a minute a query, as many at once as two for each processor.
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            bind: SocketAddr::from((Ipv4Addr::LOCALHOST, 7878)),
            query: QueryOptions {
                timeout: Some(Duration::from_secs(30)),
                max_rows: Some(1_000_000),
                max_bytes: Some(256 << 20),
                ..QueryOptions::default()
            },
            concurrency: 2 * processors,
            waiting: 256,
            rate: 0,
            max_body: 2 << 20,
            image_cache: 1 << 30,
            answer_cache: 32 << 20,
            token: None,
            services: Vec::new(),
            allow_update: false,
            public_url: None,
            log_queries: false,
            fonts: None,
            knowledge: None,
        }
    }
}

impl fmt::Debug for ServeOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServeOptions")
            .field("bind", &self.bind)
            .field("query", &self.query)
            .field("concurrency", &self.concurrency)
            .field("token", &self.token.is_some())
            .finish_non_exhaustive()
    }
}

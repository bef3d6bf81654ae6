//! The server.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
#[command(
    after_help = "What is loaded, replaced or withdrawn meanwhile is seen when the load has ended; readers see whole editions only.\n\
    One line of JSON a request goes to standard error, without the text of queries. Stop with Ctrl-C."
)]
pub(crate) struct ServeArgs {
    /// Address to listen at; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7878", env = "HAKUSHO_BIND")]
    pub(crate) bind: std::net::SocketAddr,
    /// Address under which clients reach it, where that is another one (behind a proxy with TLS)
    #[arg(long, value_name = "URL")]
    pub(crate) public_url: Option<String>,
    /// Stop a question after so many seconds, 0 for never
    #[arg(long, value_name = "SECONDS", default_value_t = 30.0)]
    pub(crate) timeout: f64,
    /// Refuse answers with more rows
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    pub(crate) max_rows: usize,
    /// Refuse answers with more bytes
    #[arg(long, value_name = "N", default_value_t = 268_435_456)]
    pub(crate) max_bytes: usize,
    /// Stop questions while the program has grown by so many megabytes, 0 for no limit (Linux)
    #[arg(long, value_name = "MB", default_value_t = 2048)]
    pub(crate) max_memory: u64,
    /// Questions and other work at the same time (default: two for each processor)
    #[arg(long, value_name = "N")]
    pub(crate) concurrency: Option<usize>,
    /// Requests that may wait for their turn
    #[arg(long, value_name = "N", default_value_t = 256)]
    pub(crate) queue: usize,
    /// Requests a second of one client, 0 for any number
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) rate: u32,
    /// Most megabytes of page images kept on disk
    #[arg(long, value_name = "MB", default_value_t = 1024)]
    pub(crate) image_cache: u64,
    /// Most megabytes of answers kept in memory until something else is loaded, 0 for none
    #[arg(long, value_name = "MB", default_value_t = 32)]
    pub(crate) answer_cache: usize,
    /// File with the token that decisions about names and updates have to show; without it none are taken
    #[arg(long, value_name = "FILE", env = "HAKUSHO_TOKEN_FILE")]
    pub(crate) token_file: Option<PathBuf>,
    /// Take SPARQL updates from those who show the token, for graphs of their own beside what was loaded
    #[arg(long, requires = "token_file")]
    pub(crate) allow_update: bool,
    /// Let `SERVICE <URL>` ask this endpoint, at public addresses alone; may be given several times
    #[arg(long, value_name = "URL")]
    pub(crate) allow_service: Vec<String>,
    /// Log the text of questions too
    #[arg(long)]
    pub(crate) log_queries: bool,
}

//! The server under test, on a free port, and a client that shows answers as they are.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::hakusho;

/// A server that is stopped when it is dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// `http://127.0.0.1:…`.
    pub address: String,
    log: Arc<Mutex<String>>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Headers in small letters; several of a name are joined by commas.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub bytes: Vec<u8>,
}

impl Reply {
    /// A header, empty where it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// When it is none.
    pub fn json(&self) -> Value {
        match serde_json::from_slice(&self.bytes) {
            Ok(value) => value,
            Err(error) => panic!("no JSON ({error}): {} {}", self.status, self.text()),
        }
    }
}

impl Server {
    /// Starts a server on a data folder and waits until it answers.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start(data: &Path, args: &[&str]) -> Self {
        let mut command = hakusho(data);
        command.args(["serve", "--bind", "127.0.0.1:0"]).args(args).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = match command.spawn() {
            Ok(child) => child,
            Err(error) => panic!("the server does not start: {error}"),
        };
        let Some(stderr) = child.stderr.take() else { panic!("the server has no log") };
        let log = Arc::new(Mutex::new(String::new()));
        let written = Arc::clone(&log);
        // Somebody must read on, or the server waits for it.
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                let mut log = written.lock().unwrap_or_else(PoisonError::into_inner);
                log.push_str(&line);
                log.push('\n');
            }
        });
        let mut server = Self { child, address: String::new(), log };
        let start = Instant::now();
        while server.address.is_empty() {
            let log = server.log();
            assert!(start.elapsed() < Duration::from_mins(1), "the server is not ready: {log}");
            if let Some(at) = log.find("listening at ") {
                let rest = &log[at + "listening at ".len()..];
                rest.split_whitespace().next().unwrap_or_default().clone_into(&mut server.address);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        server
    }

    /// What it wrote to standard error.
    pub fn log(&self) -> String {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The log, once it has this text.
    ///
    /// # Panics
    /// When that does not come.
    pub fn log_with(&self, text: &str) -> String {
        for _ in 0..200 {
            let log = self.log();
            if log.contains(text) {
                return log;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        panic!("`{text}` is not in the log:\n{}", self.log());
    }

    /// Number of its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// `GET` without any header.
    pub fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], b"")
    }

    /// `GET` of a query, percent-encoded.
    pub fn ask(&self, query: &str, headers: &[(&str, &str)]) -> Reply {
        self.send("GET", &format!("/sparql?query={}", encode(query)), headers, b"")
    }

    /// Any request; redirects are not followed.
    ///
    /// # Panics
    /// When there is no answer.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_mins(2)));
        let agent: ureq::Agent = config.build().into();
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = match request.body(body.to_vec()) {
            Ok(request) => request,
            Err(error) => panic!("no request: {error}"),
        };
        let mut response = match agent.run(request) {
            Ok(response) => response,
            Err(error) => panic!("no answer to {method} {path}: {error}\n{}", self.log()),
        };
        let mut headers: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in response.headers() {
            let value = value.to_str().unwrap_or_default();
            headers
                .entry(name.as_str().to_owned())
                .and_modify(|known| *known = format!("{known}, {value}"))
                .or_insert_with(|| value.to_owned());
        }
        let bytes = response.body_mut().with_config().limit(1 << 30).read_to_vec().unwrap_or_default();
        Reply { status: response.status().as_u16(), headers, bytes }
    }

    /// Asks it to stop as an operator would, and gives its exit status.
    pub fn stop(mut self) -> Option<i32> {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        self.child.wait().ok().and_then(|status| status.code())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Percent-encodes everything but plain letters and digits.
pub fn encode(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

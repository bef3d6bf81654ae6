//! What a client asks (SPARQL 1.1 Protocol §2.1).

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{ACCEPT, CONTENT_TYPE, IF_NONE_MATCH};
use axum::http::{HeaderMap, Method, StatusCode};
use hakusho_store::{Dataset, NamedNode};
use hyper::body::Body as _;
use tokio::time::timeout;

use crate::problem::Problem;

/// A client has so long to send what it asks.
const SENDING: Duration = Duration::from_secs(30);
/// So many bytes beyond the limit are read and forgotten: most clients listen when they have sent all, and where the connection is
/// closed before, they do not hear why.
const FORGOTTEN: usize = 16 << 20;

/// A request.
pub(super) enum Asked {
    /// There is no query: the service describes itself.
    Nothing {
        accept: Option<String>,
        format: Option<String>,
    },
    Query(SparqlQuery),
    /// SPARQL Update.
    Update(String),
}

/// A query with what comes beside it.
#[derive(Debug, Default)]
pub(super) struct SparqlQuery {
    pub(super) text: String,
    pub(super) dataset: Option<Dataset>,
    /// Form of the answer by name (`csv`), which goes before `accept`.
    pub(super) format: Option<String>,
    pub(super) accept: Option<String>,
    /// Whether a CSV file begins with a byte order mark, which spreadsheets want.
    pub(super) bom: bool,
    /// A shorter time limit, in seconds.
    pub(super) seconds: Option<f64>,
    /// Tags of answers the client has.
    pub(super) known: Option<String>,
}

/// Reads a request.
///
/// # Errors
/// When it is not as the protocol has it.
pub(super) async fn read(request: Request, max_body: usize) -> Result<Asked, Problem> {
    let (parts, body) = request.into_parts();
    let mut fields = fields(parts.uri.query().unwrap_or_default().as_bytes())?;
    if let Some((_, ending)) = parts.uri.path().rsplit_once("/sparql.") {
        // First, so that a form that is named goes before it.
        fields.insert(0, ("format".to_owned(), ending.to_owned()));
    }
    if parts.method == Method::POST {
        let kind = media_type(&parts.headers)?;
        let too_long =
            || Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body", &format!("a request may have {max_body} bytes"));
        let too_slow = |_| Problem::new(StatusCode::REQUEST_TIMEOUT, "body", "the request was not sent in time");
        let bytes = timeout(SENDING, whole(body, max_body)).await.map_err(too_slow)?.ok_or_else(too_long)?;
        match kind.as_str() {
            "application/x-www-form-urlencoded" => fields.extend(self::fields(&bytes)?),
            "application/sparql-query" | "application/sparql-update" => {
                let what = kind.trim_start_matches("application/sparql-");
                if fields.iter().any(|(name, _)| name == what) {
                    return Err(Problem::bad(&format!("the {what} comes twice: in the address and as the body")));
                }
                let text = String::from_utf8(bytes).map_err(|_| Problem::bad(&format!("the {what} is not UTF-8")))?;
                fields.push((what.to_owned(), text));
            }
            other => {
                let detail = format!(
                    "a query is sent as application/sparql-query or application/x-www-form-urlencoded, not as `{other}`"
                );
                return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", &detail));
            }
        }
    }
    of_fields(fields, &parts.headers, parts.method == Method::POST)
}

/// The bytes of a body, if these are at most so many and all of them come.
async fn whole(mut body: Body, most: usize) -> Option<Vec<u8>> {
    let (mut kept, mut sent) = (Vec::new(), 0_usize);
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(data) = frame.ok()?.into_data() else { continue };
        sent = sent.saturating_add(data.len());
        if sent <= most {
            kept.extend_from_slice(&data);
        } else if sent - most > FORGOTTEN {
            return None;
        }
    }
    (sent <= most).then_some(kept)
}

/// Media type of the body; another character set than UTF-8 is refused.
fn media_type(headers: &HeaderMap) -> Result<String, Problem> {
    let header = headers.get(CONTENT_TYPE).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let mut parts = header.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
    let charset =
        parts.find_map(|p| p.to_ascii_lowercase().strip_prefix("charset=").map(|c| c.trim_matches('"').to_owned()));
    match charset {
        Some(charset) if charset != "utf-8" => {
            Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", "only UTF-8 is understood"))
        }
        _ => Ok(kind),
    }
}

fn fields(text: &[u8]) -> Result<Vec<(String, String)>, Problem> {
    let fields: Vec<(String, String)> = form_urlencoded::parse(text).into_owned().collect();
    // What is no UTF-8 becomes U+FFFD, which nobody asks for.
    if fields.iter().any(|(_, value)| value.contains('\u{FFFD}')) {
        return Err(Problem::bad("the request is not UTF-8"));
    }
    Ok(fields)
}

fn of_fields(fields: Vec<(String, String)>, headers: &HeaderMap, posted: bool) -> Result<Asked, Problem> {
    let (mut texts, mut updates, mut default, mut named) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let header = |name| headers.get(name).and_then(|h: &axum::http::HeaderValue| h.to_str().ok()).map(str::to_owned);
    let mut query = SparqlQuery { accept: header(ACCEPT), known: header(IF_NONE_MATCH), ..SparqlQuery::default() };
    for (name, value) in fields {
        match name.as_str() {
            "query" => texts.push(value),
            "update" => updates.push(value),
            "using-graph-uri" | "using-named-graph-uri" => {
                return Err(Problem::bad("name the graphs of an update in its text (USING, USING NAMED)"));
            }
            "default-graph-uri" => default.push(graph(&value)?),
            "named-graph-uri" => named.push(graph(&value)?),
            "format" | "output" => query.format = Some(value.to_ascii_lowercase()),
            "bom" => query.bom = matches!(value.as_str(), "1" | "true" | "yes"),
            "timeout" => query.seconds = value.parse().ok(),
            // Others are for other servers.
            _ => {}
        }
    }
    if !default.is_empty() || !named.is_empty() {
        query.dataset = Some(Dataset { default, named });
    }
    if let Some(update) = updates.pop() {
        return match (posted, updates.is_empty() && texts.is_empty()) {
            (true, true) => Ok(Asked::Update(update)),
            (false, _) => Err(Problem::method("POST")),
            (true, false) => Err(Problem::bad("an update comes alone")),
        };
    }
    let mut texts = texts.into_iter();
    match (texts.next(), texts.next()) {
        (Some(text), None) => Ok(Asked::Query(SparqlQuery { text, ..query })),
        (Some(_), Some(_)) => Err(Problem::bad("there is more than one query")),
        (None, _) if posted => Err(Problem::bad("there is no query")),
        (None, _) => Ok(Asked::Nothing { accept: query.accept, format: query.format }),
    }
}

fn graph(text: &str) -> Result<NamedNode, Problem> {
    NamedNode::new(text).map_err(|_| Problem::bad(&format!("the graph `{text}` is no IRI")))
}

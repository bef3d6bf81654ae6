//! What goes wrong, told truthfully: `application/problem+json` (RFC 9457) with a status that fits.

use axum::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use hakusho_batch::BatchError;
use hakusho_store::{SearchError, StoreError};
use serde::Serialize;
use utoipa::ToSchema;

/// An answer that says why there is no other one.
#[derive(Clone, Debug)]
pub(crate) struct Problem(Box<ProblemDetails>);

/// Its body.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ProblemDetails {
    /// `urn:hakusho:problem:` and a short name: syntax, time, rows, bytes, memory, busy, …
    #[serde(rename = "type")]
    kind: String,
    /// The status in words.
    title: String,
    /// HTTP status.
    status: u16,
    /// What happened, in a sentence.
    detail: String,
    /// Line of the query, from 1, where it stops making sense.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    /// Character of the line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    /// The likeliest reason of a limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    #[serde(skip)]
    allow: Option<&'static str>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, kind: &str, detail: &str) -> Self {
        Self(Box::new(ProblemDetails {
            kind: format!("urn:hakusho:problem:{kind}"),
            title: status.canonical_reason().unwrap_or_default().to_owned(),
            status: status.as_u16(),
            detail: detail.to_owned(),
            line: None,
            column: None,
            hint: None,
            allow: None,
        }))
    }

    /// The request makes no sense.
    pub(crate) fn bad(detail: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "request", detail)
    }

    /// There is no such thing.
    pub(crate) fn missing(detail: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "missing", detail)
    }

    /// None of the forms asked for can be given.
    pub(crate) fn form(offered: &str) -> Self {
        Self::new(
            StatusCode::NOT_ACCEPTABLE,
            "form",
            &format!("none of the forms asked for is there; these are: {offered}"),
        )
    }

    /// Another method is wanted.
    pub(crate) fn method(allow: &'static str) -> Self {
        let mut problem =
            Self::new(StatusCode::METHOD_NOT_ALLOWED, "method", &format!("only {allow} are answered here"));
        problem.0.allow = Some(allow);
        problem
    }

    /// A failure of the machine; details are for the log.
    pub(crate) fn internal(detail: &str) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "fault", detail)
    }

    pub(crate) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let body = serde_json::to_vec(&self.0).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::SERVICE_UNAVAILABLE || status == StatusCode::TOO_MANY_REQUESTS {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(allow) = self.0.allow {
            headers.insert(ALLOW, HeaderValue::from_static(allow));
        }
        response.extensions_mut().insert(Told(self.0.detail));
        response
    }
}

/// The words of a problem, for the log.
#[derive(Clone, Debug)]
pub(crate) struct Told(pub(crate) String);

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let (status, kind) = match &error {
            StoreError::Syntax(_) | StoreError::Prefix { .. } => (StatusCode::BAD_REQUEST, "syntax"),
            StoreError::UpdateRefused { .. } => (StatusCode::FORBIDDEN, "update"),
            StoreError::Open { .. } => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            StoreError::NoForm { .. } => (StatusCode::NOT_ACCEPTABLE, "form"),
            StoreError::Update => (StatusCode::BAD_REQUEST, "update"),
            StoreError::TooComplex { .. } => (StatusCode::BAD_REQUEST, "complex"),
            StoreError::Evaluation(_) => (StatusCode::BAD_REQUEST, "evaluation"),
            StoreError::Service { .. } => (StatusCode::FORBIDDEN, "service"),
            StoreError::ServiceFailed { .. } => (StatusCode::BAD_REQUEST, "service"),
            StoreError::PartBlank { .. } | StoreError::ArchivedPlace { .. } => (StatusCode::BAD_REQUEST, "evaluation"),
            StoreError::TimeLimit { .. } => (StatusCode::SERVICE_UNAVAILABLE, "time"),
            StoreError::MemoryLimit { .. } => (StatusCode::SERVICE_UNAVAILABLE, "memory"),
            StoreError::Busy { .. } | StoreError::Cancelled => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            StoreError::RowLimit { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "rows"),
            StoreError::ByteLimit { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "bytes"),
            StoreError::TextLimit { .. } | StoreError::SortLimit { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "size"),
            StoreError::PartLimit { .. } | StoreError::TooManyStatements { .. } => {
                (StatusCode::PAYLOAD_TOO_LARGE, "size")
            }
            StoreError::Search(_) => return Self::from_search(&error),
            _ => (StatusCode::INTERNAL_SERVER_ERROR, "fault"),
        };
        let mut problem = Self::new(status, kind, &error.to_string());
        if let Some(place) = error.syntax_place() {
            let why = place.why.map(|w| format!(": {w}")).unwrap_or_default();
            let (line, column) = (place.line, place.column);
            problem.0.detail = format!("the query cannot be understood from line {line}, column {column} on{why}");
            (problem.0.line, problem.0.column) = (Some(line), Some(column));
        }
        // The likeliest reason has its own place.
        let (bare, hint) = match error {
            StoreError::TimeLimit { after, limit, hint } => (StoreError::TimeLimit { after, limit, hint: None }, hint),
            StoreError::MemoryLimit { limit, hint } => (StoreError::MemoryLimit { limit, hint: None }, hint),
            other => (other, None),
        };
        if let Some(hint) = hint {
            problem.0.detail = bare.to_string();
            (problem.0.line, problem.0.hint) = (hint.line, Some(hint.to_string()));
        }
        problem
    }
}

impl Problem {
    fn from_search(error: &StoreError) -> Self {
        match error {
            StoreError::Search(search) => search_problem(search),
            other => Self::internal(&other.to_string()),
        }
    }
}

fn search_problem(error: &SearchError) -> Problem {
    let (status, kind) = match error {
        SearchError::Words { .. } | SearchError::Pattern { .. } => (StatusCode::BAD_REQUEST, "search"),
        SearchError::Behind { .. } | SearchError::Missing { .. } | SearchError::Busy { .. } => {
            (StatusCode::SERVICE_UNAVAILABLE, "index")
        }
        _ => (StatusCode::INTERNAL_SERVER_ERROR, "fault"),
    };
    Problem::new(status, kind, &error.to_string())
}

impl From<SearchError> for Problem {
    fn from(error: SearchError) -> Self {
        search_problem(&error)
    }
}

impl From<BatchError> for Problem {
    fn from(error: BatchError) -> Self {
        match error {
            BatchError::Store(store) => store.into(),
            other => Self::internal(&other.to_string()),
        }
    }
}

//! Who may change something: `Authorization: Bearer …`, compared in constant time.

use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use subtle::ConstantTimeEq as _;

use crate::problem::Problem;

/// Lets requests through that show the token.
///
/// # Errors
/// 403 where there is no token, so that nothing can be changed; 401 where it is not shown or another one.
pub(crate) fn check(headers: &HeaderMap, token: Option<&str>) -> Result<(), Problem> {
    let Some(token) = token.filter(|t| !t.is_empty()) else {
        let detail = "this server takes no changes; it was started without a token (`--token-file`)";
        return Err(Problem::new(StatusCode::FORBIDDEN, "read-only", detail));
    };
    let shown = headers.get(AUTHORIZATION).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let shown =
        shown.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, t)| t.trim());
    let right = shown.is_some_and(|shown| bool::from(shown.as_bytes().ct_eq(token.as_bytes())));
    if right { Ok(()) } else { Err(Problem::new(StatusCode::UNAUTHORIZED, "token", "the token is missing or wrong")) }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn status(header: Option<&'static str>, token: Option<&str>) -> Option<u16> {
        let mut headers = HeaderMap::new();
        if let Some(header) = header {
            headers.insert(AUTHORIZATION, HeaderValue::from_static(header));
        }
        check(&headers, token).err().map(|p| p.status().as_u16())
    }

    #[test]
    fn only_the_token_opens() {
        assert_eq!(status(Some("Bearer right"), Some("right")), None);
        assert_eq!(status(Some("bearer right"), Some("right")), None);
        assert_eq!(status(Some("Bearer righ"), Some("right")), Some(401));
        assert_eq!(status(Some("Basic right"), Some("right")), Some(401));
        assert_eq!(status(None, Some("right")), Some(401));
        assert_eq!(status(Some("Bearer "), Some("")), Some(403));
        assert_eq!(status(Some("Bearer x"), None), Some(403));
    }
}

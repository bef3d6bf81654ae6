//! From text to algebra, with the prefixes that need not be declared.

use std::sync::LazyLock;

use spargebra::algebra::QueryDataset;
use spargebra::{Query, SparqlParser, Update};

use super::options::QueryOptions;
use super::prefixes::PREFIXES;
use crate::error::StoreError;

/// Deepest nesting of brackets; each level of a query costs stack in parser, planner and evaluation.
const MAX_DEPTH: usize = 250;
/// Most operators: a chain of them nests as deep as it is long, and the planner's time grows with the square.
pub(crate) const MAX_OPERATORS: usize = 1_000;

/// Understands a query, with the prefixes and graphs that come beside it.
///
/// # Errors
/// As [`parse`].
pub(crate) fn understand(text: &str, options: &QueryOptions) -> Result<Query, StoreError> {
    let mut query = parse(text, &options.prefixes)?;
    if let Some(beside) = &options.dataset {
        let (Query::Select { dataset, .. }
        | Query::Construct { dataset, .. }
        | Query::Describe { dataset, .. }
        | Query::Ask { dataset, .. }) = &mut query;
        *dataset = Some(QueryDataset { default: beside.default.clone(), named: Some(beside.named.clone()) });
    }
    Ok(query)
}

/// Understands a query.
///
/// # Errors
/// When it is no SPARQL, is an update, or is nested deeper than it can be worked on.
pub(crate) fn parse(text: &str, prefixes: &[(String, String)]) -> Result<Query, StoreError> {
    check_shape(text)?;
    parser(prefixes)?.parse_query(text).map_err(|error| {
        let update = parser(prefixes).is_ok_and(|p| p.parse_update(text).is_ok()) && !text.trim().is_empty();
        if update { StoreError::Update } else { StoreError::Syntax(error) }
    })
}

/// Understands an update.
///
/// # Errors
/// When it is none, or is nested deeper than it can be worked on.
pub(crate) fn understand_update(text: &str) -> Result<Update, StoreError> {
    check_shape(text)?;
    parser(&[])?.parse_update(text).map_err(StoreError::Syntax)
}

fn parser(extra: &[(String, String)]) -> Result<SparqlParser, StoreError> {
    static WITH_PREFIXES: LazyLock<SparqlParser> = LazyLock::new(|| {
        PREFIXES.iter().fold(SparqlParser::new(), |parser, (prefix, iri)| {
            parser.with_prefix(*prefix, *iri).unwrap_or_else(|e| unreachable!("the prefixes are fixed: {e}"))
        })
    });
    let mut parser = WITH_PREFIXES.clone();
    for (prefix, iri) in extra {
        parser = parser.with_prefix(prefix, iri).map_err(|_| StoreError::Prefix { iri: iri.clone() })?;
    }
    Ok(parser)
}

/// Brackets and operators outside texts, IRIs and comments.
fn check_shape(text: &str) -> Result<(), StoreError> {
    let (mut depth, mut operators) = (0_usize, 0_usize);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skip = match c {
            '"' | '\'' => quoted(rest, c),
            '<' => iri(rest),
            '#' => rest.find('\n').unwrap_or(rest.len()),
            ':' => word(rest, true),
            '?' | '$' => 1 + word(&rest[1..], false),
            c if c.is_alphabetic() || c == '_' => word(rest, true),
            _ => c.len_utf8(),
        };
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            '|' | '&' | '!' | '^' | '+' | '-' | '*' | '/' | '=' | '>' => operators += 1,
            '<' | '?' if skip == 1 => operators += 1,
            _ => {}
        }
        if depth > MAX_DEPTH || operators > MAX_OPERATORS {
            return Err(StoreError::TooComplex { what: "it nests too deep or chains too many operators" });
        }
        rest = &rest[skip..];
    }
    Ok(())
}

/// Bytes of a word at the start: a keyword or a name with its prefix (`hk:on-page`), or of a variable without its mark.
fn word(rest: &str, name: bool) -> usize {
    let part = |c: char| c.is_alphanumeric() || c == '_' || (name && matches!(c, '-' | ':' | '.' | '%'));
    rest.find(|c| !part(c)).unwrap_or(rest.len())
}

/// Bytes of a text in quotes, the quotes included; to the end where it is not closed.
fn quoted(rest: &str, quote: char) -> usize {
    let long: String = std::iter::repeat_n(quote, 3).collect();
    let mark = if rest.starts_with(&long) { long } else { quote.to_string() };
    let mut at = mark.len();
    while at < rest.len() {
        if rest[at..].starts_with(&mark) {
            return at + mark.len();
        }
        let escaped = rest[at..].starts_with('\\');
        at += rest[at..].chars().take(1 + usize::from(escaped)).map(char::len_utf8).sum::<usize>();
    }
    rest.len()
}

/// Bytes of an IRI, or of the sign `<`.
fn iri(rest: &str) -> usize {
    match rest.find(|c: char| c == '>' || c.is_whitespace()) {
        Some(end) if rest[end..].starts_with('>') => end + 1,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nesting_ends_at_its_limit() {
        let nested = |n: usize| format!("ASK {{ FILTER({}1{}) }}", "(".repeat(n), ")".repeat(n));
        assert!(parse(&nested(MAX_DEPTH - 2), &[]).is_ok());
        assert!(matches!(parse(&nested(MAX_DEPTH - 1), &[]), Err(StoreError::TooComplex { .. })));
    }

    #[test]
    fn operators_end_at_their_limit() {
        let chained = |n: usize| format!("ASK {{ FILTER(1{}) }}", "+1".repeat(n));
        assert!(check_shape(&chained(MAX_OPERATORS)).is_ok());
        assert!(matches!(parse(&chained(MAX_OPERATORS + 1), &[]), Err(StoreError::TooComplex { .. })));
    }

    #[test]
    fn texts_and_iris_hold_no_operators() {
        let many = "(+".repeat(MAX_OPERATORS);
        for text in
            [format!("ASK {{ ?s ?p \"{many}\" }}"), format!("ASK {{ ?s <http://x/{many}> \"\"\"{many}\"\"\" }}")]
        {
            assert!(parse(&text, &[]).is_ok());
        }
    }

    #[test]
    fn an_update_is_named() {
        for text in ["INSERT DATA { <a:b> <a:c> 1 }", "CLEAR ALL", "DELETE WHERE { ?s ?p ?o }"] {
            assert!(matches!(parse(text, &[]), Err(StoreError::Update)), "{text}");
        }
        for text in ["", "SELEKT", "INSERT"] {
            assert!(matches!(parse(text, &[]), Err(StoreError::Syntax(_))), "{text}");
        }
    }
}

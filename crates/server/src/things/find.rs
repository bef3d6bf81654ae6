//! From the path of an address to the IRI of a thing.
//!
//! IRIs of things hold letters of any script as they are and everything else percent-encoded; an address holds all but ASCII
//! percent-encoded. So a path is decoded, and each of its segments is written as IRIs of things are.

use hakusho_rdf::segment;
use hakusho_store::{NamedNode, StoreError};
use percent_encoding::percent_decode_str;

use crate::problem::Problem;
use crate::view::View;

/// A thing and the form its address ends with.
pub(super) struct Found {
    pub(super) node: NamedNode,
    pub(super) ending: Option<&'static str>,
}

const ENDINGS: [&str; 7] = ["html", "ttl", "nt", "jsonld", "rdf", "nq", "trig"];

/// The thing with that path, if anything is said of it.
pub(super) fn find(view: &View, path: &str) -> Result<Option<Found>, Problem> {
    for candidate in candidates(path) {
        if is_there(view, &candidate)? {
            return Ok(Some(Found { node: node(view, &candidate), ending: None }));
        }
    }
    let Some((rest, ending)) = path.rsplit_once('.') else { return Ok(None) };
    let Some(ending) = ENDINGS.into_iter().find(|e| *e == ending) else { return Ok(None) };
    for candidate in candidates(rest) {
        if is_there(view, &candidate)? {
            return Ok(Some(Found { node: node(view, &candidate), ending: Some(ending) }));
        }
    }
    Ok(None)
}

fn node(view: &View, rest: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}{rest}", view.base))
}

/// Ways in which an address may have been written.
fn candidates(path: &str) -> Vec<String> {
    let decoded = percent_decode_str(path).decode_utf8_lossy().into_owned();
    let canonical =
        path.split('/').map(|s| segment(&percent_decode_str(s).decode_utf8_lossy())).collect::<Vec<_>>().join("/");
    let mut out = vec![canonical, path.to_owned(), decoded];
    out.dedup();
    // What is no IRI cannot be there, and must not reach a query.
    out.retain(|rest| NamedNode::new(format!("http://x/{rest}")).is_ok());
    out
}

fn is_there(view: &View, rest: &str) -> Result<bool, StoreError> {
    let node = node(view, rest);
    let rows = view.rows(&format!("SELECT (1 AS ?one) {{ {{ {node} ?p ?o }} UNION {{ ?s ?p {node} }} UNION {{ GRAPH {node} {{ ?s ?p ?o }} }} }} LIMIT 1"))?;
    Ok(rows.first().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_iris_are_written() {
        let first = |path: &str| candidates(path).first().cloned().unwrap_or_default();
        assert_eq!(first("ed/jouhou/c/%E7%AC%AC1%E7%AB%A0"), "ed/jouhou/c/第1章");
        assert_eq!(first("ed/x/p/%281%29"), "ed/x/p/%281%29");
        assert_eq!(first("org/x/us-ftc"), "org/x/us-ftc");
        assert!(candidates("a%20b%3E").iter().all(|c| !c.contains(['<', '>', ' '])));
    }
}

//! Quads as sorted N-Quads, and their hash: what two builds are compared by.

use oxrdf::Quad;
use sha2::{Digest, Sha256};

/// One quad a line, sorted by bytes, each line once.
pub fn sorted_nquads(quads: &[Quad]) -> String {
    let mut lines: Vec<String> = quads.iter().map(|q| format!("{q} .\n")).collect();
    lines.sort_unstable();
    lines.dedup();
    lines.concat()
}

/// SHA-256 of the sorted N-Quads, in hexadecimal.
pub fn graph_hash(quads: &[Quad]) -> String {
    Sha256::digest(sorted_nquads(quads).as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use oxrdf::{GraphName, NamedNode};

    use super::*;

    fn quad(name: &str) -> Quad {
        let node = NamedNode::new_unchecked(format!("urn:{name}"));
        Quad::new(node.clone(), node.clone(), node, GraphName::DefaultGraph)
    }

    #[test]
    fn order_and_repeats_do_not_count() {
        assert_eq!(graph_hash(&[quad("a"), quad("b")]), graph_hash(&[quad("b"), quad("a"), quad("b")]));
        assert_eq!(sorted_nquads(&[quad("b"), quad("a")]), "<urn:a> <urn:a> <urn:a> .\n<urn:b> <urn:b> <urn:b> .\n");
    }
}

//! The service as it describes itself (SPARQL 1.1 Service Description), and the prefixes it knows (SHACL declarations).

use std::fmt::Write as _;

use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode};

use super::sink::Sink;
use super::terms::{FORMATS, Nodes, SD, SH, term};
use crate::query::PREFIXES;

/// Prefixes of descriptions, declared beside those of the archive.
pub(super) const OWN_PREFIXES: [(&str, &str); 5] = [
    ("void", super::terms::VOID),
    ("sd", SD),
    ("sh", SH),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("spdx", "http://spdx.org/rdf/terms#"),
];

/// Says what the default graph is: other stores leave it empty.
const UNION: [&str; 2] = [
    "FROM も FROM NAMED も書かない問い合わせは、すべての名前付きグラフの和を見る。どの文も一つのグラフにだけある。\
     差し替えまたは撤回されたファイルのグラフは和に入らない。版ごとに問うときは GRAPH ?g { … } を使う。",
    "A query without FROM and FROM NAMED sees the union of all named graphs. No statement stands in two of them. Graphs of \
     files that were replaced or withdrawn are not part of it. Use GRAPH ?g { … } where the edition matters.",
];

/// Forms of answers (`http://www.w3.org/ns/formats/`).
const RESULTS: [&str; 5] =
    ["SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle"];

/// Writes service and default data set; `features` are those besides the union.
pub(super) fn write(sink: &mut Sink, nodes: &Nodes, features: &[&str]) {
    let (service, dataset, union) = (nodes.at("service"), nodes.at("dataset"), nodes.at("dataset/union"));
    sink.kind(&service, term(SD, "Service"));
    sink.label(&service, ["Hakusho の SPARQL", "SPARQL over a Hakusho archive"]);
    sink.comment(&service, UNION);
    sink.add(&service, term(SD, "supportedLanguage"), term(SD, "SPARQL11Query"));
    sink.add(&service, term(SD, "feature"), term(SD, "UnionDefaultGraph"));
    for feature in features {
        sink.add(&service, term(SD, "feature"), NamedNode::new_unchecked(*feature));
    }
    for format in RESULTS {
        sink.add(&service, term(SD, "resultFormat"), term(FORMATS, format));
    }
    sink.add(&service, term(SD, "defaultDataset"), dataset.clone());
    sink.kind(&dataset, term(SD, "Dataset"));
    sink.add(&dataset, term(SD, "defaultGraph"), union.clone());
    sink.kind(&union, term(SD, "Graph"));
    sink.comment(&union, UNION);
}

/// Writes the prefixes that need not be declared.
pub(super) fn prefixes(sink: &mut Sink, nodes: &Nodes) {
    let root = nodes.at("prefixes");
    sink.label(&root, ["接頭辞", "Prefixes"]);
    for (prefix, iri) in PREFIXES.iter().chain(&OWN_PREFIXES) {
        let node = nodes.at(&format!("prefixes/{prefix}"));
        sink.add(&root, term(SH, "declare"), node.clone());
        sink.text(&node, term(SH, "prefix"), prefix);
        sink.add(&node, term(SH, "namespace"), Literal::new_typed_literal(*iri, xsd::ANY_URI));
    }
}

/// An IRI as a path segment: everything but plain letters, digits and `-._` is percent-encoded.
pub(super) fn encoded(iri: &str) -> String {
    let mut out = String::with_capacity(iri.len());
    for byte in iri.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

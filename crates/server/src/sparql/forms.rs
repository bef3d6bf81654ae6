//! Forms of answers: by name in the address (`format=csv`) or by what the client accepts.

use hakusho_store::{AnswerKind, Form, QueryResultsFormat, RdfFormat};

use crate::negotiate;
use crate::problem::Problem;

/// A form of rows, with its short name and the media types it is asked for by; the first is the one it is sent as.
pub(super) struct RowForm {
    pub(super) name: &'static str,
    pub(super) types: &'static [&'static str],
    pub(super) format: QueryResultsFormat,
}

/// A form of graphs.
pub(crate) struct GraphForm {
    pub(crate) name: &'static str,
    pub(crate) types: &'static [&'static str],
    pub(crate) format: RdfFormat,
}

/// Of `SELECT` and `ASK`.
pub(super) const ROWS: &[RowForm] = &[
    RowForm {
        name: "json",
        types: &["application/sparql-results+json", "application/json", "text/json"],
        format: QueryResultsFormat::Json,
    },
    RowForm {
        name: "xml",
        types: &["application/sparql-results+xml", "application/xml", "text/xml"],
        format: QueryResultsFormat::Xml,
    },
    RowForm { name: "csv", types: &["text/csv"], format: QueryResultsFormat::Csv },
    RowForm { name: "tsv", types: &["text/tab-separated-values"], format: QueryResultsFormat::Tsv },
];

/// Of `CONSTRUCT` and `DESCRIBE`, and of everything else that is a graph. Turtle is N3, too.
pub(crate) const GRAPHS: &[GraphForm] = &[
    GraphForm {
        name: "ttl",
        types: &["text/turtle", "application/x-turtle", "text/n3", "text/rdf+n3"],
        format: RdfFormat::Turtle,
    },
    GraphForm { name: "nt", types: &["application/n-triples", "text/plain"], format: RdfFormat::NTriples },
    GraphForm { name: "jsonld", types: &["application/ld+json", "application/json"], format: Form::JSON_LD },
    GraphForm {
        name: "rdf",
        types: &["application/rdf+xml", "application/xml", "text/xml"],
        format: RdfFormat::RdfXml,
    },
    GraphForm { name: "nq", types: &["application/n-quads"], format: RdfFormat::NQuads },
    GraphForm { name: "trig", types: &["application/trig"], format: RdfFormat::TriG },
];

const ROW_NAMES: &str = "json, xml, csv, tsv";
const GRAPH_NAMES: &str = "ttl, nt, jsonld, rdf, nq, trig";

/// Other names that a form is asked for by.
fn same(name: &str) -> &str {
    match name {
        "turtle" | "n3" => "ttl",
        "ntriples" | "n-triples" => "nt",
        "nquads" | "n-quads" => "nq",
        "json-ld" => "jsonld",
        "rdfxml" | "rdf-xml" | "rdf+xml" => "rdf",
        other => other,
    }
}

/// Some clients write media types where others write a name.
fn wish<'a>(format: Option<&'a str>, accept: Option<&'a str>) -> (Option<&'a str>, Option<&'a str>) {
    match format {
        Some(types) if types.contains('/') => (None, Some(types)),
        _ => (format, accept),
    }
}

/// The form of rows that is wanted.
///
/// # Errors
/// When it is none of ours.
pub(super) fn row_form(format: Option<&str>, accept: Option<&str>) -> Result<&'static RowForm, Problem> {
    let (format, accept) = wish(format, accept);
    let found = match format {
        Some(format) => ROWS.iter().position(|f| f.name == format),
        None => negotiate::best(accept, &ROWS.iter().map(|f| f.types).collect::<Vec<_>>()),
    };
    found.and_then(|i| ROWS.get(i)).ok_or_else(|| Problem::form(ROW_NAMES))
}

/// The form of a graph that is wanted.
///
/// # Errors
/// When it is none of ours.
pub(crate) fn graph_form(format: Option<&str>, accept: Option<&str>) -> Result<&'static GraphForm, Problem> {
    let (format, accept) = wish(format, accept);
    let found = match format {
        // Of a graph, JSON is JSON-LD and XML is RDF/XML.
        Some("json") => GRAPHS.iter().position(|f| f.name == "jsonld"),
        Some("xml") => GRAPHS.iter().position(|f| f.name == "rdf"),
        Some(format) => GRAPHS.iter().position(|f| f.name == same(format)),
        None => negotiate::best(accept, &GRAPHS.iter().map(|f| f.types).collect::<Vec<_>>()),
    };
    found.and_then(|i| GRAPHS.get(i)).ok_or_else(|| Problem::form(GRAPH_NAMES))
}

/// What a client takes, for each kind of answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    pub(super) form: Form,
    rows: Option<&'static str>,
    graph: Option<&'static str>,
}

impl Wanted {
    /// By name in the address, or by what the client accepts.
    pub(super) fn new(format: Option<&str>, accept: Option<&str>) -> Self {
        let (rows, graph) = (row_form(format, accept).ok(), graph_form(format, accept).ok());
        Self {
            form: Form { rows: rows.map(|f| f.format), graph: graph.map(|f| f.format) },
            rows: rows.map(|f| f.types[0]),
            graph: graph.map(|f| f.types[0]),
        }
    }

    /// The media types of both kinds.
    pub(super) fn media_types(&self) -> [Option<&'static str>; 2] {
        [self.rows, self.graph]
    }

    /// The media type of an answer.
    ///
    /// # Errors
    /// When no form was wanted that fits its kind.
    pub(super) fn media(&self, kind: AnswerKind) -> Result<&'static str, Problem> {
        match kind {
            AnswerKind::Graph => self.graph.ok_or_else(|| Problem::form(GRAPH_NAMES)),
            AnswerKind::Rows | AnswerKind::Boolean => self.rows.ok_or_else(|| Problem::form(ROW_NAMES)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: AnswerKind, format: Option<&str>, accept: Option<&str>, expected: Option<&str>) {
        let found = Wanted::new(format, accept).media(kind).ok();
        assert_eq!(found, expected, "{kind:?} {format:?} {accept:?}");
    }

    #[test]
    fn forms_by_name_and_by_header() {
        use AnswerKind::{Boolean, Graph, Rows};
        check(Rows, None, None, Some("application/sparql-results+json"));
        check(Rows, None, Some("application/xml"), Some("application/sparql-results+xml"));
        check(Boolean, None, Some("text/csv, */*;q=0.1"), Some("text/csv"));
        check(Rows, Some("tsv"), Some("text/csv"), Some("text/tab-separated-values"));
        check(Rows, Some("ttl"), None, None);
        check(Rows, None, Some("text/turtle"), None);
        check(Graph, None, None, Some("text/turtle"));
        check(Graph, Some("json"), None, Some("application/ld+json"));
        check(Graph, Some("turtle"), None, Some("text/turtle"));
        check(Graph, None, Some("application/n-quads"), Some("application/n-quads"));
        check(Graph, Some("csv"), None, None);
        check(
            Graph,
            Some("application/x-json+ld,application/ld+json"),
            Some("text/turtle"),
            Some("application/ld+json"),
        );
        check(Rows, Some("text/csv"), None, Some("text/csv"));
    }
}

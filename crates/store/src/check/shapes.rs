//! SHACL shapes to rules: one query for each constraint (SHACL 1.0, W3C Recommendation 2017, sections 4 and 5).
//!
//! Covers what `ontology/shapes.ttl` uses: class targets, property paths of one or several predicates, counts, types, ranges,
//! patterns, lists of values, one choice between property shapes, SPARQL constraints. Anything else is an error, so that no
//! constraint is passed over in silence.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedOrBlankNode, Term};
use thiserror::Error;

use super::{Gravity, Rule};

const SH: &str = "http://www.w3.org/ns/shacl#";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// Shapes that cannot be turned into rules.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ShapesError {
    /// Not Turtle.
    #[error("the shapes are no Turtle: {0}")]
    Syntax(String),
    /// A constraint that is not known here.
    #[error("shape `{shape}`: `{problem}` is not supported")]
    Unknown {
        /// The shape.
        shape: String,
        /// What it uses.
        problem: String,
    },
}

/// Statements by subject and predicate.
#[derive(Default)]
struct Graph(BTreeMap<(String, String), Vec<Term>>);

impl Graph {
    fn read(turtle: &str) -> Result<Self, ShapesError> {
        let mut graph = Self::default();
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle) {
            let quad = quad.map_err(|e| ShapesError::Syntax(e.to_string()))?;
            let key = (subject(&quad.subject), quad.predicate.into_string());
            graph.0.entry(key).or_default().push(quad.object);
        }
        Ok(graph)
    }

    fn all(&self, subject: &str, predicate: &str) -> &[Term] {
        self.0.get(&(subject.to_owned(), format!("{SH}{predicate}"))).map_or(&[], Vec::as_slice)
    }

    fn one(&self, subject: &str, predicate: &str) -> Option<&Term> {
        self.all(subject, predicate).first()
    }

    /// Local names of the SHACL predicates of a node.
    fn constraints(&self, node: &str) -> Vec<String> {
        let of_node = self.0.keys().filter(|(s, _)| s == node);
        of_node.filter_map(|(_, p)| p.strip_prefix(SH).map(str::to_owned)).collect()
    }

    /// Members of an RDF list.
    fn list(&self, head: &Term) -> Vec<Term> {
        let mut out = Vec::new();
        let mut node = key(head);
        let get = |node: &str, p: &str| self.0.get(&(node.to_owned(), format!("{RDF}{p}"))).and_then(|v| v.first());
        while let (Some(first), Some(rest)) = (get(&node, "first"), get(&node, "rest")) {
            out.push(first.clone());
            node = key(rest);
        }
        out
    }

    /// A path as SPARQL: `<p>` or `<p>/<q>`.
    fn path(&self, term: &Term) -> String {
        match term {
            Term::NamedNode(node) => node.to_string(),
            other => self.list(other).iter().map(ToString::to_string).collect::<Vec<_>>().join("/"),
        }
    }
}

fn subject(node: &NamedOrBlankNode) -> String {
    match node {
        NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(node) => node.to_string(),
    }
}

fn key(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        other => other.to_string(),
    }
}

fn text(term: &Term) -> String {
    match term {
        Term::Literal(literal) => literal.value().to_owned(),
        other => key(other),
    }
}

/// Rules for all shapes of a Turtle text, in the order of the shapes' names.
///
/// # Errors
/// When the text is no Turtle, or a shape uses what is not supported.
pub fn shape_rules(turtle: &str) -> Result<Vec<Rule>, ShapesError> {
    let graph = Graph::read(turtle)?;
    let targets = graph.0.iter().filter(|((_, p), _)| p.strip_prefix(SH) == Some("targetClass"));
    let mut rules = Vec::new();
    for ((shape, _), classes) in targets {
        for class in classes {
            Shape { graph: &graph, name: shape, class: class.to_string() }.rules(&mut rules)?;
        }
    }
    Ok(rules)
}

/// A node shape with one of its target classes.
struct Shape<'g> {
    graph: &'g Graph,
    name: &'g str,
    class: String,
}

impl Shape<'_> {
    fn rules(&self, rules: &mut Vec<Rule>) -> Result<(), ShapesError> {
        for constraint in self.graph.constraints(self.name) {
            match constraint.as_str() {
                "targetClass" => {}
                "property" => {
                    for property in self.graph.all(self.name, "property") {
                        self.property(&key(property), rules)?;
                    }
                }
                "or" => rules.push(self.choice()?),
                "sparql" => {
                    for node in self.graph.all(self.name, "sparql") {
                        rules.push(self.own_query(&key(node)));
                    }
                }
                other => return Err(self.unknown(other)),
            }
        }
        Ok(())
    }

    fn unknown(&self, problem: &str) -> ShapesError {
        ShapesError::Unknown { shape: self.name.to_owned(), problem: format!("sh:{problem}") }
    }

    fn rule(&self, what: &str, message: Option<String>, condition: &str) -> Rule {
        let short = |iri: &str| iri.trim_matches(['<', '>']).rsplit(['#', '/']).next().unwrap_or_default().to_owned();
        let name = format!("{} {what}", short(&self.class));
        let query = format!("SELECT DISTINCT ?thing ?detail WHERE {{ ?thing a {} . {condition} }}", self.class);
        let message = message.unwrap_or_else(|| format!("{name}: the shape does not hold"));
        Rule { name, message, gravity: Gravity::Violation, query }
    }

    fn property(&self, node: &str, rules: &mut Vec<Rule>) -> Result<(), ShapesError> {
        let graph = self.graph;
        let path =
            graph.one(node, "path").map(|p| graph.path(p)).ok_or_else(|| self.unknown("property without path"))?;
        let last = path.trim_matches(['<', '>']).rsplit(['#', '/']).next().unwrap_or_default().to_owned();
        let message = graph
            .all(node, "message")
            .iter()
            .find(|m| matches!(m, Term::Literal(l) if l.language() != Some("ja")))
            .map(text);
        for constraint in graph.constraints(node) {
            let Some(value) = graph.one(node, &constraint) else { continue };
            let Some(condition) = self.condition(&constraint, value, &path)? else { continue };
            rules.push(self.rule(&format!("{last} {constraint} {}", shown(value)), message.clone(), &condition));
        }
        Ok(())
    }

    /// When a constraint is broken, as the rest of a group graph pattern; `None` for what constrains nothing.
    fn condition(&self, constraint: &str, value: &Term, path: &str) -> Result<Option<String>, ShapesError> {
        let each = format!("?thing {path} ?detail .");
        Ok(Some(match constraint {
            "path" | "message" => return Ok(None),
            "minCount" if text(value) == "1" => format!("FILTER NOT EXISTS {{ ?thing {path} ?value }}"),
            "maxCount" if text(value) == "1" => {
                format!("{each} ?thing {path} ?other . FILTER(!SAMETERM(?detail, ?other))")
            }
            "class" => format!("{each} FILTER NOT EXISTS {{ ?detail a {value} }}"),
            "datatype" => format!("{each} FILTER(!ISLITERAL(?detail) || DATATYPE(?detail) != {value})"),
            "pattern" => format!("{each} FILTER(!REGEX(STR(?detail), {value}))"),
            "minLength" => format!("{each} FILTER(STRLEN(STR(?detail)) < {})", text(value)),
            "minInclusive" => format!("{each} FILTER(!(?detail >= {}))", text(value)),
            "maxInclusive" => format!("{each} FILTER(!(?detail <= {}))", text(value)),
            "lessThanOrEquals" => format!("{each} ?thing {value} ?bound . FILTER(!(?detail <= ?bound))"),
            "in" => {
                let mut members = String::new();
                for member in self.graph.list(value) {
                    let _ = write!(members, "{}{member}", if members.is_empty() { "" } else { ", " });
                }
                format!("{each} FILTER(?detail NOT IN ({members}))")
            }
            other => return Err(self.unknown(other)),
        }))
    }

    /// `sh:or` over shapes that each ask for a property.
    fn choice(&self) -> Result<Rule, ShapesError> {
        let graph = self.graph;
        let mut condition = String::new();
        for head in graph.all(self.name, "or") {
            for member in graph.list(head) {
                let property = graph.one(&key(&member), "property").map(key);
                let path = property.as_ref().and_then(|p| graph.one(p, "path")).map(|p| graph.path(p));
                let path = path.ok_or_else(|| self.unknown("or"))?;
                let _ = write!(condition, "FILTER NOT EXISTS {{ ?thing {path} ?value }} ");
            }
        }
        Ok(self.rule("one of several", None, &condition))
    }

    /// A constraint that is a query of its own (section 5.1): `$this` is the thing.
    fn own_query(&self, node: &str) -> Rule {
        let graph = self.graph;
        let message = graph.all(node, "message").first().map(text);
        let select = graph.one(node, "select").map(text).unwrap_or_default();
        let query = select.replacen("SELECT $this", "SELECT ($this AS ?thing)", 1);
        let rule = self.rule("query", message, "");
        let (head, body) = query.split_once('{').unwrap_or((&query, "}"));
        Rule { query: format!("{head}{{ $this a {} . {body}", self.class), ..rule }
    }
}

/// The value of a constraint in a rule's name.
fn shown(value: &Term) -> String {
    match value {
        Term::NamedNode(node) => node.as_str().rsplit(['#', '/']).next().unwrap_or_default().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Archive;

    const PREFIXES: &str = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <urn:e:> . \
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . ";

    /// Things that break a shape, by the last characters of their names.
    fn check(constraint: &str, data: &str, expected: &[&str]) {
        let shapes = format!("{PREFIXES} e:S a sh:NodeShape ; sh:targetClass e:C ; {constraint} .");
        let rules = shape_rules(&shapes).expect("supported");
        let folder = tempfile::tempdir().expect("a folder");
        let archive = Archive::open(folder.path(), "urn:b/").expect("a store");
        let graph = oxigraph::model::NamedNode::new_unchecked("urn:b/graph/ref/x");
        let quads = RdfParser::from_format(RdfFormat::Turtle).with_default_graph(graph.clone());
        let quads: Vec<_> = quads.for_slice(&format!("{PREFIXES}{data}")).map(|q| q.expect("Turtle")).collect();
        archive.set_reference(&graph, "1", &|| quads.clone()).expect("stored");
        let results = archive.judge(&rules, 9).expect("queries");
        let things: Vec<&str> = results.iter().flat_map(|r| &r.first).map(|(t, _)| t.as_str()).collect();
        let expected: Vec<String> = expected.iter().map(|e| format!("urn:e:{e}")).collect();
        assert_eq!(things, expected, "{constraint}");
    }

    #[test]
    fn each_constraint_finds_what_breaks_it_and_nothing_else() {
        let p = |rest: &str| format!("sh:property [ sh:path e:p ; {rest} ]");
        check(&p("sh:minCount 1"), "e:a a e:C . e:b a e:C ; e:p 1 .", &["a"]);
        check(&p("sh:maxCount 1"), "e:a a e:C ; e:p 1, 2 . e:b a e:C ; e:p 1 .", &["a", "a"]);
        check(&p("sh:class e:K"), "e:a a e:C ; e:p e:x . e:b a e:C ; e:p e:y . e:y a e:K .", &["a"]);
        check(&p("sh:datatype xsd:integer"), "e:a a e:C ; e:p \"1\" . e:b a e:C ; e:p 1 .", &["a"]);
        check(&p("sh:pattern \"^x[0-9]$\""), "e:a a e:C ; e:p \"x12\" . e:b a e:C ; e:p \"x1\" .", &["a"]);
        check(&p("sh:minInclusive 1"), "e:a a e:C ; e:p 0 . e:b a e:C ; e:p 1 .", &["a"]);
        check(&p("sh:maxInclusive 1"), "e:a a e:C ; e:p 2 . e:b a e:C ; e:p 1 .", &["a"]);
        check(&p("sh:minLength 1"), "e:a a e:C ; e:p \"\" . e:b a e:C ; e:p \"x\" .", &["a"]);
        check(&p("sh:in ( \"x\" \"y\" )"), "e:a a e:C ; e:p \"z\" . e:b a e:C ; e:p \"y\" .", &["a"]);
        check(&p("sh:lessThanOrEquals e:q"), "e:a a e:C ; e:p 2 ; e:q 1 . e:b a e:C ; e:p 1 ; e:q 1 .", &["a"]);
        check(
            "sh:property [ sh:path ( e:p e:q ) ; sh:minCount 1 ]",
            "e:a a e:C ; e:p e:x . e:b a e:C ; e:p e:y . e:y e:q 1 .",
            &["a"],
        );
    }

    #[test]
    fn choices_and_queries() {
        let or =
            "sh:or ( [ sh:property [ sh:path e:p ; sh:minCount 1 ] ] [ sh:property [ sh:path e:q ; sh:minCount 1 ] ] )";
        check(or, "e:a a e:C . e:b a e:C ; e:q 1 .", &["a"]);
        let sparql = "sh:sparql [ sh:select \"SELECT $this WHERE { $this <urn:e:p> true ; <urn:e:q> ?x }\" ]";
        check(sparql, "e:a a e:C ; e:p true ; e:q 1 . e:b a e:C ; e:p true .", &["a"]);
    }

    #[test]
    fn what_is_not_supported_is_an_error() {
        let shapes = format!("{PREFIXES} e:S sh:targetClass e:C ; sh:property [ sh:path e:p ; sh:maxExclusive 3 ] .");
        let error = shape_rules(&shapes).expect_err("not supported").to_string();
        assert_eq!(error, "shape `urn:e:S`: `sh:maxExclusive` is not supported");
        assert!(matches!(shape_rules("<a"), Err(ShapesError::Syntax(_))));
    }

    #[test]
    fn the_shapes_that_come_with_the_program_are_supported() {
        let rules = shape_rules(include_str!("../../../../ontology/shapes.ttl")).expect("supported");
        assert!(rules.len() > 80, "{} rules", rules.len());
    }
}

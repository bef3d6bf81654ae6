//! What the pattern of a `SERVICE hk:search { … }` asks for.

use oxigraph::model::{Literal, Variable, vocab::xsd};
use spargebra::algebra::GraphPattern;
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use super::error::SearchError;
use super::index::SearchRequest;
use super::parts::Kind;

const HK: &str = "https://w3id.org/hakusho/ns#";
/// Hits where the pattern does not say.
const LIMIT: usize = 1_000;
/// Most hits of one call.
const MOST: usize = 100_000;

/// A value that a hit gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Value {
    Node,
    Score,
    Snippet,
    Start,
    End,
    Boxes,
    Kind,
    Graph,
    Total,
}

impl Value {
    /// The value that a property stands for.
    fn of(property: &str) -> Option<Self> {
        Some(match property {
            "score" => Self::Score,
            "snippet" => Self::Snippet,
            "start" => Self::Start,
            "end" => Self::End,
            "boxes" => Self::Boxes,
            "kind" => Self::Kind,
            "inGraph" => Self::Graph,
            "total" => Self::Total,
            _ => return None,
        })
    }

    fn is_of_text(self) -> bool {
        matches!(self, Self::Snippet | Self::Start | Self::End | Self::Boxes)
    }
}

/// A pattern, understood.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) request: SearchRequest,
    /// Variables and what they are bound to, the node first.
    pub(crate) values: Vec<(Variable, Value)>,
}

fn refused(problem: impl Into<String>) -> SearchError {
    SearchError::Pattern { problem: problem.into() }
}

impl Asked {
    /// Understands a pattern.
    pub(crate) fn of(pattern: &GraphPattern) -> Result<Self, SearchError> {
        let mut triples = Vec::new();
        gather(pattern, &mut triples)?;
        let mut reader = Reader::default();
        for triple in triples {
            reader.triple(triple)?;
        }
        reader.finish()
    }
}

/// All triple patterns. Anything else has no meaning here.
fn gather<'p>(pattern: &'p GraphPattern, out: &mut Vec<&'p TriplePattern>) -> Result<(), SearchError> {
    match pattern {
        GraphPattern::Bgp { patterns } => out.extend(patterns),
        GraphPattern::Join { left, right } => {
            gather(left, out)?;
            gather(right, out)?;
        }
        // What an empty pattern becomes.
        GraphPattern::Values { variables, .. } if variables.is_empty() => {}
        // Where the whole service stands in a GRAPH clause.
        GraphPattern::Graph { inner, .. } => gather(inner, out)?,
        other => return Err(refused(format!("{} belongs outside of it", name(other)))),
    }
    Ok(())
}

fn name(pattern: &GraphPattern) -> &'static str {
    match pattern {
        GraphPattern::Path { .. } => "a property path",
        GraphPattern::LeftJoin { .. } => "OPTIONAL",
        GraphPattern::Filter { .. } => "FILTER",
        GraphPattern::Union { .. } => "UNION",
        GraphPattern::Extend { .. } => "BIND",
        GraphPattern::Minus { .. } => "MINUS",
        GraphPattern::Values { .. } => "VALUES",
        GraphPattern::Service { .. } => "another SERVICE",
        _ => "a SELECT",
    }
}

#[derive(Debug, Default)]
struct Reader {
    node: Option<Variable>,
    words: Option<String>,
    limit: Option<usize>,
    kind: Option<Kind>,
    graph: Option<String>,
    values: Vec<(Variable, Value)>,
    seen: Vec<String>,
}

impl Reader {
    fn triple(&mut self, triple: &TriplePattern) -> Result<(), SearchError> {
        let TermPattern::Variable(node) = &triple.subject else {
            return Err(refused(format!("the subject {} must be a variable", triple.subject)));
        };
        if *self.node.get_or_insert_with(|| node.clone()) != *node {
            return Err(refused(format!("there is a second subject {node}; one search is about one variable")));
        }
        let NamedNodePattern::NamedNode(predicate) = &triple.predicate else {
            return Err(refused(format!("the property {} must be an IRI", triple.predicate)));
        };
        let unknown = || refused(format!("{predicate} is no property of a search"));
        let property = predicate.as_str().strip_prefix(HK).ok_or_else(unknown)?;
        if self.seen.iter().any(|s| s == property) {
            return Err(refused(format!("hk:{property} stands there twice")));
        }
        self.seen.push(property.to_owned());
        match (property, &triple.object) {
            ("match", TermPattern::Literal(words)) => self.words = Some(words.value().to_owned()),
            ("match", other) => {
                return Err(refused(format!("the object of hk:match must be a text, not {}", shown(other))));
            }
            ("limit", TermPattern::Literal(limit)) => self.limit = Some(count(limit)?),
            ("limit", other) => {
                return Err(refused(format!("the object of hk:limit must be a number, not {}", shown(other))));
            }
            ("kind", TermPattern::Literal(kind)) => self.kind = Some(kind_of(kind.value())?),
            ("inGraph", TermPattern::NamedNode(graph)) => self.graph = Some(graph.as_str().to_owned()),
            (_, TermPattern::Variable(variable)) => self.bind(variable, Value::of(property).ok_or_else(unknown)?)?,
            ("inGraph", other) => {
                return Err(refused(format!(
                    "the object of hk:inGraph must be a variable or a graph, not {}",
                    shown(other)
                )));
            }
            (_, other) if Value::of(property).is_some() => {
                return Err(refused(format!("the object of hk:{property} must be a variable, not {}", shown(other))));
            }
            _ => return Err(unknown()),
        }
        Ok(())
    }

    fn bind(&mut self, variable: &Variable, value: Value) -> Result<(), SearchError> {
        if self.values.iter().any(|(v, _)| v == variable) {
            return Err(refused(format!("{variable} stands there twice")));
        }
        self.values.push((variable.clone(), value));
        Ok(())
    }

    fn finish(mut self) -> Result<Asked, SearchError> {
        let (Some(node), Some(words)) = (self.node.take(), self.words.take()) else {
            return Err(refused("it has no `?x hk:match \"…\"`"));
        };
        self.values.sort_by_key(|(_, value)| *value);
        self.bind(&node, Value::Node)?;
        self.values.rotate_right(1);
        let texts = self.values.iter().any(|(_, value)| value.is_of_text());
        let limit = self.limit.unwrap_or(LIMIT);
        let request = SearchRequest { words, limit, kind: self.kind, graph: self.graph, texts };
        Ok(Asked { request, values: self.values })
    }
}

/// A term as written; hidden variables have no names that anybody wrote.
fn shown(term: &TermPattern) -> String {
    match term {
        TermPattern::Variable(_) | TermPattern::BlankNode(_) => "a variable".to_owned(),
        other => other.to_string(),
    }
}

fn count(limit: &Literal) -> Result<usize, SearchError> {
    let number = limit.value().parse().ok().filter(|n| (1..=MOST).contains(n) && limit.datatype() == xsd::INTEGER);
    number.ok_or_else(|| refused(format!("hk:limit must be a number from 1 to {MOST}, not {limit}")))
}

fn kind_of(name: &str) -> Result<Kind, SearchError> {
    let all = || Kind::ALL.map(Kind::as_str).join(", ");
    Kind::of(name).ok_or_else(|| refused(format!("there is no hk:kind {name:?}; there are {}", all())))
}

//! Patterns of the algebra as a person wrote them: with prefixes, and on which line.

use oxigraph::model::vocab::rdf;
use oxigraph::model::{Literal, NamedNode};
use spargebra::algebra::PropertyPathExpression as Path;
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use super::prefixes::PREFIXES;

/// The prefixes under which a query's IRIs are shown.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    prefixes: Vec<(String, String)>,
}

impl Writer {
    /// Those a query declares, those given with it, those that everyone has.
    pub(crate) fn new(text: &str, given: &[(String, String)]) -> Self {
        let mut prefixes = declared(text);
        prefixes.extend(given.iter().cloned());
        prefixes.extend(PREFIXES.iter().map(|(p, iri)| ((*p).to_owned(), (*iri).to_owned())));
        Self { prefixes }
    }

    /// `?s skos:prefLabel ?l`
    pub(crate) fn triple(&self, triple: &TriplePattern) -> String {
        format!("{} {} {}", self.term(&triple.subject), self.predicate(&triple.predicate), self.term(&triple.object))
    }

    /// `?s skos:broader+ ?o`
    pub(crate) fn path(&self, subject: &TermPattern, path: &Path, object: &TermPattern) -> String {
        format!("{} {} {}", self.term(subject), self.steps(path), self.term(object))
    }

    fn term(&self, term: &TermPattern) -> String {
        match term {
            TermPattern::NamedNode(node) => self.short(node),
            TermPattern::Variable(variable) => variable.to_string(),
            TermPattern::Literal(literal) => quoted(literal),
            TermPattern::BlankNode(_) => "[]".to_owned(),
        }
    }

    fn predicate(&self, predicate: &NamedNodePattern) -> String {
        match predicate {
            NamedNodePattern::NamedNode(node) if node.as_ref() == rdf::TYPE => "a".to_owned(),
            NamedNodePattern::NamedNode(node) => self.short(node),
            NamedNodePattern::Variable(variable) => variable.to_string(),
        }
    }

    fn short(&self, node: &NamedNode) -> String {
        for (prefix, namespace) in &self.prefixes {
            if let Some(local) = node.as_str().strip_prefix(namespace.as_str())
                && local.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
            {
                return format!("{prefix}:{local}");
            }
        }
        node.to_string()
    }

    fn steps(&self, path: &Path) -> String {
        match path {
            Path::NamedNode(node) => self.short(node),
            Path::Reverse(p) => format!("^{}", self.step(p)),
            Path::Sequence(a, b) => format!("{}/{}", self.step(a), self.step(b)),
            Path::Alternative(a, b) => format!("{}|{}", self.step(a), self.step(b)),
            Path::ZeroOrMore(p) => format!("{}*", self.step(p)),
            Path::OneOrMore(p) => format!("{}+", self.step(p)),
            Path::ZeroOrOne(p) => format!("{}?", self.step(p)),
            Path::NegatedPropertySet(nodes) => {
                format!("!({})", nodes.iter().map(|n| self.short(n)).collect::<Vec<_>>().join("|"))
            }
        }
    }

    fn step(&self, path: &Path) -> String {
        match path {
            Path::NamedNode(_) | Path::NegatedPropertySet(_) => self.steps(path),
            _ => format!("({})", self.steps(path)),
        }
    }
}

/// `PREFIX x: <iri>` of a query that was understood; words of a text that look so do no harm.
fn declared(text: &str) -> Vec<(String, String)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let declaration = |w: &[&str]| {
        let iri = w[2].strip_prefix('<')?.strip_suffix('>')?;
        w[0].eq_ignore_ascii_case("PREFIX").then(|| (w[1].trim_end_matches(':').to_owned(), iri.to_owned()))
    };
    words.windows(3).filter_map(declaration).collect()
}

fn quoted(literal: &Literal) -> String {
    let text = literal.to_string();
    if text.chars().count() <= 40 { text } else { format!("{}…\"", text.chars().take(38).collect::<String>()) }
}

/// The first line of a query that holds all words of a pattern, or the most of them from the end (a subject may stand
/// lines before its property).
pub(crate) fn line(text: &str, pattern: &str) -> Option<usize> {
    let words: Vec<&str> = pattern.split(' ').filter(|w| *w != "[]").collect();
    (0..words.len()).find_map(|from| {
        let wanted = &words[from..];
        let has = |line: &str| !line.trim_start().starts_with('#') && wanted.iter().all(|w| holds(line, w));
        text.lines().position(has).map(|n| n + 1)
    })
}

/// Whether a line has a word that does not go on: `?s` is not in `?section`.
fn holds(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let next = line[at + word.len()..].chars().next();
        let before = line[..at].chars().next_back();
        let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '-');
        !part(next) && !(part(before) && word.starts_with(char::is_alphanumeric))
    })
}

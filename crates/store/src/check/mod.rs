//! Integrity of the store: rules written as SPARQL, and SHACL shapes turned into SPARQL.

mod shapes;

use oxigraph::model::Term;
use oxigraph::sparql::QueryResults;

pub use shapes::{ShapesError, shape_rules};

use crate::archive::Archive;
use crate::error::StoreError;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// The graph is not what it promises to be.
    Violation,
    /// What the reports say does not fit together; the graph is right in saying so.
    Note,
}

impl Gravity {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Violation => "violation",
            Self::Note => "note",
        }
    }
}

/// A rule: a query whose rows are findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name (`evidence-missing`, `Observation hk:item class`).
    pub name: String,
    /// What is wrong where it finds something.
    pub message: String,
    /// How bad that is.
    pub gravity: Gravity,
    /// The query: `?thing` is what is wrong, `?detail` says more.
    pub query: String,
}

impl Rule {
    /// A rule from its file: the head says `# title@en:` and `# severity:`.
    pub fn read(name: &str, text: &str) -> Self {
        let header = |key: &str| {
            let mark = format!("# {key}:");
            text.lines().find_map(|l| l.strip_prefix(&mark)).map(|v| v.trim().to_owned()).unwrap_or_default()
        };
        let gravity = if header("severity") == "note" { Gravity::Note } else { Gravity::Violation };
        Self { name: name.to_owned(), message: header("title@en"), gravity, query: text.to_owned() }
    }
}

/// What a rule found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleResult {
    /// The rule's name.
    pub rule: String,
    /// What is wrong.
    pub message: String,
    /// How bad that is.
    pub gravity: Gravity,
    /// How often it was found.
    pub count: usize,
    /// The first findings in order: thing and detail.
    pub first: Vec<(String, String)>,
}

impl Archive {
    /// Runs rules over everything that is current; only rules that find something give a result, with up to `most` findings.
    ///
    /// # Errors
    /// When a rule is no query, or on failure of the storage.
    pub fn judge(&self, rules: &[Rule], most: usize) -> Result<Vec<RuleResult>, StoreError> {
        let mut results = Vec::new();
        for rule in rules {
            let mut found = self.findings(rule)?;
            if found.is_empty() {
                continue;
            }
            found.sort();
            found.dedup();
            let count = found.len();
            found.truncate(most);
            let (name, message) = (rule.name.clone(), rule.message.clone());
            results.push(RuleResult { rule: name, message, gravity: rule.gravity, count, first: found });
        }
        results.sort_by_key(|r| r.gravity);
        Ok(results)
    }

    fn findings(&self, rule: &Rule) -> Result<Vec<(String, String)>, StoreError> {
        let QueryResults::Solutions(solutions) = self.query(&rule.query)? else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for solution in solutions {
            let solution = solution?;
            let text = |name: &str| match solution.get(name) {
                Some(Term::NamedNode(node)) => node.as_str().to_owned(),
                Some(Term::Literal(literal)) => literal.value().to_owned(),
                Some(other) => other.to_string(),
                None => String::new(),
            };
            // An aggregate over nothing gives one row without a thing.
            if solution.get("thing").is_some() {
                found.push((text("thing"), text("detail")));
            }
        }
        Ok(found)
    }
}

//! What in a query is likely to be slow, in words: told with the error of a limit, and on request.

mod look;
mod size;

use oxigraph::store::Store;
use spargebra::Query;

use super::lines;
use crate::error::StoreError;
use look::Found;

/// Statements that are counted for an explanation.
pub(crate) const COUNT_TO: usize = 100_000;
/// Statements that are counted when somebody waits for an error.
pub(crate) const COUNT_QUICKLY: usize = 5_000;
/// Statements from which a pattern is wide.
const WIDE: usize = 1_000;

/// Kinds of slow patterns, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HintKind {
    /// Patterns that share no variable: every row of one with every row of the other.
    Product,
    /// `*` or `+` with nothing known at either end.
    OpenPath,
    /// `?s ?p ?o`: every statement.
    Everything,
    /// A regular expression or `CONTAINS` over texts.
    TextScan,
    /// `EXISTS` or `OPTIONAL` that shares no variable with what is outside.
    Detached,
    /// `ORDER BY` over a wide pattern.
    SortAll,
    /// `GROUP BY` or an aggregate over a wide pattern.
    GroupAll,
}

/// One likely reason for a slow query.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hint {
    /// What it is.
    pub kind: HintKind,
    /// The pattern, as SPARQL.
    pub pattern: String,
    /// The pattern that it does not fit to.
    pub other: Option<String>,
    /// Line of the query, from 1, where the pattern can be found in its text.
    pub line: Option<usize>,
    /// How many statements the pattern has in the store, in words (`5000 or more`), where it is one pattern.
    pub statements: Option<String>,
}

impl Hint {
    /// What to do about it: one sentence.
    pub fn advice(&self) -> &'static str {
        match self.kind {
            HintKind::Product => {
                "they share no variable, so each row of one meets each row of the other; join them by a variable"
            }
            HintKind::OpenPath => "nothing is known at either end of this path; fix one end, or use fewer steps",
            HintKind::Everything => {
                "this reads every statement of the store; name the property, or the type of the subject"
            }
            HintKind::TextScan => {
                "this reads every text; SERVICE hk:search { ?passage hk:match \"words\" } finds them by an index"
            }
            HintKind::Detached => "it shares no variable with the pattern outside; use one of its variables inside",
            HintKind::SortAll => "everything is sorted before the first row comes; narrow the pattern before sorting",
            HintKind::GroupAll => "everything is read before the first row comes; narrow the pattern before counting",
        }
    }
}

impl std::fmt::Display for Hint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        write!(f, "`{}`", self.pattern)?;
        if let Some(other) = &self.other {
            write!(f, " and `{other}`")?;
        }
        if let Some(statements) = &self.statements {
            write!(f, " ({statements} statements)")?;
        }
        write!(f, ": {}", self.advice())
    }
}

/// The likely reasons, worst first. Statements are counted up to `count_to`.
pub(crate) fn find(
    query: &Query,
    text: &str,
    prefixes: &[(String, String)],
    store: &Store,
    count_to: usize,
) -> Result<Vec<Hint>, StoreError> {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    let mut hints = Vec::new();
    for found in look::look(pattern, &lines::Writer::new(text, prefixes)) {
        let Found { kind, pattern, other, triple } = found;
        let count = triple.as_ref().map(|t| size::count(store, t, count_to)).transpose()?;
        let wide_only = matches!(kind, HintKind::SortAll | HintKind::GroupAll | HintKind::TextScan);
        if wide_only && count.is_some_and(|n| n < WIDE.min(count_to)) {
            continue;
        }
        let statements = count.map(|n| if n >= count_to { format!("{n} or more") } else { n.to_string() });
        let line = lines::line(text, &pattern);
        hints.push(Hint { kind, pattern, other, line, statements });
    }
    hints.sort_by_key(|h| (h.kind, h.line));
    hints.dedup();
    Ok(hints)
}

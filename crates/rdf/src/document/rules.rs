//! By which rule a statement was read, and how far to trust it.

/// Name of a rule and its confidence, 0 to 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule<'r> {
    pub(crate) name: &'r str,
    pub(crate) confidence: f64,
}

const fn rule(name: &'static str, confidence: f64) -> Rule<'static> {
    Rule { name, confidence }
}

// Parts, events and figures carry no confidence of their own. Theirs is the share of their kind that proved right on the
// annotated development reports (docs/scoreboard.md), rounded down.
pub(crate) const HEADING: Rule<'static> = rule("heading", 0.95);
pub(crate) const EXHIBIT: Rule<'static> = rule("exhibit", 0.95);
pub(crate) const FOOTNOTE: Rule<'static> = rule("footnote", 0.95);
pub(crate) const SOURCE_NOTE: Rule<'static> = rule("source-note", 0.95);
pub(crate) const REFERENCE: Rule<'static> = rule("reference", 0.95);
pub(crate) const EVENT: Rule<'static> = rule("event", 0.8);
pub(crate) const TABLE_CELL: Rule<'static> = rule("table-cell", 0.9);
pub(crate) const CHART_POINT: Rule<'static> = rule("chart-point", 0.9);
pub(crate) const STATED_FIGURE: Rule<'static> = rule("stated-figure", 0.9);
pub(crate) const RANKING_ROW: Rule<'static> = rule("ranking-row", 0.9);

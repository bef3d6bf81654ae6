//! What helps to tune names, over all reports: types taken for others, and how often each rule and its links are right.

use std::fmt::Write as _;

use hakusho_eval::{Confusion, RuleLinks, RulePrecision, Tuning};
use unicode_width::UnicodeWidthStr;

/// Adds the tables over all reports.
pub(crate) fn push(total: &Tuning, out: &mut String) {
    let (confusions, rules) = (total.confusions(), total.rules());
    if !confusions.is_empty() {
        out.push_str("\n==== Types of mentions: in the gold, as found (- none), how often\n");
        let row = |c: &Confusion| format!("  {:<9} {:<9} {:>5}\n", c.gold, c.found, c.count);
        out.extend(confusions.iter().map(row));
    }
    if !rules.is_empty() {
        let width = rules.iter().map(|r| r.rule.width()).max().unwrap_or(0).max(4);
        let _ =
            writeln!(out, "\n==== Precision of the rules for mentions\n  {:<width$}  right  wrong  precision", "rule");
        let row =
            |r: &RulePrecision| format!("  {:<width$}  {:>5}  {:>5}  {:>9.3}\n", r.rule, r.right, r.wrong, r.precision);
        out.extend(rules.iter().map(row));
    }
    links(&total.links(), out);
}

/// Links made, and how many of them lead to another thing than the gold says.
fn links(rules: &[RuleLinks], out: &mut String) {
    let made = |r: &RuleLinks| r.right + r.wrong + r.open;
    let (all, wrong) = rules.iter().fold((0, 0), |sum, r| (sum.0 + made(r), sum.1 + r.wrong));
    if all == 0 {
        return;
    }
    let percent = 100.0 * wrong as f64 / all as f64;
    let width = rules.iter().map(|r| r.rule.width()).max().unwrap_or(0).max(4);
    let _ = writeln!(out, "\n==== Links: {wrong} of {all} lead to another thing ({percent:.1} %)");
    let _ = writeln!(out, "  {:<width$}  right  wrong  open", "rule");
    for r in rules {
        let _ = writeln!(out, "  {:<width$}  {:>5}  {:>5}  {:>4}", r.rule, r.right, r.wrong, r.open);
    }
}

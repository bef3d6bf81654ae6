//! A plan as an indented list, and what is likely to be slow.

use anyhow::{Context as _, Result};
use hakusho_store::Explanation;
use serde_json::Value;

/// Longest line of a plan, in characters: conditions may be any length.
const WIDTH: usize = 160;

pub(crate) fn explained(explanation: &Explanation) -> Result<String> {
    let json: Value = serde_json::from_str(&explanation.plan).context("the plan cannot be read")?;
    let mut out = "Plan (each step takes the rows of those under it):\n".to_owned();
    node(&json["plan"], 1, &mut out);
    out +=
        if explanation.hints.is_empty() { "\nNothing in it is known to be slow.\n" } else { "\nLikely to be slow:\n" };
    for hint in &explanation.hints {
        out += &format!("  {hint}\n");
    }
    Ok(out)
}

fn node(node: &Value, depth: usize, out: &mut String) {
    let name = node["name"].as_str().unwrap_or_default();
    let name: String = if name.chars().count() > WIDTH {
        name.chars().take(WIDTH - 1).chain(['…']).collect()
    } else {
        name.to_owned()
    };
    *out += &format!("{}{name}\n", "  ".repeat(depth));
    for child in node["children"].as_array().into_iter().flatten() {
        self::node(child, depth + 1, out);
    }
}

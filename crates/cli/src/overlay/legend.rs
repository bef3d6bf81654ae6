//! Which colour is what, and how many there are.

use std::collections::BTreeMap;

use super::{Mark, css};
use crate::args::Layer;

/// One line a layer; a layer without boxes says so.
pub(crate) fn legend(layers: &[Layer], marks: &[Mark]) -> String {
    let line = |&layer: &Layer| {
        let mut kinds: BTreeMap<(&str, String), usize> = BTreeMap::new();
        for mark in marks.iter().filter(|m| m.layer == layer) {
            *kinds.entry((mark.kind, css(mark.color))).or_default() += 1;
        }
        let parts: Vec<String> =
            kinds.iter().map(|((kind, color), count)| format!("{kind} {color} × {count}")).collect();
        let parts = if parts.is_empty() { "none on this page".to_owned() } else { parts.join(", ") };
        format!("{:<9} {parts}", layer.as_str())
    };
    layers.iter().map(line).collect::<Vec<_>>().join("\n")
}

//! Names of the things that ids of the gold stand for.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{GoldError, GoldMention};
use crate::fold::mend;
use crate::keys::name_key;

/// First characters of words that point back (同社, 本法) and are no names.
const POINTING_BACK: [&str; 6] = ["同", "本", "当", "両", "上記", "前記"];

/// Lists of things with the names they go by (`*canonical*.json`).
#[derive(Clone, Debug, Default)]
pub struct Names {
    entries: BTreeMap<String, Entry>,
}

#[derive(Clone, Debug, Deserialize)]
struct Entry {
    id: String,
    name: Option<String>,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    aliases: Vec<String>,
    /// The names are not enough to know the thing by.
    #[serde(default)]
    needs_world_knowledge: bool,
}

impl Names {
    /// Adds a list. An id that is known already keeps its names.
    ///
    /// # Errors
    /// When the text is no JSON list of `{"id", "name", "names", "aliases"}`.
    pub fn add(&mut self, text: &str) -> Result<(), GoldError> {
        let list: Vec<Entry> = serde_json::from_str(text).map_err(|e| GoldError::Format(e.to_string()))?;
        // Within one list the last word on an id counts.
        let list: BTreeMap<String, Entry> = list.into_iter().map(|e| (e.id.clone(), e)).collect();
        for (id, entry) in list {
            self.entries.entry(id).or_insert(entry);
        }
        Ok(())
    }

    /// Id → keys of its names: those listed, and those the annotated passages use.
    pub(super) fn table(&self, mentions: &[GoldMention]) -> BTreeMap<String, BTreeSet<String>> {
        let mut table: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for entry in self.entries.values().filter(|e| !e.needs_world_knowledge) {
            let listed = entry.name.iter().chain(&entry.names).chain(&entry.aliases).filter(|n| !n.is_empty());
            table.entry(entry.id.clone()).or_default().extend(listed.map(|n| name_key(&mend(n))));
        }
        for m in mentions.iter().filter(|m| names_its_thing(m)) {
            if let Some(id) = m.canonical.as_ref().filter(|c| !c.is_empty()) {
                table.entry(id.clone()).or_default().insert(name_key(&m.surface));
            }
        }
        table
    }
}

fn names_its_thing(m: &GoldMention) -> bool {
    let by_name = m.mention.as_deref().is_none_or(|kind| matches!(kind, "name" | "abbrev" | "alias"));
    by_name && !POINTING_BACK.iter().any(|w| m.surface.starts_with(w)) && !matches!(m.kind.as_str(), "DATE" | "QTY")
}

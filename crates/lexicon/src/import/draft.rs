//! From names in a list to an entry: cells made safe, names that say little set apart.

use hakusho_model::MentionKind;
use rustc_hash::FxHashMap;

use crate::common_words::{Caution, CommonWords};
use crate::entries::Entry;
use crate::normalize::{fold, match_key};

/// Entries that may share a name before the name is given up: beyond it every place of the name would be a list of guesses.
const MOST_SHARING: usize = 8;

/// An entry being made.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    entry: Entry,
}

impl Draft {
    /// An entry with its label. The label is folded (`ＡＢＣ` to `ABC`), as reports are compared anyhow.
    pub(crate) fn new(id: String, kind: MentionKind, class: &str, ja: &str, source: &str) -> Self {
        Self {
            entry: Entry {
                id,
                kind,
                class: class.to_owned(),
                ja: cell(ja),
                en: String::new(),
                aliases: Vec::new(),
                weak: Vec::new(),
                country: String::new(),
                ids: Vec::new(),
                valid: String::new(),
                links: Vec::new(),
                source: source.to_owned(),
            },
        }
    }

    pub(crate) fn en(mut self, en: &str) -> Self {
        self.entry.en = cell(en);
        self
    }

    pub(crate) fn country(mut self, country: &str) -> Self {
        country.clone_into(&mut self.entry.country);
        self
    }

    /// A further name; nothing where it is empty or the label.
    pub(crate) fn alias(mut self, name: &str) -> Self {
        let name = cell(name);
        if !name.is_empty() && name != self.entry.ja && !self.entry.aliases.contains(&name) {
            self.entry.aliases.push(name);
        }
        self
    }

    /// A further name that needs support.
    pub(crate) fn weak(mut self, name: &str) -> Self {
        let name = cell(name);
        if !name.is_empty() && !self.entry.weak.contains(&name) {
            self.entry.weak.push(name);
        }
        self
    }

    /// An identifier; nothing where it is empty.
    pub(crate) fn identifier(mut self, scheme: &str, value: &str) -> Self {
        let value = cell(value);
        if !value.is_empty() {
            self.entry.ids.push((scheme.to_owned(), value));
        }
        self
    }

    pub(crate) fn valid(mut self, interval: String) -> Self {
        self.entry.valid = interval;
        self
    }

    pub(crate) fn link(mut self, relation: &str, target: &str) -> Self {
        let link = (relation.to_owned(), target.to_owned());
        if !self.entry.links.contains(&link) {
            self.entry.links.push(link);
        }
        self
    }

    /// Whether the label needs support.
    pub(crate) fn has_weak_label(&self, words: &CommonWords, caution: Caution) -> bool {
        words.is_weak(&self.entry.ja, caution)
    }

    /// The entry, with the names that say little among the weak ones; nothing where there is no label.
    pub(crate) fn finish(mut self, words: &CommonWords, caution: Caution) -> Option<Entry> {
        let entry = &mut self.entry;
        let weak = |name: &String| words.is_weak(name, caution);
        let names = std::iter::once(&entry.ja).chain(Some(&entry.en).filter(|en| !en.is_empty()));
        let mut found: Vec<String> = names.chain(&entry.aliases).filter(|n| weak(n)).cloned().collect();
        entry.aliases.retain(|n| !weak(n));
        found.retain(|n| !entry.weak.contains(n));
        found.dedup();
        entry.weak.append(&mut found);
        Some(self.entry).filter(|e| !e.ja.is_empty())
    }
}

/// A text that may stand in a cell: folded, on one line, without the marks that divide cells and lists.
pub(crate) fn cell(text: &str) -> String {
    let folded: String = fold(text).text().replace(['|', '\u{FEFF}'], " ");
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text that may stand in an id: lower-case ASCII letters, digits and hyphens.
pub(crate) fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c.to_ascii_lowercase() {
            c if c.is_ascii_alphanumeric() => out.push(c),
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// Names that several entries have need support; those that many have are no names.
///
/// A label stays in its cell; what is said of it stands among the weak ones.
pub(crate) fn weaken_shared(entries: &mut [Entry]) {
    let mut owners: FxHashMap<String, (usize, usize)> = FxHashMap::default();
    for (number, entry) in entries.iter().enumerate() {
        for name in names(entry) {
            let (count, last) = owners.entry(match_key(name).text()).or_insert((0, usize::MAX));
            if *last != number {
                (*count, *last) = (*count + 1, number);
            }
        }
    }
    let sharing = |name: &str| owners.get(&match_key(name).text()).map_or(0, |(count, _)| *count);
    for entry in entries {
        let shared: Vec<String> = names(entry).filter(|n| sharing(n) > 1).map(ToOwned::to_owned).collect();
        entry.aliases.retain(|n| !shared.contains(n));
        for name in shared {
            let label = name == entry.ja || name == entry.en;
            if !entry.weak.contains(&name) && (label || sharing(&name) <= MOST_SHARING) {
                entry.weak.push(name);
            }
        }
        let label = entry.ja.clone();
        entry.weak.retain(|n| *n == label || sharing(n) <= MOST_SHARING);
    }
}

fn names(entry: &Entry) -> impl Iterator<Item = &str> {
    let en = Some(entry.en.as_str()).filter(|en| !en.is_empty());
    std::iter::once(entry.ja.as_str())
        .chain(en)
        .chain(entry.aliases.iter().map(String::as_str))
        .chain(entry.weak.iter().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entries::tests::entry;

    #[test]
    fn cells_hold_no_mark_that_divides() {
        assert_eq!(cell(" ＡＢＣ\t社|分\n室 "), "ABC 社 分 室");
        assert_eq!(slug("Mock Panda (new)!"), "mock-panda-new");
    }

    #[test]
    fn a_name_of_two_is_weak_and_one_of_nine_is_given_up() {
        let many = |count: usize| -> Vec<Entry> {
            let mut list: Vec<Entry> =
                (0..count).map(|i| entry(&format!("org/x/{i}"), "見本製作所", &["見本工業"])).collect();
            weaken_shared(&mut list);
            list
        };
        assert_eq!((many(1)[0].aliases.len(), many(1)[0].weak.len()), (1, 0));
        assert_eq!(many(2)[0].weak, ["見本製作所", "見本工業"]);
        assert_eq!(many(8)[0].weak.len(), 2);
        // The label stays, so that it is not a plain surface.
        assert_eq!(many(9)[0].weak, ["見本製作所"]);
    }

    #[test]
    fn short_names_move_to_the_weak_ones() {
        let draft =
            Draft::new("org/x/a".to_owned(), MentionKind::Org, "company", "甲乙", "edinet").alias("株式会社甲乙");
        let entry = draft.finish(&CommonWords::embedded(), Caution::Companies).expect("it has a label");
        assert_eq!((entry.weak, entry.aliases), (vec!["甲乙".to_owned()], vec!["株式会社甲乙".to_owned()]));
    }
}

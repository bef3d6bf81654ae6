//! Short names that a report explains: `情報処理推進機構（IPA）`, `IPA（情報処理推進機構）`, `X（以下「Y」という。）`.

use std::collections::BTreeSet;

use hakusho_lexicon::{Entry, Hit, Strength, match_key};

/// Surfaces of a document that stand for an entry because the document says so, or has named the entry in full.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    /// Key of the surface and the entry it stands for.
    defined: BTreeSet<(String, u32)>,
}

impl Definitions {
    /// Looks for definitions in the texts of all blocks, beside the surfaces found in them.
    pub(crate) fn read<'a>(texts: impl Iterator<Item = (&'a [char], &'a [Hit])>, entries: &[Entry]) -> Self {
        let mut defined = BTreeSet::new();
        for (chars, hits) in texts {
            for full in hits.iter().filter(|h| h.strength == Strength::Plain) {
                for short in in_brackets(chars, full.end) {
                    let key = match_key(&short).text();
                    if entries[full.entry as usize].weak.iter().any(|w| match_key(w).text() == key) {
                        defined.insert((key, full.entry));
                    }
                }
            }
            for weak in hits.iter().filter(|h| h.strength == Strength::Weak) {
                let explained = hits.iter().any(|f| {
                    f.strength == Strength::Plain
                        && f.entry == weak.entry
                        && f.start == weak.end + 1
                        && is_open(chars.get(weak.end))
                });
                if explained {
                    let short: String = chars[weak.start..weak.end].iter().collect();
                    defined.insert((match_key(&short).text(), weak.entry));
                }
            }
        }
        Self { defined }
    }

    /// Whether the document uses the surface for that entry.
    pub(crate) fn supports(&self, surface: &str, entry: u32) -> bool {
        self.defined.contains(&(match_key(surface).text(), entry))
    }
}

fn is_open(ch: Option<&char>) -> bool {
    matches!(ch, Some('（' | '('))
}

/// Short names in the brackets that open at `at`: the whole of it, its parts between commas, or what 以下「」 gives.
fn in_brackets(chars: &[char], mut at: usize) -> Vec<String> {
    if matches!(chars.get(at), Some('」' | '』')) {
        at += 1;
    }
    if !is_open(chars.get(at)) {
        return Vec::new();
    }
    let inner: String = chars[at + 1..].iter().take(40).take_while(|c| !matches!(c, '）' | ')')).collect();
    if let Some(rest) = inner.strip_prefix("以下").or_else(|| inner.split("以下").nth(1)) {
        let quoted = rest.split_once('「').and_then(|(_, r)| r.split_once('」')).map(|(q, _)| q.to_owned());
        return quoted.into_iter().collect();
    }
    inner
        .split(['、', '，', ',', '：', ':', '；', ';'])
        .map(|s| s.trim().to_owned())
        .filter(|s| !s.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_brackets_give() {
        let check = |text: &str, expected: &[&str]| {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(in_brackets(&chars, 0), expected, "{text}");
        };
        check("（IPA）は", &["IPA"]);
        check("（以下「機構」という。）", &["機構"]);
        check("（EC：欧州委員会）", &["EC", "欧州委員会"]);
        check("は", &[]);
    }
}

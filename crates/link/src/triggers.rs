//! Incident mentions: the words by which a statement says what happened (流出, 不正アクセス, 偽画像).
//!
//! A list knows 情報漏えい as a concept. In a statement that something leaked, the word 漏えい is the mention; where a risk is
//! spoken of in general (情報漏えいなどの懸念), the concept is a threat; elsewhere it names nothing.

use std::collections::BTreeMap;

use hakusho_lexicon::{EventHit, EventWords};
use hakusho_model::{BlockKind, Document, EventKind, Mention, MentionKind};

use crate::clauses::quoted;

/// Words within this many characters behind a concept make it a threat.
const NEAR: usize = 10;
/// What is said of dangers.
const DANGER: [&str; 9] = ["懸念", "リスク", "脅威", "おそれ", "恐れ", "危険", "防止", "対策", "問題"];

/// An incident word in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trigger {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) class: String,
}

/// The incident words that the events of a document rest on, by block.
pub(crate) fn triggers(document: &Document, words: &EventWords) -> BTreeMap<String, Vec<Trigger>> {
    let mut out: BTreeMap<String, Vec<Trigger>> = BTreeMap::new();
    for event in &document.events {
        let Some(block) = document.block(&event.block) else { continue };
        let narrated = matches!(block.kind, BlockKind::Table | BlockKind::ChronologyEntry | BlockKind::ListItem);
        if !narrated && event.kind != EventKind::Incident {
            continue;
        }
        let chars: Vec<char> = block.text.chars().collect();
        let inside = quoted(&chars);
        let list = out.entry(event.block.clone()).or_default();
        for hit in words.find(&block.text) {
            let within = event.start <= hit.start && hit.end <= event.end && hit.kind == EventKind::Incident;
            let general =
                words.general.iter().any(|w| w != "被害" && w != "時の" && w != "時に" && starts(&chars[hit.end..], w));
            let new = !list.iter().any(|t| t.start == hit.start);
            if within && new && !general && !inside[hit.start] && hit.names && !is_attribute(&chars, &hit) {
                list.push(trigger(&chars, &hit));
            }
        }
    }
    out
}

/// サイバー攻撃を受け, Zoombombingの被害.
fn is_suffered(document: &Document, mention: &Mention) -> bool {
    let after: String =
        document.block(&mention.block).map_or("", |b| &b.text).chars().skip(mention.end).take(4).collect();
    ["を受け", "の被害", "に遭", "にあい", "にあっ"].iter().any(|w| after.starts_with(w))
}

fn list_is_narrated(document: &Document, mention: &Mention) -> bool {
    let event = |e: &hakusho_model::Event| e.block == mention.block && e.start <= mention.start && mention.end <= e.end;
    document.events.iter().any(event)
}

fn starts(chars: &[char], word: &str) -> bool {
    word.chars().enumerate().all(|(i, c)| chars.get(i) == Some(&c))
}

/// 改ざんされた画像: the word tells which image, and not what happened.
fn is_attribute(chars: &[char], hit: &EventHit<'_>) -> bool {
    let after: Vec<char> = chars[hit.end..].iter().take(4).copied().collect();
    hit.class == "defacement"
        && after.starts_with(&['さ', 'れ', 'た'])
        && after.get(3).is_some_and(|c| !matches!(c, '。' | '、'))
}

/// The noun of an incident word: without the particle and verb that belong to its pattern, and of an infection without
/// what infects.
fn trigger(chars: &[char], hit: &EventHit<'_>) -> Trigger {
    let word = &chars[hit.start..hit.end];
    if word.ends_with(&['感', '染']) {
        return Trigger { start: hit.end - 2, end: hit.end, class: hit.class.to_owned() };
    }
    let noun = word.iter().position(|c| matches!(c, 'に' | 'を' | 'が')).filter(|n| *n >= 2).unwrap_or(word.len());
    Trigger { start: hit.start, end: hit.start + noun, class: hit.class.to_owned() }
}

/// Puts the incident words in the place of the concepts and threats they stand in.
pub(crate) fn retype(
    mentions: &mut Vec<Mention>,
    document: &Document,
    words: &EventWords,
    base: &str,
    general: &dyn Fn(&Mention) -> bool,
) {
    let found = triggers(document, words);
    let none = Vec::new();
    let mut texts: BTreeMap<&str, Vec<char>> = BTreeMap::new();
    let concept = |m: &Mention| m.kind == MentionKind::Incident && general(m);
    mentions.retain_mut(|m| {
        let list = found.get(&m.block).unwrap_or(&none);
        let hit = list.iter().any(|t| t.start < m.end && m.start < t.end);
        if !concept(m) {
            if m.kind == MentionKind::Threat && is_suffered(document, m) && list_is_narrated(document, m) {
                m.kind = MentionKind::Incident;
                return true;
            }
            return !(hit
                && m.kind == MentionKind::Threat
                && list.iter().any(|t| t.start == m.start && t.end <= m.end));
        }
        let chars = texts
            .entry(document.block(&m.block).map_or("", |b| &b.id))
            .or_insert_with(|| document.block(&m.block).map(|b| b.text.chars().collect()).unwrap_or_default());
        let after: String = chars[m.end.min(chars.len())..].iter().take(NEAR).collect();
        let danger = DANGER.iter().any(|w| after.contains(w));
        if danger && !hit {
            m.kind = MentionKind::Threat;
        }
        danger && !hit
    });
    for (block, list) in found {
        let chars: Vec<char> = document.block(&block).map(|b| b.text.chars().collect()).unwrap_or_default();
        for t in list {
            let named = mentions
                .iter()
                .any(|m| m.block == block && m.start <= t.start && t.end <= m.end && m.kind != MentionKind::Qty);
            if named {
                continue;
            }
            let surface: String = chars[t.start..t.end].iter().collect();
            mentions.push(Mention {
                id: String::new(),
                block: block.clone(),
                start: t.start,
                end: t.end,
                kind: MentionKind::Incident,
                entity: Some(format!("{base}incident/class/{}", t.class.replace('_', "-"))),
                label: Some(surface.clone()),
                confidence: 0.9,
                rule: "event-word".to_owned(),
                value: None,
                surface,
            });
        }
    }
}

//! A block's text with what the pattern families need to know about it.

use hakusho_lexicon::{Cues, Entry, Folded, Hit, OrgForms};
use hakusho_model::{Block, BlockKind, MentionKind};

use crate::candidate::Candidate;
use crate::definitions::Definitions;

/// A block while its names are looked for.
pub(crate) struct Scope<'a> {
    pub(crate) block: &'a Block,
    pub(crate) chars: &'a [char],
    /// The text folded.
    pub(crate) folded: &'a Folded,
    /// The text's match key.
    pub(crate) key: &'a Folded,
    /// Surfaces of the lexicon in it.
    pub(crate) hits: &'a [Hit],
    pub(crate) entries: &'a [Entry],
    pub(crate) forms: &'a OrgForms,
    pub(crate) cues: &'a Cues,
    pub(crate) definitions: &'a Definitions,
}

impl Scope<'_> {
    /// The characters of a span.
    pub(crate) fn text(&self, start: usize, end: usize) -> String {
        self.chars[start..end].iter().collect()
    }

    /// Whether the block is an entry of a chronology.
    pub(crate) fn is_entry(&self) -> bool {
        self.block.kind == BlockKind::ChronologyEntry
    }

    /// First character of a chronology entry behind its bullet.
    pub(crate) fn head(&self) -> Option<usize> {
        let bullet = |c: &char| matches!(c, '・' | '●' | '■' | '○' | '◆' | '　' | ' ');
        self.chars.iter().position(|c| !bullet(c)).filter(|_| self.is_entry())
    }
}

/// Kanji.
pub(crate) fn is_kanji(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x9FFF) || c == '々'
}

/// Hiragana.
pub(crate) fn is_hiragana(c: char) -> bool {
    matches!(u32::from(c), 0x3041..=0x309F)
}

/// A Latin letter, also a wide one.
pub(crate) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// The longest candidate of some types that ends at a place.
pub(crate) fn ending_at<'c>(known: &'c [Candidate], at: usize, kinds: &[MentionKind]) -> Option<&'c Candidate> {
    known.iter().filter(|c| c.end == at && kinds.contains(&c.kind)).max_by_key(|c| c.end - c.start)
}

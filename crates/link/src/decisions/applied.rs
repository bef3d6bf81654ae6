//! Decisions carried out on the candidates of a block.

use std::collections::{BTreeMap, BTreeSet};

use hakusho_lexicon::{is_katakana, match_key};
use hakusho_model::{Document, MentionKind};

use super::{Action, Decision, RULE, SCORE};
use crate::candidate::{Candidate, Target};
use crate::linker::Linker;
use crate::scope::{Scope, is_kanji};

/// Longest surface that needs neighbours of another script, when it is kanji alone: 官 is part of 官公庁, 大蔵 of 大蔵省.
const SHORT: usize = 2;

/// A decision that holds in a report, ready to be carried out.
#[derive(Debug)]
struct Ruling {
    id: String,
    key: Vec<char>,
    kind: MentionKind,
    action: Action,
    target: Target,
    other: Option<MentionKind>,
}

/// The decisions that hold in one report.
#[derive(Debug, Default)]
pub(crate) struct Rulings(Vec<Ruling>);

/// Which decision applied where; a place counts once, however often it is looked at.
#[derive(Debug, Default)]
pub(crate) struct Ledger(BTreeSet<(String, String, usize)>);

impl Ledger {
    fn note(&mut self, ruling: &Ruling, scope: &Scope<'_>, start: usize) {
        self.0.insert((ruling.id.clone(), scope.block.id.clone(), start));
    }

    /// How often each decision applied.
    pub(crate) fn counts(&self) -> BTreeMap<String, usize> {
        let mut out = BTreeMap::new();
        for (id, _, _) in &self.0 {
            *out.entry(id.clone()).or_default() += 1;
        }
        out
    }
}

impl Rulings {
    /// The decisions for a report; one for the file or edition takes the place of one for all.
    pub(crate) fn new(linker: &Linker, document: &Document, edition: &str) -> Self {
        let mut chosen: BTreeMap<(String, MentionKind), &Decision> = BTreeMap::new();
        let sha256 = document.source.sha256.as_str();
        for decision in linker.decisions().iter().filter(|d| d.holds_in(sha256, edition)) {
            let (key, kind, _) = decision.place();
            let slot = chosen.entry((key, kind)).or_insert(decision);
            if decision.scope.len() > slot.scope.len() {
                *slot = decision;
            }
        }
        Self(chosen.into_iter().map(|((key, kind), d)| ruling(linker, key.chars().collect(), kind, d)).collect())
    }

    /// Carries out what is said of spans that are candidates already, so that later patterns lean on it.
    pub(crate) fn on_candidates(
        &self,
        linker: &Linker,
        scope: &Scope<'_>,
        mut found: Vec<Candidate>,
        ledger: &mut Ledger,
    ) -> Vec<Candidate> {
        for ruling in &self.0 {
            found = ruling.carry_out(linker, scope, found, ledger);
        }
        found
    }

    /// As [`Self::on_candidates`], and finds the surfaces that `is` speaks of wherever they stand free.
    pub(crate) fn on_text(
        &self,
        linker: &Linker,
        scope: &Scope<'_>,
        mut found: Vec<Candidate>,
        ledger: &mut Ledger,
    ) -> Vec<Candidate> {
        if self.0.is_empty() {
            return found;
        }
        let text: Vec<char> = scope.key.chars.iter().map(|c| c.ch).collect();
        for ruling in self.0.iter().filter(|r| r.action == Action::Is) {
            let spans = ruling.free_spans(scope, &text, &found);
            for (start, end) in spans {
                found.push(Candidate::name((start, end), ruling.kind, ruling.target.clone(), RULE, SCORE));
            }
        }
        self.on_candidates(linker, scope, found, ledger)
    }
}

fn ruling(linker: &Linker, key: Vec<char>, kind: MentionKind, d: &Decision) -> Ruling {
    let listed = linker.number_of(&d.target).map(Target::Entry);
    let unlisted = || Target::Unlisted(d.target.rsplit_once("/nil/").map(|(_, name)| name.to_owned()));
    let other = MentionKind::parse(&d.target).filter(|_| d.action == Action::Type);
    Ruling { id: d.id(), key, kind, action: d.action, target: listed.unwrap_or_else(unlisted), other }
}

impl Ruling {
    fn carry_out(
        &self,
        linker: &Linker,
        scope: &Scope<'_>,
        found: Vec<Candidate>,
        ledger: &mut Ledger,
    ) -> Vec<Candidate> {
        let mut out: Vec<Candidate> = Vec::with_capacity(found.len());
        for c in found {
            if !self.concerns(linker, scope, &c) {
                out.push(c);
                continue;
            }
            ledger.note(self, scope, c.start);
            out.extend(self.changed(scope, c));
        }
        out
    }

    /// Whether a candidate is one that the decision speaks of.
    fn concerns(&self, linker: &Linker, scope: &Scope<'_>, c: &Candidate) -> bool {
        if c.kind != self.kind {
            return false;
        }
        let surface = || scope.text(c.start, c.end);
        match (self.action, &c.target) {
            (Action::Same, Target::Unlisted(known)) => {
                let key: String = self.key.iter().collect();
                linker.nil_key(known.as_deref().unwrap_or(&surface())) == linker.nil_key(&key)
            }
            (Action::Same, _) => false,
            (Action::Differs, Target::Entry(entry) | Target::Edition(entry, _)) => {
                let meant = !matches!(self.target, Target::Entry(e) if e != *entry);
                meant && self.is_surface(&surface())
            }
            (Action::Differs, _) => false,
            _ => self.is_surface(&surface()),
        }
    }

    fn is_surface(&self, surface: &str) -> bool {
        match_key(surface).chars.iter().map(|c| c.ch).eq(self.key.iter().copied())
    }

    /// What becomes of a candidate that the decision speaks of.
    fn changed(&self, scope: &Scope<'_>, c: Candidate) -> Option<Candidate> {
        let decided = |kind, target| Some(Candidate { kind, target, rule: RULE, score: SCORE, ..c.clone() });
        match self.action {
            Action::Not => None,
            Action::Is | Action::Same => decided(c.kind, self.target.clone()),
            Action::Differs => decided(c.kind, Target::Unlisted(None)),
            Action::Type => {
                let kind = self.other.unwrap_or(c.kind);
                let fits = |h: &&hakusho_lexicon::Hit| {
                    (h.start, h.end) == (c.start, c.end) && scope.entries[h.entry as usize].kind == kind
                };
                let listed = scope.hits.iter().find(fits).map(|h| Target::Entry(h.entry));
                let known = match &c.target {
                    Target::Unlisted(known) => known.clone(),
                    _ => None,
                };
                decided(kind, listed.unwrap_or(Target::Unlisted(known)))
            }
        }
    }

    /// Spans of the surface that no candidate has and that are no part of a longer word or name.
    fn free_spans(&self, scope: &Scope<'_>, text: &[char], found: &[Candidate]) -> Vec<(usize, usize)> {
        let length = self.key.len();
        let at = (0..(text.len() + 1).saturating_sub(length)).filter(|i| text[*i..].starts_with(&self.key));
        let spans = at.map(|i| scope.key.span(i, i + length));
        let is_name = |c: &&Candidate| !matches!(c.kind, MentionKind::Date | MentionKind::Qty);
        spans
            .filter(|&(start, end)| {
                let inside = |c: &Candidate| c.start <= start && end <= c.end;
                self.stands_free(scope.chars, start, end) && !found.iter().filter(is_name).any(inside)
            })
            .collect()
    }

    fn stands_free(&self, chars: &[char], start: usize, end: usize) -> bool {
        let class = |c: char| match c {
            c if is_katakana(c) => 1,
            c if c.is_ascii_alphanumeric() || matches!(u32::from(c), 0xFF10..=0xFF5A) => 2,
            c if is_kanji(c) && self.key.len() <= SHORT => 3,
            _ => 0,
        };
        let touch =
            |outer: Option<&char>, inner: char| outer.is_some_and(|o| class(*o) != 0 && class(*o) == class(inner));
        let before = start.checked_sub(1).and_then(|i| chars.get(i));
        !touch(before, chars[start]) && !touch(chars.get(end), chars[end - 1])
    }
}

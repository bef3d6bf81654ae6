//! A document's names, dates and quantities.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use hakusho_lexicon::{Cues, Entry, EventWords, Folded, Hit, Matcher, OrgForms, fold, is_measure, match_key_of};
use hakusho_model::{Block, Document, Mention, MentionKind};
use rustc_hash::FxHashMap;

use crate::anaphora::{self, anaphora};
use crate::candidate::{Candidate, select};
use crate::cited::{bodies_reports, explained, products, publishers};
use crate::decisions::{Decisions, Ledger, RowProblem, Rulings};
use crate::definitions::Definitions;
use crate::editions::editions;
use crate::entities::{entities, label_as_printed};
use crate::events::{Knowledge, events};
use crate::figures::{observations, rankings};
use crate::formed::formed;
use crate::happenings::happenings;
use crate::heads::{described, head};
use crate::laws::laws;
use crate::learned::Learned;
use crate::names::names;
use crate::places::{coordinated_governments, places};
use crate::questions::Name;
use crate::quotes::{repeated, titles};
use crate::rivals::{Met, settle};
use crate::scope::Scope;
use crate::slots::{companions, slots};
use crate::triggers::retype;
use crate::values::{Years, values};

/// What is known about the report besides its text.
#[derive(Clone, Debug, Default)]
pub struct LinkContext {
    /// Year of the edition: what 本年 means, and what bare months fall in when nothing nearer is said.
    pub edition_year: Option<i32>,
    /// Slug of the edition: decisions may hold in one edition only.
    pub edition: String,
}

/// Links the text of documents to a lexicon.
#[derive(Debug)]
pub struct Linker {
    entries: Vec<Entry>,
    matcher: Matcher,
    event_words: EventWords,
    org_forms: OrgForms,
    /// Entry by its path.
    by_path: FxHashMap<String, u32>,
    /// Namespace of entity IRIs, ending in a slash.
    base: String,
    /// What people have decided.
    decisions: Decisions,
    /// Names of the entries for proposals, made when the first is asked for.
    names: OnceLock<Vec<Name>>,
}

/// What is known about a report while its names are looked for.
struct Report<'r> {
    years: &'r Years<'r>,
    met: Met<'r>,
    year: Option<i32>,
    rulings: &'r Rulings,
}

/// A block's text with the surfaces found in it.
pub(crate) struct Text<'d> {
    pub(crate) block: &'d Block,
    pub(crate) chars: Vec<char>,
    pub(crate) folded: Folded,
    pub(crate) key: Folded,
    pub(crate) hits: Vec<Hit>,
}

impl Linker {
    /// Prepares the matcher; `base` is the namespace under which entries have their IRIs.
    pub fn new(entries: Vec<Entry>, event_words: EventWords, org_forms: OrgForms, base: &str) -> Self {
        let matcher = Matcher::new(&entries);
        Self::with_matcher(entries, matcher, event_words, org_forms, base)
    }

    /// As [`Self::new`] with a matcher over the same entries that is there already: building one takes seconds for many names.
    pub fn with_matcher(
        entries: Vec<Entry>,
        matcher: Matcher,
        event_words: EventWords,
        org_forms: OrgForms,
        base: &str,
    ) -> Self {
        let by_path = entries.iter().enumerate().map(|(i, e)| (e.id.clone(), i as u32)).collect();
        let (decisions, names) = (Decisions::default(), OnceLock::new());
        Self { entries, matcher, event_words, org_forms, by_path, base: base.to_owned(), decisions, names }
    }

    /// Takes up the decisions of a table (`decisions.tsv`); rows that cannot be carried out are told and passed over.
    pub fn decide(&mut self, table: &str) -> Vec<RowProblem> {
        let (rows, mut problems) = Decisions::rows(table);
        for (line, decision) in rows {
            match self.checked(decision) {
                Ok(decision) => drop(self.decisions.insert(decision)),
                Err(problem) => problems.push(RowProblem { line, problem }),
            }
        }
        problems.sort_by_key(|p| p.line);
        problems
    }

    /// The decisions that are replayed on every report.
    pub fn decisions(&self) -> &Decisions {
        &self.decisions
    }

    /// The entries, in the order the linker knows them.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The forms of organisations' names.
    pub(crate) fn org_forms(&self) -> &OrgForms {
        &self.org_forms
    }

    /// The words that state events.
    pub(crate) fn event_words(&self) -> &EventWords {
        &self.event_words
    }

    /// Namespace of entity IRIs.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// The entry with that path below the namespace.
    pub(crate) fn entry_by_path(&self, path: &str) -> Option<&Entry> {
        self.by_path.get(path).map(|i| &self.entries[*i as usize])
    }

    /// Number of the entry with that path.
    pub(crate) fn number_of(&self, path: &str) -> Option<u32> {
        self.by_path.get(path).copied()
    }

    /// Names of all entries, in a form that proposals are looked for in.
    pub(crate) fn names(&self) -> &[Name] {
        self.names.get_or_init(|| Name::all(&self.entries))
    }

    /// The entry with that IRI.
    fn entry_of(&self, iri: &str) -> Option<&Entry> {
        iri.strip_prefix(&self.base).and_then(|path| self.entry_by_path(path))
    }

    /// IRI of an entry.
    pub fn iri(&self, entry: &Entry) -> String {
        format!("{}{}", self.base, entry.id)
    }

    /// Adds mentions, entities, events and figures to a document, and says how often each decision applied, by its id. The
    /// same document gives the same.
    pub fn link(&self, document: &mut Document, context: &LinkContext) -> BTreeMap<String, usize> {
        let mut ledger = Ledger::default();
        let mut mentions = self.mentions(document, context, &mut ledger);
        anaphora::resolve(&mut mentions, &document.blocks);
        label_as_printed(&mut mentions);
        document.mentions = mentions;
        let class = |iri: &str| self.entry_of(iri).map(|e| e.class.as_str());
        let knowledge = Knowledge { words: &self.event_words, class: &class };
        document.events = events(document, &knowledge);
        let mut mentions = std::mem::take(&mut document.mentions);
        retype(&mut mentions, document, &self.event_words, &self.base, &|m| self.is_concept(m));
        number(&mut mentions, &document.blocks);
        document.entities = entities(&mentions, self);
        document.mentions = mentions;
        document.observations = observations(document, &is_measure);
        document.rankings = rankings(document);
        ledger.counts()
    }

    /// The texts of a document's blocks with the surfaces found in them.
    pub(crate) fn texts<'d>(&self, document: &'d Document) -> Vec<Text<'d>> {
        document
            .blocks
            .iter()
            .filter(|b| !b.text.is_empty())
            .map(|block| {
                let (chars, folded) = (block.text.chars().collect::<Vec<char>>(), fold(&block.text));
                let key = match_key_of(&folded);
                let hits = self.matcher.find_in(&key, &chars);
                Text { block, chars, folded, key, hits }
            })
            .collect()
    }

    fn mentions(&self, document: &Document, context: &LinkContext, ledger: &mut Ledger) -> Vec<Mention> {
        let texts = self.texts(document);
        let definitions = Definitions::read(texts.iter().map(|t| (&t.chars[..], &t.hits[..])), &self.entries);
        let years = Years::new(document, context.edition_year);
        let met = Met(&texts);
        let rulings = Rulings::new(self, document, &context.edition);
        let report = Report { years: &years, met, year: context.edition_year, rulings: &rulings };
        let scopes: Vec<Scope<'_>> = texts.iter().map(|t| self.scope(t, &definitions)).collect();
        let found: Vec<Vec<Candidate>> = scopes.iter().map(|s| self.candidates(s, &report, ledger)).collect();
        let mut learned = Learned::default();
        for (scope, candidates) in scopes.iter().zip(&found) {
            learned.read(scope, candidates);
        }
        let mut out = Vec::new();
        for (scope, mut candidates) in scopes.iter().zip(found) {
            candidates.extend(learned.find(scope));
            candidates.extend(companions(scope, &candidates));
            candidates.extend(repeated(scope, &candidates));
            let mut candidates = rulings.on_text(self, scope, candidates, ledger);
            let addresses = addresses(scope.chars);
            candidates.retain(|c| !addresses.iter().any(|(start, end)| *start <= c.start && c.end <= *end));
            out.extend(select(candidates).into_iter().map(|c| self.mention(scope, c)));
        }
        out
    }

    fn scope<'a>(&'a self, text: &'a Text<'_>, definitions: &'a Definitions) -> Scope<'a> {
        Scope {
            block: text.block,
            chars: &text.chars,
            folded: &text.folded,
            key: &text.key,
            hits: &text.hits,
            entries: &self.entries,
            forms: &self.org_forms,
            cues: Cues::embedded(),
            definitions,
        }
    }

    /// What each family of patterns finds in a block; later ones lean on earlier ones.
    fn candidates(&self, scope: &Scope<'_>, report: &Report<'_>, ledger: &mut Ledger) -> Vec<Candidate> {
        let country = |code: &str| self.by_path.get(&format!("country/{code}")).copied();
        let government = |code: &str| self.by_path.get(&format!("org/x/{}-gov", code.to_lowercase())).copied();
        let mut out = settle(scope, names(scope), report.met, report.year);
        out = report.rulings.on_candidates(self, scope, out, ledger);
        out.extend(formed(scope, &out));
        out.extend(described(scope));
        out.extend(places(scope, &out, &country));
        out.extend(coordinated_governments(scope, &out, &government));
        out.extend(explained(scope, &out));
        out.extend(head(scope, &out));
        out.extend(slots(scope, &out));
        out.extend(laws(scope, &out));
        out.extend(happenings(scope, &out));
        out.extend(titles(scope, &out));
        out.extend(publishers(scope, &out));
        out.extend(bodies_reports(scope, &out));
        out.extend(products(scope, &out));
        out.extend(editions(scope, &out));
        out.extend(repeated(scope, &out));
        out.extend(anaphora(scope));
        out.extend(values(scope, &out, report.years));
        out
    }

    /// Whether a mention names a kind of incident and no single one.
    fn is_concept(&self, mention: &Mention) -> bool {
        let path = mention.entity.as_deref().and_then(|iri| iri.strip_prefix(&self.base));
        mention.kind == MentionKind::Incident
            && path.and_then(|p| self.entry_by_path(p)).is_some_and(|e| e.valid.is_empty())
    }
}

/// Puts mentions in order of block and place and numbers them.
fn number(mentions: &mut [Mention], blocks: &[Block]) {
    let order: FxHashMap<&str, usize> = blocks.iter().enumerate().map(|(i, b)| (b.id.as_str(), i)).collect();
    mentions.sort_by_key(|m| (order.get(m.block.as_str()).copied(), m.start, std::cmp::Reverse(m.end), m.kind));
    for (i, mention) in mentions.iter_mut().enumerate() {
        mention.id = format!("m{}", i + 1);
    }
}

/// Spans of web addresses: what stands in them names and counts nothing.
fn addresses(chars: &[char]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for start in 0..chars.len() {
        let begins = chars[start] == 'h'
            && ["http://", "https://"]
                .iter()
                .any(|scheme| scheme.chars().enumerate().all(|(i, c)| chars.get(start + i) == Some(&c)));
        if begins && out.last().is_none_or(|(_, end)| *end <= start) {
            let length =
                chars[start..].iter().take_while(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"')).count();
            out.push((start, start + length));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_japanese_goes_on() {
        let chars: Vec<char> = "出典：https://a.example/83%E3（参照）http://b.example".chars().collect();
        let found: Vec<String> = addresses(&chars).iter().map(|(a, b)| chars[*a..*b].iter().collect()).collect();
        assert_eq!(found, ["https://a.example/83%E3", "http://b.example"]);
    }
}

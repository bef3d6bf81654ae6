//! From the chosen candidates to mentions with IRIs, and the entities they name.

use std::collections::BTreeMap;

use hakusho_lexicon::match_key;
use hakusho_model::{Entity, Mention, MentionKind};

use crate::candidate::{Candidate, Target};
use crate::linker::Linker;
use crate::scope::Scope;

impl Linker {
    /// The mention of a candidate.
    pub(crate) fn mention(&self, scope: &Scope<'_>, candidate: Candidate) -> Mention {
        let surface = scope.text(candidate.start, candidate.end);
        let (entity, label) = self.named(&candidate, &surface);
        Mention {
            id: String::new(),
            block: scope.block.id.clone(),
            start: candidate.start,
            end: candidate.end,
            kind: candidate.kind,
            entity,
            label,
            confidence: f64::from(candidate.score) / 1000.0,
            rule: candidate.rule.to_owned(),
            value: candidate.value,
            surface,
        }
    }

    /// IRI and label of what a candidate stands for.
    fn named(&self, candidate: &Candidate, surface: &str) -> (Option<String>, Option<String>) {
        let entry = |number: u32| &self.entries()[number as usize];
        match &candidate.target {
            Target::None | Target::Anaphor => (None, None),
            Target::Entry(number) => (Some(self.iri(entry(*number))), Some(entry(*number).ja.clone())),
            Target::Edition(number, tag) => {
                (Some(format!("{}/{}", self.iri(entry(*number)), iri_key(tag))), Some(surface.to_owned()))
            }
            Target::Government(number) => {
                let path = entry(*number).id.trim_start_matches("place/");
                (Some(format!("{}org/of/{path}", self.base())), Some(entry(*number).ja.clone()))
            }
            Target::Unlisted(known) => {
                let name = known.as_deref().unwrap_or(surface);
                let iri = format!("{}{}/nil/{}", self.base(), folder(candidate.kind), self.nil_key(name));
                (Some(iri), Some(name.to_owned()))
            }
        }
    }

    /// The key of a name that no list has: folded, without legal form, so that it is the same in every report.
    pub(crate) fn nil_key(&self, name: &str) -> String {
        let chars: Vec<char> = name.chars().collect();
        let mut core = &chars[..];
        for form in &self.org_forms().prefixes {
            core = core
                .strip_prefix(&form[..])
                .or_else(|| core.strip_suffix(&form[..]))
                .filter(|c| c.len() > 1)
                .unwrap_or(core);
        }
        iri_key(&core.iter().collect::<String>())
    }
}

/// Characters that an IRI holds; everything else becomes a hyphen.
fn iri_key(name: &str) -> String {
    let key = |c: char| if c.is_alphanumeric() || c == 'ー' { c } else { '-' };
    match_key(name).text().chars().map(key).collect()
}

pub(crate) fn folder(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Org => "org",
        MentionKind::Law => "law",
        MentionKind::Threat => "threat",
        MentionKind::Incident => "incident",
        MentionKind::Survey => "survey",
        MentionKind::Cert => "cert",
        MentionKind::Product => "product",
        MentionKind::Loc => "place",
        MentionKind::Person => "person",
        MentionKind::Event | MentionKind::Date | MentionKind::Qty => "event",
    }
}

/// Labels the entities as this report calls them: by the list's label where the report prints it, else by the name it
/// prints most often, the longer one first.
pub(crate) fn label_as_printed(mentions: &mut [Mention]) {
    let mut names: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for m in mentions.iter().filter(|m| m.rule != crate::anaphora::RULE) {
        if let Some(entity) = &m.entity {
            *names.entry(entity.clone()).or_default().entry(m.surface.clone()).or_default() += 1;
        }
    }
    let best = |label: &str, surfaces: &BTreeMap<String, usize>| {
        let key = match_key(label).text();
        let own = surfaces.keys().find(|s| match_key(s).text() == key);
        let often = surfaces.iter().max_by_key(|(s, n)| (**n, s.chars().count(), std::cmp::Reverse((*s).clone())));
        own.or(often.map(|(s, _)| s)).cloned()
    };
    let mut chosen: BTreeMap<String, Option<String>> = BTreeMap::new();
    for m in mentions.iter_mut() {
        let (Some(entity), Some(label)) = (&m.entity, &m.label) else { continue };
        let printed = chosen
            .entry(entity.clone())
            .or_insert_with(|| names.get(entity).and_then(|surfaces| best(label, surfaces)));
        if let Some(printed) = printed {
            m.label = Some(printed.clone());
        }
    }
}

/// Distinct entities in order of IRI, with the surfaces they were met under and the label of the list.
pub(crate) fn entities(mentions: &[Mention], linker: &Linker) -> Vec<Entity> {
    let mut out: Vec<Entity> = Vec::new();
    for mention in mentions {
        let (Some(id), Some(label)) = (&mention.entity, &mention.label) else { continue };
        let at = match out.binary_search_by(|e| e.id.cmp(id)) {
            Ok(at) => at,
            Err(at) => {
                let path = id.strip_prefix(linker.base());
                let entry = path.and_then(|p| linker.entry_by_path(p));
                let name = entry.map(|e| e.ja.clone()).filter(|n| n != label);
                let (listed, aliases) = (entry.is_some(), Vec::new());
                out.insert(
                    at,
                    Entity { id: id.clone(), kind: mention.kind, label: label.clone(), name, listed, aliases },
                );
                at
            }
        };
        let entity = &mut out[at];
        if mention.surface != entity.label
            && mention.rule != crate::anaphora::RULE
            && !entity.aliases.contains(&mention.surface)
        {
            entity.aliases.push(mention.surface.clone());
        }
    }
    for entity in &mut out {
        entity.aliases.sort();
    }
    out
}

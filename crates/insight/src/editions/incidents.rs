//! Incidents of two editions: each once however often it is told, told in one edition only, or told otherwise.

use std::collections::{BTreeMap, BTreeSet};

use hakusho_model::{Event, EventKind, MentionKind, Modality, Value};
use serde::Serialize;

use super::Place;
use super::edition::Edition;

/// Characters of a statement that are shown.
const SHOWN: usize = 120;

/// An incident as an edition tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Incident {
    /// Classes it is put in (`data_leak`).
    pub classes: Vec<String>,
    /// Who was hit or tells of it, as the report calls them.
    pub who: Vec<String>,
    /// The earliest date told, EDTF.
    pub date: Option<String>,
    /// How surely it is stated, over all statements.
    pub modalities: Vec<Modality>,
    /// Quantities as printed.
    pub quantities: Vec<String>,
    /// The first statement.
    pub text: String,
    /// All statements.
    pub places: Vec<Place>,
}

/// An incident that both editions tell, with other quantities or less or more surely.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Retold {
    /// As it was told.
    pub before: Incident,
    /// As it is told.
    pub after: Incident,
}

/// What became of incidents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct IncidentDiff {
    /// How many both tell the same way.
    pub kept: usize,
    /// Only in the later, by date.
    pub new: Vec<Incident>,
    /// Only in the earlier.
    pub gone: Vec<Incident>,
    /// In both, but otherwise.
    pub retold: Vec<Retold>,
}

impl IncidentDiff {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.gone.is_empty() && self.retold.is_empty()
    }
}

/// Statements of one incident.
struct Cluster<'d> {
    who: BTreeSet<&'d str>,
    /// Months (`2023-04`) of the statements and of the dates inside them: a final report names the first.
    months: BTreeSet<String>,
    told: Vec<(usize, &'d Event)>,
}

impl Cluster<'_> {
    /// The same people in the same month.
    fn is(&self, other: &Cluster<'_>) -> bool {
        !self.who.is_disjoint(&other.who) && !self.months.is_disjoint(&other.months)
    }
}

/// The comparison, and how many incidents each edition tells.
pub(super) fn compare(before: &Edition<'_>, after: &Edition<'_>) -> (IncidentDiff, (usize, usize)) {
    let (earlier, later) = (clusters(before), clusters(after));
    let mut diff = IncidentDiff::default();
    let mut met = BTreeSet::new();
    for b in &later {
        let found = earlier.iter().enumerate().find(|(i, a)| !met.contains(i) && a.is(b));
        let Some((i, a)) = found else {
            diff.new.push(describe(after, b));
            continue;
        };
        met.insert(i);
        let (a, b) = (describe(before, a), describe(after, b));
        if a.quantities == b.quantities && a.modalities == b.modalities {
            diff.kept += 1;
        } else {
            diff.retold.push(Retold { before: a, after: b });
        }
    }
    let gone = earlier.iter().enumerate().filter(|(i, _)| !met.contains(i));
    diff.gone = gone.map(|(_, a)| describe(before, a)).collect();
    let key = |i: &Incident| (i.date.clone(), i.places.first().cloned());
    diff.new.sort_by_key(key);
    diff.gone.sort_by_key(key);
    (diff, (earlier.len(), later.len()))
}

/// Statements joined into incidents. What names neither people nor a month tells of nothing that could be found again.
fn clusters<'d>(edition: &Edition<'d>) -> Vec<Cluster<'d>> {
    let mut out: Vec<Cluster<'d>> = Vec::new();
    for (file, document) in edition.documents.iter().enumerate() {
        let months_of = months_of_blocks(document);
        for event in document.events.iter().filter(|e| e.kind == EventKind::Incident) {
            if event.modality == Modality::Hypothetical {
                continue;
            }
            let who = event.affected.iter().chain(&event.actors).chain(&event.announcer).map(String::as_str).collect();
            let inside = months_of.get(event.block.as_str()).into_iter().flatten();
            let inside = inside.filter(|(start, end, _)| event.start <= *start && *end <= event.end);
            let months: BTreeSet<String> =
                event.date.iter().filter_map(|d| month(d)).chain(inside.map(|(_, _, m)| m.clone())).collect();
            let cluster = Cluster { who, months, told: vec![(file, event)] };
            if cluster.who.is_empty() || cluster.months.is_empty() {
                continue;
            }
            join(&mut out, cluster);
        }
    }
    out
}

/// Joins a statement with all incidents it tells of; one that names two months joins both.
fn join<'d>(clusters: &mut Vec<Cluster<'d>>, mut cluster: Cluster<'d>) {
    let mut at = None;
    let mut i = 0;
    while i < clusters.len() {
        if !clusters[i].is(&cluster) {
            i += 1;
            continue;
        }
        let known = clusters.remove(i);
        at.get_or_insert(i);
        cluster.who.extend(known.who);
        cluster.months.extend(known.months);
        cluster.told = known.told.into_iter().chain(cluster.told).collect();
        // What it has become may be one with those passed over.
        i = 0;
    }
    let at = at.unwrap_or(clusters.len()).min(clusters.len());
    clusters.insert(at, cluster);
}

/// Months that blocks name, with their places.
fn months_of_blocks(document: &hakusho_model::Document) -> BTreeMap<&str, Vec<(usize, usize, String)>> {
    let mut out: BTreeMap<&str, Vec<(usize, usize, String)>> = BTreeMap::new();
    for mention in document.mentions.iter().filter(|m| m.kind == MentionKind::Date) {
        if let Some(Value::Date(date)) = &mention.value
            && let Some(month) = month(date)
        {
            out.entry(&mention.block).or_default().push((mention.start, mention.end, month));
        }
    }
    out
}

/// `2023-04` of `2023-04-18`; a range or a year is no month.
fn month(date: &str) -> Option<String> {
    let date = date.trim_end_matches(['?', '~', '%']);
    let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    (matches!(date.len(), 7 | 10) && plain(date)).then(|| date[..7].to_owned())
}

fn describe(edition: &Edition<'_>, cluster: &Cluster<'_>) -> Incident {
    // Beside what happened, a denial is of something else (`停止した。流出は確認されていない`).
    let happened = cluster.told.iter().any(|(_, e)| e.modality != Modality::Negated);
    let events = || cluster.told.iter().map(|(_, e)| *e).filter(|e| !happened || e.modality != Modality::Negated);
    let label = |iri: &&str| {
        let entities = edition.documents.iter().flat_map(|d| &d.entities);
        entities.into_iter().find(|e| e.id == **iri).map_or_else(|| (*iri).to_owned(), |e| e.label.clone())
    };
    let places = cluster
        .told
        .iter()
        .filter_map(|(file, e)| Some(edition.place(*file, edition.block(*file, &e.block)?, e.start, e.end)));
    let first = cluster.told.first().and_then(|(file, e)| Some((edition.block(*file, &e.block)?, *e)));
    let text = first.map(|(b, e)| b.text.chars().skip(e.start).take(e.end - e.start).take(SHOWN).collect::<String>());
    let printed = |q: &hakusho_model::Quantity| q.printed.clone().unwrap_or_else(|| q.value.to_string());
    Incident {
        classes: distinct(events().map(|e| e.class.clone())),
        who: cluster.who.iter().map(label).collect(),
        date: events().filter_map(|e| e.date.clone()).min(),
        modalities: modalities(events().map(|e| e.modality)),
        quantities: distinct(events().flat_map(|e| e.quantities.iter().map(printed))),
        text: text.unwrap_or_default().replace(['\t', '\n'], " ").trim().to_owned(),
        places: places.collect(),
    }
}

fn distinct(words: impl Iterator<Item = String>) -> Vec<String> {
    words.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Each once, surest first.
fn modalities(all: impl Iterator<Item = Modality>) -> Vec<Modality> {
    let all: Vec<Modality> = all.collect();
    let order = [Modality::Fact, Modality::Possible, Modality::Planned, Modality::Negated];
    order.into_iter().filter(|m| all.contains(m)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::diff;
    use super::super::testing::{document, incident};
    use super::*;

    /// Victim, date, quantity.
    type Row<'r> = (&'r str, &'r str, &'r str);

    /// New, gone, retold, kept.
    fn check(before: &[Row<'_>], after: &[Row<'_>], expected: (usize, usize, usize, usize)) {
        let report = |rows: &[Row<'_>]| {
            let mut document = document();
            for (who, date, quantity) in rows {
                incident(&mut document, who, date, quantity);
            }
            document
        };
        let found = diff(&[&report(before)], &[&report(after)]).incidents;
        let counts = (found.new.len(), found.gone.len(), found.retold.len(), found.kept);
        assert_eq!(counts, expected, "{before:?} and {after:?}");
    }

    #[test]
    fn incidents_are_known_by_victim_and_month() {
        check(&[("甲", "2023-04-18", "1件")], &[("甲", "2023-04", "1件")], (0, 0, 0, 1));
        check(&[("甲", "2023-04-18", "1件")], &[("甲", "2023-05", "1件")], (1, 1, 0, 0));
        check(&[("甲", "2023-04", "1件")], &[("乙", "2023-04", "1件")], (1, 1, 0, 0));
        check(&[("甲", "2023-04", "1件")], &[("甲", "2023-04", "2件")], (0, 0, 1, 0));
    }

    #[test]
    fn what_is_told_twice_is_one() {
        check(&[], &[("甲", "2023-04-18", "1件"), ("甲", "2023-04", "1件")], (1, 0, 0, 0));
        check(&[], &[("甲", "2023-04/2024-03", "1件")], (0, 0, 0, 0));
    }

    #[test]
    fn a_denial_beside_what_happened_is_of_something_else() {
        let told = |last: &[Modality]| {
            let mut document = document();
            for modality in last {
                incident(&mut document, "甲", "2023-04", "1件");
                document.events.last_mut().expect("an event").modality = *modality;
            }
            diff(&[], &[&document]).incidents.new.swap_remove(0).modalities
        };
        assert_eq!(told(&[Modality::Fact, Modality::Negated]), [Modality::Fact]);
        assert_eq!(told(&[Modality::Negated]), [Modality::Negated]);
    }

    #[test]
    fn months_of_dates() {
        assert_eq!(month("2023-04-18"), Some("2023-04".to_owned()));
        assert_eq!(month("2023-04~"), Some("2023-04".to_owned()));
        assert_eq!(month("2023"), None);
        assert_eq!(month("2023-04/2024"), None);
        assert_eq!(month("2023-XX"), None);
    }
}

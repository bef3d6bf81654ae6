//! Entries of the lexicon as quads of a reference graph: labels, identifiers, relations.

use hakusho_lexicon::Entry;
use hakusho_model::MentionKind;
use oxrdf::{NamedNode, Quad};

use crate::sink::Sink;
use crate::vocab::{DCTERMS, ORG, SCHEMA, SKOS, hk, term};

/// Graph that holds the authorities that come with the program.
pub const LEXICON_GRAPH: &str = "graph/ref/lexicon";

/// Quads of some entries, sorted.
pub fn authority_quads(entries: &[Entry], base: &str) -> Vec<Quad> {
    let mut sink = Sink::new(NamedNode::new_unchecked(format!("{base}{LEXICON_GRAPH}")));
    describe(entries, base, &mut sink);
    sink.finish()
}

/// Adds what the lexicon says of some entries.
pub(crate) fn describe<'e>(entries: impl IntoIterator<Item = &'e Entry>, base: &str, sink: &mut Sink) {
    let at = |path: &str| NamedNode::new_unchecked(format!("{base}{path}"));
    for entry in entries {
        let node = at(&entry.id);
        for class in classes(entry) {
            sink.kind(&node, class);
        }
        sink.japanese(&node, term(SKOS, "prefLabel"), &entry.ja);
        if !entry.en.is_empty() {
            sink.english(&node, term(SKOS, "prefLabel"), &entry.en);
        }
        for alias in entry.aliases.iter().chain(&entry.weak) {
            sink.japanese(&node, term(SKOS, "altLabel"), alias);
        }
        sink.text(&node, term(DCTERMS, "type"), &entry.class);
        if !entry.country.is_empty() {
            let country =
                if entry.country == "EU" { at("org/x/eu") } else { at(&format!("country/{}", entry.country)) };
            sink.add(&node, term(SCHEMA, "areaServed"), country);
        }
        for (scheme, value) in &entry.ids {
            let predicate = match scheme.as_str() {
                "hojin" => hk("hojinBango"),
                "egov" => hk("egovLawId"),
                "lawno" => hk("lawNumber"),
                "sec" => term(SCHEMA, "tickerSymbol"),
                "iso" => term(SKOS, "notation"),
                _ => term(DCTERMS, "identifier"),
            };
            sink.text(&node, predicate, value);
        }
        links(entry, &node, &at, sink);
    }
}

fn links(entry: &Entry, node: &NamedNode, at: &dyn Fn(&str) -> NamedNode, sink: &mut Sink) {
    for (relation, target) in &entry.links {
        let predicate = match relation.as_str() {
            "parent" => term(ORG, "subOrganizationOf"),
            "replaces" => term(DCTERMS, "replaces"),
            "broader" => term(SKOS, "broader"),
            "related" => term(SKOS, "related"),
            "publisher" => term(DCTERMS, "publisher"),
            "amends" => term(SCHEMA, "legislationAmends"),
            "closeMatch" => term(SKOS, "closeMatch"),
            _ => continue,
        };
        let target = if target.contains("://") { NamedNode::new_unchecked(target.clone()) } else { at(target) };
        sink.add(node, predicate, target);
    }
}

/// Class of a thing that is known by its name and type alone; organisations may be no formal ones.
pub(crate) fn kind_class(kind: MentionKind) -> NamedNode {
    match kind {
        MentionKind::Org => term(ORG, "Organization"),
        MentionKind::Law => hk("Law"),
        MentionKind::Threat => hk("Threat"),
        MentionKind::Survey => hk("Survey"),
        MentionKind::Cert => hk("CertificationScheme"),
        MentionKind::Product => hk("Product"),
        MentionKind::Loc => term(SCHEMA, "Place"),
        MentionKind::Person => term(SCHEMA, "Person"),
        MentionKind::Event => term(SCHEMA, "Event"),
        MentionKind::Incident | MentionKind::Date | MentionKind::Qty => term(SKOS, "Concept"),
    }
}

/// The standard class of a kind of organization, where there is one.
pub(crate) fn org_class(class: &str) -> Option<NamedNode> {
    let name = match class {
        "government" | "ministry" | "agency" | "bureau" | "court" | "police" | "legislature" | "prefecture"
        | "municipality" => "GovernmentOrganization",
        "company" => "Corporation",
        "university" => "CollegeOrUniversity",
        _ => return None,
    };
    Some(term(SCHEMA, name))
}

/// Both our class and the standard one, where a query may ask for either.
fn classes(entry: &Entry) -> Vec<NamedNode> {
    match entry.kind {
        MentionKind::Org => {
            let special = org_class(&entry.class);
            std::iter::once(term(ORG, "FormalOrganization")).chain(special).collect()
        }
        MentionKind::Law if entry.class == "bill" => vec![hk("Bill")],
        MentionKind::Law => vec![hk("Law")],
        MentionKind::Threat => vec![hk("Threat"), term(SKOS, "Concept")],
        MentionKind::Incident => vec![term(SKOS, "Concept")],
        MentionKind::Survey => vec![hk("Survey")],
        MentionKind::Cert => vec![hk("CertificationScheme"), term(SKOS, "Concept")],
        MentionKind::Product => vec![hk("Product")],
        MentionKind::Loc if entry.class == "country" => vec![term(SCHEMA, "Country")],
        MentionKind::Loc => vec![term(SCHEMA, "Place")],
        MentionKind::Person => vec![term(SCHEMA, "Person")],
        MentionKind::Event => vec![term(SCHEMA, "Event")],
        MentionKind::Date | MentionKind::Qty => Vec::new(),
    }
}

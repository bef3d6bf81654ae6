//! What changed between two editions as RDF: a comparison, its changes, each with a state before and after, and evidence.

use anyhow::Result;
use hakusho_insight::editions::{
    EditionDiff, Figure, FigureChange, Incident, Name, Part, PartChange, PartDiff, PartFate, Place, RankingDiff,
    Relation,
};
use hakusho_pipeline::sha256_hex;
use hakusho_rdf::{HK, Iris};
use hakusho_store::{GraphName, Literal, NamedNode, Quad, RdfFormat, RdfSerializer, Term};

use crate::commands::editions_diff::Compared;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";
const XSD: &str = "http://www.w3.org/2001/XMLSchema#";
const DCTERMS: &str = "http://purl.org/dc/terms/";
const SCHEMA: &str = "http://schema.org/";
const PROV: &str = "http://www.w3.org/ns/prov#";
const OA: &str = "http://www.w3.org/ns/oa#";
const PREFIXES: [(&str, &str); 8] = [
    ("hk", HK),
    ("rdf", RDF),
    ("rdfs", RDFS),
    ("xsd", XSD),
    ("dcterms", DCTERMS),
    ("schema", SCHEMA),
    ("prov", PROV),
    ("oa", OA),
];

/// The comparison as Turtle, sorted.
///
/// # Errors
/// Never in practice: the serializer writes to memory.
pub(crate) fn turtle(before: &Compared, after: &Compared, diff: &EditionDiff, base: &str) -> Result<String> {
    let mut changes = ChangeSet::new(before, after, base);
    changes.parts("section", &diff.sections);
    changes.parts("exhibit", &diff.exhibits);
    diff.figures.changes.iter().for_each(|c| changes.figure(c));
    diff.rankings.iter().for_each(|r| changes.ranking(r));
    diff.incidents.new.iter().for_each(|i| changes.incident("new", None, Some(i)));
    diff.incidents.gone.iter().for_each(|i| changes.incident("gone", Some(i), None));
    diff.incidents.retold.iter().for_each(|r| changes.incident("retold", Some(&r.before), Some(&r.after)));
    diff.names.new.iter().for_each(|n| changes.name("new", n, false));
    diff.names.gone.iter().for_each(|n| changes.name("gone", n, true));
    changes.write()
}

fn term(namespace: &str, name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{namespace}{name}"))
}

struct ChangeSet<'c> {
    before: &'c Compared,
    after: &'c Compared,
    base: &'c str,
    node: NamedNode,
    count: usize,
    quads: Vec<Quad>,
}

impl<'c> ChangeSet<'c> {
    fn new(before: &'c Compared, after: &'c Compared, base: &'c str) -> Self {
        let hashes = |c: &Compared| c.files.iter().map(|(_, d)| d.source.sha256.clone()).collect::<Vec<_>>().join(" ");
        let key = sha256_hex(format!("{}\n{}", hashes(before), hashes(after)).as_bytes());
        let node = NamedNode::new_unchecked(format!("{base}diff/{}", &key[..16]));
        let mut set = Self { before, after, base, node: node.clone(), count: 0, quads: Vec::new() };
        set.add(&node, term(RDF, "type"), term(HK, "Comparison"));
        set.japanese(&node, &format!("{} → {}", before.title, after.title));
        for (side, edition) in [("before", before), ("after", after)] {
            for (file, _) in edition.files.iter().enumerate() {
                let iris = set.iris(side == "before", file);
                set.add(&node, term(HK, side), iris.edition());
                set.add(&node, term(PROV, "wasDerivedFrom"), iris.source_file());
            }
        }
        set
    }

    fn iris(&self, before: bool, file: usize) -> Iris {
        let side = if before { self.before } else { self.after };
        let (edition, document) = &side.files[file];
        Iris::new(self.base, document, edition)
    }

    fn add(&mut self, subject: &NamedNode, predicate: NamedNode, object: impl Into<Term>) {
        let graph = GraphName::DefaultGraph;
        self.quads.push(Quad::new(subject.clone(), predicate, object, graph));
    }

    fn japanese(&mut self, subject: &NamedNode, label: &str) {
        self.add(subject, term(RDFS, "label"), Literal::new_language_tagged_literal_unchecked(label, "ja"));
    }

    fn number(&mut self, subject: &NamedNode, predicate: NamedNode, value: impl ToString, datatype: &str) {
        self.add(subject, predicate, Literal::new_typed_literal(value.to_string(), term(XSD, datatype)));
    }

    /// A change of a kind.
    fn change(&mut self, kind: &str) -> NamedNode {
        self.count += 1;
        let node = NamedNode::new_unchecked(format!("{}#c{}", self.node.as_str(), self.count));
        self.add(&node, term(RDF, "type"), term(HK, "Change"));
        self.add(&node, term(DCTERMS, "isPartOf"), self.node.clone());
        self.add(&node, term(DCTERMS, "type"), Literal::new_simple_literal(kind));
        node
    }

    /// What was, or is, with its evidence.
    fn state<'p>(
        &mut self,
        change: &NamedNode,
        before: bool,
        label: &str,
        places: impl IntoIterator<Item = &'p Place>,
    ) -> NamedNode {
        let side = if before { "before" } else { "after" };
        let node = NamedNode::new_unchecked(format!("{}-{side}", change.as_str()));
        self.add(change, term(HK, side), node.clone());
        self.japanese(&node, label);
        for place in places {
            self.evidence(&node, before, place);
        }
        node
    }

    fn evidence(&mut self, node: &NamedNode, before: bool, place: &Place) {
        let side = if before { self.before } else { self.after };
        let document = &side.files[place.file].1;
        let Some(block) = document.block(&place.block) else { return };
        let iris = self.iris(before, place.file);
        let evidence = iris.evidence_of(block, place.start, place.end);
        let quote: String = block.text.chars().skip(place.start).take(place.end - place.start).collect();
        self.add(node, term(HK, "evidence"), evidence.clone());
        self.add(&evidence, term(RDF, "type"), term(HK, "Evidence"));
        self.add(&evidence, term(OA, "hasSource"), iris.source_file());
        let offsets = format!("{}:{}-{}", place.block, place.start, place.end);
        self.add(&evidence, term(HK, "offsets"), Literal::new_simple_literal(offsets));
        self.add(&evidence, term(HK, "text"), Literal::new_language_tagged_literal_unchecked(quote, "ja"));
    }

    fn parts(&mut self, what: &str, diff: &PartDiff) {
        for change in &diff.changes {
            self.part(what, change);
        }
    }

    fn part(&mut self, what: &str, change: &PartChange) {
        let fate = match change.fate {
            PartFate::Moved => "moved",
            PartFate::Renamed => "renamed",
            PartFate::MovedAndRenamed => "moved-and-renamed",
            PartFate::New => "new",
            PartFate::Gone => "gone",
        };
        let node = self.change(&format!("{what}-{fate}"));
        let name = |p: &Part| format!("{} {}", p.number.as_deref().unwrap_or(""), p.title).trim().to_owned();
        for (before, part) in [(true, &change.before), (false, &change.after)] {
            if let Some(part) = part {
                self.state(&node, before, &name(part), &part.place);
            }
        }
    }

    fn figure(&mut self, change: &FigureChange) {
        let node = self.change(match change.relation {
            Relation::Revised => "figure-revised",
            Relation::Regrouped => "figure-regrouped",
            Relation::Updated => "figure-updated",
        });
        self.japanese(&node, &change.item);
        for (before, figure) in [(true, &change.before), (false, &change.after)] {
            self.value(&node, before, figure);
        }
    }

    fn value(&mut self, change: &NamedNode, before: bool, figure: &Figure) {
        let state = self.state(change, before, &figure.printed, &figure.place);
        self.number(&state, term(SCHEMA, "value"), figure.value, "decimal");
        self.add(&state, term(HK, "verbatim"), Literal::new_simple_literal(&*figure.printed));
        if let Some(unit) = &figure.unit {
            self.add(&state, term(SCHEMA, "unitText"), Literal::new_simple_literal(&**unit));
        }
        if let Some(year) = figure.year {
            self.number(&state, term(DCTERMS, "temporal"), format!("{year:04}"), "gYear");
        }
    }

    fn ranking(&mut self, diff: &RankingDiff) {
        for m in diff.moves.iter().filter(|m| m.before != m.after || m.agrees == Some(false)) {
            let mut kinds = Vec::new();
            match (m.before, m.after) {
                (a, b) if a == b => {}
                (None, _) => kinds.push("rank-new"),
                (_, None) => kinds.push("rank-gone"),
                _ => kinds.push("rank-moved"),
            }
            if m.agrees == Some(false) {
                kinds.push("rank-before-contradicted");
            }
            for kind in kinds {
                let node = self.change(kind);
                self.japanese(&node, &m.item);
                if let Some(entity) = &m.entity {
                    self.add(&node, term(SCHEMA, "item"), NamedNode::new_unchecked(&**entity));
                }
                let sides = [(true, m.before, &diff.place_before), (false, m.after, &diff.place_after)];
                for (before, rank, place) in sides {
                    let Some(rank) = rank else { continue };
                    let state = self.state(&node, before, if before { &diff.before } else { &diff.after }, place);
                    self.number(&state, term(SCHEMA, "position"), rank, "integer");
                    if let (false, Some(printed)) = (before, m.printed_previous) {
                        self.number(&state, term(HK, "previousRank"), printed, "integer");
                    }
                }
            }
        }
    }

    fn incident(&mut self, fate: &str, before: Option<&Incident>, after: Option<&Incident>) {
        let node = self.change(&format!("incident-{fate}"));
        for (is_before, incident) in [(true, before), (false, after)] {
            let Some(incident) = incident else { continue };
            let state = self.state(&node, is_before, &incident.text, &incident.places);
            for quantity in &incident.quantities {
                self.add(&state, term(HK, "verbatim"), Literal::new_simple_literal(&**quantity));
            }
        }
    }

    fn name(&mut self, fate: &str, name: &Name, before: bool) {
        let node = self.change(&format!("name-{fate}"));
        self.add(&node, term(DCTERMS, "subject"), NamedNode::new_unchecked(&*name.id));
        let state = self.state(&node, before, &name.label, [&name.first]);
        self.number(&state, term(HK, "times"), name.times, "integer");
    }

    fn write(self) -> Result<String> {
        let mut serializer = RdfSerializer::from_format(RdfFormat::Turtle);
        for (prefix, iri) in PREFIXES {
            serializer = serializer.with_prefix(prefix, iri)?;
        }
        let mut writer = serializer.for_writer(Vec::new());
        let mut quads = self.quads;
        quads.sort_by_cached_key(ToString::to_string);
        quads.dedup();
        for quad in &quads {
            writer.serialize_quad(quad)?;
        }
        Ok(String::from_utf8(writer.finish()?)?)
    }
}

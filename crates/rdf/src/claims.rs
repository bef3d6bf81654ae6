//! Claims of a report: events, figures, places of rankings, each a node with evidence (graph.md: claims are nodes).

use hakusho_lexicon::bounds;
use hakusho_model::{
    Block, BlockKind, Document, Event, EventKind, Exhibit, Modality, Observation, Quantity, RankEntry,
};
use oxrdf::{Literal, NamedNode};

use crate::evidence::{Evidence, sentence};
use crate::iris::Iris;
use crate::sink::Sink;
use crate::vocab::{DCTERMS, EDTF, PROV, RDFS, SCHEMA, SKOS, hk, term};

/// Characters a label has at most.
const LABEL: usize = 80;
/// Characters a quote around a figure has at most.
const QUOTE: usize = 160;

/// Where claims are written to.
pub(crate) struct Claims<'a, 'e> {
    pub(crate) document: &'a Document,
    pub(crate) iris: &'a Iris,
    pub(crate) sink: &'a mut Sink,
    pub(crate) evidence: &'a mut Evidence<'e>,
    /// The part of the report a block stands in.
    pub(crate) part_of: &'a dyn Fn(&Block) -> NamedNode,
}

impl Claims<'_, '_> {
    /// Writes all events and figures.
    pub(crate) fn write(&mut self) {
        for event in &self.document.events {
            self.event(event);
        }
        for figure in &self.document.observations {
            match &figure.exhibit {
                Some(exhibit) => self.exhibit_figure(exhibit, figure),
                None => self.figure(figure),
            }
        }
        for entry in &self.document.rankings {
            self.place(entry);
        }
    }

    /// A place of a ranking; the table's content is its evidence.
    fn place(&mut self, entry: &RankEntry) {
        let Some(exhibit) = self.document.exhibits.iter().find(|x| x.id == entry.exhibit) else { return };
        let Some(block) = content(self.document, exhibit) else { return };
        let Some(evidence) = self.evidence.of_block(self.sink, block) else { return };
        let ranking = self.iris.claim("rank", &format!("{}:{}", exhibit.id, entry.perspective));
        self.sink.kind(&ranking, hk("Ranking"));
        let title = [exhibit.caption.as_str(), entry.perspective.as_str()].join(" ");
        self.sink.japanese(&ranking, term(RDFS, "label"), title.trim());
        self.sink.text(&ranking, hk("perspective"), &entry.perspective);
        let node = NamedNode::new_unchecked(format!("{}/{}", ranking.as_str(), entry.rank));
        self.sink.add(&ranking, term(SCHEMA, "itemListElement"), node.clone());
        self.sink.kind(&node, hk("RankEntry"));
        self.sink.japanese(&node, term(RDFS, "label"), &entry.item);
        self.sink.typed(&node, term(SCHEMA, "position"), &entry.rank.to_string(), "integer");
        if let Some(before) = entry.previous {
            self.sink.typed(&node, hk("previousRank"), &before.to_string(), "integer");
        }
        if entry.is_new {
            self.sink.typed(&node, hk("isNewEntry"), "true", "boolean");
        }
        if let Some(item) = &entry.entity {
            self.sink.add(&node, term(SCHEMA, "item"), NamedNode::new_unchecked(item.clone()));
        }
        if let Some(survey) = &entry.survey {
            self.sink.add(&ranking, hk("survey"), NamedNode::new_unchecked(survey.clone()));
        }
        self.sink.add(&node, hk("inPart"), (self.part_of)(block));
        self.sink.add(&node, hk("evidence"), evidence);
    }

    fn event(&mut self, event: &Event) {
        let Some(block) = self.document.block(&event.block) else { return };
        let Some(certainty) = certainty(event.modality) else { return };
        let Some(evidence) = self.evidence.of_span(self.sink, block, event.start, event.end) else { return };
        let (folder, class) = match event.kind {
            EventKind::Incident => ("inc", "Incident"),
            EventKind::Enforcement | EventKind::Lawsuit => ("enf", "EnforcementAction"),
            EventKind::Legislation => ("step", "LegislativeStep"),
            EventKind::Announcement => ("event", "ReportedEvent"),
        };
        // One statement may tell of two victims: each is an event of its own.
        let whom = event.affected.join("+");
        let key = format!("{}:{}-{}:{}:{whom}", event.block, event.start, event.end, event.class);
        let node = self.iris.claim(folder, &key);
        self.sink.kind(&node, hk(class));
        let label: String = block.text.chars().skip(event.start).take(event.end - event.start).take(LABEL).collect();
        self.sink.japanese(&node, term(RDFS, "label"), label.trim());
        self.sink.text(&node, term(DCTERMS, "type"), &event.class);
        self.sink.text(&node, hk("certainty"), certainty);
        self.roles(&node, event);
        if let Some(date) = &event.date {
            self.date(&node, date);
        }
        for vector in &event.vectors {
            self.sink.add(&node, hk("attackType"), NamedNode::new_unchecked(vector.clone()));
        }
        for data in &event.data {
            let kind = self.iris.at(&format!("data/nil/{data}"));
            self.sink.kind(&kind, term(SKOS, "Concept"));
            self.sink.japanese(&kind, term(SKOS, "prefLabel"), data);
            self.sink.add(&node, hk("dataKind"), kind);
        }
        for source in &event.sources {
            self.sink.add(&node, term(PROV, "wasAttributedTo"), NamedNode::new_unchecked(source.clone()));
        }
        for (i, quantity) in event.quantities.iter().enumerate() {
            let amount = NamedNode::new_unchecked(format!("{}#q{}", node.as_str(), i + 1));
            let fine = event.kind == EventKind::Enforcement || event.kind == EventKind::Lawsuit;
            self.sink.add(&node, hk(if fine { "sanction" } else { "affected" }), amount.clone());
            self.quantity(&amount, quantity);
        }
        self.sink.add(&node, hk("inPart"), (self.part_of)(block));
        self.sink.add(&node, hk("evidence"), evidence);
    }

    fn roles(&mut self, node: &NamedNode, event: &Event) {
        let (does, has) = match event.kind {
            EventKind::Incident => ("actor", "victim"),
            EventKind::Enforcement | EventKind::Lawsuit => ("authority", "target"),
            EventKind::Legislation => ("authority", "concerns"),
            EventKind::Announcement => ("actor", "target"),
        };
        for (role, who) in [(does, &event.actors), (has, &event.affected), ("actor", &event.announcer)] {
            for iri in who {
                self.sink.add(node, hk(role), NamedNode::new_unchecked(iri.clone()));
            }
        }
    }

    /// The date as EDTF, and the days it spans.
    fn date(&mut self, node: &NamedNode, date: &str) {
        self.sink.add(node, hk("edtf"), Literal::new_typed_literal(date, term(EDTF, "EDTF")));
        if let Some((first, last)) = bounds(date) {
            self.sink.typed(node, hk("earliest"), &first, "date");
            self.sink.typed(node, hk("latest"), &last, "date");
        }
    }

    fn quantity(&mut self, node: &NamedNode, quantity: &Quantity) {
        self.sink.kind(node, hk("Quantity"));
        self.sink.typed(node, term(SCHEMA, "value"), &decimal(quantity.value), "decimal");
        if let Some(max) = quantity.max {
            self.sink.typed(node, term(SCHEMA, "maxValue"), &decimal(max), "decimal");
        }
        self.sink.text(node, term(SCHEMA, "unitText"), quantity.unit.as_deref().unwrap_or(""));
        self.sink.text(node, hk("qualifier"), quantity.qualifier.as_deref().unwrap_or(""));
        let printed = quantity.printed.clone().unwrap_or_else(|| decimal(quantity.value));
        self.sink.text(node, hk("verbatim"), &printed);
    }

    fn figure(&mut self, figure: &Observation) {
        let Some(block) = figure.block.as_deref().and_then(|id| self.document.block(id)) else { return };
        let chars: Vec<char> = block.text.chars().collect();
        // The figure stands behind the words that introduce it.
        let lead: Vec<char> = format!("{}{}", figure.category, figure.printed).chars().collect();
        let Some(at) = chars.windows(lead.len().max(1)).position(|w| w == lead) else { return };
        let start = at + figure.category.chars().count();
        let (from, to) = sentence(&chars, start, at + lead.len(), QUOTE);
        let Some(evidence) = self.evidence.of_span(self.sink, block, from, to) else { return };
        let node = self.iris.claim("fig", &format!("{}:{start}:{}", block.id, decimal(figure.value)));
        self.sink.japanese(&node, term(RDFS, "label"), &figure.category);
        self.state(&node, block, figure, evidence);
    }

    /// A point of a chart or a number cell of a table; the exhibit's content is its evidence.
    fn exhibit_figure(&mut self, exhibit: &str, figure: &Observation) {
        let Some(exhibit) = self.document.exhibits.iter().find(|x| x.id == exhibit) else { return };
        let Some(block) = content(self.document, exhibit) else { return };
        let Some(evidence) = self.evidence.of_block(self.sink, block) else { return };
        let series = figure.series.as_deref().unwrap_or("");
        let place = format!("{}:{}:{series}:{}", exhibit.id, figure.category, decimal(figure.value));
        let node = self.iris.claim("fig", &place);
        let label = [figure.category.as_str(), series].join(" ");
        self.sink.japanese(&node, term(RDFS, "label"), label.trim());
        self.state(&node, block, figure, evidence);
    }

    /// What is said of every figure.
    fn state(&mut self, node: &NamedNode, block: &Block, figure: &Observation, evidence: NamedNode) {
        self.sink.kind(node, hk("StatedFigure"));
        self.sink.typed(node, term(SCHEMA, "value"), &decimal(figure.value), "decimal");
        self.sink.text(node, term(SCHEMA, "unitText"), figure.unit.as_deref().unwrap_or(""));
        self.sink.text(node, hk("verbatim"), &figure.printed);
        if let Some(size) = figure.sample_size {
            self.sink.typed(node, hk("sampleSize"), &size.to_string(), "integer");
        }
        if let Some(survey) = &figure.survey {
            self.sink.add(node, hk("survey"), NamedNode::new_unchecked(survey.clone()));
        }
        if let Some(wave) = &figure.wave {
            self.sink.text(node, term(DCTERMS, "temporal"), wave);
        }
        self.sink.add(node, hk("inPart"), (self.part_of)(block));
        self.sink.add(node, hk("evidence"), evidence);
    }
}

/// The body of an exhibit: its table, chart or figure.
fn content<'d>(document: &'d Document, exhibit: &Exhibit) -> Option<&'d Block> {
    let body = |b: &&Block| matches!(b.kind, BlockKind::Table | BlockKind::Chart | BlockKind::Figure);
    exhibit.blocks.iter().filter_map(|id| document.block(id)).find(body)
}

/// The word the graph has for how an event is stated; `None` where nothing is claimed.
fn certainty(modality: Modality) -> Option<&'static str> {
    match modality {
        Modality::Fact => Some("確定"),
        Modality::Possible => Some("可能性"),
        Modality::Planned => Some("予定"),
        Modality::Negated => Some("否定"),
        Modality::Hypothetical => None,
    }
}

/// A number as an XML Schema decimal.
fn decimal(value: f64) -> String {
    format!("{value}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_have_no_exponent() {
        assert_eq!(decimal(45.9), "45.9");
        assert_eq!(decimal(123_973_800_000_000.0), "123973800000000");
        assert_eq!(decimal(-0.5), "-0.5");
    }
}

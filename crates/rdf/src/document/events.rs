//! Events (出来事): incidents, actions, legislative steps, announcements, each a node with evidence (graph.md: claims are nodes).

use hakusho_lexicon::bounds;
use hakusho_model::{Event, EventKind, Modality, Quantity};
use oxrdf::{Literal, NamedNode};

use super::Writer;
use super::figures::decimal;
use super::rules::EVENT;
use crate::vocab::{EDTF, PROV, RDFS, SCHEMA, hk, term};

/// Characters a label has at most.
const LABEL: usize = 80;

impl Writer<'_> {
    /// Writes all events that are more than a supposition.
    pub(super) fn events(&mut self) {
        for event in &self.document.events {
            self.event(event);
        }
    }

    fn event(&mut self, event: &Event) {
        let document = self.document;
        let Some(block) = document.block(&event.block) else { return };
        let Some(certainty) = certainty(event.modality) else { return };
        let chars: Vec<char> = block.text.chars().collect();
        let span = (event.start, event.end);
        let Some((evidence, _)) = self.evidence.around(block, &chars, span, &EVENT) else { return };
        let (folder, class, kind) = match event.kind {
            EventKind::Incident => ("inc", "Incident", "attackType"),
            EventKind::Enforcement | EventKind::Lawsuit => ("enf", "EnforcementAction", "actionKind"),
            EventKind::Legislation => ("step", "LegislativeStep", "stepKind"),
            EventKind::Announcement => ("event", "ReportedEvent", "eventKind"),
        };
        // One statement may tell of two victims: each is an event of its own.
        let whom = event.affected.join("+");
        let key = format!("{}:{}-{}:{}:{whom}", event.block, event.start, event.end, event.class);
        let node = self.iris.claim(folder, &key);
        self.sink.kind(&node, hk(class));
        let label: String = chars.iter().skip(event.start).take(event.end - event.start).take(LABEL).collect();
        self.sink.japanese(&node, term(RDFS, "label"), label.trim());
        self.sink.add(&node, hk(kind), hk(&format!("kind_{}", event.class)));
        self.sink.text(&node, hk("certainty"), certainty);
        self.roles(&node, event);
        if let Some(date) = &event.date {
            self.date(&node, date);
        }
        for vector in &event.vectors {
            self.sink.add(&node, hk("attackType"), NamedNode::new_unchecked(vector.clone()));
        }
        for data in &event.data {
            let kind = self.data_kind(data);
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

    /// An amount as printed.
    pub(super) fn quantity(&mut self, node: &NamedNode, quantity: &Quantity) {
        self.sink.kind(node, hk("Quantity"));
        self.sink.typed(node, term(SCHEMA, "value"), &decimal(quantity.value), "decimal");
        if let Some(max) = quantity.max {
            self.sink.typed(node, term(SCHEMA, "maxValue"), &decimal(max), "decimal");
        }
        self.sink.text(node, term(SCHEMA, "unitText"), quantity.unit.as_deref().unwrap_or(""));
        if let Some(qualifier) = quantity.qualifier.as_deref().filter(|q| !q.is_empty()) {
            self.sink.text(node, hk("qualifier"), qualifier);
        }
        let printed = quantity.printed.clone().unwrap_or_else(|| decimal(quantity.value));
        self.sink.text(node, hk("verbatim"), &printed);
    }
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

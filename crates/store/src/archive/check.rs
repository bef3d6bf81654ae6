//! What a load must be like: statements in their graphs, things named by IRIs, claims that rest on evidence.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};

use super::{Archive, Load};
use crate::error::StoreError;
use crate::names::Names;

/// What is known of a subject, one bit each.
const CLAIM: u8 = 1;
const PROVEN: u8 = 2;
const EVIDENCE: u8 = 4;
const SOURCE: u8 = 8;
const PAGE: u8 = 16;
const TEXT: u8 = 32;

impl Archive {
    /// Statements must belong to the file's graph or to that of things, name things by IRIs, and rest on evidence.
    pub(super) fn check(&self, load: &Load) -> Result<(), StoreError> {
        let problem = self.misplaced(load).or_else(|| self.unreferred(load)).or_else(|| self.unproven(load));
        match problem {
            Some(problem) => Err(StoreError::Refused { graph: load.graph.as_str().to_owned(), problem }),
            None => Ok(()),
        }
    }

    fn misplaced(&self, load: &Load) -> Option<String> {
        let places = [&load.graph, &self.names.things].map(|g| GraphName::NamedNode(g.clone()));
        load.quads.iter().find_map(|quad| {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else {
                return Some("it has blank nodes".to_owned());
            };
            let wrong = matches!(quad.object, Term::BlankNode(_)) || !places.contains(&quad.graph_name);
            wrong.then(|| format!("the statement about `{}` does not belong to it", subject.as_str()))
        })
    }

    /// Shared things are found by what refers to them: one that nothing refers to could never be taken out.
    fn unreferred(&self, load: &Load) -> Option<String> {
        let things = GraphName::NamedNode(self.names.things.clone());
        let mut described: BTreeSet<&NamedNode> =
            load.quads.iter().filter(|q| q.graph_name == things).filter_map(subject).collect();
        if described.is_empty() {
            return None;
        }
        for quad in &load.quads {
            if let Term::NamedNode(object) = &quad.object {
                described.remove(object);
            }
        }
        described.first().map(|thing| format!("it describes `{}`, to which nothing in it refers", thing.as_str()))
    }

    fn unproven(&self, load: &Load) -> Option<String> {
        let mut known: BTreeMap<&str, u8> = BTreeMap::new();
        for quad in &load.quads {
            if let (Some(subject), bit @ 1..) = (subject(quad), self.bit(quad)) {
                *known.entry(subject.as_str()).or_default() |= bit;
            }
        }
        known.into_iter().find_map(|(subject, bits)| Some(format!("`{subject}` {}", fault(bits)?)))
    }

    fn bit(&self, quad: &Quad) -> u8 {
        let n = &self.names;
        match &quad.predicate {
            p if p.as_ref() == rdf::TYPE => {
                (CLAIM * u8::from(Names::is_claim(&quad.object)))
                    | (EVIDENCE * u8::from(quad.object == Term::NamedNode(n.evidence_class.clone())))
            }
            p if *p == n.evidence => PROVEN,
            p if *p == n.has_source => SOURCE,
            p if *p == n.on_page => PAGE,
            p if *p == n.text => TEXT,
            _ => 0,
        }
    }
}

fn subject(quad: &Quad) -> Option<&NamedNode> {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

fn fault(bits: u8) -> Option<&'static str> {
    let lacks = |what: u8, bit: u8| bits & what != 0 && bits & bit == 0;
    match () {
        () if lacks(CLAIM, PROVEN) => Some("has no evidence"),
        () if lacks(EVIDENCE, SOURCE) => Some("is evidence without a file"),
        () if lacks(EVIDENCE, PAGE) => Some("is evidence without a page"),
        () if lacks(EVIDENCE, TEXT) => Some("is evidence without a quote"),
        () => None,
    }
}

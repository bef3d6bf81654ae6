//! How many statements, subjects, classes and properties some statements have: what `VoID` tells of a data set.

use std::collections::BTreeMap;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedOrBlankNode, Quad, Term};

/// Counts over statements (`VoID`, <https://www.w3.org/TR/void/#statistics>).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Statements.
    pub triples: u64,
    /// Different subjects; of several graphs, the sum over them.
    pub subjects: u64,
    /// Instances of each class, by its IRI.
    pub classes: BTreeMap<String, u64>,
    /// Statements with each property, by its IRI.
    pub properties: BTreeMap<String, u64>,
}

impl Counts {
    /// Counts statements of one graph, those with one subject in a row.
    pub fn of<'q>(quads: impl IntoIterator<Item = &'q Quad>) -> Self {
        let mut counts = Self::default();
        let mut before: Option<&NamedOrBlankNode> = None;
        for quad in quads {
            counts.triples += 1;
            counts.subjects += u64::from(before != Some(&quad.subject));
            before = Some(&quad.subject);
            bump(&mut counts.properties, quad.predicate.as_str());
            if let (rdf::TYPE, Term::NamedNode(class)) = (quad.predicate.as_ref(), &quad.object) {
                bump(&mut counts.classes, class.as_str());
            }
        }
        counts
    }

    /// Adds the counts of another graph.
    pub fn add(&mut self, other: &Self) {
        self.triples += other.triples;
        self.subjects += other.subjects;
        for (key, n) in &other.classes {
            *self.classes.entry(key.clone()).or_default() += n;
        }
        for (key, n) in &other.properties {
            *self.properties.entry(key.clone()).or_default() += n;
        }
    }

    /// Takes away the counts of a graph that went; nothing if they were never part of these.
    pub(crate) fn without(&self, other: &Self) -> Option<Self> {
        Some(Self {
            triples: self.triples.checked_sub(other.triples)?,
            subjects: self.subjects.checked_sub(other.subjects)?,
            classes: less(&self.classes, &other.classes)?,
            properties: less(&self.properties, &other.properties)?,
        })
    }
}

fn bump(counts: &mut BTreeMap<String, u64>, key: &str) {
    match counts.get_mut(key) {
        Some(n) => *n += 1,
        None => {
            counts.insert(key.to_owned(), 1);
        }
    }
}

fn less(all: &BTreeMap<String, u64>, part: &BTreeMap<String, u64>) -> Option<BTreeMap<String, u64>> {
    let mut out = all.clone();
    for (key, n) in part {
        let rest = out.get(key)?.checked_sub(*n)?;
        if rest == 0 {
            out.remove(key);
        } else {
            out.insert(key.clone(), rest);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use oxigraph::model::{GraphName, NamedNode};

    use super::*;

    fn quad(subject: &str, predicate: NamedNode, object: &str) -> Quad {
        let node = |name: &str| NamedNode::new_unchecked(format!("urn:{name}"));
        Quad::new(node(subject), predicate, node(object), GraphName::DefaultGraph)
    }

    fn some() -> Counts {
        let (a, p) = (rdf::TYPE.into_owned(), NamedNode::new_unchecked("urn:p"));
        Counts::of(&[quad("s", a.clone(), "C"), quad("s", p.clone(), "t"), quad("t", a, "C"), quad("t", p, "s")])
    }

    #[test]
    fn statements_subjects_classes_and_properties_are_counted() {
        let counts = some();
        assert_eq!((counts.triples, counts.subjects), (4, 2));
        assert_eq!(counts.classes, BTreeMap::from([("urn:C".to_owned(), 2)]));
        assert_eq!(counts.properties["urn:p"], 2);
    }

    #[test]
    fn what_was_added_can_be_taken_away_and_nothing_else() {
        let mut counts = some();
        counts.add(&some());
        assert_eq!(counts.triples, 8);
        let rest = counts.without(&some());
        assert_eq!(rest, Some(some()));
        assert_eq!(some().without(&some()), Some(Counts::default()));
        assert_eq!(some().without(&counts), None);
    }
}

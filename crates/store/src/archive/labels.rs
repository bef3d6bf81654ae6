//! What things are called that no authority list has.
//!
//! Reports print one name in several ways (株式会社 or ㈱, wide or narrow letters). Each file says how it prints a name
//! (`hk:Naming`); the thing is called by the first of them in the order of their characters. So it has one label, and the
//! same one whatever was loaded first.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use oxigraph::model::{Literal, NamedNode, NamedOrBlankNode, Quad, Term};

use super::{Archive, Change};
use crate::error::StoreError;

/// Labels that a change takes away and brings.
#[derive(Debug, Default)]
pub(super) struct Labels {
    pub(super) remove: Vec<Quad>,
    pub(super) insert: Vec<Quad>,
}

impl Archive {
    /// Labels of the things that a change touches; `gone` are the graphs it takes out or renews.
    pub(super) fn labels(&self, change: &Change, gone: &BTreeSet<&NamedNode>) -> Result<Labels, StoreError> {
        let mut coming: BTreeMap<NamedNode, BTreeSet<String>> = BTreeMap::new();
        for load in &change.loads {
            names_in(&load.quads, &self.names.calls, &self.names.verbatim, &mut coming);
        }
        let mut touched: BTreeSet<NamedNode> = coming.keys().cloned().collect();
        let mut recount = BTreeSet::new();
        for graph in gone {
            let named = self.store.quads_for_pattern(
                None,
                Some(self.names.calls.as_ref()),
                None,
                Some((*graph).as_ref().into()),
            );
            for quad in named {
                if let Term::NamedNode(thing) = quad?.object {
                    touched.insert(thing.clone());
                    recount.insert(thing);
                }
            }
        }
        let mut labels = Labels::default();
        for thing in touched {
            let now = self.label_quads(&thing)?;
            let mut names = coming.remove(&thing).unwrap_or_default();
            if recount.contains(&thing) {
                names.extend(self.names_of(&thing, gone)?);
            } else {
                names.extend(now.iter().filter_map(|q| literal(&q.object)));
            }
            let new = names.into_iter().next().map(|name| self.label_of(&thing, name));
            labels.remove.extend(now.iter().filter(|q| Some(*q) != new.as_ref()).cloned());
            labels.insert.extend(new.filter(|q| !now.contains(q)));
        }
        Ok(labels)
    }

    /// Whether a statement is such a label: those go and come by the names that files have, not by support.
    pub(super) fn is_label(&self, quad: &Quad) -> Result<bool, StoreError> {
        let NamedOrBlankNode::NamedNode(thing) = &quad.subject else { return Ok(false) };
        if quad.predicate != self.names.label {
            return Ok(false);
        }
        let called = Some(self.names.calls.as_ref());
        let named = self.store.quads_for_pattern(None, called, Some(thing.as_ref().into()), None).next();
        Ok(named.transpose()?.is_some())
    }

    fn label_of(&self, thing: &NamedNode, name: String) -> Quad {
        let label = Literal::new_language_tagged_literal_unchecked(name, "ja");
        Quad::new(thing.clone(), self.names.label.clone(), label, self.names.things.clone())
    }

    fn label_quads(&self, thing: &NamedNode) -> Result<Vec<Quad>, StoreError> {
        let things = Some(self.names.things.as_ref().into());
        let label = Some(self.names.label.as_ref());
        Ok(self.store.quads_for_pattern(Some(thing.as_ref().into()), label, None, things).collect::<Result<_, _>>()?)
    }

    /// How the loaded files print the name of a thing, some graphs left out.
    fn names_of(&self, thing: &NamedNode, except: &BTreeSet<&NamedNode>) -> Result<Vec<String>, StoreError> {
        let mut names = Vec::new();
        let called = Some(self.names.calls.as_ref());
        for quad in self.store.quads_for_pattern(None, called, Some(thing.as_ref().into()), None) {
            let quad = quad?;
            let graph = &quad.graph_name;
            if matches!(graph, oxigraph::model::GraphName::NamedNode(g) if except.contains(g)) {
                continue;
            }
            let verbatim = Some(self.names.verbatim.as_ref());
            for name in self.store.quads_for_pattern(Some(quad.subject.as_ref()), verbatim, None, Some(graph.as_ref()))
            {
                names.extend(literal(&name?.object));
            }
        }
        Ok(names)
    }
}

/// Names that statements have for things.
fn names_in(quads: &[Quad], calls: &NamedNode, verbatim: &NamedNode, out: &mut BTreeMap<NamedNode, BTreeSet<String>>) {
    let mut called: HashMap<&NamedOrBlankNode, &NamedNode> = HashMap::new();
    for quad in quads.iter().filter(|q| q.predicate == *calls) {
        if let Term::NamedNode(thing) = &quad.object {
            called.insert(&quad.subject, thing);
        }
    }
    for quad in quads.iter().filter(|q| q.predicate == *verbatim) {
        if let Some(thing) = called.get(&quad.subject) {
            out.entry((*thing).clone()).or_default().extend(literal(&quad.object));
        }
    }
}

fn literal(term: &Term) -> Option<String> {
    match term {
        Term::Literal(literal) => Some(literal.value().to_owned()),
        _ => None,
    }
}

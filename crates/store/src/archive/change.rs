//! Changes of the archive: files come, files go, all of a change or nothing of it.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use oxigraph::model::{GraphName, GraphNameRef, NamedNode, Quad};
use oxigraph::store::Transaction;

use super::labels::Labels;
use super::{Archive, Support, mark};
use crate::error::StoreError;

/// What is to be stored of one file.
#[derive(Clone, Debug)]
pub struct Load {
    /// The file.
    pub file: NamedNode,
    /// Graph of the file.
    pub graph: NamedNode,
    /// What the file says, in its graph and in that of things.
    pub quads: Vec<Quad>,
    /// What the registry says of it.
    pub registry: Vec<Quad>,
}

/// A loaded file that is to go.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gone {
    /// The file.
    pub file: NamedNode,
    /// Its graph.
    pub graph: NamedNode,
}

/// What changes together.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// Files that go.
    pub gone: Vec<Gone>,
    /// Files that come; one that is loaded already is replaced by what is said here.
    pub loads: Vec<Load>,
    /// What the registry keeps of the change for good.
    pub history: Vec<Quad>,
}

impl Archive {
    /// Makes a change: readers see all of it or nothing, and so does who opens the store after a crash.
    ///
    /// `support` counts the shared statements of the files that are loaded once the change is made; of the statements about
    /// shared things that the files which go lead to, those without support go too.
    ///
    /// # Errors
    /// When a graph holds statements of another graph, blank nodes, or claims without evidence; nothing is changed then.
    pub fn apply(&self, change: &Change, support: &Support) -> Result<(), StoreError> {
        for load in &change.loads {
            self.check(load)?;
        }
        let gone = self.going(change)?;
        let labels = self.labels(change, &gone.keys().copied().collect())?;
        if gone.is_empty() { self.bulk(change, labels) } else { self.transact(change, &gone, labels, support) }
    }

    /// Files whose statements have to be taken out: those that go, and those that come but are there already.
    fn going<'c>(&self, change: &'c Change) -> Result<BTreeMap<&'c NamedNode, &'c NamedNode>, StoreError> {
        let mut gone: BTreeMap<_, _> = change.gone.iter().map(|g| (&g.graph, &g.file)).collect();
        for load in &change.loads {
            if self.store.contains_named_graph(&load.graph)? {
                gone.insert(&load.graph, &load.file);
            }
        }
        Ok(gone)
    }

    /// Only additions. The bulk loader writes table files beside the store and takes all of them up by one entry of `RocksDB`'s
    /// manifest, which is as atomic as a transaction, and without a second copy in the write-ahead log.
    ///
    /// Where a name of the change is to be the label of a thing that is there already, it takes the place of the old one in a
    /// transaction before: after a crash in between the thing has one label as ever, and the load done again finds it.
    fn bulk(&self, change: &Change, labels: Labels) -> Result<(), StoreError> {
        if !labels.remove.is_empty() {
            let mut transaction = self.store.start_transaction()?;
            labels.remove.iter().for_each(|quad| transaction.remove(quad));
            let old: BTreeSet<String> = labels.remove.iter().map(|q| q.subject.to_string()).collect();
            let replaced = labels.insert.iter().filter(|q| old.contains(&q.subject.to_string()));
            transaction.extend(replaced.map(Quad::as_ref));
            transaction.commit()?;
        }
        let loads = change.loads.iter().flat_map(|l| l.quads.iter().chain(&l.registry));
        let mut loader = self.store.bulk_loader();
        loader.load_quads(loads.chain(&change.history).cloned().chain(labels.insert))?;
        Ok(loader.commit()?)
    }

    fn transact(
        &self,
        change: &Change,
        gone: &BTreeMap<&NamedNode, &NamedNode>,
        labels: Labels,
        support: &Support,
    ) -> Result<(), StoreError> {
        let mut transaction = self.store.start_transaction()?;
        let mut shared = BTreeMap::new();
        for (graph, file) in gone {
            shared.extend(self.shared(graph)?.into_iter().map(|q| (mark(&q), q)));
            self.forget(&mut transaction, file, graph)?;
        }
        for (_, quad) in shared.iter().filter(|(mark, _)| support.files(**mark) == 0) {
            if !self.is_label(quad)? {
                transaction.remove(quad);
            }
        }
        let coming: BTreeSet<&NamedNode> = change.loads.iter().map(|l| &l.graph).collect();
        for graph in gone.keys().filter(|g| !coming.contains(**g)) {
            transaction.remove_named_graph(graph.as_ref())?;
        }
        for load in &change.loads {
            self.renew(&mut transaction, load)?;
            transaction.extend(load.registry.iter().map(Quad::as_ref));
        }
        transaction.extend(change.history.iter().map(Quad::as_ref));
        labels.remove.iter().for_each(|quad| transaction.remove(quad));
        transaction.extend(labels.insert.iter().map(Quad::as_ref));
        let things: GraphNameRef<'_> = self.names.things.as_ref().into();
        if transaction.quads_for_pattern(None, None, None, Some(things)).next().is_none() {
            transaction.remove_named_graph(self.names.things.as_ref())?;
        }
        Ok(transaction.commit()?)
    }

    /// Writes what a load has and the store has not, and takes out of its graph what it has no more.
    fn renew(&self, transaction: &mut Transaction<'_>, load: &Load) -> Result<(), StoreError> {
        let own = GraphName::NamedNode(load.graph.clone());
        let mut new: HashSet<&Quad> = load.quads.iter().filter(|q| q.graph_name == own).collect();
        for quad in self.graph(&load.graph) {
            let quad = quad?;
            if !new.remove(&quad) {
                transaction.remove(&quad);
            }
        }
        transaction.extend(load.quads.iter().filter(|q| q.graph_name != own || new.contains(q)).map(Quad::as_ref));
        Ok(())
    }

    /// Removes what the registry says of a file and its graph; the runs stay.
    fn forget(&self, transaction: &mut Transaction<'_>, file: &NamedNode, graph: &NamedNode) -> Result<(), StoreError> {
        let mut known = self.registry_of(file)?;
        known.extend(self.registry_of(graph)?);
        let registry: GraphNameRef<'_> = self.names.registry.as_ref().into();
        let embodied = self.store.quads_for_pattern(
            None,
            Some(self.names.embodiment.as_ref()),
            Some(file.as_ref().into()),
            Some(registry),
        );
        known.extend(embodied.collect::<Result<Vec<_>, _>>()?);
        for quad in known.iter().filter(|q| !self.names.is_history(q)) {
            transaction.remove(quad);
        }
        Ok(())
    }
}

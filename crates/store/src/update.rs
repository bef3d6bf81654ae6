//! SPARQL Update for graphs of one's own: notes, mappings, lists that stand beside what reports say.
//!
//! What was loaded is never changed by hand: a statement without its printed line, or a graph that is not what its file
//! gives, would be worth nothing. So an update may name, to write to, only graphs outside the namespace of the archive.

use std::time::Duration;

use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, Quad, Term};
use oxigraph::store::Transaction;
use spargebra::GraphUpdateOperation;
use spargebra::algebra::GraphTarget;
use spargebra::term::{GraphName, GraphNamePattern, GroundQuadPattern, QuadPattern};

use crate::archive::Archive;
use crate::error::StoreError;
use crate::query::{change, understand_update};

const VERSION: &str = "https://schema.org/version";
const MODIFIED: &str = "http://purl.org/dc/terms/modified";

impl Archive {
    /// Makes an update, all of it or nothing. `moment` (`xsd:dateTime`) is noted, so that readers see that something changed.
    ///
    /// # Errors
    /// When it cannot be understood, would change what was loaded, reads from elsewhere (`LOAD`), fails, or takes longer
    /// than `limit`.
    pub fn update(&self, text: &str, moment: &str, limit: Option<Duration>) -> Result<(), StoreError> {
        let update = understand_update(text)?;
        for operation in &update.operations {
            self.check_update(operation)?;
        }
        change(&self.store, update, limit, |transaction| self.note(transaction, moment))
    }

    /// Which update was the last one, and when it was made; nothing where there was none.
    ///
    /// # Errors
    /// On failure of the storage.
    pub fn updated(&self) -> Result<Option<(u64, String)>, StoreError> {
        let graph = self.names.updates();
        let noted = |property: &str| -> Result<Option<String>, StoreError> {
            let property = NamedNode::new_unchecked(property);
            let mut found =
                self.store.quads_for_pattern(None, Some(property.as_ref()), None, Some(graph.as_ref().into()));
            Ok(found.next().transpose()?.and_then(|quad| match quad.object {
                Term::Literal(value) => Some(value.value().to_owned()),
                _ => None,
            }))
        };
        let number = noted(VERSION)?.and_then(|n| n.parse().ok());
        Ok(number.zip(noted(MODIFIED)?))
    }

    fn note(&self, transaction: &mut Transaction<'_>, moment: &str) -> Result<(), StoreError> {
        let graph = self.names.updates();
        let number = self.updated()?.map_or(1, |(number, _)| number + 1);
        transaction.clear_graph(graph.as_ref())?;
        for (property, value) in [
            (VERSION, Literal::new_typed_literal(number.to_string(), xsd::INTEGER)),
            (MODIFIED, Literal::new_typed_literal(moment, xsd::DATE_TIME)),
        ] {
            let note = Quad::new(graph.clone(), NamedNode::new_unchecked(property), value, graph.clone());
            transaction.insert(&note);
        }
        Ok(())
    }

    fn check_update(&self, operation: &GraphUpdateOperation) -> Result<(), StoreError> {
        match operation {
            GraphUpdateOperation::InsertData { data } => data.iter().try_for_each(|q| self.own(&q.graph_name)),
            GraphUpdateOperation::DeleteData { data } => data.iter().try_for_each(|q| self.own(&q.graph_name)),
            GraphUpdateOperation::DeleteInsert { delete, insert, .. } => {
                delete.iter().try_for_each(|GroundQuadPattern { graph_name, .. }| self.own_pattern(graph_name))?;
                insert.iter().try_for_each(|QuadPattern { graph_name, .. }| self.own_pattern(graph_name))
            }
            GraphUpdateOperation::Clear { graph, .. } | GraphUpdateOperation::Drop { graph, .. } => match graph {
                GraphTarget::NamedNode(graph) => self.own_name(graph),
                _ => Err(refused("name the graph to be cleared; all graphs at once are not yours")),
            },
            GraphUpdateOperation::Create { graph, .. } => self.own_name(graph),
            GraphUpdateOperation::Load { .. } => Err(refused("LOAD is not done: nothing is fetched from elsewhere")),
        }
    }

    fn own(&self, graph: &GraphName) -> Result<(), StoreError> {
        match graph {
            GraphName::NamedNode(graph) => self.own_name(graph),
            GraphName::DefaultGraph => Err(refused("say which graph is written to (GRAPH <…> { … } or WITH <…>)")),
        }
    }

    fn own_pattern(&self, graph: &GraphNamePattern) -> Result<(), StoreError> {
        match graph {
            GraphNamePattern::NamedNode(graph) => self.own_name(graph),
            GraphNamePattern::DefaultGraph => self.own(&GraphName::DefaultGraph),
            GraphNamePattern::Variable(_) => Err(refused("the graph written to must be named, not a variable")),
        }
    }

    fn own_name(&self, graph: &NamedNode) -> Result<(), StoreError> {
        if self.names.is_ours(graph.as_ref()) {
            let problem = format!("`{}` is part of the archive; write to a graph of your own", graph.as_str());
            return Err(StoreError::UpdateRefused { problem });
        }
        Ok(())
    }
}

fn refused(problem: &str) -> StoreError {
    StoreError::UpdateRefused { problem: problem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "https://example.org/id/";
    const NOW: &str = "2026-01-02T03:04:05Z";

    fn check(text: &str, problem: Option<&str>) {
        let archive = Archive::in_memory(BASE).expect("a store");
        archive.update("CREATE GRAPH <urn:there>", NOW, None).expect("a graph of one's own");
        let told = match archive.update(text, NOW, None) {
            Ok(()) => None,
            Err(StoreError::UpdateRefused { problem }) => Some(problem),
            Err(other) => Some(other.to_string()),
        };
        assert_eq!(told.is_some(), problem.is_some(), "{text}: {told:?}");
        if let (Some(told), Some(problem)) = (told, problem) {
            assert!(told.contains(problem), "{text}: {told}");
        }
    }

    #[test]
    fn only_graphs_of_ones_own_are_written_to() {
        check("INSERT DATA { GRAPH <urn:mine> { <a:b> <a:c> 1 } }", None);
        check("DELETE DATA { GRAPH <urn:mine> { <a:b> <a:c> 1 } }", None);
        check("WITH <urn:mine> DELETE { ?s ?p 1 } INSERT { ?s ?p 2 } WHERE { ?s ?p 1 }", None);
        check("CLEAR GRAPH <urn:there>; DROP SILENT GRAPH <urn:mine>; CREATE GRAPH <urn:other>", None);
        check("COPY <https://example.org/id/graph/things> TO <urn:copy>", None);
        check("INSERT DATA { <a:b> <a:c> 1 }", Some("say which graph"));
        check(
            "INSERT DATA { GRAPH <https://example.org/id/graph/things> { <a:b> <a:c> 1 } }",
            Some("part of the archive"),
        );
        check("DELETE WHERE { GRAPH <https://example.org/id/graph/0123456789abcdef> { ?s ?p ?o } }", Some("part of"));
        check("DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }", Some("not a variable"));
        check("MOVE <https://example.org/id/graph/things> TO <urn:copy>", Some("part of the archive"));
        check("CLEAR ALL", Some("name the graph"));
        check("DROP DEFAULT", Some("name the graph"));
        check("LOAD <http://example.org/x.ttl> INTO GRAPH <urn:mine>", Some("LOAD"));
        check("CREATE GRAPH <urn:there>", Some("there already"));
        check("SELECT * {}", Some("cannot be understood"));
    }

    #[test]
    fn an_update_is_noted_and_sees_everything() {
        let archive = Archive::in_memory(BASE).expect("a store");
        assert_eq!(archive.updated().expect("read"), None);
        archive.update("INSERT DATA { GRAPH <urn:one> { <a:b> <a:c> 1 } }", NOW, None).expect("made");
        archive.update("INSERT { GRAPH <urn:two> { ?s <a:d> ?o } } WHERE { ?s <a:c> ?o }", NOW, None).expect("made");
        assert_eq!(archive.updated().expect("read"), Some((2, NOW.to_owned())));
        let two = NamedNode::new_unchecked("urn:two");
        assert_eq!(archive.graph(&two).count(), 1, "what stands in other graphs is found");
    }

    #[test]
    fn past_its_limit_nothing_is_changed() {
        let archive = Archive::in_memory(BASE).expect("a store");
        let many: String = (0..3_000).map(|i| format!("<a:b> <a:c> {i} . ")).collect();
        archive.update(&format!("INSERT DATA {{ GRAPH <urn:one> {{ {many} }} }}"), NOW, None).expect("made");
        let slow = "INSERT { GRAPH <urn:two> { <a:b> <a:d> ?n } } WHERE { SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } }";
        let late = archive.update(slow, NOW, Some(Duration::from_millis(50)));
        assert!(matches!(late, Err(StoreError::TimeLimit { .. })), "{late:?}");
        assert_eq!(archive.graph(&NamedNode::new_unchecked("urn:two")).count(), 0);
    }
}

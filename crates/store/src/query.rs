//! Questions: SPARQL over what is current, with the prefixes everyone needs.

use std::collections::BTreeSet;

use oxigraph::model::{GraphName, NamedNode};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};

use crate::archive::Archive;
use crate::error::StoreError;
use crate::search::SearchService;

/// Prefixes that need not be declared.
pub const PREFIXES: [(&str, &str); 22] = [
    ("hk", "https://w3id.org/hakusho/ns#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("schema", "http://schema.org/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("qb", "http://purl.org/linked-data/cube#"),
    ("sdmx-measure", "http://purl.org/linked-data/sdmx/2009/measure#"),
    ("sdmx-attribute", "http://purl.org/linked-data/sdmx/2009/attribute#"),
    ("doco", "http://purl.org/spar/doco/"),
    ("deo", "http://purl.org/spar/deo/"),
    ("fabio", "http://purl.org/spar/fabio/"),
    ("cito", "http://purl.org/spar/cito/"),
    ("biro", "http://purl.org/spar/biro/"),
    ("frbr", "http://purl.org/vocab/frbr/core#"),
    ("po", "http://www.essepuntato.it/2008/12/pattern#"),
    ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
];

impl Archive {
    /// Runs a query. Without `FROM` it sees the union of what is current, registry, ontology and authorities.
    ///
    /// # Errors
    /// When the query cannot be understood or fails.
    pub fn query(&self, text: &str) -> Result<QueryResults<'static>, StoreError> {
        let mut evaluator = SparqlEvaluator::new();
        for (prefix, iri) in PREFIXES {
            evaluator =
                evaluator.with_prefix(prefix, iri).unwrap_or_else(|e| unreachable!("the prefixes are fixed: {e}"));
        }
        if let Some(search) = &self.search {
            evaluator = evaluator.with_service_handler(SearchService::name(), search.clone());
        }
        let mut query = evaluator.parse_query(text)?;
        if query.dataset().is_default_dataset() {
            if self.superseded()? {
                let current: BTreeSet<NamedNode> = self.current_graphs()?;
                let graphs = self.reference_graphs()?.into_iter().chain(current).map(GraphName::NamedNode);
                query.dataset_mut().set_default_graph(graphs.collect());
            } else {
                query.dataset_mut().set_default_graph_as_union();
            }
        }
        Ok(query.on_store(&self.store).execute()?)
    }
}

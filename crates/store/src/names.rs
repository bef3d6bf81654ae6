//! The few names the store must know: the registry's, and which classes are claims.

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

const HK: &str = "https://w3id.org/hakusho/ns#";
const PROV: &str = "http://www.w3.org/ns/prov#";
const DCTERMS: &str = "http://purl.org/dc/terms/";
const FRBR: &str = "http://purl.org/vocab/frbr/core#";
const OA: &str = "http://www.w3.org/ns/oa#";

/// Classes of things that a report claims: none is loaded without evidence.
const CLAIMS: [&str; 8] = [
    "Mention",
    "Exhibit",
    "Incident",
    "EnforcementAction",
    "LegislativeStep",
    "ReportedEvent",
    "RankEntry",
    "Observation",
];

/// Names used by the store, under one base.
#[derive(Debug)]
pub(crate) struct Names {
    graphs: String,
    base: String,
    pub(crate) registry: NamedNode,
    /// What a file calls a thing.
    pub(crate) calls: NamedNode,
    pub(crate) verbatim: NamedNode,
    pub(crate) label: NamedNode,
    pub(crate) things: NamedNode,
    pub(crate) current_graph: NamedNode,
    pub(crate) graph_hash: NamedNode,
    pub(crate) ontology_hash: NamedNode,
    pub(crate) version: NamedNode,
    pub(crate) artifact: NamedNode,
    pub(crate) quad_count: NamedNode,
    pub(crate) page_count: NamedNode,
    pub(crate) mention_count: NamedNode,
    pub(crate) part: NamedNode,
    pub(crate) file_name: NamedNode,
    pub(crate) sha256: NamedNode,
    pub(crate) order: NamedNode,
    pub(crate) load_run: NamedNode,
    pub(crate) evidence: NamedNode,
    pub(crate) evidence_class: NamedNode,
    pub(crate) on_page: NamedNode,
    pub(crate) text: NamedNode,
    pub(crate) has_source: NamedNode,
    pub(crate) generated_by: NamedNode,
    pub(crate) generated: NamedNode,
    pub(crate) invalidated_by: NamedNode,
    pub(crate) invalidated_at: NamedNode,
    pub(crate) used: NamedNode,
    pub(crate) agent: NamedNode,
    pub(crate) started: NamedNode,
    pub(crate) ended: NamedNode,
    pub(crate) source: NamedNode,
    pub(crate) relation: NamedNode,
    pub(crate) kind: NamedNode,
    pub(crate) title: NamedNode,
    pub(crate) issued: NamedNode,
    pub(crate) embodiment: NamedNode,
    pub(crate) realization: NamedNode,
}

impl Names {
    pub(crate) fn new(base: &str) -> Self {
        let name = |namespace: &str, local: &str| NamedNode::new_unchecked(format!("{namespace}{local}"));
        Self {
            graphs: format!("{base}graph/"),
            base: base.to_owned(),
            registry: name(base, "graph/registry"),
            calls: name(HK, "names"),
            verbatim: name(HK, "verbatim"),
            label: name("http://www.w3.org/2004/02/skos/core#", "prefLabel"),
            things: name(base, "graph/things"),
            current_graph: name(HK, "currentGraph"),
            graph_hash: name(HK, "graphHash"),
            ontology_hash: name(HK, "ontologyHash"),
            version: name(HK, "programVersion"),
            artifact: name(HK, "artifact"),
            quad_count: name(HK, "quadCount"),
            page_count: name(HK, "pageCount"),
            mention_count: name(HK, "mentionCount"),
            part: name(HK, "part"),
            file_name: name(HK, "fileName"),
            sha256: name(HK, "sha256"),
            order: name(HK, "order"),
            load_run: name(HK, "LoadRun"),
            evidence: name(HK, "evidence"),
            evidence_class: name(HK, "Evidence"),
            on_page: name(HK, "onPage"),
            text: name(HK, "text"),
            has_source: name(OA, "hasSource"),
            generated_by: name(PROV, "wasGeneratedBy"),
            generated: name(PROV, "generated"),
            invalidated_by: name(PROV, "wasInvalidatedBy"),
            invalidated_at: name(PROV, "invalidatedAtTime"),
            used: name(PROV, "used"),
            agent: name(PROV, "wasAssociatedWith"),
            started: name(PROV, "startedAtTime"),
            ended: name(PROV, "endedAtTime"),
            source: name(DCTERMS, "source"),
            relation: name(DCTERMS, "relation"),
            kind: name(DCTERMS, "type"),
            title: name(DCTERMS, "title"),
            issued: name(DCTERMS, "issued"),
            embodiment: name(FRBR, "embodiment"),
            realization: name(FRBR, "realizationOf"),
        }
    }

    /// Whether an object of `rdf:type` is a class of claims.
    pub(crate) fn is_claim(class: &Term) -> bool {
        let Term::NamedNode(class) = class else { return false };
        class.as_str().strip_prefix(HK).is_some_and(|local| CLAIMS.contains(&local))
    }

    /// Graphs of files are named by sixteen hexadecimal characters.
    pub(crate) fn is_file_graph(&self, graph: NamedNodeRef<'_>) -> bool {
        let local = graph.as_str().strip_prefix(&self.graphs).unwrap_or_default();
        local.len() == 16 && local.bytes().all(|b| b.is_ascii_hexdigit())
    }

    /// The graph that notes when somebody last changed graphs of their own.
    pub(crate) fn updates(&self) -> NamedNode {
        NamedNode::new_unchecked(format!("{}updates", self.graphs))
    }

    /// Whether a graph belongs to the archive, and not to those who ask it.
    pub(crate) fn is_ours(&self, graph: NamedNodeRef<'_>) -> bool {
        graph.as_str().starts_with(&self.base) || graph.as_str().starts_with(HK.trim_end_matches("ns#"))
    }

    /// Statements about runs and the programs that ran carry clock times and differ between equal stores.
    pub(crate) fn is_history(&self, quad: &Quad) -> bool {
        let of_run = |iri: &str| {
            let local = iri.strip_prefix(self.base.as_str()).unwrap_or_default();
            local.starts_with("run/") || local.starts_with("agent/")
        };
        quad.predicate == self.invalidated_at
            || matches!(&quad.subject, NamedOrBlankNode::NamedNode(n) if of_run(n.as_str()))
            || matches!(&quad.object, Term::NamedNode(n) if of_run(n.as_str()))
    }
}

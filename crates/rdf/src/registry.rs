//! The registry: which file is loaded for which edition, with which hash, and every load, replacement, renewal and
//! retraction as a PROV activity. Only the activities carry a clock time.

use hakusho_lexicon::{Edition, Series};
use oxrdf::{NamedNode, Quad};

use crate::iris::segment;
use crate::sink::Sink;
use crate::vocab::{DCTERMS, FABIO, FRBR, PROV, RDFS, hk, term};

/// Graph of the registry, below the base.
pub const REGISTRY_GRAPH: &str = "graph/registry";

/// A file, as far as the registry knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRecord {
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its name when it was loaded.
    pub name: String,
    /// Pages.
    pub pages: usize,
    /// Mentions.
    pub mentions: usize,
}

/// What was built of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadRecord {
    /// Version of the program that built it.
    pub version: String,
    /// Hash of ontology and lexicon.
    pub ontology_hash: String,
    /// Hash of the artifact's sorted N-Quads.
    pub graph_hash: String,
    /// Statements in the file's graph; those about shared things are not counted.
    pub quads: usize,
    /// Key under which the artifact is kept.
    pub artifact: String,
}

/// Why a run took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunKind {
    /// A file was loaded that took no other's place.
    New,
    /// A file took the place of others.
    Replaces,
    /// A loaded file was read anew, by another version or with other knowledge.
    Renewed,
    /// A file was taken out.
    Retracted,
}

impl RunKind {
    /// The word in the registry (`dcterms:type` of the run).
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Replaces => "replaces",
            Self::Renewed => "renewed",
            Self::Retracted => "retracted",
        }
    }
}

/// One change of the archive that concerns one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRecord {
    /// Number of the run in this archive, from 1.
    pub number: u64,
    /// Why it took place.
    pub kind: RunKind,
    /// Moment it started, `2026-11-21T00:01:00Z`.
    pub started: String,
    /// Moment it ended.
    pub ended: String,
    /// Version of the program that ran.
    pub version: String,
    /// IRI of the file's edition.
    pub edition: String,
    /// SHA-256 of the file that was read or taken out.
    pub sha256: String,
    /// Name of that file.
    pub name: String,
    /// What was built, or what had been built of a file that was taken out.
    pub load: LoadRecord,
    /// IRIs of the graphs that went.
    pub gone: Vec<String>,
}

/// IRI of the file with a hash.
pub fn file_iri(base: &str, sha256: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{base}file/{}", key(sha256)))
}

/// IRI of the graph of the file with a hash.
pub fn graph_iri(base: &str, sha256: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{base}graph/{}", key(sha256)))
}

/// IRI of an edition.
pub fn edition_iri(base: &str, edition: &Edition) -> NamedNode {
    NamedNode::new_unchecked(format!("{base}ed/{}", segment(&edition.id)))
}

fn key(sha256: &str) -> &str {
    sha256.get(..16).unwrap_or("unread")
}

/// What the registry says of a loaded file, its edition and its series, without the run: the same for the same load.
pub fn registry_quads(
    file: &FileRecord,
    edition: &Edition,
    series: Option<&Series>,
    record: &LoadRecord,
    base: &str,
) -> Vec<Quad> {
    let mut sink = Sink::new(NamedNode::new_unchecked(format!("{base}{REGISTRY_GRAPH}")));
    let (node, graph) = (file_iri(base, &file.sha256), graph_iri(base, &file.sha256));
    let of_edition = edition_iri(base, edition);
    sink.add(&node, hk("currentGraph"), graph.clone());
    sink.add(&of_edition, term(FRBR, "embodiment"), node.clone());
    describe_file(file, edition, &node, &mut sink);
    describe_edition(edition, series, &of_edition, base, &mut sink);
    sink.add(&graph, term(DCTERMS, "source"), of_edition);
    sink.add(&graph, term(PROV, "wasDerivedFrom"), node);
    describe_load(record, &graph, &mut sink);
    sink.finish()
}

fn describe_file(file: &FileRecord, edition: &Edition, node: &NamedNode, sink: &mut Sink) {
    sink.kind(node, hk("SourceFile"));
    sink.text(node, term(DCTERMS, "format"), "application/pdf");
    sink.text(node, hk("sha256"), &file.sha256);
    sink.text(node, hk("fileName"), &file.name);
    sink.number(node, hk("pageCount"), file.pages as i64);
    sink.number(node, hk("mentionCount"), file.mentions as i64);
    if let Some(part) = &edition.part {
        sink.text(node, hk("part"), part);
    }
}

fn describe_edition(edition: &Edition, series: Option<&Series>, node: &NamedNode, base: &str, sink: &mut Sink) {
    sink.kind(node, hk("Edition"));
    sink.kind(node, term(FABIO, "ReportDocument"));
    sink.japanese(node, term(DCTERMS, "title"), &edition.title);
    sink.text(node, term(DCTERMS, "language"), "ja");
    if let Some(year) = edition.year {
        sink.typed(node, term(DCTERMS, "issued"), &format!("{year:04}"), "gYear");
    }
    if let Some(series) = series {
        let work = NamedNode::new_unchecked(format!("{base}work/{}", segment(&series.id)));
        sink.add(node, term(FRBR, "realizationOf"), work.clone());
        if !series.kind.is_empty() {
            sink.kind(node, term(FABIO, &series.kind));
        }
        describe_series(series, &work, base, sink);
    }
}

fn describe_series(series: &Series, work: &NamedNode, base: &str, sink: &mut Sink) {
    sink.kind(work, hk("ReportSeries"));
    sink.japanese(work, term(RDFS, "label"), &series.title);
    if !series.title_en.is_empty() {
        sink.english(work, term(RDFS, "label"), &series.title_en);
    }
    if !series.publisher.is_empty() {
        let publisher = NamedNode::new_unchecked(format!("{base}{}", series.publisher));
        sink.add(work, term(DCTERMS, "publisher"), publisher);
    }
    if !series.publisher_name.is_empty() {
        sink.japanese(work, term(DCTERMS, "publisher"), &series.publisher_name);
    }
}

fn describe_load(record: &LoadRecord, node: &NamedNode, sink: &mut Sink) {
    sink.text(node, hk("graphHash"), &record.graph_hash);
    sink.number(node, hk("quadCount"), record.quads as i64);
    sink.text(node, hk("ontologyHash"), &record.ontology_hash);
    sink.text(node, hk("programVersion"), &record.version);
    sink.text(node, hk("artifact"), &record.artifact);
}

/// A run as a PROV activity. It stays when the file has gone: with the artifact's key everything can be found again.
pub fn run_quads(run: &RunRecord, base: &str) -> Vec<Quad> {
    let mut sink = Sink::new(NamedNode::new_unchecked(format!("{base}{REGISTRY_GRAPH}")));
    let node = NamedNode::new_unchecked(format!("{base}run/{:06}-{}", run.number, key(&run.sha256)));
    let agent = NamedNode::new_unchecked(format!("{base}agent/hakusho-{}", run.version));
    sink.kind(&node, hk("LoadRun"));
    sink.kind(&node, term(PROV, "Activity"));
    sink.text(&node, term(DCTERMS, "type"), run.kind.word());
    sink.number(&node, hk("order"), i64::try_from(run.number).unwrap_or(i64::MAX));
    sink.typed(&node, term(PROV, "startedAtTime"), &run.started, "dateTime");
    sink.typed(&node, term(PROV, "endedAtTime"), &run.ended, "dateTime");
    sink.add(&node, term(PROV, "used"), file_iri(base, &run.sha256));
    sink.add(&node, term(DCTERMS, "relation"), NamedNode::new_unchecked(run.edition.clone()));
    sink.text(&node, hk("sha256"), &run.sha256);
    sink.text(&node, hk("fileName"), &run.name);
    describe_load(&run.load, &node, &mut sink);
    if run.kind != RunKind::Retracted {
        let graph = graph_iri(base, &run.sha256);
        sink.add(&node, term(PROV, "generated"), graph.clone());
        sink.add(&graph, term(PROV, "wasGeneratedBy"), node.clone());
    }
    for graph in run.gone.iter().map(NamedNode::new_unchecked) {
        sink.add(&graph, term(PROV, "wasInvalidatedBy"), node.clone());
        sink.typed(&graph, term(PROV, "invalidatedAtTime"), &run.ended, "dateTime");
    }
    sink.add(&node, term(PROV, "wasAssociatedWith"), agent.clone());
    sink.kind(&agent, term(PROV, "SoftwareAgent"));
    sink.english(&agent, term(RDFS, "label"), &format!("hakusho {}", run.version));
    sink.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load() -> LoadRecord {
        LoadRecord {
            version: "1.0".into(),
            ontology_hash: "o".into(),
            graph_hash: "g".into(),
            quads: 3,
            artifact: "a".into(),
        }
    }

    #[test]
    fn what_is_current_carries_no_time_and_names_no_run() {
        let file = FileRecord { sha256: "00".repeat(32), name: "a.pdf".into(), pages: 1, mentions: 2 };
        let edition = Edition { series: None, id: "e".into(), title: "t".into(), year: Some(2024), part: None };
        let quads = registry_quads(&file, &edition, None, &load(), "urn:b/");
        assert!(quads.len() > 10);
        assert!(quads.iter().all(|q| !q.to_string().contains("/run/") && !q.to_string().contains("Time")));
    }

    #[test]
    fn a_retraction_generates_nothing_and_invalidates_its_graph() {
        let run = |kind, gone: &[&str]| {
            let record = RunRecord {
                number: 7,
                kind,
                started: "2026-11-21T00:01:00Z".into(),
                ended: "2026-11-21T00:01:05Z".into(),
                version: "1.0".into(),
                edition: "urn:b/ed/e".into(),
                sha256: "ab".repeat(32),
                name: "a.pdf".into(),
                load: load(),
                gone: gone.iter().map(|g| (*g).to_owned()).collect(),
            };
            run_quads(&record, "urn:b/").iter().map(|q| format!("{q}\n")).collect::<String>()
        };
        let new = run(RunKind::New, &[]);
        assert!(new.contains("prov#generated") && !new.contains("Invalidated") && !new.contains("invalidated"));
        assert!(new.contains("<urn:b/run/000007-abababababababab>"));
        let retracted = run(RunKind::Retracted, &["urn:b/graph/abababababababab"]);
        assert!(retracted.contains("wasInvalidatedBy") && retracted.contains("invalidatedAtTime"));
        assert!(!retracted.contains("prov#generated") && retracted.contains("\"retracted\""));
    }
}

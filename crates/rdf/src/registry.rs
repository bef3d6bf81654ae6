//! The registry: which file is loaded for which edition, when, by what, with which hash. The only graph with a clock.

use hakusho_lexicon::{Edition, Series};
use hakusho_model::Document;
use oxrdf::{NamedNode, Quad};

use crate::iris::{Iris, segment};
use crate::sink::Sink;
use crate::vocab::{DCTERMS, FABIO, FRBR, PROV, RDFS, hk, term};

/// Graph of the registry, below the base.
pub const REGISTRY_GRAPH: &str = "graph/registry";

/// What the loader knows about a load besides the document.
#[derive(Clone, Debug)]
pub struct LoadRecord {
    /// Moment the load ended, `2026-11-21T00:01:00Z`.
    pub ended: String,
    /// Version of the program.
    pub version: String,
    /// Hash of ontology and lexicon.
    pub ontology_hash: String,
    /// Hash of the sorted N-Quads of the file's graph.
    pub graph_hash: String,
    /// Statements in the file's graph.
    pub quads: usize,
}

/// Registry entry of a loaded file. Everything but the run is the same for the same load.
pub fn registry_quads(
    document: &Document,
    edition: &Edition,
    series: Option<&Series>,
    record: &LoadRecord,
    base: &str,
) -> Vec<Quad> {
    let iris = Iris::new(base, document, edition);
    let mut sink = Sink::new(iris.at(REGISTRY_GRAPH));
    let (file, graph, node) = (iris.source_file(), iris.graph(), iris.edition());
    sink.add(&file, hk("currentGraph"), graph.clone());
    describe(document, edition, series, &iris, &mut sink);
    sink.number(&file, hk("mentionCount"), document.mentions.len() as i64);
    sink.add(&graph, term(DCTERMS, "source"), node);
    sink.add(&graph, term(PROV, "wasDerivedFrom"), file);
    sink.text(&graph, hk("graphHash"), &record.graph_hash);
    sink.number(&graph, hk("quadCount"), record.quads as i64);
    sink.text(&graph, hk("ontologyHash"), &record.ontology_hash);
    sink.text(&graph, hk("programVersion"), &record.version);
    run(&iris, &graph, record, &mut sink);
    sink.finish()
}

/// Series, edition and file.
fn describe(document: &Document, edition: &Edition, series: Option<&Series>, iris: &Iris, sink: &mut Sink) {
    let (node, file) = (iris.edition(), iris.source_file());
    sink.kind(&node, hk("Edition"));
    sink.kind(&node, term(FABIO, "ReportDocument"));
    sink.japanese(&node, term(DCTERMS, "title"), &edition.title);
    sink.text(&node, term(DCTERMS, "language"), "ja");
    sink.add(&node, term(FRBR, "embodiment"), file.clone());
    if let Some(year) = edition.year {
        sink.typed(&node, term(DCTERMS, "issued"), &format!("{year:04}"), "gYear");
    }
    if let Some(series) = series {
        let work = iris.at(&format!("work/{}", segment(&series.id)));
        sink.add(&node, term(FRBR, "realizationOf"), work.clone());
        if !series.kind.is_empty() {
            sink.kind(&node, term(FABIO, &series.kind));
        }
        sink.kind(&work, hk("ReportSeries"));
        sink.japanese(&work, term(RDFS, "label"), &series.title);
        if !series.title_en.is_empty() {
            sink.english(&work, term(RDFS, "label"), &series.title_en);
        }
        if !series.publisher.is_empty() {
            sink.add(&work, term(DCTERMS, "publisher"), iris.at(&series.publisher));
        }
        if !series.publisher_name.is_empty() {
            sink.japanese(&work, term(DCTERMS, "publisher"), &series.publisher_name);
        }
    }
    sink.kind(&file, hk("SourceFile"));
    sink.text(&file, term(DCTERMS, "format"), "application/pdf");
    sink.text(&file, hk("sha256"), &document.source.sha256);
    sink.text(&file, hk("fileName"), &document.source.file);
    sink.number(&file, hk("pageCount"), document.pages.len() as i64);
    if let Some(part) = &edition.part {
        sink.text(&file, hk("part"), part);
    }
}

fn run(iris: &Iris, graph: &NamedNode, record: &LoadRecord, sink: &mut Sink) {
    let file_key = graph.as_str().rsplit('/').next().unwrap_or_default();
    let stamp: String = record.ended.chars().filter(char::is_ascii_alphanumeric).collect();
    let run = iris.at(&format!("run/{stamp}-{file_key}"));
    let agent = iris.at(&format!("agent/hakusho-{}", record.version));
    sink.add(graph, term(PROV, "wasGeneratedBy"), run.clone());
    sink.kind(&run, hk("LoadRun"));
    sink.typed(&run, term(PROV, "endedAtTime"), &record.ended, "dateTime");
    sink.add(&run, term(PROV, "wasAssociatedWith"), agent.clone());
    sink.kind(&agent, term(PROV, "SoftwareAgent"));
    sink.english(&agent, term(RDFS, "label"), &format!("hakusho {}", record.version));
}

//! Made-up files with statements of their own and statements that they share.

use hakusho_store::{Archive, Change, Gone, Literal, Load, Mark, NamedNode, Quad, QueryResults, Support, Term, mark};

pub(crate) const BASE: &str = "urn:b/";
const HK: &str = "https://w3id.org/hakusho/ns#";
const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const LABEL: &str = "http://www.w3.org/2004/02/skos/core#prefLabel";

pub(crate) fn node(iri: &str) -> NamedNode {
    NamedNode::new_unchecked(iri)
}

pub(crate) fn at(path: &str) -> NamedNode {
    node(&format!("{BASE}{path}"))
}

pub(crate) fn hk(name: &str) -> NamedNode {
    node(&format!("{HK}{name}"))
}

pub(crate) fn quad(subject: &NamedNode, predicate: &NamedNode, object: impl Into<Term>, graph: &str) -> Quad {
    Quad::new(subject.clone(), predicate.clone(), object, at(&format!("graph/{graph}")))
}

pub(crate) fn text(value: &str) -> Term {
    Literal::new_simple_literal(value).into()
}

/// A file as it was read with some knowledge: another version of it says other things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Made {
    pub(crate) file: u64,
    pub(crate) version: u64,
}

impl Made {
    fn key(self) -> String {
        format!("{:016x}", self.file)
    }

    /// Two files make an edition, two editions a series.
    pub(crate) fn edition(self) -> u64 {
        self.file / 2
    }

    /// A claim with its evidence and three references: to a thing all files name, to one some name, to one of its own; each
    /// leads to another thing. What is said of a thing depends on who says it.
    pub(crate) fn load(self) -> Load {
        let key = self.key();
        let (file, graph) = (at(&format!("file/{key}")), at(&format!("graph/{key}")));
        let (claim, evidence) = (at(&format!("inc/{key}")), at(&format!("ev/{key}")));
        let mut quads = vec![
            quad(&claim, &node(TYPE), hk("Incident"), &key),
            quad(&claim, &hk("evidence"), evidence.clone(), &key),
            quad(&evidence, &node(TYPE), hk("Evidence"), &key),
            quad(&evidence, &node("http://www.w3.org/ns/oa#hasSource"), file.clone(), &key),
            quad(&evidence, &hk("onPage"), at(&format!("p/{key}")), &key),
            quad(&evidence, &hk("text"), text(&format!("quote {}", self.version)), &key),
        ];
        for number in [0, 1 + self.file % 3, 100 + self.file + 50 * self.version] {
            let (thing, above) = (at(&format!("org/nil/{number}")), at(&format!("org/nil/above-{}", number % 4)));
            quads.push(quad(&evidence, &hk("mentions"), thing.clone(), &key));
            quads.push(quad(&thing, &node(LABEL), text(&format!("as file {} says", self.file % 2)), "things"));
            quads.push(quad(&thing, &hk("partOf"), above.clone(), "things"));
            quads.push(quad(&above, &node(LABEL), text(&format!("above {}", self.version)), "things"));
        }
        quads.sort_by_cached_key(ToString::to_string);
        quads.dedup();
        Load { registry: self.registry(&file, &graph), file, graph, quads }
    }

    fn registry(self, file: &NamedNode, graph: &NamedNode) -> Vec<Quad> {
        let (edition, series) = (at(&format!("ed/{}", self.edition())), at(&format!("work/{}", self.edition() / 2)));
        let frbr = |name: &str| node(&format!("http://purl.org/vocab/frbr/core#{name}"));
        let dcterms = |name: &str| node(&format!("http://purl.org/dc/terms/{name}"));
        let title = text(&format!("title {}", self.version));
        vec![
            quad(file, &hk("currentGraph"), graph.clone(), "registry"),
            quad(file, &hk("fileName"), text("a.pdf"), "registry"),
            quad(graph, &dcterms("source"), edition.clone(), "registry"),
            quad(graph, &hk("graphHash"), text(&format!("{self:?}")), "registry"),
            quad(&edition, &frbr("embodiment"), file.clone(), "registry"),
            quad(&edition, &dcterms("title"), title.clone(), "registry"),
            quad(&edition, &frbr("realizationOf"), series.clone(), "registry"),
            quad(&series, &node("http://www.w3.org/2000/01/rdf-schema#label"), title, "registry"),
        ]
    }

    pub(crate) fn gone(self) -> Gone {
        let load = self.load();
        Gone { file: load.file, graph: load.graph }
    }

    /// Marks of what it says that others may say too.
    pub(crate) fn shared(self) -> Vec<Mark> {
        let load = self.load();
        let own = |q: &Quad| q.graph_name == load.graph.clone().into();
        let of_file = |q: &Quad| {
            [&load.file, &load.graph]
                .iter()
                .any(|n| q.subject == (*n).clone().into() || q.object == (*n).clone().into())
        };
        load.quads.iter().filter(|q| !own(q)).chain(load.registry.iter().filter(|q| !of_file(q))).map(mark).collect()
    }

    /// A run that brings it, or takes it out.
    pub(crate) fn run(self, number: u64, comes: bool) -> Vec<Quad> {
        let run = at(&format!("run/{number:06}-{}", self.key()));
        let graph = self.load().graph;
        let word = if comes { "wasGeneratedBy" } else { "wasInvalidatedBy" };
        let provenance = node(&format!("http://www.w3.org/ns/prov#{word}"));
        vec![
            quad(&run, &node(TYPE), hk("LoadRun"), "registry"),
            quad(&run, &hk("artifact"), text(&format!("artifact of version {}", self.version)), "registry"),
            quad(&graph, &provenance, run, "registry"),
        ]
    }
}

/// Support by some files.
pub(crate) fn support<'m>(files: impl IntoIterator<Item = &'m Made>) -> Support {
    let mut support = Support::default();
    files.into_iter().for_each(|f| support.add(f.shared()));
    support
}

/// Loads some files at once into an empty store.
pub(crate) fn fresh(files: &[Made]) -> Archive {
    let archive = Archive::in_memory(BASE).expect("a store in memory");
    let change = Change { loads: files.iter().map(|f| f.load()).collect(), ..Change::default() };
    archive.apply(&change, &support(files)).expect("sound loads");
    archive
}

/// Names of all graphs, sorted, and everything in them but the history.
pub(crate) fn state(archive: &Archive) -> (Vec<String>, String) {
    let Ok(QueryResults::Solutions(graphs)) = archive.query("SELECT ?g { GRAPH ?g {} }") else { panic!("no graphs") };
    let mut graphs: Vec<String> = graphs.map(|s| s.expect("a graph").get("g").expect("its name").to_string()).collect();
    graphs.sort();
    (graphs, archive.sorted_nquads().expect("a store that can be read"))
}

//! What of a graph can be searched: passages and bodies of exhibits, captions, section titles, labels.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Term, vocab::rdf};
use oxigraph::store::{StorageError, Store};

const HK: &str = "https://w3id.org/hakusho/ns#";
const CONTAINED: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("http://www.essepuntato.it/2008/12/pattern#isContainedBy");
const TITLE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://purl.org/dc/terms/title");
const LABELS: [NamedNodeRef<'_>; 2] = [
    NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#prefLabel"),
    NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#altLabel"),
];

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Caption of an exhibit.
    Caption,
    /// Text of an exhibit's body.
    Exhibit,
    /// Labels of a thing.
    Label,
    /// A paragraph, list item, chronology entry, box, footnote or source note.
    Passage,
    /// Title of a section.
    Title,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 5] = [Self::Caption, Self::Exhibit, Self::Label, Self::Passage, Self::Title];

    /// Its name in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Caption => "caption",
            Self::Exhibit => "exhibit",
            Self::Label => "label",
            Self::Passage => "passage",
            Self::Title => "title",
        }
    }

    /// The kind of that name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.as_str() == name)
    }
}

/// A node with one kind of text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Part {
    pub(crate) node: String,
    pub(crate) kind: Kind,
    /// One text, or all labels.
    pub(crate) texts: Vec<String>,
    /// `hk:boxes` of the text.
    pub(crate) boxes: Option<String>,
}

/// Everything of a graph, by node.
pub(crate) fn parts(store: &Store, graph: NamedNodeRef<'_>) -> Result<Vec<Part>, StorageError> {
    let mut out = labels(store, graph)?;
    let name = GraphNameRef::from(graph);
    // What stands in something is a part of a report; evidence, which holds text too, does not.
    let mut nodes = BTreeSet::new();
    for quad in store.quads_for_pattern(None, Some(CONTAINED), None, Some(name)) {
        if let NamedOrBlankNode::NamedNode(node) = quad?.subject {
            nodes.insert(node);
        }
    }
    for node in nodes {
        out.extend(About::read(store, &node, name)?.parts(node));
    }
    out.sort();
    Ok(out)
}

/// Labels of everything in a graph, the preferred ones first.
pub(crate) fn labels(store: &Store, graph: NamedNodeRef<'_>) -> Result<Vec<Part>, StorageError> {
    let mut found: BTreeMap<String, BTreeSet<(usize, String)>> = BTreeMap::new();
    for (rank, predicate) in LABELS.into_iter().enumerate() {
        for quad in store.quads_for_pattern(None, Some(predicate), None, Some(graph.into())) {
            let quad = quad?;
            if let (NamedOrBlankNode::NamedNode(node), Term::Literal(label)) = (quad.subject, quad.object) {
                found.entry(node.into_string()).or_default().insert((rank, label.value().to_owned()));
            }
        }
    }
    let part = |(node, labels): (String, BTreeSet<(usize, String)>)| Part {
        node,
        kind: Kind::Label,
        texts: labels.into_iter().map(|(_, text)| text).collect(),
        boxes: None,
    };
    Ok(found.into_iter().map(part).collect())
}

/// What a graph says of a part of a report.
#[derive(Debug, Default)]
struct About {
    exhibit: bool,
    cell: bool,
    titles: Vec<String>,
    texts: Vec<String>,
    boxes: Option<String>,
}

impl About {
    fn read(store: &Store, node: &NamedNode, graph: GraphNameRef<'_>) -> Result<Self, StorageError> {
        let mut about = Self::default();
        for quad in store.quads_for_pattern(Some(NamedOrBlankNodeRef::from(node)), None, None, Some(graph)) {
            let quad = quad?;
            let predicate = quad.predicate.as_ref();
            match (predicate.as_str().strip_prefix(HK), quad.object) {
                (Some("text"), Term::Literal(text)) => about.texts.push(text.value().to_owned()),
                (Some("boxes"), Term::Literal(boxes)) => about.boxes = Some(boxes.value().to_owned()),
                (None, Term::Literal(title)) if predicate == TITLE => about.titles.push(title.value().to_owned()),
                (None, Term::NamedNode(class)) if predicate == rdf::TYPE => match class.as_str().strip_prefix(HK) {
                    Some("Exhibit") => about.exhibit = true,
                    Some("Cell") => about.cell = true,
                    _ => {}
                },
                _ => {}
            }
        }
        about.titles.sort();
        about.texts.sort();
        Ok(about)
    }

    /// The texts of a cell stand in the body of its exhibit already.
    fn parts(self, node: NamedNode) -> Vec<Part> {
        let (title, text) = if self.exhibit { (Kind::Caption, Kind::Exhibit) } else { (Kind::Title, Kind::Passage) };
        let part = |kind, texts, boxes| Part { node: node.as_str().to_owned(), kind, texts, boxes };
        let all = [part(title, self.titles, None), part(text, self.texts, self.boxes)];
        all.into_iter().filter(|p| !self.cell && !p.texts.is_empty()).collect()
    }
}

//! Where a hit is printed: edition and page.

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Term};
use oxigraph::store::StorageError;

use super::error::SearchError;
use super::hit::Hit;
use crate::archive::Archive;

const HK: &str = "https://w3id.org/hakusho/ns#";

/// Edition and page of a hit; nothing for things that stand in no report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// IRI of the edition.
    pub edition: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Printed page number.
    pub page: Option<String>,
    /// Page of the file, from 1.
    pub index: Option<u32>,
}

impl Hit {
    /// Where it is printed.
    ///
    /// # Errors
    /// On failure of the storage.
    pub fn place(&self, archive: &Archive) -> Result<Place, SearchError> {
        Ok(place(archive, self)?)
    }
}

fn place(archive: &Archive, hit: &Hit) -> Result<Place, StorageError> {
    let node = |iri: &str| NamedNode::new_unchecked(iri);
    let names = &archive.names;
    let graph = node(&hit.graph);
    let edition = object(archive, &graph, names.source.as_ref(), names.registry.as_ref())?;
    let title = match &edition {
        Some(edition) => object(archive, &node(edition), names.title.as_ref(), names.registry.as_ref())?,
        None => None,
    };
    let mut place = Place { edition, title, ..Place::default() };
    if let Some(page) = object(archive, &node(&hit.node), hk("onPage").as_ref(), graph.as_ref())? {
        place.page = object(archive, &node(&page), hk("printedPage").as_ref(), graph.as_ref())?;
        let index = object(archive, &node(&page), hk("pageIndex").as_ref(), graph.as_ref())?;
        place.index = index.and_then(|i| i.parse().ok());
    }
    Ok(place)
}

fn hk(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{HK}{name}"))
}

/// The least object of a statement, as text.
fn object(
    archive: &Archive,
    subject: &NamedNode,
    predicate: NamedNodeRef<'_>,
    graph: NamedNodeRef<'_>,
) -> Result<Option<String>, StorageError> {
    let mut least: Option<String> = None;
    let subject = NamedOrBlankNodeRef::from(subject);
    for quad in archive.store.quads_for_pattern(Some(subject), Some(predicate), None, Some(graph.into())) {
        let text = match quad?.object {
            Term::NamedNode(node) => node.into_string(),
            Term::Literal(literal) => literal.value().to_owned(),
            Term::BlankNode(_) => continue,
        };
        if least.as_ref().is_none_or(|known| text < *known) {
            least = Some(text);
        }
    }
    Ok(least)
}

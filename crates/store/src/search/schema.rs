//! Fields of the index, and which documents they make.

use tantivy::TantivyDocument;
use tantivy::schema::{Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions, Value as _};

use super::parts::{Kind, Part};
use super::tokenizer::TOKENIZER;

/// Changes whenever an index made before would answer otherwise: fields, folding, terms.
pub(crate) const FORMAT: &str = "hakusho-search/1";

/// Places of the fields in the schema.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// `node kind graph`: what a document is told by, and sorted by among equals. A column.
    pub(crate) id: Field,
    /// The same as a term, where documents are replaced one by one.
    pub(crate) key: Field,
    pub(crate) graph: Field,
    pub(crate) kind: Field,
    pub(crate) text: Field,
    pub(crate) boxes: Field,
    /// Hash of a document that is replaced on its own.
    pub(crate) hash: Field,
}

/// Column of [`Fields::id`].
pub(crate) const ID: &str = "id";
/// Column of [`Fields::hash`].
pub(crate) const HASH: &str = "hash";

/// The schema and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexing =
        |tokenizer: &str, option| TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option);
    let exact =
        || TextOptions::default().set_indexing_options(indexing("raw", IndexRecordOption::Basic).set_fieldnorms(false));
    let text = indexing(TOKENIZER, IndexRecordOption::WithFreqsAndPositions);
    let fields = Fields {
        id: builder.add_text_field(ID, TextOptions::default().set_fast("raw")),
        key: builder.add_text_field("key", exact()),
        graph: builder.add_text_field("graph", exact()),
        kind: builder.add_text_field("kind", exact()),
        text: builder.add_text_field("text", TextOptions::default().set_indexing_options(text).set_stored()),
        boxes: builder.add_text_field("boxes", TextOptions::default().set_stored()),
        hash: builder.add_u64_field(HASH, NumericOptions::default().set_fast()),
    };
    (builder.build(), fields)
}

impl Fields {
    /// The document of a part.
    pub(crate) fn document(&self, part: &Part, graph: &str) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_text(self.id, id(&part.node, part.kind, graph));
        document.add_text(self.graph, graph);
        document.add_text(self.kind, part.kind.as_str());
        for text in &part.texts {
            document.add_text(self.text, text);
        }
        if let Some(boxes) = &part.boxes {
            document.add_text(self.boxes, boxes);
        }
        document
    }

    /// The same, for a part that is replaced on its own.
    pub(crate) fn single(&self, part: &Part, graph: &str, hash: u64) -> TantivyDocument {
        let mut document = self.document(part, graph);
        document.add_text(self.key, id(&part.node, part.kind, graph));
        document.add_u64(self.hash, hash);
        document
    }

    /// Texts and boxes of a stored document.
    pub(crate) fn stored(&self, document: &TantivyDocument) -> (Vec<String>, Option<String>) {
        let strings = |field| document.get_all(field).filter_map(|v| v.as_str().map(str::to_owned));
        (strings(self.text).collect(), strings(self.boxes).next())
    }
}

/// What a document is told by. IRIs hold no spaces.
pub(crate) fn id(node: &str, kind: Kind, graph: &str) -> String {
    format!("{node} {} {graph}", kind.as_str())
}

/// Node, kind and graph of an id.
pub(crate) fn parse_id(id: &str) -> Option<(&str, Kind, &str)> {
    let mut parts = id.splitn(3, ' ');
    Some((parts.next()?, Kind::of(parts.next()?)?, parts.next()?))
}

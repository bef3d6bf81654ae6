//! A `DoclingDocument` (schema version 1.10, docling-core of `PyPI`), for tools that read that form.
//!
//! Boxes keep their origin at the top left. Exhibits become tables or pictures with their captions; furniture goes to the
//! furniture layer; what Docling has no place for (mentions, figures, anchors of footnotes) is in `--to json`.

use hakusho_model::{ArtifactKind, Block, BlockKind, Document, Exhibit, Region, Table};
use serde_json::{Value, json};

/// A document as `DoclingDocument` JSON.
pub(crate) fn document(document: &Document) -> String {
    let mut tree = Tree::new(document);
    for block in &document.blocks {
        tree.block(block);
    }
    tree.artifacts();
    let mut text = serde_json::to_string_pretty(&tree.finish()).unwrap_or_default();
    text.push('\n');
    text
}

struct Tree<'d> {
    document: &'d Document,
    body: Vec<Value>,
    groups: Vec<Value>,
    texts: Vec<Value>,
    tables: Vec<Value>,
    pictures: Vec<Value>,
    /// Whether the last child of the body is a list that is still open.
    open_list: bool,
}

impl<'d> Tree<'d> {
    fn new(document: &'d Document) -> Self {
        let (body, groups, texts, tables, pictures) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { document, body, groups, texts, tables, pictures, open_list: false }
    }

    fn block(&mut self, block: &Block) {
        let exhibit = self.document.exhibits.iter().find(|x| x.blocks.contains(&block.id));
        let in_list = matches!(block.kind, BlockKind::ListItem | BlockKind::ChronologyEntry);
        self.open_list &= in_list;
        let label = match block.kind {
            BlockKind::Heading => "section_header",
            BlockKind::ListItem | BlockKind::ChronologyEntry => return self.list_item(block),
            BlockKind::Caption => "caption",
            BlockKind::Footnote => "footnote",
            BlockKind::Table => return self.table(block, exhibit),
            BlockKind::Chart | BlockKind::Figure => return self.picture(block, exhibit),
            BlockKind::Paragraph | BlockKind::Box | BlockKind::SourceNote | BlockKind::Note => "text",
        };
        let reference = self.text(label, "body", "#/body", &block.text, &provenance(block));
        if let (BlockKind::Heading, Some(text)) = (block.kind, self.texts.last_mut()) {
            text["level"] = json!(block.level.unwrap_or(1));
        }
        self.body.push(reference);
    }

    fn text(&mut self, label: &str, layer: &str, parent: &str, text: &str, provenance: &Value) -> Value {
        let name = format!("#/texts/{}", self.texts.len());
        self.texts.push(json!({
            "self_ref": name, "parent": {"$ref": parent}, "children": [], "content_layer": layer, "label": label,
            "prov": provenance, "orig": text, "text": text,
        }));
        json!({"$ref": name})
    }

    fn list_item(&mut self, block: &Block) {
        if !self.open_list {
            let name = format!("#/groups/{}", self.groups.len());
            self.groups.push(json!({
                "self_ref": name, "parent": {"$ref": "#/body"}, "children": [], "content_layer": "body",
                "name": "list", "label": "list",
            }));
            self.body.push(json!({"$ref": name}));
            self.open_list = true;
        }
        let group = format!("#/groups/{}", self.groups.len() - 1);
        let item = self.text("list_item", "body", &group, &block.text, &provenance(block));
        if let (Some(text), Some(group)) = (self.texts.last_mut(), self.groups.last_mut()) {
            text["enumerated"] = json!(false);
            text["marker"] = json!("");
            if let Value::Array(children) = &mut group["children"] {
                children.push(item);
            }
        }
    }

    fn table(&mut self, block: &Block, exhibit: Option<&Exhibit>) {
        let Some(table) = exhibit.and_then(|x| x.tables.first()) else { return self.picture(block, exhibit) };
        let name = format!("#/tables/{}", self.tables.len());
        self.tables.push(json!({
            "self_ref": name, "parent": {"$ref": "#/body"}, "children": [], "content_layer": "body", "label": "table",
            "prov": provenance(block), "captions": self.captions(exhibit), "references": [], "footnotes": [],
            "data": grid(table), "annotations": [],
        }));
        self.body.push(json!({"$ref": name}));
    }

    fn picture(&mut self, block: &Block, exhibit: Option<&Exhibit>) {
        let name = format!("#/pictures/{}", self.pictures.len());
        let label = if block.kind == BlockKind::Chart { "chart" } else { "picture" };
        let inside = self.text("text", "body", &name, &block.text, &provenance(block));
        self.pictures.push(json!({
            "self_ref": name, "parent": {"$ref": "#/body"}, "children": [inside], "content_layer": "body", "label": label,
            "prov": provenance(block), "captions": self.captions(exhibit), "references": [], "footnotes": [],
            "annotations": [],
        }));
        self.body.push(json!({"$ref": name}));
    }

    /// References to the caption of an exhibit, where it stands before its content.
    fn captions(&self, exhibit: Option<&Exhibit>) -> Vec<Value> {
        let Some(exhibit) = exhibit else { return Vec::new() };
        let is_caption = |b: &&Block| b.kind == BlockKind::Caption && exhibit.blocks.contains(&b.id);
        let Some(caption) = self.document.blocks.iter().find(is_caption) else { return Vec::new() };
        let same = |t: &&Value| t["label"] == "caption" && t["text"] == caption.text.as_str();
        self.texts.iter().rev().find(same).map(|t| json!({"$ref": t["self_ref"]})).into_iter().collect()
    }

    fn artifacts(&mut self) {
        for artifact in &self.document.artifacts {
            let label = match artifact.kind {
                ArtifactKind::RunningFoot | ArtifactKind::PageNumber => "page_footer",
                ArtifactKind::RunningHead | ArtifactKind::SideTab | ArtifactKind::Decoration => "page_header",
            };
            let region = Region { page: artifact.page, bbox: artifact.bbox };
            let place = json!([place(&region, artifact.text.chars().count())]);
            let reference = self.text(label, "furniture", "#/body", &artifact.text, &place);
            self.body.push(reference);
        }
    }

    fn finish(self) -> Value {
        let source = &self.document.source;
        let page = |p: &hakusho_model::PageInfo| {
            (p.index.to_string(), json!({"size": {"width": p.width, "height": p.height}, "page_no": p.index}))
        };
        let pages: serde_json::Map<String, Value> = self.document.pages.iter().map(page).collect();
        let root = |name: &str, layer: &str, children: Vec<Value>| json!({"self_ref": name, "children": children, "content_layer": layer, "name": "_root_", "label": "unspecified"});
        json!({
            "schema_name": "DoclingDocument", "version": "1.10.0",
            "name": source.file.trim_end_matches(".pdf"),
            "origin": {"mimetype": "application/pdf", "binary_hash": hash(&source.sha256), "filename": source.file},
            "furniture": root("#/furniture", "furniture", Vec::new()),
            "body": root("#/body", "body", self.body),
            "groups": self.groups, "texts": self.texts, "pictures": self.pictures, "tables": self.tables,
            "key_value_items": [], "form_items": [], "pages": pages,
        })
    }
}

/// The first eight bytes of the file's SHA-256 as a number, which is all Docling has room for.
fn hash(sha256: &str) -> u64 {
    u64::from_str_radix(sha256.get(..16).unwrap_or_default(), 16).unwrap_or(0)
}

fn provenance(block: &Block) -> Value {
    let length = block.text.chars().count();
    Value::Array(block.regions.iter().map(|r| place(r, length)).collect())
}

fn place(region: &Region, length: usize) -> Value {
    let b = region.bbox;
    json!({
        "page_no": region.page, "charspan": [0, length],
        "bbox": {"l": b.x0, "t": b.y0, "r": b.x1, "b": b.y1, "coord_origin": "TOPLEFT"},
    })
}

/// Cells with their places: a cell covered by a span is not repeated in our rows, so each goes to the next free place.
fn grid(table: &Table) -> Value {
    let mut taken: Vec<Vec<bool>> = vec![Vec::new(); table.rows.len()];
    let mut cells = Vec::new();
    let mut width = 0;
    for (row, line) in table.rows.iter().enumerate() {
        for cell in line {
            let column = taken[row].iter().position(|taken| !taken).unwrap_or(taken[row].len());
            let (right, below) = (column + cell.col_span as usize, (row + cell.row_span as usize).min(taken.len()));
            for covered in &mut taken[row..below] {
                covered.resize(covered.len().max(right), false);
                covered[column..right].fill(true);
            }
            width = width.max(right);
            cells.push(json!({
                "row_span": below - row, "col_span": cell.col_span, "text": cell.text,
                "start_row_offset_idx": row, "end_row_offset_idx": below,
                "start_col_offset_idx": column, "end_col_offset_idx": right,
                "column_header": cell.header && row == 0, "row_header": cell.header && row > 0, "row_section": false,
            }));
        }
    }
    json!({"table_cells": cells, "num_rows": table.rows.len(), "num_cols": width})
}

#[cfg(test)]
mod tests {
    use hakusho_model::Cell;

    use super::*;

    #[test]
    fn spans_push_later_cells_aside() {
        let cell =
            |text: &str, down, across| Cell { text: text.into(), row_span: down, col_span: across, header: false };
        let table =
            Table { rows: vec![vec![cell("a", 2, 1), cell("b", 1, 2)], vec![cell("c", 1, 1), cell("d", 9, 1)]] };
        let data = grid(&table);
        let at = |i: usize| {
            let c = &data["table_cells"][i];
            (c["start_row_offset_idx"].as_u64(), c["start_col_offset_idx"].as_u64(), c["end_row_offset_idx"].as_u64())
        };
        assert_eq!((at(2), at(3)), ((Some(1), Some(1), Some(2)), (Some(1), Some(2), Some(2))));
        assert_eq!((&data["num_rows"], &data["num_cols"]), (&json!(2), &json!(3)));
    }
}
